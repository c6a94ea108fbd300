"""Files of a study that are made when somebody asks for them: a subset, and stars.

making.py  which pictures, and their archives
routes.py  the same over HTTP
"""

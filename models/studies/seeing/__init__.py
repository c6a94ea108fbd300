"""How pictures of a study are looked at, and heads asked about them.

looking.py    features once per trunk, for all pictures that have none yet
answering.py  all heads on them
"""

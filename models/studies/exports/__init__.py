"""What is taken out of a study: a subset of its pictures, and stars for programs that show photographs.

subset.py  which pictures stand for all
stars.py   XMP sidecars with a rating
"""

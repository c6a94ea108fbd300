"""The figures of a study.

samples.py     drawing pictures again, for intervals
mapping.py     scores on the scale of their labels
rated.py       the pictures that figures are taken of
agreeing.py    correlations, error, coverage, and routing against other routing
parts.py       errors by label and by field
comparing.py   one checkpoint less another, and what that comes to
duplicates.py  groups of pictures that are nearly the same
measuring.py   answers and labels -> all of it
"""

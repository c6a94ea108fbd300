"""The figures of a study.

samples.py     drawing pictures again, for intervals
rated.py       the pictures that figures are taken of, and scores mapped to their labels
agreeing.py    correlations, error, coverage, and routing against other routing
parts.py       errors by label and by field
comparing.py   one checkpoint less another, and what that comes to
measuring.py   answers and labels -> all of it
"""

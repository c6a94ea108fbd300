"""Two pictures: which is the better one, and how sure that is.

preference.py   P(A better than B) from both predicted distributions
calibration.py  what it is worth on held-out pairs
"""

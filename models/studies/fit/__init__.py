"""A checkpoint fitted to a set's own labels: a mapping to their scale, and deviations from it that are shrunk.

ridge.py       deviations by the features, in closed form, at every penalty at once
cross.py       which penalty, and predictions of pictures that took no part
fitting.py     labels and answers -> fitted heads, and what they are worth
head.py        a fitted head as a file, and its scores
"""

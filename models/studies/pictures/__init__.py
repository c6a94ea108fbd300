"""The pictures of a study: which they are, what is kept of each, and what is said of them.

picture_set.py  a folder or a table -> the pictures and their labels
row_files.py    rows of numbers that grow on disk
kept.py         what is kept of each picture, so that a stopped run goes on
layout.py       where a picture is light and where dark, by which copies are found
answers.py      what a checkpoint says of them, as numbers
small.py        small copies
"""

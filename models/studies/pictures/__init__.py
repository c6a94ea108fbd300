"""The pictures of a study: which they are, what is kept of each, and what checkpoints say of them.

picture_set.py  a folder or a table -> the pictures and their labels
row_files.py    rows of numbers that grow on disk
kept.py         what is kept of each picture, so that a stopped run goes on
layout.py       where a picture is light and where dark, by which copies are found
looking.py      features once per trunk, for all pictures that have none yet
answers.py      all heads on them
small.py        small copies
"""

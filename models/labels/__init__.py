"""What people said of pictures: tables of labels, what their columns and numbers mean, and whose they are.

rows.py      a file of cells -> rows, each of which knows its file and line
columns.py   a header -> which column is which
scales.py    labels -> what they are on, and the map from there to scores on 0-100
table.py     all of it: `read_labels` gives a `LabelTable`
matching.py  a table's rows and pictures, by name
"""

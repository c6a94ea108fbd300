"""Building an embedding map, by the contract of `models.maps.embedding_map`.

projecting.py   points -> places on a plane, in a child process
space.py        which points, and what brings further pictures among them
columns.py      what a checkpoint says of every picture, as columns
sheets.py       small pictures on sheets
writing.py      all of it into a folder
"""

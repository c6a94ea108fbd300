"""Studies in the background: pictures that were sent, what people said of them, and what checkpoints make of both.

asked.py         a form's texts -> what is asked for
label_tables.py  a table of labels -> what it says of pictures, before and after they are sent
folders.py       what a study has on disk
store.py         what is remembered of it in the database
drawing.py       maps, once its figures stand
runner.py        its pictures are looked at, then `models.studies` concludes
events.py        what happens to it, told to whoever watches
studies.py       all of it: studies are taken, found, forgotten
answers.py       as the API says them
pictures/        rows of pictures, sorted, as pages and files want them
exports/         files that are made when somebody asks: a subset, and stars
maps/            its maps and experts, answered as those beside checkpoints are
"""

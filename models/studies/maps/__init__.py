"""Maps of a study: its pictures as each checkpoint sees them, in the form that checkpoints' own maps have.

image_set.py  pictures and labels -> an image set with thumbnails
own_fields.py a table's further columns -> columns of the maps
drawing.py    one map per checkpoint, projected in a child process

    maps/images/ADDRESS/                    the image set
         CHECKPOINT/embedding_map/ADDRESS/  a map
"""

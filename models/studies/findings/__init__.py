"""What a study found: figures as `figures.json` has them (`records.py`), and in words, by rule (`wording.py`)."""

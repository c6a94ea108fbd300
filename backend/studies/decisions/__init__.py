"""What people decide about a study's pictures: by hand, picture by picture, and by a rule for all of them.

records.py  decisions, rules, and where a rule puts a score
store.py    both in the database, safe against two writers
schemas.py  as the API says and takes them
"""

"""A study as one HTML file that needs nothing else: it opens offline, and prints.

charts.py          figures and rows -> charts, as Plotly draws them
worst.py           the pictures that are predicted worst
duplicates.py      groups of near-duplicates
small_pictures.py  the pictures of both, small enough to lie inside a page
page.py            all of it in `frontend/reports/study.html`
"""

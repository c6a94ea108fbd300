"""A study as one HTML file that needs nothing else: it opens offline, and prints.

charts.py     figures and rows -> charts, as Plotly draws them
worst.py      the pictures that are predicted worst, small
page.py       all of it in `frontend/reports/study.html`
"""

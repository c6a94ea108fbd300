"""Scores of many pictures from the command line, as rows of a file."""

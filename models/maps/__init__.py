"""Embedding maps and the image sets that they show."""

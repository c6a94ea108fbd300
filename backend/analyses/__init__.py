"""One uploaded picture and what was said of it."""

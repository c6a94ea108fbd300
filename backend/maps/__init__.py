"""Embedding maps, their pictures, and the place of an upload on them."""

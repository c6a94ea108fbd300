"""Rated sets for whoever uses the studio from Python: `read_rated(name, path)`."""

from __future__ import annotations

from models.training.data.readers.rated_sets import READERS, read_rated

__all__ = ["READERS", "read_rated"]

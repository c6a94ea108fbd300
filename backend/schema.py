"""The database's schema: the tables of every store, and its version."""

from __future__ import annotations

from typing import Final

from backend import job_store, store  # noqa: F401 - their tables
from backend.database import Schema
from backend.rows import Row

SCHEMA: Final = Schema(Row.metadata)

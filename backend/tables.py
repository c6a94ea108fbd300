"""The database's schema: the tables of every store, and its version."""

from __future__ import annotations

from typing import Final

from backend.analyses import store  # noqa: F401 - their tables
from backend.batches import store as batch_store  # noqa: F401 - their tables
from backend.storage.database import Schema
from backend.storage.rows import Row
from backend.studies import store as study_store  # noqa: F401 - their tables
from backend.studies.decisions import store as decision_store  # noqa: F401 - their tables

SCHEMA: Final = Schema(Row.metadata)

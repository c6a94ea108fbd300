"""A study of very many pictures, made of a small one without looking at any: its rows and small copies, repeated."""

from __future__ import annotations

import json
import os
import sqlite3
from pathlib import Path
from typing import Final

import numpy as np
import pyarrow as pa
from pyarrow import compute, parquet

_NOISE: Final = 12.0
"""Deviation of what is added to scores and labels, in points, so that no two pictures are the same."""


def enlarge(data_dir: Path, study_id: str, pictures: int) -> None:
    """Give a finished study of a data folder, whose service does not run, so many pictures."""
    folder = data_dir / "studies" / study_id
    path = folder / "pictures.parquet"
    rows = parquet.read_table(path)
    of_each = [rows.filter(compute.equal(rows["checkpoint"], name)) for name in rows["checkpoint"].unique()]
    parquet.write_table(pa.concat_tables([_repeated(table, pictures) for table in of_each]), path, row_group_size=1000)
    _link_small_copies(folder / "small", len(of_each[0]), pictures)
    _count(data_dir, study_id, pictures)


def _repeated(table: pa.Table, pictures: int) -> pa.Table:
    rng = np.random.default_rng(0)
    noise = rng.normal(0, _NOISE, pictures)
    table = table.take(np.arange(pictures) % len(table))
    names = [f"set/{number:05}.png" for number in range(pictures)]
    changed = {"position": pa.array(range(pictures), pa.int32()), "filename": pa.array(names)}
    for name in ("score", "score_low", "score_high", "label", "mapped_score", "mapped_error"):
        values = table[name].to_numpy() + (rng.normal(0, _NOISE, pictures) if name == "label" else noise)
        changed[name] = pa.array(np.clip(values, 0, 100) if name != "mapped_error" else values, from_pandas=True)
    for name, column in changed.items():
        table = table.set_column(table.column_names.index(name), name, column)
    return table


def _link_small_copies(folder: Path, known: int, pictures: int) -> None:
    for number in range(known, pictures):
        source = folder / f"{number % known}.jpg"
        if source.exists():
            os.link(source, folder / f"{number}.jpg")


def _count(data_dir: Path, study_id: str, pictures: int) -> None:
    database = sqlite3.connect(data_dir / "ceniqa.sqlite3")
    (text,) = database.execute("SELECT facts FROM studies WHERE id = ?", (study_id,)).fetchone()
    facts = json.loads(text)
    facts["total"] = pictures
    facts["outcome"] |= {"readable": pictures, "rated": pictures}
    database.execute("UPDATE studies SET facts = ? WHERE id = ?", (json.dumps(facts), study_id))
    database.commit()
    database.close()

"""Rows of a study's pictures under a checkpoint: sorted for pages, and as files."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal

import numpy as np
from numpy.typing import NDArray

from backend.errors import StudyUnfinished, UnknownCheckpoint
from backend.studies.answers import picture_address
from backend.studies.decisions.records import Rule, Triage, triage
from backend.studies.decisions.schemas import DecisionResponse
from backend.studies.pictures.decided import ANY, Decided, DecidedFilter
from backend.studies.schemas import CheckpointScores, PicturePage, PictureRow, StudyScores
from models.prediction import Score
from models.scoring_cli.csv_cells import BYTE_ORDER_MARK, csv_line
from models.studies.result_rows import PARQUET_FILE

if TYPE_CHECKING:
    import pyarrow as pa

Floats = NDArray[np.float64]

SortKey = Literal[
    "position", "filename", "score", "label", "error", "absolute_error", "disagreement", "familiarity", "entropy"
]
RowsFormat = Literal["json", "csv", "jsonl", "parquet"]
MEDIA_TYPES: Final[Mapping[RowsFormat, str]] = {
    "json": "application/json",
    "csv": "text/csv; charset=utf-8",
    "jsonl": "application/jsonl",
    "parquet": "application/vnd.apache.parquet",
}
_LABEL_PREFIX: Final = "label_"
_ROWS_AT_ONCE: Final = 250
_BEYOND_FLAT: Final = frozenset({"posteriors", "gating_weights", "routing_weights", "experts"})


@dataclass(frozen=True)
class Wanted:
    """Which rows of which checkpoint, beside whose scores, in which order; `name_part` is a part of their names."""

    checkpoint: str
    other: str | None = None
    sort: SortKey = "position"
    is_descending: bool = False
    state: Literal["scored", "refused"] | None = None
    name_part: str = ""
    decided: DecidedFilter = ANY


@dataclass(frozen=True)
class RowTables:
    """The rows of a checkpoint, and of the one that it is compared with, both in the order of the study."""

    rows: pa.Table
    other: pa.Table | None

    @property
    def size_bytes(self) -> int:
        """What it takes in memory."""
        return int(self.rows.nbytes + (0 if self.other is None else self.other.nbytes))


def read_tables(folder: Path, *, checkpoint: str, other: str | None) -> RowTables:
    """Both checkpoints' rows; raises `UnknownCheckpoint` for one that the study does not have."""
    return RowTables(_read(folder, checkpoint), None if other is None else _read(folder, other, columns=["score"]))


def page_of(
    tables: RowTables, wanted: Wanted, decided: Decided, *, study_id: str, after: int, limit: int
) -> PicturePage:
    """A part of the rows in an order, what has no value for it last."""
    chosen = _ordered(tables, wanted, decided)
    items = rows_at(tables, chosen[after : after + limit], decided, study_id=study_id)
    next_after = after + len(items)
    return PicturePage(
        checkpoint=wanted.checkpoint,
        items=items,
        total=len(chosen),
        next_after=next_after if next_after < len(chosen) else None,
    )


def rows_at(tables: RowTables, numbers: NDArray[np.int64], decided: Decided, *, study_id: str) -> list[PictureRow]:
    """Some of the rows, by their numbers in the tables."""
    rows = tables.rows.take(numbers).to_pylist()
    entropies = _entropy(tables.rows)[numbers].tolist()
    others = [None] * len(rows) if tables.other is None else tables.other["score"].take(numbers).to_pylist()
    return [_row(study_id, decided, *parts) for parts in zip(rows, others, entropies, strict=True)]


def file_of(
    tables: RowTables, wanted: Wanted, decided: Decided, form: RowsFormat, *, has_mark: bool, is_protected: bool
) -> Iterator[bytes]:
    """All rows that are wanted as a file, piece by piece."""
    table = _with_decided(tables.rows.take(_ordered(tables, wanted, decided)), decided)
    return encoded(table, form, has_mark=has_mark, is_protected=is_protected)


def whole_file(
    folder: Path, decided: Decided, form: RowsFormat, *, has_mark: bool, is_protected: bool
) -> Iterator[bytes]:
    """All rows of all checkpoints in the order of the study."""
    from pyarrow import parquet

    table = _with_decided(parquet.read_table(folder / PARQUET_FILE), decided)
    return encoded(table, form, has_mark=has_mark, is_protected=is_protected)


def encoded(table: pa.Table, form: RowsFormat, *, has_mark: bool, is_protected: bool) -> Iterator[bytes]:
    """Rows in a format; CSV has the flat columns alone."""
    match form:
        case "csv":
            names = [name for name in table.column_names if name not in _BEYOND_FLAT]
            yield ((BYTE_ORDER_MARK if has_mark else "") + csv_line(names)).encode()
            for rows in _parts(table.select(names)):
                yield "".join(csv_line(row.values(), is_protected=is_protected) for row in rows).encode()
        case "jsonl" | "json":
            for rows in _parts(table):
                yield "".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows).encode()
        case "parquet":
            yield _parquet(table)


def scores_of(folder: Path, checkpoints: Sequence[str]) -> StudyScores:
    """Labels and scores of every picture that could be read, column by column."""
    from pyarrow import parquet

    columns = ["position", "filename", "state", "checkpoint", "label", "score"]
    table = parquet.read_table(folder / PARQUET_FILE, columns=columns, filters=[("state", "==", "scored")])
    names = table["checkpoint"].to_numpy()
    first = table.filter(names == checkpoints[0])
    return StudyScores(
        positions=first["position"].to_pylist(),
        filenames=first["filename"].to_pylist(),
        labels=first["label"].to_pylist(),
        checkpoints=[
            CheckpointScores(checkpoint=name, scores=table.filter(names == name)["score"].to_pylist())
            for name in checkpoints
        ],
    )


def triages_of(tables: RowTables, rule: Rule) -> Mapping[int, Triage]:
    """Where a rule puts the pictures that have a score, by position; the rows are its checkpoint's."""
    table = tables.rows
    scores = [None if score is None else round(score, 4) for score in table["score"].to_pylist()]  # as pages have them
    places = zip(table["position"].to_pylist(), triage(rule, scores), strict=True)
    return {position: place for position, place in places if place is not None}


def scores_at(folder: Path, positions: Sequence[int]) -> Mapping[tuple[str, int], Score]:
    """All checkpoints' scores of some pictures, by checkpoint and position."""
    from pyarrow import parquet

    columns = ("score", "score_std", "score_low", "score_high")
    table = parquet.read_table(
        folder / PARQUET_FILE,
        columns=["checkpoint", "position", *columns],
        filters=[("position", "in", positions), ("state", "==", "scored")],
    )
    rows: list[dict[str, Any]] = table.to_pylist()
    return {(row["checkpoint"], row["position"]): Score(*(row[name] for name in columns)) for row in rows}


def _read(folder: Path, checkpoint: str, *, columns: list[str] | None = None) -> pa.Table:
    from pyarrow import parquet

    path = folder / PARQUET_FILE
    try:
        table = parquet.read_table(path, columns=columns, filters=[("checkpoint", "==", checkpoint)])
    except FileNotFoundError as error:
        raise StudyUnfinished("got a study whose rows are gone, expected one that is still kept") from error
    if not len(table):
        raise UnknownCheckpoint(f"got checkpoint {checkpoint!r}, expected one of the study's")
    return table


# ---- orders


def _ordered(tables: RowTables, wanted: Wanted, decided: Decided) -> NDArray[np.int64]:
    """The rows that are wanted, in their order."""
    table = tables.rows
    rows = np.arange(len(table))
    if wanted.state is not None:
        rows = rows[table["state"].to_numpy() == wanted.state]
    if not wanted.decided.wants_all:
        positions = table["position"].to_pylist()
        rows = rows[[wanted.decided.fits(positions[row], decided) for row in rows]]
    if wanted.name_part:
        part, names = wanted.name_part.casefold(), table["filename"].to_pylist()
        rows = rows[[part in names[row].casefold() for row in rows]]
    if wanted.sort == "position":
        return rows[::-1] if wanted.is_descending else rows
    if wanted.sort == "filename":
        names = table["filename"].to_pylist()
        return np.array(sorted(rows, key=lambda row: names[row], reverse=wanted.is_descending), dtype=np.int64)
    value = _values(tables, wanted.sort)[rows]
    order = np.argsort(-value if wanted.is_descending else value, kind="stable")  # NaN is last in both
    return rows[order]


def _values(tables: RowTables, sort: SortKey) -> Floats:
    table = tables.rows
    match sort:
        case "error":
            return _numbers(table, "mapped_error")
        case "absolute_error":
            return np.abs(_numbers(table, "mapped_error"))
        case "disagreement":
            other = np.full(len(table), np.nan) if tables.other is None else _numbers(tables.other, "score")
            return np.abs(_numbers(table, "score") - other)
        case "entropy":
            return _entropy(table)
        case _:
            return _numbers(table, sort)


def _numbers(table: pa.Table, column: str) -> Floats:
    return np.array([np.nan if value is None else value for value in table[column].to_pylist()], np.float64)


def _entropy(table: pa.Table) -> Floats:
    """Of each picture's posteriors, in nats; NaN without any."""
    entropy = np.full(len(table), np.nan)
    posteriors = table["posteriors"].combine_chunks()
    has_any = np.asarray(posteriors.is_valid())
    if has_any.any():
        share = posteriors.drop_null().flatten().to_numpy().reshape(int(has_any.sum()), -1)
        entropy[has_any] = -(share * np.log(np.maximum(share, np.finfo(np.float64).tiny))).sum(1)
    return entropy


# ---- rows


def _row(
    study_id: str, decided: Decided, row: Mapping[str, Any], other_score: float | None, entropy: float
) -> PictureRow:
    position = row["position"]
    is_scored = row["state"] == "scored"
    same = ("position", "filename", "state", "error_code", "error_detail", "score", "word", "label", "familiarity")
    more = ("top_cluster", "top_expert", "distortion_type", "width", "height", "duplicate_group", "duplicate_rank")
    fields = {
        name.removeprefix(_LABEL_PREFIX): text
        for name, text in row.items()
        if name.startswith(_LABEL_PREFIX) and text is not None
    }
    return PictureRow(
        **{name: row[name] for name in (*same, *more)},
        low=row["score_low"],
        high=row["score_high"],
        error=row["mapped_error"],
        other_score=other_score,
        entropy=entropy if np.isfinite(entropy) else None,
        triage=decided.triages.get(position),
        decision=DecisionResponse.of(decided.decision(position)),
        fields=fields,
        thumbnail=picture_address(study_id, position) if is_scored else None,
    )


def _with_decided(table: pa.Table, decided: Decided) -> pa.Table:
    """The rows with what was decided about their pictures in four more columns."""
    import pyarrow as pa

    positions: list[int] = table["position"].to_pylist()
    decisions = [decided.decision(position) for position in positions]
    columns = {
        "triage": pa.array([decided.triages.get(position) for position in positions], pa.string()),
        "decision": pa.array([decision.choice for decision in decisions], pa.string()),
        "tags": pa.array(["; ".join(decision.tags) or None for decision in decisions], pa.string()),
        "corrected_score": pa.array([decision.corrected_score for decision in decisions], pa.float64()),
    }
    for name, column in columns.items():
        table = table.append_column(name, column)
    return table


def _parts(table: pa.Table) -> Iterator[list[dict[str, Any]]]:
    for batch in table.to_batches(max_chunksize=_ROWS_AT_ONCE):
        yield batch.to_pylist()


def _parquet(table: pa.Table) -> bytes:
    from pyarrow import parquet

    sink = io.BytesIO()
    parquet.write_table(table, sink)
    return sink.getvalue()

"""Results of a batch as a file that comes in pieces: never more than some hundred items in memory."""

from __future__ import annotations

import io
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal, Protocol

import anyio.to_thread

from backend.batches.answers import item_detail
from backend.batches.schemas import ItemDetail
from backend.batches.store import FinishedItem
from models.result_columns import PART_COLUMNS, SCORE_COLUMNS, Kind, parquet_schema
from models.scoring_cli.csv_cells import BYTE_ORDER_MARK, csv_line

ResultsFormat = Literal["csv", "jsonl", "parquet"]
MEDIA_TYPES: Final[Mapping[ResultsFormat, str]] = {
    "csv": "text/csv; charset=utf-8",
    "jsonl": "application/jsonl",
    "parquet": "application/vnd.apache.parquet",
}
ITEMS_AT_ONCE: Final = 250
_COLUMNS: Final[Mapping[str, Kind]] = {
    "position": "int32",
    "sequence": "int32",
    "filename": "string",
    "state": "string",
    "checkpoint": "string",
    **SCORE_COLUMNS,
    **PART_COLUMNS,
}
"""What CSV and Parquet have of each item, and what it is."""


class _Writer(Protocol):
    """Turns items into the bytes of a file, in order; blocking."""

    def write(self, items: Sequence[ItemDetail]) -> bytes:
        """The bytes that these items add."""
        ...

    def end(self) -> bytes:
        """The bytes after the last."""
        ...


@dataclass(frozen=True)
class CsvOptions:
    """Whether a CSV file begins with a byte order mark, and whether no text of it is a formula to a spreadsheet."""

    has_mark: bool = True
    is_protected: bool = False


async def encoded(
    parts: AsyncIterator[tuple[FinishedItem, ...]], *, checkpoint: str, form: ResultsFormat, options: CsvOptions
) -> AsyncIterator[bytes]:
    """A file of items in one of the formats, piece by piece."""
    writer = await anyio.to_thread.run_sync(_writer, form, options)
    async for items in parts:
        yield await anyio.to_thread.run_sync(_write, writer, items, checkpoint)
    yield await anyio.to_thread.run_sync(writer.end)


def _write(writer: _Writer, items: Sequence[FinishedItem], checkpoint: str) -> bytes:
    return writer.write([item_detail(item, checkpoint=checkpoint) for item in items])


def _flat(item: ItemDetail) -> dict[str, Any]:
    """An item in `_COLUMNS`; what it does not have is `None`."""
    score, error, distortion = item.score, item.error, item.distortion
    return {
        "position": item.position,
        "sequence": item.sequence,
        "filename": item.filename,
        "state": item.state,
        "checkpoint": item.checkpoint,
        "score": score and score.value,
        "score_std": score and score.std,
        "score_low": score and score.low,
        "score_high": score and score.high,
        "word": score and score.word,
        "error_code": error and error.code,
        "error_detail": error and error.detail,
        "width": item.width,
        "height": item.height,
        "format": item.format,
        "notes": None if item.notes is None else "; ".join(item.notes),
        "familiarity": item.familiarity,
        "top_cluster": item.top_cluster and item.top_cluster.name,
        "top_cluster_posterior": item.top_cluster and item.top_cluster.posterior,
        "top_expert": item.top_expert and item.top_expert.name,
        "top_expert_weight": item.top_expert and item.top_expert.weight,
        "distortion_type": distortion and distortion.type,
        "distortion_group": distortion and distortion.group,
        "distortion_probability": distortion and distortion.probability,
        "weights_sha256": item.weights_sha256,
    }


class _CsvWriter:
    def __init__(self, options: CsvOptions) -> None:
        self._is_protected = options.is_protected
        self._start = (BYTE_ORDER_MARK if options.has_mark else "") + csv_line(_COLUMNS)

    def write(self, items: Sequence[ItemDetail]) -> bytes:
        lines = (csv_line(_flat(item).values(), is_protected=self._is_protected) for item in items)
        return self._with_start("".join(lines))

    def end(self) -> bytes:
        return self._with_start("")

    def _with_start(self, text: str) -> bytes:
        start, self._start = self._start, ""
        return (start + text).encode()


class _JsonLinesWriter:
    def write(self, items: Sequence[ItemDetail]) -> bytes:
        return "".join(f"{item.model_dump_json()}\n" for item in items).encode()

    def end(self) -> bytes:
        return b""


class _ParquetWriter:
    def __init__(self) -> None:
        import pyarrow as pa  # not above, as the next: 40 MB that only this needs
        from pyarrow import parquet

        self._schema = parquet_schema(_COLUMNS)
        self._to_table = pa.Table.from_pylist
        self._sink = _Sink()
        self._writer = parquet.ParquetWriter(self._sink, self._schema)

    def write(self, items: Sequence[ItemDetail]) -> bytes:
        rows = [_flat(item) | _lists(item) for item in items]
        self._writer.write_table(self._to_table(rows, schema=self._schema))
        return self._sink.taken()

    def end(self) -> bytes:
        self._writer.close()
        return self._sink.taken()


class _Sink(io.RawIOBase):
    """A file whose bytes are taken out while it is written."""

    def __init__(self) -> None:
        super().__init__()
        self._bytes = bytearray()
        self._length = 0

    def writable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._length

    def write(self, data: Any, /) -> int:
        before = len(self._bytes)
        self._bytes += data
        written = len(self._bytes) - before
        self._length += written
        return written

    def taken(self) -> bytes:
        taken = bytes(self._bytes)
        self._bytes.clear()
        return taken


def _lists(item: ItemDetail) -> dict[str, Any]:
    return {
        "posteriors": item.posteriors,
        "gating_weights": item.gating_weights,
        "routing_weights": item.routing_weights,
        "experts": None if item.experts is None else [expert.model_dump() for expert in item.experts],
    }


def _writer(form: ResultsFormat, options: CsvOptions) -> _Writer:
    match form:
        case "csv":
            return _CsvWriter(options)
        case "jsonl":
            return _JsonLinesWriter()
        case "parquet":
            return _ParquetWriter()

"""One row per picture and checkpoint, as `pictures.csv` and `pictures.parquet` have them.

Columns that a batch's results have, too, have their names there. `label` is on 0-100, higher is better; `error` is
score minus label, `mapped_error` the same after the mapping that `figures.json` names. Near-duplicates have a
`duplicate_group` and, by their score, a `duplicate_rank` in it: 1 is the best. `fitted_score` is that of a head fitted
to the labels, for rated pictures of one that they took no part in. A field of the table is a column
`label_` and its name.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from models.prediction import Prediction, Score
from models.result_columns import LISTS, PART_COLUMNS, SCORE_COLUMNS, Kind, parquet_schema
from models.scoring_cli.csv_cells import csv_line
from models.studies.figures.duplicates import Place
from models.studies.pictures.kept import KeptPicture
from models.taxonomy import TAXONOMY

if TYPE_CHECKING:
    import pyarrow as pa

CSV_FILE: Final = "pictures.csv"
PARQUET_FILE: Final = "pictures.parquet"
COLUMNS: Final[Mapping[str, Kind]] = MappingProxyType(
    {
        "position": "int32",
        "filename": "string",
        "state": "string",
        "checkpoint": "string",
        **SCORE_COLUMNS,
        "label": "double",
        "error": "double",
        "mapped_score": "double",
        "mapped_error": "double",
        "duplicate_group": "int32",
        "duplicate_rank": "int32",
        "fitted_score": "double",
        **PART_COLUMNS,
    }
)


@dataclass(frozen=True)
class Said:
    """What people said of a picture: its label on 0-100, and its fields."""

    label: float | None = None
    fields: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Beside:
    """What the set as a whole makes of a picture under a checkpoint."""

    place: Place | None = None
    fitted_score: float | None = None


def flat_row(
    position: int,
    picture: KeptPicture,
    said: Said,
    *,
    checkpoint: str,
    prediction: Prediction | None,
    mapped: float | None,
    beside: Beside,
) -> dict[str, Any]:
    """A picture under a checkpoint in `COLUMNS` and the lists beside them; what it does not have is `None`."""
    row: dict[str, Any] = dict.fromkeys((*COLUMNS, *LISTS, "experts"))
    row |= {"position": position, "filename": picture.name, "checkpoint": checkpoint, "label": said.label}
    row |= {f"label_{name}": text for name, text in said.fields.items()}
    if picture.fault is not None:
        return row | {"state": "refused", "error_code": picture.fault.code, "error_detail": picture.fault.detail}
    assert prediction is not None
    row["fitted_score"] = beside.fitted_score
    if beside.place is not None:
        row |= {"duplicate_group": beside.place.group, "duplicate_rank": beside.place.rank}
    return row | {"state": "scored"} | _scored(prediction) | _errors(prediction, said.label, mapped)


def _scored(prediction: Prediction) -> dict[str, Any]:
    score, image = prediction.score, prediction.image
    values: dict[str, Any] = {"score": score.value, "score_std": score.std, "score_low": score.low}
    values |= {"score_high": score.high, "word": score.word, "width": image.width, "height": image.height}
    values |= {"format": image.format, "notes": "; ".join(image.notes), "familiarity": prediction.familiarity}
    if cluster := prediction.top_cluster:
        values |= {"top_cluster": cluster.name, "top_cluster_posterior": cluster.share}
    if expert := prediction.top_expert:
        values |= {"top_expert": expert.name, "top_expert_weight": expert.share}
    if prediction.distortion is not None:
        top = prediction.distortion.top_type
        group = TAXONOMY.group_of(top.name)
        values |= {"distortion_type": top.name, "distortion_group": group, "distortion_probability": top.share}
    lists = {name: getattr(prediction, name) for name in LISTS}
    experts = [asdict(expert) | {"contribution": expert.contribution} for expert in prediction.experts]
    return values | lists | {"experts": experts, "weights_sha256": prediction.weights_sha256}


def _errors(prediction: Prediction, label: float | None, mapped: float | None) -> dict[str, Any]:
    if label is None:
        return {"mapped_score": mapped}
    error = prediction.score.value - label
    return {"error": error, "mapped_score": mapped, "mapped_error": None if mapped is None else mapped - label}


@contextmanager
def result_files(folder: Path, fields: Sequence[str]) -> Iterator[ResultFiles]:
    """Both files, written part by part under other names, and in their place once they are whole."""
    unfinished = {name: folder / f".{name}.part" for name in (CSV_FILE, PARQUET_FILE)}
    try:
        with ResultFiles(unfinished[CSV_FILE], unfinished[PARQUET_FILE], fields) as files:
            yield files
        for name, path in unfinished.items():
            path.replace(folder / name)
    finally:
        for path in unfinished.values():
            path.unlink(missing_ok=True)


class ResultFiles:
    """A CSV file of the flat columns, and a Parquet file that has the lists, too."""

    def __init__(self, csv_path: Path, parquet_path: Path, fields: Sequence[str]) -> None:
        import pyarrow as pa  # takes a while to load
        from pyarrow import parquet

        label_columns: dict[str, Kind] = {f"label_{name}": "string" for name in fields}
        self._columns = {**COLUMNS, **label_columns}
        self._schema = parquet_schema(self._columns)
        self._to_table = pa.Table.from_pylist
        self._csv = csv_path.open("w", encoding="utf-8", newline="")
        self._csv.write(csv_line(self._columns))
        self._parquet = parquet.ParquetWriter(parquet_path, self._schema)

    def write(self, rows: Iterable[Mapping[str, Any]]) -> None:
        """Append some rows to both."""
        rows = list(rows)
        self._csv.write("".join(csv_line(row.get(name) for name in self._columns) for row in rows))
        self._parquet.write_table(self._to_table(rows, schema=self._schema))

    def __enter__(self) -> ResultFiles:
        return self

    def __exit__(self, *_: object) -> None:
        self._csv.close()
        self._parquet.close()


def read_rows(folder: Path, *, checkpoint: str | None = None) -> pa.Table:
    """All rows of a study with all their columns, or the flat columns of one checkpoint's."""
    from pyarrow import parquet

    if checkpoint is None:
        return parquet.read_table(folder / PARQUET_FILE)
    chosen = [("checkpoint", "==", checkpoint)]
    return parquet.read_table(folder / PARQUET_FILE, columns=list(COLUMNS), filters=chosen)


def scores_of(folder: Path, checkpoint: str) -> dict[str, Score]:
    """A checkpoint's scores by the pictures' names."""
    from pyarrow import parquet

    columns = ("score", "score_std", "score_low", "score_high")
    chosen = [("checkpoint", "==", checkpoint), ("state", "==", "scored")]
    table = parquet.read_table(folder / PARQUET_FILE, columns=["filename", *columns], filters=chosen)
    return {row["filename"]: Score(*(row[name] for name in columns)) for row in table.to_pylist()}

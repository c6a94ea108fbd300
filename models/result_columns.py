"""Columns of files of results that pictures have in batches and in studies alike, and what each of them is."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    import pyarrow as pa

Kind = Literal["int32", "double", "string"]
SCORE_COLUMNS: Final[Mapping[str, Kind]] = MappingProxyType(
    {"score": "double", "score_std": "double", "score_low": "double", "score_high": "double", "word": "string"}
)
PART_COLUMNS: Final[Mapping[str, Kind]] = MappingProxyType(
    {
        "error_code": "string",
        "error_detail": "string",
        "width": "int32",
        "height": "int32",
        "format": "string",
        "notes": "string",
        "familiarity": "double",
        "top_cluster": "string",
        "top_cluster_posterior": "double",
        "top_expert": "string",
        "top_expert_weight": "double",
        "distortion_type": "string",
        "distortion_group": "string",
        "distortion_probability": "double",
        "weights_sha256": "string",
    }
)
LISTS: Final = ("posteriors", "gating_weights", "routing_weights")
"""Beside the columns, where a cell may hold several numbers, as are the `experts`."""


def parquet_schema(columns: Mapping[str, Kind]) -> pa.Schema:
    """The columns, then the lists and the experts."""
    import pyarrow as pa  # 40 MB, and a while to load, that only Parquet needs

    numbers = [(name, pa.float64()) for name in ("score", "weight", "contribution")]
    expert = pa.struct([("name", pa.string()), ("kind", pa.string()), *numbers])
    return pa.schema(
        [(name, pa.type_for_alias(kind)) for name, kind in columns.items()]
        + [(name, pa.list_(pa.float64())) for name in LISTS]
        + [("experts", pa.list_(expert))]
    )

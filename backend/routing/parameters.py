"""The parts of addresses that several routes take, described once."""

from __future__ import annotations

from typing import Annotated

from fastapi import Path, Query

AnalysisId = Annotated[str, Path(description="An analysis's id.", examples=["0b9f0f5e5d3c4b1a8e7d6c5b4a392817"])]
CheckpointId = Annotated[str, Path(description="A checkpoint's id.", examples=["moe"])]
MapAddress = Annotated[str, Path(description="A map's address, as the checkpoint's list has it.")]
ImageSetAddress = Annotated[str, Path(description="An image set's address, as a map has it.")]
ScoredUnder = Annotated[
    str | None, Query(description="A checkpoint's id; default: the one that scored the picture first.")
]
MapChoice = Annotated[str | None, Query(alias="map", description="A map's address; default: the checkpoint's first.")]

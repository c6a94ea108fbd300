"""What the API says of a picture in the Distortion lab."""

from __future__ import annotations

from pydantic import Field

from backend.schemas import Frozen, MapUnits, PredictionResponse


class LevelPlace(Frozen):
    """Where a picture lies on a checkpoint's map."""

    map: str = Field(description="The map's address.")
    x: MapUnits
    y: MapUnits
    is_far: bool = Field(description="Whether the picture is unlike all of the map, so that its place says little.")


class LevelResponse(PredictionResponse):
    """A picture under a distortion type at one level, and what a checkpoint says of it."""

    analysis: str
    distortion_type: str
    level: int = Field(description="1 (mild) to 5; 0 is the picture itself.")
    equals_original: bool = Field(description="Whether it differs from the picture itself by rounding at most.")
    place: LevelPlace | None = Field(description="Null where the checkpoint has no map that may be shown.")
    picture: str = Field(description="The pixels that were scored, losslessly; a path on this host, kept for an hour.")


class CellResponse(PredictionResponse):
    """A picture under two distortions, one after the other, and what a checkpoint says of it."""

    analysis: str
    grid: str = Field(description="Two types as FIRST+SECOND, or a grid that people rated.")
    row: int = Field(description="How much of the first distortion, from 0.")
    column: int = Field(description="How much of the second, which is done on top, from 0.")
    equals_original: bool = Field(description="Whether it differs from the picture itself by rounding at most.")
    picture: str = Field(description="The pixels that were scored, losslessly; a path on this host, kept for an hour.")


class GridAxis(Frozen):
    """How much of one distortion there is along a grid."""

    distortion_type: str
    stated: list[float] = Field(description="The amounts as the database says them.")
    parameters: list[float | None] = Field(description="What the operation takes; null where it is not done.")


class RatedGridResponse(Frozen):
    """What people said of two distortions, one after the other."""

    name: str
    database: str
    first: GridAxis
    second: GridAxis
    worst: float = Field(description="End of the database's scale: of a MOS the lower one, of a DMOS the higher.")
    best: float
    means: list[list[float | None]] = Field(description="By row and column; null where nobody was asked.")
    standard_errors: list[list[float | None]] = Field(description="Of the means over references.")
    num_references: int


class RatedGridList(Frozen):
    """Every grid that people rated."""

    grids: list[RatedGridResponse]

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

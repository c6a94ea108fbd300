"""What the API says of a picture in the Distortion lab."""

from __future__ import annotations

from pydantic import BaseModel, Field, FiniteFloat

from backend.lab.lab import LevelResult, Place
from backend.schemas import API_PREFIX, PredictionResponse, prediction_fields

PICTURE_VERSION_DIGITS = 12

_PLACE_DECIMALS = 6


class LevelPlace(BaseModel):
    """Where a picture lies on a checkpoint's map."""

    map: str = Field(description="The map's address.")
    x: FiniteFloat
    y: FiniteFloat
    is_far: bool = Field(description="Whether the picture is unlike all of the map, so that its place says little.")

    @classmethod
    def of(cls, place: Place) -> LevelPlace:
        """The place, rounded."""
        placement = place.placement
        return cls(
            map=place.embedding_map.folder.name,
            x=round(placement.x, _PLACE_DECIMALS),
            y=round(placement.y, _PLACE_DECIMALS),
            is_far=placement.is_far,
        )


class LevelResponse(PredictionResponse):
    """A picture under a distortion type at one level, and what a checkpoint says of it."""

    analysis: str
    distortion_type: str
    level: int = Field(description="1 (mild) to 5; 0 is the picture itself.")
    equals_original: bool = Field(description="Whether it differs from the picture itself by rounding at most.")
    place: LevelPlace | None = Field(description="Null where the checkpoint has no map that may be shown.")
    picture: str = Field(description="The pixels that were scored, losslessly; a path on this host, kept for an hour.")

    @classmethod
    def of(cls, result: LevelResult) -> LevelResponse:
        """The level, rounded."""
        wanted = result.wanted
        return cls(
            **prediction_fields(result.prediction),
            analysis=wanted.analysis_id,
            distortion_type=wanted.distortion_type,
            level=wanted.level,
            equals_original=result.equals_original,
            place=None if result.place is None else LevelPlace.of(result.place),
            picture=_picture_url(result),
        )


def _picture_url(result: LevelResult) -> str:
    wanted = result.wanted
    here = f"{API_PREFIX}/analyses/{wanted.analysis_id}"
    if result.pixels_sha256 is None:
        return f"{here}/picture"
    version = result.pixels_sha256[:PICTURE_VERSION_DIGITS]
    return f"{here}/distortions/{wanted.distortion_type}/{wanted.level}/picture?v={version}"

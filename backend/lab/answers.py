"""A level of the Distortion lab, as the API says it."""

from __future__ import annotations

from backend.addresses import ANALYSES_PATH, VERSION_DIGITS
from backend.inference.answers import prediction_fields
from backend.lab.lab import LevelResult, Place
from backend.lab.schemas import LevelPlace, LevelResponse


def level_response(result: LevelResult) -> LevelResponse:
    """What a checkpoint says of a level, and where its picture is."""
    wanted = result.wanted
    return LevelResponse(
        **prediction_fields(result.prediction),
        analysis=wanted.analysis_id,
        distortion_type=wanted.distortion_type,
        level=wanted.level,
        equals_original=result.equals_original,
        place=None if result.place is None else _level_place(result.place),
        picture=_picture_url(result),
    )


def picture_version(pixels_sha256: str) -> str:
    """What names exactly these pixels in an address."""
    return pixels_sha256[:VERSION_DIGITS]


def _level_place(place: Place) -> LevelPlace:
    placement = place.placement
    return LevelPlace(
        map=place.embedding_map.folder.name,
        x=placement.x,
        y=placement.y,
        is_far=placement.is_far,
    )


def _picture_url(result: LevelResult) -> str:
    wanted = result.wanted
    here = f"{ANALYSES_PATH}/{wanted.analysis_id}"
    if result.pixels_sha256 is None:
        return f"{here}/picture"
    version = picture_version(result.pixels_sha256)
    return f"{here}/distortions/{wanted.distortion_type}/{wanted.level}/picture?v={version}"

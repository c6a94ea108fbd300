"""What the API says of maps and image sets."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, FiniteFloat

from backend.schemas import Frozen, MapUnits, Share
from models.maps.embedding_map import NeighbourSpace

ColumnKind = Literal["category", "number", "vector"]


class CreditResponse(Frozen):
    """Whose photographs they are, under which licence, and where from."""

    credit: str
    source: str | None
    references: list[str] = Field(description="Names of the contents.")


class ThumbnailsResponse(Frozen):
    """Sprite sheets: row r is tile r % tiles_per_sheet of sheet r // tiles_per_sheet, row by row."""

    tile_px: int
    columns: int = Field(description="Tiles beside each other.")
    tiles_per_sheet: int
    sheets: list[str] = Field(description="Addresses of the sheets, which never change.")


class ImageSetResponse(Frozen):
    """The pictures of a map."""

    address: str
    sha256: str
    name: str
    count: int
    label_kind: Literal["mos", "pseudo_mos"] | None
    num_references: int = Field(description="Different contents.")
    num_left_out: int = Field(description="Pictures that could not be decoded.")
    credits: list[CreditResponse] = Field(description="Licence lines; empty for pictures that nobody passed on.")
    thumbnails: ThumbnailsResponse
    rows_url: str = Field(description="Ids of all pictures and all contents; long for large sets.")
    pictures_url: str = Field(description="Followed by / and a row: the picture at full size.")


class ReferenceResponse(Frozen):
    """A content; the column `reference` counts into them."""

    name: str
    credit: str | None
    source: str | None
    has_picture: bool = Field(description="Whether `pictures_url` has pictures of it.")


class ImageSetRows(Frozen):
    """What `rows_url` answers, by row and by content."""

    ids: list[str]
    references: list[ReferenceResponse]


class ColumnResponse(Frozen):
    """A raw little-endian array, one row per picture; a value is offset + scale * stored."""

    title: str | None = Field(description="What the pictures' owner calls it; null for those that every map may have.")
    kind: ColumnKind
    dtype: Literal["<f4", "<f2", "|u1", "<u2", "<u4"]
    shape: list[int] = Field(description="Rows, and numbers in a row where there are several.")
    scale: FiniteFloat
    offset: FiniteFloat
    missing: int | None = Field(description="Stored where there is no value; for floats NaN is, too.")
    labels: str | None = Field(description="Whose names among `categories` the codes or axes have.")
    bytes: int
    sha256: str
    url: str


class SpaceResponse(Frozen):
    """What was projected, and in what space pictures are near each other."""

    source: Literal["embedding", "features"]
    input_dim: int
    dim: int


class ProjectionResponse(Frozen):
    """How it became two-dimensional."""

    method: str
    library: str
    seed: int
    parameters: dict[str, str | int | FiniteFloat]


class PlacingResponse(Frozen):
    """How many neighbours place a picture, and from which mean distance on it is far from all."""

    num_neighbours: int
    warning_distance: FiniteFloat


class LabelScaleResponse(Frozen):
    """`slope * label + offset` is on the checkpoint's scale, as `score_error` has it."""

    kind: Literal["nominal", "moments"]
    slope: FiniteFloat
    offset: FiniteFloat


class MapResponse(Frozen):
    """One checkpoint's view of one image set."""

    address: str
    count: int = Field(description="Pictures, as many as each column has rows.")
    image_set: ImageSetResponse
    space: SpaceResponse
    projection: ProjectionResponse
    placing: PlacingResponse
    label_scale: LabelScaleResponse | None
    categories: dict[str, list[str]] = Field(description="Names of codes; those of `reference` are in `rows_url`.")
    columns: dict[str, ColumnResponse]
    neighbour_spaces: list[NeighbourSpace]
    neighbours_url: str


class MapFaultResponse(Frozen):
    """A map that is stale or damaged, and why."""

    address: str
    file: str = Field(description="File at fault, relative to the map's folder or to the checkpoints'.")
    field: str
    reason: str = Field(description="What was got and what was expected.")


class MapList(Frozen):
    """Every map of a checkpoint: those that may be shown, and those that were refused."""

    checkpoint: str
    weights_sha256: str
    maps: list[MapResponse]
    refused: list[MapFaultResponse]


class NeighbourResponse(Frozen):
    """A picture of the map, and how far it is."""

    row: int
    distance: MapUnits


class NeighbourList(Frozen):
    """The pictures nearest to one of the map, nearest first, without itself."""

    row: int
    space: NeighbourSpace
    metric: str = Field(description="euclidean among the projected points, hellinger (0-1) among posteriors.")
    source: Literal["embedding", "features", "posteriors"] = Field(description="What the distances are between.")
    neighbours: list[NeighbourResponse]
    tied: int = Field(description="Further pictures exactly as near as the last.")


class PlacingNeighbourResponse(NeighbourResponse):
    """A picture of the map that helped to place another one."""

    weight: Share = Field(description="Its share in the place; the shares add up to one.")


class PlaceResponse(Frozen):
    """Where an uploaded picture lies on a checkpoint's map."""

    analysis: str
    checkpoint: str
    map: str
    x: MapUnits
    y: MapUnits
    distance: MapUnits = Field(description="Mean distance to the neighbours.")
    warning_distance: MapUnits
    is_far: bool = Field(description="Whether the picture is unlike all of the map, so that its place says little.")
    warning: str | None = Field(description="The same in words, where it is far.")
    neighbours: list[PlacingNeighbourResponse] = Field(description="What placed it, nearest first.")

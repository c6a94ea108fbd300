"""What the API says of maps and image sets; places and distances are rounded to six decimals."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import Final, Literal

from pydantic import BaseModel, Field, FiniteFloat

from backend.maps.image_sets import address_of
from backend.maps.maps import CheckpointMaps, MapFault
from backend.maps.placing import PlacedAnalysis
from backend.schemas import API_PREFIX
from models.checkpoints.manifest import Manifest
from models.maps.embedding_map import ColumnRecord, EmbeddingMap, Neighbour, Neighbourhood, NeighbourSpace, Placement
from models.maps.image_set import ImageSet, ReferenceRecord

COLUMN_VERSION_DIGITS: Final = 12
"""So many digits of a column's SHA-256 are in its address."""
_CODES: Final = frozenset({"class", "type", "group", "cluster", "expert", "reference"})
_AXES: Final = {"posteriors": "cluster", "routing_weights": "expert", "expert_scores": "expert"}
_METRICS: Final = {"features": "euclidean", "posteriors": "hellinger"}

ColumnKind = Literal["category", "number", "vector"]


def _rounded(value: float) -> float:
    return round(value, 6)


class CreditResponse(BaseModel):
    """Whose photographs they are, under which licence, and where from."""

    credit: str
    source: str | None
    references: list[str] = Field(description="Names of the contents.")

    @classmethod
    def of(cls, references: Iterable[ReferenceRecord]) -> list[CreditResponse]:
        """The distinct credits, in order."""
        names: dict[tuple[str, str | None], list[str]] = {}
        for reference in references:
            if reference.credit is not None:
                names.setdefault((reference.credit, reference.source), []).append(reference.name)
        return [cls(credit=credit, source=source, references=has) for (credit, source), has in names.items()]


class ThumbnailsResponse(BaseModel):
    """Sprite sheets: row r is tile r % tiles_per_sheet of sheet r // tiles_per_sheet, row by row."""

    tile_px: int
    columns: int = Field(description="Tiles beside each other.")
    tiles_per_sheet: int
    sheets: list[str] = Field(description="Addresses of the sheets, which never change.")


class ImageSetResponse(BaseModel):
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

    @classmethod
    def of(cls, images: ImageSet) -> ImageSetResponse:
        """The image set without its rows."""
        manifest, here = images.manifest, f"{API_PREFIX}/image-sets/{address_of(images)}"
        thumbnails = manifest.thumbnails
        return cls(
            address=address_of(images),
            sha256=images.sha256,
            name=manifest.name,
            count=len(images),
            label_kind=manifest.label_kind,
            num_references=len(manifest.references),
            num_left_out=len(manifest.left_out),
            credits=CreditResponse.of(manifest.references),
            thumbnails=ThumbnailsResponse(
                tile_px=thumbnails.tile_px,
                columns=thumbnails.columns,
                tiles_per_sheet=thumbnails.tiles_per_sheet,
                sheets=[f"{here}/sheets/{index}" for index in range(len(thumbnails.sheets))],
            ),
            rows_url=f"{here}/rows",
            pictures_url=f"{here}/pictures",
        )


class ReferenceResponse(BaseModel):
    """A content; the column `reference` counts into them."""

    name: str
    credit: str | None
    source: str | None
    has_picture: bool = Field(description="Whether `pictures_url` has pictures of it.")


class ImageSetRows(BaseModel):
    """What `rows_url` answers, by row and by content."""

    ids: list[str]
    references: list[ReferenceResponse]


class ColumnResponse(BaseModel):
    """A raw little-endian array, one row per picture; a value is offset + scale * stored."""

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

    @classmethod
    def of(cls, name: str, embedding_map: EmbeddingMap, columns_url: str) -> ColumnResponse:
        """The column's record."""
        record = embedding_map.manifest.columns[name]
        return cls(
            kind=_kind(name, record),
            dtype=record.dtype,
            shape=list(record.shape),
            scale=record.scale,
            offset=record.offset,
            missing=record.missing,
            labels=_labels(name, embedding_map),
            bytes=embedding_map.columns[name].nbytes,
            sha256=record.sha256,
            url=f"{columns_url}/{name}?v={record.sha256[:COLUMN_VERSION_DIGITS]}",
        )


def _kind(name: str, record: ColumnRecord) -> ColumnKind:
    if len(record.shape) > 1:
        return "vector"
    return "category" if name in _CODES else "number"


def _labels(name: str, embedding_map: EmbeddingMap) -> str | None:
    labels = _AXES.get(name, name)
    return labels if labels == "reference" or labels in embedding_map.manifest.categories else None


class SpaceResponse(BaseModel):
    """What was projected, and in what space pictures are near each other."""

    source: Literal["embedding", "features"]
    input_dim: int
    dim: int


class ProjectionResponse(BaseModel):
    """How it became two-dimensional."""

    method: str
    library: str
    seed: int
    parameters: dict[str, str | int | FiniteFloat]


class PlacingResponse(BaseModel):
    """How many neighbours place a picture, and from which mean distance on it is far from all."""

    num_neighbours: int
    warning_distance: FiniteFloat


class LabelScaleResponse(BaseModel):
    """`slope * label + offset` is on the checkpoint's scale, as `score_error` has it."""

    kind: Literal["nominal", "moments"]
    slope: FiniteFloat
    offset: FiniteFloat


class MapResponse(BaseModel):
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

    @classmethod
    def of(cls, embedding_map: EmbeddingMap, checkpoint: Manifest) -> MapResponse:
        """The map without its arrays."""
        manifest, address = embedding_map.manifest, embedding_map.folder.name
        here = f"{API_PREFIX}/checkpoints/{checkpoint.id}/maps/{address}"
        scale = manifest.label_scale
        return cls(
            address=address,
            count=manifest.count,
            image_set=ImageSetResponse.of(embedding_map.images),
            space=SpaceResponse(**asdict(manifest.space)),
            projection=ProjectionResponse(**asdict(manifest.projection)),
            placing=PlacingResponse(**asdict(manifest.placing)),
            label_scale=None if scale is None else LabelScaleResponse(**asdict(scale)),
            categories={name: list(names) for name, names in manifest.categories.items()},
            columns={name: ColumnResponse.of(name, embedding_map, f"{here}/columns") for name in manifest.columns},
            neighbour_spaces=list(embedding_map.neighbour_spaces),
            neighbours_url=f"{here}/neighbours",
        )


class MapFaultResponse(BaseModel):
    """A map that is stale or damaged, and why."""

    address: str
    file: str = Field(description="File at fault, relative to the map's folder or to the checkpoints'.")
    field: str
    reason: str = Field(description="What was got and what was expected.")

    @classmethod
    def of(cls, fault: MapFault) -> MapFaultResponse:
        """The fault as it is."""
        return cls(**asdict(fault))


class MapList(BaseModel):
    """Every map of a checkpoint: those that may be shown, and those that were refused."""

    checkpoint: str
    weights_sha256: str
    maps: list[MapResponse]
    refused: list[MapFaultResponse]

    @classmethod
    def of(cls, maps: CheckpointMaps, checkpoint: Manifest) -> MapList:
        """The maps, by address."""
        return cls(
            checkpoint=checkpoint.id,
            weights_sha256=checkpoint.weights_sha256,
            maps=[MapResponse.of(maps.maps[address], checkpoint) for address in sorted(maps.maps)],
            refused=[MapFaultResponse.of(maps.faults[address]) for address in sorted(maps.faults)],
        )


class NeighbourResponse(BaseModel):
    """A picture of the map, and how far it is."""

    row: int
    distance: FiniteFloat


class NeighbourList(BaseModel):
    """The pictures nearest to one of the map, nearest first, without itself."""

    row: int
    space: NeighbourSpace
    metric: str = Field(description="euclidean among the projected points, hellinger (0-1) among posteriors.")
    source: Literal["embedding", "features", "posteriors"] = Field(description="What the distances are between.")
    neighbours: list[NeighbourResponse]
    tied: int = Field(description="Further pictures exactly as near as the last.")

    @classmethod
    def of(cls, found: Neighbourhood, embedding_map: EmbeddingMap, row: int, space: NeighbourSpace) -> NeighbourList:
        """The neighbours, rounded."""
        return cls(
            row=row,
            space=space,
            metric=_METRICS[space],
            source=embedding_map.manifest.space.source if space == "features" else space,
            neighbours=[
                NeighbourResponse(row=near, distance=_rounded(distance))
                for near, distance in zip(found.rows, found.distances, strict=True)
            ],
            tied=found.tied,
        )


class PlacingNeighbourResponse(NeighbourResponse):
    """A picture of the map that helped to place another one."""

    weight: FiniteFloat = Field(description="Its share in the place; the shares add up to one.")

    @classmethod
    def of(cls, neighbour: Neighbour) -> PlacingNeighbourResponse:
        """The neighbour, rounded."""
        return cls(row=neighbour.row, distance=_rounded(neighbour.distance), weight=_rounded(neighbour.weight))


class PlaceResponse(BaseModel):
    """Where an uploaded picture lies on a checkpoint's map."""

    analysis: str
    checkpoint: str
    map: str
    x: FiniteFloat
    y: FiniteFloat
    distance: FiniteFloat = Field(description="Mean distance to the neighbours.")
    warning_distance: FiniteFloat
    is_far: bool = Field(description="Whether the picture is unlike all of the map, so that its place says little.")
    warning: str | None = Field(description="The same in words, where it is far.")
    neighbours: list[PlacingNeighbourResponse] = Field(description="What placed it, nearest first.")

    @classmethod
    def of(cls, placed: PlacedAnalysis) -> PlaceResponse:
        """The place, rounded."""
        placement = placed.placement
        return cls(
            analysis=placed.analysis_id,
            checkpoint=placed.checkpoint,
            map=placed.embedding_map.folder.name,
            x=_rounded(placement.x),
            y=_rounded(placement.y),
            distance=_rounded(placement.distance),
            warning_distance=_rounded(placement.warning_distance),
            is_far=placement.is_far,
            warning=_warning(placement) if placement.is_far else None,
            neighbours=[PlacingNeighbourResponse.of(neighbour) for neighbour in placement.neighbours],
        )


def _warning(placement: Placement) -> str:
    times = placement.distance / placement.warning_distance
    return (
        f"This picture is unlike all pictures of the map: its nearest neighbours are {times:.1f} times as far as the "
        "limit, so its place says little."
    )

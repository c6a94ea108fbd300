"""Maps, image sets and places on maps, as the API says them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import Final

from backend.addresses import VERSION_DIGITS
from backend.maps.addresses import MapAddresses
from backend.maps.image_sets import address_of
from backend.maps.maps import CheckpointMaps, MapFault
from backend.maps.placing import PlacedAnalysis
from backend.maps.schemas import (
    ColumnKind,
    ColumnResponse,
    CreditResponse,
    ImageSetResponse,
    LabelScaleResponse,
    MapFaultResponse,
    MapList,
    MapResponse,
    NeighbourList,
    NeighbourResponse,
    PlaceResponse,
    PlacingNeighbourResponse,
    PlacingResponse,
    ProjectionResponse,
    SpaceResponse,
    ThumbnailsResponse,
)
from models.checkpoints.manifest import Manifest
from models.maps.embedding_map import EmbeddingMap, Neighbour, Neighbourhood, NeighbourSpace, Placement
from models.maps.image_set import ImageSet, ReferenceRecord

_CODES: Final = frozenset({"class", "type", "group", "cluster", "expert", "reference"})
_AXES: Final = {"posteriors": "cluster", "routing_weights": "expert", "expert_scores": "expert"}
_METRICS: Final = {"features": "euclidean", "posteriors": "hellinger"}


def map_list(maps: CheckpointMaps, checkpoint: Manifest) -> MapList:
    """A checkpoint's maps, by address."""
    return MapList(
        checkpoint=checkpoint.id,
        weights_sha256=checkpoint.weights_sha256,
        maps=[_map_response(maps.maps[address], checkpoint, maps.addresses) for address in sorted(maps.maps)],
        refused=[map_fault_response(maps.faults[address]) for address in sorted(maps.faults)],
    )


def map_fault_response(fault: MapFault) -> MapFaultResponse:
    """Why a map is not shown."""
    return MapFaultResponse(address=fault.address, file=fault.file, field=fault.field, reason=fault.reason)


def neighbour_list(found: Neighbourhood, embedding_map: EmbeddingMap, row: int, space: NeighbourSpace) -> NeighbourList:
    """The pictures nearest to one of the map."""
    return NeighbourList(
        row=row,
        space=space,
        metric=_METRICS[space],
        source=embedding_map.manifest.space.source if space == "features" else space,
        neighbours=[
            NeighbourResponse(row=near, distance=distance)
            for near, distance in zip(found.rows, found.distances, strict=True)
        ],
        tied=found.tied,
    )


def place_response(placed: PlacedAnalysis) -> PlaceResponse:
    """Where a picture lies on a map."""
    placement = placed.placement
    return PlaceResponse(
        analysis=placed.analysis_id,
        checkpoint=placed.checkpoint,
        map=placed.embedding_map.folder.name,
        x=placement.x,
        y=placement.y,
        distance=placement.distance,
        warning_distance=placement.warning_distance,
        is_far=placement.is_far,
        warning=_warning(placement) if placement.is_far else None,
        neighbours=[_placing_neighbour(neighbour) for neighbour in placement.neighbours],
    )


def image_set_response(images: ImageSet, addresses: MapAddresses) -> ImageSetResponse:
    """The image set without its rows."""
    manifest, here = images.manifest, addresses.images(address_of(images))
    thumbnails = manifest.thumbnails
    return ImageSetResponse(
        address=address_of(images),
        sha256=images.sha256,
        name=manifest.name,
        count=len(images),
        label_kind=manifest.label_kind,
        num_references=len(manifest.references),
        num_left_out=len(manifest.left_out),
        credits=_credits(manifest.references),
        thumbnails=ThumbnailsResponse(
            tile_px=thumbnails.tile_px,
            columns=thumbnails.columns,
            tiles_per_sheet=thumbnails.tiles_per_sheet,
            sheets=[f"{here}/sheets/{index}" for index in range(len(thumbnails.sheets))],
        ),
        rows_url=f"{here}/rows",
        pictures_url=f"{here}/pictures",
    )


def column_version(sha256: str) -> str:
    """What names exactly a column's bytes in an address."""
    return sha256[:VERSION_DIGITS]


def _map_response(embedding_map: EmbeddingMap, checkpoint: Manifest, addresses: MapAddresses) -> MapResponse:
    manifest, address = embedding_map.manifest, embedding_map.folder.name
    here = addresses.map(checkpoint.id, address)
    scale = manifest.label_scale
    return MapResponse(
        address=address,
        count=manifest.count,
        image_set=image_set_response(embedding_map.images, addresses),
        space=SpaceResponse(**asdict(manifest.space)),
        projection=ProjectionResponse(**asdict(manifest.projection)),
        placing=PlacingResponse(**asdict(manifest.placing)),
        label_scale=None if scale is None else LabelScaleResponse(**asdict(scale)),
        categories={name: list(names) for name, names in manifest.categories.items()},
        columns={name: _column_response(name, embedding_map, f"{here}/columns") for name in manifest.columns},
        neighbour_spaces=list(embedding_map.neighbour_spaces),
        neighbours_url=f"{here}/neighbours",
    )


def _column_response(name: str, embedding_map: EmbeddingMap, columns_url: str) -> ColumnResponse:
    record = embedding_map.manifest.columns[name]
    return ColumnResponse(
        title=embedding_map.manifest.titles.get(name),
        kind=_kind(name, embedding_map),
        dtype=record.dtype,
        shape=list(record.shape),
        scale=record.scale,
        offset=record.offset,
        missing=record.missing,
        labels=_labels(name, embedding_map),
        bytes=embedding_map.columns[name].nbytes,
        sha256=record.sha256,
        url=f"{columns_url}/{name}?v={column_version(record.sha256)}",
    )


def _kind(name: str, embedding_map: EmbeddingMap) -> ColumnKind:
    manifest = embedding_map.manifest
    if len(manifest.columns[name].shape) > 1:
        return "vector"
    return "category" if name in _CODES or name in manifest.categories else "number"


def _labels(name: str, embedding_map: EmbeddingMap) -> str | None:
    labels = _AXES.get(name, name)
    return labels if labels == "reference" or labels in embedding_map.manifest.categories else None


def _credits(references: Iterable[ReferenceRecord]) -> list[CreditResponse]:
    """The distinct credits, in order."""
    names: dict[tuple[str, str | None], list[str]] = {}
    for reference in references:
        if reference.credit is not None:
            names.setdefault((reference.credit, reference.source), []).append(reference.name)
    return [CreditResponse(credit=credit, source=source, references=has) for (credit, source), has in names.items()]


def _placing_neighbour(neighbour: Neighbour) -> PlacingNeighbourResponse:
    return PlacingNeighbourResponse(row=neighbour.row, distance=neighbour.distance, weight=neighbour.weight)


def _warning(placement: Placement) -> str:
    times = placement.distance / placement.warning_distance
    return (
        f"This picture is unlike all pictures of the map: its nearest neighbours are {times:.1f} times as far as the "
        "limit, so its place says little."
    )

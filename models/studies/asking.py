"""A study as people ask for one: a folder or table, labels, and checkpoints by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from types import MappingProxyType

from models.checkpoints.manifest import CHECKPOINTS_FOLDER
from models.checkpoints.reading import list_manifests
from models.labels.scales import Direction, Range, StatedLabels
from models.labels.table import read_labels
from models.loading import load
from models.maps.building.projecting import UMAPProjector, in_child
from models.studies.findings.records import MappingKind
from models.studies.pictures.picture_set import PictureSet, open_pictures
from models.studies.study import Progress, Study, Wanted, run_study, untold


def study(
    pictures: str | Path,
    *,
    output: str | Path,
    labels: str | Path | None = None,
    checkpoints: Sequence[str] | None = None,
    label_range: Range | None = None,
    direction: Direction | None = None,
    columns: Mapping[str, str] = MappingProxyType({}),
    mapping: MappingKind | None = None,
    fit: bool = False,
    maps: bool = True,
    subset: int | None = None,
    stars: bool = False,
    root: Path = CHECKPOINTS_FOLDER,
    device: str = "auto",
    progress: Progress = untold,
    on_found: Callable[[PictureSet], None] | None = None,
    on_error: Callable[[OSError], None] | None = None,
) -> Study:
    """What checkpoints make of a folder of pictures (with `labels` in a table), or of those that a table names.

    All stable checkpoints answer, unless some are named. `label_range`, `direction` and `columns` (role -> name) say
    what a table's own words do not. With `fit`, heads are fitted to the labels, too; `maps` are drawn by UMAP, in a
    process of its own; `subset` pictures are chosen that stand for all, and `stars` are written as XMP. What lies in
    `output` is gone on with. `on_found` is told the set before it is looked at, `on_error` of folders that cannot be
    read. Raises `StudyRefused`, `LabelsRefused`, `RangeRefused`, `UnknownCheckpoint` or `CheckpointRefused`.
    """
    stated = StatedLabels(label_range, direction)
    read = partial(read_labels, stated=stated, columns=columns)
    found = open_pictures(Path(pictures), read, labels=None if labels is None else Path(labels), on_error=on_error)
    if on_found is not None:
        on_found(found)
    names = stable_checkpoints(root) if checkpoints is None else checkpoints
    predictors = [load(name, root=root, device=device, num_threads=1) for name in dict.fromkeys(names)]
    with in_child(UMAPProjector()) as projector:
        wanted = Wanted(fit, projector if maps else None, subset, stars)
        return run_study(found, predictors, Path(output), mapping=mapping, wanted=wanted, progress=progress)


def stable_checkpoints(root: Path = CHECKPOINTS_FOLDER) -> list[str]:
    """Every checkpoint but those of the literal formulations."""
    manifests, _ = list_manifests(root)
    return [manifest.id for manifest in manifests if manifest.formulation == "stable"]

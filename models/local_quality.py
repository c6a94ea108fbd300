"""Quality in place: the trained head on overlapping windows of a picture, each seen as a picture of its own.

Legend: H rows, W columns of pixels, R rows, C columns of windows, N windows, D features, K clusters.

A window goes through the same graph as a whole picture, so it knows nothing of what lies outside it: damage in one half
changes no window that lies in the other (`docs/decisions.md` has what pooling one forward pass would do instead).
"""

from __future__ import annotations

import itertools
from collections.abc import Generator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple, Protocol

import numpy as np
import torch
from numpy.typing import NDArray

from models.prediction import SCORE_RANGE
from models.trunk.preprocess import Preprocess, normalise

if TYPE_CHECKING:
    from models.heads.variant import Variant
    from models.images import RGBImage
    from models.trunk.features import FeatureRuntime

WINDOW_PX: Final = 128
_FINE_STRIDE_PX: Final = 32
_COARSE_STRIDE_PX: Final = 64
_MAX_FINE_WINDOWS: Final = 128
"""Above, windows are taken twice as far apart: together they have four times the pixels of the picture, not sixteen."""
_BLOCK_PX: Final = 8
"""Windows begin at multiples of JPEG's blocks, whose borders are counted from a window's own corner."""
_WINDOWS_AT_ONCE: Final = 8


class NoLocalQuality(ValueError):
    """A variant that sees pixels beside the features, which is too slow for every window."""


class Span(NamedTuple):
    """Pixels from `start` to before `end` along one side."""

    start: int
    end: int


@dataclass(frozen=True)
class WindowAxis:
    """Where windows lie along one side of a picture, and the cells that they speak for.

    The cell of a window reaches halfway to the centres of its neighbours; the cells cover the side without overlap.
    """

    spans: tuple[Span, ...]
    edges: tuple[int, ...]

    @classmethod
    def of(cls, side_px: int, stride_px: int) -> WindowAxis:
        """Windows of `WINDOW_PX` along a side, or of the whole side where it is shorter.

        The last one ends where the side does and is up to `_BLOCK_PX - 1` longer for it.
        """
        last_start = max(side_px - WINDOW_PX, 0) // _BLOCK_PX * _BLOCK_PX
        starts = [*range(0, last_start, stride_px), last_start]
        ends = [*(start + WINDOW_PX for start in starts[:-1]), side_px]
        spans = tuple(Span(start, end) for start, end in zip(starts, ends, strict=True))
        centres = [(span.start + span.end) / 2 for span in spans]
        between = (round((one + other) / 2) for one, other in itertools.pairwise(centres))
        return cls(spans, (0, *between, side_px))

    def scaled(self, factor: float) -> WindowAxis:
        """The same places along a side that is `factor` times as long."""
        spans = tuple(Span(round(start * factor), round(end * factor)) for start, end in self.spans)
        return WindowAxis(spans, tuple(round(edge * factor) for edge in self.edges))


@dataclass(frozen=True)
class WindowGrid:
    """Rows and columns of windows, `stride_px` apart but for the last of each."""

    rows: WindowAxis
    columns: WindowAxis
    stride_px: int

    @classmethod
    def of(cls, height_px: int, width_px: int) -> WindowGrid:
        """The finest grid whose windows are not too many."""
        fine = cls._with_stride(height_px, width_px, _FINE_STRIDE_PX)
        return fine if fine.count <= _MAX_FINE_WINDOWS else cls._with_stride(height_px, width_px, _COARSE_STRIDE_PX)

    @classmethod
    def _with_stride(cls, height_px: int, width_px: int, stride_px: int) -> WindowGrid:
        return cls(WindowAxis.of(height_px, stride_px), WindowAxis.of(width_px, stride_px), stride_px)

    @property
    def shape(self) -> tuple[int, int]:
        """R, C."""
        return len(self.rows.spans), len(self.columns.spans)

    @property
    def count(self) -> int:
        """N."""
        return len(self.rows.spans) * len(self.columns.spans)


class Names(Protocol):
    """What a manifest says of the head whose answers are passed on."""

    @property
    def id(self) -> str:
        """The checkpoint's."""

    @property
    def weights_sha256(self) -> str:
        """Identity of the weights."""

    @property
    def cluster_names(self) -> tuple[str, ...] | None:
        """One per cluster, or `None` without a mixture."""


@dataclass(frozen=True, eq=False)
class LocalQuality:
    """What a checkpoint says about each window of a picture.

    `rows` and `columns` are in pixels of the original picture, as are the side of a window and its stride.
    `scores_RC` is predicted MOS on 0-100, `clusters_RC` the most probable cluster, an index into `cluster_names`;
    both are `None` where the variant has no clusters. `notes` say what was done to the picture first.
    """

    checkpoint: str
    weights_sha256: str
    rows: WindowAxis
    columns: WindowAxis
    window_px: float
    stride_px: float
    scores_RC: NDArray[np.float32]
    clusters_RC: NDArray[np.int64] | None
    cluster_names: tuple[str, ...] | None
    notes: tuple[str, ...]

    @property
    def is_finite(self) -> bool:
        """Whether every number may be used."""
        return bool(np.isfinite(self.scores_RC).all())


class _WindowReadings(NamedTuple):
    scores_N: NDArray[np.float32]
    clusters_N: NDArray[np.int64] | None


def assess_windows(
    image: RGBImage, *, preprocess: Preprocess, runtime: FeatureRuntime, head: Variant, manifest: Names
) -> Generator[None, None, LocalQuality]:
    """Score every window of a picture; a picture too large to be seen whole is shrunk to its overview first.

    A generator, whose value is the result, that pauses after every few windows (50 ms), so that others get a turn.
    Raises `NoLocalQuality` for a head that needs crops.
    """
    if head.crop_px is not None:
        raise NoLocalQuality(f"got {head.config.variant} ({head.config.formulation}), expected a variant without crops")
    seen_HWC, notes = _seen_pixels(image, preprocess)
    height, width = seen_HWC.shape[:2]
    grid = WindowGrid.of(height, width)
    readings = yield from _read_windows(seen_HWC, grid, runtime, head)
    down, across = image.height / height, image.width / width
    longer = max(down, across)
    return LocalQuality(
        checkpoint=manifest.id,
        weights_sha256=manifest.weights_sha256,
        rows=grid.rows.scaled(down),
        columns=grid.columns.scaled(across),
        window_px=WINDOW_PX * longer,
        stride_px=grid.stride_px * longer,
        scores_RC=readings.scores_N.reshape(grid.shape),
        clusters_RC=None if readings.clusters_N is None else readings.clusters_N.reshape(grid.shape),
        cluster_names=manifest.cluster_names,
        notes=notes,
    )


def _seen_pixels(image: RGBImage, preprocess: Preprocess) -> tuple[NDArray[np.uint8], tuple[str, ...]]:
    if preprocess.is_whole(image):
        return image.pixels_HWC, ()
    overview_HWC = preprocess.overview(image.pixels_HWC)
    height, width = overview_HWC.shape[:2]
    note = f"{image.width} x {image.height} px were shrunk to {width} x {height} px before windows were taken"
    return overview_HWC, (note,)


def _read_windows(
    pixels_HWC: NDArray[np.uint8], grid: WindowGrid, runtime: FeatureRuntime, head: Variant
) -> Generator[None, None, _WindowReadings]:
    places = list(itertools.product(grid.rows.spans, grid.columns.spans))
    scores, clusters = [], []
    for first in range(0, len(places), _WINDOWS_AT_ONCE):
        some = places[first : first + _WINDOWS_AT_ONCE]
        windows_CHW = [normalise(pixels_HWC[down.start : down.end, across.start : across.end]) for down, across in some]
        with torch.inference_mode():
            output = head(runtime(windows_CHW))
            scores.append(output.score.clamp(*SCORE_RANGE).numpy())
            if output.posteriors is not None:
                clusters.append(output.posteriors.argmax(1).numpy())
        yield
    return _WindowReadings(np.concatenate(scores), np.concatenate(clusters) if clusters else None)

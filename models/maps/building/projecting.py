"""Points -> places on a plane, in a process of its own: UMAP is compiled, and busy, where nobody waits for it.

Imports no torch. Legend: N points, P axes.
"""

from __future__ import annotations

import os
import signal
import threading
import warnings
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from importlib.metadata import version
from multiprocessing import get_context, parent_process
from typing import Final, Protocol

import numpy as np

from models.maps.embedding_map import Floats, ProjectionRecord

_CHILD_NICENESS: Final = 10


class ProjectionRefused(ValueError):
    """Parameters of a projection that are out of range."""


class Projector(Protocol):
    """Whatever turns points into places on a plane, and says how."""

    def record(self, num_points: int) -> ProjectionRecord:
        """Method and parameters for so many points: part of the map's address."""

    def __call__(self, points_NP: Floats) -> Floats:
        """(N, P) -> (N, 2), the same for the same points."""


@dataclass(frozen=True)
class UMAPProjector:
    """UMAP with a fixed seed on one thread (McInnes, Healy and Melville, 2018).

    `neighbours` (2 or more) says how many pictures each is tied to, `min_dist` (0-1) how close they may lie. Raises
    `ProjectionRefused` for values out of range.
    """

    neighbours: int = 15
    min_dist: float = 0.1
    seed: int = 0

    def __post_init__(self) -> None:
        if self.neighbours < 2:
            raise ProjectionRefused(f"got {self.neighbours} neighbours, expected 2 or more")
        if not 0 <= self.min_dist <= 1:
            raise ProjectionRefused(f"got min_dist = {self.min_dist}, expected 0 to 1")
        if self.seed < 0:
            raise ProjectionRefused(f"got seed {self.seed}, expected 0 or more")

    def record(self, num_points: int) -> ProjectionRecord:
        """As recorded in `map.json`."""
        parameters = self._parameters(num_points)
        return ProjectionRecord("UMAP", f"umap-learn {version('umap-learn')}", self.seed, parameters)

    def __call__(self, points_NP: Floats) -> Floats:
        """(N, P) -> (N, 2)."""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ImportWarning)  # of its parametric sibling, which needs TensorFlow
            from umap import UMAP
        reducer = UMAP(**self._parameters(len(points_NP)), random_state=self.seed, n_jobs=1)
        return np.asarray(reducer.fit_transform(points_NP), np.float32)

    def _parameters(self, num_points: int) -> dict[str, str | int | float]:
        return {
            "n_neighbors": min(self.neighbours, num_points - 1),
            "min_dist": self.min_dist,
            "metric": "euclidean",
            "init": "pca",
        }


class ChildProjector:
    """Another projector's places, computed by a child that is kept for further maps: UMAP is compiled once."""

    def __init__(self, projector: Projector, pool: ProcessPoolExecutor) -> None:
        self._projector, self._pool = projector, pool
        self._child_pid: int | None = None
        self._is_stopped = False

    def record(self, num_points: int) -> ProjectionRecord:
        """The other's."""
        return self._projector.record(num_points)

    def __call__(self, points_NP: Floats) -> Floats:
        """(N, P) -> (N, 2); raises `BrokenProcessPool` where the child is ended meanwhile."""
        self._child_pid = self._pool.submit(os.getpid).result()
        if self._is_stopped:
            raise BrokenProcessPool("got points after the stop, expected none")
        return self._pool.submit(self._projector, points_NP).result()

    def stop(self) -> None:
        """End the child, whatever it is at; there are no further places."""
        self._is_stopped = True
        if self._child_pid is not None:
            with suppress(ProcessLookupError):
                os.kill(self._child_pid, signal.SIGKILL)


@contextmanager
def in_child(projector: Projector) -> Iterator[ChildProjector]:
    """A projector whose work is done by a child, which starts with the first map and ends with the block."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn"), initializer=_begin_child) as pool:
        child = ChildProjector(projector, pool)
        try:
            yield child
        except BaseException:
            child.stop()  # nobody wants the places, for which the pool would wait
            raise


def _begin_child() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # of a terminal, which goes to all: the parent says what is to end
    os.nice(_CHILD_NICENESS)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """A parent that is killed cannot end its child, which would wait for further points for ever."""
    parent = parent_process()
    assert parent is not None
    parent.join()
    os._exit(1)

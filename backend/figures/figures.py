"""The measured figures beside the checkpoints, read from their files when asked for and kept while these stay."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import anyio.to_thread
from pydantic import BaseModel

from backend.errors import FiguresMissing, FiguresRefused
from backend.figures.answers import (
    curve_response,
    leaderboard_response,
    metrics_response,
    predictions_response,
)
from backend.routing.content import Content
from backend.storage.unchanged import Unchanged
from models.checkpoints.manifest import Manifest
from models.figures.files import CURVE_FILE, LEADERBOARD_FILE, METRICS_FILE, PREDICTIONS_FILE, FiguresUnreadable
from models.figures.leaderboard import read_leaderboard
from models.figures.measurements import metrics_in, read_metrics
from models.figures.predictions import read_predictions
from models.figures.training_curve import read_curve


class Figures:
    """Answers of the figures API for the files under the checkpoints folder.

    Every method raises `FiguresMissing` where the file is not there, and `FiguresRefused` where it is damaged; the
    message names the file and the field.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        self._known = Unchanged[Content]()

    async def leaderboard(self) -> Content:
        """Every checkpoint's figures, and what the differences between them allow to be said."""

        def build(data: bytes, name: str) -> BaseModel:
            return leaderboard_response(read_leaderboard(data, name))

        return await anyio.to_thread.run_sync(self._read, LEADERBOARD_FILE, build)

    async def metrics(self, checkpoint: Manifest) -> Content:
        """One checkpoint's figures over splits, and what replacing its routing costs."""

        def build(data: bytes, name: str) -> BaseModel:
            return metrics_response(checkpoint.id, read_metrics(data, name))

        return await anyio.to_thread.run_sync(self._read, f"{checkpoint.id}/{METRICS_FILE}", build)

    async def training_curve(self, checkpoint: Manifest) -> Content:
        """The loss terms of the training run of the head that ships."""

        def build(data: bytes, name: str) -> BaseModel:
            return curve_response(checkpoint.id, read_curve(data, name))

        return await anyio.to_thread.run_sync(self._read, f"{checkpoint.id}/{CURVE_FILE}", build)

    async def predictions(self, checkpoint: Manifest) -> Content:
        """Scores of the test photographs of one split beside their labels."""

        def build(data: bytes, name: str) -> BaseModel:
            return predictions_response(checkpoint.id, read_predictions(data, name), self._split_of(checkpoint))

        name, beside = (f"{checkpoint.id}/{file}" for file in (PREDICTIONS_FILE, METRICS_FILE))
        return await anyio.to_thread.run_sync(self._read, name, build, beside)

    def _split_of(self, checkpoint: Manifest) -> str | None:
        """The splits that a checkpoint was measured on; what is wrong with its metrics is said where they are asked."""
        try:
            return metrics_in(self._root / checkpoint.id).split_sha256
        except FiguresUnreadable:
            return None

    def _read(self, name: str, build: Callable[[bytes, str], BaseModel], *beside: str) -> Content:
        """What `build` makes of a file; made anew once it, or one of those `beside` it, is another."""
        path = self._root / name
        try:
            fingerprint = (_facts(path.stat()), *(_facts_if_there(self._root / other) for other in beside))
            return self._known.get(name, fingerprint, lambda: Content.of_model(build(path.read_bytes(), name)))
        except FileNotFoundError as error:
            raise FiguresMissing(f"got no {name}, expected the file that training and comparing write") from error
        except OSError as error:
            raise FiguresRefused(f"got {type(error).__name__} from {name}, expected a file to read") from error
        except FiguresUnreadable as error:
            raise FiguresRefused(str(error)) from error


def _facts(found: os.stat_result) -> tuple[int, int]:
    return found.st_size, found.st_mtime_ns


def _facts_if_there(path: Path) -> tuple[int, int] | None:
    return _facts(path.stat()) if path.is_file() else None

"""Rows of numbers that grow on disk: written as they are made, read as one array, never all in memory.

Legend: N rows.
"""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray


class RowFile:
    """A file of rows of one shape and kind, one after the other, nothing else in it."""

    def __init__(self, path: Path, shape: tuple[int, ...], dtype: str) -> None:
        self.path = path
        self._shape, self._dtype = shape, np.dtype(dtype)

    def write(self, row: int, values: NDArray[Any]) -> None:
        """Write a row, which may lie behind the last: what a stopped run left of it is written over."""
        data = np.ascontiguousarray(values, self._dtype)
        if data.shape != self._shape:
            raise ValueError(f"got a row of shape {data.shape} for {self.path.name}, expected {self._shape}")
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self.path.open("r+b" if self.path.exists() else "w+b") as file:
            file.seek(row * self._row_bytes)
            file.write(data.tobytes())

    def read(self, rows_N: NDArray[np.intp]) -> NDArray[Any]:
        """These rows (N, …), copied."""
        count = self.path.stat().st_size // self._row_bytes
        mapped = np.memmap(self.path, self._dtype, "r", shape=(count, *self._shape))
        return np.array(mapped[rows_N])

    @property
    def _row_bytes(self) -> int:
        return math.prod(self._shape) * self._dtype.itemsize

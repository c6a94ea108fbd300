"""What the frozen first stages make of whole data sets, on disk: where fine-tuning starts, and what it reads.

Legend: N pictures, B images, C channels, h and w rows and columns at an eighth of the picture's size.

Fine-tuning leaves stem and first stages as ImageNet left them, so that every picture is rendered and goes through them
once, whatever is then learned above. Values are float16: their rounding moves a feature by less than a thousandth of
its deviation.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

import numpy as np
import torch
from joblib import Parallel, delayed
from numpy.typing import NDArray
from torch import Tensor, nn

from models.training.data.datasets import Dataset, DatasetError, Example
from models.training.data.feature_cache import cache_key, open_array, progress_bar
from models.trunk.backbone import NUM_FROZEN_STAGES, Backbone
from models.trunk.features import OnnxRuntime, export_graph
from models.trunk.preprocess import Preprocess

_FLUSH_EVERY: Final = 64
_VALUES_FILE: Final = "activations.f16"


class EarlyStages(nn.Module):
    """The frozen part of a backbone: image_BCHW -> (B, C, h, w)."""

    def __init__(self, backbone: Backbone) -> None:
        super().__init__()
        self.stem = backbone.stem
        self.stages = backbone.stages[:NUM_FROZEN_STAGES]

    def forward(self, image_BCHW: Tensor) -> Tensor:
        """(B, 3, H, W), normalised as `(x - 127) / 128` -> (B, C, ceil(H / 8), ceil(W / 8))."""
        x_BCHW: Tensor = self.stem(image_BCHW)
        for blocks in self.stages:
            x_BCHW = blocks(x_BCHW)
        return x_BCHW


@dataclass(frozen=True)
class Activations:
    """Activations of a data set's examples, each of its own height and width, in one file that is read where needed."""

    values: NDArray[np.float16]
    sizes_N2: NDArray[np.int64]
    offsets_N: NDArray[np.int64]
    num_channels: int

    def __len__(self) -> int:
        return len(self.sizes_N2)

    def __getitem__(self, index: int) -> NDArray[np.float16]:
        """One example's (C, h, w)."""
        height, width = self.sizes_N2[index]
        start = self.offsets_N[index]
        flat = self.values[start : start + self.num_channels * height * width]
        return flat.reshape(self.num_channels, height, width)


def cached_activations(
    dataset: Dataset, backbone: Backbone, preprocess: Preprocess, *, trunk_sha256: str, root: Path, jobs: int
) -> Activations:
    """The data set's activations, from the cache under `root` as far as they are there and computed otherwise.

    `trunk_sha256` is that of the frozen trunk. Raises `DatasetError` for a picture that is not scored whole.
    """
    folder = root / f"activations_{cache_key(dataset, trunk_sha256, preprocess)}"
    folder.mkdir(parents=True, exist_ok=True)
    graph = _early_graph(backbone, root / f"early_{trunk_sha256[:12]}.onnx")
    num_channels = backbone.stage_channels[NUM_FROZEN_STAGES - 1]
    count = len(dataset.examples)
    sizes_N2 = open_array(folder / "sizes.npy", (count, 2), np.dtype(np.int64))
    done = int(np.count_nonzero(sizes_N2[:, 0]))  # rows are finished in order
    values_file = folder / _VALUES_FILE
    with values_file.open("ab") as file:
        file.truncate(2 * num_channels * int(sizes_N2[:done].prod(1).sum()))
        missing = dataset.examples[done:]
        with progress_bar() as bar:
            computed = bar.track(
                _computed(missing, graph, preprocess, jobs), total=len(missing), description=dataset.name
            )
            finished = []
            for position, values_CHW in enumerate(computed):
                file.write(values_CHW.tobytes())
                finished.append(values_CHW.shape[1:])
                if len(finished) == _FLUSH_EVERY or position == len(missing) - 1:
                    file.flush()
                    sizes_N2[done : done + len(finished)] = finished  # a row counts once its values are written
                    sizes_N2.flush()
                    done, finished = done + len(finished), []
    return _opened(values_file, np.asarray(sizes_N2), num_channels)


def _opened(values_file: Path, sizes_N2: NDArray[np.int64], num_channels: int) -> Activations:
    lengths_N = num_channels * sizes_N2.prod(1)
    offsets_N = np.concatenate([[0], np.cumsum(lengths_N)[:-1]])
    values = np.memmap(values_file, dtype=np.float16, mode="r", shape=(int(lengths_N.sum()),))
    return Activations(values, sizes_N2, offsets_N, num_channels)


def _early_graph(backbone: Backbone, path: Path) -> Path:
    if not path.is_file():
        partial = path.with_suffix(".partial")
        export_graph(EarlyStages(backbone), partial, ("activations_BCHW",))
        partial.rename(path)
    return path


def _computed(
    examples: tuple[Example, ...], graph: Path, preprocess: Preprocess, jobs: int
) -> Iterator[NDArray[np.float16]]:
    """In processes, since rendering holds Python's lock for long; in the order of the examples."""
    work = Parallel(n_jobs=jobs, return_as="generator", batch_size=8)
    yield from work(delayed(_activations)(example, graph, preprocess) for example in examples)


def _activations(example: Example, graph: Path, preprocess: Preprocess) -> NDArray[np.float16]:
    views = preprocess(example.render().image)
    if len(views.views_CHW) > 1:
        got = f"got {example.example_id} with more than {preprocess.config.native_max_pixels:,} pixels"
        raise DatasetError(f"{got}, expected pictures that are scored whole: fine-tuning does not average views")
    activations_1CHW = _runtime(graph)(views.views_CHW)
    return activations_1CHW.squeeze(0).numpy().astype(np.float16)


@lru_cache(maxsize=1)
def _runtime(graph: Path) -> OnnxRuntime:
    torch.set_num_threads(1)
    return OnnxRuntime(graph, num_threads=1)

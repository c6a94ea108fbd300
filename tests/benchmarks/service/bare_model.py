"""The model without a service: pictures per second at several batch sizes, measured anew for each line on stdin.

All cores work on one picture or batch; batch size 0 stands for one picture on each core, as in the service.

python -m tests.benchmarks.service.bare_model CHECKPOINT SECONDS BATCH_SIZE…
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Final

import numpy as np
import onnxruntime
import torch

from models.checkpoints.manifest import CHECKPOINTS_FOLDER
from models.checkpoints.reading import read_manifest
from models.images import decode
from models.loading import load_predictor
from models.trunk.features import GRAPH_INPUT, export_graph, feature_extractor
from models.trunk.preprocess import Preprocess
from tests.benchmarks.pictures import photograph
from tests.places import ROOT

SIDE_BY_SIDE: Final = 0
"""In place of a batch size: one picture on each core, which is what the studio does."""
WARM_UP: Final = 3
GRAPHS: Final = ROOT / "cache" / "benchmarks"


def one_at_a_time(checkpoint: str, *, num_threads: int | None = None) -> Callable[[], object]:
    """What the service runs for a picture: preprocessing, features, head."""
    predictor = load_predictor(CHECKPOINTS_FOLDER / checkpoint, num_threads=num_threads)
    image = decode(photograph())
    return lambda: predictor.predict(image)


def in_batches(checkpoint: str, size: int) -> Callable[[], object]:
    """The feature graph on a batch; the head's few milliseconds for the whole batch are left out, in its favour."""
    manifest = read_manifest(CHECKPOINTS_FOLDER / checkpoint)
    path = GRAPHS / manifest.trunk.sha256[:12] / f"batch-{size}.onnx"
    if not path.is_file():
        path.parent.mkdir(parents=True, exist_ok=True)
        tuned = manifest.trunk.tuned_file(CHECKPOINTS_FOLDER)
        export_graph(feature_extractor(manifest.model.backbone, tuned), path, batch_size=size)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = len(os.sched_getaffinity(0))
    session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    preprocess, image = Preprocess(manifest.model.preprocess), decode(photograph())

    def run() -> object:
        views = [preprocess(image).views_CHW[0] for _ in range(size)]
        return session.run(None, {GRAPH_INPUT: np.ascontiguousarray(torch.stack(views).numpy())})

    return run


def rate(run: Callable[[], object], size: int, seconds: float) -> float:
    """Pictures per second."""
    for _ in range(WARM_UP):
        run()
    count, began_s = 0, time.perf_counter()
    while time.perf_counter() - began_s < seconds:
        run()
        count += 1
    return count * size / (time.perf_counter() - began_s)


def rate_side_by_side(run: Callable[[], object], seconds: float) -> float:
    """Pictures per second with one thread a core."""
    num_cores = len(os.sched_getaffinity(0))
    with ThreadPoolExecutor(num_cores) as threads:
        return sum(threads.map(lambda _: rate(run, 1, seconds), range(num_cores)))


def measure(checkpoint: str, size: int) -> Callable[[float], float]:
    """Something that measures one batch size for so many seconds."""
    if size == SIDE_BY_SIDE:
        return partial(rate_side_by_side, one_at_a_time(checkpoint, num_threads=1))
    return partial(rate, one_at_a_time(checkpoint) if size == 1 else in_batches(checkpoint, size), size)


def main() -> None:
    """Answer each line on stdin with the rates as one line of JSON."""
    checkpoint, seconds, *sizes = sys.argv[1:]
    measures = {int(size): measure(checkpoint, int(size)) for size in sizes}
    for _ in sys.stdin:
        print(json.dumps({size: measured(float(seconds)) for size, measured in measures.items()}), flush=True)


if __name__ == "__main__":
    main()

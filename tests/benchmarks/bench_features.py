"""How long the exported graphs of the feature extractor take, and which operators take it.

    .venv/bin/python tests/benchmarks/bench_features.py [GRAPH…] [--height 384 --width 512] [--threads 2]

Graphs are run in turns and minima compared, so that the ratio holds on a busy machine, too. Without a graph it is the
shipped one.
"""

from __future__ import annotations

import argparse
import collections
import json
import os
import tempfile
import time
from pathlib import Path

import numpy as np

os.environ["ORT_DISABLE_TELEMETRY"] = "1"
import onnxruntime

from models.checkpoints.manifest import CHECKPOINTS_FOLDER

SHIPPED = sorted((CHECKPOINTS_FOLDER / "shared").glob("*/features.onnx"))
ROUNDS = 15
CALLS_PER_ROUND = 4
NUM_OPERATORS = 8


def session(graph: Path, *, threads: int, profile: Path | None = None) -> onnxruntime.InferenceSession:
    """The graph as the predictor opens it; with `profile`, its times per node are written there."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    if profile is not None:
        options.enable_profiling = True
        options.profile_file_prefix = str(profile)
    return onnxruntime.InferenceSession(str(graph), sess_options=options, providers=["CPUExecutionProvider"])


def operator_times_ms(graph: Path, feed: dict[str, np.ndarray], *, threads: int) -> collections.Counter[str]:
    """Milliseconds per kind of operator: sums over nodes of each node's minimum."""
    best_us: dict[tuple[str, str], float] = {}
    with tempfile.TemporaryDirectory() as folder:
        profiled = session(graph, threads=threads, profile=Path(folder) / "profile")
        for _ in range(ROUNDS):
            profiled.run(None, feed)
        events = json.loads(Path(profiled.end_profiling()).read_text(encoding="utf-8"))
    for event in events:
        if event.get("cat") == "Node" and event["name"].endswith("_kernel_time"):
            node = (event["args"]["op_name"], event["name"])
            best_us[node] = min(event["dur"], best_us.get(node, event["dur"]))
    total_ms: collections.Counter[str] = collections.Counter()
    for (operator, _), duration_us in best_us.items():
        total_ms[operator] += duration_us / 1e3  # type: ignore[assignment]
    return total_ms


def main() -> None:
    """Print each graph's minimum in milliseconds, its ratio to the first, and its slowest operators."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("graphs", type=Path, nargs="*", default=SHIPPED, metavar="GRAPH")
    parser.add_argument("--height", type=int, default=384)
    parser.add_argument("--width", type=int, default=512)
    parser.add_argument("--threads", type=int, default=2)
    arguments = parser.parse_args()
    rng = np.random.default_rng(0)
    image_BCHW = rng.normal(scale=0.5, size=(1, 3, arguments.height, arguments.width)).astype(np.float32)
    feed = {"image_BCHW": image_BCHW}
    sessions = [session(graph, threads=arguments.threads) for graph in arguments.graphs]
    best_s = [float("inf")] * len(sessions)
    for _ in range(ROUNDS):
        for index, one in enumerate(sessions):
            for _ in range(CALLS_PER_ROUND):
                started = time.perf_counter()
                one.run(None, feed)
                best_s[index] = min(best_s[index], time.perf_counter() - started)
    for graph, seconds in zip(arguments.graphs, best_s, strict=True):
        print(f"{1e3 * seconds:7.1f} ms  {best_s[0] / seconds:5.2f}x  {graph}")
        for operator, spent_ms in operator_times_ms(graph, feed, threads=arguments.threads).most_common(NUM_OPERATORS):
            print(f"  {spent_ms:7.2f} ms  {operator}")


if __name__ == "__main__":
    main()

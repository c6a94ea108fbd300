"""Pictures per second under 32 clients: the studio, a naive FastAPI route and LitServe, against the bare model.

    .venv/bin/python -m tests.benchmarks.bench_load [--checkpoint moe] [--clients 32] [--seconds 8] [--rounds 3]

All serve the same checkpoint and get the same 512x384 JPEG. The bare model gets it decoded, in a process of its own:
all cores on one picture, on a batch (graphs exported for each size), and on one picture each. Turns alternate, and
ratios are taken within a round, so that they hold on a busy machine, too. A contender gets the load only while no other
is asked and what the last one left is done; its clients share the machine with it, and the bare model has the machine
for itself.
"""

from __future__ import annotations

import argparse
import base64
import json
import os
import signal
import statistics
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial

import httpx

from tests.benchmarks.machine import machine, settle
from tests.benchmarks.pictures import photograph
from tests.benchmarks.service.bare_model import SIDE_BY_SIDE
from tests.benchmarks.service.contenders import HEALTH_PATH, LITSERVE_PATH, NAIVE_PATH
from tests.benchmarks.service.load import Answers, closed_loop, json_request, median_s, quantile_s, upload_request
from tests.benchmarks.service.server import serving
from tests.places import ROOT
from tests.program import free_port

BATCH_SIZES = (1, 2, 4, 8)
STUDIO, NAIVE, LITSERVE = "studio", "naive FastAPI", "LitServe"
PROMISED = 0.9
_ONE_THREAD = {**os.environ, "OMP_NUM_THREADS": os.environ.get("OMP_NUM_THREADS", "1")}
"""For torch, as in the service."""


def bare_rates(checkpoint: str, seconds: float) -> Callable[[], dict[int, float]]:
    """Start the bare model in a process of its own; each call measures its rate at every batch size."""
    command = [sys.executable, "-m", "tests.benchmarks.service.bare_model", checkpoint, str(seconds)]
    command += map(str, (SIDE_BY_SIDE, *BATCH_SIZES))
    process = subprocess.Popen(
        command, cwd=ROOT, env=_ONE_THREAD, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )

    def measure() -> dict[int, float]:
        assert process.stdin is not None, "a pipe"
        assert process.stdout is not None, "a pipe"
        process.stdin.write("go\n")
        process.stdin.flush()
        return {int(size): rate for size, rate in json.loads(process.stdout.readline()).items()}

    return measure


@contextmanager
def contending(kind: str, checkpoint: str) -> Iterator[str]:
    """The address of a contender, which runs inside; raises `RuntimeError` where it ends by itself."""
    port = free_port()
    command = [sys.executable, "-m", "tests.benchmarks.service.contenders", kind, "--port", str(port)]
    process = subprocess.Popen(
        [*command, "--checkpoint", checkpoint], cwd=ROOT, env=_ONE_THREAD, start_new_session=True
    )
    origin = f"http://127.0.0.1:{port}"
    try:
        while not _is_well(origin):
            if process.poll() is not None:
                raise RuntimeError(f"got a {kind} server that ended with {process.returncode}, expected it to serve")
            time.sleep(0.2)
        yield origin
    finally:
        os.killpg(process.pid, signal.SIGKILL)  # LitServe's workers outlive a polite word
        process.wait()


def _is_well(origin: str) -> bool:
    try:
        return httpx.get(origin + HEALTH_PATH, timeout=2).status_code == 200
    except httpx.HTTPError:
        return False


def main() -> None:
    """Print rates, times and ratios."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--checkpoint", default="moe")
    parser.add_argument("--clients", type=int, default=32)
    parser.add_argument("--seconds", type=float, default=8, help="how long each has its turn")
    parser.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args()
    with ExitStack() as stack:
        bare = bare_rates(arguments.checkpoint, arguments.seconds / (1 + len(BATCH_SIZES)))
        turns = contenders(stack, arguments.checkpoint)
        load = {
            name: partial(closed_loop, origin, [request], clients=arguments.clients, seconds=arguments.seconds)
            for name, (origin, request) in turns.items()
        }
        report(run(bare, load, rounds=arguments.rounds), clients=arguments.clients)


def contenders(stack: ExitStack, checkpoint: str) -> dict[str, tuple[str, bytes]]:
    """Start all three; their addresses and what each is asked."""
    picture = photograph()
    studio = stack.enter_context(serving()).origin
    naive = stack.enter_context(contending("naive", checkpoint))
    litserve = stack.enter_context(contending("litserve", checkpoint))
    body = json.dumps({"picture": base64.b64encode(picture).decode()}).encode()
    upload = upload_request(studio, "/api/v1/analyses", picture, fields={"checkpoint": checkpoint})
    return {
        STUDIO: (studio, upload),
        NAIVE: (naive, upload_request(naive, NAIVE_PATH, picture)),
        LITSERVE: (litserve, json_request(litserve, LITSERVE_PATH, body)),
    }


def run(
    bare: Callable[[], dict[int, float]], load: dict[str, Callable[[], Answers]], *, rounds: int
) -> list[tuple[dict[int, float], dict[str, Answers]]]:
    """Every one's turn, round by round, after one round to warm up."""
    turns = []
    settle()
    for number in range(rounds + 1):
        order = list(load) if number % 2 else list(reversed(load))
        turns.append((bare(), {name: _settled(load[name]) for name in order}))
    return turns[1:]


def _settled(turn: Callable[[], Answers]) -> Answers:
    answers = turn()
    settle()  # the studio writes what it keeps when its clients are gone, which must be nobody else's burden
    return answers


def report(rounds: list[tuple[dict[int, float], dict[str, Answers]]], *, clients: int) -> None:
    """Medians over the rounds."""
    print(f"{machine()}; {len(rounds)} rounds; {clients} clients")
    for size in (*BATCH_SIZES, SIDE_BY_SIDE):
        name = f"bare model, batch {size}" if size else "bare, one a core"
        print(f"{name:<20} {statistics.median(rates[size] for rates, _ in rounds):6.1f} pictures/s")
    ratios: dict[str, list[float]] = defaultdict(list)
    for rates, answers in rounds:
        for name, got in answers.items():
            ratios[name].append(_rate(got) / max(rates[size] for size in BATCH_SIZES))
    for name, values in ratios.items():
        got = [answers[name] for _, answers in rounds]
        promise = f"   (promised: at least {PROMISED})" if name == STUDIO else ""
        print(f"{name:<20} {statistics.median(map(_rate, got)):6.1f} pictures/s, {_times(got)}")
        print(f"{'':20} {statistics.median(values):6.2f} of the bare model's best{promise}")


def _times(rounds: list[Answers]) -> str:
    p99_s = statistics.median(quantile_s(answers, 0.99) for answers in rounds)
    refused = sum(len(answers) - len(answers.of(200, 201)) for answers in rounds)
    return f"median {statistics.median(map(median_s, rounds)):.2f} s, p99 {p99_s:.2f} s, {refused} not served"


def _rate(answers: Answers) -> float:
    return answers.rate(200, 201)


if __name__ == "__main__":
    main()

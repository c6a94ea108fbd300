"""The studio beside itself at an earlier commit, both from this environment and on the same machine: each row's ratio.

    .venv/bin/python -m tests.benchmarks.bench_before [--commit 759b057] [--rounds 5]

Rows: bytes on disk of a kept JPEG, PNG and WebP; bytes of a first visit, and of the visit up to its first score, in
Chromium; time from the start of the program to its first `/readyz` of 200. Rounds alternate between the two, so that
what else the machine does concerns both; each row is the median of its rounds.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

import httpx
from PIL import Image
from playwright.sync_api import Page, sync_playwright

from tests.benchmarks.machine import machine, settle
from tests.benchmarks.pictures import photograph
from tests.places import ROOT, SAMPLES

COMMIT: Final = "759b057"
_READY_S: Final = 120.0
_LOOK_S: Final = 0.01
_CHROMIUM: Final = "/usr/bin/chromium-headless-shell"

Row = tuple[str, str, Callable[["Studio"], float]]
"""What is measured, its unit, and how."""


class Studio:
    """A running studio of one of the two trees; `ready_s` is what its start took."""

    def __init__(self, origin: str, ready_s: float) -> None:
        self.origin = origin
        self.ready_s = ready_s

    def kept_share(self, upload: bytes) -> float:
        """Bytes on disk of the kept picture, per byte of its upload."""
        with httpx.Client(base_url=self.origin, timeout=60) as client:
            created = client.post("/api/v1/analyses", files={"file": ("picture", upload)})
            links = created.raise_for_status().json()["links"]
            return len(client.get(links["picture"]).raise_for_status().content) / len(upload)

    def visit_bytes(self, *, scores: bool) -> float:
        """What Chromium receives for the Score page from an empty cache, with `scores` up to a sample's charts."""
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=_CHROMIUM)
            page = browser.new_page(viewport={"width": 1440, "height": 900})
            received = _count_bytes(page)
            page.goto(self.origin, wait_until="networkidle")
            if scores:
                page.click("button.sample >> nth=0")
                page.wait_for_selector("[data-chart=distortion] .main-svg", timeout=60_000)
                page.wait_for_load_state("networkidle")
            browser.close()
        return float(sum(received))


def _count_bytes(page: Page) -> list[int]:
    received: list[int] = []
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.on("Network.loadingFinished", lambda event: received.append(int(event["encodedDataLength"])))
    return received


@contextmanager
def studio_of(tree: Path) -> Iterator[Studio]:
    """The program of a tree, with a data folder that is thrown away."""
    with tempfile.TemporaryDirectory() as folder, socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        free.close()
        environment = {**os.environ, "CENIQA_DATA_DIR": f"{folder}/data", "PYTHONPATH": str(tree)}
        started = time.perf_counter()
        program = subprocess.Popen(
            [sys.executable, "-m", "backend", "--port", str(port)],
            cwd=tree,
            env=environment,
            stderr=subprocess.DEVNULL,
        )
        try:
            origin = f"http://127.0.0.1:{port}"
            _wait_until_ready(origin)
            yield Studio(origin, time.perf_counter() - started)
        finally:
            program.terminate()
            program.wait()


def _wait_until_ready(origin: str) -> None:
    deadline = time.monotonic() + _READY_S
    while time.monotonic() < deadline:
        with suppress(httpx.TransportError):
            if httpx.get(f"{origin}/readyz", timeout=10).is_success:
                return
        time.sleep(_LOOK_S)
    raise TimeoutError(f"got no ready service after {_READY_S:g} s")


@contextmanager
def checked_out(commit: str) -> Iterator[Path]:
    """A tree of a commit, beside this one, that is thrown away."""
    with tempfile.TemporaryDirectory() as folder:
        tree = Path(folder) / "tree"
        subprocess.run(["git", "worktree", "add", "--quiet", "--detach", tree, commit], cwd=ROOT, check=True)
        try:
            yield tree
        finally:
            subprocess.run(["git", "worktree", "remove", "--force", tree], cwd=ROOT, check=True)


def _as(format_name: str, **options: object) -> bytes:
    buffer = io.BytesIO()
    with Image.open(min(SAMPLES.glob("*.jpg"))) as picture:
        picture.save(buffer, format_name, **options)
    return buffer.getvalue()


ROWS: Final[tuple[Row, ...]] = (
    ("kept JPEG, of its upload", "x", lambda studio: studio.kept_share(photograph())),
    ("kept PNG, of its upload", "x", lambda studio: studio.kept_share(_as("PNG"))),
    ("kept lossy WebP, of its upload", "x", lambda studio: studio.kept_share(_as("WEBP", quality=80))),
    ("first visit", "bytes", lambda studio: studio.visit_bytes(scores=False)),
    ("first visit up to a score", "bytes", lambda studio: studio.visit_bytes(scores=True)),
    ("start to ready", "s", lambda studio: studio.ready_s),
)


def measure(trees: dict[str, Path], rounds: int) -> dict[str, dict[str, float]]:
    """The median of each row for each tree."""
    found: dict[str, dict[str, list[float]]] = {name: {} for name in trees}
    for _ in range(rounds):
        for name, tree in trees.items():
            settle()
            with studio_of(tree) as studio:
                for row, _unit, look in ROWS:
                    found[name].setdefault(row, []).append(look(studio))
    return {name: {row: statistics.median(values) for row, values in rows.items()} for name, rows in found.items()}


def main() -> None:
    """Print the table, and as JSON what it was made from."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--commit", default=COMMIT, help="what is compared with")
    parser.add_argument("--rounds", type=int, default=5)
    arguments = parser.parse_args()
    with checked_out(arguments.commit) as before:
        found = measure({"before": before, "now": ROOT}, arguments.rounds)
    print(f"{machine()}, beside {arguments.commit}, medians of {arguments.rounds} rounds\n")
    print("| | unit | before | now | ratio |\n|---|---|---|---|---|")
    for row, unit, _ in ROWS:
        then, now = found["before"][row], found["now"][row]
        print(f"| {row} | {unit} | {then:.4g} | {now:.4g} | {now / then:.3f} |")
    print(json.dumps(found))


if __name__ == "__main__":
    main()

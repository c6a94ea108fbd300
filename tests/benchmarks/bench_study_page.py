"""How long a study's page takes for what a hand does with 20,000 pictures, and what its columns of scores weigh.

Run from the repository's root: `PYTHONPATH=. python tests/benchmarks/bench_study_page.py [PICTURES]`.

A gesture is the longest event that Chromium's Event Timing reports for it: from the input to the next frame.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import httpx
from playwright.sync_api import Page, sync_playwright

from tests.benchmarks.large_study import enlarge
from tests.browser.conftest import CHROMIUM_ARGUMENTS, PATIENCE_MS, find_chromium
from tests.browser.scored import made_study
from tests.program import Program

WATCH = """() => {
  window.longest = 0;
  const note = (list) => {
    for (const { duration } of list.getEntries()) window.longest = Math.max(window.longest, duration);
  };
  new PerformanceObserver(note).observe({ type: "event", durationThreshold: 16 });
}"""
ROWS = ".picture-table tbody tr"


def main(pictures: int) -> None:
    """Print what was measured."""
    with tempfile.TemporaryDirectory() as folder:
        program = Program(Path(folder) / "data")
        with program:
            study = made_study(program.origin)
            program.stop()
            enlarge(program.data_dir, study, pictures)
            program.start()
            measure_answers(program.origin, study)
            measure_page(program.origin, study)


def measure_answers(origin: str, study: str) -> None:
    """Time and size of what the page asks for."""
    for path in (
        "scores",
        "pictures?limit=50&sort=absolute_error&order=desc",
        "pictures?limit=50&triage=review&rule=moe,points,40,60",
    ):
        for turn in ("first", "again"):
            start = time.perf_counter()
            answer = httpx.get(f"{origin}/api/v1/studies/{study}/{path}", timeout=60).raise_for_status()
            took_ms = 1000 * (time.perf_counter() - start)
            print(f"{path}: {turn} {took_ms:.0f} ms, {len(answer.content) / 1000:.0f} kB")


def measure_page(origin: str, study: str) -> None:
    """Time until rows stand there, and the longest event of each gesture."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=CHROMIUM_ARGUMENTS)
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        page.set_default_timeout(PATIENCE_MS)
        start = time.perf_counter()
        page.goto(f"{origin}/studies/{study}")
        page.wait_for_selector(f"{ROWS} >> nth=49")
        print(f"rows after {time.perf_counter() - start:.1f} s")
        page.wait_for_selector("[data-chart=study_dots] .main-svg")
        page.wait_for_timeout(2000)
        page.evaluate(WATCH)
        for name, gesture in GESTURES.items():
            page.evaluate("window.longest = 0")
            gesture(page)
            page.wait_for_timeout(500)
            print(f"{name}: {page.evaluate('window.longest'):.0f} ms")
        browser.close()


def move_threshold(page: Page) -> None:
    page.focus("#triage-low")
    for _ in range(10):
        page.keyboard.press("ArrowRight")


def drag_threshold(page: Page) -> None:
    page.locator("#triage-plot").scroll_into_view_if_needed()
    handle = page.locator("#triage-high").bounding_box()
    assert handle is not None
    x, y = handle["x"] + handle["width"] / 2, handle["y"] + handle["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 200, y, steps=40)
    page.mouse.up()


def hover_dots(page: Page) -> None:
    page.locator("#scatter").scroll_into_view_if_needed()
    plot = page.locator("#scatter").bounding_box()
    assert plot is not None
    for step in range(40):
        page.mouse.move(plot["x"] + plot["width"] * (0.2 + 0.015 * step), plot["y"] + plot["height"] / 2)


def pick_dot(page: Page) -> None:
    page.mouse.down()
    page.mouse.up()


def decide(page: Page) -> None:
    page.locator(".look").first.focus()
    for _ in range(8):
        page.keyboard.press("k")
        page.keyboard.press("ArrowDown")


def sort(page: Page) -> None:
    page.click(".sort >> text=Entropy")
    page.wait_for_load_state("networkidle")


def turn_page(page: Page) -> None:
    page.click("#page-after")
    page.wait_for_load_state("networkidle")


GESTURES: dict[str, Callable[[Page], None]] = {
    "threshold by key": move_threshold,
    "threshold by hand": drag_threshold,
    "hover over dots": hover_dots,
    "click on a dot": pick_dot,
    "keep by key": decide,
    "sort": sort,
    "next page": turn_page,
}


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000)

"""The Map page in Chromium with a generated map: bytes and time to the first draw, and from the lasso to the counts.

    .venv/bin/python -m tests.benchmarks.bench_map_page [--points 100000] [--origin http://127.0.0.1:8000]

The pages come from a server (one of its own unless `--origin` names one), the map's data from this script. Promised at
100,000 points on two cores in software GL: first draw within 3 s, at most 1.5 MB of map data before it.
"""

from __future__ import annotations

import argparse
import shutil
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from playwright.sync_api import Page, Route, sync_playwright

from models.taxonomy import TAXONOMY
from tests.benchmarks.service.server import origin_of

CHROMIUM_ARGUMENTS: Final = ["--no-sandbox", "--disable-gpu"]
DTYPES: Final = {
    "x": "<f4",
    "y": "<f4",
    "score": "<f4",
    "score_std": "<f4",
    "group": "|u1",
    "type": "|u1",
    "level": "|u1",
}
GROUPS: Final = TAXONOMY.group_names
FIRST_DRAW_MS: Final = """async () => {
  const frame = () => new Promise(requestAnimationFrame);
  while (!performance.getEntriesByName('map-drawn').length) await frame();
  const drawn = performance.getEntriesByName('map-drawn')[0].startTime;
  await frame(); await frame();
  const columns = performance.getEntriesByType('resource').filter((r) => r.name.includes('/columns/'));
  const bytes = columns.filter((r) => r.responseEnd <= drawn).reduce((sum, r) => sum + r.decodedBodySize, 0);
  return {handed_ms: drawn, seen_ms: performance.now(), bytes};
}"""
WATCH_LASSO: Final = """() => {
  const line = document.getElementById('shown-line');
  document.addEventListener('pointerup', () => (window.lifted = performance.now()), {capture: true});
  new MutationObserver(() => (window.counted = performance.now())).observe(line, {childList: true});
}"""


def generated(count: int) -> dict[str, NDArray[Any]]:
    """Columns of `count` pictures: a blob for each group."""
    random = np.random.default_rng(0)
    group = random.integers(0, len(GROUPS), count)
    angle = 2 * np.pi * group / len(GROUPS)
    values = {
        "x": 8 * np.cos(angle) + random.normal(0, 1.5, count),
        "y": 8 * np.sin(angle) + random.normal(0, 1.5, count),
        "score": random.uniform(0, 100, count),
        "score_std": random.uniform(5, 20, count),
        "group": group,
        "type": random.integers(0, len(TAXONOMY.classes), count),
        "level": random.integers(0, 6, count),
    }
    return {name: column.astype(DTYPES[name]) for name, column in values.items()}


def described(columns: dict[str, NDArray[Any]]) -> dict[str, Any]:
    """The map as the service would describe it."""
    count = len(columns["x"])
    categories = {"group": list(GROUPS), "type": list(TAXONOMY.classes)}
    records = {
        name: {
            "kind": "category" if name in categories else "number",
            "dtype": DTYPES[name],
            "shape": [count],
            "scale": 1.0,
            "offset": 0.0,
            "missing": None,
            "labels": name if name in categories else None,
            "url": f"/api/v1/generated/columns/{name}",
        }
        for name in columns
    }
    sheets = {"tile_px": 80, "columns": 16, "tiles_per_sheet": count, "sheets": ["/api/v1/generated/sheet"]}
    images = {"name": "generated", "count": count, "label_kind": None, "credits": [], "thumbnails": sheets}
    links = {"rows_url": "/api/v1/generated/rows", "pictures_url": "/api/v1/generated/pictures"}
    return {
        "address": "generated",
        "count": count,
        "image_set": {**images, **links},
        "space": {"source": "embedding", "input_dim": 16, "dim": 16},
        "projection": {"method": "none", "library": "numpy", "seed": 0, "parameters": {}},
        "label_scale": None,
        "categories": categories,
        "columns": records,
        "neighbour_spaces": [],
        "neighbours_url": "/api/v1/generated/neighbours",
    }


def answer_for(columns: dict[str, NDArray[Any]], page: Page) -> None:
    """Answer the page's questions about maps with the generated one."""

    def column(route: Route) -> None:
        name = route.request.url.rsplit("/", 1)[-1]
        route.fulfill(body=columns[name].tobytes(), content_type="application/octet-stream")

    page.route("**/api/v1/generated/**", lambda route: route.fulfill(status=404, json={}))
    page.route("**/api/v1/generated/columns/*", column)
    page.route("**/maps", lambda route: route.fulfill(json={"maps": [described(columns)], "refused": []}))


def lasso_ms(page: Page) -> float:
    """From the lifted hand to the new counts, for a lasso of about 30 % of the points."""
    page.evaluate(WATCH_LASSO)
    page.click("#tool-lasso")
    box = page.locator("#stage").bounding_box()
    assert box is not None
    corners = [(0.05, 0.05), (0.95, 0.05), (0.95, 0.42), (0.05, 0.42), (0.05, 0.06)]
    places = [(box["x"] + right * box["width"], box["y"] + down * box["height"]) for right, down in corners]
    page.mouse.move(*places[0])
    page.mouse.down()
    for place in places[1:]:
        page.mouse.move(*place, steps=30)
    page.mouse.up()
    page.wait_for_function("window.counted > window.lifted")
    return float(page.evaluate("window.counted - window.lifted"))


def main() -> None:
    """Print what was measured."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--points", type=int, default=100_000)
    parser.add_argument("--origin", help="a server that runs already")
    arguments = parser.parse_args()
    with origin_of(arguments.origin) as origin, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=CHROMIUM_ARGUMENTS)
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        answer_for(generated(arguments.points), page)
        page.goto(f"{origin}/map")
        first = page.evaluate(FIRST_DRAW_MS)
        page.goto(f"{origin}/map")
        again = page.evaluate(FIRST_DRAW_MS)
        page.wait_for_selector(".histogram .main-svg", state="attached")
        counted_ms = lasso_ms(page)
        print(f"{arguments.points} points: {page.inner_text('#shown-line')}")
        print(f"map data before the first draw  {first['bytes'] / 1e6:6.2f} MB")
        for name, key in (("handed to the graphics", "handed_ms"), ("seen, two frames later", "seen_ms")):
            print(f"{name:30}  {first[key]:6.0f} ms, with scripts kept {again[key]:6.0f} ms")
        print(f"lasso, lifted hand to counts    {counted_ms:6.0f} ms, with legend, thumbnails and address")
        browser.close()


if __name__ == "__main__":
    main()

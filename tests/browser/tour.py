"""Takes the screenshots of docs/tour.md from a running studio.

.venv/bin/python -m tests.browser.tour [--url http://127.0.0.1:8000] [--output docs/tour] [PAGE ...]
"""

from __future__ import annotations

import argparse
import io
import time
from pathlib import Path
from typing import Final, Literal

import httpx
from PIL import Image, ImageFilter
from playwright.sync_api import Browser, sync_playwright

from backend.pages.table import TRANSLATED
from tests.browser.conftest import CHROMIUM_ARGUMENTS, find_chromium
from tests.places import DOCS, PHOTOGRAPH, SAMPLES

WIDTHS_PX: Final = (1440, 390)
SCHEMES: Final[tuple[Literal["light", "dark"], ...]] = ("light", "dark")
MAX_HEIGHT_PX: Final = {1440: 2400, 390: 2000}
"""Where a longer page is cut; the tour shows how a page looks, not all that is on it."""
SETTLED_MS: Final = 1500
BLURRED_SAMPLES: Final = 9
BLURS_PX: Final = (0, 1, 2, 4)


VIEWS: Final = {row.name: row for row in TRANSLATED}


def main() -> None:
    """Read the arguments and take every picture."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pages", nargs="*", metavar="PAGE", help=f"of {', '.join(VIEWS)}; default: all")
    parser.add_argument("--url", default="http://127.0.0.1:8000")
    parser.add_argument("--output", type=Path, default=DOCS / "tour")
    arguments = parser.parse_args()
    arguments.output.mkdir(parents=True, exist_ok=True)
    files = {"file": (PHOTOGRAPH.name, PHOTOGRAPH.read_bytes())}
    analysis = httpx.post(f"{arguments.url}/api/v1/analyses", files=files, timeout=60).raise_for_status().json()["id"]
    batch = _batch(arguments.url)
    study = _study(arguments.url)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=CHROMIUM_ARGUMENTS)
        for name in arguments.pages or VIEWS:
            view = VIEWS[name]
            for width_px in WIDTHS_PX:
                for scheme in SCHEMES:
                    address = arguments.url + view.example.format(analysis=analysis, batch=batch, study=study)
                    picture = _picture(browser, address, view.whole, width_px, scheme)
                    picture.save(arguments.output / f"{name}-{width_px}-{scheme}.webp", quality=80, method=6)
        browser.close()


def _batch(url: str) -> str:
    """Id of a batch of the samples, once it is finished."""
    return _finished(f"{url}/api/v1/jobs", _samples())


def _study(url: str) -> str:
    """Id of a study of samples, sharp and more and more blurred; its labels say how sharp, and are nobody's opinion."""
    files: list[tuple[str, tuple[str, bytes]]] = []
    rows = ["image,mos,reference"]
    for path in sorted(SAMPLES.glob("*.jpg"))[:BLURRED_SAMPLES]:
        with Image.open(path) as opened:
            opened.thumbnail((384, 384))
            photograph = opened.convert("RGB")
        for step, radius_px in enumerate(BLURS_PX):
            buffer = io.BytesIO()
            photograph.filter(ImageFilter.GaussianBlur(radius_px)).save(buffer, "PNG")
            name = f"{path.stem}-{step}.png"
            files.append(("files", (name, buffer.getvalue())))
            rows.append(f"{name},{80 - 15 * step},{path.stem}")
    labels = ("labels", ("sharpness.csv", "\n".join(rows).encode()))
    return _finished(f"{url}/api/v1/studies", [*files, labels], name="Blurred samples", low="0", high="100")


def _samples() -> list[tuple[str, tuple[str, bytes]]]:
    return [("files", (path.name, path.read_bytes())) for path in sorted(SAMPLES.glob("*.jpg"))]


def _finished(address: str, files: list[tuple[str, tuple[str, bytes]]], **fields: str) -> str:
    sent = httpx.post(address, files=files, data=fields, timeout=60).raise_for_status().json()
    while sent["state"] != "done":
        time.sleep(0.5)
        sent = httpx.get(f"{address}/{sent['id']}").raise_for_status().json()
    return str(sent["id"])


def _picture(
    browser: Browser, address: str, whole: str, width_px: int, scheme: Literal["light", "dark"]
) -> Image.Image:
    context = browser.new_context(viewport={"width": width_px, "height": 900}, color_scheme=scheme, locale="en-GB")
    page = context.new_page()
    page.goto(address)
    page.wait_for_selector(whole, state="attached", timeout=120_000)
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(SETTLED_MS)
    shot = Image.open(io.BytesIO(page.screenshot(full_page=True))).convert("RGB")
    context.close()
    return shot.crop((0, 0, shot.width, min(shot.height, MAX_HEIGHT_PX[width_px])))


if __name__ == "__main__":
    main()

"""The local quality map on the Score page: which half is blurred is seen, read and said."""

from __future__ import annotations

import re

import httpx
import numpy as np
import pytest
from PIL import Image, ImageFilter
from playwright.sync_api import Page

from tests.browser.watching import Watch
from tests.places import PHOTOGRAPH
from tests.waiting import HANG_S

pytestmark = pytest.mark.browser

SHOWN = "#local-overlay svg rect"
CELLS = """(svg) => Array.from(svg.querySelectorAll("g:first-child rect"), (cell) =>
  [...["x", "y", "width", "height"].map((name) => Number(cell.getAttribute(name))), cell.getAttribute("fill")])"""


@pytest.fixture(scope="module")
def analysis(server: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The page of a photograph whose right half is blurred."""
    path = tmp_path_factory.mktemp("pictures") / "half.png"
    with Image.open(PHOTOGRAPH) as photograph:
        sharp = photograph.convert("RGB").crop((0, 80, 512, 240))
    blurred = sharp.filter(ImageFilter.GaussianBlur(4))
    sharp.paste(blurred.crop((256, 0, 512, 160)), (256, 0))
    sharp.save(path)
    with path.open("rb") as data:
        answer = httpx.post(f"{server}/api/v1/analyses", files={"file": ("half.png", data)}, timeout=HANG_S)
    return str(answer.json()["links"]["page"])


def open_layer(page: Page, address: str, layer: str = "quality") -> None:
    page.goto(f"{address}?checkpoint=moe&local={layer}")
    page.wait_for_selector(SHOWN)


def luminance(colour: str) -> float:
    red, green, blue = (int(colour[start : start + 2], 16) for start in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_the_blurred_half_is_darker_cell_by_cell_over_the_whole_picture(
    page: Page, watch: Watch, analysis: str
) -> None:
    page.goto(analysis)
    page.wait_for_selector("#score-page[data-state=result]")
    assert page.locator(SHOWN).count() == 0  # nothing is computed until the reader asks
    page.check("input[name=local-layer][value=quality]")
    page.wait_for_selector(SHOWN)
    assert "local=quality" in page.url
    cells = page.eval_on_selector("#local-overlay svg", CELLS)
    assert sum(width * height for _, _, width, height, _ in cells) == 512 * 160
    left = [luminance(colour) for x, _, width, _, colour in cells if x + width < 192]
    right = [luminance(colour) for x, _, _, _, colour in cells if x > 320]
    assert np.mean(right) < np.mean(left)  # viridis is dark where it is low
    overlay, picture = (page.locator(name).bounding_box() for name in ("#local-overlay", "#picture"))
    assert overlay == pytest.approx(picture, abs=0.1)
    assert re.search(r"Lowest: x (25[6-9]|2[6-9]\d|3\d\d)", page.inner_text("#local-summary"))
    page.locator("#local-body summary").click()
    assert page.locator("#local-table tbody tr").count() == len(cells)
    watch.assert_quiet()


def test_pointer_and_keyboard_read_a_window_with_its_cluster(page: Page, watch: Watch, analysis: str) -> None:
    open_layer(page, analysis)
    page.locator("#local-overlay").hover(position={"x": 20, "y": 20})
    assert re.fullmatch(r"x 0\D128, y 0\D\d+ px: \d+\.\d, \w+ · .+", page.inner_text("#local-reading"))
    page.mouse.move(0, 0)
    assert page.locator(".window-outline").count() == 0
    page.focus("#local-overlay")
    page.keyboard.press("Home")
    lowest = page.inner_text("#local-reading")
    assert lowest in page.inner_text("#local-summary")
    assert page.inner_text("#announcer") == lowest
    page.keyboard.press("ArrowLeft")
    assert page.inner_text("#local-reading") != lowest
    page.keyboard.press("Escape")
    assert page.locator(".window-outline").count() == 0
    watch.assert_quiet()


def test_opacity_goes_from_nothing_to_all_and_pixels_are_shown_one_to_one(page: Page, analysis: str) -> None:
    open_layer(page, analysis)
    for value, opacity in (("0", "0"), ("100", "1")):
        page.fill("#local-opacity", value)
        assert page.get_attribute("#local-overlay svg g >> nth=0", "opacity") == opacity
        assert page.inner_text("#local-opacity-text") == f"{value}%"
    page.check("#local-native")
    box = page.locator("#picture").bounding_box()
    assert box is not None
    assert (box["width"], box["height"]) == (512, 160)
    assert page.locator("#local-overlay").bounding_box() == box
    assert page.eval_on_selector("#picture", "picture => getComputedStyle(picture).imageRendering") == "pixelated"


def test_without_clusters_there_is_no_cluster_layer_and_the_choice_stays(
    page: Page, watch: Watch, analysis: str
) -> None:
    open_layer(page, analysis, "cluster")
    assert page.locator(".cluster-legend li").count() >= 2
    page.select_option("#checkpoint", "no_gmm")
    page.wait_for_url("**checkpoint=no_gmm&local=quality")
    page.wait_for_selector(".local-key .bar")
    assert page.is_disabled("input[name=local-layer][value=cluster]")
    assert page.locator("#local-table th[scope=col]").count() == 3
    watch.assert_quiet()


def test_a_failure_says_so_beside_the_picture_and_can_be_tried_again(page: Page, analysis: str) -> None:
    problem = {"title": "Service Unavailable", "detail": "got one more than 4", "code": "busy", "request_id": "r"}
    page.route("**/local?*", lambda route: route.fulfill(status=503, json=problem))
    page.goto(f"{analysis}?checkpoint=moe&local=quality")
    page.wait_for_selector("#local-retry", state="visible")
    assert "got one more than 4" in page.inner_text("#local-status")
    assert page.is_visible("#score-value")
    page.unroute("**/local?*")
    page.click("#local-retry")
    page.wait_for_selector(SHOWN)
    assert page.inner_text("#local-status") == ""

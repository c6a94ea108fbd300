"""Any chart as a figure for a paper, in a real Chromium: vector, pixels, a page alone, a sheet to print, LaTeX."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page

from tests.browser.watching import Watch, colours_drawn
from tests.waiting import HANG_S

pytestmark = pytest.mark.browser

DIALOG = "dialog.paper[open]"
INCH_CM = 2.54


@pytest.fixture
def dialog(page: Page, watch: Watch) -> Page:
    assert watch  # listens from the first page on
    page.goto("/variants")
    page.wait_for_selector("#variants-page .chart .plot svg")
    page.click("#variants-page .chart .chart-tools button")
    page.wait_for_function(f"() => document.querySelector('{DIALOG} img')?.naturalWidth > 0")
    return page


def saved(page: Page, button: str, folder: Path) -> Path:
    with page.expect_download() as download:
        page.click(f"{DIALOG} button:text-is('{button}')")
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return path


def test_the_drawing_is_as_wide_as_is_said_and_has_a_title(dialog: Page, watch: Watch, tmp_path: Path) -> None:
    dialog.fill(f"{DIALOG} textarea", "What <we> saw")
    one = saved(dialog, "SVG", tmp_path).read_text("utf-8")
    dialog.check(f"{DIALOG} input[value=page]")
    both = saved(dialog, "SVG", tmp_path).read_text("utf-8")
    assert re.match(r'<svg width="8\.5cm"', one)
    assert re.match(r'<svg width="17\.8cm"', both)
    assert "<desc>What &lt;we&gt; saw</desc>" in one
    assert one.count("<text") > 5
    watch.assert_quiet()


def test_the_pixels_are_600_an_inch_on_white_also_from_a_dark_page(dialog: Page, watch: Watch, tmp_path: Path) -> None:
    dialog.evaluate("document.documentElement.dataset.theme = 'dark'")
    path = saved(dialog, "PNG", tmp_path)
    with Image.open(path) as image:
        assert abs(image.width - 8.5 / INCH_CM * 600) <= 6
        assert image.convert("RGB").getpixel((2, 2)) == (255, 255, 255)
    watch.assert_quiet()


def test_the_page_that_stands_alone_draws_without_any_request(dialog: Page, tmp_path: Path) -> None:
    path = saved(dialog, "HTML", tmp_path)
    asked: list[str] = []
    other = dialog.context.new_page()
    other.on("request", lambda request: asked.append(request.url))
    other.goto(path.as_uri())
    other.wait_for_selector("#chart .plot-container svg", timeout=HANG_S * 1000)
    assert colours_drawn(other.locator("#chart")) > 500
    assert [url for url in asked if not url.startswith(("file:", "data:", "blob:"))] == []
    assert other.inner_text("figcaption")


def test_the_table_is_latex_with_the_caption(dialog: Page, watch: Watch, tmp_path: Path) -> None:
    text = saved(dialog, "LaTeX", tmp_path).read_text("utf-8")
    assert "\\toprule" in text
    assert "no\\_gmm" in text
    assert saved(dialog, "CSV", tmp_path).read_bytes().startswith(b"\xef\xbb\xbf")
    watch.assert_quiet()


def test_a_figure_is_printed_alone_on_a_sheet_of_its_size(dialog: Page, watch: Watch) -> None:
    dialog.evaluate("window.print = () => { window.sheets = document.querySelectorAll('.paper-sheet').length; }")
    dialog.click(f"{DIALOG} button:text-is('PDF')")
    dialog.wait_for_function("() => window.sheets === 1")
    pdf = dialog.pdf(prefer_css_page_size=True, print_background=True)
    boxes = [tuple(map(float, box.split())) for box in re.findall(rb"/MediaBox\s*\[([^\]]*)\]", pdf)]
    assert len(boxes) == 1
    assert abs(boxes[0][2] - 8.5 / INCH_CM * 72) < 2
    assert b"/Font" in pdf
    dialog.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert dialog.locator(".paper-sheet").count() == 0
    watch.assert_quiet()


def test_every_page_says_how_to_cite(page: Page) -> None:
    page.goto("/variants")
    page.click("footer summary")
    assert page.inner_text("footer pre").startswith("@software{ceniqa_studio,")

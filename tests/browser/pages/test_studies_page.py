"""A study in a real Chromium: a folder and its scores go in, and which variant to trust comes out."""

from __future__ import annotations

import csv
import io
import re

import httpx
import pytest
from PIL import Image, ImageFilter
from playwright.sync_api import FilePayload, Page, expect
from scipy import stats

from tests.browser.scored import made_study
from tests.browser.watching import Watch, serious_findings
from tests.places import PHOTOGRAPH

pytestmark = pytest.mark.browser

DONE = "#studies-page[data-study-state=done]"
ROWS = ".picture-table tbody tr"


def blurred(count: int) -> list[FilePayload]:
    """Copies of a photograph, each more blurred than the one before."""
    with Image.open(PHOTOGRAPH) as photograph:
        small = photograph.convert("RGB").resize((160, 120))
    found: list[FilePayload] = []
    for number in range(count):
        buffer = io.BytesIO()
        small.filter(ImageFilter.GaussianBlur(number / 2)).save(buffer, "PNG")
        found.append({"name": f"p{number}.png", "mimeType": "image/png", "buffer": buffer.getvalue()})
    return found


def table(text: str, name: str = "scores.csv") -> FilePayload:
    return {"name": name, "mimeType": "text/csv", "buffer": text.encode()}


def choose_variants(page: Page, *wanted: str) -> None:
    page.click("#checkpoints summary")
    for box in page.locator("#checkpoints input").all():
        box.set_checked(box.get_attribute("value") in wanted)


def test_a_folder_and_its_scores_say_which_variant_to_trust(page: Page, watch: Watch, server: str) -> None:
    rows = "".join(f"p{number}.png,{9 - number}\n" for number in range(8))
    page.goto("/studies")
    page.wait_for_selector("#checkpoints li", state="attached")
    page.set_input_files("#pictures", [*blurred(8), table(f"shot,taste\n{rows}lost.png,3\n")])
    expect(page.locator("#labels-asks")).to_contain_text("which column")
    assert page.is_disabled("#start")
    page.select_option("#column-image", "shot")
    page.select_option("#column-label", "taste")
    expect(page.locator("#labels-asks")).to_contain_text("cannot be told")
    page.fill("#low", "1")
    page.fill("#high", "9")
    page.keyboard.press("Tab")
    expect(page.locator("#labels-line")).to_contain_text("8 pictures have a row · 1 row names no picture")
    expect(page.locator("#labels-samples tbody tr").first).to_contain_text("100.0")
    assert serious_findings(page) == []
    page.fill("#study-name", "My shots")
    choose_variants(page, "moe", "no_gmm")
    page.click("#start")
    page.wait_for_url(re.compile("/studies/[0-9a-f]{32}$"))
    page.wait_for_selector(DONE)
    assert page.inner_text("h1#study-title") == "My shots"
    page.wait_for_selector(".agreement tbody tr >> nth=1")
    check_agreement(page, server)
    page.wait_for_selector("[data-chart=study_dots] .main-svg")
    check_pictures(page)
    assert serious_findings(page) == []
    watch.assert_quiet()


def check_agreement(page: Page, server: str) -> None:
    """The SRCC on the page is SciPy's on the exported rows."""
    address = page.get_attribute("#csv", "href")
    exported = list(csv.DictReader(io.StringIO(httpx.get(f"{server}{address}").text.removeprefix("\ufeff"))))
    for name in ("moe", "no_gmm"):
        own = [row for row in exported if row["checkpoint"] == name]
        scores, labels = ([float(row[column]) for row in own] for column in ("score", "label"))
        shown = page.inner_text(f"[data-checkpoint={name}] td:nth-of-type(1) .value")
        assert float(shown.replace("\N{MINUS SIGN}", "-")) == pytest.approx(
            stats.spearmanr(scores, labels).statistic, abs=5e-4
        )


def check_pictures(page: Page) -> None:
    """The worst comes first, small copies are there, and heads sort."""
    page.wait_for_selector(f"{ROWS} >> nth=7")
    sizes = page.eval_on_selector_all(f"{ROWS} img", "all => all.map((image) => image.naturalWidth)")
    assert sizes[0] == 160
    errors = [abs(float(text)) for text in shown_errors(page)]
    assert errors == sorted(errors, reverse=True)
    page.click(".sort >> text=Label")
    expect(page.locator(f"{ROWS} .picture-name").first).to_contain_text("p7.png")
    assert page.url.endswith("?sort=label")
    page.fill("#name-part", "P3")
    expect(page.locator(ROWS)).to_have_count(1)


def shown_errors(page: Page) -> list[str]:
    texts = page.locator(f"{ROWS} .col-absolute_error").all_text_contents()
    return [text.replace("Error", "").replace("\N{MINUS SIGN}", "-").strip() for text in texts]


def test_a_dot_shows_its_picture_and_a_study_goes_away(page: Page, server: str) -> None:
    study = made_study(server)
    page.goto(f"/studies/{study}")
    page.wait_for_selector("[data-chart=study_dots] .main-svg")
    first = page.locator("[data-chart=study_dots] .points path").first
    first.scroll_into_view_if_needed()
    dot = first.bounding_box()
    assert dot is not None
    page.mouse.move(dot["x"] + dot["width"] / 2, dot["y"] + dot["height"] / 2)
    page.wait_for_selector("[data-chart=study_dots] .hovertext")
    page.mouse.down()
    page.mouse.up()
    expect(page.locator("#picked img")).to_be_visible()
    expect(page.locator(".picked-scores div")).to_have_count(2)
    page.click("#delete")
    page.click("#confirm")
    page.wait_for_selector("#studies-page[data-state=intake]")
    expect(page.locator(f"#studies a[href*='{study}']")).to_have_count(0)
    assert httpx.get(f"{server}/api/v1/studies/{study}").status_code == 404


def test_charts_are_as_wide_as_their_places_though_neighbours_came_later(page: Page, server: str) -> None:
    page.goto(f"/studies/{made_study(server)}")
    page.wait_for_selector("[data-chart=study_clusters] .main-svg")
    page.wait_for_function(
        """() => [...document.querySelectorAll('.chart:not([hidden]) .plot')].every((plot) => {
          const drawn = plot.querySelector('.main-svg')?.getBoundingClientRect().width;
          return drawn !== undefined && Math.abs(drawn - plot.clientWidth) < 2;
        })"""
    )


def test_a_study_that_is_gone_is_said(page: Page) -> None:
    page.goto(f"/studies/{'0' * 32}")
    expect(page.locator("h1")).to_contain_text("Not Found")

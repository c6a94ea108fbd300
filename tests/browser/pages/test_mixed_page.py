"""The lab of two distortions in a real Chromium: a grid fills, is read by keyboard and pointer, and compared."""

from __future__ import annotations

import json
from typing import Any

import httpx
import pytest
from playwright.sync_api import Page, Route

from tests.browser.watching import Watch, colours_drawn
from tests.places import SAMPLES
from tests.waiting import HANG_S

pytestmark = pytest.mark.browser

PHOTOGRAPH = SAMPLES / "mountains.jpg"
ENOUGH_PIXELS = 300
ALL_SHOWN = "() => performance.getEntriesByName('mixed-all-shown').length"
RATED = "&first=gaussian_blur&second=jpeg&grid=live_md_blur_jpeg"
"""The smallest of the grids: sixteen pictures."""


@pytest.fixture(scope="module")
def analysis(server: str) -> dict[str, Any]:
    with PHOTOGRAPH.open("rb") as data:
        answer = httpx.post(f"{server}/api/v1/analyses", files={"file": ("<b>.jpg", data)}, timeout=HANG_S)
    found: dict[str, Any] = answer.json()
    return found


def open_mixed(page: Page, analysis: dict[str, Any], query: str = RATED) -> None:
    page.goto(f"/lab/mixed?analysis={analysis['id']}{query}")
    page.wait_for_function(ALL_SHOWN)


def cell_texts(page: Page, chart: str) -> list[str]:
    texts: list[str] = page.evaluate(
        "id => document.querySelector(`[data-chart=${id}] .plot`)._fullData[0].text", chart
    )
    return list(texts)


def test_every_cell_of_a_rated_grid_is_scored_and_the_orders_are_compared(
    page: Page, watch: Watch, server: str, analysis: dict[str, Any]
) -> None:
    open_mixed(page, analysis)
    cell = httpx.get(f"{server}/api/v1/analyses/{analysis['id']}/mixed/live_md_blur_jpeg/3/3", timeout=HANG_S).json()
    assert len(cell_texts(page, "mixed-scores")) == 16
    assert float(cell_texts(page, "mixed-scores")[-1]) == pytest.approx(cell["score"]["value"], abs=0.051)
    assert len(cell_texts(page, "mixed-people")) == 15  # nobody was asked about the undamaged pictures
    assert "pairs of cells that people clearly told apart" in page.inner_text("#order-text")
    assert page.is_hidden("#progress-row")
    watch.assert_quiet()
    for chart in ("mixed-scores", "mixed-people", "mixed-clusters", "mixed-experts"):
        assert colours_drawn(page.locator(f"[data-chart={chart}] .plot")) > ENOUGH_PIXELS


def test_keyboard_and_pointer_choose_a_cell_without_asking_again(
    page: Page, watch: Watch, analysis: dict[str, Any]
) -> None:
    open_mixed(page, analysis, f"{RATED}&row=1&column=1")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.focus("#row")
    page.keyboard.press("ArrowRight")
    page.wait_for_url("**row=2**")
    assert page.inner_text("#verdict-title") == "Gaussian blur \u03c3 3.9, then JPEG quality 27"
    assert page.get_attribute("#row", "aria-valuetext") == "3.9"
    page.locator("[data-chart=mixed-scores] .bars .point").first.click(force=True)
    page.wait_for_url("**row=0**column=0**")
    assert page.inner_text("#verdict-title") == "no Gaussian blur, then no JPEG"
    assert "under no Gaussian blur" in str(page.get_attribute("#cell-picture", "alt"))
    assert not [url for url in asked if "/mixed/" in url and "/picture" not in url]
    watch.assert_quiet()


def test_two_other_distortions_are_asked_at_levels_and_nobody_rated_them(
    page: Page, watch: Watch, analysis: dict[str, Any]
) -> None:
    open_mixed(page, analysis)
    page.select_option("#first", "darken")
    page.wait_for_function("() => document.getElementById('grid-progress').max === 36")
    assert page.locator("#amounts option").count() == 1
    page.wait_for_function(ALL_SHOWN)
    assert len(cell_texts(page, "mixed-scores")) == 36
    assert page.is_hidden("[data-chart=mixed-people]")
    assert "Nobody that we know of" in page.inner_text("#order-text")
    watch.assert_quiet()


def test_a_cell_that_fails_is_counted_and_asked_again_on_request(page: Page, analysis: dict[str, Any]) -> None:
    def refuse(route: Route) -> None:
        body = json.dumps({"title": "Busy", "detail": "got too many", "status": 503, "code": "busy", "request_id": "r"})
        headers = {"Retry-After": "1"}
        route.fulfill(status=503, content_type="application/problem+json", headers=headers, body=body)

    page.route("**/mixed/live_md_blur_jpeg/2/2?*", refuse)
    open_mixed(page, analysis)
    assert page.inner_text("#failures-text") == "1 picture could not be scored."
    assert len(cell_texts(page, "mixed-scores")) == 15
    page.unroute("**/mixed/live_md_blur_jpeg/2/2?*")
    page.click("#again")
    page.wait_for_function("() => document.getElementById('failures').hidden")
    page.wait_for_function(ALL_SHOWN)
    assert len(cell_texts(page, "mixed-scores")) == 16


def test_the_grid_is_kept_as_csv(page: Page, analysis: dict[str, Any]) -> None:
    open_mixed(page, analysis)
    with page.expect_download() as download:
        page.click("#grid-csv")
    lines = download.value.path().read_text(encoding="utf-8-sig").splitlines()
    assert lines[0].startswith("checkpoint,first,first_amount,second,second_amount,score")
    assert len(lines) == 1 + 16


def test_the_lab_leads_to_its_picture_under_two_distortions(page: Page, analysis: dict[str, Any]) -> None:
    page.goto(f"/lab?analysis={analysis['id']}&type=darken")
    page.wait_for_selector("#lab-page[data-state=lab]")
    page.click("#to-mixed")
    page.wait_for_selector("#mixed-page[data-state=lab]")
    assert page.inner_text("#filename") == "<b>.jpg"
    assert page.input_value("#first") == "darken"

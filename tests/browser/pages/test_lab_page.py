"""The Distortion lab in a real Chromium: from a sample to five levels, their pictures, charts and path."""

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
ALL_SHOWN = "() => performance.getEntriesByName('lab-all-shown').length"
CHARTS = ("lab-score", "lab-path", "lab-posteriors", "lab-experts")


@pytest.fixture(scope="module")
def analysis(server: str) -> dict[str, Any]:
    with PHOTOGRAPH.open("rb") as data:
        answer = httpx.post(f"{server}/api/v1/analyses", files={"file": ("<b>.jpg", data)}, timeout=HANG_S)
    found: dict[str, Any] = answer.json()
    return found


def open_lab(page: Page, analysis: dict[str, Any], query: str = "") -> None:
    page.goto(f"/lab?analysis={analysis['id']}{query}")
    page.wait_for_function(ALL_SHOWN)


def strip(page: Page) -> list[str]:
    return page.locator("#levels li .level-button > :last-child").all_inner_texts()


def test_a_sample_is_scored_at_every_level_and_all_is_drawn(page: Page, watch: Watch, server: str) -> None:
    page.goto("/lab")
    page.click("[data-sample-name='mountains.jpg']")
    page.wait_for_function(ALL_SHOWN)
    page.wait_for_selector("#distorted", state="visible")
    here = page.evaluate("() => new URLSearchParams(location.search).get('analysis')")
    said = [
        httpx.get(f"{server}/api/v1/analyses/{here}/distortions/gaussian_blur/{level}", timeout=HANG_S).json()
        for level in range(6)
    ]
    assert [float(text) for text in strip(page)] == pytest.approx([it["score"]["value"] for it in said], abs=0.051)
    assert page.evaluate("document.querySelector('[data-chart=lab-path] .plot')._fullData[0].type") == "scattergl"
    sizes = page.evaluate("['original', 'distorted'].map((id) => document.getElementById(id).naturalWidth)")
    assert sizes == [512, 512]
    assert page.inner_text("#picture-scale") == "Zoom 100%"
    watch.assert_quiet()
    for chart in CHARTS:
        assert colours_drawn(page.locator(f"[data-chart={chart}] .plot")) > ENOUGH_PIXELS


def test_the_keyboard_changes_level_divider_and_view(page: Page, watch: Watch, analysis: dict[str, Any]) -> None:
    open_lab(page, analysis, "&type=jpeg&level=4")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.focus("#level")
    page.keyboard.press("ArrowRight")
    page.wait_for_url("**level=5**")
    page.wait_for_function("() => document.getElementById('distorted-label').textContent === 'level 5'")
    assert "level 5" in page.get_attribute("#distorted", "alt")
    assert not [url for url in asked if "/distortions/" in url and "/picture" not in url]
    assert float(page.inner_text("#score-value")) == float(strip(page)[5])
    page.focus("#divider")
    page.keyboard.press("Home")
    assert page.get_attribute("#divider", "aria-valuetext") == "0% of the width show the original"
    page.focus("#comparison")
    page.keyboard.press("+")
    page.keyboard.press("ArrowRight")
    moved = page.evaluate("['original', 'distorted'].map((id) => document.getElementById(id).style.transform)")
    assert moved[0] == moved[1]
    assert "scale(1.5)" in moved[0]
    page.keyboard.press("1")
    assert page.inner_text("#picture-scale") == "Zoom 100%"
    watch.assert_quiet()


def test_back_undoes_and_a_variant_without_mixture_says_what_it_lacks(
    page: Page, watch: Watch, analysis: dict[str, Any]
) -> None:
    open_lab(page, analysis, "&type=jpeg&level=2")
    before = strip(page)
    page.select_option("#checkpoint", "no_gmm")
    page.wait_for_url("**checkpoint=no_gmm**")
    page.wait_for_function(ALL_SHOWN)
    assert strip(page) != before
    assert page.locator("#absent li").count() == 2
    assert page.is_hidden("[data-chart=lab-experts]")
    page.go_back()
    page.wait_for_selector("[data-chart=lab-experts]", state="visible")
    assert strip(page) == before
    assert page.input_value("#type") == "jpeg"
    watch.assert_quiet()


def test_late_answers_for_another_distortion_are_not_shown(page: Page, analysis: dict[str, Any]) -> None:
    page.goto(f"/lab?analysis={analysis['id']}&type=denoise&level=5")
    page.wait_for_selector("#lab-page[data-state=lab]")
    for name in ("jpeg", "white_noise", "pixelate"):
        page.select_option("#type", name)
    page.wait_for_function(ALL_SHOWN)
    page.wait_for_function("() => !document.getElementById('comparison').hasAttribute('aria-busy')")
    assert "pixelate" in page.get_attribute("#distorted", "alt")
    assert "pixelate" in page.inner_text("#verdict-title")
    assert page.url.endswith("type=pixelate&level=5")


def test_a_level_that_fails_says_so_alone_and_can_be_tried_again(page: Page, analysis: dict[str, Any]) -> None:
    def refuse(route: Route) -> None:
        problem = {"type": "about:blank", "title": "Service Unavailable", "status": 503, "detail": "got too many"}
        body = json.dumps({**problem, "code": "busy", "request_id": "r"})
        headers = {"Retry-After": "1"}
        route.fulfill(status=503, content_type="application/problem+json", headers=headers, body=body)

    page.route("**/distortions/jpeg/3?*", refuse)
    open_lab(page, analysis, "&type=jpeg&level=3")
    assert strip(page)[3] == "failed"
    assert float(strip(page)[4]) > 0
    assert "got too many" in page.inner_text("#problem")
    assert page.is_hidden("#distorted")
    page.unroute("**/distortions/jpeg/3?*")
    page.click("#levels .small")
    page.wait_for_selector("#distorted", state="visible")
    assert page.is_hidden("#problem")
    assert float(strip(page)[3]) > 0


def test_an_analysis_that_is_gone_is_a_problem_with_words(page: Page) -> None:
    page.goto(f"/lab?analysis={'0' * 32}")
    page.wait_for_selector("#problem", state="visible")
    assert "unknown-analysis" in page.inner_text("#problem")
    assert page.is_visible(".samples")


def test_the_score_page_leads_to_the_lab(page: Page, watch: Watch, analysis: dict[str, Any]) -> None:
    page.goto(analysis["links"]["page"])
    page.click("#open-in-lab")
    page.wait_for_function(ALL_SHOWN)
    assert page.inner_text("#filename") == "<b>.jpg"
    watch.assert_quiet()

"""The Variants page in a real Chromium: every checkpoint, one in full, and what a refused one needs."""

from __future__ import annotations

import json
import re

import httpx
import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.watching import Watch, colours_drawn
from tests.waiting import HANG_S

pytestmark = pytest.mark.browser

ENOUGH_PIXELS = 400


def open_variants(page: Page, query: str = "") -> None:
    page.goto(f"/variants{query}")
    page.wait_for_selector("#variants-page[data-state=list]")
    page.wait_for_selector("#held-out .main-svg")
    page.wait_for_selector("#integrity-files tbody tr")
    page.wait_for_selector("#card h3")


def shown(page: Page) -> str:
    return page.inner_text("#detail-id")


def test_every_checkpoint_is_listed_and_one_is_shown_in_full(page: Page, watch: Watch, server: str) -> None:
    cards = httpx.get(f"{server}/api/v1/cards", timeout=HANG_S).json()
    open_variants(page)
    assert page.locator("#overview tbody tr").count() == len(cards["cards"])
    assert shown(page) == cards["default"]
    moe = next(card for card in cards["cards"] if card["id"] == cards["default"])
    assert moe["features"] == "fine_tuned"
    assert f"{moe['figures'][0]['srcc']['median']:.3f}" in page.inner_text("#overview tr.selected")
    assert "fine-tuned features, which these weights ship on" in page.inner_text("#figures")
    marks = page.locator("#overview tr.selected td.mark").all_inner_texts()
    assert sum("●" in mark for mark in marks) == len(moe["parts"])
    assert page.locator("#flow .present").count() == len(moe["parts"]) + 2  # features and score, which all have
    assert page.locator("#card table").count() > 3
    states = page.locator("#integrity-files td.state").all_inner_texts()
    assert states.count("as recorded") == 2
    assert "changed" not in states
    with page.expect_download() as download:
        page.click("#downloads a >> nth=0")
    assert download.value.suggested_filename == f"{moe['id']}-MODEL_CARD.md"
    watch.assert_quiet()
    assert colours_drawn(page.locator("#held-out .plot")) > ENOUGH_PIXELS


def test_a_checkpoint_is_picked_by_keyboard_and_back_returns(page: Page, watch: Watch) -> None:
    open_variants(page, "?checkpoint=no_gmm")
    assert shown(page) == "no_gmm"
    assert page.locator("#detail-links a").count() == 1  # no experts, and not compared with itself
    page.focus("#overview a[data-checkpoint=moe]")
    page.keyboard.press("Enter")
    page.wait_for_url("**/variants?checkpoint=moe")
    assert shown(page) == "moe"
    assert page.evaluate("document.activeElement.id") == "detail-title"
    hrefs = [link.get_attribute("href") for link in page.locator("#detail-links a").all()]
    assert hrefs == ["/map?checkpoint=moe", "/experts?checkpoint=moe", "/compare?a=moe&b=no_gmm"]
    page.wait_for_selector("#integrity-files > *", state="attached")  # a button that is shut takes no focus
    page.wait_for_selector("#check-golden:enabled")
    page.focus("#check-golden")
    page.keyboard.press("Enter")
    expect(page.locator("#golden .sound")).to_contain_text(re.compile(r"\d"))
    page.go_back()
    expect(page.locator("#detail-id")).to_have_text("no_gmm")
    assert page.inner_text("#golden") == ""
    watch.assert_quiet()


def test_a_refused_folder_says_what_is_wrong_and_what_to_do(page: Page, watch: Watch) -> None:
    refusal = {"id": "broken", "file": "weights.safetensors", "field": "sha256", "reason": "got <b>a</b>, expected b"}
    integrity = {"checkpoint": "broken", "state": "refused", "refusal": refusal, "files": []}

    def refuse(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, json={**answer.json(), "refused": [refusal]})

    page.route("**/api/v1/cards", refuse)
    page.route("**/checkpoints/broken/integrity", lambda route: route.fulfill(json=integrity))
    card = {"checkpoint": "broken", "markdown": "# B", "html": "<h3>B</h3>"}
    page.route("**/checkpoints/broken/card", lambda route: route.fulfill(body=json.dumps(card)))
    page.goto("/variants?checkpoint=nothing")
    page.wait_for_selector("#refused-list li")
    assert "nothing" in page.inner_text("#notice")
    text = page.inner_text("#refused-list")
    for part in ("broken", "weights.safetensors", "sha256", "got <b>a</b>, expected b", "make train"):
        assert part in text
    page.click("#refused-list a")
    page.wait_for_selector("#integrity-state .refused")
    assert shown(page) == "broken"
    assert page.is_hidden("#detail-parts")
    watch.assert_quiet()


def test_a_service_that_fails_is_asked_again(page: Page) -> None:
    page.route("**/api/v1/cards", lambda route: route.abort())
    page.goto("/variants")
    page.wait_for_selector("#problem", state="visible")
    page.unroute("**/api/v1/cards")
    page.click("#retry")
    page.wait_for_selector("#overview tbody tr")
    assert page.is_hidden("#problem")

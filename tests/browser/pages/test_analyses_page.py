"""The list of analyses in a real Chromium: searched, read part by part, and thinned out."""

from __future__ import annotations

import io

import httpx
import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Page

from tests.browser.watching import Watch
from tests.waiting import HANG_S

pytestmark = pytest.mark.browser

NAMES = ("100%_raw.png", "<b>bold.png", "照片.png")
TAG = "list-test"
ENTRIES = "#analyses li"


def score(server: str, name: str) -> str:
    """An analysis of a small picture; its id."""
    buffer = io.BytesIO()
    pixels = np.random.default_rng(len(name)).integers(0, 256, (64, 64, 3), dtype=np.uint8)
    Image.fromarray(pixels).save(buffer, "PNG")
    files = {"file": (name, buffer.getvalue())}
    answer = httpx.post(f"{server}/api/v1/analyses", files=files, data={"checkpoint": "no_gmm"}, timeout=HANG_S)
    return str(answer.json()["id"])


@pytest.fixture(scope="module")
def listed(server: str) -> list[str]:
    """Ids of 23 analyses, newest first; the last three have the odd names. Not to be deleted."""
    names = [f"{TAG} {number}.png" for number in range(20)] + [f"{TAG} {name}" for name in NAMES]
    return [score(server, name) for name in names][::-1]


def open_list(page: Page, query: str = TAG) -> None:
    page.goto(f"/analyses?q={query}")
    page.wait_for_selector("#analyses-page[data-state=list]")


def search(page: Page, text: str, state: str = "list") -> None:
    page.fill("#query", text)
    page.press("#query", "Enter")
    page.wait_for_url("**q=**")
    page.wait_for_selector(f"#analyses-page[data-state={state}]")


def names_shown(page: Page) -> list[str]:
    return page.locator(".entry-name").all_inner_texts()


def test_the_list_is_read_part_by_part_and_links_lead_on(page: Page, watch: Watch, listed: list[str]) -> None:
    open_list(page)
    assert page.inner_text("#shown-line").startswith("Shown 20 of 23 analyses")
    first = page.locator(ENTRIES).first
    assert first.locator(".entry-name").inner_text() == f"{TAG} 照片.png"
    assert first.locator(".entry-score").inner_text().split()[1] in {"bad", "poor", "fair", "good", "excellent"}
    addresses = [link.get_attribute("href") for link in first.locator("a").all()]
    assert addresses == [
        f"/analyses/{listed[0]}?checkpoint=no_gmm",
        f"/map?checkpoint=no_gmm&analysis={listed[0]}",
        f"/lab?analysis={listed[0]}&checkpoint=no_gmm",
    ]
    page.wait_for_function("() => document.querySelector('.entry-picture img').naturalWidth > 0")
    page.focus("#more")
    page.keyboard.press("Enter")
    page.wait_for_selector(f"{ENTRIES} >> nth=22")
    assert page.inner_text("#shown-line").startswith("Shown 23 of 23")
    assert page.is_hidden("#more")
    assert page.evaluate("document.activeElement.textContent") == f"{TAG} 2.png"
    page.locator(".entry-name").first.click()
    page.wait_for_selector("#score-page[data-state=result]")
    watch.assert_quiet()


def test_a_search_takes_its_signs_as_they_are_and_back_undoes_it(page: Page, watch: Watch, listed: list[str]) -> None:
    assert listed
    open_list(page)
    search(page, "0%_RAW")
    page.wait_for_selector(f"{ENTRIES} >> nth=1", state="detached")
    assert names_shown(page) == [f"{TAG} 100%_raw.png"]
    search(page, "照", "list")
    page.wait_for_function("() => document.querySelector('.entry-name').textContent.endsWith('照片.png')")
    search(page, "no such name", "nothing")
    assert "no such name" in page.inner_text("#nothing-found")
    page.go_back()
    page.wait_for_selector("#analyses-page[data-state=list]")
    assert names_shown(page) == [f"{TAG} 照片.png"]
    assert page.input_value("#query") == "照"
    watch.assert_quiet()


def test_one_goes_away_by_keyboard_only_after_a_yes(page: Page, watch: Watch, server: str) -> None:
    ids = [score(server, f"keyboard {name}") for name in NAMES][::-1]
    open_list(page, "keyboard")
    button = page.locator(f"{ENTRIES} >> nth=1 >> button")
    assert button.get_attribute("aria-label") == "Delete keyboard <b>bold.png"
    button.focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("#confirmation[open]")
    assert "keyboard <b>bold.png" in page.inner_text("#confirmation")
    page.keyboard.press("Escape")
    page.wait_for_selector("#confirmation[open]", state="detached")
    assert page.locator(ENTRIES).count() == 3
    page.keyboard.press("Enter")
    page.wait_for_selector("#confirmation[open]")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_selector(f"{ENTRIES}[data-id='{ids[1]}']", state="detached")
    assert page.evaluate("document.activeElement.textContent") == "keyboard 100%_raw.png"
    assert page.inner_text("#shown-line").startswith("Shown 2 of 2")
    assert httpx.get(f"{server}/api/v1/analyses/{ids[1]}", timeout=HANG_S).status_code == 404
    watch.assert_quiet()


ASKED_AGAIN = """() => {
  const [first, second] = document.querySelectorAll("#analyses button");
  first.click();
  document.getElementById("refuse").click();
  second.click();
}"""
"""A refusal and the next question in one go: the browser tells that the first dialog closed when the second is open."""


def test_a_yes_counts_though_the_question_before_it_was_refused_a_moment_ago(page: Page, server: str) -> None:
    ids = [score(server, f"at once {number}.png") for number in range(2)][::-1]
    open_list(page, "at once")
    page.evaluate(ASKED_AGAIN)
    assert "at once 0.png" in page.inner_text("#confirmation")
    page.click("#confirm")
    page.wait_for_selector(f"{ENTRIES}[data-id='{ids[1]}']", state="detached")
    assert page.locator(ENTRIES).count() == 1
    assert httpx.get(f"{server}/api/v1/analyses/{ids[0]}", timeout=HANG_S).status_code == 200


def test_the_selected_go_together_and_one_that_fails_stays(page: Page, server: str) -> None:
    ids = [score(server, f"selected {number}.png") for number in range(4)][::-1]
    open_list(page, "selected")
    page.check("#select-all")
    assert page.inner_text("#delete-selected") == "Delete 4 selected"
    page.uncheck(f"{ENTRIES} >> nth=1 >> input")
    assert page.evaluate("document.getElementById('select-all').indeterminate")
    problem = {"title": "Service Unavailable", "detail": "got a locked row", "code": "busy", "request_id": "r"}
    page.route(f"**/analyses/{ids[3]}", lambda route: route.fulfill(status=503, json=problem))
    page.click("#delete-selected")
    page.click("#confirm")
    page.wait_for_selector("#problem", state="visible")
    assert page.inner_text("#delete-selected") == "Delete 1 selected"
    answers = [httpx.get(f"{server}/api/v1/analyses/{analysis_id}", timeout=HANG_S) for analysis_id in ids]
    assert [answer.status_code for answer in answers] == [404, 200, 404, 200]
    page.unroute(f"**/analyses/{ids[3]}")
    page.click("#retry")
    page.wait_for_selector(f"{ENTRIES}[data-id='{ids[3]}']", state="detached")
    assert page.is_disabled("#delete-selected")
    assert page.is_hidden("#problem")


def test_an_empty_list_leads_to_the_score_page_and_a_failed_one_says_why(page: Page) -> None:
    page.route("**/api/v1/analyses?*", lambda route: route.fulfill(json={"items": [], "next_cursor": None, "total": 0}))
    page.goto("/analyses")
    page.wait_for_selector("#analyses-page[data-state=empty]")
    assert page.locator(".in-empty a").get_attribute("href") == "/"
    page.route("**/api/v1/analyses?*", lambda route: route.abort())
    page.goto("/analyses")
    page.wait_for_selector("#problem", state="visible")
    assert page.get_attribute("#analyses-page", "data-state") == "failed"
    assert page.is_visible("#retry")

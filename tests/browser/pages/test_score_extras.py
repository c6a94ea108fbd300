"""What a result is looked at beside, in a real Chromium: its place on the map, and every other checkpoint."""

from __future__ import annotations

import httpx
import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.watching import Watch, colours_drawn
from tests.places import PHOTOGRAPH
from tests.waiting import HANG_S

pytestmark = pytest.mark.browser

ENOUGH_PIXELS = 400


def upload(page: Page) -> None:
    page.goto("/")
    page.set_input_files("#file", PHOTOGRAPH)
    page.wait_for_selector("#score-page[data-state=result]")


def find_place(page: Page) -> None:
    page.locator("#place").scroll_into_view_if_needed()
    page.wait_for_selector("#place-chart .main-svg")


def score_under_all(page: Page) -> None:
    page.click("#beside-start")
    page.wait_for_selector("#beside-busy", state="hidden")
    page.wait_for_selector("#beside-chart .main-svg")


def test_the_picture_is_placed_among_its_nearest_ones(page: Page, watch: Watch) -> None:
    upload(page)
    find_place(page)
    assert page.locator("#place-neighbours li").count() == 5
    # The same photograph lies on the map.
    assert "coffee" in page.inner_text("#place-neighbours li >> nth=0")
    star = page.eval_on_selector("#place-chart .plot", "plot => [plot.data.at(-1).x[0], plot.data.at(-1).y[0]]")
    analysis = page.url.rpartition("/")[2].partition("?")[0]
    placed = httpx.get(f"{page.url.partition('/analyses')[0]}/api/v1/analyses/{analysis}/place", timeout=HANG_S).json()
    assert star == [placed["x"], placed["y"]]
    assert f"analysis={analysis}" in str(page.get_attribute("#place-map", "href"))
    watch.assert_quiet()
    assert colours_drawn(page.locator("#place-chart .plot")) > ENOUGH_PIXELS


def test_every_checkpoint_scores_it_once(page: Page, watch: Watch, server: str) -> None:
    ids = [entry["id"] for entry in httpx.get(f"{server}/api/v1/checkpoints", timeout=HANG_S).json()["checkpoints"]]
    asked: list[str] = []
    page.on("request", lambda request: request.method == "POST" and asked.append(str(request.post_data)))
    upload(page)
    asked.clear()
    page.focus("#beside-start")
    page.keyboard.press("Enter")
    page.wait_for_selector("#beside-cancel:focus")
    page.wait_for_selector("#beside-busy", state="hidden")
    assert page.locator("#beside-rows tr").count() == len(ids)
    assert len(asked) == len(ids) - 1
    assert page.is_hidden("#beside-start")
    page.wait_for_selector("#beside-chart .main-svg")
    score = page.inner_text("#beside-rows tr:has(a[data-checkpoint=no_gmm]) td >> nth=0")
    page.click("#beside-rows a[data-checkpoint=no_gmm]")
    expect(page.locator("#score-value")).to_have_text(score)
    assert "checkpoint=no_gmm" in page.url
    assert len(asked) == len(ids) - 1  # what was scored is not asked for again
    watch.assert_quiet()
    assert colours_drawn(page.locator("#beside-chart .plot")) > ENOUGH_PIXELS


def test_it_can_be_stopped_and_taken_up_again(page: Page) -> None:
    held: list[Route] = []
    upload(page)
    page.route("**/predictions", lambda route: held.append(route))
    with page.expect_request("**/predictions"):
        page.click("#beside-start")
    assert page.inner_text("#beside-text")
    page.click("#beside-cancel")
    assert page.is_visible("#beside-start")
    assert len(held) == 1
    page.unroute("**/predictions")
    score_under_all(page)
    assert page.locator("#beside-rows .beside-failed").count() == 0

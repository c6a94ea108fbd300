"""The Compare page in a real Chromium: every section drawn, the pair in the address, and parts that fail alone."""

from __future__ import annotations

import csv
import re
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import Page, Route

from tests.browser.watching import Watch, colours_drawn
from tests.waiting import HANG_S

pytestmark = pytest.mark.browser

ENOUGH_PIXELS = 1500
CHARTS = {
    "board": ("leaderboard", "pairwise"),
    "pictures": ("linked", "contingency"),
    "errors": ("predicted", "error_histogram", "cumulative_error", "quality_errors"),
    "types": ("types",),
    "router": ("interventions",),
    "training": ("training",),
}
WEBGL = {"linked", "predicted"}


def open_compare(page: Page, query: str = "") -> None:
    page.goto(f"/compare{query}")
    wait_shown(page)


def wait_shown(page: Page) -> None:
    page.wait_for_selector("#compare-page[data-state=shown]")


def plot(name: str) -> str:
    return f"[data-chart={name}] .plot"


@pytest.mark.parametrize("view", CHARTS)
def test_a_section_is_drawn_and_says_nothing_wrong(page: Page, watch: Watch, view: str) -> None:
    open_compare(page, f"?view={view}&a=moe&b=self_supervised")
    for name in CHARTS[view]:
        page.wait_for_selector(f"{plot(name)} .main-svg >> nth=0", state="attached")
        assert page.inner_text(f"[data-chart={name}] .measured")
    webgl = [name for name in CHARTS[view] if name in WEBGL]
    for name in webgl:
        assert page.evaluate(f"document.querySelector('{plot(name)}')._fullData[0].type") == "scattergl"
    assert page.locator(".gl-canvas-context").count() == len(webgl)
    watch.assert_quiet()
    for name in CHARTS[view]:
        assert colours_drawn(page.locator(plot(name))) > ENOUGH_PIXELS, name


def test_the_pair_and_the_section_stand_in_the_address_and_back_works(page: Page, server: str) -> None:
    open_compare(page)
    assert page.input_value("#side-a") == "moe"
    page.select_option("#side-b", "moe_seed")
    page.wait_for_url("**b=moe_seed**")
    wait_shown(page)
    pairwise = httpx.get(f"{server}/api/v1/leaderboard", timeout=HANG_S).json()["pairwise_fine_tuned"]
    row, column = (pairwise["ids"].index(name) for name in ("moe", "moe_seed"))
    assert f"{pairwise['median_difference'][row][column]:+.3f}" in page.inner_text("#pair-verdict")
    page.click("#swap")
    page.wait_for_url("**a=moe_seed&b=moe**")
    wait_shown(page)
    assert f"{pairwise['median_difference'][column][row]:+.3f}" in page.inner_text("#pair-verdict")
    page.focus("#tabs [data-view=router]")
    page.keyboard.press("Enter")
    page.wait_for_url("**view=router**")
    page.wait_for_selector("#view-router li[data-verdict]")
    page.go_back()
    page.wait_for_selector("#view-board", state="visible")
    assert page.is_hidden("#view-router")
    page.go_back()
    page.wait_for_url("**b=moe_seed**")
    wait_shown(page)
    assert (page.input_value("#side-a"), page.input_value("#side-b")) == ("moe", "moe_seed")


@pytest.mark.parametrize("part", ["photographs", "synthetic"])
@pytest.mark.parametrize("features", ["frozen", "fine_tuned"])
def test_the_headline_says_of_a_mixture_what_the_table_says(
    page: Page, watch: Watch, server: str, features: str, part: str
) -> None:
    open_compare(page, f"?a=moe&b=no_gmm&features={features}&part={part}")
    row = next(row for row in board_of(server)["checkpoints"] if row["id"] == "moe")
    matched = row[features]["matched_baseline"]
    difference = f"{matched[part]['comparison']['median_difference']:+.3f}"
    in_table = page.inner_text(".board-table tbody tr:has(th:text-is('moe'))")
    headline, said = page.inner_text(".verdict-headline"), page.inner_text("#pair-verdict")
    assert matched["recipe"] in headline
    assert ("hinted at" in headline) == ("hinted at" in in_table) == ("hinted at" in matched[part]["verdict"])
    for text in (difference, matched["recipe"]):
        assert text in said
        assert text in in_table
    for text in (said, page.inner_text(".board-table")):
        assert bool(re.search("Wilcoxon.s test after", text)) == (matched[part]["test"] == "signed_rank")
    watch.assert_quiet()


def test_what_ships_is_shown_first_and_the_selector_moves_headline_table_and_matrix(page: Page, server: str) -> None:
    open_compare(page, "?a=moe&b=moe_seed")
    board = board_of(server)
    for features, pairwise in (("fine_tuned", board["pairwise_fine_tuned"]), ("frozen", board["pairwise"])):
        assert page.input_value("#features") == features
        row, column = (pairwise["ids"].index(name) for name in ("moe", "moe_seed"))
        assert f"{pairwise['median_difference'][row][column]:+.3f}" in page.inner_text("#pair-verdict")
        matrix = page.inner_text("[data-chart=pairwise] .measured")
        assert (features == "fine_tuned") == ("fine-tuned features" in matrix)
        verdicts = {word for line in pairwise["verdict"] for word in line}
        assert ("★" in matrix) == ("better" in verdicts)
        assert ("No difference of a pair is shown" in matrix) == ("better" not in verdicts)
        if features == "fine_tuned":
            page.select_option("#features", "frozen")
            page.wait_for_url("**features=frozen**")
            wait_shown(page)


def board_of(server: str) -> dict[str, Any]:
    return dict(httpx.get(f"{server}/api/v1/leaderboard", timeout=HANG_S).json())


def test_a_linked_picture_is_picked_by_keyboard_and_kept_in_the_address(page: Page, tmp_path: Path) -> None:
    open_compare(page, "?view=pictures&a=moe&b=self_supervised")
    page.focus("#changed button >> nth=0")
    page.keyboard.press("Enter")
    page.wait_for_selector("#picked .thumbnail")
    assert "picture=" in page.url
    assert page.inner_text("#announcer")
    row = page.get_attribute("#picked .map-links a >> nth=0", "href") or ""
    assert row.startswith("/map?checkpoint=moe&row=")
    with page.expect_download() as download:
        page.click("#pair-csv")
    path = tmp_path / "pair.csv"
    download.value.save_as(path)
    with path.open(newline="", encoding="utf-8-sig") as lines:
        rows = list(csv.DictReader(lines))
    largest = max(rows, key=lambda line: abs(float(line["difference"])))
    assert largest["id"] == picked_id(page.url)
    page.click("[data-choice=set] [value=photographs]")
    page.wait_for_url("**set=photographs**")
    wait_shown(page)
    assert page.locator("#changed .thumbnail").count() == 0
    assert "test photographs" in page.inner_text("[data-chart=linked] .measured")


def picked_id(url: str) -> str:
    return httpx.URL(url).params["picture"]


def test_a_point_shows_its_picture(page: Page) -> None:
    open_compare(page, "?view=pictures&a=moe&b=self_supervised")
    page.wait_for_selector(f"{plot('linked')} .nsewdrag", state="attached")
    page.locator(plot("linked")).scroll_into_view_if_needed()
    at = page.evaluate(
        """(selector) => {
          const plot = document.querySelector(selector);
          const { xaxis, yaxis } = plot._fullLayout;
          const box = plot.getBoundingClientRect();
          const { x, y } = plot.data[0];
          return [box.left + xaxis._offset + xaxis.d2p(x[0]), box.top + yaxis._offset + yaxis.d2p(y[0])];
        }""",
        plot("linked"),
    )
    page.mouse.move(at[0] - 30, at[1] - 30)
    page.mouse.move(*at, steps=4)
    page.wait_for_selector("#hover-card .thumbnail", state="visible")
    page.mouse.click(*at)
    page.wait_for_url("**picture=**")


def test_a_checkpoint_with_itself_has_no_difference(page: Page) -> None:
    open_compare(page, "?view=pictures&a=moe&b=moe")
    assert "every difference is zero" in page.inner_text("#pair-verdict")
    counts = page.evaluate(f"document.querySelector('{plot('contingency')}').data[0]")
    assert [base + 0.47 for base in counts["base"]] == pytest.approx(counts["y"])


def test_errors_on_other_splits_are_not_laid_over_each_other(page: Page) -> None:
    def on_other_splits(route: Route) -> None:
        route.fulfill(json=route.fetch().json() | {"split_sha256": "0" * 64})

    page.route(re.compile("/no_gmm/(predictions|metrics)$"), on_other_splits)
    open_compare(page, "?view=errors&a=moe&b=no_gmm")
    assert "different splits" in page.inner_text("#errors-predictions")
    assert [name for name in CHARTS["errors"] if page.is_visible(f"[data-chart={name}]")] == []


@pytest.mark.parametrize("broken", ["leaderboard", "moe/metrics"])
def test_what_fails_is_named_and_the_rest_is_shown(page: Page, broken: str) -> None:
    detail = f"{broken}.json, field: got nothing, expected a value"
    page.route(
        f"**/{broken}",
        lambda route: route.fulfill(
            status=404,
            content_type="application/problem+json",
            json={"title": "Not Found", "status": 404, "detail": detail, "code": "figures-refused", "request_id": "1"},
        ),
    )
    open_compare(page, "?view=router")
    assert detail in page.inner_text("#compare-page")
    whole = page.request.get("/api/v1/leaderboard").json()["checkpoints"]
    routed = sum(row["id"] != "no_gmm" for row in whole)
    assert page.locator("#view-router li[data-verdict]").count() == routed - (broken == "moe/metrics")
    page.click("#tabs [data-view=errors]")
    page.wait_for_selector(f"{plot('predicted')} .main-svg >> nth=0", state="attached")

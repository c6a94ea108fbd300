"""The Score page in a real Chromium: from a picture to every part of its prediction."""

from __future__ import annotations

import re
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Page, Route

from tests.browser.conftest import NewPage
from tests.browser.watching import Watch, colours_drawn
from tests.places import PHOTOGRAPH
from tests.waiting import HANG_S

pytestmark = pytest.mark.browser

CHARTS = ("score", "distortion")
LEDGER = "[data-ledger=experts]"
DONE = "#score-page[data-state=result]"
ENOUGH_PIXELS = 400


def upload(page: Page, path: Path = PHOTOGRAPH) -> None:
    page.goto("/")
    page.set_input_files("#file", path)
    page.wait_for_selector(DONE)
    page.wait_for_selector("[data-chart=distortion] .plot .main-svg")


def shown_score(page: Page) -> float:
    return float(page.inner_text("#score-value"))


def figures(page: Page, column: str) -> list[float]:
    return [float(text.rstrip("%")) for text in page.locator(f"{LEDGER} tbody td.{column}").all_inner_texts()]


def test_an_upload_shows_a_score_that_its_ledger_adds_up_to(page: Page, watch: Watch) -> None:
    upload(page)
    points, weights, scores = (figures(page, column) for column in ("points", "weight", "score"))
    assert sum(points) == pytest.approx(shown_score(page), abs=0.1)  # the page shows one digit
    assert sum(weights) == pytest.approx(100, abs=0.5)
    assert [weight * score / 100 for weight, score in zip(weights, scores, strict=True)] == pytest.approx(
        points, abs=0.1
    )
    assert colours_drawn(page.locator(LEDGER)) > ENOUGH_PIXELS
    assert page.inner_text("#sentence")
    watch.assert_quiet()


def test_asked_alone_an_expert_gives_its_own_score_and_everybody_comes_back(page: Page, watch: Watch) -> None:
    upload(page)
    page.locator(f"{LEDGER} [data-asks=only]").nth(1).press("Enter")
    assert f"would be {figures(page, 'score')[1]:.1f} instead of {shown_score(page):.1f}" in page.inner_text(".answer")
    page.locator(f"{LEDGER} [data-asks=mute]").first.click()
    without_first = sum(figures(page, "points")[1:]) / sum(figures(page, "weight")[1:]) * 100
    said = re.search(r"would be ([\d.]+)", page.inner_text(".answer"))
    assert said is not None
    assert float(said[1]) == pytest.approx(without_first, abs=0.5)
    page.locator(f"{LEDGER} .asked button").click()
    assert page.inner_text(".answer") == ""
    watch.assert_quiet()


def test_on_a_phone_the_score_is_on_the_first_screen(new_page: NewPage, server: str) -> None:
    page = new_page(base_url=server, viewport={"width": 390, "height": 844})
    upload(page)
    page.evaluate("scrollTo(0, 0)")
    box = page.locator(".score-line").bounding_box()
    assert box is not None
    assert box["y"] + box["height"] < 844 * 0.75
    picture = page.locator("#picture").bounding_box()
    assert picture is not None
    assert picture["y"] > box["y"]


def test_every_chart_draws_pixels_and_has_a_table(page: Page) -> None:
    upload(page)
    for chart in CHARTS:
        card = page.locator(f"[data-chart={chart}]")
        plot = card.locator(".plot")
        plot.scroll_into_view_if_needed()
        page.wait_for_selector(f"[data-chart={chart}] .plot .main-svg")
        assert colours_drawn(plot) > ENOUGH_PIXELS, chart
        card.locator("details summary", has_text=re.compile("table", re.IGNORECASE)).click()
        assert card.locator("tbody tr").count() >= 2, chart


def test_the_checkpoint_is_switched_without_a_reload(page: Page, watch: Watch) -> None:
    upload(page)
    before = shown_score(page)
    page.evaluate("window.sameDocument = true")
    page.select_option("#checkpoint", "no_gmm")
    page.wait_for_url("**checkpoint=no_gmm**")
    page.wait_for_selector(DONE)
    page.wait_for_selector(LEDGER, state="detached")
    assert page.is_visible("#absent")
    page.select_option("#checkpoint", "moe")
    page.wait_for_selector(LEDGER, state="visible")
    assert shown_score(page) == before
    assert page.evaluate("window.sameDocument")
    watch.assert_quiet()


def test_a_permalink_shows_the_same_score_again(page: Page, watch: Watch) -> None:
    upload(page)
    score, address = shown_score(page), page.url
    assert "/analyses/" in address
    page.goto("/")
    page.goto(address)
    page.wait_for_selector(DONE)
    assert shown_score(page) == score
    watch.assert_quiet()


def test_the_chart_library_is_fetched_when_somebody_is_about_to_give_a_picture(page: Page, watch: Watch) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/", wait_until="networkidle")
    assert [url for url in asked if "plotly" in url and url.endswith(".js")] == []
    assert [url for url in asked if "/samples/" in url and "/samples/small/" not in url] == []
    with page.expect_response("**/plotly-strict.min.js"):
        page.hover("button.sample >> nth=0")
    watch.assert_quiet()


def test_going_back_while_charts_are_drawn_leaves_address_and_page_in_step(page: Page, watch: Watch) -> None:
    held: list[Route] = []

    def hold(route: Route) -> None:  # nothing is drawn until it is let through
        held.append(route)

    page.route("**/plotly-strict.min.js", hold)
    page.goto("/")
    page.set_input_files("#file", PHOTOGRAPH)
    page.wait_for_selector(DONE)
    page.wait_for_url("**/analyses/**", wait_until="commit")
    page.go_back()
    page.wait_for_selector("#score-page[data-state=empty]")
    with page.expect_response("**/plotly-strict.min.js"):
        held[0].continue_()
    page.wait_for_timeout(1000)  # for what must not happen once charts are drawn
    assert page.evaluate("typeof Plotly") == "object"
    assert page.evaluate("location.pathname") == "/"
    assert page.get_attribute("#score-page", "data-state") == "empty"
    assert page.evaluate("document.activeElement === document.body")
    watch.assert_quiet()


def test_a_sample_is_scored_by_keyboard_alone(page: Page, watch: Watch) -> None:
    page.goto("/")
    page.focus("button.sample >> nth=0")
    page.keyboard.press("Enter")
    page.wait_for_selector(DONE)
    assert 0 <= shown_score(page) <= 100
    watch.assert_quiet()


def test_a_broken_picture_gets_an_explanation(page: Page, tmp_path: Path) -> None:
    text = tmp_path / "notes.jpg"
    text.write_text("no picture at all")
    page.goto("/")
    page.set_input_files("#file", text)
    page.wait_for_selector("#problem", state="visible")
    assert "unsupported-format" in page.inner_text("#problem")
    assert page.locator("#problem h2").inner_text()


def test_a_hostile_file_name_stays_text(page: Page, watch: Watch, tmp_path: Path) -> None:
    hostile = tmp_path / "<img src=x onerror=alert(1)>.jpg"
    hostile.write_bytes(PHOTOGRAPH.read_bytes())
    upload(page, hostile)
    assert page.inner_text("#filename") == hostile.name
    watch.assert_quiet()


def test_an_unknown_analysis_has_a_page_that_says_so(page: Page) -> None:
    response = page.goto("/analyses/ffffffffffffffffffffffffffffffff")
    assert response is not None
    assert response.status == 404
    assert page.inner_text("h1")


def test_pages_and_files_carry_the_policy(server: str) -> None:
    for path in ("/", "/api/v1/checkpoints", "/nothing"):
        policy = httpx.get(f"{server}{path}", timeout=HANG_S).headers["content-security-policy"]
        assert policy.startswith("default-src 'none'")
        assert "unsafe" not in policy

"""Two thresholds of a study in a real Chromium: they move by hand and key, filter, and stay with the study."""

from __future__ import annotations

import httpx
import pytest
from playwright.sync_api import Page, expect

from tests.browser.scored import made_study
from tests.browser.watching import Watch, serious_findings

pytestmark = pytest.mark.browser

ROWS = ".picture-table tbody tr"


def counts_of(page: Page) -> list[int]:
    texts = page.locator(".triage-counts button .small").all_text_contents()
    return [int(text.split()[0]) for text in texts]


def scores_of(server: str, study: str) -> list[float]:
    found = httpx.get(f"{server}/api/v1/studies/{study}/scores").json()
    best = httpx.get(f"{server}/api/v1/studies/{study}").json()["outcome"]["best"]
    return next(list(one["scores"]) for one in found["checkpoints"] if one["checkpoint"] == best)


def test_thresholds_move_filter_and_stay_with_the_study(page: Page, watch: Watch, server: str) -> None:
    study = made_study(server)
    scores = scores_of(server, study)
    page.goto(f"/studies/{study}")
    page.wait_for_selector(f"{ROWS} >> nth=5")
    expect(page.locator("#triage-said")).to_contain_text("Not saved yet")
    low = page.locator("#triage-low")
    low.focus()
    for _ in range(5):
        page.keyboard.press("ArrowLeft")
    expect(low).to_have_attribute("aria-valuenow", "35")
    expect(page.locator("#triage-said")).to_contain_text("Saved")
    assert counts_of(page) == [
        sum(score < 35 for score in scores),
        sum(35 <= score < 60 for score in scores),
        sum(score >= 60 for score in scores),
    ]
    drag_high_to(page, 50)
    value = float(page.get_attribute("#triage-high", "aria-valuenow") or "nan")
    assert value == pytest.approx(50, abs=1)
    page.select_option("#triage-kind", "percentile")
    expect(page.locator("#triage-high-text")).to_contain_text("percentile")
    page.click("#triage-pass")
    kept = counts_of(page)[2]
    expect(page.locator(ROWS)).to_have_count(kept)
    expect(page.locator(".triage-tag").first).to_have_text("PASS")
    assert "rule=" in page.url
    assert "triage=pass" in page.url
    assert "rule=" in (page.get_attribute("#csv", "href") or "")
    expect(page.locator("#triage-said")).to_contain_text("Saved")
    assert serious_findings(page) == []
    page.goto(f"/studies/{study}")  # without what the address said
    expect(page.locator("#triage-kind")).to_have_value("percentile")
    expect(page.locator(ROWS)).to_have_count(6)
    watch.assert_quiet()


def drag_high_to(page: Page, points: float) -> None:
    page.locator("#triage-plot").scroll_into_view_if_needed()
    plot, handle = page.locator("#triage-plot").bounding_box(), page.locator("#triage-high").bounding_box()
    assert plot is not None
    assert handle is not None
    y = plot["y"] + plot["height"] / 2
    page.mouse.move(handle["x"] + handle["width"] / 2, y)
    page.mouse.down()
    page.mouse.move(plot["x"] + plot["width"] * points / 100, y, steps=5)
    page.mouse.up()

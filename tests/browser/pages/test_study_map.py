"""The Map and Experts pages of a study: its own pictures, the columns of its table, and an upload among them."""

from __future__ import annotations

import httpx
import pytest
from playwright.sync_api import Page, expect

from tests.browser.scored import made_study, scored_photograph
from tests.browser.watching import Watch, serious_findings

pytestmark = pytest.mark.browser

SHOWN = "#map-page[data-state=map]"


def test_a_study_leads_to_its_map_and_its_experts(page: Page, watch: Watch, server: str) -> None:
    study, analysis = made_study(server), scored_photograph(server)
    page.goto(f"/studies/{study}")
    page.click("#map-link")
    page.wait_for_selector(SHOWN)
    expect(page.locator("#study-line")).to_contain_text("Blur")
    expect(page.locator("#shown-line")).to_contain_text("All 6 pictures")
    assert page.locator("#color-by").input_value() not in {"group", "type", "level"}
    assert page.locator("#checkpoint option").count() == 2
    page.wait_for_selector("#grid li >> nth=5")
    page.click("#grid button >> nth=2")
    expect(page.locator("#picture-body")).to_contain_text("blur2.png")
    small = page.locator("#picture-body a").get_attribute("href")
    assert httpx.get(f"{server}{small}").headers["content-type"] == "image/jpeg"
    assert serious_findings(page) == []
    page.goto(f"/map?study={study}&checkpoint=no_gmm&analysis={analysis}&color=label")
    page.wait_for_selector("#placed .picture-card")
    assert page.locator("#color-by").input_value() == "label"
    page.click("#study-line a >> nth=1")
    page.wait_for_selector("#experts-page[data-state=figures]")
    expect(page.locator("#measured")).to_contain_text("6")
    watch.assert_quiet()

"""The Experts page in a real Chromium: charts, words and pictures of variants with and without experts."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
from playwright.sync_api import Page

from tests.browser.watching import Watch, colours_drawn
from tests.waiting import HANG_S

pytestmark = pytest.mark.browser

ENOUGH_PIXELS = 800
CELLS = "document.querySelector('[data-chart=expert_weights] .plot')._fullData[0].x.length"
READY = "#experts-page[data-state=figures][aria-busy=false]"
SHOWN = "#experts-page .chart:not([hidden])"


def open_experts(page: Page, query: str = "") -> None:
    page.goto(f"/experts{query}")
    page.wait_for_selector(READY)


def figures_of(server: str, checkpoint: str = "moe") -> dict[str, Any]:
    return dict(httpx.get(f"{server}/api/v1/checkpoints/{checkpoint}/experts", timeout=HANG_S).json())


def test_every_chart_is_drawn_and_nothing_is_wrong(page: Page, watch: Watch, server: str) -> None:
    open_experts(page)
    usage, folds = (figures_of(server)[part] for part in ("usage", "folds"))
    assert folds["features"] == "fine_tuned"
    page.click("#experts-page .overview summary")
    assert "3 splits on fine-tuned features" in page.inner_text("#measured")
    assert f"{usage['experts']['effective_number']:.1f}" in page.inner_text("#verdict")
    groups = usage["experts"]["by_group"]
    assert page.evaluate(CELLS) == sum(len(row["mean_weights"]) for row in groups)
    watch.assert_quiet()
    charts = page.locator(SHOWN)
    assert charts.count() == 11
    for chart in charts.all():
        assert colours_drawn(chart.locator(".plot")) > ENOUGH_PIXELS, chart.get_attribute("data-chart")
        assert chart.locator("tbody tr").count() > 0


def test_the_keyboard_changes_what_matrices_show_and_back_undoes_it(page: Page, watch: Watch) -> None:
    open_experts(page)
    assert page.evaluate(CELLS) == 8 * 8
    page.focus("[data-section=routing] button[value=type]")
    page.keyboard.press("Enter")
    page.wait_for_url("**rows=type**")
    page.wait_for_selector("[data-chart=expert_weights] .ytick >> nth=25", state="attached")
    assert page.evaluate(CELLS) == 26 * 8
    page.focus("button[value=correlation]")
    page.keyboard.press("Space")
    page.wait_for_url("**measure=correlation**")
    page.wait_for_selector("button[value=correlation][aria-pressed=true]")
    page.go_back()
    page.wait_for_selector("button[value=error][aria-pressed=true]")
    assert "rows=type" in page.url
    watch.assert_quiet()


def test_an_example_leads_to_its_picture_on_the_map(page: Page, server: str) -> None:
    open_experts(page)
    example = figures_of(server)["examples"][1][0]
    link = page.locator("[data-cluster=blur] a").first
    assert "posterior" in (link.get_attribute("aria-label") or "")
    link.click()
    page.wait_for_selector("#map-page[data-state=map]")
    assert f"row={example['row']}" in page.url
    assert "checkpoint=moe" in page.url


def test_variants_show_what_they_have_and_name_what_they_lack(page: Page, watch: Watch) -> None:
    open_experts(page, "?checkpoint=vanilla_gmm")
    names = page.eval_on_selector_all(SHOWN, "all => all.map((chart) => chart.dataset.chart)")
    assert "cluster_weights" in names
    assert "skill" not in names
    assert "Experts" in page.inner_text("#lacking")
    page.select_option("#checkpoint", "no_gmm")
    page.wait_for_url("**checkpoint=no_gmm**")
    page.wait_for_selector("#lacking-list li >> nth=1")
    assert page.locator(SHOWN).count() == 0
    assert "neither" in page.inner_text("#verdict")
    others = page.eval_on_selector_all(
        "#elsewhere a", "all => all.map((a) => new URL(a.href).searchParams.get('checkpoint'))"
    )
    assert "moe" in others
    assert "vanilla_gmm" not in others
    watch.assert_quiet()


def test_an_unknown_checkpoint_is_a_problem_with_words(page: Page) -> None:
    page.goto("/experts?checkpoint=nothing")
    page.wait_for_selector("#problem", state="visible")
    assert "unknown-checkpoint" in page.inner_text("#problem")
    page.select_option("#checkpoint", "no_gmm")
    page.wait_for_selector(READY)
    assert page.is_hidden("#problem")

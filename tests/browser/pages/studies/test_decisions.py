"""Pictures of a study are kept, rejected, tagged and corrected in a real Chromium, by key and click, in two tabs."""

from __future__ import annotations

import csv
import io

import httpx
import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import NewPage
from tests.browser.scored import made_study
from tests.browser.watching import Watch, serious_findings

pytestmark = pytest.mark.browser

ROWS = ".picture-table tbody tr"


def opened(page: Page, study: str) -> None:
    page.goto(f"/studies/{study}?sort=filename")
    page.wait_for_selector(f"{ROWS} >> nth=5")


def badges_of(page: Page, row: int) -> list[str]:
    return (
        page.locator(f"{ROWS} >> nth={row}")
        .locator(".badge[data-badge=keep], .badge[data-badge=reject]")
        .all_inner_texts()
    )


def test_pictures_are_decided_about_by_key_and_click_and_files_have_it(page: Page, watch: Watch, server: str) -> None:
    study = made_study(server)
    opened(page, study)
    page.locator(f"{ROWS} >> nth=0").locator(".look").focus()
    page.keyboard.press("k")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("x")
    assert [badges_of(page, row) for row in (0, 1, 2)] == [["kept"], ["rejected"], []]
    page.keyboard.press("t")
    page.keyboard.type("soft, to print")
    page.keyboard.press("Tab")
    page.keyboard.type("12.5")
    page.keyboard.press("Enter")
    expect(page.locator(f"{ROWS} >> nth=1").locator(".tag")).to_have_text(["soft", "to print"])
    expect(page.locator(f"{ROWS} >> nth=1").locator(".by-hand")).to_contain_text("12.5")
    for row in (3, 4):
        page.check(f".choose-picture >> nth={row}")
    page.click("#chosen-reject")
    expect(page.locator("#decided-line")).to_have_text("1 kept · 3 rejected")
    page.click("#undo")
    expect(page.locator("#decided-line")).to_have_text("1 kept · 1 rejected")
    assert serious_findings(page) == []
    page.select_option("#decision-filter", "reject")
    expect(page.locator(ROWS)).to_have_count(1)
    page.select_option("#tag-filter", "soft")
    assert page.url.endswith("decision=reject&tag=soft")
    page.reload()
    expect(page.locator(ROWS)).to_have_count(1)
    check_files(page, server)
    watch.assert_quiet()


def check_files(page: Page, server: str) -> None:
    text = httpx.get(f"{server}{page.get_attribute('#csv', 'href')}").text.removeprefix("\ufeff")
    rows = [row for row in csv.DictReader(io.StringIO(text)) if row["checkpoint"] == "moe"]
    found = [(row["decision"], row["tags"], row["corrected_score"]) for row in rows]
    assert found[:3] == [("keep", "", ""), ("reject", "soft; to print", "12.5"), ("", "", "")]


def test_of_two_tabs_the_first_one_stands_and_the_other_is_told(page: Page, new_page: NewPage, server: str) -> None:
    study = made_study(server)
    opened(page, study)
    other = new_page(base_url=server, viewport={"width": 1440, "height": 900}, color_scheme="light")
    opened(other, study)
    page.click(f"{ROWS} >> nth=2 >> [data-choice=keep]")
    expect(page.locator(f"{ROWS} >> nth=2").locator(".badge[data-badge=keep]")).to_be_visible()
    page.wait_for_function(
        f"() => fetch('/api/v1/studies/{study}/decisions').then((a) => a.json()).then((a) => a.items.length === 1)"
    )
    other.click(f"{ROWS} >> nth=2 >> [data-choice=reject]")
    expect(other.locator("#decided-said")).to_contain_text("Somebody else")
    assert badges_of(other, 2) == ["kept"]


def test_the_better_of_a_pair_is_kept_and_the_other_rejected(page: Page, server: str) -> None:
    opened(page, made_study(server))
    page.click(".look >> nth=0")
    expect(page.locator("#pair .pair-name")).to_have_text(["blur0.png", "blur1.png"])
    page.keyboard.press("a")
    expect(page.locator("#pair .pair-name")).to_have_text(["blur0.png", "blur2.png"])
    expect(page.locator("#pair-side-a .badge[data-badge=keep]")).to_have_count(1)
    page.keyboard.press("Control+z")
    expect(page.locator("#pair-side-a .badge[data-badge=keep]")).to_have_count(0)
    page.keyboard.press("a")
    page.keyboard.press("Escape")
    assert [badges_of(page, row) for row in (0, 1, 2)] == [["kept"], [], ["rejected"]]

"""From page to page in a real Chromium: picture and checkpoint travel, a variant is a step back, links are copied."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.watching import Watch
from tests.places import PHOTOGRAPH

pytestmark = pytest.mark.browser

DONE = "#score-page[data-state=result]"
NO_CLIPBOARD = "Object.defineProperty(navigator, 'clipboard', { get: () => undefined })"


def scored(page: Page) -> str:
    page.goto("/")
    page.set_input_files("#file", PHOTOGRAPH)
    page.wait_for_selector(DONE)
    return page.url


def test_picture_and_checkpoint_travel_until_they_are_forgotten(page: Page, watch: Watch) -> None:
    analysis = re.search(r"/analyses/([^?]+)", scored(page))
    assert analysis is not None
    assert PHOTOGRAPH.name in page.inner_text("#context")
    page.select_option("#checkpoint", "no_gmm")
    page.wait_for_url("**checkpoint=no_gmm")
    page.wait_for_selector(DONE)
    page.click("nav a[href^='/lab']")
    page.wait_for_selector("#lab-page[data-state=lab]")
    assert analysis[1] in page.url
    expect(page.locator("#checkpoint")).to_have_value("no_gmm")
    page.click("nav a[href^='/experts']")
    page.wait_for_url("**/experts?checkpoint=no_gmm")
    expect(page.locator("nav a", has_text="Score")).to_have_attribute("href", re.compile(f"/analyses/{analysis[1]}"))
    page.wait_for_selector("#experts-page[aria-busy=false]")  # it has told which checkpoint it shows
    page.click("#context-forget")
    expect(page.locator("#context")).to_be_hidden()
    expect(page.locator("nav a", has_text="Map")).to_have_attribute("href", "/map")
    watch.assert_quiet()


def test_another_variant_is_a_step_that_back_undoes(page: Page, watch: Watch) -> None:
    scored(page)
    page.select_option("#checkpoint", "no_gmm")
    page.wait_for_url("**checkpoint=no_gmm")
    page.wait_for_selector(DONE)
    page.go_back()
    page.wait_for_url("**checkpoint=moe")
    expect(page.locator("#checkpoint")).to_have_value("moe")
    page.wait_for_selector(DONE)
    watch.assert_quiet()


def test_a_link_is_copied_and_the_button_says_so(page: Page, watch: Watch) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto("/variants?checkpoint=moe")
    page.click("#copy-address")
    expect(page.locator("#copy-address")).to_have_text("Copied ✓")
    assert page.evaluate("navigator.clipboard.readText()") == page.url
    watch.assert_quiet()


def test_where_pages_may_not_copy_the_link_stands_there_selected(page: Page, watch: Watch) -> None:
    page.add_init_script(NO_CLIPBOARD)
    page.goto("/variants?checkpoint=moe")
    page.click("#copy-address")
    expect(page.locator(".copied-address")).to_have_value(page.url)
    assert page.evaluate("getSelection().toString()") == page.url
    watch.assert_quiet()

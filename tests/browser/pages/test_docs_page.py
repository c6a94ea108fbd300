"""The API's documentation in a real Chromium: Swagger UI draws itself under our policy, and asks the service."""

from __future__ import annotations

import httpx
import pytest
from playwright.sync_api import Page, expect

from tests.browser.watching import Watch, serious_findings
from tests.waiting import HANG_S

pytestmark = pytest.mark.browser


def test_every_operation_is_shown_and_can_be_tried_under_the_policy(page: Page, watch: Watch, server: str) -> None:
    paths = httpx.get(f"{server}/api/v1/openapi.json", timeout=HANG_S).json()["paths"]
    page.goto("/variants")
    page.click("footer a[href='/api/docs']")
    expect(page.locator(".opblock")).to_have_count(sum(map(len, paths.values())))
    operation = page.locator(".opblock", has_text="/livez")
    operation.locator(".opblock-summary-control").click()
    operation.locator(".try-out__btn").click()
    operation.locator(".execute").click()
    expect(operation.locator(".live-responses-table tbody .response-col_status")).to_contain_text("200")
    page.locator(".models h4 button").click()
    page.click("#theme-toggle")
    page.click("#theme-toggle")
    assert page.evaluate("document.documentElement.classList.contains('dark-mode')")
    watch.assert_quiet()
    page.goto("/api/docs")  # with no operation open
    page.wait_for_selector(".opblock")
    # Swagger UI puts buttons into what it calls a button; its colours are mended in docs.css.
    assert {finding["id"] for finding in serious_findings(page)} <= {"nested-interactive"}

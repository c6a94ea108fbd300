"""The real server and a real Chromium; without one these tests are skipped, or fail where REQUIRE_BROWSER is set."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.watching import Watch
from tests.program import Program

CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


CHROMIUM_NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
"""Best first: without windows and their own pages, every test takes about two seconds of a core less."""


def find_chromium() -> str | None:
    """Path of the system's Chromium, if it has one."""
    return next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)


@pytest.fixture(scope="session")
def chromium() -> str:
    """Path of the system's Chromium."""
    found = find_chromium()
    if found is None:
        message = "no Chromium on this machine: THE BROWSER TESTS DID NOT RUN"
        if os.environ.get("REQUIRE_BROWSER"):
            pytest.fail(message)
        pytest.skip(message)
    return found


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server with the shipped checkpoints and a fresh data folder."""
    with Program(tmp_path_factory.mktemp("server") / "data") as program:
        yield program.origin


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    """One Chromium for all tests."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=CHROMIUM_ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser, server: str) -> Iterator[Page]:
    """A light page, 1440 px wide, in a context of its own."""
    context = browser.new_context(base_url=server, viewport={"width": 1440, "height": 900}, color_scheme="light")
    yield context.new_page()
    context.close()


@pytest.fixture
def watch(page: Page, server: str) -> Watch:
    """What the page asks for and complains about, from its first request on."""
    return Watch(page, server)

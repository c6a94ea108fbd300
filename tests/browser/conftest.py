"""The real server and a real Chromium; without one these tests are skipped, or fail where REQUIRE_BROWSER is set."""

from __future__ import annotations

import asyncio
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browser.watching import Watch
from tests.program import Program
from tests.waiting import HANG_S

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


NewPage = Callable[..., Page]
PATIENCE_MS = 1000 * HANG_S
expect.set_options(timeout=PATIENCE_MS)


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
        loop = asyncio._get_running_loop()
        yield browser
        asyncio._set_running_loop(loop)  # where the last test is none of the browser's
        browser.close()


@pytest.fixture
def new_page(browser: Browser) -> Iterator[NewPage]:
    """`new_page(**options)`: a page in a context of its own, as patient as a busy machine needs."""
    with ExitStack() as contexts:

        def new(**options: Any) -> Page:
            context = browser.new_context(**options)
            contexts.callback(context.close)
            context.set_default_timeout(PATIENCE_MS)
            return context.new_page()

        yield new


@pytest.fixture
def page(new_page: NewPage, server: str) -> Page:
    """A light page, 1440 px wide."""
    return new_page(base_url=server, viewport={"width": 1440, "height": 900}, color_scheme="light")


@pytest.fixture
def watch(page: Page, server: str) -> Watch:
    """What the page asks for and complains about, from its first request on."""
    return Watch(page, server)

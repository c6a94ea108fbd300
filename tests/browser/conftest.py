"""The real server and a real Chromium; without one these tests are skipped, or fail where REQUIRE_BROWSER is set."""

from __future__ import annotations

import asyncio
import os
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

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
    "--process-per-site",
]
"""With one process for all pages of a context, what it has compiled of our scripts serves the next page, too."""


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
    """A server with the shipped checkpoints and a fresh data folder, as patient as the tests."""
    with Program(tmp_path_factory.mktemp("server") / "data", CENIQA_DEADLINE_S=str(HANG_S)) as program:
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


class Contexts:
    """Browser contexts by their options, for one test after another; what a test leaves in one is cleaned away."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._by_options: dict[str, BrowserContext] = {}

    def new_page(self, **options: Any) -> Page:
        """A page in the context of these options."""
        key = repr(sorted(options.items()))
        if key not in self._by_options:
            self._by_options[key] = self._new_context(**options)
        return self._by_options[key].new_page()

    def clean(self) -> None:
        """Leave only what was read from the server and compiled: no page, no cookie, no choice that was kept."""
        for context in self._by_options.values():
            first, *others = context.pages
            for page in others:
                page.close()
            context.clear_cookies()
            first.evaluate("localStorage.clear()")

    def _new_context(self, **options: Any) -> BrowserContext:
        context = self._browser.new_context(**options)
        context.set_default_timeout(PATIENCE_MS)
        context.new_page().goto("/livez")  # stays open: with its last page the process would go
        return context


@pytest.fixture(scope="session")
def contexts(browser: Browser) -> Contexts:
    """The contexts that tests of this process have used so far."""
    return Contexts(browser)


@pytest.fixture
def new_page(contexts: Contexts) -> Iterator[NewPage]:
    """`new_page(base_url=…, **options)`: a page as in a new context, as patient as a busy machine needs."""
    yield contexts.new_page
    contexts.clean()


@pytest.fixture
def page(new_page: NewPage, server: str) -> Page:
    """A light page, 1440 px wide."""
    return new_page(base_url=server, viewport={"width": 1440, "height": 900}, color_scheme="light")


@pytest.fixture
def watch(page: Page, server: str) -> Watch:
    """What the page asks for and complains about, from its first request on."""
    return Watch(page, server)

"""The real server and a real Chromium; without one these tests are skipped, or fail where REQUIRE_BROWSER is set."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.watching import Watch

ROOT = Path(__file__).resolve().parents[2]
START_LIMIT_S = 180
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


@contextmanager
def serving(folder: Path, **variables: str) -> Iterator[str]:
    """Origin of `python -m backend` with the data and the log in a folder, and further settings."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    log = folder / "log"
    environment = {**os.environ, "PORT": str(port), "CENIQA_DATA_DIR": str(folder / "data"), **variables}
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "backend"], cwd=ROOT, env=environment, stdout=output, stderr=output
        )
    origin = f"http://127.0.0.1:{port}"
    try:
        _wait_until_ready(origin, process, log)
        yield origin
    finally:
        process.terminate()
        process.wait(30)


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server with the shipped checkpoints and a fresh data folder."""
    with serving(tmp_path_factory.mktemp("server")) as origin:
        yield origin


def _wait_until_ready(origin: str, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + START_LIMIT_S
    while time.monotonic() < deadline and process.poll() is None:
        try:
            if httpx.get(f"{origin}/readyz", timeout=2).status_code == 200:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.1)
    pytest.fail(f"the server was not ready within {START_LIMIT_S} s: {log.read_text(errors='replace')[-2000:]}")


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

"""Listening to a page: requests, console errors and violations of the content security policy."""

from __future__ import annotations

import io
from typing import Any

import numpy as np
from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import ConsoleMessage, Locator, Page

_RECORD_VIOLATIONS = """
window.cspViolations = [];
document.addEventListener('securitypolicyviolation', (event) => {
  window.cspViolations.push(`${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}`);
});
"""


class Watch:
    """Collects while the page lives; ask before the first screenshot, which injects a style of its own."""

    def __init__(self, page: Page, origin: str) -> None:
        self._page = page
        self._origin = origin
        self.foreign_requests: list[str] = []
        self.console_errors: list[str] = []
        page.add_init_script(_RECORD_VIOLATIONS)
        page.on("request", lambda request: self._note_request(request.url))
        page.on("console", self._note_console)
        page.on("pageerror", lambda error: self.console_errors.append(str(error)))

    def _note_request(self, url: str) -> None:
        if not url.startswith((f"{self._origin}/", "data:", "blob:")):
            self.foreign_requests.append(url)

    def _note_console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.console_errors.append(message.text)

    def assert_quiet(self) -> None:
        """No request left the origin, nothing was logged as an error, no policy was violated."""
        assert self.foreign_requests == []
        assert self.console_errors == []
        assert self._page.evaluate("window.cspViolations") == []


def colours_drawn(locator: Locator) -> int:
    """Pixels of an element that differ clearly from its commonest colour."""
    with Image.open(io.BytesIO(locator.screenshot())) as shot:
        pixels_HWC = np.asarray(shot.convert("RGB")).astype(int)
    flat = pixels_HWC.reshape(-1, 3)
    values, counts = np.unique(flat, axis=0, return_counts=True)
    return int((np.abs(flat - values[counts.argmax()]).sum(1) > 40).sum())


def serious_findings(page: Page) -> list[dict[str, Any]]:
    """What axe calls serious or critical on the page as it stands."""
    violations = Axe().run(page).response["violations"]
    return [violation for violation in violations if violation["impact"] in ("serious", "critical")]

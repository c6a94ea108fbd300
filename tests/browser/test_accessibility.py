"""Every page in what can be seen of it: axe finds nothing serious and nothing scrolls sideways, wide or narrow."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal

import pytest
from playwright.sync_api import Page

from backend.pages.table import TRANSLATED, PageRow
from tests.browser.pages import test_analyses_page as analyses_page
from tests.browser.pages import test_compare_page as compare_page
from tests.browser.pages import test_experts_page as experts_page
from tests.browser.pages import test_lab_page as lab_page
from tests.browser.pages import test_local_quality as local_quality
from tests.browser.pages import test_map_page as map_page
from tests.browser.pages import test_score_extras as score_extras
from tests.browser.pages import test_score_page as score_page
from tests.browser.pages import test_variants_page as variants_page
from tests.browser.scored import address_of, scored_photograph
from tests.browser.watching import serious_findings

pytestmark = pytest.mark.browser


@dataclass(frozen=True)
class Look:
    """How a reader has the page before them."""

    width_px: int
    scheme: Literal["light", "dark"]


LOOKS: Final = (Look(1440, "light"), Look(390, "dark"))

States = Iterator[bool]
"""One for each state that a page is brought into; False where only its width is looked at."""


def score(page: Page, server: str) -> States:
    page.goto("/")
    page.wait_for_selector("#checkpoint option", state="attached")
    yield True
    score_page.upload(page)
    score_extras.find_place(page)
    score_extras.score_under_all(page)
    yield True


def local(page: Page, server: str) -> States:
    local_quality.open_layer(page, f"/analyses/{scored_photograph(server)}")
    page.check("#local-native")
    page.focus("#local-overlay")
    page.keyboard.press("Home")
    yield True
    page.check("input[name=local-layer][value=cluster]")
    page.wait_for_selector(".cluster-legend li")
    yield True


def analyses(page: Page, server: str) -> States:
    analyses_page.score(server, f"axe {'long ' * 30}.png")
    analyses_page.open_list(page, "axe")
    page.check(f"{analyses_page.ENTRIES} >> nth=0 >> input")
    yield True
    page.click("#delete-selected")
    page.wait_for_selector("#confirmation[open]")
    yield True


def compare(page: Page, server: str) -> States:
    compare_page.open_compare(page, "?a=moe&b=self_supervised")
    for view in compare_page.CHARTS:
        page.click(f"#tabs [data-view={view}]")
        page.wait_for_selector(f"#view-{view}", state="visible")
        compare_page.wait_shown(page)
        yield view in {"board", "pictures", "router"}


def experts(page: Page, server: str) -> States:
    experts_page.open_experts(page)
    page.click("text=Measured on")
    yield True


def lab(page: Page, server: str) -> States:
    lab_page.open_lab(page, {"id": scored_photograph(server)}, "&type=white_noise&level=5")
    yield True


def map_(page: Page, server: str) -> States:
    map_page.open_map(page, "?row=12&color=type")
    page.wait_for_selector("#neighbours button >> nth=13")
    yield True


def variants(page: Page, server: str) -> States:
    variants_page.open_variants(page)
    yield True


Screen = Callable[[Page, str], States]


def as_listed(row: PageRow) -> Screen:
    """A page as the table of pages shows it, for one whose states nobody has written down here."""

    def listed(page: Page, server: str) -> States:
        page.goto(address_of(row, server))
        page.wait_for_selector(row.whole, state="attached")
        yield True

    return listed


IN_DEPTH: Final[Mapping[str, Screen]] = {
    "score": score,
    "analyses": analyses,
    "compare": compare,
    "experts": experts,
    "lab": lab,
    "map": map_,
    "variants": variants,
}
SCREENS: Final[Mapping[str, Screen]] = {
    **{row.name: IN_DEPTH.get(row.name, as_listed(row)) for row in TRANSLATED},
    "local": local,
}


def test_every_state_that_is_written_down_is_of_a_page() -> None:
    assert set(IN_DEPTH) <= {row.name for row in TRANSLATED}


def put_on(page: Page, look: Look) -> None:
    """Show the page in a look, once what is drawn fits its width."""
    page.emulate_media(color_scheme=look.scheme)
    page.set_viewport_size({"width": look.width_px, "height": 900})
    page.wait_for_function("width => document.documentElement.scrollWidth <= width", arg=look.width_px)


@pytest.mark.parametrize("name", SCREENS)
def test_axe_finds_nothing_serious_and_nothing_scrolls_sideways(page: Page, server: str, name: str) -> None:
    for is_for_axe in SCREENS[name](page, server):
        for look in LOOKS:
            put_on(page, look)
            if is_for_axe:
                assert serious_findings(page) == [], look
        put_on(page, LOOKS[0])

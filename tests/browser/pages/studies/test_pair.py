"""Two pictures of a study side by side in a real Chromium: seen through one link, and on to the next by keys."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.scored import made_study
from tests.browser.watching import Watch, serious_findings

pytestmark = pytest.mark.browser

NAMES = "#pair .pair-name"


def transform_of(page: Page, side: str) -> list[float]:
    """Shift and scale of a picture, as the page set them."""
    text = page.locator(f"#pair-{side}").evaluate("image => image.style.transform")
    return [float(number) for number in re.findall(r"-?[\d.]+", text)]


def test_two_pictures_are_seen_through_one_link_and_keys_go_on(page: Page, watch: Watch, server: str) -> None:
    page.goto(f"/studies/{made_study(server)}?sort=filename")
    page.wait_for_selector(".picture-table tbody tr >> nth=5")
    page.click(".look >> nth=0")
    expect(page.locator(NAMES)).to_have_text(["blur0.png", "blur1.png"])
    assert page.url.endswith("pair=0-1")
    page.wait_for_function("['a', 'b'].every((side) => document.getElementById(`pair-${side}`).naturalWidth === 160)")
    expect(page.locator("#pair-under tbody tr")).to_have_count(2)
    expect(page.locator("#pair-verdict")).to_contain_text("%")
    check_link(page)
    page.keyboard.press("ArrowRight")
    expect(page.locator(NAMES)).to_have_text(["blur0.png", "blur2.png"])
    page.keyboard.press("b")
    expect(page.locator(NAMES)).to_have_text(["blur2.png", "blur3.png"])
    page.keyboard.press("a")
    expect(page.locator(NAMES)).to_have_text(["blur2.png", "blur4.png"])
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect(page.locator("#pair-said")).to_contain_text("no further picture")
    assert serious_findings(page) == []
    page.reload()
    expect(page.locator(NAMES)).to_have_text(["blur2.png", "blur5.png"])
    page.keyboard.press("Escape")
    expect(page.locator("#pair")).to_be_hidden()
    expect(page).to_have_url(re.compile(r"\?sort=filename$"))  # told in a task of its own, after the dialog has gone
    watch.assert_quiet()


def check_link(page: Page) -> None:
    """Both have one size here, so one transform is the other's, and a drag in one pane moves both."""
    stage = page.locator("#pair-stage").bounding_box()
    assert stage is not None
    fitted = transform_of(page, "a")
    x, y = stage["x"] + 0.7 * stage["width"], stage["y"] + 0.4 * stage["height"]
    page.mouse.move(x, y)
    page.mouse.wheel(0, -600)
    page.wait_for_function("scale => !document.getElementById('pair-a').style.transform.includes(scale)", arg=fitted[2])
    zoomed = transform_of(page, "a")
    assert zoomed[2] > 2 * fitted[2]
    assert zoomed == transform_of(page, "b")
    page.mouse.down()
    page.mouse.move(x + 40, y + 25, steps=4)
    page.mouse.up()
    moved = transform_of(page, "b")
    assert moved[0] - zoomed[0] == pytest.approx(40, abs=12)
    assert moved == transform_of(page, "a")
    page.keyboard.press("0")
    assert transform_of(page, "a") == fitted


def test_chosen_pictures_are_looked_at_among_themselves(page: Page, server: str) -> None:
    page.goto(f"/studies/{made_study(server)}?sort=filename")
    page.wait_for_selector(".picture-table tbody tr >> nth=5")
    for row in (4, 1, 3):
        page.check(f".choose-picture >> nth={row}")
    expect(page.locator("#chosen-line")).to_have_text("3 pictures chosen")
    page.click("#chosen-beside")
    expect(page.locator(NAMES)).to_have_text(["blur4.png", "blur1.png"])
    page.click("#pair-keep-b")
    expect(page.locator(NAMES)).to_have_text(["blur1.png", "blur3.png"])
    page.click("#pair-close")
    page.click("#chosen-none")
    expect(page.locator(".choose-picture:checked")).to_have_count(0)
    expect(page.locator("#chosen")).to_be_hidden()

"""The Map page in a real Chromium: from typed arrays to points, selections, neighbours and files."""

from __future__ import annotations

import csv
import json
from collections import Counter
from pathlib import Path
from typing import Any

import httpx
import numpy as np
import pytest
from playwright.sync_api import Page

from tests.browser.conftest import NewPage
from tests.browser.watching import Watch, colours_drawn
from tests.places import PHOTOGRAPH
from tests.waiting import HANG_S

pytestmark = pytest.mark.browser

HALF = "lasso=-20,-20;3,-20;3,20;-20,20"
ENOUGH_PIXELS = 2000
PAGE = 24


def open_map(page: Page, query: str = "") -> None:
    page.goto(f"/map{query}")
    page.wait_for_selector("#map-page[data-state=map]")
    page.wait_for_selector("#plot .main-svg", state="attached")
    page.wait_for_selector(".histogram .main-svg", state="attached")


def the_map(server: str, checkpoint: str = "moe") -> dict[str, Any]:
    answer = httpx.get(f"{server}/api/v1/checkpoints/{checkpoint}/maps", timeout=HANG_S)
    return dict(answer.json()["maps"][0])


def column(server: str, embedding_map: dict[str, Any], name: str) -> np.ndarray[Any, Any]:
    record = embedding_map["columns"][name]
    return np.frombuffer(httpx.get(server + record["url"], timeout=HANG_S).content, record["dtype"])


def shown_count(page: Page) -> int:
    return int(page.inner_text("#shown-line").removeprefix("All ").split()[0].replace(",", ""))


def grid_rows(page: Page) -> list[int]:
    return [int(row) for row in page.eval_on_selector_all("#grid button", "all => all.map((b) => b.dataset.row)")]


def legend(page: Page) -> dict[str, int]:
    entries = page.locator("#legend li:visible").all()
    return {
        entry.locator("input").input_value(): int(
            entry.locator(".legend-count").inner_text().split()[0].replace(",", "")
        )
        for entry in entries
    }


def saved_csv(page: Page, folder: Path) -> list[dict[str, str]]:
    with page.expect_download() as download:
        page.click("#save-csv")
    path = folder / "selection.csv"
    download.value.save_as(path)
    with path.open(newline="", encoding="utf-8-sig") as lines:
        return list(csv.DictReader(lines))


def drag(page: Page, corners: list[tuple[float, float]]) -> None:
    """Along corners given as shares of the stage."""
    box = page.locator("#stage").bounding_box()
    assert box is not None
    places = [(box["x"] + right * box["width"], box["y"] + down * box["height"]) for right, down in corners]
    page.mouse.move(*places[0])
    page.mouse.down()
    for place in places[1:]:
        page.mouse.move(*place, steps=8)
    page.mouse.up()


def test_the_map_is_drawn_with_webgl_and_says_nothing_wrong(page: Page, watch: Watch) -> None:
    open_map(page)
    assert page.evaluate("document.getElementById('plot')._fullData.every((trace) => trace.type === 'scattergl')")
    assert page.evaluate("document.getElementById('plot')._fullData[0].type") == "scattergl"
    watch.assert_quiet()
    assert colours_drawn(page.locator("#stage")) > ENOUGH_PIXELS


def test_legend_counts_points_and_the_column_agree(page: Page, server: str) -> None:
    open_map(page)
    embedding_map = the_map(server)
    names = embedding_map["categories"]["group"]
    expected = Counter(names[code] for code in column(server, embedding_map, "group"))
    assert legend(page) == expected
    drawn = page.evaluate("document.getElementById('plot').data.slice(1).map((t) => [t.name, t.x.length])")
    assert sorted(count for _, count in drawn if count) == sorted(expected.values())


def test_lasso_csv_and_grid_hold_the_same_pictures(page: Page, watch: Watch, tmp_path: Path) -> None:
    open_map(page)
    page.click("#tool-lasso")
    drag(page, [(0.45, 0.3), (0.9, 0.3), (0.9, 0.8), (0.45, 0.8)])
    page.wait_for_url("**lasso=**")
    page.wait_for_function("!document.getElementById('shown-line').textContent.startsWith('All')")
    rows = saved_csv(page, tmp_path)
    assert len(rows) == shown_count(page)
    assert 100 < len(rows) < 1900
    seen = grid_rows(page)
    while page.is_enabled("#page-next"):
        page.click("#page-next")
        seen += grid_rows(page)
    assert seen == [int(row["row"]) for row in rows]
    assert sum(legend(page).values()) == len(rows)
    assert page.evaluate("document.getElementById('plot').data.slice(1).reduce((n, t) => n + t.x.length, 0)") == len(
        rows
    )
    page.locator(".map-selection summary").click()
    assert page.locator("#selection-table tbody tr").count() == len(grid_rows(page))
    watch.assert_quiet()


def test_a_link_selects_the_same_pictures_again_and_back_undoes(page: Page, tmp_path: Path) -> None:
    open_map(page)
    drag_with_shift(page)
    page.wait_for_url("**lasso=**")
    ids, address = [row["id"] for row in saved_csv(page, tmp_path)], page.url
    page.go_back()
    page.wait_for_function("document.getElementById('shown-line').textContent.startsWith('All')")
    open_map(page, address[address.index("?") :])
    assert [row["id"] for row in saved_csv(page, tmp_path)] == ids


def drag_with_shift(page: Page) -> None:
    page.keyboard.down("Shift")
    drag(page, [(0.3, 0.1), (0.7, 0.1), (0.7, 0.5), (0.3, 0.5)])
    page.keyboard.up("Shift")


def test_the_csv_has_the_columns_values(page: Page, server: str, tmp_path: Path) -> None:
    open_map(page, f"?{HALF}")
    embedding_map = the_map(server)
    score, error = (column(server, embedding_map, name) for name in ("score", "score_error"))
    for row in saved_csv(page, tmp_path):
        assert float(row["score"]) == pytest.approx(float(score[int(row["row"])]), rel=1e-6)
        assert float(row["score_error"]) == pytest.approx(float(error[int(row["row"])]), rel=1e-6, abs=1e-7)
        assert float(row["x"]) <= 3


def test_a_range_and_the_legend_cut_the_selection(page: Page, server: str) -> None:
    open_map(page)
    embedding_map = the_map(server)
    score, group = (column(server, embedding_map, name) for name in ("score", "group"))
    boxes = page.locator("[data-field=score] input")
    boxes.nth(0).fill("20")
    boxes.nth(0).press("Enter")
    page.wait_for_url("**in.score=20,100**")
    boxes.nth(1).fill("40")
    boxes.nth(1).press("Enter")
    page.wait_for_url("**in.score=20,40**")
    inside = (score >= 20) & (score < 40)
    page.wait_for_function(f"document.getElementById('shown-line').textContent.startsWith('{int(inside.sum())} ')")
    page.uncheck("#legend input[value=noise]")
    expected = int((inside & (group != embedding_map["categories"]["group"].index("noise"))).sum())
    page.wait_for_function(f"document.getElementById('shown-line').textContent.startsWith('{expected} ')")
    page.click("#clear-selection")
    page.wait_for_function("document.getElementById('shown-line').textContent.startsWith('All')")


def test_a_range_is_dragged_over_its_histogram(page: Page) -> None:
    open_map(page)
    area = page.locator("[data-field=score] .brush-area")
    area.scroll_into_view_if_needed()
    box = area.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] * 0.3, box["y"] + 30)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.6, box["y"] + 30, steps=4)
    page.mouse.up()
    page.wait_for_url("**in.score=**")
    low, high = json.loads(f"[{page.url.split('in.score=')[1].split('&')[0]}]")
    assert 25 <= low < high <= 65


def test_any_field_colours_the_map_with_one_small_request(page: Page) -> None:
    open_map(page)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for field in ("type", "cluster", "expert", "score_error", "posterior_entropy", "reference"):
        page.select_option("#color-by", field)
        page.wait_for_url(f"**color={field}**")
        page.wait_for_function("document.querySelectorAll('#legend li:not([hidden])').length > 3")
    columns = [url for url in asked if "/columns/" in url]
    assert len(columns) <= 6
    assert not [url for url in asked if "/api/" in url and "/columns/" not in url and "/sheets/" not in url]


def test_the_keyboard_walks_picks_and_clears(page: Page, watch: Watch) -> None:
    open_map(page)
    page.focus("#stage")
    page.keyboard.press("ArrowRight")
    first = page.inner_text("#announcer")
    assert "score" in first
    page.wait_for_selector("#hover-card", state="visible")
    page.keyboard.press("ArrowRight")
    assert page.inner_text("#announcer") != first
    page.keyboard.press("Enter")
    page.wait_for_url("**row=**")
    page.wait_for_selector("#neighbours button >> nth=13")
    assert page.locator("#neighbours section").count() == 2
    page.keyboard.press("Escape")
    page.wait_for_url("**/map?checkpoint=moe")
    assert page.locator("#neighbours button").count() == 0
    watch.assert_quiet()


def test_the_pointer_finds_a_picture_and_its_card_stays_in_the_window(page: Page) -> None:
    open_map(page, "?row=0")
    page.wait_for_selector("#picture-body .thumbnail")
    box = page.locator("#stage").bounding_box()
    assert box is not None
    for right in np.linspace(0.2, 0.95, 40):
        for down in (0.45, 0.55, 0.65):
            page.mouse.move(box["x"] + right * box["width"], box["y"] + down * box["height"])
            if page.is_visible("#hover-card"):
                card = page.locator("#hover-card").bounding_box()
                assert card is not None
                assert card["x"] >= 0
                assert card["x"] + card["width"] <= 1440
                assert card["y"] >= 0
                assert card["y"] + card["height"] <= 900
                assert page.locator("#hover-card .bar").count() == 4
                return
    pytest.fail("no picture was found under the pointer")


def test_the_wheel_zooms_about_the_pointer_and_the_address_has_the_view(page: Page) -> None:
    open_map(page)
    before = page.evaluate("document.getElementById('plot').layout.xaxis.range")
    page.hover("#stage")
    page.mouse.wheel(0, -400)
    page.wait_for_url("**view=**")
    after = page.evaluate("document.getElementById('plot').layout.xaxis.range")
    assert after[1] - after[0] < 0.7 * (before[1] - before[0])
    page.click("#reset-view")
    page.wait_for_url(lambda url: "view=" not in url)
    assert page.evaluate("document.getElementById('plot').layout.xaxis.range") == pytest.approx(before)


def test_two_fingers_zoom_and_a_tap_picks(new_page: NewPage, server: str) -> None:
    page = new_page(base_url=server, viewport={"width": 390, "height": 900}, has_touch=True)
    open_map(page)
    before = page.evaluate("document.getElementById('plot').layout.xaxis.range")
    box = page.locator("#stage").bounding_box()
    assert box is not None
    middle, height = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    hands = page.context.new_cdp_session(page)

    def touch(kind: str, *offsets: float) -> None:
        points = [{"x": middle + offset, "y": height, "id": finger} for finger, offset in enumerate(offsets)]
        hands.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    touch("touchStart", -30, 30)
    for offset in (45, 60, 75, 90):
        touch("touchMove", -offset, offset)
    touch("touchEnd")
    page.wait_for_url("**view=**")
    after = page.evaluate("document.getElementById('plot').layout.xaxis.range")
    assert (before[1] - before[0]) / (after[1] - after[0]) == pytest.approx(3, rel=0.02)
    page.touchscreen.tap(*first_point(page))
    page.wait_for_url("**row=**")


def first_point(page: Page) -> tuple[float, float]:
    """Where a point near the middle of the view is seen, in px of the window."""
    place = page.evaluate("""() => {
      const { x: left, y: top, width, height } = document.getElementById('stage').getBoundingClientRect();
      const plot = document.getElementById('plot');
      const [[x0, x1], [y0, y1]] = [plot.layout.xaxis.range, plot.layout.yaxis.range];
      const shareOf = (t) => (x, row) => [(x - x0) / (x1 - x0), (t.y[row] - y0) / (y1 - y0)];
      const all = plot.data.slice(1).flatMap((t) => Array.from(t.x, shareOf(t)));
      const [across, up] = all.sort((a, b) => Math.hypot(a[0] - .5, a[1] - .5) - Math.hypot(b[0] - .5, b[1] - .5))[0];
      return [left + across * width, top + (1 - up) * height];
    }""")
    return place[0], place[1]


def test_a_failed_place_says_so_and_leaves_the_map(page: Page) -> None:
    open_map(page, f"?analysis={'0' * 32}")
    page.wait_for_selector("#problem", state="visible")
    assert "unknown-analysis" in page.inner_text("#problem")
    assert page.is_hidden("#placed")


def test_quick_changes_end_in_the_last_one(page: Page) -> None:
    open_map(page)
    for name in ("blur", "noise", "color", "spatial"):
        page.locator(f"#legend input[value={name}]").uncheck(force=True)
    page.select_option("#color-by", "score")
    page.wait_for_url("**color=score**")
    page.wait_for_function("document.getElementById('shown-line').textContent.startsWith('All')")
    page.wait_for_timeout(500)
    drawn = page.evaluate("document.getElementById('plot').data.slice(1).reduce((n, t) => n + t.x.length, 0)")
    assert drawn == shown_count(page) == 2016
    assert page.locator("#legend input[value='20..30']").count() == 1


def test_an_upload_is_placed_where_the_service_says(page: Page, server: str, watch: Watch) -> None:
    with PHOTOGRAPH.open("rb") as data:
        analysis = httpx.post(f"{server}/api/v1/analyses", files={"file": ("<b>.jpg", data)}, timeout=HANG_S).json()
    page.goto(analysis["links"]["page"])
    page.click("#show-on-map")
    page.wait_for_selector("#placed .picture-card")
    assert "<b>.jpg" in page.inner_text("#placed")
    assert page.locator("#placed button").count() == the_map(server)["placing"]["num_neighbours"]
    watch.assert_quiet()


def test_the_map_is_saved_as_a_picture(page: Page, watch: Watch, tmp_path: Path) -> None:
    open_map(page)
    page.click("#save-figure")
    page.wait_for_function("() => document.querySelector('dialog.paper[open] img')?.naturalWidth > 0")
    with page.expect_download() as download:
        page.click("dialog.paper button:text-is('PNG')")
    path = tmp_path / download.value.suggested_filename
    download.value.save_as(path)
    assert path.read_bytes().startswith(b"\x89PNG")
    assert path.stat().st_size > 20_000
    watch.assert_quiet()


def test_a_checkpoint_without_experts_is_another_map_of_the_same_pictures(page: Page, watch: Watch) -> None:
    open_map(page, "?row=12")
    page.select_option("#checkpoint", "no_gmm")
    page.wait_for_url("**checkpoint=no_gmm**")
    page.wait_for_selector("#map-page[data-state=map]")
    page.wait_for_selector("#neighbours button >> nth=6")
    assert "row=12" in page.url
    assert page.locator("#neighbours section").count() == 1
    assert page.locator("#color-by option[value=expert]").count() == 0
    watch.assert_quiet()


def test_a_checkpoint_without_a_map_says_so(page: Page) -> None:
    page.route(
        "**/maps",
        lambda route: route.fulfill(
            json={
                "checkpoint": "moe",
                "maps": [],
                "refused": [{"address": "0" * 12, "file": "map.json", "field": "count", "reason": "got 1, expected 2"}],
            }
        ),
    )
    page.goto("/map")
    page.wait_for_selector("#map-page[data-state=empty]")
    assert "expected 2" in page.inner_text("#refused-maps")
    assert page.is_hidden("#stage")


def test_an_unknown_checkpoint_is_a_problem_with_words(page: Page) -> None:
    page.goto("/map?checkpoint=nothing")
    page.wait_for_selector("#problem", state="visible")
    assert "unknown-checkpoint" in page.inner_text("#problem")
    assert page.is_enabled("#checkpoint")

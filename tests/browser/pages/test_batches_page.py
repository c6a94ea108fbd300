"""Batches in a real Chromium: sent, followed through a reload and a lost connection, read, fetched and deleted."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import Any

import httpx
import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import FilePayload, Page, Route

from tests.browser.conftest import NewPage
from tests.browser.watching import Watch, serious_findings
from tests.waiting import HANG_S

pytestmark = pytest.mark.browser

DONE = "#batches-page[data-job-state=done]"
ROWS = ".batch-table tbody tr"
BROKEN: FilePayload = {"name": "<b>broken.png", "mimeType": "image/png", "buffer": b"no picture"}


def png(name: str, *, size_px: int = 64) -> FilePayload:
    buffer = io.BytesIO()
    pixels = np.random.default_rng(len(name)).integers(0, 256, (size_px, size_px, 3), dtype=np.uint8)
    Image.fromarray(pixels).save(buffer, "PNG")
    return {"name": name, "mimeType": "image/png", "buffer": buffer.getvalue()}


def post(server: str, files: list[FilePayload]) -> str:
    """A batch that was sent; the address of its page."""
    parts = [("files", (file["name"], file["buffer"], "image/png")) for file in files]
    answer = httpx.post(f"{server}/api/v1/jobs", data={"checkpoint": "moe"}, files=parts, timeout=HANG_S)
    return str(answer.raise_for_status().json()["links"]["page"])


def names_shown(page: Page) -> list[str]:
    return page.locator(f"{ROWS} .col-name").all_inner_texts()


def test_pictures_go_in_and_scores_refusals_and_files_come_out(page: Page, watch: Watch, server: str) -> None:
    page.goto("/batches")
    page.wait_for_selector("#checkpoint option", state="attached")
    page.set_input_files("#pictures", [png("2.png"), BROKEN])
    page.set_input_files("#pictures", [png("10.png")])
    assert page.inner_text("#basket-title").startswith("3 pictures, ")
    assert serious_findings(page) == []
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "start"
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/batches/[0-9a-f]{32}$"))
    page.wait_for_selector(DONE)
    page.wait_for_selector(f"{ROWS} >> nth=2")
    assert names_shown(page) == ["2.png", "<b>broken.png", "10.png"]
    refused = page.locator(f"{ROWS} >> nth=1")
    assert refused.locator(".refusal-reason").inner_text() == "No picture of a known format"
    assert refused.locator("[lang=en]").inner_text().startswith("got bytes of no known picture format")
    assert [page.inner_text(f"#num-{kind}") for kind in ("scored", "refused")] == ["2", "1"]
    assert "finished: 2 scored, 1 refused" in page.inner_text("#announcer")
    page.click(".sort >> text=Picture")
    assert [name for name in names_shown(page) if name != BROKEN["name"]] == ["2.png", "10.png"]
    page.click("[data-show=scored]")
    page.fill("#name-part", "10")
    assert names_shown(page) == ["10.png"]
    assert page.url.endswith("?show=scored&sort=name&name=10")
    page.wait_for_selector("[data-chart=batch_refusals] .main-svg")
    watch.assert_quiet()
    check_files(page)
    page.click("#delete")
    page.click("#confirm")
    page.wait_for_selector("#batches-page[data-state=intake]")
    watch.assert_quiet()


def check_files(page: Page) -> None:
    """What the three links lead to."""
    found = {}
    for form in ("csv", "jsonl", "parquet"):
        with page.expect_download() as download:
            page.click(f"#{form}")
        assert download.value.suggested_filename.endswith(f"-moe.{form}")
        found[form] = download.value.path().read_bytes()
    rows = list(csv.DictReader(io.StringIO(found["csv"].decode())))
    assert [row["filename"] for row in rows] == ["2.png", "<b>broken.png", "10.png"]
    assert found["jsonl"].count(b"\n") == 3
    assert found["parquet"][:4] == b"PAR1"


def test_a_batch_is_followed_through_a_lost_connection_and_a_reload(page: Page, server: str) -> None:
    names = [f"{number}.png" for number in range(12)]
    address = post(server, [png(name) for name in names])
    lost = {"title": "t", "detail": "d", "code": "not-ready", "request_id": "r"}

    def held_open(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, json={**answer.json(), "state": "running", "finished_at": None})

    page.route("**/events*", lambda route: route.fulfill(status=503, json=lost))
    page.route(f"**/api/v1/jobs/{address.rpartition('/')[2]}", held_open)
    page.goto(address)
    page.wait_for_selector("#lost", state="visible")
    assert page.is_visible("#progress")
    page.unroute_all()
    for _ in range(2):
        page.wait_for_selector(DONE)
        page.wait_for_selector(f"{ROWS} >> nth={len(names) - 1}")
        assert names_shown(page) == names
        assert page.is_hidden("#lost")
        assert page.is_hidden("#progress")
        page.reload()


def test_the_score_page_offers_a_batch_for_several_files_and_an_unknown_batch_is_said(page: Page, watch: Watch) -> None:
    page.goto("/")
    page.wait_for_selector("#checkpoint option", state="attached")
    files = [{"name": file["name"], "bytes": list(file["buffer"])} for file in (png("one.png"), png("three.png"))]
    page.evaluate(DROP, files)
    page.click("#notice button")
    page.wait_for_url("**/batches/*")
    page.wait_for_selector(DONE)
    assert page.inner_text("#batch-title") == "one.png and 1 other"
    watch.assert_quiet()
    assert httpx.delete(page.url.replace("/batches/", "/api/v1/jobs/")).status_code == 204
    page.reload()
    assert page.inner_text(".error-status").startswith("404")


DROP = """(files) => {
  const transfer = new DataTransfer();
  for (const { name, bytes } of files) transfer.items.add(new File([new Uint8Array(bytes)], name));
  document.dispatchEvent(new DragEvent('drop', { dataTransfer: transfer, bubbles: true, cancelable: true }));
}"""


def test_the_list_and_two_thousand_rows_fit_a_phone(new_page: NewPage, server: str) -> None:
    width = 390
    page = new_page(base_url=server, viewport={"width": width, "height": 900})
    address = post(server, [png("long " * 20 + ".png"), BROKEN])
    page.goto("/batches")
    page.wait_for_selector("#batches li")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    job = httpx.get(f"{server}/api/v1/jobs/{address.rsplit('/')[-1]}", timeout=HANG_S).json()
    page.route("**/events*", lambda route: route.fulfill(content_type="text/event-stream", body=stream_of(job, 2000)))
    page.goto(address)
    page.wait_for_selector(DONE)
    page.wait_for_selector("[data-chart=batch_scores] .main-svg")
    assert page.inner_text("#page-line") == "1 to 50 of 2,000"
    assert page.locator(ROWS).count() == 50  # a click or a letter lays out no more, whatever the batch has
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert serious_findings(page) == []


def stream_of(job: dict[str, Any], count: int) -> str:
    """The events of a batch of many pictures, every fifth of which is refused."""
    score = {"value": 50, "std": 8, "low": 40, "high": 60, "range": [0, 100], "higher_is_better": True, "word": "fair"}
    done = {**job, "state": "done", "total": count, "finished": count, "scored": count - count // 5}
    events = []
    for sequence in range(1, count + 1):
        is_refused = sequence % 5 == 0
        item = {
            "sequence": sequence,
            "position": sequence - 1,
            "filename": f"folder/{'long ' * 12}{sequence}.png",
            "state": "refused" if is_refused else "scored",
            "score": None if is_refused else {**score, "value": sequence * 37 % 100},
            "error": {"code": "too-small", "detail": "got 9 x 9 pixels, expected more"} if is_refused else None,
            "top_cluster": None if is_refused else {"name": "noise", "posterior": 0.5},
            "top_expert": None if is_refused else {"name": "noise", "weight": 0.5},
            "distortion": None if is_refused else {"type": "jpeg", "group": "compression", "probability": 0.5},
        }
        events.append(f"event: item\nid: {sequence}\ndata: {json.dumps(item)}\n\n")
    return "".join([*events, f"event: end\ndata: {json.dumps(done)}\n\n"])

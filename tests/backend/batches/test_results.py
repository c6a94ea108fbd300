"""Results say the same in every format, whole, in the order of the batch, and start no program."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import anyio
import httpx
import pytest
from pyarrow import parquet

from backend.batches import results as job_results
from backend.errors import UnknownBatch
from tests.backend.fakes import Studio, png, pngs

pytestmark = pytest.mark.anyio
FILES = {**pngs(3), "=1+1.png": png(seed=7), "note.txt": b"hello", "@照片.png": png(seed=8)}


async def fetched(studio: Studio, job: dict[str, Any], form: str, **options: str) -> httpx.Response:
    answer = await studio.client.get(job["links"]["results"], params={"format": form, **options})
    assert answer.status_code == 200
    return answer


def csv_rows(answer: httpx.Response) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"), newline="")))


def json_rows(answer: httpx.Response) -> list[dict[str, Any]]:
    return [json.loads(line) for line in answer.text.splitlines()]


def parquet_rows(answer: httpx.Response) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = parquet.read_table(io.BytesIO(answer.content)).to_pylist()
    return rows


@pytest.mark.parametrize("checkpoint", ["moe", "no_gmm"])
async def test_all_formats_say_the_same_however_they_are_cut(
    studio: Studio, monkeypatch: pytest.MonkeyPatch, checkpoint: str
) -> None:
    monkeypatch.setattr("backend.batches.routes.ITEMS_AT_ONCE", 2)
    job = await studio.job_after(await studio.send_batch(FILES, checkpoint=checkpoint))
    flat = csv_rows(await fetched(studio, job, "csv"))
    whole = json_rows(await fetched(studio, job, "jsonl"))
    columns = parquet_rows(await fetched(studio, job, "parquet"))
    assert [row["filename"] for row in whole] == list(FILES)
    assert [row["position"] for row in whole] == list(range(len(FILES)))
    assert len(flat) == len(whole) == len(columns)
    for plain, item, row in zip(flat, whole, columns, strict=True):
        assert plain == {name: "" if row[name] is None else str(row[name]) for name in job_results._COLUMNS}
        for name in ("position", "sequence", "filename", "state", "checkpoint", "width", "weights_sha256"):
            assert row[name] == item[name]
        for name in ("posteriors", "gating_weights", "routing_weights", "experts"):
            assert row[name] == item[name]
        assert row["score"] == (item["score"] and item["score"]["value"])
        assert row["error_code"] == (item["error"] and item["error"]["code"])
        assert row["top_cluster"] == (item["top_cluster"] and item["top_cluster"]["name"])
        assert row["distortion_type"] == (item["distortion"] and item["distortion"]["type"])
    has_clusters = checkpoint == "moe"
    assert (whole[0]["posteriors"] is not None) == (whole[0]["top_expert"] is not None) == has_clusters


async def test_text_that_a_spreadsheet_would_run_is_protected_when_asked(studio: Studio) -> None:
    job = await studio.job_after(await studio.send_batch(FILES))
    names = [row["filename"] for row in csv_rows(await fetched(studio, job, "csv", protect="true"))]
    assert names == ["0.png", "1.png", "2.png", "'=1+1.png", "note.txt", "'@照片.png"]


async def test_csv_begins_with_a_byte_order_mark_unless_asked_not_to(studio: Studio) -> None:
    job = await studio.job_after(await studio.send_batch(FILES))
    marked, plain = await fetched(studio, job, "csv"), await fetched(studio, job, "csv", bom="false")
    assert marked.content == b"\xef\xbb\xbf" + plain.content
    assert plain.content.startswith(b"position,")


async def test_results_are_there_while_the_job_runs_and_after_it_was_cancelled(studio: Studio) -> None:
    studio.children.decode_gate = anyio.Event()
    sent = await studio.send_batch(pngs(2))
    job = await studio.job_after(sent, states=("running",))
    for form in ("csv", "jsonl", "parquet"):
        answer = await fetched(studio, job, form)
        assert answer.headers["x-job-state"] == "running"
        assert answer.headers["content-disposition"] == f'attachment; filename="batch-{job["id"][:8]}-moe.{form}"'
    assert parquet_rows(answer) == []
    assert csv_rows(await fetched(studio, job, "csv")) == []
    await studio.client.post(f"{sent.headers['location']}/cancel")
    assert (await fetched(studio, job, "csv")).headers["x-job-state"] == "cancelled"


async def test_another_format_is_refused(studio: Studio) -> None:
    job = await studio.job_after(await studio.send_batch(pngs(1)))
    answer = await studio.client.get(job["links"]["results"], params={"format": "xlsx"})
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid-request")


async def test_a_file_of_a_job_that_is_deleted_meanwhile_does_not_end_as_if_it_were_whole(studio: Studio) -> None:
    job = await studio.job_after(await studio.send_batch(pngs(3)))
    known = await studio.services.batches.get(job["id"])
    parts = studio.services.batches.whole(known, at_once=2)
    assert len(await anext(parts)) == 2
    await studio.client.delete(job["links"]["self"])
    with pytest.raises(UnknownBatch):
        await anext(parts)

"""Batches over HTTP: what is sent, what is answered, and what a page reads from it."""

from __future__ import annotations

from typing import Any

import anyio
import pytest

from backend.settings import Settings
from tests.backend.fakes import Studio, png, pngs, running_studio, zip_of

pytestmark = pytest.mark.anyio
ADDRESS = "/api/v1/jobs"
NOBODY = f"{ADDRESS}/{'0' * 32}"


def of_files(*files: tuple[str, tuple[str, bytes]]) -> dict[str, Any]:
    return {"files": list(files)}


async def test_a_batch_is_taken_with_its_addresses(studio: Studio) -> None:
    sent = await studio.send_batch(pngs(2), checkpoint="no_gmm")
    job = sent.json()
    assert (sent.status_code, sent.headers["location"]) == (202, f"{ADDRESS}/{job['id']}")
    assert (job["state"], job["total"], job["finished"], job["filename"]) == ("queued", 2, 0, "0.png")
    assert job["links"] == {
        "self": f"{ADDRESS}/{job['id']}",
        "page": f"/batches/{job['id']}",
        "events": f"{ADDRESS}/{job['id']}/events",
        "items": f"{ADDRESS}/{job['id']}/items",
        "results": f"{ADDRESS}/{job['id']}/results",
    }
    done = await studio.job_after(sent)
    assert done["created_at"] <= done["started_at"] <= done["finished_at"]
    assert (done["checkpoint"], done["scored"]) == ("no_gmm", 2)


ZIP = ("archive", ("a.zip", zip_of({"a.png": png()})))
FILE = ("files", ("a.png", png()))


@pytest.mark.parametrize(
    ("request_", "status", "code"),
    [
        (of_files(("file", ("a.png", png()))), 422, "invalid-request"),
        ({"data": {"checkpoint": "moe"}, **of_files(("note", ("", b"")))}, 422, "empty-batch"),
        (of_files(("archive", ("a.zip", zip_of({})))), 422, "empty-batch"),
        (of_files(("archive", ("a.zip", ZIP[1][1][:-10]))), 422, "broken-archive"),
        (of_files(("archive", ("a.png", png()))), 415, "unsupported-archive"),
        (of_files(ZIP, FILE), 422, "invalid-request"),
        (of_files(ZIP, ZIP), 422, "invalid-request"),
        ({"json": {"files": []}}, 422, "invalid-request"),
        ({"content": b"x", "headers": {"content-type": "multipart/form-data"}}, 400, "malformed-request"),
        ({"data": {"checkpoint": "nope"}, **of_files(FILE)}, 404, "unknown-checkpoint"),
        (of_files(*[FILE] * 4), 413, "batch-too-large"),
        (of_files(("archive", ("a.zip", zip_of(pngs(4))))), 413, "batch-too-large"),
        (of_files(*[("files", ("a.png", bytes(180_000)))] * 3), 413, "batch-too-large"),
    ],
)
async def test_what_cannot_be_taken_is_said_in_one_shape(
    settings: Settings, request_: dict[str, Any], status: int, code: str
) -> None:
    limits = {"max_batch_files": 3, "max_upload_bytes": 200_000, "max_batch_bytes": 500_000}
    async with running_studio(settings.model_copy(update=limits)) as studio:
        answer = await studio.client.post(ADDRESS, **request_)
        assert (answer.status_code, answer.json()["code"]) == (status, code)
        assert answer.headers["content-type"] == "application/problem+json"
        assert (await studio.client.get(ADDRESS)).json()["total"] == 0
    assert list((settings.data_dir / "jobs").iterdir()) == []


@pytest.mark.parametrize("is_archive", [True, False])
async def test_one_file_that_is_too_large_is_refused_alone(settings: Settings, is_archive: bool) -> None:
    files = {"a.png": png(), "b.mov": bytes(200_001), "c.png": png()}
    async with running_studio(settings.model_copy(update={"max_upload_bytes": 200_000})) as studio:
        sent = ("archive", ("a.zip", zip_of(files))) if is_archive else None
        parts = of_files(sent) if sent else of_files(*[("files", file) for file in files.items()])
        job = await studio.job_after(await studio.client.post(ADDRESS, **parts))
        items = (await studio.client.get(job["links"]["items"], params={"sort": "position"})).json()["items"]
    assert [item["filename"] for item in items] == list(files)
    assert [item["state"] for item in items] == ["scored", "refused", "scored"]
    assert items[1]["error"] == {"code": "too-many-bytes", "detail": "got 200,001 bytes, expected at most 200,000"}


async def test_what_is_skipped_of_an_archive_is_counted_with_its_reason(studio: Studio) -> None:
    files = {"__MACOSX/._a.png": b"", "a.png": png(), ".b.png": png()}
    sent = await studio.client.post(ADDRESS, **of_files(("archive", ("a.zip", zip_of(files)))))
    job = await studio.job_after(sent)
    for answer in (sent.json(), job):
        assert (answer["total"], answer["skipped"]) == (1, 2)
        assert answer["skipped_files"] == [
            {"filename": "__MACOSX/._a.png", "reason": "system-file"},
            {"filename": ".b.png", "reason": "hidden-file"},
        ]
    await studio.client.delete(job["links"]["self"])
    assert (await studio.client.get(job["links"]["self"])).status_code == 404


async def test_a_body_that_announces_nothing_is_stopped_at_the_limit(settings: Settings) -> None:
    async with running_studio(settings.model_copy(update={"max_batch_bytes": 300_000})) as studio:
        read = 0

        async def endless() -> Any:
            nonlocal read
            yield b'--x\r\nContent-Disposition: form-data; name="files"; filename="a.png"\r\n\r\n'
            while read < 10_000_000:
                read += 50_000
                yield bytes(50_000)

        headers = {"Content-Type": "multipart/form-data; boundary=x"}
        answer = await studio.client.post(ADDRESS, content=endless(), headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (413, "batch-too-large")
    assert read < 500_000


async def test_a_batch_may_be_larger_than_what_uploads_may_hold_in_memory(settings: Settings) -> None:
    small = {"max_bodies_bytes": 10_000, "max_upload_bytes": 10_000}
    async with running_studio(settings.model_copy(update=small)) as studio:
        assert (await studio.job_after(await studio.send_batch(pngs(20))))["scored"] == 20


async def test_the_list_has_every_job_once_the_newest_first(studio: Studio) -> None:
    sent = [(await studio.job_after(await studio.send_batch(pngs(1))))["id"] for _ in range(5)]
    seen: list[str] = []
    cursor: dict[str, Any] = {}
    while True:
        part = (await studio.client.get(ADDRESS, params={"limit": 2, **cursor})).json()
        seen += [job["id"] for job in part["items"]]
        assert part["total"] == 5
        if part["next_cursor"] is None:
            break
        cursor = {"cursor": part["next_cursor"]}
    assert seen == sent[::-1]
    assert (await studio.client.get(ADDRESS, params={"cursor": "x"})).json()["code"] == "invalid-cursor"


@pytest.mark.parametrize("sort", ["sequence", "position"])
@pytest.mark.parametrize(("state", "names"), [("all", 5), ("scored", 3), ("refused", 2)])
async def test_items_come_in_parts_each_once(studio: Studio, sort: str, state: str, names: int) -> None:
    files = {"a.txt": b"no", **pngs(3), "b.txt": b"no"}
    job = await studio.job_after(await studio.send_batch(files))
    seen: list[dict[str, Any]] = []
    after = 0
    while True:
        query = {"limit": 2, "after": after, "state": state, "sort": sort}
        part = (await studio.client.get(job["links"]["items"], params=query)).json()
        seen += part["items"]
        if part["next_after"] is None:
            break
        after = part["next_after"]
    assert len({item["position"] for item in seen}) == len(seen) == names
    assert [item[sort] for item in seen] == sorted(item[sort] for item in seen)
    assert {item["state"] for item in seen} <= ({state} if state != "all" else {"scored", "refused"})


async def test_an_item_says_what_a_table_shows(studio: Studio) -> None:
    job = await studio.job_after(await studio.send_batch({"a.png": png(), "b.txt": b"no"}))
    query = {"sort": "position"}
    scored, refused = (await studio.client.get(job["links"]["items"], params=query)).json()["items"]
    assert (scored["width"], scored["height"], scored["format"], scored["error"]) == (64, 48, "PNG", None)
    assert scored["score"]["range"] == [0, 100]
    assert scored["top_cluster"]["posterior"] == scored["top_expert"]["weight"] == 0.125
    assert scored["familiarity"] == 31.2
    assert scored["distortion"].keys() == {"type", "group", "probability"}
    assert "posteriors" not in scored
    assert refused["error"].keys() == {"code", "detail"}
    assert [name for name, value in refused.items() if value is not None] == [
        "sequence",
        "position",
        "filename",
        "state",
        "error",
    ]


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", NOBODY),
        ("DELETE", NOBODY),
        ("POST", f"{NOBODY}/cancel"),
        ("GET", f"{NOBODY}/items"),
        ("GET", f"{NOBODY}/events"),
        ("GET", f"{NOBODY}/results"),
        ("GET", f"/batches/{'0' * 32}"),
    ],
)
async def test_an_unknown_job_is_not_found(studio: Studio, method: str, path: str) -> None:
    answer = await studio.client.request(method, path)
    assert (answer.status_code, answer.json()["code"]) == (404, "unknown-job")


@pytest.mark.parametrize("query", ["limit=0", "limit=501", "after=-1", "state=waiting", "sort=score"])
async def test_a_question_out_of_range_is_refused(studio: Studio, query: str) -> None:
    job = await studio.job_after(await studio.send_batch(pngs(1)))
    assert (await studio.client.get(f"{job['links']['items']}?{query}")).json()["code"] == "invalid-request"


async def test_another_site_s_page_starts_and_ends_no_batch(studio: Studio) -> None:
    studio.children.decode_gate = anyio.Event()
    sent = await studio.send_batch(pngs(1))
    foreign = {"Origin": "http://evil.example"}
    for method, path in (("POST", ADDRESS), ("POST", f"{sent.json()['links']['self']}/cancel")):
        assert (await studio.client.request(method, path, headers=foreign)).status_code == 403


async def test_batches_have_pages(studio: Studio, settings: Settings) -> None:
    template = settings.frontend_dir / "templates" / "batches.html"
    template.write_text("<div data-job-id='{{ page.job_id }}'></div>")
    job = await studio.job_after(await studio.send_batch(pngs(1)))
    assert "data-job-id='None'" in (await studio.client.get("/batches")).text
    assert f"data-job-id='{job['id']}'" in (await studio.client.get(job["links"]["page"])).text

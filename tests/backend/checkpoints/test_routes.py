"""Cards of checkpoints: what they say, which files they give out, and what happens when files change."""

from __future__ import annotations

import json
import shutil
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from backend.app import create_app
from backend.checkpoints.cards import MAX_CARD_BYTES
from backend.services import build_services
from backend.settings import Settings
from models.checkpoints.manifest import CARD_FILE, CHECKPOINTS_FOLDER, WEIGHTS_FILE
from models.checkpoints.reading import read_manifest
from models.checkpoints.weights import read_weights
from models.parts import PARTS
from models.trunk.record import SHARED_FOLDER
from tests.backend.fakes import BASE_URL, FakeChildren, FakePredictor

pytestmark = pytest.mark.anyio

API = "/api/v1"


def load(folder: Path) -> Any:
    """A shipped checkpoint as far as its hash goes, with a predictor that gives the golden score to any picture."""
    manifest = read_manifest(folder)
    read_weights(folder, manifest)
    predictor = FakePredictor(folder.name)
    predictor.manifest, predictor.value = manifest, manifest.golden_score
    return predictor


@pytest.fixture
def checkpoints(tmp_path: Path) -> Path:
    root = tmp_path / "shipped"
    for name in ("moe", "no_gmm"):
        shutil.copytree(CHECKPOINTS_FOLDER / name, root / name, ignore=shutil.ignore_patterns("embedding_map"))
    (root / SHARED_FOLDER).symlink_to(CHECKPOINTS_FOLDER / SHARED_FOLDER)
    return root


@pytest.fixture
async def client(checkpoints: Path, frontend_dir: Path, tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    settings = Settings(checkpoints_dir=checkpoints, data_dir=tmp_path / "data", frontend_dir=frontend_dir)
    app = create_app(settings, services=build_services(settings, load=load, decoder=FakeChildren()))
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=transport, base_url=BASE_URL) as client,
    ):
        yield client


async def get(client: httpx.AsyncClient, path: str) -> dict[str, Any]:
    answer = await client.get(f"{API}{path}")
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def flip_last_bit(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[-1] ^= 1
    path.write_bytes(data)


async def test_cards_say_what_each_checkpoint_is_and_how_well_it_did(client: httpx.AsyncClient) -> None:
    listed = await get(client, "/cards")
    moe, baseline = listed["cards"]
    assert (listed["default"], listed["refused"]) == ("moe", [])
    assert (moe["id"], moe["parts"]) == ("moe", ["types", "mixture", "gate", "experts"])
    assert (baseline["id"], baseline["parts"]) == ("no_gmm", [])
    shipped = json.loads((CHECKPOINTS_FOLDER / "moe" / "metrics.json").read_text())["fine_tuned"]
    assert (moe["num_splits"], moe["features"]) == (shipped["num_splits"], "fine_tuned")
    first = moe["figures"][0]
    assert first["srcc"]["median"] == shipped["summary"]["photographs"]["srcc"]["median"]
    assert (first["name"], first["fold"]) == ("photographs", "test_fold")
    assert first["srcc"]["low"] <= first["srcc"]["median"] <= first["srcc"]["high"]
    assert [dataset["name"] for dataset in moe["datasets"]] == moe["training_data"]


async def test_a_checkpoint_without_metrics_has_a_card_without_figures(
    client: httpx.AsyncClient, checkpoints: Path
) -> None:
    (checkpoints / "moe" / "metrics.json").unlink()
    moe = (await get(client, "/cards"))["cards"][0]
    assert (moe["num_splits"], moe["features"], moe["figures"]) == (None, None, [])


async def test_a_checkpoint_that_was_never_fine_tuned_has_the_figures_on_frozen_features(
    client: httpx.AsyncClient, checkpoints: Path
) -> None:
    path = checkpoints / "moe" / "metrics.json"
    frozen = json.loads(path.read_text()) | {"fine_tuned": None}
    path.write_text(json.dumps(frozen))
    moe = (await get(client, "/cards"))["cards"][0]
    assert (moe["num_splits"], moe["features"]) == (frozen["num_splits"], "frozen")
    assert moe["figures"][0]["srcc"]["median"] == frozen["summary"]["photographs"]["srcc"]["median"]


async def test_the_card_is_markdown_and_html_and_confirmed_afterwards(client: httpx.AsyncClient) -> None:
    answer = await client.get(f"{API}/checkpoints/moe/card")
    card = answer.json()
    assert card["markdown"] == (CHECKPOINTS_FOLDER / "moe" / CARD_FILE).read_text()
    assert card["html"].startswith("<h3>Mixture of expert regressors</h3>")
    again = await client.get(f"{API}/checkpoints/moe/card", headers={"If-None-Match": answer.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


async def test_a_card_that_is_missing_or_huge_is_not_shown(client: httpx.AsyncClient, checkpoints: Path) -> None:
    card = checkpoints / "moe" / CARD_FILE
    card.write_text("x" * (MAX_CARD_BYTES + 1))
    huge = await client.get(f"{API}/checkpoints/moe/card")
    card.unlink()
    missing = await client.get(f"{API}/checkpoints/moe/card")
    assert [(answer.status_code, answer.json()["code"]) for answer in (huge, missing)] == [(404, "unknown-file")] * 2


@pytest.mark.parametrize("name", ["MODEL_CARD.md", "metrics.json", "config.json"])
async def test_a_file_is_given_out_whole_under_its_checkpoints_name(client: httpx.AsyncClient, name: str) -> None:
    answer = await client.get(f"{API}/checkpoints/moe/files/{name}")
    assert answer.content == (CHECKPOINTS_FOLDER / "moe" / name).read_bytes()
    assert f'filename="moe-{name}"' in answer.headers["content-disposition"]


@pytest.mark.parametrize("path", ["moe/files/weights.safetensors", "moe/files/..%2Fno_gmm%2Fconfig.json"])
async def test_no_other_file_is_given_out(client: httpx.AsyncClient, path: str) -> None:
    assert (await client.get(f"{API}/checkpoints/{path}")).status_code in (404, 422)


@pytest.mark.parametrize("checkpoint", ["none", "..", "shared", "%2e%2e%2fshipped%2fmoe"])
@pytest.mark.parametrize("part", ["card", "integrity", "files/config.json"])
async def test_what_is_not_a_checkpoint_is_not_found(client: httpx.AsyncClient, checkpoint: str, part: str) -> None:
    assert (await client.get(f"{API}/checkpoints/{checkpoint}/{part}")).status_code == 404


async def test_integrity_compares_what_was_recorded_with_what_lies_there(client: httpx.AsyncClient) -> None:
    integrity = await get(client, "/checkpoints/moe/integrity")
    files = {file["path"]: file for file in integrity["files"]}
    weights = files[f"moe/{WEIGHTS_FILE}"]
    assert (integrity["state"], integrity["refusal"], weights["state"]) == ("served", None, "as_recorded")
    assert weights["found_sha256"] == weights["recorded_sha256"]
    assert files["moe/metrics.json"]["state"] == "unrecorded"


async def test_changed_weights_are_seen_while_what_was_loaded_keeps_serving(
    client: httpx.AsyncClient, checkpoints: Path
) -> None:
    flip_last_bit(checkpoints / "moe" / WEIGHTS_FILE)
    integrity = await get(client, "/checkpoints/moe/integrity")
    states = {file["path"]: file["state"] for file in integrity["files"]}
    assert (integrity["state"], states[f"moe/{WEIGHTS_FILE}"]) == ("served_as_before", "changed")
    assert integrity["refusal"]["field"] == "sha256"


async def test_a_refused_folder_is_listed_and_can_be_looked_into(client: httpx.AsyncClient, checkpoints: Path) -> None:
    shutil.copytree(checkpoints / "no_gmm", checkpoints / "broken")
    flip_last_bit(checkpoints / "broken" / WEIGHTS_FILE)
    (refused,) = (await get(client, "/cards"))["refused"]
    assert (refused["id"], refused["file"], refused["field"]) == ("broken", WEIGHTS_FILE, "sha256")
    assert (await get(client, "/checkpoints/broken/integrity"))["state"] == "refused"
    assert (await get(client, "/checkpoints/broken/card"))["html"]


async def test_verification_loads_anew_and_scores_the_golden_picture(
    client: httpx.AsyncClient, checkpoints: Path
) -> None:
    golden_score = json.loads((checkpoints / "moe" / "config.json").read_text())["golden_score"]
    sound = (await client.post(f"{API}/checkpoints/moe/verification")).json()
    assert sound["golden_score"] == sound["expected_score"] == pytest.approx(golden_score, abs=1e-4)
    assert sound["refusal"] is None
    flip_last_bit(checkpoints / "moe" / WEIGHTS_FILE)
    refused = (await client.post(f"{API}/checkpoints/moe/verification")).json()
    assert (refused["golden_score"], refused["refusal"]["field"]) == (None, "sha256")
    assert (await client.post(f"{API}/checkpoints/none/verification")).status_code == 404


def test_the_page_has_words_for_every_part() -> None:
    words = (Settings.model_fields["frontend_dir"].default / "static/js/pages/variants/words.js").read_text()
    assert [part for part in PARTS if f"  {part}: {{ name: t(" not in words] == []

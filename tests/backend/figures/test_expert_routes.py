"""The experts API: what a variant has and lacks, on which pictures it was measured, and that it is computed once."""

from __future__ import annotations

import json
import shutil
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from backend.settings import Settings
from models.figures.expert_usage import ExpertUsage, expert_usage
from tests.backend.fakes import Studio, running_studio
from tests.backend.generated_maps import GeneratedMap, generate_map

pytestmark = pytest.mark.anyio

EXPERTS = "/api/v1/checkpoints/moe/experts"
SHIPPED = Path(__file__).resolve().parents[3] / "checkpoints"


@pytest.fixture
async def studio(settings: Settings, moe_map: GeneratedMap) -> AsyncIterator[Studio]:
    async with running_studio(settings) as running:
        yield running


def write_metrics(settings: Settings, text: str | None = None) -> None:
    whole = (SHIPPED / "moe" / "metrics.json").read_text()
    (settings.checkpoints_dir / "moe" / "metrics.json").write_text(whole if text is None else text)


async def figures(studio: Studio, checkpoint: str = "moe") -> dict[str, Any]:
    answer = await studio.client.get(f"/api/v1/checkpoints/{checkpoint}/experts")
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def test_the_answer_says_on_what_it_was_measured(studio: Studio, moe_map: GeneratedMap) -> None:
    body = await figures(studio)
    measured = body["map"]
    assert (measured["address"], measured["image_set"]) == (moe_map.folder.name, "generated")
    assert (measured["num_pictures"], measured["num_contents"], measured["num_rated"]) == (60, 2, 60)
    assert (measured["label_kind"], measured["label_scale"]) == ("pseudo_mos", "moments")
    assert measured["is_training_data"] is False
    assert body["maps"] == [{"address": moe_map.folder.name, "name": "generated", "count": 60}]


async def test_clusters_without_experts_are_described_and_experts_are_null(studio: Studio) -> None:
    body = await figures(studio)
    usage = body["usage"]
    assert (usage["experts"], usage["skill"], usage["experts_by_cluster"]) == (None, None, None)
    assert sum(usage["clusters"]["mean_weights"]) == pytest.approx(1, abs=1e-5)
    assert set(usage["agreement"]) == {"group", "type", "content"}
    example = body["examples"][0][0]
    assert example["reference"] in ("given", "withheld")
    assert (example["type"] == "clean") == (example["level"] == 0)


async def test_without_metrics_only_the_map_speaks(studio: Studio) -> None:
    body = await figures(studio)
    assert (body["folds"], body["folds_fault"]) == (None, None)


async def test_figures_of_the_folds_appear_with_metrics_and_change_with_them(
    studio: Studio, settings: Settings
) -> None:
    before = await studio.client.get(EXPERTS)
    write_metrics(settings)
    after = await studio.client.get(EXPERTS, headers={"If-None-Match": before.headers["etag"]})
    assert after.status_code == 200
    folds, stored = after.json()["folds"], json.loads((SHIPPED / "moe" / "metrics.json").read_text())
    shipped = stored["fine_tuned"]
    clusters = shipped["summary"]["clusters"]
    assert (folds["num_splits"], folds["features"]) == (shipped["num_splits"], "fine_tuned")
    assert [str(entry["num_clusters"]) for entry in folds["bic"]] == list(clusters["bic"])
    ami = clusters["group"]["ami"]
    assert folds["agreement"]["group"]["ami"] == {"median": ami["median"], "low": ami["min"], "high": ami["max"]}
    assert set(folds["interventions"]["photographs"]) == {"own", "shuffled", "uniform", "wrong", "oracle"}


async def test_damaged_metrics_are_said_and_the_map_still_speaks(studio: Studio, settings: Settings) -> None:
    write_metrics(settings, "{")
    body = await figures(studio)
    assert "expected JSON" in body["folds_fault"]
    assert body["usage"] is not None


async def test_figures_are_computed_once_and_not_sent_twice(studio: Studio, monkeypatch: pytest.MonkeyPatch) -> None:
    calls = []

    def counted(embedding_map: Any) -> ExpertUsage:
        calls.append(embedding_map)
        return expert_usage(embedding_map)

    monkeypatch.setattr("backend.figures.expert_figures.expert_usage", counted)
    first = await studio.client.get(EXPERTS)
    again = await studio.client.get(EXPERTS, headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert (await studio.client.head(EXPERTS)).headers["content-length"] == str(len(first.content))
    assert first.headers["cache-control"] == "private, no-cache"
    assert len(calls) == 1


async def test_a_variant_without_a_mixture_has_a_map_and_nothing_to_say_of_clusters(settings: Settings) -> None:
    generate_map(settings.checkpoints_dir / "no_gmm", source="features")
    async with running_studio(settings) as studio:
        body = await figures(studio, "no_gmm")
    assert (body["num_clusters"], body["num_experts"]) == (None, None)
    assert body["map"]["num_pictures"] == 60
    assert (body["usage"]["experts"], body["usage"]["clusters"], body["examples"]) == (None, None, None)


async def test_a_checkpoint_without_a_map_says_so_and_a_damaged_one_says_why(
    studio: Studio, settings: Settings, moe_map: GeneratedMap
) -> None:
    (moe_map.folder / "x.bin").write_bytes(b"")
    body = await figures(studio)
    assert (body["map"], body["usage"], body["examples"], body["maps"]) == (None, None, None, [])
    assert body["refused"][0]["address"] == moe_map.folder.name
    shutil.rmtree(moe_map.folder)
    assert (await figures(studio))["refused"] == []


@pytest.mark.parametrize(
    ("path", "code"),
    [("/api/v1/checkpoints/none/experts", "unknown-checkpoint"), (f"{EXPERTS}?map=none", "unknown-map")],
)
async def test_what_does_not_exist_is_not_found(studio: Studio, path: str, code: str) -> None:
    answer = await studio.client.get(path)
    assert (answer.status_code, answer.json()["code"]) == (404, code)


async def test_the_contract_documents_the_answer(studio: Studio) -> None:
    document = (await studio.client.get("/api/v1/openapi.json")).json()
    responses = document["paths"]["/api/v1/checkpoints/{checkpoint_id}/experts"]["get"]["responses"]
    assert {"200", "304", "404", "503"} <= set(responses)
    assert "ExpertsResponse" in json.dumps(responses["200"])

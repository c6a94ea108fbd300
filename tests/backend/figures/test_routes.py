"""The figures API: files as they were written, what differences allow to be said, and what is wrong with damage."""

from __future__ import annotations

import itertools
import json
import os
import shutil
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from backend.settings import Settings
from models.checkpoints.manifest import CHECKPOINTS_FOLDER
from models.figures.statistics import compare_paired
from models.figures.verdicts import LEVEL, corrected_p, smallest_p_holm, suited_test
from tests.backend.fakes import Studio, running_studio

pytestmark = pytest.mark.anyio

NUM_MEASURED = len(json.loads((CHECKPOINTS_FOLDER / "leaderboard.json").read_text())["checkpoints"])
FILES = ("metrics.json", "training_curve.csv", "predictions.csv")
RESOURCES = ("metrics", "training-curve", "predictions")
API = "/api/v1"
PAIRS = {"frozen": "pairwise", "fine_tuned": "pairwise_fine_tuned"}


@pytest.fixture
async def studio(settings: Settings) -> AsyncIterator[Studio]:
    shutil.copy(CHECKPOINTS_FOLDER / "leaderboard.json", settings.checkpoints_dir)
    for checkpoint in ("moe", "no_gmm"):
        for name in FILES:
            shutil.copy(CHECKPOINTS_FOLDER / checkpoint / name, settings.checkpoints_dir / checkpoint)
    async with running_studio(settings) as running:
        yield running


def change(path: Path, value: Any, *keys: str | int) -> None:
    """Put a value at a place in a JSON file; its time changes, too."""
    whole = json.loads(path.read_text())
    place = whole
    for key in keys[:-1]:
        place = place[key]
    place[keys[-1]] = value
    path.write_text(json.dumps(whole))
    os.utime(path, ns=(1, 1))


async def problem(studio: Studio, address: str) -> tuple[str, str]:
    answer = await studio.client.get(f"{API}/{address}")
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"
    body = answer.json()
    return body["code"], body["detail"]


async def test_the_leaderboard_has_the_files_figures(studio: Studio) -> None:
    body = (await studio.client.get(f"{API}/leaderboard")).json()
    board = json.loads((CHECKPOINTS_FOLDER / "leaderboard.json").read_text())
    assert [row["id"] for row in body["checkpoints"]] == [row["id"] for row in board["checkpoints"]]
    for row, stored in zip(body["checkpoints"], board["checkpoints"], strict=True):
        for part, figures in stored["figures"].items():
            srcc, served = figures["srcc"], row["frozen"]["figures"][part]
            assert served["srcc"] == {"median": srcc["median"], "low": srcc["min"], "high": srcc["max"]}
            assert served["srcc_interval"] == figures["srcc_interval"]
        assert row["ranks"] == stored["ranks"]
        assert (row["frozen"]["matched_baseline"] is None) == (stored["matched_baseline"] is None)
    assert body["pairwise"]["median_difference"] == board["pairwise"]["median_difference"]
    assert body["seeds"] == board["seeds"]


@pytest.mark.parametrize("features", ["frozen", "fine_tuned"])
async def test_every_verdict_is_that_of_a_test_that_could_have_shown_something(studio: Studio, features: str) -> None:
    body = (await studio.client.get(f"{API}/leaderboard")).json()
    matched = [row[features]["matched_baseline"] for row in body["checkpoints"]]
    families = [
        *([baseline[part] for baseline in matched if baseline] for part in ("photographs", "synthetic")),
        cells(body[PAIRS[features]]),
    ]
    for family in families:
        assert {found["num_comparisons"] for found in family} == {len(family)}
        for found in family:
            assert found["test"] == suited_test(num_pairs(found), len(family)) is not None
            assert smallest_p_holm(num_pairs(found), len(family)) < LEVEL


@pytest.mark.parametrize("features", ["frozen", "fine_tuned"])
async def test_the_file_has_the_same_p_as_the_service(studio: Studio, features: str) -> None:
    body = (await studio.client.get(f"{API}/leaderboard")).json()
    board = json.loads((CHECKPOINTS_FOLDER / "leaderboard.json").read_text())
    assert body[PAIRS[features]]["p_holm"] == board[PAIRS[features]]["p_holm"]
    for row, stored in zip(body["checkpoints"], board["checkpoints"], strict=True):
        served, kept = row[features]["matched_baseline"], stored if features == "frozen" else stored[features]
        if served is not None:
            for part, p_holm in kept["matched_baseline"]["srcc_p_holm"].items():
                assert served[part]["p_holm"] == pytest.approx(p_holm, abs=2e-6)


async def test_a_file_of_old_gets_todays_test(studio: Studio, settings: Settings) -> None:
    address, path = f"{API}/leaderboard", settings.checkpoints_dir / "leaderboard.json"
    today = (await studio.client.get(address)).json()
    board = json.loads(path.read_text())
    board["pairwise"]["p_holm"] = [[p and 1.0 for p in line] for line in board["pairwise"]["p_holm"]]
    path.write_text(json.dumps(board))
    assert (await studio.client.get(address)).json() == today


async def test_pairs_on_fine_tuned_features_come_beside_the_frozen_ones(studio: Studio, settings: Settings) -> None:
    path = settings.checkpoints_dir / "leaderboard.json"
    board = json.loads(path.read_text())
    body = (await studio.client.get(f"{API}/leaderboard")).json()
    tuned = board["pairwise_fine_tuned"]
    assert body["pairwise_fine_tuned"]["median_difference"] == tuned["median_difference"]
    row, column = (tuned["ids"].index(name) for name in ("moe", "no_gmm"))
    ours, theirs = (
        next(row["fine_tuned"]["splits"]["photographs"]["srcc"] for row in board["checkpoints"] if row["id"] == name)
        for name in ("moe", "no_gmm")
    )
    expected = corrected_p(compare_paired(np.array(ours), np.array(theirs)))
    assert body["pairwise_fine_tuned"]["p_corrected"][row][column] == pytest.approx(expected, abs=1e-6)
    del board["pairwise_fine_tuned"]
    path.write_text(json.dumps(board))
    assert (await studio.client.get(f"{API}/leaderboard")).json()["pairwise_fine_tuned"] is None


def num_pairs(found: dict[str, Any]) -> int:
    return int(found["num_pairs"] if "num_pairs" in found else found["comparison"]["num_pairs"])


def cells(pairwise: dict[str, Any]) -> list[dict[str, Any]]:
    """What there is of each pair, once."""
    count = range(len(pairwise["ids"]))
    return [
        {name: pairwise[name][row][column] for name in ("test", "num_pairs", "p_holm")}
        | {"num_comparisons": pairwise["num_comparisons"]}
        for row, column in itertools.combinations(count, 2)
    ]


@pytest.mark.parametrize("features", ["frozen", "fine_tuned"])
async def test_the_two_directions_of_a_pair_say_the_opposite(studio: Studio, features: str) -> None:
    pairwise = (await studio.client.get(f"{API}/leaderboard")).json()[PAIRS[features]]
    opposite = {
        "better": "worse",
        "worse": "better",
        "hinted at: better": "hinted at: worse",
        "hinted at: worse": "hinted at: better",
    }
    for row, line in enumerate(pairwise["verdict"]):
        assert line[row] is None
        for column, word in enumerate(line):
            if row != column:
                assert pairwise["verdict"][column][row] == opposite.get(word, word)


async def test_metrics_say_what_replacing_the_routing_costs(studio: Studio) -> None:
    moe = (await studio.client.get(f"{API}/checkpoints/moe/metrics")).json()
    router = moe["frozen"]["router"]
    assert router["replaced"] == "routing_weights"
    for part in ("photographs", "synthetic"):
        cost = router[part]["shuffled_cost"]
        assert cost["interval"]["low"] <= cost["median_difference"] <= cost["interval"]["high"]
        assert router[part]["is_decorative"] == (cost["median_difference"] < router[part]["min_cost"])
    assert len(moe["frozen"]["quality_errors"]["bias"]["median"]) == 5
    baseline = (await studio.client.get(f"{API}/checkpoints/no_gmm/metrics")).json()
    assert baseline["frozen"]["router"] is None
    assert baseline["split_sha256"] == moe["split_sha256"]


async def test_fine_tuned_figures_come_beside_the_frozen_ones(studio: Studio, settings: Settings) -> None:
    path = settings.checkpoints_dir / "moe" / "metrics.json"
    whole = json.loads(path.read_text())
    tuned = whole["fine_tuned"]
    change(path, tuned | {"num_splits": 2, "splits": tuned["splits"][:2]}, "fine_tuned")
    body = (await studio.client.get(f"{API}/checkpoints/moe/metrics")).json()
    assert (body["frozen"]["num_splits"], body["fine_tuned"]["num_splits"]) == (len(whole["splits"]), 2)
    assert body["fine_tuned"]["router"]["photographs"]["shuffled_cost"]["num_pairs"] == 2


async def test_predictions_and_curves_are_columns_of_one_length(studio: Studio) -> None:
    moe, baseline = [
        (await studio.client.get(f"{API}/checkpoints/{name}/predictions")).json() for name in ("moe", "no_gmm")
    ]
    assert {len(column) for column in moe.values() if isinstance(column, list)} == {len(moe["ids"])}
    assert moe["ids"] == baseline["ids"]
    assert moe["labels"] == baseline["labels"]
    assert set(baseline["top_clusters"]) == {None}
    assert min(moe["top_clusters"]) >= 0
    curve = (await studio.client.get(f"{API}/checkpoints/moe/training-curve")).json()
    assert {len(term) for term in curve["terms"].values()} == {len(curve["steps"])}
    assert "squared_error" in curve["terms"]


async def test_predictions_name_the_splits_that_the_metrics_name_now(studio: Studio, settings: Settings) -> None:
    async def split_of(name: str) -> str | None:
        split: str | None = (await studio.client.get(f"{API}/checkpoints/{name}/predictions")).json()["split_sha256"]
        return split

    assert await split_of("moe") == await split_of("no_gmm") is not None
    metrics = settings.checkpoints_dir / "moe" / "metrics.json"
    change(metrics, "0" * 64, "split_sha256")
    assert await split_of("moe") == "0" * 64
    metrics.unlink()
    assert await split_of("moe") is None


@pytest.mark.parametrize("address", ["leaderboard", *(f"checkpoints/moe/{name}" for name in RESOURCES)])
async def test_who_has_the_figures_is_not_sent_them_again(studio: Studio, address: str) -> None:
    first = await studio.client.get(f"{API}/{address}")
    again = await studio.client.get(f"{API}/{address}", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    head = await studio.client.head(f"{API}/{address}")
    assert (head.content, head.headers["content-length"]) == (b"", str(len(first.content)))


async def test_a_file_that_changes_is_read_again(studio: Studio, settings: Settings) -> None:
    first = await studio.client.get(f"{API}/checkpoints/moe/metrics")
    change(settings.checkpoints_dir / "moe" / "metrics.json", "another", "recipe")
    second = await studio.client.get(f"{API}/checkpoints/moe/metrics", headers={"If-None-Match": first.headers["etag"]})
    assert (second.status_code, second.json()["recipe"]) == (200, "another")


@pytest.mark.parametrize("name", RESOURCES)
async def test_an_unknown_checkpoint_has_no_figures(studio: Studio, name: str) -> None:
    assert (await problem(studio, f"checkpoints/other/{name}"))[0] == "unknown-checkpoint"


@pytest.mark.parametrize(("file", "name"), list(zip(FILES, RESOURCES, strict=True)))
async def test_a_missing_file_is_named_and_the_others_stay(
    studio: Studio, settings: Settings, file: str, name: str
) -> None:
    (settings.checkpoints_dir / "moe" / file).unlink()
    code, detail = await problem(studio, f"checkpoints/moe/{name}")
    assert code == "figures-missing"
    assert f"moe/{file}" in detail
    assert str(settings.checkpoints_dir) not in detail
    assert (await studio.client.get(f"{API}/leaderboard")).status_code == 200
    assert (await studio.client.get(f"{API}/checkpoints/no_gmm/{name}")).status_code == 200


@pytest.mark.parametrize(
    ("value", "keys", "field"),
    [
        pytest.param("high", ("checkpoints", 0, "figures", "photographs", "srcc", "median"), "srcc.median", id="word"),
        pytest.param(float("nan"), ("pairwise", "p_holm", 0, 1), "pairwise.p_holm.0.1", id="not a number"),
        pytest.param([[None]], ("pairwise", "low"), "low is not", id="not square"),
        pytest.param(
            ["gone", *["moe"] * (NUM_MEASURED - 1)],
            ("pairwise", "ids"),
            "gone",
            id="a pair without a row",
        ),
        pytest.param(None, ("checkpoints", 0, "fine_tuned"), "which has no row of such", id="a pair never fine-tuned"),
        pytest.param(2, ("format",), "format", id="another format"),
        pytest.param([], ("checkpoints",), "checkpoints", id="nothing measured"),
    ],
)
async def test_a_damaged_leaderboard_is_refused_by_field(
    studio: Studio, settings: Settings, value: Any, keys: tuple[str | int, ...], field: str
) -> None:
    change(settings.checkpoints_dir / "leaderboard.json", value, *keys)
    code, detail = await problem(studio, "leaderboard")
    assert code == "figures-refused"
    assert "leaderboard.json" in detail
    assert field in detail


async def test_a_file_that_is_no_json_is_refused(studio: Studio, settings: Settings) -> None:
    (settings.checkpoints_dir / "moe" / "metrics.json").write_text('{"recipe": ')
    code, detail = await problem(studio, "checkpoints/moe/metrics")
    assert (code, "moe/metrics.json" in detail, "expected JSON" in detail) == ("figures-refused", True, True)


@pytest.mark.parametrize(
    ("file", "text", "expected"),
    [
        ("predictions.csv", "id,score\na,1\n", "line 2, reference: got no such column"),
        ("training_curve.csv", "step,loss\n0,nan\n", "line 2, loss: got 'nan'"),
        ("training_curve.csv", "step,loss\n0,1\n50\n", "line 3: got 1 cells, expected 2"),
        ("training_curve.csv", "step,loss\n50,1\n0,1\n", "steps that fall"),
        ("training_curve.csv", "time,loss\n0,1\n", "line 1: got time, loss"),
        ("training_curve.csv", "", "expected a header and rows"),
        (
            "predictions.csv",
            "id,reference,class,level,label,score,score_std,top_cluster,top_expert\na,a,jpeg,9,1,2,3,,\n",
            "line 2, level: got '9'",
        ),
        (
            "predictions.csv",
            "id,reference,class,level,label,score,score_std,top_cluster,top_expert\n" + "a,a,jpeg,1,1,2,3,,\n" * 2,
            "got an id twice",
        ),
    ],
)
async def test_a_damaged_table_is_refused_by_line(
    studio: Studio, settings: Settings, file: str, text: str, expected: str
) -> None:
    (settings.checkpoints_dir / "moe" / file).write_text(text)
    code, detail = await problem(studio, f"checkpoints/moe/{RESOURCES[FILES.index(file)]}")
    assert code == "figures-refused"
    assert detail.startswith(f"moe/{file}")
    assert expected in detail

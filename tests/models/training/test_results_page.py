"""The results page follows from metrics files alone: any subset of checkpoints, the same bytes every time."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pytest

from models.checkpoints import CHECKPOINTS_FOLDER
from models.training.leaderboard import LEADERBOARD_FILE, Measured, read_measured
from models.training.results_page import all_tables, compare, leaderboard_text, page_texts, results_page
from tests.models.training.metrics_builders import write_checkpoint

DOCS = CHECKPOINTS_FOLDER.parent / "docs"
OWN, SHUFFLED = 0.82, 0.81


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four checkpoints: the literal mixture of experts is the worst, the amended one the best."""
    root = tmp_path_factory.mktemp("four")
    routed = {
        ("interventions", "photographs", "own"): OWN,
        ("interventions", "photographs", "shuffled"): SHUFFLED,
        ("interventions", "synthetic", "own"): OWN,
        ("interventions", "synthetic", "shuffled"): 0.6,
        ("synthetic_srcc_by_type", "jpeg"): 0.95,
        ("clusters", "content", "ami"): 0.01,
        ("clusters", "group", "ami"): 0.76,
    }
    content = {("clusters", "content", "ami"): 0.33, ("clusters", "group", "ami"): 0.25}
    write_checkpoint(root, "no_gmm", variant="no_gmm")
    write_checkpoint(root, "moe", variant="moe", gain=0.05, values=routed)
    write_checkpoint(root, "moe_seed", variant="moe", formulation="seed", gain=-0.03)
    write_checkpoint(root, "vanilla_gmm", variant="vanilla_gmm", values=content)
    return root


@pytest.fixture(scope="module")
def measured(root: Path) -> tuple[Measured, ...]:
    return read_measured(root)


@pytest.fixture(scope="module")
def page(measured: tuple[Measured, ...]) -> str:
    return results_page(measured, all_tables(measured))


def _section(page: str, number: int) -> str:
    return page.split(f"\n## {number}. ")[1].split("\n## ")[0]


def test_the_page_answers_its_questions_in_order(page: str) -> None:
    assert re.findall(r"^## (\d)\.", page, re.MULTILINE) == list("12345678")
    assert re.search(r"None(?! of)|\bnan\b|[{}]", page) is None


def test_the_mixture_that_matters_is_named_with_its_interval(page: str) -> None:
    section = _section(page, 1)
    assert "On photographs it does, for 1 of 3: `moe`." in section
    assert "Worse than their baseline: `moe_seed`." in section
    assert "The best mixture on photographs is `moe` with SRCC 0.8" in section


def test_the_router_is_decorative_where_shuffling_costs_nothing(page: str) -> None:
    section = _section(page, 1)
    assert "`moe`: the router is decorative on photographs; another picture's routing costs 0.010" in section
    assert "`moe`: the router is used on synthetic pictures; another picture's routing costs 0.220" in section


def test_types_that_gain_most_come_first(page: str) -> None:
    gains = [line for line in _section(page, 2).splitlines() if line.startswith("| `moe` | gain")]
    assert len(gains) == 3
    assert "| jpeg |" in gains[0]


def test_claims_are_judged(page: str) -> None:
    section = _section(page, 3)
    assert "Plans that help on photographs: 1 of 1 (`moe`). As much as was claimed: `moe`." in section
    assert "| 1 | `moe_seed` | seed | +5 to +10 % |" in section


def test_literal_losses_are_judged_with_their_caveat(page: str) -> None:
    section = _section(page, 4)
    assert "squared error alone" in section
    assert "only the amended mixture adds something" in section


def test_goals_are_judged_by_the_best_and_the_default_checkpoint(page: str) -> None:
    rows = {line.split(" | ")[0]: line for line in _section(page, 5).splitlines() if line.startswith("| ")}
    assert "| ≥ 0.75 | 0.760 | `moe` | met | 0.760 |" in rows["| AMI of clusters and group"]
    assert "| ≤ 0.05 | 0.010 | `moe` | met | 0.010 |" in rows["| AMI of the same clusters and content"]
    assert "| not met |" in rows["| distortion group named rightly"]


def test_clusters_that_follow_content_surprise(page: str) -> None:
    assert "`vanilla_gmm` 0.330 against 0.250" in _section(page, 6)


def test_others_figures_are_marked_as_published_elsewhere(page: str) -> None:
    section = _section(page, 7)
    assert "on other splits" in section
    assert "| LIVE | 80/20 by reference, as published | MANIQA | 0.982 | - |" in section


def test_the_page_says_how_to_run_it_again(page: str) -> None:
    section = _section(page, 8)
    assert "train moe moe_seed no_gmm vanilla_gmm \\" in section
    assert "--rated biq2021=BIQ2021_DIR --pristine" in section
    assert "python -m models.training compare" in section


def test_every_link_leads_to_a_file_that_is_written(measured: tuple[Measured, ...], page: str) -> None:
    linked = set(re.findall(r"\]\(([^)]+)\)", page))
    assert linked <= page_texts(measured).keys()
    assert len(linked) >= 25


def test_every_csv_is_a_rectangle(measured: tuple[Measured, ...]) -> None:
    for name, text in page_texts(measured).items():
        if name.endswith(".csv"):
            assert len({len(row) for row in csv.reader(io.StringIO(text))}) == 1, name


def test_the_same_metrics_give_the_same_bytes(root: Path, measured: tuple[Measured, ...], tmp_path: Path) -> None:
    written = compare(root, tmp_path)
    assert all(path.is_file() for path in written)
    assert (root / LEADERBOARD_FILE).read_text() == leaderboard_text(measured)
    assert {str(path.relative_to(tmp_path)): path.read_text() for path in written[1:]} == page_texts(measured)


@pytest.mark.parametrize(("variant", "num_splits"), [("no_gmm", 10), ("moe", 1)])
def test_one_checkpoint_alone_has_a_page(tmp_path: Path, variant: str, num_splits: int) -> None:
    write_checkpoint(tmp_path, variant, variant=variant, num_splits=num_splits)
    measured = read_measured(tmp_path)
    page = results_page(measured, all_tables(measured))
    assert "this cannot be said" in _section(page, 1)
    assert ("is not here" in _section(page, 2)) == (variant == "moe")
    assert leaderboard_text(measured)


def test_the_shipped_page_is_what_the_shipped_checkpoints_say() -> None:
    measured = read_measured(CHECKPOINTS_FOLDER)
    texts = page_texts(measured)
    assert {name: (DOCS / name).read_text() for name in texts} == texts
    assert (CHECKPOINTS_FOLDER / LEADERBOARD_FILE).read_text() == leaderboard_text(measured)

"""The results page follows from metrics files alone: any subset of checkpoints, the same bytes every time."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pytest

from models.checkpoints.manifest import CHECKPOINTS_FOLDER
from models.figures.ablations import AblationReport, MeasuredAblation, write_ablations
from models.figures.files import ABLATIONS_FILE, LEADERBOARD_FILE, FiguresUnreadable
from models.figures.leaderboard import write_leaderboard
from models.training.measuring.ablations import ablation_side
from models.training.measuring.comparison import against_baseline
from models.training.results.contrasts.scoring_cost import SCORING_COST_FILE
from models.training.results.contrasts.supervision import CONFOUNDED
from models.training.results.leaderboard import leaderboard
from models.training.results.page import Evidence, all_tables, compare, page_texts, read_evidence, results_page
from tests.models.training.metrics_builders import drawn_splits, write_checkpoint
from tests.places import DOCS

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
def evidence(root: Path) -> Evidence:
    return read_evidence(root)


@pytest.fixture(scope="module")
def page(evidence: Evidence) -> str:
    return results_page(evidence, all_tables(evidence))


def _section(page: str, number: int) -> str:
    return page.split(f"\n## {number}. ")[1].split("\n## ")[0]


def test_the_page_answers_its_questions_in_order(page: str) -> None:
    assert re.findall(r"^## (\d+)\.", page, re.MULTILINE) == [str(number) for number in range(1, 12)]
    assert re.search(r"None(?! of)|\bnan\b|[{}]", page) is None


def test_the_mixture_that_matters_is_named_with_its_interval(page: str) -> None:
    section = _section(page, 1)
    assert "On photographs a gain is shown for 1 of 3: `moe`, +0.05" in section
    assert "Shown to be worse than their baseline: `moe_seed`." in section
    assert "The best mixture on photographs is `moe` with SRCC 0.8" in section


def test_the_answers_in_short_come_with_their_caveats(page: str) -> None:
    short = page.split("## In short")[1].split("\n## ")[0]
    assert short.count("a gain is shown for 1 of 3: `moe`") == 2
    assert CONFOUNDED in short
    assert CONFOUNDED in _section(page, 1)
    assert "Transfer to BIQ2021 held out whole" in short
    assert "(1 head)" in short
    assert "marginal, in-domain coverage" in short
    assert "by the default checkpoint `moe` alone" in short


def test_the_page_says_what_its_figures_do_not_mean(page: str) -> None:
    read = page.split("## How to read the figures")[1].split("\n## ")[0]
    assert "favours heads that are taught types" in read
    assert "but they are of other splits" in read
    assert "(1/S + 0.2/0.7)" in read
    assert "*LIVE, regenerated* is not LIVE itself" in read
    assert "sensitivity, not benefit" in _section(page, 1)


def test_the_router_is_decorative_where_shuffling_costs_nothing(page: str) -> None:
    section = _section(page, 1)
    assert "`moe`: the router is decorative on photographs; another picture's routing costs 0.010" in section
    assert (
        "`moe`: the score depends on the router on synthetic pictures; another picture's routing costs 0.220" in section
    )


def test_types_that_gain_most_come_first(page: str) -> None:
    gains = [line for line in _section(page, 2).splitlines() if line.startswith("| `moe` | gain")]
    assert len(gains) == 3
    assert "| jpeg |" in gains[0]


def test_claims_are_judged(page: str) -> None:
    section = _section(page, 3)
    assert "Plans that are shown to help on photographs: 1 of 1 (`moe`). By their whole interval as much as" in section
    assert "As much as was claimed on photographs and on synthetic pictures alike: `moe`." in section
    assert "| 1 | `moe_seed` | seed | +5 to +10 % |" in section


def test_the_literal_form_is_judged_as_a_whole(page: str) -> None:
    section = _section(page, 4)
    assert "squared error alone" in section
    assert "only the literal form as a whole" in section
    assert "the literal mixture costs 0.03" in section
    assert "the amended one adds 0.05" in section


def test_goals_are_judged_by_the_best_and_the_default_checkpoint(page: str) -> None:
    rows = {line.split(" | ")[0]: line for line in _section(page, 8).splitlines() if line.startswith("| ")}
    assert "| ≥ 0.75 | 0.760 | `moe` | - | - | met, frozen | 0.760 | - |" in rows["| AMI of clusters and group"]
    assert (
        "| ≤ 0.05 | 0.010 | `moe` | - | - | met, frozen | 0.010 | - |" in rows["| AMI of the same clusters and content"]
    )
    assert "| not met |" in rows["| distortion group named rightly"]


def test_clusters_that_follow_content_surprise(page: str) -> None:
    assert "`vanilla_gmm` 0.330 against 0.250" in _section(page, 9)


def test_others_figures_are_marked_as_published_elsewhere(page: str) -> None:
    section = _section(page, 10)
    assert "cannot be compared directly" in section
    assert "the set's official test split, ours from our own splits of its training part" in section
    assert "| LIVE | 80/20 by reference, as published | MANIQA | 0.982 | - |" in section


def test_the_page_says_how_to_run_it_again(page: str) -> None:
    section = _section(page, 11)
    assert "train moe moe_seed no_gmm vanilla_gmm \\" in section
    assert "--rated biq2021=BIQ2021_DIR --pristine" in section
    assert "python -m models.training compare" in section


def test_every_link_leads_to_a_file_that_is_written(evidence: Evidence, page: str) -> None:
    linked = set(re.findall(r"\]\(([^)]+)\)", page))
    assert linked <= page_texts(evidence).keys()
    assert len(linked) >= 25


def test_every_csv_is_a_rectangle(evidence: Evidence) -> None:
    for name, text in page_texts(evidence).items():
        if name.endswith(".csv"):
            assert len({len(row) for row in csv.reader(io.StringIO(text))}) == 1, name


def test_the_same_metrics_give_the_same_bytes(root: Path, evidence: Evidence, tmp_path: Path) -> None:
    written = compare(root, tmp_path)
    assert all(path.is_file() for path in written)
    assert (root / LEADERBOARD_FILE).read_bytes() == write_leaderboard(leaderboard(evidence.measured))
    assert {str(path.relative_to(tmp_path)): path.read_text() for path in written[1:]} == page_texts(evidence)


@pytest.mark.parametrize(("variant", "num_splits"), [("no_gmm", 10), ("moe", 1)])
def test_one_checkpoint_alone_has_a_page(tmp_path: Path, variant: str, num_splits: int) -> None:
    write_checkpoint(tmp_path, variant, variant=variant, num_splits=num_splits)
    evidence = read_evidence(tmp_path)
    page = results_page(evidence, all_tables(evidence))
    assert "this cannot be said" in _section(page, 1)
    assert ("is not here" in _section(page, 2)) == (variant == "moe")
    assert leaderboard(evidence.measured).checkpoints


def test_what_was_not_measured_is_called_so(page: str) -> None:
    assert "- Fine-tuned features: not measured." in page
    assert "No checkpoint was measured on fine-tuned features" in _section(page, 5)
    assert "`python -m models.training ablate all`" in _section(page, 6)
    assert f"there is no `{SCORING_COST_FILE}`" in _section(page, 7)


def test_a_checkpoint_on_fewer_splits_is_named_and_leads_nothing(tmp_path: Path) -> None:
    write_checkpoint(tmp_path, "no_gmm", variant="no_gmm")
    write_checkpoint(tmp_path, "moe_seed", variant="moe", formulation="seed", gain=0.1, num_splits=3)
    evidence = read_evidence(tmp_path)
    page = results_page(evidence, all_tables(evidence))
    assert "The highest median SRCC on photographs is that of `no_gmm`" in page
    assert "Measured on the first of these splits alone: `moe_seed`." in page
    assert "| 1 | `moe_seed` (3 splits) | seed | 318,932 | 3 |" in _section(page, 10)
    assert "a gain is shown for 1 of 1: `moe_seed`" in _section(page, 1)
    assert "`moe_seed` has too few splits to be compared with `no_gmm` type by type" in _section(page, 2)
    rows = {line.split(" | ")[0]: line for line in _section(page, 8).splitlines() if line.startswith("| ")}
    assert "| `no_gmm` |" in rows["| BIQ2021 part, SRCC"]


def test_ablations_and_times_that_were_measured_have_their_sections(tmp_path: Path) -> None:
    write_checkpoint(tmp_path, "no_gmm", variant="no_gmm", num_splits=1)
    whole, changed = drawn_splits("no_gmm", num_splits=3), drawn_splits("no_gmm", num_splits=3, gain=-0.02)
    difference = against_baseline(changed, whole)
    entry = MeasuredAblation("no_gmm", "no x", 3, [], ablation_side(whole), ablation_side(changed), difference)
    (tmp_path / ABLATIONS_FILE).write_bytes(write_ablations(AblationReport("0" * 64, {"no_gmm-no_x": entry})))
    cost = {"machine": "m", "picture": "p", "rounds": 3, "baseline": "no_gmm"}
    cost["checkpoints"] = {"no_gmm": {"median_ms": 90.0, "ratio": 1.0}}
    (tmp_path / SCORING_COST_FILE).write_text(json.dumps(cost))
    texts = page_texts(read_evidence(tmp_path))
    page = texts["results.md"]
    assert "| `no_gmm-no_x` | no x | 0." in _section(page, 6)
    assert "| `no_gmm` | 90.0 | 1.000 | ≤ 1.1 | met |" in _section(page, 7)
    assert texts["results/ablations.csv"].count("\n") == texts["results/scoring_cost.csv"].count("\n") == 2


@pytest.mark.parametrize("name", [ABLATIONS_FILE, SCORING_COST_FILE])
def test_a_broken_file_is_refused_by_name(tmp_path: Path, name: str) -> None:
    write_checkpoint(tmp_path, "no_gmm", variant="no_gmm", num_splits=1)
    (tmp_path / name).write_text("{}")
    with pytest.raises(FiguresUnreadable, match=name):
        read_evidence(tmp_path)


def test_the_shipped_page_is_what_the_shipped_checkpoints_say() -> None:
    evidence = read_evidence(CHECKPOINTS_FOLDER)
    texts = page_texts(evidence)
    assert {name: (DOCS / name).read_text() for name in texts} == texts
    assert (CHECKPOINTS_FOLDER / LEADERBOARD_FILE).read_bytes() == write_leaderboard(leaderboard(evidence.measured))

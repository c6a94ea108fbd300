"""`docs/results.md`, its tables as CSV and LaTeX, and `leaderboard.json`: all from measured files, nothing by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from models.figures.files import LEADERBOARD_FILE
from models.figures.leaderboard import write_leaderboard
from models.files import write_atomically
from models.training.rated_sets import READERS
from models.training.results.contrasts.ablated import Ablations, ablations_section, ablations_table, ablations_under
from models.training.results.contrasts.away import away_section, away_tables
from models.training.results.contrasts.comparisons import (
    extremes_table,
    groups_table,
    literal_table,
    mixture_table,
    pairwise_table,
    plans_table,
    types_table,
)
from models.training.results.contrasts.fine_tuned import fine_tuned_mixture_table, fine_tuned_section, fine_tuned_table
from models.training.results.contrasts.routing import interventions_table, routing_table
from models.training.results.contrasts.scoring_cost import (
    ScoringCost,
    read_scoring_cost,
    scoring_cost_section,
    scoring_cost_table,
)
from models.training.results.evidence.differences import pairwise
from models.training.results.evidence.measured import Measured, read_measured
from models.training.results.evidence.tables import TABLES_FOLDER, Lines, Tables, bullets, shown
from models.training.results.leaderboard import leaderboard
from models.training.results.measured_tables import (
    calibration_table,
    clusters_table,
    cross_table,
    leaderboard_table,
    order_table,
    pairs_table,
    published_table,
)
from models.training.results.opening import opening
from models.training.results.sections import (
    distortions_section,
    literal_section,
    mixture_section,
    plans_section,
    router_section,
)
from models.training.results.surprises import surprises
from models.training.results.targets import targets, targets_section, targets_table

RESULTS_FILE: Final = "results.md"


@dataclass(frozen=True)
class Evidence:
    """Everything that the page is written from; `None` for what was not measured."""

    measured: tuple[Measured, ...]
    ablations: Ablations | None = None
    scoring_cost: ScoringCost | None = None


def read_evidence(root: Path) -> Evidence:
    """What lies under `root`; raises `ComparisonError`, `FiguresUnreadable`, `CheckpointRefused` as its readers do."""
    return Evidence(read_measured(root), ablations_under(root), read_scoring_cost(root))


def compare(root: Path, docs: Path) -> list[Path]:
    """Write the page and its tables under `docs`, and the leaderboard beside the checkpoints; the paths written.

    Raises `ComparisonError` where checkpoints cannot be compared, `FiguresUnreadable` where figures cannot be read and
    `CheckpointRefused` for a bad manifest.
    """
    evidence = read_evidence(root)
    texts = {root / LEADERBOARD_FILE: write_leaderboard(leaderboard(evidence.measured))}
    texts |= {docs / name: text.encode() for name, text in page_texts(evidence).items()}
    for path, text in texts.items():
        write_atomically(path, text)
    return list(texts)


def page_texts(evidence: Evidence) -> dict[str, str]:
    """The page and every table's files: text by path below `docs`."""
    tables = all_tables(evidence)
    texts = {RESULTS_FILE: results_page(evidence, tables)}
    for name, table in tables.items():
        texts |= {f"{TABLES_FOLDER}/{name}.csv": table.csv, f"{TABLES_FOLDER}/{name}.tex": table.latex}
    return texts


def all_tables(evidence: Evidence) -> Tables:
    """Every table by name."""
    measured = evidence.measured
    tables = [
        leaderboard_table(measured),
        mixture_table(measured),
        interventions_table(measured),
        groups_table(measured),
        types_table(measured),
        extremes_table(measured),
        plans_table(measured),
        literal_table(measured),
        fine_tuned_table(measured),
        fine_tuned_mixture_table(measured),
        ablations_table(evidence.ablations),
        scoring_cost_table(evidence.scoring_cost),
        targets_table(targets(measured, evidence.scoring_cost)),
        routing_table(measured),
        clusters_table(measured),
        order_table(measured),
        calibration_table(measured),
        pairs_table(measured),
        cross_table(measured),
        pairwise_table(pairwise(measured, "photographs")),
        published_table(),
        *away_tables(measured),
    ]
    return {table.name: table for table in tables}


def results_page(evidence: Evidence, tables: Tables) -> str:
    """The page as Markdown."""
    measured = evidence.measured
    goals = targets(measured, evidence.scoring_cost)
    sections = [
        opening(measured, goals),
        mixture_section(measured, evidence.ablations, tables),
        router_section(measured, tables),
        away_section(measured, tables),
        distortions_section(measured, tables),
        plans_section(measured, tables),
        literal_section(measured, tables),
        fine_tuned_section(measured, tables),
        ablations_section(evidence.ablations, tables),
        scoring_cost_section(measured, evidence.scoring_cost, tables),
        targets_section(measured, goals, tables),
        _surprises(measured),
        _all_figures(tables),
        _rerun(measured),
    ]
    return "\n\n".join(line for section in sections for line in section if line) + "\n"


def _surprises(measured: Sequence[Measured]) -> Lines:
    found = surprises(measured)
    said = bullets(found) if found else "Nothing that the rules look for."
    return ["## 9. What surprised us", said]


def _all_figures(tables: Tables) -> Lines:
    parts = {
        "Leaderboard": "leaderboard",
        "All pairs on photographs": "pairwise",
        "Other sets": "cross_database",
        "Clusters": "clusters",
        "Routing": "routing",
        "Order tests": "order",
        "Calibration": "calibration",
        "Which of two pictures": "pairs",
        "Published elsewhere": "published",
    }
    sections = (line for title, name in parts.items() for line in (f"### {title}", *shown(tables[name])))
    return ["## 10. All figures", *sections]


def _rerun(measured: Sequence[Measured]) -> Lines:
    recipes = " ".join(sorted({entry.manifest.training.recipe for entry in measured}))
    sets = dict.fromkeys(record.name for entry in measured for record in entry.manifest.training.datasets)
    rated = " ".join(f"{name}={name.upper()}_DIR" for name in sets if name in READERS)
    commands = [
        "make develop",
        f".venv/bin/python -m models.training train {recipes} \\",
        f"    --rated {rated} --pristine DIR [DIR …]",
        f".venv/bin/python -m models.training ablate all --rated {rated} --pristine DIR [DIR …]",
        ".venv/bin/python -m models.training compare",
    ]
    return [
        "## 11. How to run it again",
        "\n".join(["```", *commands, "```"]),
        "Finished splits are kept and not trained again. The last command reads measured files only and takes seconds.",
    ]

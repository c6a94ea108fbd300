"""The sections of the results page that answer a question: sentences chosen by rule, then the tables they rest on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from models.metrics import PairedComparison
from models.training.capacity import TOLERANCE
from models.training.leaderboard import Measured, find, holm_of, matched_differences, paired
from models.training.results_comparisons import BASELINE_ID, differences_by, formulation_pairs, plan_results
from models.training.results_figures import PLACES, router_costs
from models.training.results_rules import (
    MIN_ROUTING_COST,
    after_holm,
    fair_sentence,
    literal_sentence,
    mixture_matters,
    plans_sentence,
    router_sentence,
    targets_sentence,
    trunks_sentence,
    types_sentence,
)
from models.training.results_tables import Figure, Table, signed
from models.training.results_targets import targets

TABLES_FOLDER: Final = "results"

Lines = Sequence[str]
Tables = Mapping[str, Table]


def shown(table: Table) -> list[str]:
    """A table with its caption and its files; a sentence where it has no row."""
    files = f"[CSV]({TABLES_FOLDER}/{table.name}.csv), [LaTeX]({TABLES_FOLDER}/{table.name}.tex)"
    if not table.rows or len(table.header) == 1:
        return ["None of the checkpoints has these figures."]
    return [table.markdown, f"{table.caption} {files}."]


def bullets(sentences: Sequence[str]) -> str:
    """Sentences as a list."""
    return "\n".join(f"- {sentence}" for sentence in sentences)


def mixture_section(measured: Sequence[Measured], tables: Tables) -> Lines:
    """Does the mixture matter, against baselines of the same size?"""
    differences = {part: matched_differences(measured, part) for part in PLACES}
    return [
        "## 1. Does the mixture matter?",
        f"Each mixture is compared with a `no_gmm` of its own size (within {100 * TOLERANCE:g} % of its parameters), "
        "trained with the same losses on the score: what is left of a difference is not due to parameters.",
        *(mixture_matters(differences[part], place) for part, place in PLACES.items()),
        _best_mixture(measured),
        *(after_holm(differences[part], holm_of(differences[part]), place) for part, place in PLACES.items()),
        *shown(tables["mixture"]),
    ]


def _best_mixture(measured: Sequence[Measured]) -> str:
    """The first mixture of the leaderboard against its own baseline; empty where there is none."""
    best = best_mixture(measured)
    if best is None:
        return ""
    srcc = Figure(best.median("photographs", "srcc")).text
    said = f"The best mixture on photographs is `{best.id}` with SRCC {srcc}"
    differences = matched_differences(measured, "photographs")
    if best.id not in differences:
        return f"{said}; it was not compared with a baseline of its own size."
    p = Figure(holm_of(differences)[best.id]).text
    baseline = best.metrics["matched_baseline"]
    return (
        f"{said}, {signed(differences[best.id]).text} against the {baseline['parameter_count']:,} parameters of "
        f"`{baseline['recipe']}` (p after Holm's correction: {p})."
    )


def best_mixture(measured: Sequence[Measured]) -> Measured | None:
    """The first mixture of the leaderboard."""
    known = (entry for entry in measured if entry.is_mixture and entry.median("photographs", "srcc") is not None)
    return next(known, None)


def router_section(measured: Sequence[Measured], tables: Tables) -> Lines:
    """Is the router used, or decorative?"""
    costs = [
        (entry.id, place, found)
        for part, place in PLACES.items()
        for entry in measured
        if (found := router_costs(entry, part)) is not None and found.shuffled.num_pairs
    ]
    return [
        "### Is the router used?",
        "Every picture is given another picture's routing weights (posteriors where there are no experts), or equal "
        f"ones. A router that can be replaced in this way for less than {MIN_ROUTING_COST} SRCC is decorative.",
        bullets([router_sentence(name, place, found) for name, place, found in costs]),
        *shown(tables["interventions"]),
        "*Wrong* moves every weight to the neighbour. The *oracle* reads the label and takes the one expert (or "
        "cluster) that comes closest to it: a bound, no router.",
    ]


def distortions_section(measured: Sequence[Measured], tables: Tables) -> Lines:
    """For which groups and types?"""
    title = "## 2. For which distortions?"
    baseline = find(measured, BASELINE_ID)
    if baseline is None:
        return [title, f"The checkpoint `{BASELINE_ID}` is not here, so that nothing can be compared with it."]
    by_type = differences_by(measured, "synthetic_srcc_by_type")
    size = baseline.manifest.parameter_count
    larger = sum(entry.is_mixture and entry.manifest.parameter_count > size for entry in measured)
    return [
        title,
        f"Differences to the checkpoint `{BASELINE_ID}` on synthetic pictures. It has {size:,} parameters; {larger} of "
        f"the {len(by_type)} mixtures have more, and the literal formulations have other score losses: part of a "
        "difference may be due to that. Nothing is corrected for looking at 25 types, so read the single rows as a "
        "description.",
        bullets([types_sentence(name, found) for name, found in by_type.items()]),
        "### By group",
        *shown(tables["groups"]),
        "### Largest gains and losses by type",
        *shown(tables["extremes"]),
        "### All types",
        *shown(tables["types"]),
    ]


def plans_section(measured: Sequence[Measured], tables: Tables) -> Lines:
    """What became of the five plans' promises?"""
    stable = {
        part: {
            result.entry.id: result.verdict
            for result in plan_results(measured, part)
            if result.entry.manifest.formulation == "stable"
        }
        for part in PLACES
    }
    return [
        "## 3. Which of the five plans helps?",
        "The founding document promises gains in SRCC over the baseline, in per cent; plan 5 has no promise. The "
        "counts are of the amended formulations.",
        *(plans_sentence(stable[part], place) for part, place in PLACES.items()),
        *shown(tables["plans"]),
    ]


def literal_section(measured: Sequence[Measured], tables: Tables) -> Lines:
    """What the literal losses did."""
    title = "## 4. What the literal losses did"
    pairs = formulation_pairs(measured)
    if not pairs:
        return [title, "No variant is here in both formulations."]
    sentences = []
    for literal, amended in pairs:
        variant = amended.manifest.variant
        for part, place in PLACES.items():
            sentences.append(literal_sentence(variant, place, paired(amended, literal, part, "srcc")))
            own = _both(literal.against_matched(part), amended.against_matched(part))
            sentences += [fair_sentence(variant, place, *found) for found in own]
    return [
        title,
        "Literal (`seed`) is what the document writes, amended (`stable`) what was built where that breaks. A "
        "caveat: the literal recipes also train with the document's squared error alone, while the amended ones add "
        "losses on correlation, rank and order. The direct difference mixes both causes. The baselines of the same "
        "size carry the same score losses as their mixtures, so that the differences to them are the fair ones.",
        bullets(sentences),
        *shown(tables["literal"]),
    ]


def _both(
    literal: PairedComparison | None, amended: PairedComparison | None
) -> list[tuple[PairedComparison, PairedComparison]]:
    return [] if literal is None or amended is None else [(literal, amended)]


def targets_section(measured: Sequence[Measured], tables: Tables) -> Lines:
    """The project's goals."""
    num_trunks = len({entry.manifest.trunk.sha256 for entry in measured})
    return [
        "## 5. Goals",
        targets_sentence([target.is_met for target in targets(measured)]),
        trunks_sentence(num_trunks),
        *shown(tables["targets"]),
    ]

"""The sections of the results page that answer a question: sentences chosen by rule, then the tables they rest on."""

from __future__ import annotations

from collections.abc import Sequence

from models.figures.records import Part
from models.figures.verdicts import MIN_ROUTING_COST, corrected_p, has_enough
from models.training.fitting.capacity import TOLERANCE
from models.training.fitting.recipes import BASELINE, RECIPES, find_recipe
from models.training.results.contrasts.ablated import Ablations
from models.training.results.contrasts.comparisons import (
    differences_by_type,
    formulation_pairs,
    plan_results,
)
from models.training.results.contrasts.routing import router_costs
from models.training.results.contrasts.supervision import supervision_sentences
from models.training.results.evidence.differences import judged_by_id, matched_differences, matched_verdicts, paired
from models.training.results.evidence.measured import PLACES, Measured, find, on_all_splits, srcc_on
from models.training.results.evidence.plan_rules import (
    Judged,
    fair_sentence,
    kept_on_both_sentence,
    literal_sentence,
    plans_sentence,
    practice_sentence,
)
from models.training.results.evidence.rules import mixture_matters, router_sentence, types_sentence
from models.training.results.evidence.tables import Figure, Lines, Tables, bullets, shown, signed


def mixture_section(measured: Sequence[Measured], ablations: Ablations | None, tables: Tables) -> Lines:
    """Does the mixture matter, against baselines of the same size?"""
    verdicts = {place: matched_verdicts(measured, part) for part, place in PLACES.items()}
    return [
        "## 1. Does the mixture matter?",
        f"Each mixture is compared with a `no_gmm` of its own size (within {100 * TOLERANCE:g} % of its parameters), "
        "trained with the same losses on the score: what is left of a difference is not due to parameters.",
        *(
            mixture_matters(matched_differences(measured, part), verdicts[place], place)
            for part, place in PLACES.items()
        ),
        *supervision_sentences(verdicts, ablations),
        _best_mixture(measured),
        *shown(tables["mixture"]),
    ]


def _best_mixture(measured: Sequence[Measured]) -> str:
    """The first mixture of the leaderboard against its own baseline; empty where there is none."""
    best = best_mixture(measured)
    if best is None:
        return ""
    srcc = Figure(best.median(lambda summary: summary.photographs.srcc)).text
    said = f"The best mixture on photographs is `{best.id}` with SRCC {srcc}"
    differences = matched_differences(measured, "photographs")
    if best.id not in differences:
        return f"{said}; it was not compared with a baseline of its own size."
    p_holm = judged_by_id(differences)[best.id].p_holm
    p_values = (Figure(found).text for found in (p_holm, corrected_p(differences[best.id])))
    p = "p after Holm's correction: {}; of the corrected t-test: {}".format(*p_values)
    baseline = best.block.matched_baseline
    assert baseline is not None
    return (
        f"{said}, {signed(differences[best.id]).text} against the {baseline.parameter_count:,} parameters of "
        f"`{baseline.recipe}` ({p if has_enough(differences[best.id]) else 'too few splits for a test'})."
    )


def best_mixture(measured: Sequence[Measured]) -> Measured | None:
    """The first mixture of the leaderboard, of those measured on all splits."""
    known = (
        entry for entry in on_all_splits(measured) if entry.is_mixture and entry.summary.photographs.srcc is not None
    )
    return next(known, None)


def router_section(measured: Sequence[Measured], tables: Tables) -> Lines:
    """Does the score depend on the routing, or is it decorative?"""
    costs = [
        (entry.id, place, found)
        for part, place in PLACES.items()
        for entry in measured
        if (found := router_costs(entry, part)) is not None and found.of.shuffled.num_pairs
    ]
    return [
        "### Does the score depend on the routing?",
        "Every picture is given another picture's routing weights (posteriors where there are no experts), or equal "
        f"ones. A router that can be replaced in this way for less than {MIN_ROUTING_COST} SRCC is decorative. "
        "This measures sensitivity, not benefit: a score may depend on its routing and be worse than the baseline's. "
        "Whether the mixture helps is said above.",
        bullets([router_sentence(name, place, found) for name, place, found in costs]),
        *shown(tables["interventions"]),
        "*Wrong* moves every weight to the neighbour. The *oracle* reads the label and takes the one expert (or "
        "cluster) that comes closest to it: a bound, no router.",
    ]


def distortions_section(measured: Sequence[Measured], tables: Tables) -> Lines:
    """For which groups and types?"""
    title = "## 2. For which distortions?"
    baseline = find(measured, BASELINE)
    if baseline is None:
        return [title, f"The checkpoint `{BASELINE}` is not here, so that nothing can be compared with it."]
    by_type = differences_by_type(measured)
    size = baseline.manifest.parameter_count
    larger = sum(entry.is_mixture and entry.manifest.parameter_count > size for entry in measured)
    return [
        title,
        f"Differences to the checkpoint `{BASELINE}` on synthetic pictures. It has {size:,} parameters; {larger} of "
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
        kept_on_both_sentence({place: stable[part] for part, place in PLACES.items()}),
        *shown(tables["plans"]),
    ]


def literal_section(measured: Sequence[Measured], tables: Tables) -> Lines:
    """What the literal form as a whole did."""
    title = "## 4. What the literal form as a whole did"
    pairs = formulation_pairs(measured)
    if not pairs:
        return [title, "No variant is here in both formulations."]
    sentences = []
    for literal, amended in pairs:
        variant = amended.manifest.variant
        if literal.id in RECIPES and amended.id in RECIPES:
            sentences.append(practice_sentence(find_recipe(literal.id), find_recipe(amended.id)))
        for part, place in PLACES.items():
            sentences.append(literal_sentence(variant, place, paired(amended, literal, srcc_on(part))))
            own = _judged(measured, part)
            if literal.id in own and amended.id in own:
                sentences.append(fair_sentence(variant, place, own[literal.id], own[amended.id]))
    return [
        title,
        "Literal (`seed`) is what the document writes, amended (`stable`) what was built where that breaks. A "
        "caveat: the forms differ in several things at once, in their losses, in how encoder and mixture are fitted, "
        "and in the loss on the score (the squared error alone, against correlation, rank and order as well). No "
        "single loss is judged here, only the literal form as a whole. The baselines of the same size carry the same "
        "score losses as their mixtures, so that the differences to them are the fair ones.",
        bullets([sentence for sentence in sentences if sentence]),
        *shown(tables["literal"]),
    ]


def _judged(measured: Sequence[Measured], part: Part) -> dict[str, Judged]:
    """Differences to baselines of the same size with their verdicts, by checkpoint."""
    differences, verdicts = matched_differences(measured, part), matched_verdicts(measured, part)
    return {name: Judged(differences[name], verdicts[name]) for name in differences}

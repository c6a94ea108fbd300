"""Sections of a model card that say what was measured of one kind of features."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Final

from models.figures.measurements import MatchedBaseline, MeasuredBlock, SplitFigures, Summary
from models.figures.records import (
    PARTS,
    Agreement,
    ClusterFigures,
    OverSplits,
    PairedComparison,
    Part,
    Spread,
)
from models.figures.routing_costs import routing_costs
from models.figures.verdicts import MIN_PAIRS, corrected_p

_UNKNOWN = "-"
_PHOTOGRAPHS = "BIQ2021 part, test fold"
_SYNTHETIC = "synthetic, unseen contents"
_BOTH: Final[Mapping[Part, str]] = {"photographs": "photographs", "synthetic": "synthetic pictures"}


def figure_sections(block: MeasuredBlock, *, on: str = "") -> list[str]:
    """Every section of figures that there are figures for; `on` ends each title, to tell features apart."""
    summary = block.summary
    sections = [
        _quality(block),
        _comparison(block.matched_baseline),
        _honesty(summary),
        _clusters(summary),
        _interventions(block),
        _experts(summary),
    ]
    titled = (section.partition("\n") for section in sections if section)
    return [f"{title}{on}{line_end}{rest}" for title, line_end, rest in titled]


def figure(found: Spread | None, *, digits: int = 3) -> str:
    """`median (smallest to largest)`, or a hyphen for what could not be measured."""
    if found is None:
        return _UNKNOWN
    return f"{found.median:.{digits}f} ({found.low:.{digits}f} to {found.high:.{digits}f})"


def _row(name: str, *found: Spread | None) -> str:
    return f"| {name} | {' | '.join(map(figure, found))} |"


def _quality(block: MeasuredBlock) -> str:
    summary = block.summary
    further, order = summary.further_rated or {}, summary.order
    return "\n".join(
        [
            f"## Held-out figures ({block.num_splits} content-disjoint splits: median, smallest and largest)",
            "",
            "| on | SRCC | PLCC | PLCC fitted | KRCC | RMSE |",
            "|---|---|---|---|---|---|",
            _agreement_row(_PHOTOGRAPHS, summary.photographs),
            _agreement_row(_SYNTHETIC, summary.synthetic),
            *(_agreement_row(f"{name}, test fold", found.agreement) for name, found in further.items()),
            *(
                _agreement_row(f"{name}, held out whole", found.agreement)
                for name, found in block.held_out_sets.items()
            ),
            "",
            "Without human scores of the pictures, on unseen contents: pristine told from distorted (D-test) "
            f"{figure(order.d_test)}, order of levels (L-test) {figure(order.l_test)}, pairs 30 points apart in "
            f"order (P-test) {figure(order.p_test)}. Level order is violated in "
            f"{figure(order.level_order_violations)} of the pairs of levels whose human scores clearly differ.",
        ]
    )


def _agreement_row(name: str, found: Agreement[OverSplits]) -> str:
    return f"{_row(name, found.srcc, found.plcc, found.plcc_fitted, found.krcc)} {figure(found.rmse, digits=2)} |"


def _comparison(baseline: MatchedBaseline | None) -> str:
    if baseline is None:
        return ""
    rows = [
        f"| {label} | {_difference(baseline.comparison.of(part).srcc)} |"
        for part, label in zip(PARTS, (_PHOTOGRAPHS, _SYNTHETIC), strict=True)
    ]
    num_pairs = [baseline.comparison.of(part).srcc.num_pairs for part in PARTS]
    spans = "95 % interval" if min(num_pairs) >= MIN_PAIRS else "range"
    return "\n".join(
        [
            f"## Does the mixture matter? Against `{baseline.recipe}`, {baseline.parameter_count:,} parameters",
            "",
            f"| on | difference in SRCC, median over splits ({spans}) | p, Wilcoxon | p, corrected t |",
            "|---|---|---|---|",
            *rows,
            "",
            "Splits share pictures: Wilcoxon's p is smaller than independent ones would give, the corrected resampled "
            "t-test (Nadeau and Bengio, 2003) allows for it. The baseline sees neither type labels nor alignment "
            "pretraining: where the mixture does, a difference does not tell the mixture from type supervision.",
        ]
    )


def _difference(found: PairedComparison) -> str:
    if not found.num_pairs:
        return f"{_UNKNOWN} | {_UNKNOWN} | {_UNKNOWN}"
    few = "too few splits"
    p = f"{found.p_value:.3f} | {corrected_p(found):.3f}"
    tested = p if found.num_pairs >= MIN_PAIRS else f"{few} | {few}"
    return f"{found.median_difference:+.3f} ({found.interval.low:+.3f} to {found.interval.high:+.3f}) | {tested}"


def _honesty(summary: Summary) -> str:
    conformal, calibration = summary.photographs_conformal, summary.calibration
    errors = summary.photographs_error.mean_absolute_error.median or []
    fifths = ", ".join(_UNKNOWN if math.isnan(value) else f"{value:.1f}" for value in errors)
    classes = ""
    if calibration.class_error is not None:
        classes = f" Expected calibration error of the distortion type: {figure(calibration.class_error)}."
    return "\n".join(
        [
            "## Calibration on photographs",
            "",
            "| promised by `score_std` | covered |",
            "|---|---|",
            *(f"| {percent} % | {figure(found)} |" for percent, found in calibration.std_coverage.items()),
            "",
            f"90 % intervals cover {figure(conformal.coverage)}; their mean width is "
            f"{figure(conformal.mean_width, digits=1)} points. This is marginal, in-domain coverage: over all "
            "photographs of BIQ2021, not for each kind of picture, and not for pictures from elsewhere. "
            f"Mean absolute error by fifth of the human score, worst photographs first: {fifths} points.{classes}",
        ]
    )


def _clusters(summary: Summary) -> str:
    clusters = summary.clusters
    if clusters is None:
        return ""
    accuracy = ""
    if summary.group_accuracy is not None:
        accuracy = (
            f" In {figure(summary.group_accuracy)} of these pictures the distortion group is named rightly, in "
            f"{figure(summary.type_accuracy)} the type."
        )
    return "\n".join(
        [
            "## Clusters on unseen contents, levels 2 to 5",
            "",
            "| cluster against | AMI | NMI | ARI | purity |",
            "|---|---|---|---|---|",
            *(
                _row(name, found.ami, found.nmi, found.ari, found.purity)
                for name, found in (("group", clusters.group), ("type", clusters.type), ("content", clusters.content))
            ),
            "",
            f"Posterior entropy {figure(clusters.posterior_entropy)} nats, share of posteriors above .99 "
            f"{figure(clusters.posterior_saturation)}, effective number of clusters "
            f"{figure(clusters.effective_clusters, digits=2)}, dead clusters "
            f"{figure(clusters.dead_clusters, digits=1)}.{_bic(clusters)}{accuracy}",
        ]
    )


def _bic(clusters: ClusterFigures[OverSplits]) -> str:
    known = {count: found.median for count, found in (clusters.bic or {}).items() if found is not None}
    if not known:
        return ""
    return (
        f" Of {', '.join(known)} clusters, {min(known, key=known.__getitem__)} have the lowest BIC on this embedding."
    )


def _interventions(block: MeasuredBlock) -> str:
    left = block.summary.interventions
    if left is None:
        return ""
    is_routing = left.replaced == "routing_weights"
    title = "What the routing is worth" if is_routing else "What the posteriors are worth"
    columns = ("own", "shuffled", "uniform", "wrong", "oracle")
    costs = ", ".join(f"{_cost(block.splits, part)} on {label}" for part, label in _BOTH.items())
    return "\n".join(
        [
            f"## {title} (SRCC with {'the routing weights' if is_routing else 'the posteriors'} replaced)",
            "",
            f"| on | {' | '.join(columns)} |",
            "|---|---|---|---|---|---|",
            *(
                _row(label, *(getattr(left.of(part), column) for column in columns))
                for part, label in zip(PARTS, (_PHOTOGRAPHS, _SYNTHETIC), strict=True)
            ),
            "",
            f"Shuffling between pictures costs, in SRCC, the median of paired differences: {costs}. "
            "The oracle reads the label and takes the one "
            f"{'expert' if is_routing else 'cluster'} that comes closest to it: a bound, no router.",
        ]
    )


def _cost(splits: Sequence[SplitFigures], part: Part) -> str:
    costs = routing_costs(splits, part)
    if costs is None or not costs.shuffled.num_pairs:
        return _UNKNOWN
    return f"{costs.shuffled.median_difference:.3f}"


def _experts(summary: Summary) -> str:
    routing = summary.routing
    if routing is None:
        return ""
    entropy, information = routing.routing_entropy, routing.expert_type_information
    effective = (f"{figure(routing.effective_experts.of(part), digits=2)} on {label}" for part, label in _BOTH.items())
    return (
        "## Experts in use\n\n"
        f"Effective number of experts {', '.join(effective)}; dead experts "
        f"{figure(routing.dead_experts, digits=1)}. "
        f"Routing entropy {figure(entropy.photographs)} nats on photographs, {figure(entropy.synthetic)} on "
        f"synthetic pictures. Expert and distortion type share {figure(information.nats)} nats, normalised "
        f"{figure(information.normalised)}."
    )

"""Sections of a model card that say what was measured of one kind of features."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from models.training.results.evidence.differences import MIN_PAIRS, corrected_p
from models.training.results.evidence.measured import stored_comparison

_UNKNOWN = "-"
_PHOTOGRAPHS = "BIQ2021 part, test fold"
_SYNTHETIC = "synthetic, unseen contents"
_BOTH = (("photographs", "photographs"), ("synthetic", "synthetic pictures"))


def figure_sections(metrics: Mapping[str, Any], *, on: str = "") -> list[str]:
    """Every section of figures that there are figures for; `on` ends each title, to tell features apart."""
    summary = metrics["summary"]
    sections = [
        _quality(metrics),
        _comparison(metrics),
        _honesty(summary),
        _clusters(summary),
        _interventions(summary),
        _experts(summary),
    ]
    titled = (section.partition("\n") for section in sections if section)
    return [f"{title}{on}{line_end}{rest}" for title, line_end, rest in titled]


def figure(entry: Mapping[str, float] | None, *, digits: int = 3) -> str:
    """`median (min to max)`, or a hyphen for what could not be measured."""
    if entry is None:
        return _UNKNOWN
    return f"{entry['median']:.{digits}f} ({entry['min']:.{digits}f} to {entry['max']:.{digits}f})"


def _row(name: str, entry: Mapping[str, Any], keys: Sequence[str]) -> str:
    return f"| {name} | {' | '.join(figure(entry[key]) for key in keys)} |"


def _quality(metrics: Mapping[str, Any]) -> str:
    summary = metrics["summary"]
    further, held_out = summary["further_rated"] or {}, metrics["held_out_sets"]
    order = summary["order"]
    return "\n".join(
        [
            f"## Held-out figures ({metrics['num_splits']} content-disjoint splits: median, smallest and largest)",
            "",
            "| on | SRCC | PLCC | PLCC fitted | KRCC | RMSE |",
            "|---|---|---|---|---|---|",
            _agreement_row(_PHOTOGRAPHS, summary["photographs"]),
            _agreement_row(_SYNTHETIC, summary["synthetic"]),
            *(_agreement_row(f"{name}, test fold", entry["agreement"]) for name, entry in further.items()),
            *(
                _agreement_row(f"{name}, held out whole", entry["agreement"])
                for name, entry in held_out.items()
                if entry
            ),
            "",
            "Without human scores of the pictures, on unseen contents: pristine told from distorted (D-test) "
            f"{figure(order['d_test'])}, order of levels (L-test) {figure(order['l_test'])}, pairs 30 points apart in "
            f"order (P-test) {figure(order['p_test'])}. Level order is violated in "
            f"{figure(order['level_order_violations'])} of the pairs of levels whose human scores clearly differ.",
        ]
    )


def _agreement_row(name: str, entry: Mapping[str, Any]) -> str:
    return f"{_row(name, entry, ('srcc', 'plcc', 'plcc_fitted', 'krcc'))} {figure(entry['rmse'], digits=2)} |"


def _comparison(metrics: Mapping[str, Any]) -> str:
    baseline = metrics["matched_baseline"]
    if baseline is None:
        return ""
    rows = [
        f"| {label} | {_difference(baseline['comparison'][part]['srcc'])} |"
        for part, label in (("photographs", _PHOTOGRAPHS), ("synthetic", _SYNTHETIC))
    ]
    num_pairs = [entry["srcc"]["num_pairs"] for entry in baseline["comparison"].values()]
    spans = "95 % interval" if min(num_pairs) >= MIN_PAIRS else "range"
    return "\n".join(
        [
            f"## Does the mixture matter? Against `{baseline['recipe']}`, {baseline['parameter_count']:,} parameters",
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


def _difference(entry: Mapping[str, Any]) -> str:
    if entry["median_difference"] is None:
        return f"{_UNKNOWN} | {_UNKNOWN} | {_UNKNOWN}"
    low, high = entry["interval"]["low"], entry["interval"]["high"]
    few = "too few splits"
    p = f"{entry['p_value']:.3f} | {corrected_p(stored_comparison(entry)):.3f}"
    tested = p if entry["num_pairs"] >= MIN_PAIRS else f"{few} | {few}"
    return f"{entry['median_difference']:+.3f} ({low:+.3f} to {high:+.3f}) | {tested}"


def _honesty(summary: Mapping[str, Any]) -> str:
    conformal, calibration = summary["photographs_conformal"], summary["calibration"]
    errors = summary["photographs_error"]["mean_absolute_error"]["median"]
    fifths = ", ".join(_UNKNOWN if value is None else f"{value:.1f}" for value in errors)
    classes = ""
    if calibration["class_error"] is not None:
        classes = f" Expected calibration error of the distortion type: {figure(calibration['class_error'])}."
    return "\n".join(
        [
            "## Calibration on photographs",
            "",
            "| promised by `score_std` | covered |",
            "|---|---|",
            *(f"| {percent} % | {figure(entry)} |" for percent, entry in calibration["std_coverage"].items()),
            "",
            f"90 % intervals cover {figure(conformal['coverage'])}; their mean width is "
            f"{figure(conformal['mean_width'], digits=1)} points. This is marginal, in-domain coverage: over all "
            "photographs of BIQ2021, not for each kind of picture, and not for pictures from elsewhere. "
            f"Mean absolute error by fifth of the human score, worst photographs first: {fifths} points.{classes}",
        ]
    )


def _clusters(summary: Mapping[str, Any]) -> str:
    clusters = summary["clusters"]
    if clusters is None:
        return ""
    accuracy = ""
    if summary["group_accuracy"] is not None:
        accuracy = (
            f" In {figure(summary['group_accuracy'])} of these pictures the distortion group is named rightly, in "
            f"{figure(summary['type_accuracy'])} the type."
        )
    return "\n".join(
        [
            "## Clusters on unseen contents, levels 2 to 5",
            "",
            "| cluster against | AMI | NMI | ARI | purity |",
            "|---|---|---|---|---|",
            *(_row(name, clusters[name], ("ami", "nmi", "ari", "purity")) for name in ("group", "type", "content")),
            "",
            f"Posterior entropy {figure(clusters['posterior_entropy'])} nats, share of posteriors above .99 "
            f"{figure(clusters['posterior_saturation'])}, effective number of clusters "
            f"{figure(clusters['effective_clusters'], digits=2)}, dead clusters "
            f"{figure(clusters['dead_clusters'], digits=1)}.{_bic(clusters)}{accuracy}",
        ]
    )


def _bic(clusters: Mapping[str, Any]) -> str:
    known = {count: entry["median"] for count, entry in (clusters["bic"] or {}).items() if entry is not None}
    if not known:
        return ""
    return (
        f" Of {', '.join(known)} clusters, {min(known, key=known.__getitem__)} have the lowest BIC on this embedding."
    )


def _interventions(summary: Mapping[str, Any]) -> str:
    replaced = summary["interventions"]
    if replaced is None:
        return ""
    is_routing = replaced["replaced"] == "routing_weights"
    title = "What the routing is worth" if is_routing else "What the posteriors are worth"
    columns = ("own", "shuffled", "uniform", "wrong", "oracle")
    costs = ", ".join(f"{_cost(replaced[key])} on {label}" for key, label in _BOTH)
    return "\n".join(
        [
            f"## {title} (SRCC with {'the routing weights' if is_routing else 'the posteriors'} replaced)",
            "",
            f"| on | {' | '.join(columns)} |",
            "|---|---|---|---|---|---|",
            _row(_PHOTOGRAPHS, replaced["photographs"], columns),
            _row(_SYNTHETIC, replaced["synthetic"], columns),
            "",
            f"Shuffling between pictures costs, in median SRCC: {costs}. The oracle reads the label and takes the one "
            f"{'expert' if is_routing else 'cluster'} that comes closest to it: a bound, no router.",
        ]
    )


def _cost(entry: Mapping[str, Any]) -> str:
    own, shuffled = entry["own"], entry["shuffled"]
    return _UNKNOWN if own is None or shuffled is None else f"{own['median'] - shuffled['median']:.3f}"


def _experts(summary: Mapping[str, Any]) -> str:
    routing = summary["routing"]
    if routing is None:
        return ""
    entropy, information = routing["routing_entropy"], routing["expert_type_information"]
    effective = (f"{figure(routing['effective_experts'][key], digits=2)} on {label}" for key, label in _BOTH)
    return (
        "## Experts in use\n\n"
        f"Effective number of experts {', '.join(effective)}; dead experts "
        f"{figure(routing['dead_experts'], digits=1)}. "
        f"Routing entropy {figure(entropy['photographs'])} nats on photographs, {figure(entropy['synthetic'])} on "
        f"synthetic pictures. Expert and distortion type share {figure(information['nats'])} nats, normalised "
        f"{figure(information['normalised'])}."
    )

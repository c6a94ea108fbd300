"""The model card of a checkpoint, written from its manifest and metrics and from nothing else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from models.checkpoints import Manifest

_DATA = {
    "biq2021": (
        "BIQ2021 (Ahmed and Asif, 2022), a stratified part of its official training split: photographs with authentic "
        "distortions and mean opinion scores of about 30 raters"
    ),
    "synthetic": (
        "25 KADID-10k distortion types at five levels of pristine photographs (20 LIVE references, 5 Kodak, 49 from "
        "Wikimedia Commons), labelled with KADID-10k's mean human score of the type and level"
    ),
    "synthetic_biq2021": (
        "the 600 best-rated of these photographs at three quarters of their size, clean and under three of the types "
        "each, labelled in the same way; trained on where the photograph itself is, and never measured on"
    ),
    "live_regenerated": (
        "LIVE, regenerated: 20 references of LIVE release 2 distorted again with its parameters, labelled with LIVE's "
        "own DMOS"
    ),
    "compound_synthetic_biq2021": (
        "visible distortions of these photographs under Gaussian blur of 1 px on top, which must not score higher"
    ),
    "blurred_biq2021": (
        "each photograph under Gaussian blur of 1 px, of which only one thing is taught: it must not score higher than "
        "the photograph"
    ),
}
_OTHER_DATA = "pictures with human scores"

_UNKNOWN = "-"
_PHOTOGRAPHS = "BIQ2021 part, test fold"
_SYNTHETIC = "synthetic, unseen contents"
_BOTH = (("photographs", "photographs"), ("synthetic", "synthetic pictures"))


def model_card(manifest: Manifest, metrics: Mapping[str, Any]) -> str:
    """Markdown; each figure is a median over splits with its smallest and largest value, as in `metrics.json`."""
    sections = [
        _head(manifest),
        _data(manifest),
        _quality(metrics),
        _comparison(metrics),
        _honesty(metrics["summary"]),
        _clusters(metrics["summary"]),
        _interventions(metrics["summary"]),
        _experts(metrics["summary"]),
        _limits(),
    ]
    return "\n\n".join(section for section in sections if section) + "\n"


def figure(entry: Mapping[str, float] | None, *, digits: int = 3) -> str:
    """`median (min to max)`, or a hyphen for what could not be measured."""
    if entry is None:
        return _UNKNOWN
    return f"{entry['median']:.{digits}f} ({entry['min']:.{digits}f} to {entry['max']:.{digits}f})"


def _row(name: str, entry: Mapping[str, Any], keys: Sequence[str]) -> str:
    return f"| {name} | {' | '.join(figure(entry[key]) for key in keys)} |"


def _head(manifest: Manifest) -> str:
    return (
        f"# {manifest.title}\n\n"
        f"Variant `{manifest.variant}`, formulation `{manifest.formulation}`, {manifest.parameter_count:,} parameters "
        f"in the head, on frozen ImageNet features of `{manifest.model.backbone}`. Scores are predicted MOS on 0-100, "
        f"higher is better. Weights SHA-256 `{manifest.weights_sha256[:16]}…`."
    )


def _data(manifest: Manifest) -> str:
    rows = [
        f"- **{record.name}**, {record.num_pictures:,} pictures: {_DATA.get(record.name, _OTHER_DATA)}."
        for record in manifest.training.datasets
    ]
    return "\n".join(
        ["## Training data", "", *rows, "", f"The shipped weights were fitted on {manifest.training.fitted_on}."]
    )


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
    return "\n".join(
        [
            f"## Does the mixture matter? Against `{baseline['recipe']}`, {baseline['parameter_count']:,} parameters",
            "",
            "| on | difference in SRCC, median over splits (95 % interval) | p, Wilcoxon |",
            "|---|---|---|",
            *rows,
            "",
            "Splits share pictures, so that p is smaller than independent ones would give.",
        ]
    )


def _difference(entry: Mapping[str, Any]) -> str:
    if entry["median_difference"] is None:
        return f"{_UNKNOWN} | {_UNKNOWN}"
    low, high = entry["interval"]["low"], entry["interval"]["high"]
    return f"{entry['median_difference']:+.3f} ({low:+.3f} to {high:+.3f}) | {entry['p_value']:.3f}"


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
            f"{figure(conformal['mean_width'], digits=1)} points. Mean absolute error by fifth of the human score, "
            f"worst photographs first: {fifths} points.{classes}",
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


def _limits() -> str:
    return (
        "## Limits\n\n"
        "Synthetic labels are means over contents, not ratings of these pictures. The scale is BIQ2021's, whose best "
        "photographs stand near 93. Cluster names say which distortion group marks a cluster in training, no more."
    )

"""The model card of a checkpoint, written from its manifest and metrics and from nothing else."""

from __future__ import annotations

from collections.abc import Mapping
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
    "blurred_biq2021": (
        "each photograph under Gaussian blur of 1 px, of which only one thing is taught: it must not score higher than "
        "the photograph"
    ),
}


def model_card(manifest: Manifest, metrics: Mapping[str, Any]) -> str:
    """Markdown; each figure is a median over splits with its smallest and largest value, as in `metrics.json`."""
    sections = [
        _head(manifest),
        _data(manifest),
        _quality(metrics),
        _clusters(metrics["summary"]),
        _routing(metrics["summary"]),
        _limits(),
    ]
    return "\n\n".join(section for section in sections if section) + "\n"


def figure(entry: Mapping[str, float], *, digits: int = 3) -> str:
    """`median (min to max)`."""
    return f"{entry['median']:.{digits}f} ({entry['min']:.{digits}f} to {entry['max']:.{digits}f})"


def _head(manifest: Manifest) -> str:
    return (
        f"# {manifest.title}\n\n"
        f"Variant `{manifest.variant}`, formulation `{manifest.formulation}`, {manifest.parameter_count:,} parameters "
        f"in the head, on frozen ImageNet features of `{manifest.model.backbone}`. Scores are predicted MOS on 0-100, "
        f"higher is better. Weights SHA-256 `{manifest.weights_sha256[:16]}…`."
    )


def _data(manifest: Manifest) -> str:
    rows = [
        f"- **{record.name}**, {record.num_pictures:,} pictures: {_DATA[record.name]}."
        for record in manifest.training.datasets
    ]
    return "\n".join(
        ["## Training data", "", *rows, "", f"The shipped weights were fitted on {manifest.training.fitted_on}."]
    )


def _quality(metrics: Mapping[str, Any]) -> str:
    summary = metrics["summary"]
    photographs, synthetic = summary["photographs"], summary["synthetic"]
    conformal = summary["photographs_conformal"]
    return "\n".join(
        [
            f"## Held-out figures ({metrics['num_splits']} content-disjoint splits: median, smallest and largest)",
            "",
            "| on | SRCC | PLCC | PLCC fitted | KRCC | RMSE |",
            "|---|---|---|---|---|---|",
            _agreement_row("BIQ2021 part, test fold", photographs),
            _agreement_row("synthetic, unseen contents", synthetic),
            "",
            f"90 % intervals cover {figure(conformal['coverage'])} of the test photographs; their mean width is "
            f"{figure(conformal['mean_width'], digits=1)} points. Level order is violated in "
            f"{figure(summary['level_order_violations'])} of the pairs of levels whose human scores clearly differ.",
        ]
    )


def _agreement_row(name: str, entry: Mapping[str, Any]) -> str:
    cells = [figure(entry[key]) for key in ("srcc", "plcc", "plcc_fitted", "krcc")]
    return f"| {name} | {' | '.join(cells)} | {figure(entry['rmse'], digits=2)} |"


def _clusters(summary: Mapping[str, Any]) -> str:
    if "clusters" not in summary:
        return ""
    clusters = summary["clusters"]
    rows = [
        f"| {name} | " + " | ".join(figure(clusters[name][key]) for key in ("ami", "nmi", "purity")) + " |"
        for name in ("group", "type", "content")
    ]
    accuracy = ""
    if "group_accuracy" in summary:
        accuracy = f" The distortion group is named rightly in {figure(summary['group_accuracy'])} of these pictures."
    return "\n".join(
        [
            "## Clusters on unseen contents, levels 2 to 5",
            "",
            "| cluster against | AMI | NMI | purity |",
            "|---|---|---|---|",
            *rows,
            "",
            f"Posterior entropy {figure(clusters['posterior_entropy'])} nats, share of posteriors above .99 "
            f"{figure(clusters['posterior_saturation'])}, effective number of clusters "
            f"{figure(clusters['effective_clusters'], digits=2)}.{accuracy}",
        ]
    )


def _routing(summary: Mapping[str, Any]) -> str:
    if "routing" not in summary:
        return ""
    routing = summary["routing"]
    rows = [
        f"| {label} | "
        + " | ".join(figure(routing[key][name]) for name in ("own", "shuffled", "uniform", "wrong_expert"))
        + " |"
        for key, label in (("photographs", "BIQ2021 part, test fold"), ("synthetic", "synthetic, unseen contents"))
    ]
    costs = ", ".join(
        f"{routing[key]['own']['median'] - routing[key]['shuffled']['median']:.3f} on {label}"
        for key, label in (("photographs", "photographs"), ("synthetic", "synthetic pictures"))
    )
    return "\n".join(
        [
            "## What the routing is worth (SRCC with the router's weights replaced)",
            "",
            "| on | own | shuffled | uniform | wrong expert |",
            "|---|---|---|---|---|",
            *rows,
            "",
            f"Shuffling the routing between pictures costs, in median SRCC: {costs}. Effective number of experts on "
            f"photographs {figure(routing['effective_experts'], digits=2)}.",
        ]
    )


def _limits() -> str:
    return (
        "## Limits\n\n"
        "Synthetic labels are means over contents, not ratings of these pictures. The scale is BIQ2021's, whose best "
        "photographs stand near 93. Cluster names say which distortion group marks a cluster in training, no more."
    )

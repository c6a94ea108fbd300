"""The model card of a checkpoint, written from its manifest and metrics and from nothing else."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from models.checkpoints.manifest import CARD_FILE, DatasetRecord, Manifest
from models.checkpoints.reading import checkpoint_folders, read_manifest
from models.distortions.operations import DISTORTIONS
from models.figures.measurements import MeasuredBlock, Metrics, metrics_in
from models.files import write_atomically
from models.taxonomy import LEVELS, TAXONOMY
from models.training.data.datasets import BLUR_LEVEL, BLUR_TYPE, NUM_TYPES_OF_RATED, RATED_SHRINK_FACTOR
from models.training.results.evidence.measured import splits_text
from models.training.writing.card_figures import figure, figure_sections
from models.training.writing.colour_sensitivity import sensitivity_section


def _per_content(num_types: int) -> int:
    """Pictures of one content: clean, and each type at every level."""
    return 1 + num_types * len(LEVELS)


_NUM_TYPES: Final = len(TAXONOMY.distortion_types)
_BLUR: Final = f"Gaussian blur of {DISTORTIONS[BLUR_TYPE].parameters[BLUR_LEVEL - 1]:g} px"
_DATA: Final[Mapping[str, Callable[[int], str]]] = {
    "biq2021": lambda _: (
        "BIQ2021 (Ahmed and Asif, 2022), a stratified part of its official training split: photographs with authentic "
        "distortions and mean opinion scores of about 30 raters"
    ),
    "synthetic": lambda count: (
        f"{_NUM_TYPES} KADID-10k distortion types at {len(LEVELS)} levels of {count // _per_content(_NUM_TYPES)} "
        "pristine photographs (references of LIVE, Kodak's, and some from Wikimedia Commons), labelled with "
        "KADID-10k's mean human score of the type and level"
    ),
    "synthetic_biq2021": lambda count: (
        f"the {count // _per_content(NUM_TYPES_OF_RATED)} best-rated of these photographs at "
        f"{100 / RATED_SHRINK_FACTOR:.0f} % of their size, clean and under {NUM_TYPES_OF_RATED} of the types each, "
        "labelled in the same way; trained on where the photograph itself is, and never measured on"
    ),
    "live_regenerated": lambda _: (
        "LIVE, regenerated: references of LIVE release 2 distorted again with its parameters, labelled with LIVE's "
        "own DMOS"
    ),
    "compound_synthetic_biq2021": lambda _: (
        f"visible distortions of these photographs under {_BLUR} on top, which must not score higher"
    ),
    "mixed": lambda _: (
        "the pristine photographs under two distortions, one after the other, in the cells that people rated in MDIVL "
        "and LIVE-MD: of two neighbours the one that people found worse must not score higher"
    ),
    "blurred_biq2021": lambda _: (
        f"each photograph under {_BLUR}, of which only one thing is taught: it must not score higher than the "
        "photograph"
    ),
}
"""What a set is, by name, given its number of pictures."""


def _other_data(_: int) -> str:
    return "pictures with human scores"


def model_card(manifest: Manifest, metrics: Metrics, *, sensitivity: str = "") -> str:
    """Markdown; each figure is a median over splits with its smallest and largest value, as in `metrics.json`.

    `sensitivity` is the section on how colour is decoded, where these weights were measured.
    """
    sections = [
        _head(manifest, metrics),
        _data(manifest),
        *_figures(metrics),
        sensitivity,
        _limits(),
    ]
    return "\n\n".join(section for section in sections if section) + "\n"


def write_cards(root: Path) -> list[Path]:
    """Write every card under `root` anew, from manifest and metrics; the paths written."""
    paths = []
    for folder in checkpoint_folders(root):
        path = folder / CARD_FILE
        sensitivity = sensitivity_section(root, folder.name)
        write_atomically(path, model_card(read_manifest(folder), metrics_in(folder), sensitivity=sensitivity).encode())
        paths.append(path)
    return paths


def _head(manifest: Manifest, metrics: Metrics) -> str:
    features = f"frozen ImageNet features of `{manifest.model.backbone}`"
    if metrics.fine_tuned is not None:
        features = (
            f"features of `{manifest.model.backbone}` whose last stages were fine-tuned on all references but the "
            f"calibration tenth (trunk SHA-256 `{manifest.trunk.sha256[:16]}…`)"
        )
    return (
        f"# {manifest.title}\n\n"
        f"Variant `{manifest.variant}`, formulation `{manifest.formulation}`, {manifest.parameter_count:,} parameters "
        f"in the head, on {features}. Scores are predicted MOS on 0-100, higher is better. "
        f"Weights SHA-256 `{manifest.weights_sha256[:16]}…`."
    )


def _data(manifest: Manifest) -> str:
    rows = [
        f"- **{record.name}**, {record.num_pictures:,} pictures: {_what(record)}."
        for record in manifest.training.datasets
    ]
    return "\n".join(
        ["## Training data", "", *rows, "", f"The shipped weights were fitted on {manifest.training.fitted_on}."]
    )


def _what(record: DatasetRecord) -> str:
    return _DATA.get(record.name, _other_data)(record.num_pictures)


def _figures(metrics: Metrics) -> list[str]:
    """The sections on frozen features; those on fine-tuned ones come before them where the weights ship on these."""
    tuned = metrics.fine_tuned
    if tuned is None:
        return figure_sections(metrics)
    return [
        _two_features(metrics, tuned),
        *figure_sections(tuned, on=", fine-tuned features"),
        *figure_sections(metrics, on=", frozen features"),
    ]


def _two_features(frozen: MeasuredBlock, tuned: MeasuredBlock) -> str:
    on_tuned, on_frozen = (figure(found.summary.photographs.srcc) for found in (tuned, frozen))
    return (
        "## Two sets of figures\n\n"
        "The shipped weights sit on the fine-tuned trunk, and the figures on fine-tuned features are those to expect "
        f"of them. These were measured on {splits_text(tuned.num_splits)} and on a trunk for each, fine-tuned on "
        "that split's training contents alone, never on LIVE or its references. The figures on frozen ImageNet "
        f"features are those of heads of the same recipe on {splits_text(frozen.num_splits)}. SRCC on photographs: "
        f"{on_tuned} fine-tuned, {on_frozen} frozen; the results page compares both on the same splits."
    )


def _limits() -> str:
    return (
        "## Limits\n\n"
        "Synthetic labels are means over contents, not ratings of these pictures: a head that named type and level "
        "exactly would agree with them perfectly, which favours heads that are taught types. The scale is "
        "BIQ2021's, whose best photographs stand near 93. Cluster names say which distortion group marks a cluster in "
        "training, no more."
    )

"""How far scores depend on how colour was brought to full size: one picture through four ways to decode it.

Photographs come as JPEG, HEIC or AVIF with a quarter of the colour samples. Which decoder fills in the others should
not show in a score. Legend: H rows, W columns, C channels.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from io import BytesIO
from pathlib import Path
from typing import Any, Final

import numpy as np
import simplejpeg
from numpy.typing import NDArray
from PIL import Image
from torch import Tensor

from models.checkpoints.reading import read_manifest
from models.files import write_atomically
from models.images import decode
from models.loading import load_head, load_trunk
from models.predictor import Predictor
from models.trunk.features import FeatureRuntime
from models.trunk.runtimes import select_device

_Versions = dict[str, NDArray[np.uint8]]

SENSITIVITY_FILE: Final = "colour_sensitivity.json"
_QUALITY: Final = 95
_WAYS: Final = {
    "repeated": "JPEG (4:2:0), colour samples repeated, against the original",
    "interpolated": "JPEG (4:2:0), colour samples interpolated, against the original",
    "halved": "colour halved and interpolated, nothing else, against the original",
    "other_decoder": "JPEG (4:2:0) by another decoder (libjpeg-turbo's fast transform), against the usual one",
}


@dataclass(frozen=True)
class Change:
    """Points by which a score changes, over pictures: the mean, and the largest whatever its sign."""

    mean: float
    largest: float


def measure_sensitivities(folders: Sequence[Path], pictures: Sequence[Path]) -> dict[str, dict[str, Change]]:
    """By checkpoint, the changes in each of the ways on these pictures; checkpoints on one trunk share its features."""
    versions = [_versions(decode(path.read_bytes()).pixels_HWC) for path in pictures]
    runtimes: dict[str, FeatureRuntime] = {}
    found = {}
    for folder in folders:
        manifest = read_manifest(folder)
        if manifest.trunk.sha256 not in runtimes:
            runtime = load_trunk(folder, manifest, select_device("cpu"), None)
            runtimes[manifest.trunk.sha256] = _RememberingRuntime(runtime)
        predictor = Predictor(manifest, load_head(folder, manifest), runtimes[manifest.trunk.sha256])
        found[manifest.id] = _changes(predictor, versions)
    return found


class _RememberingRuntime:
    """Features of each picture, computed once: a few dozen pictures, a few KB each."""

    def __init__(self, runtime: FeatureRuntime) -> None:
        self._runtime = runtime
        self._features: dict[bytes, Tensor] = {}

    def __call__(self, views_CHW: Sequence[Tensor]) -> Tensor:
        digest = hashlib.sha256()
        for view_CHW in views_CHW:
            digest.update(view_CHW.numpy().tobytes())
        key = digest.digest()
        if key not in self._features:
            self._features[key] = self._runtime(views_CHW)
        return self._features[key]


def _changes(predictor: Predictor, versions: Sequence[_Versions]) -> dict[str, Change]:
    changes: dict[str, list[float]] = {way: [] for way in _WAYS}
    for pictures in versions:
        score_of = {name: predictor.score(pixels_HWC).score.value for name, pixels_HWC in pictures.items()}
        for way in ("repeated", "interpolated", "halved"):
            changes[way].append(score_of[way] - score_of["original"])
        changes["other_decoder"].append(score_of["other_decoder"] - score_of["interpolated"])
    return {way: _change(found) for way, found in changes.items()}


def write_sensitivity(root: Path, found: Mapping[str, Mapping[str, Change]], *, num_pictures: int) -> None:
    """The changes by checkpoint, under `root`."""
    plain = {name: {way: asdict(change) for way, change in ways.items()} for name, ways in found.items()}
    content = {"num_pictures": num_pictures, "ways": _WAYS, "checkpoints": plain}
    write_atomically(root / SENSITIVITY_FILE, (json.dumps(content, indent=2) + "\n").encode())


def sensitivity_section(root: Path, checkpoint_id: str) -> str:
    """A model card's section on a checkpoint; empty where it was not measured."""
    path = root / SENSITIVITY_FILE
    content: Any = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {"checkpoints": {}}
    ways = content["checkpoints"].get(checkpoint_id)
    if ways is None:
        return ""
    rows = [f"| {_WAYS[way]} | {entry['mean']:+.1f} | {entry['largest']:+.1f} |" for way, entry in ways.items()]
    return "\n".join(
        [
            "## Sensitivity to how colour is decoded",
            "",
            f"Points by which the score changes, over {content['num_pictures']} photographs.",
            "",
            "| way | mean | largest |",
            "|---|---|---|",
            *rows,
        ]
    )


def _versions(pixels_HWC: NDArray[np.uint8]) -> _Versions:
    buffer = BytesIO()
    Image.fromarray(pixels_HWC).save(buffer, "JPEG", quality=_QUALITY, subsampling="4:2:0")
    data = buffer.getvalue()
    return {
        "original": pixels_HWC,
        "repeated": simplejpeg.decode_jpeg(data, fastupsample=True),
        "interpolated": decode(data).pixels_HWC,
        "halved": _with_halved_colour(pixels_HWC),
        "other_decoder": simplejpeg.decode_jpeg(data, fastdct=True),
    }


def _with_halved_colour(pixels_HWC: NDArray[np.uint8]) -> NDArray[np.uint8]:
    luma, *colour = Image.fromarray(pixels_HWC).convert("YCbCr").split()
    planes = [plane.reduce(2).resize(luma.size, Image.Resampling.BILINEAR) for plane in colour]
    return np.array(Image.merge("YCbCr", (luma, *planes)).convert("RGB"))


def _change(found: Sequence[float]) -> Change:
    return Change(round(float(np.mean(found)), 2), round(float(max(found, key=abs)), 2))

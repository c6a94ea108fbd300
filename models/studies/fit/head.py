"""A checkpoint's head fitted to a set's labels: its score, mapped, and a deviation by the features.

Legend: N pictures, D features of the pooled stages.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray
from safetensors import safe_open
from safetensors.numpy import save

from models.files import write_atomically
from models.prediction import SCORE_RANGE
from models.predictor import Predictor, Source, open_image
from models.studies.figures.mapping import mapped_scores
from models.studies.findings.records import LabelMapping

Floats = NDArray[np.floating]

FITS_FOLDER: Final = "fits"


@dataclass(frozen=True)
class FittedHead:
    """Score = mapping(the checkpoint's score) + slope x (standardised features - centre), within 0-100."""

    checkpoint: str
    mapping: LabelMapping
    centre_D: Floats
    slope_D: Floats

    @classmethod
    def read(cls, folder: Path, checkpoint: str) -> FittedHead:
        """That of a checkpoint in a study's folder; raises `OSError` where there is none."""
        with safe_open(_path(folder, checkpoint), "np") as file:
            mapping = LabelMapping(**json.loads(file.metadata()["mapping"]))
            return cls(checkpoint, mapping, file.get_tensor("centre_D"), file.get_tensor("slope_D"))

    def write(self, folder: Path) -> None:
        """Into a study's folder."""
        path = _path(folder, self.checkpoint)
        path.parent.mkdir(parents=True, exist_ok=True)
        arrays = {"centre_D": np.ascontiguousarray(self.centre_D), "slope_D": np.ascontiguousarray(self.slope_D)}
        write_atomically(path, save(arrays, {"mapping": json.dumps(asdict(self.mapping))}))

    def scores(self, score_N: Floats, features_ND: Floats) -> Floats:
        """Of a checkpoint's scores and the standardised features that it read."""
        scores_N = (
            mapped_scores(self.mapping, score_N) + (features_ND[:, : len(self.centre_D)] - self.centre_D) @ self.slope_D
        )
        return np.asarray(scores_N.clip(*SCORE_RANGE))

    def score(self, predictor: Predictor, source: Source) -> float:
        """Of a picture that the study need not have seen; raises `ImageError` where it is not usable."""
        image = open_image(source)
        features_1D = predictor.standardised(predictor.features(image)[0][np.newaxis])
        return float(self.scores(np.array([predictor.predict(image).score.value]), features_1D)[0])


def _path(folder: Path, checkpoint: str) -> Path:
    return folder / FITS_FOLDER / f"{checkpoint}.safetensors"

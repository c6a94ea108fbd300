"""A miniature of what ships: a few drawn photographs under two distortion types, and a projection without UMAP."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import numpy as np
from PIL import Image
from sklearn.decomposition import PCA

from models.maps.embedding_map import Floats, ProjectionRecord
from models.training.pictures.map_images import Credit, MapImages, build_image_set, distorted_pictures
from tests.conftest import Draw

CONTENTS: Final = ("disc", "waves", "stripes")
TYPES: Final = ("jpeg", "gaussian_blur")
PICTURES_PER_CONTENT: Final = 1 + 5 * len(TYPES)


class PlaneProjector:
    """The first two principal axes; counts how often it was asked."""

    def __init__(self, *, seed: int = 0) -> None:
        self.calls = 0
        self._seed = seed

    def record(self, num_points: int) -> ProjectionRecord:
        return ProjectionRecord("PCA", "scikit-learn", self._seed, {"points": num_points})

    def __call__(self, points_NP: Floats) -> Floats:
        self.calls += 1
        return np.asarray(PCA(2, svd_solver="full").fit_transform(points_NP), np.float32)


def miniature_images(folder: Path, draw_picture: Draw, *, shared: Path) -> MapImages:
    """Three contents, two types, five levels and clean: 33 pictures of 96 x 128 px in an image set under `shared`."""
    folder.mkdir()
    paths = [folder / f"{name}.png" for name in CONTENTS]
    for seed, path in enumerate(paths):
        Image.fromarray(draw_picture(seed)).save(path)
    credit_of = {name: Credit("drawn by code, CC0 1.0", "this test") for name in CONTENTS}
    pictures = distorted_pictures("miniature", paths, credit_of, distortion_types=TYPES)
    return build_image_set(pictures, shared=shared)

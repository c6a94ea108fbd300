"""Content-disjoint splits: no reference on two sides, the same seeds for every variant.

Each split cuts references 80/20 into a training and a test part; an eighth of the training part is held out as the
validation fold, on which settings are chosen and intervals calibrated. Nothing is ever chosen on a test fold.
"""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

Role = Literal["train", "validation", "test"]
NUM_SPLITS: Final = 10
TEST_SHARE: Final = 0.2
VALIDATION_SHARE: Final = 0.1
FINAL_SEED: Final = 1000
"""Seed of the cut behind shipped weights: nine tenths train, one tenth calibrates, nothing tests."""


@dataclass(frozen=True)
class Split:
    """The role of every reference under one seed."""

    seed: int
    role_of_reference: dict[str, Role]

    def indices(self, references_N: Sequence[str], role: Role) -> NDArray[np.int64]:
        """Positions of the examples whose reference has the role."""
        return np.flatnonzero([self.role_of_reference[reference] == role for reference in references_N])


def content_disjoint_split(references: Sequence[str], *, seed: int, test_share: float = TEST_SHARE) -> Split:
    """Draw roles for the distinct references; each data set (the part of a reference before `/`) is cut on its own."""
    roles: dict[str, Role] = {}
    datasets = sorted({reference.split("/")[0] for reference in references})
    for dataset in datasets:
        members = sorted({reference for reference in references if reference.split("/")[0] == dataset})
        order = np.random.default_rng(seed).permutation(len(members))
        num_test, num_validation = round(len(members) * test_share), round(len(members) * VALIDATION_SHARE)
        for rank, position in enumerate(order):
            is_test, is_validation = rank < num_test, rank < num_test + num_validation
            roles[members[position]] = "test" if is_test else "validation" if is_validation else "train"
    return Split(seed, roles)


def final_split(references: Sequence[str]) -> Split:
    """The cut behind shipped weights: training and calibration only."""
    return content_disjoint_split(references, seed=FINAL_SEED, test_share=0.0)


def splits_csv(splits: Sequence[Split]) -> str:
    """One row per reference, one column per seed: what is stored beside the checkpoints."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["reference", *(f"seed_{split.seed}" for split in splits)])
    for reference in sorted(splits[0].role_of_reference):
        writer.writerow([reference, *(split.role_of_reference[reference] for split in splits)])
    return text.getvalue()


def splits_sha256(splits: Sequence[Split]) -> str:
    """Identity of the splits: the hash of their CSV."""
    return hashlib.sha256(splits_csv(splits).encode()).hexdigest()

"""Content-disjoint splits: no reference on two sides, the same seeds for every variant.

Each split cuts references 80/20 into a training and a test part; an eighth of the training part is held out as the
validation fold, on which settings are chosen and intervals calibrated. Nothing is ever chosen on a test fold.
"""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from models.figures.protocol import TEST_SHARE, VALIDATION_SHARE

Role = Literal["train", "validation", "test"]
NUM_SPLITS: Final = 10
FINAL_SEED: Final = 1000
"""Seed of the cut behind shipped weights: nine tenths train, one tenth calibrates, nothing tests."""

FIRST_SUBSET_SEED: Final = 2000
"""Seed of the cut that leaves the first source out; the others follow."""


class SplitError(ValueError):
    """A split that would put one content on two sides."""


@dataclass(frozen=True)
class Split:
    """The role of every reference under one seed."""

    seed: int
    role_of_reference: dict[str, Role]

    def indices(self, references_N: Sequence[str], role: Role) -> NDArray[np.int64]:
        """Positions of the examples whose reference has the role."""
        return np.flatnonzero([self.role_of_reference[reference] == role for reference in references_N])

    def with_test(self, references: Sequence[str]) -> Split:
        """This split with all of the references moved to the test fold: a data set held out whole."""
        return replace(self, role_of_reference=self.role_of_reference | dict.fromkeys(references, "test"))


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


def subset_splits(references_N: Sequence[str], subsets_N: Sequence[str | None]) -> dict[str, Split]:
    """One split for each source that the photographs came from, by its name: all of it tests, the others train.

    A tenth of the others calibrates. Both sequences have one entry per photograph, `None` where nobody named a source.
    """
    names = sorted({name for name in subsets_N if name is not None})
    pairs = list(zip(references_N, subsets_N, strict=True))
    return {
        name: content_disjoint_split(references_N, seed=FIRST_SUBSET_SEED + rank, test_share=0.0).with_test(
            [reference for reference, subset in pairs if subset == name]
        )
        for rank, name in enumerate(names)
    }


def official_split(references: Sequence[str], roles: Sequence[Role], *, seed: int) -> Split:
    """The cut that a set's authors made; where they held out no validation fold, an eighth of the training references.

    `roles` has one role per example; the seed draws the validation fold alone. Raises `SplitError` where a reference
    has two roles.
    """
    role_of: dict[str, Role] = {}
    for reference, role in zip(references, roles, strict=True):
        if role_of.setdefault(reference, role) != role:
            raise SplitError(f"got reference {reference} in {role_of[reference]} and in {role}, expected it in one")
    if "validation" not in role_of.values():
        training = sorted(reference for reference in role_of if role_of[reference] == "train")
        count = round(len(training) * VALIDATION_SHARE / (1 - TEST_SHARE))
        held_out = np.random.default_rng(seed).permutation(len(training))[:count]
        role_of |= {training[position]: "validation" for position in held_out}
    return Split(seed, role_of)


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

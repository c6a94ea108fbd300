"""No content stands on two sides of a split, and the same references give the same split for ever."""

from __future__ import annotations

import csv
import io
from collections import Counter

import pytest

from models.training.data.splits import (
    FINAL_SEED,
    Role,
    Split,
    SplitError,
    content_disjoint_split,
    final_split,
    official_split,
    splits_csv,
    splits_sha256,
    subset_splits,
)

REFERENCES = [f"pristine/{n:02}" for n in range(20)] + [f"biq2021/{n:03}.jpg" for n in range(100)]
EXAMPLES = [reference for reference in REFERENCES for _ in range(3)]
ROLES: tuple[Role, ...] = ("train", "validation", "test")


@pytest.mark.parametrize("seed", range(3))
def test_every_example_has_one_role_and_shares_it_with_its_reference(seed: int) -> None:
    split = content_disjoint_split(EXAMPLES, seed=seed)
    sides = {role: {EXAMPLES[row] for row in split.indices(EXAMPLES, role)} for role in ROLES}
    assert sum(len(split.indices(EXAMPLES, role)) for role in ROLES) == len(EXAMPLES)
    assert set.union(*sides.values()) == set(REFERENCES)
    assert sum(map(len, sides.values())) == len(REFERENCES)


def test_each_data_set_is_cut_in_the_same_proportions() -> None:
    roles = content_disjoint_split(REFERENCES, seed=0).role_of_reference
    counts = Counter((reference.split("/")[0], role) for reference, role in roles.items())
    assert {key: counts[key] for key in counts if key[0] == "biq2021"} == {
        ("biq2021", "train"): 70,
        ("biq2021", "validation"): 10,
        ("biq2021", "test"): 20,
    }
    assert (counts["pristine", "test"], counts["pristine", "validation"]) == (4, 2)


def test_a_split_depends_on_its_seed_and_not_on_the_order_of_examples() -> None:
    split = content_disjoint_split(REFERENCES, seed=1)
    assert content_disjoint_split(EXAMPLES[::-1], seed=1) == split
    assert content_disjoint_split(REFERENCES, seed=2) != split


def test_adding_a_data_set_leaves_the_split_of_another() -> None:
    alone = content_disjoint_split(REFERENCES[:20], seed=4).role_of_reference
    together = content_disjoint_split(REFERENCES, seed=4).role_of_reference
    assert {reference: together[reference] for reference in alone} == alone


def test_shipped_weights_are_calibrated_on_a_tenth_and_tested_on_nothing() -> None:
    split = final_split(REFERENCES)
    assert split.seed == FINAL_SEED
    assert Counter(split.role_of_reference.values()) == {"train": 108, "validation": 12}


def test_a_source_that_is_left_out_tests_whole_and_the_others_train_and_calibrate() -> None:
    references = [f"biq2021/{n:03}.jpg" for n in range(100)]
    subsets = ["ss01"] * 30 + ["ss02"] * 50 + [None] * 20
    splits = subset_splits(references, subsets)
    assert list(splits) == ["ss01", "ss02"]
    for name, split in splits.items():
        of_source = {reference for reference, subset in zip(references, subsets, strict=True) if subset == name}
        assert {references[row] for row in split.indices(references, "test")} == of_source
        assert len(split.indices(references, "validation")) >= 3
    assert splits["ss01"].seed != splits["ss02"].seed


def test_photographs_without_a_named_source_have_no_source_to_leave_out() -> None:
    assert subset_splits(["a/1", "a/2"], [None, None]) == {}


def test_the_stored_table_holds_every_reference_and_role() -> None:
    splits = [content_disjoint_split(REFERENCES, seed=seed) for seed in (0, 1)]
    rows = list(csv.DictReader(io.StringIO(splits_csv(splits))))
    assert len(rows) == len(REFERENCES)
    for row in rows:
        for split in splits:
            assert row[f"seed_{split.seed}"] == split.role_of_reference[row["reference"]]


def test_the_hash_of_the_first_splits_never_changes() -> None:
    splits = [content_disjoint_split(REFERENCES, seed=seed) for seed in range(10)]
    assert splits_sha256(splits) == "10577ae4ec3cfd958864b15ca9e53b6e8721f315f9a60d90047649244477233d"


def test_the_authors_own_split_is_taken_as_it_is() -> None:
    references = ["set/a", "set/a", "set/b", "set/c"]
    roles: list[Role] = ["train", "train", "validation", "test"]
    expected = Split(3, {"set/a": "train", "set/b": "validation", "set/c": "test"})
    assert official_split(references, roles, seed=3) == expected


def test_where_the_authors_held_out_no_validation_fold_an_eighth_of_their_training_part_is() -> None:
    references = [f"set/{number:02}" for number in range(100)]
    roles: list[Role] = ["train"] * 80 + ["test"] * 20
    split, other = (official_split(references, roles, seed=seed) for seed in (0, 1))
    assert Counter(split.role_of_reference.values()) == {"train": 70, "validation": 10, "test": 20}
    assert {row for row in range(100) if split.role_of_reference[references[row]] == "test"} == set(range(80, 100))
    assert other != split


def test_an_official_split_that_cuts_a_content_is_refused() -> None:
    with pytest.raises(SplitError, match="got reference set/a in train and in test, expected it in one"):
        official_split(["set/a", "set/a"], ["train", "test"], seed=0)

"""Two scales become one by anchors from the training fold, and level chains go from clean to worst."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from models.pseudo_mos import lowest_kadid_mos
from models.taxonomy import CLEAN, TAXONOMY
from models.training.corpus import PHOTOGRAPH_SCALE, Corpus, Scale
from models.training.datasets import KADID_CLEAN_MOS, Dataset
from models.training.splits import content_disjoint_split
from models.training.trainer import CHAIN_LENGTH
from tests.models.builders import drawn_corpus


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return drawn_corpus()


SPLIT_SEED = 0


def test_photographs_are_on_the_studios_scale() -> None:
    assert PHOTOGRAPH_SCALE(np.array([0.0, 0.5, 1.0], np.float32)).tolist() == [0, 50, 100]


def test_synthetic_labels_reach_from_the_worst_photographs_to_the_predicted_clean_ones(corpus: Corpus) -> None:
    split = content_disjoint_split(corpus.references, seed=SPLIT_SEED)
    scale = corpus.synthetic_scale(split)
    rows = split.indices(corpus.photographs.references_N.tolist(), "train")
    worst = np.quantile(100 * corpus.photographs.labels_N[rows], 0.01)
    low, high = scale(np.array([lowest_kadid_mos(), KADID_CLEAN_MOS], np.float32))
    assert low == pytest.approx(worst, abs=0.01)
    assert worst < high <= 100


def test_held_out_labels_do_not_move_the_scale(corpus: Corpus) -> None:
    split = content_disjoint_split(corpus.references, seed=SPLIT_SEED)
    held_out = [reference for reference, role in split.role_of_reference.items() if role != "train"]
    examples = tuple(
        replace(example, label=0.0) if example.reference in held_out else example
        for example in corpus.photographs.dataset.examples
    )
    changed = replace(corpus, photographs=replace(corpus.photographs, dataset=Dataset("biq2021", examples)))
    assert changed.synthetic_scale(split) == corpus.synthetic_scale(split)


def test_a_chain_is_one_content_and_type_from_clean_to_level_five(corpus: Corpus) -> None:
    split = content_disjoint_split(corpus.references, seed=SPLIT_SEED)
    data = corpus.training_set(split, Scale(20.0, 0.0))
    parts = (corpus.synthetic, corpus.further)
    examples = [
        part.dataset.examples[row] for part in parts for row in split.indices(part.references_N.tolist(), "train")
    ]
    references = {example.reference for example in examples}
    num_pristine = sum(reference.startswith("pristine/") for reference in references)
    assert data.chains_QL.shape == (25 * num_pristine + 3 * (len(references) - num_pristine), CHAIN_LENGTH)
    for chain_L in data.chains_QL.tolist():
        clean, *distorted = (examples[row] for row in chain_L)
        assert clean.distortion_type == CLEAN
        assert [example.level for example in distorted] == [1, 2, 3, 4, 5]
        assert len({example.distortion_type for example in distorted}) == 1
        assert len({example.reference for example in (clean, *distorted)}) == 1


def test_a_distorted_photograph_is_trained_on_only_where_the_photograph_is(corpus: Corpus) -> None:
    split = content_disjoint_split(corpus.references, seed=SPLIT_SEED)
    used = {corpus.further.references_N[row] for row in split.indices(corpus.further.references_N.tolist(), "train")}
    assert used
    for role in ("validation", "test"):
        held_out = split.indices(corpus.photographs.references_N.tolist(), role)
        assert not used & set(corpus.photographs.references_N[held_out])


def test_training_rows_come_from_the_training_fold_alone(corpus: Corpus) -> None:
    split = content_disjoint_split(corpus.references, seed=SPLIT_SEED)
    data = corpus.training_set(split, Scale(20.0, 0.0))
    trained = {row.tobytes() for row in data.photograph_features_ND.numpy()}
    for role in ("validation", "test"):
        fold = corpus.fold(corpus.photographs, split, role, PHOTOGRAPH_SCALE)
        assert len(fold.scores_N) > 0
        assert not trained & {row.tobytes() for row in fold.features_ND.numpy()}


def test_a_fold_keeps_features_labels_classes_and_levels_side_by_side(corpus: Corpus) -> None:
    split = content_disjoint_split(corpus.references, seed=SPLIT_SEED)
    fold = corpus.fold(corpus.synthetic, split, "test", Scale(10.0, 1.0))
    names = np.array(TAXONOMY.classes)[fold.classes_N]
    assert set(fold.references_N) == {r for r in split.role_of_reference if split.role_of_reference[r] == "test"} & set(
        corpus.synthetic.references_N
    )
    assert np.array_equal(fold.levels_N == 0, names == CLEAN)
    np.testing.assert_allclose(fold.scores_N[names == CLEAN], 10 * KADID_CLEAN_MOS + 1, rtol=1e-6)

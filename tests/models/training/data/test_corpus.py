"""Scales become one by anchors from the training fold, and what is held out is in no part of a training set."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pytest

from models.distortions.pseudo_mos import lowest_kadid_mos
from models.labels.scales import LabelScale
from models.taxonomy import CLEAN, TAXONOMY
from models.training.data import corpus as corpus_module
from models.training.data import feature_cache
from models.training.data.corpus import Corpus, LabelledFeatures, Scale, Scales, WorseCopies, _pairs, load_corpus
from models.training.data.crop_cache import Crops
from models.training.data.datasets import BLUR_TYPE, KADID_CLEAN_MOS, Dataset
from models.training.data.feature_cache import FeatureTable
from models.training.data.splits import Split, content_disjoint_split
from models.training.data.training_set import CHAIN_LENGTH, TrainingSet
from models.training.data.trunk import Trunk
from models.trunk.preprocess import Preprocess, PreprocessConfig
from tests.models.builders import drawn_corpus, drawn_crops

PHOTOGRAPHS, LIVE = 0, 1


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return drawn_corpus()


@pytest.fixture(scope="module")
def split(corpus: Corpus) -> Split:
    return content_disjoint_split(corpus.references, seed=0)


@pytest.fixture(scope="module")
def scales(corpus: Corpus, split: Split) -> Scales:
    return corpus.scales(split)


def _training_rows(part: LabelledFeatures, split: Split) -> list[int]:
    rows: list[int] = split.indices(part.references_N.tolist(), "train").tolist()
    return rows


def test_photographs_are_on_the_studios_scale(scales: Scales) -> None:
    assert scales.rated[PHOTOGRAPHS](np.array([0.0, 0.5, 1.0], np.float32)).tolist() == [0, 50, 100]


def test_synthetic_labels_reach_from_the_worst_photographs_to_the_predicted_clean_ones(
    corpus: Corpus, split: Split, scales: Scales
) -> None:
    worst = np.quantile(100 * corpus.photographs.labels_N[_training_rows(corpus.photographs, split)], 0.01)
    low, high = scales.synthetic(np.array([lowest_kadid_mos(), KADID_CLEAN_MOS], np.float32))
    assert low == pytest.approx(worst, abs=0.01)
    assert worst < high <= 100


def test_a_further_set_with_references_spans_the_same_range_from_its_worst_label_to_its_best(scales: Scales) -> None:
    low, high = scales.synthetic(np.array([lowest_kadid_mos(), KADID_CLEAN_MOS], np.float32))
    best, middle, worst = scales.rated[LIVE](np.array([0, 50, 100], np.float32))  # DMOS: lower is better
    assert (worst, best) == pytest.approx((low, high), abs=0.01)
    assert middle == pytest.approx((low + high) / 2, abs=0.01)


def test_a_further_set_of_photographs_is_taken_at_its_nominal_range(corpus: Corpus, split: Split) -> None:
    five_grades = replace(corpus.photographs.dataset, name="koniq10k", scale=LabelScale(1, 5))
    further = replace(corpus, rated=(corpus.photographs, replace(corpus.photographs, dataset=five_grades)))
    assert further.scales(split).rated[1](np.array([1, 3, 5], np.float32)).tolist() == [0, 50, 100]


def test_held_out_labels_do_not_move_any_scale(corpus: Corpus, split: Split, scales: Scales) -> None:
    held_out = {reference for reference, role in split.role_of_reference.items() if role != "train"}

    def with_other_labels(part: LabelledFeatures) -> LabelledFeatures:
        examples = tuple(
            replace(example, label=0.0) if example.reference in held_out else example
            for example in part.dataset.examples
        )
        return replace(part, dataset=replace(part.dataset, examples=examples))

    changed = replace(
        corpus, rated=tuple(map(with_other_labels, corpus.rated)), synthetic=with_other_labels(corpus.synthetic)
    )
    assert changed.scales(split) == scales


def test_where_the_photographs_are_held_out_the_others_keep_a_scale_of_their_own(corpus: Corpus, split: Split) -> None:
    scales = corpus.scales(split.with_test(corpus.photographs.references_N.tolist()))
    labels = np.array([lowest_kadid_mos(), KADID_CLEAN_MOS], np.float32)
    assert scales.synthetic(labels).tolist() == pytest.approx([0, 100], abs=1e-3)
    assert scales.rated[LIVE](np.array([100, 0], np.float32)).tolist() == pytest.approx([0, 100])


def test_a_chain_is_one_content_and_type_from_clean_to_level_five(corpus: Corpus, split: Split, scales: Scales) -> None:
    data = corpus.training_set(split, scales)
    parts = (corpus.synthetic, corpus.further)
    examples = [part.dataset.examples[row] for part in parts for row in _training_rows(part, split)]
    references = {example.reference for example in examples}
    num_pristine = sum(reference.startswith("pristine/") for reference in references)
    assert data.chains_QL.shape == (25 * num_pristine + 3 * (len(references) - num_pristine), CHAIN_LENGTH)
    for chain_L in data.chains_QL.tolist():
        clean, *distorted = (examples[row] for row in chain_L)
        assert clean.distortion_type == CLEAN
        assert [example.level for example in distorted] == [1, 2, 3, 4, 5]
        assert len({example.distortion_type for example in distorted}) == 1
        assert len({example.reference for example in (clean, *distorted)}) == 1
        rows = list(chain_L)
        assert data.synthetic.references_N[rows].unique().numel() == 1
        assert (
            data.synthetic.classes_N[rows].tolist()[1:] == [TAXONOMY.class_index(str(distorted[0].distortion_type))] * 5
        )


def test_scores_of_the_training_set_are_labels_on_the_parts_scale(corpus: Corpus, split: Split, scales: Scales) -> None:
    data = corpus.training_set(split, scales)
    for part, scale, rated in zip(corpus.rated, scales.rated, data.rated, strict=True):
        rows = _training_rows(part, split)
        np.testing.assert_array_equal(rated.features_ND, part.table.features_ND[rows])
        np.testing.assert_allclose(rated.scores_N, scale(part.labels_N[rows]))
    further = _training_rows(corpus.further, split)
    np.testing.assert_allclose(
        data.synthetic.scores_N[-len(further) :], scales.synthetic(corpus.further.labels_N[further])
    )


def test_crops_stand_beside_their_features_and_further_pictures_have_none(
    corpus: Corpus, split: Split, scales: Scales
) -> None:
    data = corpus.training_set(split, scales)
    for part, rated in zip(corpus.rated, data.rated, strict=True):
        assert rated.crops is not None
        assert part.crops is not None
        assert np.array_equal(rated.crops.rows_B, part.crops.rows_B[_training_rows(part, split)])
    own, further = (_training_rows(part, split) for part in (corpus.synthetic, corpus.further))
    assert data.synthetic.crops is not None
    assert corpus.synthetic.crops is not None
    assert np.array_equal(data.synthetic.crops.rows_B[: len(own)], corpus.synthetic.crops.rows_B[own])
    assert data.synthetic.crops.kept_B.tolist() == [True] * len(own) + [False] * len(further)
    fold = corpus.fold(corpus.synthetic, split, "test", scales.synthetic)
    assert fold.crops is not None
    assert len(fold.crops) == len(fold.scores_N)


def _picture_bytes(part: LabelledFeatures, references: set[str]) -> Iterator[bytes]:
    """Features of every picture of these contents: a drawn corpus has no two of the same."""
    for row, reference in enumerate(part.references_N.tolist()):
        if reference in references:
            yield part.table.features_ND[row].tobytes()


def _tensors(data: TrainingSet) -> dict[str, list[Any]]:
    return {
        "rated": [part.features_ND for part in data.rated],
        "synthetic": [data.synthetic.features_ND],
        "better": [data.pairs.better_PD],
        "worse": [data.pairs.worse_PD],
        "calibration": [data.calibration.features_ND],
    }


def _assert_no_picture_of(references: set[str], corpus: Corpus, data: TrainingSet, *, parts: tuple[str, ...]) -> None:
    forbidden = {row for part in corpus.parts for row in _picture_bytes(part, references)}
    assert forbidden
    for name in parts:
        used = {row.tobytes() for tensor in _tensors(data)[name] for row in tensor.numpy()}
        assert not used & forbidden, name


FITTED_ON = ("rated", "synthetic", "better", "worse")


def test_no_picture_of_a_held_out_content_is_trained_on(corpus: Corpus, split: Split, scales: Scales) -> None:
    data = corpus.training_set(split, scales)
    roles = split.role_of_reference
    held_out = {reference for reference, role in roles.items() if role != "train"}
    _assert_no_picture_of(held_out, corpus, data, parts=FITTED_ON)
    tested = {reference for reference, role in roles.items() if role == "test"}
    _assert_no_picture_of(tested, corpus, data, parts=(*FITTED_ON, "calibration"))


@pytest.mark.parametrize("position", [PHOTOGRAPHS, LIVE])
def test_of_a_set_that_is_held_out_whole_no_content_is_trained_on_in_any_part(
    position: int, corpus: Corpus, split: Split
) -> None:
    contents = set(corpus.rated[position].references_N.tolist())
    without = split.with_test(sorted(contents))
    data = corpus.training_set(without, corpus.scales(without))
    _assert_no_picture_of(contents, corpus, data, parts=(*FITTED_ON, "calibration"))
    assert len(data.rated) == len(corpus.rated) - 1
    assert len(corpus.rated_folds(without, "test", corpus.scales(without))[position].scores_N) == len(
        corpus.rated[position].labels_N
    )
    has_photographs = position != PHOTOGRAPHS  # all pairs but those of mixed distortions are made of photographs
    of_photographs = [_pairs(copies, without) for copies in corpus.worse[:-1]]
    assert (sum(len(better) for better, _ in of_photographs) > 0) == has_photographs
    assert len(data.pairs.better_PD) > 0


def test_a_pristine_content_that_a_rated_set_shows_is_one_content(corpus: Corpus) -> None:
    shared = set(corpus.rated[LIVE].references_N) & set(corpus.synthetic.references_N)
    assert len(shared) == 3
    assert len(set(corpus.references)) == len(corpus.references)


def test_better_and_worse_rows_are_a_picture_and_a_copy_of_it(corpus: Corpus, split: Split, scales: Scales) -> None:
    pairs = corpus.training_set(split, scales).pairs
    by_bytes = {
        part.table.features_ND[row].tobytes(): example
        for part in corpus.parts
        for row, example in enumerate(part.dataset.examples)
    }
    sides = zip(pairs.better_PD.numpy(), pairs.worse_PD.numpy(), strict=True)
    examples = [(by_bytes[better.tobytes()], by_bytes[worse.tobytes()]) for better, worse in sides]
    assert {copy.example_id for _, copy in examples} == {
        copies.copies.dataset.examples[row].example_id
        for copies in corpus.worse
        for row in set(_training_rows(copies.copies, split)) & set(_copies(copies))
    }
    for original, copy in examples:
        assert copy.reference == original.reference
        if copy.steps:
            assert copy.label < original.label
        else:
            assert copy.example_id.removeprefix("blurred/").removeprefix("compound/") == original.example_id


def _copies(worse: WorseCopies) -> list[int]:
    rows = np.arange(len(worse.position_N)) if worse.copy_N is None else worse.copy_N
    return [int(row) for row in rows]


def test_a_fold_keeps_features_labels_classes_and_levels_side_by_side(corpus: Corpus, split: Split) -> None:
    fold = corpus.fold(corpus.synthetic, split, "test", Scale(10.0, 1.0))
    names = np.array(TAXONOMY.classes)[fold.classes_N]
    assert set(fold.references_N) == {r for r in split.role_of_reference if split.role_of_reference[r] == "test"} & set(
        corpus.synthetic.references_N
    )
    assert np.array_equal(fold.levels_N == 0, names == CLEAN)
    np.testing.assert_allclose(fold.scores_N[names == CLEAN], 10 * KADID_CLEAN_MOS + 1, rtol=1e-6)


def test_ids_are_those_of_the_folds_pictures(corpus: Corpus, split: Split) -> None:
    fold = corpus.fold(corpus.photographs, split, "test", Scale(1.0, 0.0))
    assert corpus.photographs.ids(split, "test") == fold.references_N.tolist()


@pytest.fixture
def loaded(corpus: Corpus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Corpus:
    """A corpus as it is loaded from two rated sets and two pristine photographs, features being row numbers."""

    def numbered(dataset: Dataset, *_: object, num_features: int, **__: object) -> FeatureTable:
        count = len(dataset.examples)
        return FeatureTable(
            np.full((count, num_features), np.arange(count)[:, None], np.float32), np.zeros(count, "i1")
        )

    monkeypatch.setattr(feature_cache, "cached_features", numbered)
    for name in ("a", "b"):
        (tmp_path / f"{name}.png").touch()
    trunk = SimpleNamespace(runtime=None, record=SimpleNamespace(sha256=""), layout=SimpleNamespace(num_features=2))
    monkeypatch.setattr(corpus_module, "cached_crops", _drawn_if_asked)
    return load_corpus(
        rated=[part.dataset for part in corpus.rated],
        pristine=[tmp_path],
        trunk=cast(Trunk, trunk),
        preprocess=Preprocess(PreprocessConfig()),
        cache=tmp_path,
        crop_px=8,
    )


def _drawn_if_asked(dataset: Dataset, crop_px: int | None, *, root: Path) -> Crops | None:
    return None if crop_px is None else drawn_crops(len(dataset.examples))


def test_rated_and_synthetic_pictures_alone_are_loaded_with_crops(loaded: Corpus) -> None:
    assert [part.crops is not None for part in loaded.parts] == [True, True, True, False, False, False, False]


def test_a_loaded_corpus_has_all_parts_in_the_order_that_checkpoints_record(loaded: Corpus) -> None:
    made = ["synthetic", "synthetic_biq2021", "blurred_biq2021", "compound_synthetic_biq2021", "mixed"]
    assert [part.dataset.name for part in loaded.parts] == ["biq2021", "live", *made]
    assert [len(part.dataset.examples) for part in loaded.parts[:5]] == [60, 60, 2 * 126, 60 * 16, 60]


def _originals(copies: WorseCopies) -> list[str]:
    return [copies.originals.dataset.examples[position].example_id for position in copies.position_N]


def test_a_loaded_copy_knows_its_original(loaded: Corpus) -> None:
    blurred, compound, cells = loaded.worse
    assert cells.originals is cells.copies
    assert blurred.originals is loaded.photographs
    assert compound.originals is loaded.further
    for copies, prefix in ((blurred, "blurred/"), (compound, "compound/")):
        assert [e.example_id for e in copies.copies.dataset.examples] == [prefix + name for name in _originals(copies)]


def test_compounds_are_made_of_visible_distortions_that_are_no_blur(loaded: Corpus) -> None:
    _, compound, _ = loaded.worse
    sources = [compound.originals.dataset.examples[position] for position in compound.position_N]
    assert {example.level for example in sources} == {2, 4}
    assert not {str(example.distortion_type) for example in sources} & {*TAXONOMY.groups["blur"], CLEAN}
    others = set(TAXONOMY.distortion_types) - set(TAXONOMY.groups["blur"])
    assert {str(example.distortion_type) for example in sources} == others
    for copy, source in zip(compound.copies.dataset.examples, sources, strict=True):
        assert (copy.distortion_type, copy.level) == (source.distortion_type, source.level)
        assert copy.then is not None
        assert copy.then[0] == BLUR_TYPE

"""What a head has to beat: a ridge that is scikit-learn's, and the mean label of a type and level elsewhere."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from sklearn.linear_model import Ridge
from sklearn.preprocessing import StandardScaler

from models.figures.statistics import agreement
from models.training.data.corpus import RIDGE_ALPHA, Corpus
from models.training.data.splits import content_disjoint_split
from models.training.measuring.plain_predictors import plain_at_home, table_scores
from models.variants.no_gmm import NoGMMConfig
from tests.models.builders import drawn_corpus

LAYOUT = NoGMMConfig().layout
NUM_STAGE_FEATURES = 2 * sum(LAYOUT.stage_channels)


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return drawn_corpus()


def test_the_ridge_is_scikit_learns_on_the_pooled_stages_of_the_training_photographs(corpus: Corpus) -> None:
    split = content_disjoint_split(corpus.references, seed=0)
    scales = corpus.scales(split)
    training, test = (corpus.rated_folds(split, role, scales)[0] for role in ("train", "test"))
    scaler = StandardScaler().fit(training.features_ND[:, :NUM_STAGE_FEATURES])
    seen, unseen = (
        np.clip(scaler.transform(fold.features_ND[:, :NUM_STAGE_FEATURES]), -8, 8) for fold in (training, test)
    )
    expected_N = Ridge(alpha=RIDGE_ALPHA).fit(seen, training.scores_N).predict(unseen)
    found = plain_at_home(corpus, split, scales, LAYOUT).photographs
    assert found.ridge.srcc == pytest.approx(agreement(expected_N, test.scores_N).srcc)
    assert found.ridge.plcc == pytest.approx(agreement(expected_N, test.scores_N).plcc, abs=1e-5)
    assert found.table is None


def test_the_ridge_for_distorted_pictures_reads_distorted_ones(corpus: Corpus) -> None:
    split = content_disjoint_split(corpus.references, seed=0)
    scales = corpus.scales(split)
    before = plain_at_home(corpus, split, scales, LAYOUT)
    first = corpus.photographs
    reversed_set = replace(first, table=replace(first.table, features_ND=first.table.features_ND[::-1].copy()))
    after = plain_at_home(replace(corpus, rated=(reversed_set, *corpus.rated[1:])), split, scales, LAYOUT)
    assert after.photographs.ridge != before.photographs.ridge
    assert after.synthetic == before.synthetic
    assert after.further_rated == before.further_rated


def test_the_table_says_what_the_other_references_got_and_never_a_pictures_own_label(corpus: Corpus) -> None:
    part = corpus.rated[1]
    rng = np.random.default_rng(0)
    scores_N = rng.uniform(0, 100, len(part.labels_N))
    table_N = table_scores(part, scores_N)
    for row in (0, 7, len(scores_N) - 1):
        own = part.dataset.examples[row]
        others = [
            scores_N[index]
            for index, other in enumerate(part.dataset.examples)
            if (other.distortion_type, other.level) == (own.distortion_type, own.level)
            and other.reference != own.reference
        ]
        assert table_N[row] == pytest.approx(np.mean(others))


def test_there_is_no_table_of_photographs_nor_of_a_set_that_names_no_levels(corpus: Corpus) -> None:
    live = corpus.rated[1]
    unlevelled = replace(live.dataset, examples=tuple(replace(e, level=0) for e in live.dataset.examples))
    assert table_scores(corpus.photographs, corpus.photographs.labels_N) is None
    assert table_scores(replace(live, dataset=unlevelled), live.labels_N) is None


def test_the_table_is_right_by_construction_where_labels_are_a_table(corpus: Corpus) -> None:
    split = content_disjoint_split(corpus.references, seed=0)
    found = plain_at_home(corpus, split, corpus.scales(split), LAYOUT)
    assert found.synthetic.table is not None
    assert found.synthetic.table.srcc == pytest.approx(1)

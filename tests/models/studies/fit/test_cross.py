"""Out-of-fold scores are those of a refit by hand, deviations those of scikit-learn's ridge, and nothing leaks."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.linear_model import Ridge
from sklearn.model_selection import GridSearchCV, GroupKFold

from models.studies.figures.mapping import fitted_mapping, mapped_scores
from models.studies.fit.cross import FitData, Fitted, best_penalties, folds, out_of_fold
from models.studies.fit.ridge import PENALTIES, RidgePath

COUNT, NUM_FEATURES = 60, 100


@pytest.fixture
def data() -> FitData:
    """Labels that follow two heads' scores and, beside these, a few features; two pictures of each content."""
    rng = np.random.default_rng(0)
    features_ND = rng.normal(size=(COUNT, NUM_FEATURES))
    score_N = rng.uniform(20, 80, COUNT)
    label_N = 10 + 0.8 * score_N + 6 * features_ND[:, 0] - 5 * features_ND[:, 1] + rng.normal(0, 2, COUNT)
    scores_NC = np.stack([score_N, score_N + rng.normal(0, 10, COUNT)], 1)
    return FitData(features_ND, scores_NC, label_N, np.repeat(np.arange(COUNT // 2), 2))


@pytest.mark.parametrize("count", [COUNT, 3 * NUM_FEATURES], ids=["fewer pictures than features", "more"])
def test_deviations_are_those_of_scikit_learns_ridge_at_every_penalty(count: int) -> None:
    rng = np.random.default_rng(1)
    features_ND, others_MD = rng.normal(size=(count, NUM_FEATURES)), rng.normal(size=(7, NUM_FEATURES))
    residuals_NC = rng.normal(size=(count, 2))
    residuals_NC -= residuals_NC.mean(0)
    path = RidgePath.of(features_ND, residuals_NC)
    for penalty, deviations_MC in zip(PENALTIES[1:], path.deviations(others_MD)[1:], strict=True):
        by_hand = Ridge(alpha=penalty * NUM_FEATURES).fit(features_ND, residuals_NC)
        np.testing.assert_allclose(deviations_MC, by_hand.predict(others_MD), atol=1e-8)
        np.testing.assert_allclose(path.slopes(penalty), by_hand.coef_.T, atol=1e-8)
    assert not path.deviations(others_MD)[0].any()  # nothing is left of them at the infinite one


def test_out_of_fold_scores_equal_a_refit_by_hand(data: FitData) -> None:
    found = out_of_fold(data)
    for trained, tested in GroupKFold(5, shuffle=True, random_state=0).split(data.label_N, groups=data.unit_N):
        for column in (0, 1):
            mapping = fitted_mapping(data.scores_NC[trained, column], data.label_N[trained])
            mapped_N = mapped_scores(mapping, data.scores_NC[:, column])
            penalty = _best_by_hand(data, trained, column)
            assert found.penalties_FC[_fold_of(data, tested), column] == penalty
            residual_N = data.label_N[trained] - mapped_N[trained]
            ridge = Ridge(alpha=min(penalty, 1e12) * NUM_FEATURES, fit_intercept=True)
            ridge.fit(data.features_ND[trained], residual_N - residual_N.mean())
            expected = (mapped_N[tested] + ridge.predict(data.features_ND[tested])).clip(0, 100)
            np.testing.assert_allclose(found.fitted_NC[tested, column], expected, atol=1e-6)
            np.testing.assert_allclose(found.mapped_NC[tested, column], mapped_N[tested].clip(0, 100), atol=1e-9)


def _fold_of(data: FitData, tested: np.ndarray) -> int:
    return next(number for number, (_, rows) in enumerate(folds(data.unit_N)) if np.array_equal(rows, tested))


def _best_by_hand(data: FitData, rows: np.ndarray, column: int) -> float:
    """By refits to the inner folds, one penalty at a time."""
    errors = dict.fromkeys(PENALTIES, 0.0)
    for inner, held in GroupKFold(5, shuffle=True, random_state=0).split(rows, groups=data.unit_N[rows]):
        trained, tested = rows[inner], rows[held]
        mapping = fitted_mapping(data.scores_NC[trained, column], data.label_N[trained])
        mapped_N = mapped_scores(mapping, data.scores_NC[:, column])
        residual_N = data.label_N[trained] - mapped_N[trained]
        for penalty in PENALTIES:
            ridge = Ridge(alpha=min(penalty, 1e12) * NUM_FEATURES)
            ridge.fit(data.features_ND[trained], residual_N - residual_N.mean())
            score_N = (mapped_N[tested] + ridge.predict(data.features_ND[tested])).clip(0, 100)
            errors[penalty] += float(np.square(score_N - data.label_N[tested]).sum())
    return min(errors, key=lambda penalty: errors[penalty])


def test_the_penalty_is_that_of_scikit_learns_grid_search(data: FitData) -> None:
    """Of a head that says nothing, so that all there is to fit is the deviation."""
    silent = FitData(data.features_ND, np.full_like(data.scores_NC, 50.0), data.label_N, data.unit_N)
    search = GridSearchCV(
        Ridge(),
        {"alpha": [penalty * NUM_FEATURES for penalty in PENALTIES[1:]]},
        cv=GroupKFold(5, shuffle=True, random_state=0),
        scoring="neg_mean_squared_error",
    )
    search.fit(data.features_ND, data.label_N, groups=data.unit_N)
    expected = search.best_params_["alpha"] / NUM_FEATURES
    assert [PENALTIES[choice] for choice in best_penalties(silent)] == pytest.approx([expected] * 2)


def test_a_fit_finds_what_features_add_and_leaves_a_head_alone_that_lacks_nothing() -> None:
    rng, count = np.random.default_rng(3), 200
    features_ND, score_N = rng.normal(size=(count, 20)), rng.uniform(20, 80, count)
    known_N = score_N + rng.normal(0, 3, count)
    for label_N, lowest, highest in ((known_N + 6 * features_ND[:, 0], 0.2, 0.5), (known_N, 0.98, 1.1)):
        found = out_of_fold(FitData(features_ND, score_N[:, None], label_N, np.arange(count)))
        fitted, mapped = (
            np.square(scores_N1[:, 0] - label_N).mean() for scores_N1 in (found.fitted_NC, found.mapped_NC)
        )
        assert lowest < fitted / mapped < highest


def test_pictures_of_one_unit_are_never_on_both_sides(data: FitData) -> None:
    rows = [(trained, tested) for trained, tested in folds(data.unit_N)]
    assert sorted(np.concatenate([tested for _, tested in rows])) == list(range(COUNT))
    for trained, tested in rows:
        assert not set(data.unit_N[trained]) & set(data.unit_N[tested])


def test_labels_of_the_tested_change_nothing_of_their_scores(data: FitData) -> None:
    _, tested = next(folds(data.unit_N))
    label_N = data.label_N.copy()
    label_N[tested] = 0.0
    other = FitData(data.features_ND, data.scores_NC, label_N, data.unit_N)
    np.testing.assert_array_equal(out_of_fold(other).fitted_NC[tested], out_of_fold(data).fitted_NC[tested])
    assert Fitted.to(other).mappings != Fitted.to(data).mappings

"""A head learns what is in the features, the same way each time, with clusters that start as distortion groups."""

from __future__ import annotations

from dataclasses import asdict, replace

import numpy as np
import pytest
import torch
from sklearn.mixture import GaussianMixture as SklearnMixture

from models.metrics import cluster_agreement, srcc
from models.mixture import log_likelihood
from models.taxonomy import TAXONOMY
from models.training.corpus import PHOTOGRAPH_SCALE, Corpus
from models.training.recipes import LossWeights
from models.training.splits import Split, content_disjoint_split
from models.training.trainer import CHAIN_LENGTH, Batch, TrainingSet, fit_head, step_losses
from models.variants.base import Variant
from tests.models.builders import drawn_corpus, generic_head, random_features, tiny_config, tiny_recipe

SEED = 0


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return drawn_corpus()


@pytest.fixture(scope="module")
def split(corpus: Corpus) -> Split:
    return content_disjoint_split(corpus.references, seed=SEED)


@pytest.fixture(scope="module")
def data(corpus: Corpus, split: Split) -> TrainingSet:
    return corpus.training_set(split, corpus.synthetic_scale(split))


@pytest.fixture(scope="module")
def trained_moe(data: TrainingSet) -> Variant:
    return fit_head(tiny_recipe("moe", steps=60, pretraining_steps=60), data, seed=SEED).head


def test_a_trained_head_ranks_photographs_that_it_has_not_seen(
    trained_moe: Variant, corpus: Corpus, split: Split
) -> None:
    fold = corpus.fold(corpus.photographs, split, "test", PHOTOGRAPH_SCALE)
    assert srcc(trained_moe(fold.features_ND).score.numpy(), fold.scores_N) > 0.75


def test_clusters_find_the_groups_of_contents_that_they_have_not_seen(
    trained_moe: Variant, corpus: Corpus, split: Split
) -> None:
    fold = corpus.fold(corpus.synthetic, split, "test", corpus.synthetic_scale(split))
    cluster_N = trained_moe(fold.features_ND).posteriors.argmax(1).numpy()
    group_N = np.array(TAXONOMY.group_of_class)[fold.classes_N]
    assert cluster_agreement(cluster_N, group_N).ami > 0.6
    assert cluster_agreement(cluster_N, fold.references_N).ami < 0.1


def test_a_fitted_head_is_frozen_and_in_eval_mode(trained_moe: Variant) -> None:
    assert not trained_moe.training
    assert not any(parameter.requires_grad for parameter in trained_moe.parameters())


@pytest.mark.parametrize("name", ["no_gmm", "moe"])
def test_the_same_seed_gives_the_same_head_and_another_seed_another(name: str, data: TrainingSet) -> None:
    recipe = tiny_recipe(name)
    one, same, other = (fit_head(recipe, data, seed=seed).head.state_dict() for seed in (1, 1, 2))
    assert all(torch.equal(one[key], same[key]) for key in one)
    assert not all(torch.equal(one[key], other[key]) for key in one)


def test_the_scaler_is_fitted_on_the_training_features_of_both_kinds(trained_moe: Variant, data: TrainingSet) -> None:
    features_ND = torch.cat([data.photograph_features_ND, data.synthetic_features_ND])
    torch.testing.assert_close(trained_moe.scaler.mean_D, features_ND.mean(0))


def test_the_curve_runs_from_the_first_step_to_the_last_and_falls(data: TrainingSet) -> None:
    curve = fit_head(tiny_recipe("no_gmm", steps=60), data, seed=SEED).curve
    assert [record.step for record in curve] == [0, 50, 59]
    assert sum(curve[-1].losses.values()) < sum(curve[0].losses.values())


def test_the_mixture_starts_where_scikit_learn_puts_it(data: TrainingSet) -> None:
    """With no step of training but the mixture's, its likelihood is that of a converged EM."""
    recipe = tiny_recipe("moe", learning_rate=1e-12)
    head = fit_head(recipe, data, seed=SEED).head
    mixture = head.cluster_mixture
    assert mixture is not None
    embedding_Nd = head(data.synthetic_features_ND).embedding
    fitted = SklearnMixture(8, covariance_type="tied", reg_covar=1e-3, random_state=1, n_init=3).fit(embedding_Nd)
    ours = log_likelihood(embedding_Nd, mixture.current()).mean().item()
    assert ours == pytest.approx(fitted.score(embedding_Nd), abs=0.2)


def test_the_mixture_is_tempered_for_contents_it_has_not_seen_and_then_left_alone(data: TrainingSet) -> None:
    """Where clusters say nothing of held-out classes, only indifference pays; where they say all, certainty does."""
    recipe = tiny_recipe("moe")
    known = replace(
        data, calibration_features_ND=data.synthetic_features_ND, calibration_classes_N=data.synthetic_classes_N
    )
    shuffled_N = data.synthetic_classes_N[torch.randperm(len(data.synthetic_classes_N))]
    sure, unsure = (
        fit_head(recipe, calibrated, seed=SEED).head.cluster_mixture
        for calibrated in (known, replace(known, calibration_classes_N=shuffled_N))
    )
    assert sure is not None
    assert unsure is not None
    assert 1 < sure.temperature < 10 < unsure.temperature
    torch.testing.assert_close(sure.means_Kd, unsure.means_Kd)


def _batch() -> Batch:
    labelled = 8 + 2 * CHAIN_LENGTH
    scores_B = torch.linspace(10, 90, labelled)
    return Batch(random_features(labelled + 8), scores_B, torch.arange(2 * CHAIN_LENGTH), 8)


def test_a_weight_of_zero_leaves_a_loss_out_and_twice_the_weight_doubles_it() -> None:
    recipe, batch = tiny_recipe("moe"), _batch()
    output = generic_head(tiny_config("moe"))(batch.features_BD)
    once = LossWeights(likelihood=0.1, alignment=0.3, balance=0.02)
    twice = LossWeights(**{name: 2 * weight for name, weight in asdict(once).items()})
    none = LossWeights(**dict.fromkeys(asdict(once), 0.0))
    single, double, zero = (
        step_losses(output, batch, replace(recipe, losses=weights)) for weights in (once, twice, none)
    )
    assert set(single) == {*asdict(once)}
    for name, loss in single.items():
        torch.testing.assert_close(double[name], 2 * loss)
        assert zero[name] == 0


def test_the_two_scales_meet_in_no_correlation() -> None:
    """Moving all synthetic scores by a constant must not change a loss that is blind to each set's own scale."""
    recipe, batch = tiny_recipe("no_gmm"), _batch()
    output = generic_head(tiny_config("no_gmm"))(batch.features_BD)
    moved = output.score.detach().clone()
    moved[batch.synthetic] += 30
    before = step_losses(output, batch, recipe)["correlation"]
    after = step_losses(output._replace(score=moved), batch, recipe)["correlation"]
    torch.testing.assert_close(after, before)

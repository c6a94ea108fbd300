"""A head learns what is in the features, the same way each time, on the posteriors that it will be given."""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import torch
from sklearn.mixture import GaussianMixture as SklearnMixture
from torch import Tensor, nn

from models.figures.statistics import cluster_agreement, srcc
from models.heads.alignment import AlignedMixture
from models.heads.config import ConfigError, ModelConfig
from models.heads.variant import Variant
from models.registry import create_model
from models.taxonomy import TAXONOMY
from models.training.data.corpus import Corpus
from models.training.data.splits import Split, content_disjoint_split
from models.training.data.training_set import OrderPairs, TrainingSet
from models.training.fitting import trainer
from models.training.fitting.alignment import align
from models.training.fitting.recipes import RECIPES
from models.training.fitting.trainer import fit_head
from models.variants.vanilla_gmm import VanillaGMM
from tests.models.builders import drawn_corpus, tiny_recipe

SEED = 0
FROZEN = ("moe", "attention_gated", "distortion_aware")
LEARNING = ("learnable_gmm", "self_supervised")


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return drawn_corpus()


@pytest.fixture(scope="module")
def split(corpus: Corpus) -> Split:
    return content_disjoint_split(corpus.references, seed=SEED)


@pytest.fixture(scope="module")
def data(corpus: Corpus, split: Split) -> TrainingSet:
    return corpus.training_set(split, corpus.scales(split))


@pytest.fixture(scope="module")
def trained_moe(data: TrainingSet) -> Variant:
    return fit_head(tiny_recipe("moe", steps=60, alignment_steps=60), data, seed=SEED).head


def test_a_trained_head_ranks_photographs_that_it_has_not_seen(
    trained_moe: Variant, corpus: Corpus, split: Split
) -> None:
    fold = corpus.rated_folds(split, "test", corpus.scales(split))[0]
    assert srcc(trained_moe(fold.features_ND).score.numpy(), fold.scores_N) > 0.75


def test_a_trained_head_scores_worse_copies_lower(trained_moe: Variant, corpus: Corpus, split: Split) -> None:
    *copies, cells = (
        _share_scored_lower(trained_moe, replace(corpus, worse=(worse,)), split) for worse in corpus.worse
    )
    assert min(copies) > 0.85
    assert cells > 0.75  # neighbours in a grid are drawn nearer to each other than copies to their originals


def _share_scored_lower(head: Variant, corpus: Corpus, split: Split) -> float:
    pairs = corpus.training_set(split, corpus.scales(split)).pairs
    better_P, worse_P = (head(side).score for side in (pairs.better_PD, pairs.worse_PD))
    return (worse_P < better_P).float().mean().item()


def test_clusters_find_the_groups_of_contents_that_they_have_not_seen(
    trained_moe: Variant, corpus: Corpus, split: Split
) -> None:
    fold = corpus.fold(corpus.synthetic, split, "test", corpus.scales(split).synthetic)
    cluster_N = trained_moe(fold.features_ND).posteriors.argmax(1).numpy()
    group_N = np.array(TAXONOMY.group_of_class)[fold.classes_N]
    assert cluster_agreement(cluster_N, group_N).ami > 0.6
    assert cluster_agreement(cluster_N, fold.references_N).ami < 0.1


@pytest.mark.parametrize("name", ["no_gmm", "moe", "self_supervised"])
def test_the_same_seed_gives_the_same_head_and_another_seed_another(name: str, data: TrainingSet) -> None:
    recipe = tiny_recipe(name, dropout=0.4)
    one, same, other = (fit_head(recipe, data, seed=seed).head.state_dict() for seed in (1, 1, 2))
    assert all(torch.equal(one[key], same[key]) for key in one)
    assert not all(torch.equal(one[key], other[key]) for key in one)


@pytest.mark.parametrize("name", RECIPES)
def test_a_fitted_head_is_frozen_finite_and_in_eval_mode(name: str, data: TrainingSet) -> None:
    fitted = fit_head(tiny_recipe(name, steps=2, alignment_steps=1), data, seed=SEED)
    assert not any(module.training for module in fitted.head.modules())
    assert not any(parameter.requires_grad for parameter in fitted.head.parameters())
    assert all(value.isfinite().all() for value in fitted.head.state_dict().values())
    assert set(fitted.curve[0].losses) == {loss for loss, weight in vars(tiny_recipe(name).losses).items() if weight}, (
        "a loss with a weight has nothing to act on"
    )


def test_the_scaler_is_fitted_on_the_rated_and_synthetic_training_features(
    trained_moe: Variant, data: TrainingSet
) -> None:
    features_ND = torch.cat([*(part.features_ND for part in data.rated), data.synthetic.features_ND])
    torch.testing.assert_close(trained_moe.scaler.mean_D, features_ND.mean(0))
    torch.testing.assert_close(trained_moe.scaler.std_D, features_ND.std(0))


def test_the_curve_runs_from_the_first_step_to_the_last_and_falls(data: TrainingSet) -> None:
    curve = fit_head(tiny_recipe("no_gmm", steps=60), data, seed=SEED).curve
    assert [record.step for record in curve] == [0, 50, 59]
    assert sum(curve[-1].losses.values()) < sum(curve[0].losses.values())


def test_without_order_pairs_a_head_is_trained_all_the_same(data: TrainingSet) -> None:
    """As where the photographs are held out whole."""
    none_PD = data.pairs.better_PD[:0]
    curve = fit_head(tiny_recipe("no_gmm"), replace(data, pairs=OrderPairs(none_PD, none_PD)), seed=SEED).curve
    assert set(curve[0].losses) == {"squared_error", "correlation", "rank"}


class Watched:
    """What passes through a head while it is trained: for every call of its encoder, mode, input and embedding."""

    def __init__(self) -> None:
        self.modes: list[tuple[bool, bool]] = []
        self.last: list[tuple[Tensor, Tensor]] = []

    def create(self, config: ModelConfig) -> Variant:
        """A fresh head with the watch on it."""
        head = create_model(config)
        aligned = head.alignment
        assert aligned is not None

        def watch(encoder: nn.Module, inputs: Any, embedding_Bd: Tensor) -> None:
            self.modes.append((head.training, any(module.training for module in aligned.modules())))
            self.last = [*self.last[-2:], (inputs[0].detach(), embedding_Bd.detach())]

        self.handle = aligned.encoder.register_forward_hook(watch)
        return head


@pytest.fixture
def watched(monkeypatch: pytest.MonkeyPatch) -> Watched:
    watched = Watched()
    monkeypatch.setattr(trainer, "create_model", watched.create)
    return watched


@pytest.mark.parametrize("name", FROZEN)
def test_a_frozen_alignment_stays_in_eval_mode_while_the_head_is_trained(
    name: str, data: TrainingSet, watched: Watched
) -> None:
    """Dropout in a frozen encoder would teach experts on posteriors that they never meet again."""
    recipe = tiny_recipe(name, dropout=0.4)
    head = fit_head(recipe, data, seed=SEED).head
    assert watched.modes[-recipe.steps :] == [(True, False)] * recipe.steps
    aligned = head.alignment
    assert aligned is not None
    for scaled_BD, embedding_Bd in list(watched.last):
        torch.testing.assert_close(aligned.encoder(scaled_BD), embedding_Bd)


@pytest.mark.parametrize("name", LEARNING)
def test_an_alignment_that_goes_on_learning_is_in_training_mode_with_the_head(
    name: str, data: TrainingSet, watched: Watched
) -> None:
    recipe = tiny_recipe(name, dropout=0.4)
    fit_head(recipe, data, seed=SEED)
    during = [modes for modes in watched.modes if modes[0]][-recipe.steps :]
    assert during == [(True, True)] * recipe.steps


State = dict[str, Tensor]


def _aligned_before_and_after(name: str, data: TrainingSet, monkeypatch: pytest.MonkeyPatch) -> tuple[State, State]:
    states = []

    def remember(aligned: AlignedMixture, *arguments: Any) -> None:
        align(aligned, *arguments)
        states.append(copy.deepcopy(aligned.state_dict()))

    monkeypatch.setattr(trainer, "align", remember)
    after = fit_head(tiny_recipe(name, dropout=0.4), data, seed=SEED).head.alignment
    assert after is not None
    (before,) = states
    return before, after.state_dict()


@pytest.mark.parametrize("name", FROZEN)
def test_weights_of_a_frozen_alignment_do_not_move(
    name: str, data: TrainingSet, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, after = _aligned_before_and_after(name, data, monkeypatch)
    assert all(torch.equal(after[key], value) for key, value in before.items())


@pytest.mark.parametrize("name", LEARNING)
def test_encoder_mixture_and_matrix_go_on_learning_where_they_are_not_frozen(
    name: str, data: TrainingSet, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, after = _aligned_before_and_after(name, data, monkeypatch)
    unmoved = {key for key, value in before.items() if torch.equal(after[key], value)}
    assert unmoved == {"mixture.temperature_excess_logit"}


@pytest.mark.parametrize("name", LEARNING)
def test_the_matrix_of_a_mixture_that_moved_says_what_its_clusters_hold_now(name: str, data: TrainingSet) -> None:
    head = fit_head(tiny_recipe(name), data, seed=SEED).head
    aligned = head.alignment
    assert aligned is not None
    embedding_Nd = aligned.encoder(head.scaler(data.synthetic.features_ND))
    posteriors_NK = aligned.mixture(embedding_Nd)[0].exp()
    one_hot_NC = nn.functional.one_hot(data.synthetic.classes_N, len(TAXONOMY.classes)).float()
    torch.testing.assert_close(
        aligned.cluster_types.logits_KC.exp(), posteriors_NK.T @ one_hot_NC + 1, rtol=1e-3, atol=0.01
    )


def test_the_offline_mixture_is_fitted_on_principal_components_and_then_left_alone(data: TrainingSet) -> None:
    head = fit_head(tiny_recipe("vanilla_gmm"), data, seed=SEED).head
    assert isinstance(head, VanillaGMM)
    features_ND = torch.cat([*(part.features_ND for part in data.rated), data.synthetic.features_ND])
    embedding_Nd = head(features_ND).embedding
    assert embedding_Nd is not None
    components_dd = head.components_Dd.T @ head.components_Dd
    torch.testing.assert_close(components_dd, torch.eye(4), atol=1e-4, rtol=0)
    covariance_dd = torch.cov(embedding_Nd.T)
    torch.testing.assert_close(
        covariance_dd, covariance_dd.diagonal().diag(), atol=0.05 * covariance_dd.max().item(), rtol=0
    )
    fitted = SklearnMixture(8, covariance_type="diag", reg_covar=1e-3, random_state=SEED).fit(embedding_Nd.numpy())
    np.testing.assert_allclose(head(features_ND).posteriors, fitted.predict_proba(embedding_Nd.numpy()), atol=1e-3)


def _without_crops(data: TrainingSet) -> TrainingSet:
    rated = tuple(replace(part, crops=None) for part in data.rated)
    return replace(data, rated=rated, synthetic=replace(data.synthetic, crops=None))


def test_a_head_that_sees_crops_is_fitted_on_chains_with_crops_and_needs_them(
    data: TrainingSet, monkeypatch: pytest.MonkeyPatch
) -> None:
    batches = _spy(monkeypatch, "draw_batch")
    fit_head(tiny_recipe("distortion_aware_seed", steps=3), data, seed=SEED)
    assert not any(batch.has_pairs for batch in batches)
    assert all(sum(len(part) for part in batch.crops) == len(batch.features_BD) for batch in batches)
    with pytest.raises(ConfigError, match="got a training set without crops, expected a corpus"):
        fit_head(tiny_recipe("distortion_aware_seed", steps=1), _without_crops(data), seed=SEED)


def test_crops_change_nothing_for_a_head_that_sees_none(data: TrainingSet) -> None:
    recipe = tiny_recipe("no_gmm", dropout=0.4)
    with_crops, without = (fit_head(recipe, part, seed=SEED).head for part in (data, _without_crops(data)))
    assert all(torch.equal(value, without.state_dict()[key]) for key, value in with_crops.state_dict().items())


def _spy(monkeypatch: pytest.MonkeyPatch, name: str) -> list[Any]:
    """Every result of one of the trainer's functions."""
    results: list[Any] = []
    function: Callable[..., Any] = getattr(trainer, name)

    def spied(*arguments: Any, **options: Any) -> Any:
        results.append(function(*arguments, **options))
        return results[-1]

    monkeypatch.setattr(trainer, name, spied)
    return results


def test_consistency_alone_asks_for_a_second_view_of_the_rated_rows(
    data: TrainingSet, monkeypatch: pytest.MonkeyPatch
) -> None:
    views = _spy(monkeypatch, "_second_view")
    recipe = tiny_recipe("self_supervised", steps=1)
    fit_head(recipe, data, seed=SEED)
    fit_head(replace(recipe, losses=replace(recipe.losses, consistency=0.0)), data, seed=SEED)
    with_consistency, without = views
    assert with_consistency.shape == (32 + 8, 8)
    assert without is None


def test_encoders_that_go_on_learning_do_so_at_a_lower_rate_and_vectors_do_not_decay(
    data: TrainingSet, monkeypatch: pytest.MonkeyPatch
) -> None:
    recipe, optimisers = tiny_recipe("learnable_gmm", steps=1), _spy(monkeypatch, "_optimiser")
    head = create_model(recipe.model)
    fit_head(recipe, data, seed=SEED)
    ((*groups,),) = (list(optimiser.param_groups) for optimiser in optimisers)
    share = recipe.alignment.learning_rate_share
    rates = {(group["max_lr"], all(member.ndim >= 2 for member in group["params"])) for group in groups}
    assert rates == {(rate, is_matrix) for rate in (1e-3, 1e-3 * share) for is_matrix in (True, False)}
    for group in groups:
        assert group["weight_decay"] == (recipe.weight_decay if group["params"][0].ndim >= 2 else 0)
    num_learning = sum(parameter.requires_grad for parameter in head.parameters())
    assert sum(len(group["params"]) for group in groups) == num_learning

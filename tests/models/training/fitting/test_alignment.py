"""An encoder learns distortions, a mixture is fitted on what it sees, and is tempered by contents held out."""

from __future__ import annotations

import copy
from dataclasses import replace

import numpy as np
import pytest
import torch
from sklearn.mixture import GaussianMixture as SklearnMixture
from torch import Tensor

from models.figures.statistics import cluster_agreement
from models.heads.alignment import AlignedMixture
from models.heads.mixture import GaussianMixture, log_likelihood
from models.heads.projection import FeatureScaler
from models.taxonomy import CLEAN, TAXONOMY
from models.training.data.datasets import DatasetError
from models.training.data.splits import content_disjoint_split
from models.training.data.training_set import SyntheticPictures, TrainingSet
from models.training.fitting.alignment import (
    align,
    calibrate_temperature,
    cluster_posteriors,
    fit_mixture,
    fit_offline,
    pretrain_encoder,
    read_cluster_types,
)
from models.training.fitting.recipes import Recipe
from tests.models.builders import drawn_corpus, tiny_recipe

GROUP_OF_CLASS = torch.tensor(TAXONOMY.group_of_class)
NUM_GROUPS = len(TAXONOMY.group_names)
TEMPERATURE = {"temperature", "mixture.temperature_excess_logit"}
PICTURE_COLUMNS = ("features_ND", "scores_N", "classes_N", "references_N")


@pytest.fixture(scope="module")
def data() -> TrainingSet:
    corpus = drawn_corpus(num_photographs=20, num_live=0)
    split = content_disjoint_split(corpus.references, seed=0)
    return corpus.training_set(split, corpus.scales(split))


@pytest.fixture(scope="module")
def scaler(data: TrainingSet) -> FeatureScaler:
    scaler = FeatureScaler(data.synthetic.features_ND.shape[1])
    scaler.fit(data.synthetic.features_ND)
    return scaler


def _generator() -> torch.Generator:
    torch.manual_seed(0)
    return torch.Generator().manual_seed(0)


def _pretrained(recipe: Recipe, scaler: FeatureScaler, data: TrainingSet) -> AlignedMixture:
    generator = _generator()
    aligned = AlignedMixture(recipe.model)
    pretrain_encoder(aligned, scaler, recipe, data, generator)
    return aligned.eval()


@pytest.fixture(scope="module")
def pretrained(data: TrainingSet, scaler: FeatureScaler) -> AlignedMixture:
    """An encoder that knows distortions, with a mixture still to be fitted; not to be changed."""
    return _pretrained(tiny_recipe("moe", alignment_steps=60), scaler, data)


@pytest.fixture
def encoded(pretrained: AlignedMixture) -> AlignedMixture:
    return copy.deepcopy(pretrained)


@torch.no_grad()
def _embedding(aligned: AlignedMixture, scaler: FeatureScaler, pictures: SyntheticPictures) -> Tensor:
    embedding_Nd: Tensor = aligned.encoder(scaler(pictures.features_ND))
    return embedding_Nd


def _spread_between_groups(embedding_Nd: Tensor, classes_N: Tensor) -> float:
    """Share of the embedding's variance that lies between distortion groups."""
    group_N = GROUP_OF_CLASS[classes_N]
    means_Gd = torch.stack([embedding_Nd[group_N == group].mean(0) for group in range(NUM_GROUPS)])
    return (means_Gd[group_N].var(0).sum() / embedding_Nd.var(0).sum()).item()


@pytest.mark.parametrize(("classification", "contrast"), [(1.0, 0.0), (0.0, 1.0)])
def test_types_and_contrast_each_teach_the_encoder_distortions_of_contents_it_has_not_seen(
    classification: float, contrast: float, data: TrainingSet, scaler: FeatureScaler
) -> None:
    recipe = tiny_recipe("moe", alignment_steps=40)
    alignment = replace(recipe.alignment, classification=classification, contrast=contrast)
    taught = _pretrained(replace(recipe, alignment=alignment), scaler, data)
    untaught = _pretrained(tiny_recipe("moe", alignment_steps=0), scaler, data)
    held_out = data.calibration
    before, after = (
        _spread_between_groups(_embedding(aligned, scaler, held_out), held_out.classes_N)
        for aligned in (untaught, taught)
    )
    assert after > before + 0.15


def test_pretraining_leaves_mixture_and_matrix_alone(data: TrainingSet, scaler: FeatureScaler) -> None:
    recipe = tiny_recipe("self_supervised")
    _generator()
    aligned = AlignedMixture(recipe.model)
    before = copy.deepcopy(aligned.state_dict())
    pretrain_encoder(aligned, scaler, recipe, data, _generator())
    moved = {name for name, value in aligned.state_dict().items() if not torch.equal(value, before[name])}
    assert moved == {name for name in before if name.startswith("encoder.")}


def test_an_ablated_pretraining_leaves_the_encoder_as_it_was_drawn(data: TrainingSet, scaler: FeatureScaler) -> None:
    torch.manual_seed(0)
    drawn = AlignedMixture(tiny_recipe("moe").model).encoder.state_dict()
    kept = _pretrained(tiny_recipe("moe", alignment_steps=0), scaler, data).encoder.state_dict()
    assert all(torch.equal(kept[name], value) for name, value in drawn.items())


def test_offline_fitting_takes_over_scikit_learns_numbers() -> None:
    points_Nd = torch.randn(200, 3) + 6 * torch.eye(3)[torch.arange(200) % 3]
    mixture = GaussianMixture(3, 3, covariance_type="full", has_temperature=False)
    fit_offline(mixture, points_Nd, seed=0)
    fitted = SklearnMixture(3, covariance_type="full", reg_covar=1e-3, random_state=0).fit(points_Nd.numpy())
    with torch.no_grad():
        posteriors_NK = cluster_posteriors(mixture, points_Nd)
    np.testing.assert_allclose(posteriors_NK, fitted.predict_proba(points_Nd.numpy()), atol=1e-4)


def test_with_a_cluster_per_group_each_cluster_is_one_in_the_taxonomys_order(
    encoded: AlignedMixture, data: TrainingSet, scaler: FeatureScaler
) -> None:
    fit_mixture(encoded, scaler, data.synthetic, seed=0)
    membership_CG = torch.nn.functional.one_hot(GROUP_OF_CLASS).float()
    with torch.no_grad():
        groups_KG = encoded.cluster_types.probabilities() @ membership_CG
        cluster_N = cluster_posteriors(encoded.mixture, _embedding(encoded, scaler, data.calibration)).argmax(1)
    lift_KG = groups_KG / groups_KG.mean(0)
    assert lift_KG.argmax(1).tolist() == list(range(NUM_GROUPS))
    group_N = GROUP_OF_CLASS[data.calibration.classes_N]
    assert cluster_agreement(cluster_N.numpy(), group_N.numpy()).ami > 0.6


@pytest.mark.parametrize("num_clusters", [1, 3, 12])
def test_any_number_of_clusters_can_be_fitted(num_clusters: int, data: TrainingSet, scaler: FeatureScaler) -> None:
    recipe = tiny_recipe("moe")
    model = replace(recipe.model, num_clusters=num_clusters)
    aligned = _pretrained(replace(recipe, model=model), scaler, data)
    fit_mixture(aligned, scaler, data.synthetic, seed=0)
    assert aligned.cluster_types.probabilities().shape == (num_clusters, len(TAXONOMY.classes))
    assert all(value.isfinite().all() for value in aligned.state_dict().values())


def test_the_mixture_starts_where_scikit_learn_puts_it(
    encoded: AlignedMixture, data: TrainingSet, scaler: FeatureScaler
) -> None:
    fit_mixture(encoded, scaler, data.synthetic, seed=0)
    embedding_Nd = _embedding(encoded, scaler, data.synthetic)
    fitted = SklearnMixture(NUM_GROUPS, covariance_type="tied", reg_covar=1e-3, random_state=1).fit(embedding_Nd)
    with torch.no_grad():
        ours = log_likelihood(embedding_Nd, encoded.mixture.current()).mean().item()
    assert ours == pytest.approx(fitted.score(embedding_Nd), abs=0.3)


def test_a_row_of_the_matrix_is_what_its_cluster_holds_with_one_count_more_per_class() -> None:
    aligned = AlignedMixture(tiny_recipe("moe").model).eval()
    with torch.no_grad():
        aligned.mixture.means_Kd.copy_(1000 * torch.eye(8, 4) - 500 * torch.arange(8).unsqueeze(1))
        jpeg, clean = TAXONOMY.class_index("jpeg"), TAXONOMY.class_index(CLEAN)
        embedding_Nd = aligned.mixture.means_Kd[[0, 0, 0, 5]]
    read_cluster_types(aligned, embedding_Nd, torch.tensor([jpeg, jpeg, clean, clean]))
    expected_KC = torch.ones(8, len(TAXONOMY.classes))
    expected_KC[0, jpeg] += 2
    expected_KC[0, clean] += 1
    expected_KC[5, clean] += 1
    expected_KC /= expected_KC.sum(1, keepdim=True)
    torch.testing.assert_close(aligned.cluster_types.probabilities(), expected_KC)


def test_the_mixture_is_tempered_by_contents_it_has_not_seen(
    encoded: AlignedMixture, data: TrainingSet, scaler: FeatureScaler
) -> None:
    """Where clusters say nothing of held-out classes, only indifference pays; where they say all, certainty does."""
    fit_mixture(encoded, scaler, data.synthetic, seed=0)
    before = copy.deepcopy(encoded.state_dict())
    shuffled_N = data.synthetic.classes_N[torch.randperm(len(data.synthetic.classes_N), generator=_generator())]
    temperatures = []
    for held_out in (data.synthetic, replace(data.synthetic, classes_N=shuffled_N)):
        calibrate_temperature(encoded, scaler, held_out)
        temperatures.append(encoded.mixture.temperature.item())
    sure, unsure = temperatures
    assert 1 < sure < 10 < unsure
    moved = {name for name, value in encoded.state_dict().items() if not torch.equal(value, before[name])}
    assert moved == {"mixture.temperature_excess_logit"}


@pytest.mark.parametrize("name", ["moe", "learnable_gmm"])
def test_what_is_aligned_is_in_eval_mode_and_does_all_of_it(
    name: str, data: TrainingSet, scaler: FeatureScaler
) -> None:
    recipe = tiny_recipe(name, dropout=0.4)
    generator = _generator()
    aligned = AlignedMixture(recipe.model)
    before = copy.deepcopy(aligned.state_dict())
    align(aligned, scaler, recipe, data, generator)
    assert not any(module.training for module in aligned.modules())
    unmoved = {name for name, value in aligned.state_dict().items() if torch.equal(value, before[name])}
    assert unmoved == set()


def _aligned_state(scaler: FeatureScaler, recipe: Recipe, data: TrainingSet) -> dict[str, Tensor]:
    generator = _generator()
    aligned = AlignedMixture(recipe.model)
    align(aligned, scaler, recipe, data, generator)
    return {**aligned.state_dict(), "temperature": aligned.mixture.temperature.detach()}


def _without_calibration(data: TrainingSet) -> TrainingSet:
    none = SyntheticPictures(*(getattr(data.calibration, name)[:0] for name in PICTURE_COLUMNS))
    return replace(data, calibration=none)


def _differing(state: dict[str, Tensor], other: dict[str, Tensor]) -> set[str]:
    return {name for name, value in state.items() if not torch.equal(value, other[name])}


def test_calibration_pictures_that_a_split_held_out_set_the_temperature_and_nothing_else(
    data: TrainingSet, scaler: FeatureScaler
) -> None:
    recipe = tiny_recipe("moe", alignment_steps=60)
    mislabelled = replace(data.calibration, classes_N=data.calibration.classes_N.flip(0))
    state, other = (
        _aligned_state(scaler, recipe, replace(data, calibration=pictures))
        for pictures in (data.calibration, mislabelled)
    )
    assert _differing(state, other) == TEMPERATURE


def test_without_calibration_pictures_every_tenth_training_content_sets_the_temperature_and_nothing_else(
    data: TrainingSet, scaler: FeatureScaler, caplog: pytest.LogCaptureFixture
) -> None:
    recipe, without = tiny_recipe("moe", alignment_steps=60), _without_calibration(data)
    state = _aligned_state(scaler, recipe, without)
    pictures = without.synthetic
    num_contents = len(set(pictures.references_N[pictures.references_N % 10 == 0].tolist()))
    assert f"spares {num_contents} of" in caplog.text
    classes_N = pictures.classes_N.clone()
    classes_N[pictures.references_N % 10 == 0] = TAXONOMY.class_index("jpeg")
    mislabelled = replace(without, synthetic=replace(pictures, classes_N=classes_N))
    assert _differing(state, _aligned_state(scaler, recipe, mislabelled)) == TEMPERATURE


def test_the_temperature_is_about_the_same_whoever_holds_contents_out_and_none_where_nobody_does(
    data: TrainingSet, scaler: FeatureScaler
) -> None:
    recipe = tiny_recipe("moe", alignment_steps=60)
    seen = replace(data, calibration=data.synthetic)
    by_split, by_alignment, by_nobody = (
        _aligned_state(scaler, recipe, training_set)["temperature"].item()
        for training_set in (data, _without_calibration(data), seen)
    )
    assert by_alignment == pytest.approx(by_split, rel=0.3)
    assert by_nobody < 1.1 < by_alignment


def test_the_only_content_cannot_be_held_out(data: TrainingSet, scaler: FeatureScaler) -> None:
    pictures = data.synthetic
    alone = replace(pictures, references_N=torch.zeros_like(pictures.references_N))
    with pytest.raises(DatasetError, match=r"one content, expected two or more"):
        _aligned_state(scaler, tiny_recipe("moe"), replace(_without_calibration(data), synthetic=alone))

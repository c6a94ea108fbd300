"""Use, skill and agreement on made-up pictures whose answer is known, and on a map that is read from disk."""

from __future__ import annotations

import json
import math
from pathlib import Path

import numpy as np
import pytest
from sklearn.metrics import mutual_info_score, normalized_mutual_info_score

from models.checkpoints.manifest import CHECKPOINTS_FOLDER
from models.figures.expert_usage import (
    MIN_RANKED,
    MIN_VISIBLE_LEVEL,
    NUM_CLOSEST,
    NUM_EXAMPLES,
    Pictures,
    Use,
    entropy_histogram,
    examples,
    expert_usage,
    portraits,
    skill_rows,
    typical_rows,
    use,
)
from models.figures.statistics import dead, shared_information
from models.maps.embedding_map import read_maps
from models.taxonomy import TAXONOMY, UNKNOWN_INDEX
from models.training.data.folds import MIN_VISIBLE_LEVEL as MIN_VISIBLE_LEVEL_OF_FOLDS
from tests.backend.generated_maps import NUM_CLUSTERS, generate_map

NUM_EXPERTS = 8
RNG = np.random.default_rng(3)
CLASS_N = np.arange(26 * 40) % 26
PICTURES = Pictures(
    class_N=CLASS_N,
    level_N=np.where(CLASS_N == 0, 0, 1 + np.arange(len(CLASS_N)) // 26 % 5),
    reference_N=np.arange(len(CLASS_N)) // 26 % 4,
    label_N=RNG.uniform(10, 90, len(CLASS_N)),
)
BY_GROUP_NE = np.eye(NUM_EXPERTS)[PICTURES.group_N]


def used(weights_NX: np.ndarray) -> Use:
    names = [f"expert {number}" for number in range(weights_NX.shape[1])]
    entropy_N = -(weights_NX * np.log(np.clip(weights_NX, 1e-12, None))).sum(1)
    return use(weights_NX, PICTURES, names=names, top_N=weights_NX.argmax(1), entropy_N=entropy_N)


# ---- use


def test_utilisation_and_top_shares_add_up_to_one() -> None:
    found = used(RNG.dirichlet(np.full(NUM_EXPERTS, 0.3), len(CLASS_N)))
    assert math.isclose(sum(found.mean_weights), 1)
    assert math.isclose(sum(found.top_shares), 1)
    for row in (*found.by_group, *found.by_type):
        assert math.isclose(sum(row.mean_weights), 1)
    assert sum(row.count for row in found.by_type) == sum(row.count for row in found.by_group) == len(CLASS_N)


def test_a_uniform_router_uses_all_experts_and_decides_nothing() -> None:
    found = used(np.full((len(CLASS_N), NUM_EXPERTS), 1 / NUM_EXPERTS))
    assert found.effective_number == pytest.approx(NUM_EXPERTS)
    assert found.dead == ()
    assert found.entropy.mean == pytest.approx(math.log(NUM_EXPERTS))
    assert found.entropy.counts[-1] == len(CLASS_N)
    assert found.type_information is not None
    assert found.type_information.nats == pytest.approx(0, abs=1e-9)


def test_a_router_to_one_expert_uses_one_and_leaves_the_others_dead() -> None:
    found = used(np.eye(NUM_EXPERTS)[np.full(len(CLASS_N), 2)])
    assert found.effective_number == pytest.approx(1)
    assert found.dead == (0, 1, 3, 4, 5, 6, 7)
    assert found.top_shares[2] == 1
    assert found.entropy.counts[0] == len(CLASS_N)
    assert found.entropy.saturation == 1


def test_a_router_by_group_gives_each_group_its_expert() -> None:
    found = used(BY_GROUP_NE)
    assert [row.name for row in found.by_group] == list(TAXONOMY.group_names)
    np.testing.assert_allclose([row.mean_weights for row in found.by_group], np.eye(NUM_EXPERTS))
    assert found.group_information is not None
    assert found.group_information.normalised == pytest.approx(1)


def test_information_of_clear_routing_is_scikit_learns_over_visible_pictures() -> None:
    expert_N = RNG.integers(0, NUM_EXPERTS, len(CLASS_N))
    found = used(np.eye(NUM_EXPERTS)[expert_N]).type_information
    visible_N = PICTURES.level_N >= MIN_VISIBLE_LEVEL
    assert found is not None
    assert found.nats == pytest.approx(mutual_info_score(CLASS_N[visible_N], expert_N[visible_N]))
    assert found.normalised == pytest.approx(normalized_mutual_info_score(CLASS_N[visible_N], expert_N[visible_N]))


def test_two_clear_assignments_share_what_scikit_learn_says_and_independent_ones_nothing() -> None:
    first_N, second_N = RNG.integers(0, 5, 400), RNG.integers(0, 3, 400)
    found = shared_information(np.eye(5)[first_N], np.eye(3)[second_N])
    assert found.nats == pytest.approx(mutual_info_score(first_N, second_N))
    every_pair_N = np.arange(15 * 20)
    independent = shared_information(np.eye(5)[every_pair_N % 5], np.eye(3)[every_pair_N // 5 % 3])
    assert independent.nats == pytest.approx(0, abs=1e-12)


def test_dead_is_less_than_a_tenth_of_an_equal_share() -> None:
    assert dead(np.array([[0.93, 0.04, 0.03]])).tolist() == [2]
    assert dead(np.array([[0.9, 0.06, 0.04]])).tolist() == []


def test_pictures_without_named_distortions_have_no_rows_and_no_information() -> None:
    unnamed = Pictures(np.full(30, UNKNOWN_INDEX), np.zeros(30, int), np.arange(30), np.full(30, np.nan))
    weights_NX = RNG.dirichlet(np.ones(3), 30)
    found = use(weights_NX, unnamed, names=("a", "b", "c"), top_N=weights_NX.argmax(1), entropy_N=np.zeros(30))
    assert (found.by_group, found.by_type, found.type_information) == ((), (), None)


def test_one_part_alone_has_a_histogram_of_zeros() -> None:
    found = entropy_histogram(np.zeros(5), np.ones((5, 1)))
    assert (found.maximum, found.mean, sum(found.counts)) == (0, 0, 5)


def test_visible_means_what_it_means_in_the_evaluation() -> None:
    assert MIN_VISIBLE_LEVEL == MIN_VISIBLE_LEVEL_OF_FOLDS


# ---- skill


def test_the_expert_that_knows_a_group_is_best_at_it_and_named_for_it() -> None:
    off_by_N1 = np.where(BY_GROUP_NE > 0, 1.0, 30.0)
    scores_NE = PICTURES.label_N[:, None] + off_by_N1
    skill = skill_rows(scores_NE, PICTURES.label_N - 4, PICTURES)
    assert [row.group for row in skill] == list(TAXONOMY.group_names)
    for number, row in enumerate(skill):
        assert row.errors[number] == pytest.approx(1)
        assert row.score_error == pytest.approx(4)
        assert row.correlations[number] == (None if number == 0 else pytest.approx(1)), "clean pictures have no order"
    drawn = portraits(used(BY_GROUP_NE), skill, scores_NE, PICTURES)
    for name, portrait in zip(TAXONOMY.group_names, drawn, strict=True):
        assert portrait.called_for == portrait.best_at == (name,)
    blur = drawn[TAXONOMY.group_names.index("blur")]
    assert {named.name for named in blur.strongest} == set(TAXONOMY.groups["blur"])
    assert all(named.error == pytest.approx(30) for named in blur.weakest)


def test_too_few_pictures_and_equal_labels_have_no_rank_correlation() -> None:
    few = MIN_RANKED - 1
    of_each = np.repeat([1, 4], [few, 50])
    pictures = Pictures(of_each, np.ones_like(of_each), of_each, np.where(of_each == 1, np.arange(len(of_each)), 50.0))
    skill = skill_rows(RNG.uniform(0, 100, (len(of_each), 2)), RNG.uniform(0, 100, len(of_each)), pictures)
    assert [(row.count, row.correlations, row.score_correlation) for row in skill] == [
        (few, (None, None), None),
        (50, (None, None), None),
    ]


def test_pictures_that_nobody_rated_say_nothing_of_skill() -> None:
    label_N = np.where(PICTURES.group_N == 1, np.nan, PICTURES.label_N)
    pictures = Pictures(PICTURES.class_N, PICTURES.level_N, PICTURES.reference_N, label_N)
    skill = skill_rows(np.zeros((len(CLASS_N), 2)), np.zeros(len(CLASS_N)), pictures)
    assert "blur" not in {row.group for row in skill}
    assert len(skill) == 7


# ---- clusters


def test_examples_take_each_content_once_before_any_again() -> None:
    posterior_N = np.array([0.9, 1.0, 1.0, 0.8, 0.7])
    reference_N = np.array([1, 0, 0, 0, 2])
    typicality_N = np.array([0.0, -5.0, -1.0, 0.0, 0.0])
    assert typical_rows(posterior_N, typicality_N, reference_N, 4) == [2, 0, 4, 1]


def test_a_cluster_that_is_nobodys_top_shows_what_comes_closest() -> None:
    posterior_N, reference_N = np.linspace(0, 0.2, 50), np.arange(50)
    none_N = np.zeros(50, bool)
    closest = examples(posterior_N, np.zeros(50), reference_N, is_top_N=none_N)
    assert [(found.row, found.is_top) for found in closest] == [(49 - turn, False) for turn in range(NUM_CLOSEST)]
    some_N = none_N.copy()
    some_N[[3, 8]] = True
    assert [
        (found.row, found.is_top) for found in examples(posterior_N, np.zeros(50), reference_N, is_top_N=some_N)
    ] == [
        (8, True),
        (3, True),
    ]


# ---- a map


def test_a_map_without_experts_has_clusters_alone(tmp_path: Path) -> None:
    generate_map(tmp_path / "vanilla", count=520)
    (read,), _ = read_maps(tmp_path / "vanilla", weights_sha256="a" * 64, shared=tmp_path / "shared")
    found = expert_usage(read)
    assert (found.num_pictures, found.num_contents) == (520, 2)
    assert (found.experts, found.skill, found.portraits, found.experts_by_cluster) == (None, None, None, None)
    assert found.clusters is not None
    assert len(found.clusters.names) == NUM_CLUSTERS
    assert sum(found.clusters.mean_weights) == pytest.approx(1)
    assert found.agreement is not None
    assert abs(found.agreement["group"].ami) < 0.05, "posteriors were drawn without a look at the distortion"
    assert found.examples is not None
    for cluster, shown in enumerate(found.examples):
        assert len(shown) == NUM_EXAMPLES
        assert all(read.columns["cluster"][example.row] == cluster for example in shown)


def test_a_map_without_clusters_has_neither(tmp_path: Path) -> None:
    generate_map(tmp_path / "no_gmm", source="features")
    (read,), _ = read_maps(tmp_path / "no_gmm", weights_sha256="a" * 64, shared=tmp_path / "shared")
    found = expert_usage(read)
    assert (found.experts, found.clusters, found.agreement, found.examples) == (None, None, None, None)
    assert found.num_pictures == 60


def test_labels_come_on_the_scale_of_the_scores(tmp_path: Path) -> None:
    generate_map(tmp_path / "moe")
    (read,), _ = read_maps(tmp_path / "moe", weights_sha256="a" * 64, shared=tmp_path / "shared")
    label_N = np.array(read.images.manifest.rows.label, float)
    np.testing.assert_allclose(Pictures.of(read).label_N, 0.5 * label_N + 10)


def test_the_experts_that_ship_are_all_described() -> None:
    folder = CHECKPOINTS_FOLDER / "moe"
    weights_sha256 = json.loads((folder / "config.json").read_text())["weights"]["sha256"]
    (read,), _ = read_maps(folder, weights_sha256=weights_sha256, shared=CHECKPOINTS_FOLDER / "shared")
    found = expert_usage(read)
    assert found.experts is not None
    assert found.portraits is not None
    assert found.skill is not None
    assert found.cluster_expert_information is not None
    assert sum(found.experts.mean_weights) == pytest.approx(1)
    assert 1 <= found.experts.effective_number <= len(found.experts.names)
    # Errors of the score are the map's own column, whose labels and scores came by another way.
    error = sum(row.count * row.score_error for row in found.skill) / found.num_rated
    assert error == pytest.approx(np.abs(read.values("score_error")).mean(), abs=1e-3)
    assert {group for portrait in found.portraits for group in portrait.called_for} == set(TAXONOMY.group_names)

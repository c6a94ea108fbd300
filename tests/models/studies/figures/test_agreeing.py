"""Agreement with labels is what SciPy says, coverage is a count, and routing is worth what it changes."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scipy import stats

from models.figures.statistics import Logistic
from models.predictor import Predictor
from models.studies.figures.agreeing import Standing, agreement, coverage, routing
from models.studies.figures.comparing import differences
from models.studies.figures.parts import errors_by_field, errors_by_label
from models.studies.figures.rated import Rated, map_scores
from models.studies.figures.samples import Samples
from models.studies.pictures.answers import Answers, Experts

COUNT = 60


def rated(label_R: np.ndarray, **fields: tuple[str, ...]) -> Rated:
    return Rated(np.arange(len(label_R)), label_R, Samples(np.arange(len(label_R)), num_samples=100), False, fields)


@pytest.fixture
def answers(heads: list[Predictor]) -> Answers:
    """Scores that follow a bent line."""
    score_N = np.random.default_rng(0).uniform(10, 90, COUNT)
    return Answers(heads[0].manifest, score_N, score_N - 10, score_N + 10, None, None)


def labels(answers: Answers, noise: float = 3.0) -> np.ndarray:
    bent_N = Logistic(80, 20, 50, 8)(answers.score_N)
    return np.asarray(bent_N + np.random.default_rng(1).normal(0, noise, len(bent_N)))


def test_agreement_is_scipys_after_the_mapping_that_is_said(answers: Answers) -> None:
    ground = rated(labels(answers))
    mapped = map_scores(answers, ground, None)
    found = agreement(Standing.of(mapped, ground), mapped, ground)
    assert mapped.mapping.kind == "logistic"
    mapped_N = Logistic(**mapped.mapping.parameters)(answers.score_N)
    assert found.srcc.value == pytest.approx(stats.spearmanr(answers.score_N, ground.label_R).statistic)
    assert found.krcc.value == pytest.approx(stats.kendalltau(answers.score_N, ground.label_R).statistic)
    assert found.plcc.value == pytest.approx(stats.pearsonr(mapped_N, ground.label_R).statistic)
    assert found.plcc_unmapped == pytest.approx(stats.pearsonr(answers.score_N, ground.label_R).statistic)
    assert found.rmse.value == pytest.approx(np.sqrt(np.mean((mapped_N - ground.label_R) ** 2)))
    for figure in (found.srcc, found.plcc, found.krcc, found.rmse):
        assert figure.low < figure.value < figure.high


def test_the_logistic_finds_the_line_that_labels_were_made_by(answers: Answers) -> None:
    found = map_scores(answers, rated(labels(answers, noise=0)), None).mapping.parameters
    assert (found["high"], found["low"], found["middle"], found["width"]) == pytest.approx((80, 20, 50, 8), abs=0.01)


def test_few_labels_are_mapped_by_a_line(answers: Answers) -> None:
    label_R = labels(answers)[:8]
    found = map_scores(answers, rated(label_R), None)
    slope, intercept = np.polyfit(answers.score_N[:8], label_R, 1)
    assert found.mapping.kind == "linear"
    assert found.mapping.parameters == pytest.approx({"slope": slope, "intercept": intercept})


def test_coverage_counts_the_labels_inside(answers: Answers) -> None:
    label_R = answers.score_N + np.where(np.arange(COUNT) < 45, 9.0, 11.0)
    found = coverage(answers, rated(label_R))
    assert found.measured.value == 0.75
    assert found.mean_width == pytest.approx(20)


def test_routing_that_knows_the_right_expert_beats_equal_and_shuffled_weights(answers: Answers) -> None:
    label_R = labels(answers)
    rng = np.random.default_rng(2)
    right_N = rng.integers(0, 4, COUNT)
    weights_NE = np.eye(4)[right_N]
    scores_NE = np.where(weights_NE == 1, label_R[:, None], rng.uniform(0, 100, (COUNT, 4)))
    none_N = np.zeros(COUNT)
    found = routing(Experts(weights_NE, scores_NE, none_N, none_N), rated(label_R))
    assert found.own == pytest.approx(1)
    assert found.own_less_uniform.low > 0
    assert found.own_less_shuffled.low > 0


def test_a_checkpoint_is_as_good_as_itself_and_better_than_noise(answers: Answers) -> None:
    ground = rated(labels(answers))
    noise = replace(answers, score_N=np.random.default_rng(9).uniform(0, 100, COUNT))
    found = {"own": answers, "same": answers, "noise": noise}
    standings = {name: Standing.of(map_scores(one, ground, "linear"), ground) for name, one in found.items()}
    same, worse = differences(standings, "own")
    assert (same.checkpoint, same.srcc.value, same.srcc.low, same.srcc.high) == ("same", 0, 0, 0)
    assert worse.srcc.high < 0
    assert worse.rmse.low > 0


def test_errors_are_told_by_fifths_of_the_labels_and_by_fields(answers: Answers) -> None:
    label_R = labels(answers)
    camera = tuple("A" if number < 40 else "B" for number in range(COUNT))
    own = tuple(map(str, range(COUNT)))
    ground = rated(label_R, camera=camera, shot=own, same=("x",) * COUNT)
    mapped = map_scores(answers, ground, None)
    fifths, fields = errors_by_label(mapped, ground), errors_by_field(mapped, ground)
    assert [part.count for part in fifths] == [12] * 5
    assert [part.low for part in fifths] == sorted(part.low for part in fifths)
    assert list(fields) == ["camera"]  # a field with one value, or one of its own for each picture, divides nothing
    error_R = mapped.mapped_R - label_R
    assert [(part.name, part.count) for part in fields["camera"]] == [("A", 40), ("B", 20)]
    assert fields["camera"][1].bias == pytest.approx(error_R[40:].mean())
    assert fields["camera"][1].mean_absolute_error == pytest.approx(np.abs(error_R[40:]).mean())

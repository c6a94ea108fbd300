"""How well a checkpoint follows the labels, what its intervals are worth, and whether its routing helps.

Legend: N pictures, R rated ones, S samples, E experts.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from models.figures.statistics import plcc, srcc
from models.prediction import INTERVAL_COVERAGE
from models.studies.figures.rated import Mapped, Rated
from models.studies.figures.samples import estimate, krcc_in, mean_in, plcc_in, srcc_in
from models.studies.findings.records import Agreement, Coverage, Routing
from models.studies.pictures.answers import Answers, Experts

Floats = NDArray[np.floating]


@dataclass(frozen=True)
class Standing:
    """What checkpoints are compared by: SRCC and RMSE, and those of every sample (S,)."""

    srcc: float
    rmse: float
    srcc_S: Floats
    rmse_S: Floats

    @classmethod
    def of(cls, mapped: Mapped, rated: Rated) -> Standing:
        """That of a checkpoint; the mapping stays that of the whole set in every sample."""
        squares_R = (mapped.mapped_R - rated.label_R) ** 2
        return cls(
            srcc=srcc(mapped.score_R, rated.label_R),
            rmse=float(np.sqrt(squares_R.mean())),
            srcc_S=srcc_in(rated.samples, mapped.score_R, rated.label_R),
            rmse_S=np.sqrt(mean_in(rated.samples, squares_R)),
        )


def agreement(standing: Standing, mapped: Mapped, rated: Rated) -> Agreement:
    """Correlations and error with their intervals; the mapping stays that of the whole set in every sample."""
    score_R, mapped_R, label_R, samples = mapped.score_R, mapped.mapped_R, rated.label_R, rated.samples
    return Agreement(
        srcc=estimate(standing.srcc, standing.srcc_S),
        plcc=estimate(plcc(mapped_R, label_R), plcc_in(samples, mapped_R, label_R)),
        krcc=estimate(float(stats.kendalltau(score_R, label_R).statistic), krcc_in(samples, score_R, label_R)),
        rmse=estimate(standing.rmse, standing.rmse_S),
        plcc_unmapped=plcc(score_R, label_R),
    )


def coverage(answers: Answers, rated: Rated) -> Coverage:
    """What the prediction intervals, as they are, are worth on the labels."""
    low_R, high_R = answers.low_N[rated.rows_R], answers.high_N[rated.rows_R]
    inside_R = ((low_R <= rated.label_R) & (rated.label_R <= high_R)).astype(np.float64)
    measured = estimate(float(inside_R.mean()), mean_in(rated.samples, inside_R))
    return Coverage(INTERVAL_COVERAGE, measured, float((high_R - low_R).mean()))


def routing(experts: Experts, rated: Rated) -> Routing:
    """What is left of the order when only the routing weights change."""
    own_NE, rows_R = experts.weights_NE, rated.rows_R
    shuffled_N = np.random.default_rng(rated.samples.seed).permutation(len(own_NE))
    replaced = {"own": own_NE, "uniform": np.full_like(own_NE, 1 / own_NE.shape[1]), "shuffled": own_NE[shuffled_N]}
    score_R = {name: experts.score_under(weights_NE)[rows_R] for name, weights_NE in replaced.items()}
    whole = {name: srcc(found_R, rated.label_R) for name, found_R in score_R.items()}
    drawn = {name: srcc_in(rated.samples, found_R, rated.label_R) for name, found_R in score_R.items()}
    less_uniform, less_shuffled = (
        estimate(whole["own"] - whole[other], drawn["own"] - drawn[other]) for other in ("uniform", "shuffled")
    )
    return Routing(whole["own"], whole["uniform"], whole["shuffled"], less_uniform, less_shuffled)

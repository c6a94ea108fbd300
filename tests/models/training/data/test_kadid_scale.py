"""People's opinions of two distortions on KADID-10k's scale: as its own where both had the distortion rated."""

from __future__ import annotations

import numpy as np
import pytest

from models.distortions.mixed import MDIVL_NOISE, RatedGrid, rated_grids
from models.distortions.operations import DISTORTIONS, Step, step_at
from models.distortions.pseudo_mos import kadid_mos, lowest_kadid_mos
from models.taxonomy import LEVELS
from models.training.data.datasets import KADID_CLEAN_MOS
from models.training.data.kadid_scale import database_curve, kadid_mean_at, kadid_means, shared_opinions

DATABASES = pytest.mark.parametrize("database", ["MDIVL", "LIVE-MD"])
RATED = pytest.mark.parametrize("rated", rated_grids().values(), ids=rated_grids())


@DATABASES
def test_a_curve_rises_from_the_worst_cell_to_the_references(database: str) -> None:
    opinions, means = database_curve(database)
    assert (np.diff(opinions) > 0).all()
    assert (np.diff(means) > 0).all()
    assert (means[0], means[-1]) == pytest.approx((lowest_kadid_mos(), KADID_CLEAN_MOS))


@pytest.mark.parametrize(("database", "documented"), [("MDIVL", 0.49), ("LIVE-MD", 0.26)])
def test_the_curve_meets_the_shared_single_distortions_as_nearly_as_documented(
    database: str, documented: float
) -> None:
    grids = [rated for rated in rated_grids().values() if rated.database == database]
    sign = 1 if grids[0].higher_is_better else -1
    opinions, means = np.array([pair for rated in grids for pair in shared_opinions(rated)]).T
    errors = np.interp(sign * opinions, *database_curve(database)) - means
    assert len(errors) >= 9
    assert np.sqrt(np.mean(errors**2)) == pytest.approx(documented, abs=0.005)


@RATED
def test_every_rated_cell_has_a_mean_and_better_ones_have_higher_ones(rated: RatedGrid) -> None:
    means = kadid_means(rated)
    assert means.keys() == rated.opinions.keys()
    assert all(lowest_kadid_mos() <= mean <= KADID_CLEAN_MOS for mean in means.values())
    sign = 1 if rated.higher_is_better else -1
    assert sorted(means, key=lambda cell: means[cell]) == sorted(
        rated.opinions, key=lambda cell: sign * rated.opinions[cell].mean
    )


def test_between_two_levels_kadids_mean_lies_between_theirs() -> None:
    assert kadid_mean_at(step_at("jpeg", 4)) == kadid_mos("jpeg", 4)
    between = kadid_mean_at(Step("jpeg", 15))
    assert between is not None
    assert kadid_mos("jpeg", 4) < between < kadid_mos("jpeg", 3)
    assert kadid_mean_at(Step("jpeg", 95)) is None


def test_mdivls_numbers_of_noise_stand_for_the_variances_at_which_kadids_raters_agree() -> None:
    rated = rated_grids()["mdivl_noise_jpeg"]
    levels = [kadid_mos("white_noise", level) for level in LEVELS]
    line = np.polyfit(levels, np.log(DISTORTIONS["white_noise"].parameters), 1)
    for row, number in enumerate(rated.grid.first.stated):
        agreed = np.exp(np.polyval(line, kadid_means(rated)[row, 0]))
        assert MDIVL_NOISE[number] == pytest.approx(agreed, rel=0.05)

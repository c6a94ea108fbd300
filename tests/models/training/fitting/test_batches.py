"""A step's rows come from where the recipe says, side by side with what is known of them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import torch
from torch import Tensor

from models.heads.config import ConfigError
from models.taxonomy import TAXONOMY
from models.training.data.crop_cache import Crops
from models.training.data.training_set import CHAIN_LENGTH, OrderPairs, RatedPictures, SyntheticPictures, TrainingSet
from models.training.fitting.batches import Batch, draw_batch, draw_chains
from models.training.fitting.recipes import Recipe
from tests.models.builders import tiny_recipe

RATED, FURTHER_RATED, SYNTHETIC, BETTER, WORSE = range(5)
NUM_CHAINS = 7


def _features(population: int, count: int) -> Tensor:
    """A row says which population it is of, and which row of it: (N, 2)."""
    return torch.stack([torch.full((count,), population), torch.arange(count)], 1).float()


def _data(*, num_pairs: int = 9, num_further_rated: int = 5) -> TrainingSet:
    """A chain's six pictures are neighbours; scores, classes and references of synthetic pictures follow from rows."""
    rows_N = torch.arange(NUM_CHAINS * CHAIN_LENGTH)
    levels_N, chains_N = rows_N % CHAIN_LENGTH, rows_N // CHAIN_LENGTH
    classes_N = torch.where(levels_N == 0, 0, 1 + chains_N)
    synthetic = SyntheticPictures(_features(SYNTHETIC, len(rows_N)), 90.0 - 10 * levels_N, classes_N, chains_N // 2)
    further = [RatedPictures(_features(FURTHER_RATED, num_further_rated), torch.arange(num_further_rated) + 50.0)]
    return TrainingSet(
        rated=(RatedPictures(_features(RATED, 11), torch.arange(11.0)), *(further if num_further_rated else [])),
        synthetic=synthetic,
        chains_QL=rows_N.view(NUM_CHAINS, CHAIN_LENGTH),
        pairs=OrderPairs(_features(BETTER, num_pairs), _features(WORSE, num_pairs)),
        calibration=synthetic,
    )


def _draw(data: TrainingSet, *, seed: int = 0, **changes: int) -> tuple[Recipe, Batch]:
    recipe = tiny_recipe("no_gmm", **changes)
    return recipe, draw_batch(recipe, data, torch.Generator().manual_seed(seed))


def _population(batch: Batch, rows: slice) -> set[int]:
    return set(batch.features_BD[rows, 0].int().tolist())


def test_the_slices_partition_the_rows() -> None:
    recipe, batch = _draw(_data())
    parts = [*batch.rated, batch.synthetic, batch.better, batch.worse]
    rows = torch.arange(len(batch.features_BD))
    assert torch.equal(torch.cat([rows[part] for part in parts]), rows)
    assert [len(rows[part]) for part in parts] == [
        recipe.photographs_per_step,
        recipe.further_rated_per_step,
        CHAIN_LENGTH * recipe.chains_per_step,
        recipe.pairs_per_step,
        recipe.pairs_per_step,
    ]


def test_labelled_rows_are_the_rated_and_synthetic_ones_and_unnamed_rows_the_rated_ones() -> None:
    _, batch = _draw(_data())
    rows = torch.arange(len(batch.features_BD))
    rated = torch.cat([rows[part] for part in batch.rated])
    assert torch.equal(rows[batch.unnamed], rated)
    assert torch.equal(rows[batch.labelled], torch.cat([rated, rows[batch.synthetic]]))
    assert len(batch.scores_B) == len(rows[batch.labelled])
    assert len(batch.classes_B) == len(batch.references_B) == len(rows[batch.synthetic])


def test_each_slice_holds_pictures_of_its_own_kind() -> None:
    _, batch = _draw(_data())
    parts = [*batch.rated, batch.synthetic, batch.better, batch.worse]
    assert [_population(batch, part) for part in parts] == [{RATED}, {FURTHER_RATED}, {SYNTHETIC}, {BETTER}, {WORSE}]


def test_scores_stand_beside_their_pictures() -> None:
    data = _data()
    _, batch = _draw(data)
    kinds: list[RatedPictures | SyntheticPictures] = [*data.rated, data.synthetic]
    for part, pictures in zip([*batch.rated, batch.synthetic], kinds, strict=True):
        rows = batch.features_BD[part, 1].long()
        assert torch.equal(batch.scores_B[part], pictures.scores_N[rows])
    rows = batch.features_BD[batch.synthetic, 1].long()
    assert torch.equal(batch.classes_B, data.synthetic.classes_N[rows])
    assert torch.equal(batch.references_B, data.synthetic.references_N[rows])


def test_synthetic_rows_are_whole_chains_from_clean_to_level_five() -> None:
    _, batch = _draw(_data())
    rows_QL = batch.features_BD[batch.synthetic, 1].long().view(-1, CHAIN_LENGTH)
    assert (rows_QL.diff(dim=1) == 1).all()
    assert (rows_QL[:, 0] % CHAIN_LENGTH == 0).all()
    assert (batch.classes_B.view(-1, CHAIN_LENGTH)[:, 0] == TAXONOMY.class_index("clean")).all()


def test_crops_of_a_batch_are_those_of_its_rated_and_synthetic_rows() -> None:
    data = _data(num_pairs=0)
    cropped = replace(
        data,
        rated=tuple(replace(part, crops=_numbered(len(part.scores_N))) for part in data.rated),
        synthetic=replace(data.synthetic, crops=_numbered(len(data.synthetic.scores_N))),
    )
    _, batch = _draw(cropped)
    crops = [part for part in batch.crops if part is not None]
    assert np.concatenate([part.rows_B for part in crops]).tolist() == batch.features_BD[:, 1].tolist()
    _, without = _draw(data)
    assert torch.equal(without.features_BD, batch.features_BD)


def test_a_training_set_with_crops_has_neither_chains_nor_pairs_without_them() -> None:
    data, kept = _data(), 2 * CHAIN_LENGTH + 1
    crops = _numbered(kept).without(len(data.synthetic.scores_N) - kept)
    rated = tuple(replace(part, crops=_numbered(len(part.scores_N))) for part in data.rated)
    seen = replace(data, rated=rated, synthetic=replace(data.synthetic, crops=crops)).with_crops()
    assert torch.equal(seen.chains_QL, data.chains_QL[:2])
    assert len(seen.pairs.better_PD) == len(seen.pairs.worse_PD) == 0
    with pytest.raises(ConfigError, match="got a training set without crops"):
        replace(seen, rated=data.rated).with_crops()


def _numbered(count: int) -> Crops:
    return Crops(np.zeros((count, 1, 1, 3), np.uint8), np.arange(count))


def test_better_and_worse_halves_are_pairs() -> None:
    _, batch = _draw(_data())
    assert batch.has_pairs
    assert torch.equal(batch.features_BD[batch.better, 1], batch.features_BD[batch.worse, 1])
    assert len(batch.features_BD[batch.better, 1].unique()) > 1


def test_without_pairs_all_rows_have_a_label() -> None:
    _, batch = _draw(_data(num_pairs=0))
    assert not batch.has_pairs
    assert len(batch.features_BD) == len(batch.scores_B)
    assert _population(batch, batch.better) == _population(batch, batch.worse) == set()


def test_the_first_set_that_there_is_gets_the_first_sets_share() -> None:
    recipe, batch = _draw(_data(num_further_rated=0))
    assert batch.rated == (slice(0, recipe.photographs_per_step),)


def test_every_picture_is_drawn_sooner_or_later_and_some_twice() -> None:
    _, batch = _draw(_data(), photographs_per_step=200, chains_per_step=100)
    assert batch.features_BD[batch.rated[0], 1].unique().tolist() == list(range(11))
    assert len(batch.features_BD[batch.synthetic, 1].unique()) == NUM_CHAINS * CHAIN_LENGTH


def test_the_generator_decides_the_rows() -> None:
    (_, one), (_, same), (_, other) = (_draw(_data(), seed=seed) for seed in (1, 1, 2))
    assert torch.equal(one.features_BD, same.features_BD)
    assert not torch.equal(one.features_BD, other.features_BD)


@pytest.mark.parametrize("count", [1, 20])
def test_pretraining_draws_whole_chains_too(count: int) -> None:
    recipe, data = tiny_recipe("moe"), _data()
    recipe = replace(recipe, alignment=replace(recipe.alignment, chains_per_step=count))
    rows_QL = draw_chains(recipe, data, torch.Generator().manual_seed(0)).view(-1, CHAIN_LENGTH)
    assert len(rows_QL) == count
    assert (rows_QL.diff(dim=1) == 1).all()
    assert (rows_QL[:, 0] % CHAIN_LENGTH == 0).all()

"""How a step's rows are drawn from a training fold.

Legend: B rows of a batch, D features, N pictures, Q level chains.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor

from models.training.data.crop_cache import Crops
from models.training.data.training_set import TrainingSet
from models.training.fitting.recipes import Recipe


@dataclass(frozen=True)
class Batch:
    """Rated pictures set by set, then synthetic chains, then the better and the worse halves of order pairs.

    `scores_B` has entries for the rated and synthetic rows, `classes_B` and `references_B` for the synthetic ones.
    `crops` are those of the rated and synthetic rows, part by part, where any variant asked for them.
    """

    features_BD: Tensor
    scores_B: Tensor
    classes_B: Tensor
    references_B: Tensor
    rated: tuple[slice, ...]
    crops: tuple[Crops | None, ...] = ()

    @property
    def synthetic(self) -> slice:
        """Rows of the synthetic chains."""
        return slice(self.rated[-1].stop, len(self.scores_B))

    @property
    def are_synthetic_scored(self) -> bool:
        """Whether the synthetic rows have scores to learn."""
        return not bool(self.scores_B[self.synthetic].isnan().any())

    @property
    def scored_sets(self) -> tuple[slice, ...]:
        """Rows of each set with scores."""
        return (*self.rated, self.synthetic) if self.are_synthetic_scored else self.rated

    @property
    def labelled(self) -> slice:
        """Rows with a score."""
        return slice(self.scored_sets[-1].stop)

    @property
    def unnamed(self) -> slice:
        """Rows of pictures whose distortion nobody named: the rated ones."""
        return slice(self.rated[-1].stop)

    @property
    def has_pairs(self) -> bool:
        """Whether any order pair is in the batch."""
        return len(self.features_BD) > len(self.scores_B)

    @property
    def better(self) -> slice:
        """Rows of the better halves of the pairs."""
        first, count = len(self.scores_B), (len(self.features_BD) - len(self.scores_B)) // 2
        return slice(first, first + count)

    @property
    def worse(self) -> slice:
        """Rows of the worse halves, in the same order."""
        return slice(self.better.stop, len(self.features_BD))


def draw_batch(recipe: Recipe, data: TrainingSet, generator: torch.Generator) -> Batch:
    """One training step's rows, drawn with replacement."""
    features, scores, spans, crops = [], [], [], []
    start = 0
    for position, part in enumerate(data.rated):
        count = recipe.photographs_per_step if position == 0 else recipe.further_rated_per_step
        rows = _draw(len(part.scores_N), count, generator)
        features.append(part.features_ND[rows])
        scores.append(part.scores_N[rows])
        crops.append(None if part.crops is None else part.crops[rows])
        spans.append(slice(start, start + count))
        start += count
    synthetic = data.chains_QL[_draw(len(data.chains_QL), recipe.chains_per_step, generator)].flatten()
    crops.append(None if data.synthetic.crops is None else data.synthetic.crops[synthetic])
    num_pairs = recipe.pairs_per_step if len(data.pairs.better_PD) else 0
    pairs = _draw(len(data.pairs.better_PD), num_pairs, generator)
    parts = [data.synthetic.features_ND[synthetic], data.pairs.better_PD[pairs], data.pairs.worse_PD[pairs]]
    return Batch(
        torch.cat([*features, *parts]),
        torch.cat([*scores, data.synthetic.scores_N[synthetic]]),
        data.synthetic.classes_N[synthetic],
        data.synthetic.references_N[synthetic],
        tuple(spans),
        tuple(crops),
    )


def draw_chains(recipe: Recipe, data: TrainingSet, generator: torch.Generator) -> Tensor:
    """Rows of `data.synthetic` of one step of pretraining."""
    chains = _draw(len(data.chains_QL), recipe.alignment.chains_per_step, generator)
    return data.chains_QL[chains].flatten()


def _draw(population: int, count: int, generator: torch.Generator) -> Tensor:
    return torch.randint(max(population, 1), (count,), generator=generator)

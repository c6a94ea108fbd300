"""Fitting a variant's head on cached features.

Legend: B images, D features, E experts, Q level chains, L = 6 pictures of a chain, N training pictures.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
import torch
from numpy.typing import NDArray
from sklearn.mixture import GaussianMixture as SklearnMixture
from torch import Tensor, nn

from models.mixture import GaussianMixture, log_joint, parameters_from_sklearn
from models.outputs import IQAOutput
from models.registry import create_model
from models.taxonomy import LEVELS, TAXONOMY
from models.training.losses import (
    alignment_loss,
    balance_loss,
    correlation_loss,
    mixture_likelihood,
    pair_rank_loss,
    rank_loss,
    squared_error,
)
from models.training.recipes import Recipe
from models.variants.base import AlignedMixture, Variant

CHAIN_LENGTH: Final = 1 + len(LEVELS)
"""A level chain is one reference and type: the clean picture, then levels 1 to 5."""
_TEMPERATURES: Final = tuple(np.geomspace(1.01, 100, 80).tolist())
_EMA_DECAY: Final = 0.99
_GRADIENT_NORM_MAX: Final = 1.0


@dataclass(frozen=True)
class TrainingSet:
    """What a head is fitted on: rated photographs and their blurred copies (row by row), and synthetic level chains.

    `chains_QL` holds row indices into the synthetic arrays; the calibration pictures are synthetic ones of held-out
    contents. Scores are on 0-100.
    """

    photograph_features_ND: Tensor
    photograph_scores_N: Tensor
    blurred_features_ND: Tensor
    synthetic_features_ND: Tensor
    synthetic_scores_N: Tensor
    synthetic_classes_N: Tensor
    chains_QL: Tensor
    calibration_features_ND: Tensor
    calibration_classes_N: Tensor


@dataclass(frozen=True)
class StepRecord:
    """One logged point of a training curve."""

    step: int
    losses: dict[str, float]


@dataclass(frozen=True)
class FittedHead:
    """A head in eval mode (the exponential moving average of its weights) and its training curve."""

    head: Variant
    curve: tuple[StepRecord, ...]


def fit_head(recipe: Recipe, data: TrainingSet, *, seed: int) -> FittedHead:
    """Train one head from scratch; the same recipe, data and seed give the same head on one machine."""
    torch.manual_seed(seed)
    generator = torch.Generator().manual_seed(seed)
    head = create_model(recipe.model)
    head.scaler.fit(torch.cat([data.photograph_features_ND, data.synthetic_features_ND]))
    aligned = getattr(head, "aligned", None)
    if isinstance(aligned, AlignedMixture):
        pretrain_encoder(head, aligned, recipe, data, generator)
        fit_mixture(head, aligned, data, seed=seed)
        calibrate_temperature(head, aligned, data)
        aligned.requires_grad_(False)
    head, curve = _train(head, recipe, data, generator)
    return FittedHead(head.eval().requires_grad_(False), tuple(curve))


def _train(
    head: Variant, recipe: Recipe, data: TrainingSet, generator: torch.Generator
) -> tuple[Variant, list[StepRecord]]:
    averaged = copy.deepcopy(head)
    optimiser = _optimiser(head, recipe)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimiser, max_lr=recipe.learning_rate, total_steps=recipe.steps, pct_start=0.1
    )
    curve = []
    head.train()
    for step, batch in enumerate(_batches(recipe, data, generator, recipe.steps)):
        losses = step_losses(head(batch.features_BD), batch, recipe)
        total = torch.stack(list(losses.values())).sum()
        optimiser.zero_grad()
        torch.autograd.backward(total)
        nn.utils.clip_grad_norm_(head.parameters(), _GRADIENT_NORM_MAX)
        optimiser.step()
        schedule.step()
        _update_average(averaged, head, decay=min(_EMA_DECAY, (step + 1) / (step + 10)))
        if step % 50 == 0 or step == recipe.steps - 1:
            curve.append(StepRecord(step, {name: round(loss.item(), 5) for name, loss in losses.items()}))
    return averaged, curve


def _optimiser(head: Variant, recipe: Recipe) -> torch.optim.Optimizer:
    decayed = [p for p in head.parameters() if p.requires_grad and p.ndim >= 2]
    free = [p for p in head.parameters() if p.requires_grad and p.ndim < 2]
    groups = [{"params": decayed, "weight_decay": recipe.weight_decay}, {"params": free, "weight_decay": 0.0}]
    return torch.optim.AdamW(groups, lr=recipe.learning_rate)


@torch.no_grad()
def _update_average(averaged: Variant, head: Variant, *, decay: float) -> None:
    for kept, current in zip(averaged.parameters(), head.parameters(), strict=True):
        kept.lerp_(current, 1 - decay)


@dataclass(frozen=True)
class Batch:
    """Rated photographs first, then the synthetic chains, row after row, then the photographs' blurred copies.

    `scores_B` has no entries for the copies.
    """

    features_BD: Tensor
    scores_B: Tensor
    synthetic_classes: Tensor
    num_photographs: int

    @property
    def photographs(self) -> slice:
        """Rows of the rated photographs."""
        return slice(self.num_photographs)

    @property
    def synthetic(self) -> slice:
        """Rows of the synthetic chains."""
        return slice(self.num_photographs, len(self.scores_B))

    @property
    def labelled(self) -> slice:
        """Rows with a score."""
        return slice(len(self.scores_B))

    @property
    def blurred(self) -> slice:
        """Rows of the blurred copies, in the order of the photographs."""
        return slice(len(self.scores_B), None)


def _batches(recipe: Recipe, data: TrainingSet, generator: torch.Generator, steps: int) -> Iterator[Batch]:
    for _ in range(steps):
        rows = torch.randint(len(data.photograph_scores_N), (recipe.photographs_per_step,), generator=generator)
        chains = torch.randint(len(data.chains_QL), (recipe.chains_per_step,), generator=generator)
        synthetic = data.chains_QL[chains].flatten()
        yield Batch(
            torch.cat(
                [
                    data.photograph_features_ND[rows],
                    data.synthetic_features_ND[synthetic],
                    data.blurred_features_ND[rows],
                ]
            ),
            torch.cat([data.photograph_scores_N[rows], data.synthetic_scores_N[synthetic]]),
            data.synthetic_classes_N[synthetic],
            recipe.photographs_per_step,
        )


def step_losses(output: IQAOutput, batch: Batch, recipe: Recipe) -> dict[str, Tensor]:
    """Every loss that the recipe weighs, already weighed."""
    weights, labelled = recipe.losses, batch.labelled
    losses = _score_losses(output.score, batch, recipe)
    if output.expert_scores is not None and output.routing_weights is not None and output.expert_stds is not None:
        routing_BE, scores_BE, stds_BE = (
            part[labelled] for part in (output.routing_weights, output.expert_scores, output.expert_stds)
        )
        losses["likelihood"] = weights.likelihood * mixture_likelihood(routing_BE, scores_BE, stds_BE, batch.scores_B)
        losses["balance"] = weights.balance * balance_loss(routing_BE)
    if output.cluster_type_log_probs is not None:
        log_probs_BC = output.cluster_type_log_probs[batch.synthetic]
        losses["alignment"] = weights.alignment * alignment_loss(log_probs_BC, batch.synthetic_classes)
    return losses


def _score_losses(score_B: Tensor, batch: Batch, recipe: Recipe) -> dict[str, Tensor]:
    weights, target_B = recipe.losses, batch.scores_B
    correlations = [correlation_loss(score_B[part], target_B[part]) for part in (batch.photographs, batch.synthetic)]
    chains = [values_B[batch.synthetic].view(-1, CHAIN_LENGTH) for values_B in (score_B, target_B)]
    return {
        "squared_error": weights.squared_error * 10 * squared_error(score_B[batch.labelled], target_B),
        "correlation": weights.correlation * torch.stack(correlations).sum(),
        "rank": weights.rank * rank_loss(*chains),
        "blur_rank": weights.blur_rank * pair_rank_loss(score_B[batch.photographs], score_B[batch.blurred]),
    }


def pretrain_encoder(
    head: Variant, aligned: AlignedMixture, recipe: Recipe, data: TrainingSet, generator: torch.Generator
) -> None:
    """Teach the distortion encoder types and groups through two linear readouts that are thrown away afterwards."""
    groups_C = torch.tensor(TAXONOMY.group_of_class)
    types = nn.Linear(recipe.model.embedding_dim, len(TAXONOMY.classes))
    groups = nn.Linear(recipe.model.embedding_dim, len(TAXONOMY.group_names))
    parameters = [*aligned.encoder.parameters(), *types.parameters(), *groups.parameters()]
    optimiser = torch.optim.AdamW(parameters, lr=2e-3, weight_decay=recipe.weight_decay)
    head.train()
    for batch in _batches(recipe, data, generator, recipe.pretraining_steps):
        embedding_Bd = aligned.encoder(head.scaler(batch.features_BD[batch.synthetic]))
        classes = batch.synthetic_classes
        loss = alignment_loss(types(embedding_Bd), classes) + alignment_loss(groups(embedding_Bd), groups_C[classes])
        optimiser.zero_grad()
        torch.autograd.backward(loss)
        optimiser.step()


@torch.no_grad()
def fit_mixture(head: Variant, aligned: AlignedMixture, data: TrainingSet, *, seed: int) -> None:
    """Fit scikit-learn's mixture on the synthetic embedding and read the cluster-type matrix off its posteriors.

    With one cluster per group EM starts at the groups' means, otherwise at k-means.
    """
    head.eval()
    embedding_Nd = aligned.encoder(head.scaler(data.synthetic_features_ND))
    mixture = aligned.mixture
    num_clusters = len(mixture.means_Kd)
    means = _group_means(embedding_Nd, data.synthetic_classes_N) if num_clusters == len(TAXONOMY.group_names) else None
    fitted = SklearnMixture(
        num_clusters, covariance_type=mixture.covariance_type, means_init=means, reg_covar=1e-3, random_state=seed
    ).fit(embedding_Nd.numpy())
    mixture.set_parameters(parameters_from_sklearn(fitted))
    one_hot_NC = nn.functional.one_hot(data.synthetic_classes_N, len(TAXONOMY.classes)).float()
    counts_KC = cluster_posteriors(mixture, embedding_Nd).T @ one_hot_NC
    aligned.cluster_types.logits_KC.copy_((counts_KC + 1).log())


@torch.no_grad()
def calibrate_temperature(head: Variant, aligned: AlignedMixture, data: TrainingSet) -> None:
    """Set the temperature at which the clusters name the types of held-out contents most probably.

    On contents that it was fitted on the mixture is right and sure; on others it is less right and as sure. Guo et al.,
    "On calibration of modern neural networks" (ICML 2017).
    """
    head.eval()
    embedding_Nd = aligned.encoder(head.scaler(data.calibration_features_ND))
    joint_NK = log_joint(embedding_Nd, aligned.mixture.current())

    def surprise(temperature: float) -> float:
        log_probs_NC = aligned.cluster_types((joint_NK / temperature).log_softmax(1))
        return nn.functional.nll_loss(log_probs_NC, data.calibration_classes_N).item()

    aligned.mixture.set_temperature(min(_TEMPERATURES, key=surprise))


def cluster_posteriors(mixture: GaussianMixture, embedding_Nd: Tensor) -> Tensor:
    """Posteriors of a mixture: (N, K)."""
    log_posteriors_NK, _ = mixture(embedding_Nd)
    return torch.as_tensor(log_posteriors_NK).exp()


def _group_means(embedding_Nd: Tensor, class_N: Tensor) -> NDArray[np.float32]:
    group_N = torch.tensor(TAXONOMY.group_of_class)[class_N]
    means = [embedding_Nd[group_N == group].mean(0) for group in range(len(TAXONOMY.group_names))]
    return np.asarray(torch.stack(means).numpy())

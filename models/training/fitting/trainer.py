"""Fitting a variant's head on cached features.

Legend: B images, D features, K clusters, N training pictures.
"""

from __future__ import annotations

import copy
from dataclasses import dataclass
from typing import Final

import torch
from sklearn.decomposition import PCA
from torch import Tensor, nn

from models.heads.variant import Variant
from models.registry import create_model
from models.training.data.crop_cache import crops_seen
from models.training.data.training_set import TrainingSet
from models.training.fitting.alignment import align, fit_offline, read_cluster_types
from models.training.fitting.batches import Batch, draw_batch
from models.training.fitting.losses import RunningRouting
from models.training.fitting.objectives import step_losses
from models.training.fitting.recipes import Recipe
from models.variants.vanilla_gmm import VanillaGMM

TRAINER_VERSION: Final = 2
"""Raised whenever the same recipe, data and seed would give another head: finished splits are then done again."""
_EMA_DECAY: Final = 0.99
_GRADIENT_NORM_MAX: Final = 1.0
_RECORD_EVERY: Final = 50


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
    if head.crop_px is not None:
        data = data.with_crops()
    head.scaler.fit(torch.cat([*(part.features_ND for part in data.rated), data.synthetic.features_ND]))
    if isinstance(head, VanillaGMM):
        _fit_offline_mixture(head, data, seed=seed)
    aligned = head.alignment
    if aligned is not None:
        align(aligned, head.scaler, recipe, data, generator)
        if recipe.alignment.is_frozen:
            aligned.requires_grad_(False)
    averaged, curve = _train(head, recipe, data, generator)
    if not recipe.alignment.is_frozen:
        _reread_cluster_types(averaged, data)
    return FittedHead(averaged.eval().requires_grad_(False), tuple(curve))


def _train(
    head: Variant, recipe: Recipe, data: TrainingSet, generator: torch.Generator
) -> tuple[Variant, list[StepRecord]]:
    averaged = copy.deepcopy(head)
    optimiser = _optimiser(head, recipe)
    rates = [group["lr"] for group in optimiser.param_groups]
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, max_lr=rates, total_steps=recipe.steps, pct_start=0.1)
    running = RunningRouting()
    curve = []
    _set_training_mode(head, recipe)
    for step in range(recipe.steps):
        batch = draw_batch(recipe, data, generator)
        output = head(batch.features_BD, *crops_seen(head, *batch.crops))
        losses = step_losses(output, batch, recipe.losses, running, _second_view(head, batch, recipe))
        optimiser.zero_grad()
        torch.autograd.backward(torch.stack(list(losses.values())).sum())
        nn.utils.clip_grad_norm_(head.parameters(), _GRADIENT_NORM_MAX)
        optimiser.step()
        schedule.step()
        _update_average(averaged, head, decay=min(_EMA_DECAY, (step + 1) / (step + 10)))
        if step % _RECORD_EVERY == 0 or step == recipe.steps - 1:
            curve.append(StepRecord(step, {name: round(loss.item(), 5) for name, loss in losses.items()}))
    return averaged, curve


def _set_training_mode(head: Variant, recipe: Recipe) -> None:
    """A frozen alignment stays in eval mode: experts must learn on the posteriors that they will be given."""
    head.train()
    aligned = head.alignment
    if aligned is not None and recipe.alignment.is_frozen:
        aligned.eval()


def _second_view(head: Variant, batch: Batch, recipe: Recipe) -> Tensor | None:
    aligned = head.alignment
    if aligned is None or not recipe.losses.consistency:
        return None
    log_posteriors_BK: Tensor = aligned(head.scaler(batch.features_BD[batch.unnamed])).log_posteriors_BK
    return log_posteriors_BK


def _optimiser(head: Variant, recipe: Recipe) -> torch.optim.Optimizer:
    """AdamW without decay on vectors, and with a lower rate for an alignment that goes on learning."""
    aligned = head.alignment
    earlier = {id(parameter) for parameter in ([] if aligned is None else aligned.encoder.parameters())}
    groups: dict[tuple[float, float], list[nn.Parameter]] = {}
    for parameter in head.parameters():
        if parameter.requires_grad:
            rate = recipe.learning_rate * (recipe.alignment.learning_rate_share if id(parameter) in earlier else 1.0)
            decay = recipe.weight_decay if parameter.ndim >= 2 else 0.0
            groups.setdefault((rate, decay), []).append(parameter)
    return torch.optim.AdamW(
        [{"params": members, "lr": rate, "weight_decay": decay} for (rate, decay), members in groups.items()]
    )


@torch.no_grad()
def _update_average(averaged: Variant, head: Variant, *, decay: float) -> None:
    for kept, current in zip(averaged.parameters(), head.parameters(), strict=True):
        kept.lerp_(current, 1 - decay)


@torch.no_grad()
def _fit_offline_mixture(head: VanillaGMM, data: TrainingSet, *, seed: int) -> None:
    """Principal components of all training features, then scikit-learn's mixture on them: no labels are looked at."""
    scaled_ND = head.scaler(torch.cat([*(part.features_ND for part in data.rated), data.synthetic.features_ND]))
    dim = head.components_Dd.shape[1]
    components = PCA(dim, svd_solver="randomized", random_state=seed).fit(scaled_ND.numpy()).components_
    head.components_Dd.copy_(torch.as_tensor(components.T))
    fit_offline(head.mixture, scaled_ND @ head.components_Dd, seed=seed)


@torch.no_grad()
def _reread_cluster_types(head: Variant, data: TrainingSet) -> None:
    """After a mixture has moved, its matrix says what its clusters hold now."""
    aligned = head.alignment
    if aligned is not None:
        head.eval()
        embedding_Nd = aligned.encoder(head.scaler(data.synthetic.features_ND))
        read_cluster_types(aligned, embedding_Nd, data.synthetic.classes_N)

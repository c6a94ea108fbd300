"""Which losses a recipe asks of a step's output, already weighed.

Legend: B rows of a batch, E experts, Q level chains, L pictures of a chain.
"""

from __future__ import annotations

from collections.abc import Callable

import torch
from torch import Tensor

from models.heads.outputs import IQAOutput
from models.training.data.training_set import CHAIN_LENGTH
from models.training.fitting import literal_losses
from models.training.fitting.batches import Batch
from models.training.fitting.losses import (
    RunningRouting,
    alignment_loss,
    balance_loss,
    consistency_loss,
    correlation_loss,
    mixture_likelihood,
    monotonicity_loss,
    pair_rank_loss,
    rank_loss,
    squared_error,
    supervised_contrastive_loss,
    z_loss,
)
from models.training.fitting.recipes import LossWeights
from models.variants.literal.distortion_aware import group_probabilities

Loss = Callable[[], Tensor]


def step_losses(
    output: IQAOutput, batch: Batch, weights: LossWeights, running: RunningRouting, second_view: Tensor | None
) -> dict[str, Tensor]:
    """Every loss that has a weight, and a part of the output to act on.

    `second_view` are log posteriors (B, K) of the rated rows under another dropout mask, for the consistency loss.
    """
    losses = {
        **_score_losses(output.score, batch),
        **_routing_losses(output, batch, running),
        **_cluster_losses(output, batch, second_view),
        **_literal_losses(output, batch),
    }
    counted = {name: (getattr(weights, name), loss) for name, loss in losses.items()}
    return {name: weight * loss() for name, (weight, loss) in counted.items() if weight}


def _score_losses(score_B: Tensor, batch: Batch) -> dict[str, Loss]:
    target_B, sets = batch.scores_B, batch.scored_sets
    losses: dict[str, Loss] = {
        "squared_error": lambda: squared_error(score_B[batch.labelled], target_B[batch.labelled]),
        "correlation": lambda: torch.stack([correlation_loss(score_B[part], target_B[part]) for part in sets]).sum(),
    }
    if batch.are_synthetic_scored:
        losses["rank"] = lambda: rank_loss(_chains(score_B[batch.synthetic]), _chains(target_B[batch.synthetic]))
    if batch.has_pairs:
        losses["order_pairs"] = lambda: pair_rank_loss(score_B[batch.better], score_B[batch.worse])
    return losses


def _routing_losses(output: IQAOutput, batch: Batch, running: RunningRouting) -> dict[str, Loss]:
    routing_BE, scores_BE, stds_BE = output.routing_weights, output.expert_scores, output.expert_stds
    logits_BE = output.gating_logits
    losses: dict[str, Loss] = {}
    if routing_BE is not None:
        losses["balance"] = lambda: balance_loss(running(routing_BE[batch.labelled]))
    if routing_BE is not None and scores_BE is not None and stds_BE is not None:
        rows = batch.labelled
        losses["likelihood"] = lambda: mixture_likelihood(
            routing_BE[rows], scores_BE[rows], stds_BE[rows], batch.scores_B[rows]
        )
    if logits_BE is not None:
        losses["gate_z"] = lambda: z_loss(logits_BE)
    return losses


def _cluster_losses(output: IQAOutput, batch: Batch, second_view: Tensor | None) -> dict[str, Loss]:
    logits_BC, types_BC = output.distortion_logits, output.cluster_type_log_probs
    embedding_Bd, severities_BS, posteriors_BK = output.embedding, output.severities, output.posteriors
    rows, classes_B = batch.synthetic, batch.classes_B
    losses: dict[str, Loss] = {}
    if logits_BC is not None:
        losses["classification"] = lambda: alignment_loss(logits_BC[rows], classes_B)
    if types_BC is not None:
        losses["alignment"] = lambda: alignment_loss(types_BC[rows], classes_B)
    if embedding_Bd is not None:
        losses["contrast"] = lambda: supervised_contrastive_loss(embedding_Bd[rows], classes_B, batch.references_B)
    if posteriors_BK is not None and second_view is not None:
        first_view = posteriors_BK[batch.unnamed].clamp(min=1e-12).log()
        losses["consistency"] = lambda: consistency_loss(first_view, second_view)
    if severities_BS is not None and batch.are_synthetic_scored:
        severities_QLS = severities_BS[rows].view(-1, CHAIN_LENGTH, severities_BS.shape[1])
        losses["monotonicity"] = lambda: monotonicity_loss(
            severities_QLS, _chains(batch.scores_B[rows]), _chains(classes_B)
        )
    return losses


def _literal_losses(output: IQAOutput, batch: Batch) -> dict[str, Loss]:
    posteriors_BK, embedding_Bd, scores_BE = output.posteriors, output.embedding, output.expert_scores
    logits_BC, rows = output.distortion_logits, batch.synthetic
    losses: dict[str, Loss] = {}
    if logits_BC is not None:
        losses["classifier_cross_entropy"] = lambda: literal_losses.classifier_cross_entropy(
            logits_BC[rows], batch.classes_B
        )
    if logits_BC is not None and posteriors_BK is not None:
        losses["classifier_posterior_kl"] = lambda: literal_losses.classifier_posterior_kl(
            group_probabilities(logits_BC[batch.labelled]), posteriors_BK[batch.labelled]
        )
    if posteriors_BK is None or embedding_Bd is None:
        return losses
    losses["posterior_cross_entropy"] = lambda: literal_losses.posterior_cross_entropy(
        posteriors_BK[rows], batch.classes_B
    )
    losses["posterior_variance"] = lambda: literal_losses.balance_variance(posteriors_BK[batch.labelled])
    losses["cluster_contrast"] = lambda: literal_losses.cluster_contrastive_loss(embedding_Bd, posteriors_BK)
    if scores_BE is not None:
        losses["diversity"] = lambda: literal_losses.diversity_loss(scores_BE[batch.labelled])
    return losses


def _chains(values_B: Tensor) -> Tensor:
    return values_B.view(-1, CHAIN_LENGTH)

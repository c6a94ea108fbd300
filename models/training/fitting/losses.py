"""Training losses, each a mean over a batch, on scores scaled to 0-1.

Legend: B images, E experts, K clusters, C classes, d embedding, S severities, Q level chains, L pictures of a chain.
"""

from __future__ import annotations

import math
from typing import Final

import torch
from torch import Tensor
from torch.nn import functional as F

from models.taxonomy import TAXONOMY, UNKNOWN_INDEX

RANK_MIN_GAP: Final = 0.075
"""Smallest gap between two levels' labels (0-1) that must show: .3 on KADID-10k's 1-5."""

PAIR_MARGIN: Final = 0.03
"""By how much (0-1) a picture must score above its worse copy."""
ROUTING_WINDOW: Final = 512
"""Samples that the running mean of the routing remembers beside the batch at hand."""
CONTRAST_TEMPERATURE: Final = 0.1
LABEL_SMOOTHING: Final = 0.1
"""Share of a class label that is spread over all classes, so that posteriors do not saturate. Szegedy et al. (2016)."""


def squared_error(score_B: Tensor, target_B: Tensor) -> Tensor:
    """Mean squared error of scores and labels on 0-100, in squared hundreds."""
    return ((score_B - target_B) / 100).square().mean()


def mixture_likelihood(weights_BE: Tensor, scores_BE: Tensor, stds_BE: Tensor, target_B: Tensor) -> Tensor:
    """-log sum_k w_k N(y; e_k, sigma_k^2): competition is the diversity. Jacobs et al. (1991), equation 1.3."""
    standardised_BE = (target_B.unsqueeze(1) - scores_BE) / stds_BE
    log_density_BE = -0.5 * standardised_BE.square() - (stds_BE / 100).log() - 0.5 * math.log(2 * math.pi)
    return -(weights_BE.clamp(min=1e-12).log() + log_density_BE).logsumexp(1).mean()


def correlation_loss(score_B: Tensor, target_B: Tensor) -> Tensor:
    """(1 - PLCC) / 2 within one data set: blind to its scale. Li et al., "Norm-in-norm loss" (ACM MM 2020)."""
    score_B, target_B = score_B - score_B.mean(), target_B - target_B.mean()
    return (1 - F.cosine_similarity(score_B, target_B, dim=0, eps=1e-6)) / 2


def rank_loss(score_QL: Tensor, target_QL: Tensor) -> Tensor:
    """Hinge over pairs of pictures of one chain whose labels differ by `RANK_MIN_GAP`; margin = half of it."""
    return _chain_hinge(score_QL / 100, target_QL / 100)


def monotonicity_loss(severity_QLS: Tensor, target_QL: Tensor, class_QL: Tensor) -> Tensor:
    """`rank_loss` of each chain's own severity, that of its distorted pictures' group: worse labels, more of it.

    Labels on 0-100 and not level numbers order a chain, since levels of mean_shift and contrast_change are no order. A
    chain without a distorted picture of known type is skipped.
    """
    groups_C = torch.tensor(TAXONOMY.group_of_class, device=class_QL.device)
    class_Q = class_QL.amax(1)  # clean is 0 and unknown below it: the type of the chain
    known_Q = class_Q > 0
    own_Q11 = (groups_C[class_Q[known_Q]] - 1).view(-1, 1, 1)  # clean has no severity
    severity_QLS, target_QL = severity_QLS[known_Q], target_QL[known_Q]
    severity_QL = severity_QLS.gather(2, own_Q11.expand(-1, severity_QLS.shape[1], 1)).squeeze(2)
    return _chain_hinge(-severity_QL, target_QL / 100)


def _chain_hinge(value_QL: Tensor, target_QL: Tensor) -> Tensor:
    gap_QLL = target_QL.unsqueeze(2) - target_QL.unsqueeze(1)
    difference_QLL = value_QL.unsqueeze(2) - value_QL.unsqueeze(1)
    counts_QLL = gap_QLL >= RANK_MIN_GAP
    hinge_QLL = F.relu(gap_QLL / 2 - difference_QLL)
    return hinge_QLL[counts_QLL].mean() if counts_QLL.any() else value_QL.sum() * 0


def pair_rank_loss(better_B: Tensor, worse_B: Tensor) -> Tensor:
    """Hinge on pairs of which only the order is known, with a margin of `PAIR_MARGIN`. Liu et al., "RankIQA" (2017)."""
    return F.relu(PAIR_MARGIN - (better_B - worse_B) / 100).mean()


def alignment_loss(log_probs_BC: Tensor, class_B: Tensor) -> Tensor:
    """Cross-entropy of class log probabilities with smoothed labels; pictures of unknown distortion are masked."""
    known_B = class_B != UNKNOWN_INDEX
    if not known_B.any():
        return log_probs_BC.sum() * 0
    return F.cross_entropy(log_probs_BC[known_B], class_B[known_B], label_smoothing=LABEL_SMOOTHING)


def supervised_contrastive_loss(
    embedding_Bd: Tensor, class_B: Tensor, reference_B: Tensor, *, temperature: float = CONTRAST_TEMPERATURE
) -> Tensor:
    """Pulls one degradation of different contents together and pushes other degradations, of this content too, away.

    Khosla et al., "Supervised contrastive learning" (NeurIPS 2020), equation 2, on embeddings of length one. Positives
    by the rule of Agnolucci et al., "ARNIQA" (WACV 2024): same class, other reference. Pictures of the same class and
    reference are neither positive nor negative, unknown classes take no part, and anchors without positives are
    skipped; the loss is 0 where none is left.
    """
    known_B = class_B != UNKNOWN_INDEX
    unit_Bd, class_B, reference_B = F.normalize(embedding_Bd[known_B], dim=1), class_B[known_B], reference_B[known_B]
    same_class_BB = class_B.unsqueeze(1) == class_B
    same_reference_BB = reference_B.unsqueeze(1) == reference_B
    positive_BB = same_class_BB & ~same_reference_BB
    anchor_B = positive_BB.any(1)
    if not anchor_B.any():
        return embedding_Bd.sum() * 0
    similarity_BB = (unit_Bd @ unit_Bd.T / temperature).masked_fill(same_class_BB & same_reference_BB, -math.inf)
    log_probs_BB = similarity_BB[anchor_B].log_softmax(1)
    positive_BB = positive_BB[anchor_B]
    return -(log_probs_BB.masked_fill(~positive_BB, 0).sum(1) / positive_BB.sum(1)).mean()


def consistency_loss(log_posteriors_BK: Tensor, other_log_posteriors_BK: Tensor) -> Tensor:
    """Jensen-Shannon divergence in nats of two views' posteriors: 0 where they agree, at most ln 2.

    Lin, "Divergence measures based on the Shannon entropy" (1991), equation 3.4. The log of the mean posterior is
    log p + softplus(log q - log p) - ln 2, so that nothing leaves log space.
    """
    difference_BK = other_log_posteriors_BK - log_posteriors_BK
    one_BK = log_posteriors_BK.exp() * (math.log(2) - F.softplus(difference_BK))
    other_BK = other_log_posteriors_BK.exp() * (math.log(2) - F.softplus(-difference_BK))
    return (one_BK + other_BK).sum(1).mean() / 2


def balance_loss(mean_routing_E: Tensor) -> Tensor:
    """KL of the uniform distribution from the mean routing in use over 500 samples and more: 0 when balanced."""
    return -torch.log(mean_routing_E.clamp(min=1e-12) * len(mean_routing_E)).mean()


def z_loss(logits_BE: Tensor) -> Tensor:
    """Mean squared logsumexp of the router's logits, before any softmax: keeps them small.

    Zoph et al., "ST-MoE: designing stable and transferable sparse expert models" (2022), equation 5.
    """
    return logits_BE.logsumexp(1).square().mean()


class RunningRouting:
    """Mean routing over the batch at hand, which has a gradient, and a fading memory of earlier ones, which has none.

    The memory is an exponential mean that counts as `window` samples, or as many as were seen, if fewer.
    """

    def __init__(self, window: int = ROUTING_WINDOW) -> None:
        self._window = window
        self._count = 0
        self._mean_E: Tensor | None = None

    def __call__(self, routing_BE: Tensor) -> Tensor:
        """The mean (E,), after which the batch is part of the memory."""
        mean_E = routing_BE.mean(0)
        if self._mean_E is not None:
            mean_E = self._mean_E.lerp(mean_E, len(routing_BE) / (self._count + len(routing_BE)))
        self._mean_E = mean_E.detach()
        self._count = min(self._count + len(routing_BE), self._window)
        return mean_E

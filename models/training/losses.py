"""Training losses, each a mean over a batch, on scores scaled to 0-1.

Legend: B images, E experts, C classes, Q level chains, L pictures of a chain.
"""

from __future__ import annotations

import math
from typing import Final

import torch
from torch import Tensor
from torch.nn import functional as F

from models.taxonomy import UNKNOWN_INDEX

RANK_MIN_GAP: Final = 0.075
"""Smallest gap between two levels' labels (0-1) that must show: .3 on KADID-10k's 1-5."""

PAIR_MARGIN: Final = 0.03
"""By how much (0-1) a picture must score above its worse copy."""
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
    gap_QLL = (target_QL.unsqueeze(2) - target_QL.unsqueeze(1)) / 100
    difference_QLL = (score_QL.unsqueeze(2) - score_QL.unsqueeze(1)) / 100
    counts_QLL = gap_QLL >= RANK_MIN_GAP
    hinge_QLL = F.relu(gap_QLL / 2 - difference_QLL)
    return hinge_QLL[counts_QLL].mean() if counts_QLL.any() else score_QL.sum() * 0


def pair_rank_loss(better_B: Tensor, worse_B: Tensor) -> Tensor:
    """Hinge on pairs of which only the order is known, with a margin of `PAIR_MARGIN`. Liu et al., "RankIQA" (2017)."""
    return F.relu(PAIR_MARGIN - (better_B - worse_B) / 100).mean()


def alignment_loss(log_probs_BC: Tensor, class_B: Tensor) -> Tensor:
    """Cross-entropy of class log probabilities with smoothed labels; pictures of unknown distortion are masked."""
    known_B = class_B != UNKNOWN_INDEX
    if not known_B.any():
        return log_probs_BC.sum() * 0
    return F.cross_entropy(log_probs_BC[known_B], class_B[known_B], label_smoothing=LABEL_SMOOTHING)


def balance_loss(routing_BE: Tensor) -> Tensor:
    """KL of the uniform distribution from the mean routing in use, over batches of 500 and more: 0 when balanced."""
    mean_E = routing_BE.mean(0)
    return -torch.log(mean_E.clamp(min=1e-12) * mean_E.shape[0]).mean()

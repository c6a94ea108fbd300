"""The founding document's own losses, for the formulation `seed`: each as it is written, with what is wrong with it.

Rows are those of the design's table of flaws; `tests/models/variants/literal/test_literal_flaws.py` shows them. Scores
count on 0-1.

Legend: B images, E experts, K clusters, d embedding.
"""

from __future__ import annotations

from typing import Final

import torch
from torch import Tensor
from torch.nn import functional as F

from models.heads.config import ConfigError
from models.taxonomy import TAXONOMY, UNKNOWN_INDEX

_EPSILON: Final = 1e-8
CLUSTER_TEMPERATURE: Final = 0.07
"""The document's temperature of the contrast between clusters."""


def diversity_loss(expert_scores_BE: Tensor) -> Tensor:
    """-mean over images of the standard deviation over E >= 2 experts; scores on 0-100.

    Row 1: it falls without end while the mixture stays where it is, unless each expert ends in a sigmoid.
    """
    return -(expert_scores_BE / 100).std(1).mean()


def posterior_cross_entropy(posteriors_BK: Tensor, class_B: Tensor) -> Tensor:
    """Cross-entropy of log(posterior + 1e-8) with the index of each class's group; unknown pictures are masked.

    Row 2: cluster k must be group k, so that K cannot be less than the groups, and where posteriors are saturated the
    1e-8 drowns the gradient. Raises `ConfigError` for fewer clusters than groups.
    """
    num_groups = len(TAXONOMY.group_names)
    if posteriors_BK.shape[1] < num_groups:
        got = f"got {posteriors_BK.shape[1]} clusters"
        raise ConfigError(f"{got}, expected at least one per distortion group: {num_groups}")
    known_B = class_B != UNKNOWN_INDEX
    if not known_B.any():
        return posteriors_BK.sum() * 0
    group_of_class = torch.tensor(TAXONOMY.group_of_class, device=class_B.device)
    return F.cross_entropy(torch.log(posteriors_BK[known_B] + _EPSILON), group_of_class[class_B[known_B]])


def balance_variance(posteriors_BK: Tensor) -> Tensor:
    """Variance over K >= 2 clusters of the batch's mean posterior.

    Row 4: it looks at posteriors instead of the routing in use, at one batch, and wants uniform use whatever the data.
    """
    return posteriors_BK.mean(0).var()


def cluster_contrastive_loss(
    embedding_Bd: Tensor, posteriors_BK: Tensor, *, temperature: float = CLUSTER_TEMPERATURE
) -> Tensor:
    """-mean(sum(sim x same) / (count + 1e-8) - logsumexp(sim x other)), clusters by the largest posterior.

    Row 5: entries masked by a product count as exp(0) in the logsumexp, so that one collapsed cluster scores as five
    orthogonal ones do; and no gradient passes the argmax to the mixture.
    """
    unit_Bd = F.normalize(embedding_Bd, dim=1)
    similarity_BB = unit_Bd @ unit_Bd.T / temperature
    cluster_B = posteriors_BK.argmax(1)
    same_BB = cluster_B.unsqueeze(1) == cluster_B
    positive_BB = (same_BB & ~torch.eye(len(cluster_B), dtype=torch.bool, device=cluster_B.device)).float()
    attraction_B = (similarity_BB * positive_BB).sum(1) / (positive_BB.sum(1) + _EPSILON)
    repulsion_B = (similarity_BB * (~same_BB).float()).logsumexp(1)
    return -(attraction_B - repulsion_B).mean()


def classifier_cross_entropy(logits_BC: Tensor, class_B: Tensor) -> Tensor:
    """Cross-entropy of the classifier with the labels as they are; unknown pictures are masked.

    The document gives pictures without a label their most probable cluster for one: of a mixture whose clusters have no
    order (row 6), that would be noise, and the clusters are not the classes.
    """
    known_B = class_B != UNKNOWN_INDEX
    if not known_B.any():
        return logits_BC.sum() * 0
    return F.cross_entropy(logits_BC[known_B], class_B[known_B])


def classifier_posterior_kl(probabilities_BK: Tensor, posteriors_BK: Tensor) -> Tensor:
    """KL(distortion probabilities by group || posteriors) in nats, mean over images; 1e-8 inside both logarithms.

    Row 6: gradients reach both sides, so that the classifier is drawn to the clusters' noise; and cluster k is taken
    for group k, although clusters have no order. Raises `ConfigError` where they are not as many.
    """
    if probabilities_BK.shape != posteriors_BK.shape:
        got = f"got {posteriors_BK.shape[1]} clusters for {probabilities_BK.shape[1]} distortion groups"
        raise ConfigError(f"{got}, expected as many")
    log_ratio_BK = torch.log(probabilities_BK + _EPSILON) - torch.log(posteriors_BK + _EPSILON)
    return (probabilities_BK * log_ratio_BK).sum(1).mean()

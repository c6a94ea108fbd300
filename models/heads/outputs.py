"""The one typed output of every variant.

Legend: B images, D features, d embedding, K clusters, E experts, C = 26 classes (25 types and clean), S severities.
"""

from __future__ import annotations

from typing import Final, Literal, NamedTuple, get_args

from torch import Tensor

Part = Literal["types", "mixture", "gate", "attention", "severities", "experts", "fusion"]
PARTS: Final[tuple[Part, ...]] = get_args(Part)
"""What a variant may have beside its score, in the order of the way through a model."""


class IQAOutput(NamedTuple):
    """What a variant says about a batch; a part that the variant does not have is `None`.

    `score` and `expert_scores` are predicted MOS on 0-100, higher is better; `score_std` is in the same points. Rows of
    `posteriors`, `gating_weights`, `routing_weights` and `attention_weights` sum to one; `gating_logits`
    are what `gating_weights` are the softmax of; `distortion_logits` are over the classes of the taxonomy,
    `cluster_type_log_probs` are what the clusters alone say about these classes, and `severities` are not negative.
    `familiarity` is the percentile, 0-100, of a picture's log likelihood among the photographs trained on.
    """

    score: Tensor  # (B,)
    score_std: Tensor  # (B,)
    features: Tensor  # (B, D)
    embedding: Tensor | None = None  # (B, d)
    posteriors: Tensor | None = None  # (B, K)
    log_likelihood: Tensor | None = None  # (B,)
    familiarity: Tensor | None = None  # (B,)
    gating_weights: Tensor | None = None  # (B, E)
    gating_logits: Tensor | None = None  # (B, E)
    routing_weights: Tensor | None = None  # (B, E)
    expert_scores: Tensor | None = None  # (B, E)
    expert_stds: Tensor | None = None  # (B, E)
    distortion_logits: Tensor | None = None  # (B, C)
    cluster_type_log_probs: Tensor | None = None  # (B, C)
    attention_weights: Tensor | None = None  # (B, K)
    fusion_score: Tensor | None = None  # (B,)
    fusion_weight: Tensor | None = None  # (B,)
    severities: Tensor | None = None  # (B, S)

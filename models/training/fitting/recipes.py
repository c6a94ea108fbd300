"""Recipes: functions that return frozen configurations of whole training runs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Final

from models.heads.config import ConfigError, ModelConfig
from models.taxonomy import LEVELS
from models.variants.attention_gated import AttentionGatedConfig
from models.variants.distortion_aware import DistortionAwareConfig
from models.variants.learnable_gmm import LearnableGMMConfig
from models.variants.literal.attention_gated import SeedAttentionGatedConfig
from models.variants.literal.distortion_aware import SeedDistortionAwareConfig
from models.variants.literal.learnable_gmm import SeedLearnableGMMConfig
from models.variants.literal.moe import SeedMixtureOfExpertsConfig
from models.variants.moe import MixtureOfExpertsConfig
from models.variants.no_gmm import NoGMMConfig
from models.variants.self_supervised import SelfSupervisedConfig
from models.variants.vanilla_gmm import VanillaGMMConfig

BASELINE: Final = "no_gmm"
"""Name of the recipe, variant and checkpoint that all others are compared with."""


@dataclass(frozen=True)
class LossWeights:
    """What each loss counts, on scores of 0-1; 0 leaves it out. The last six are the founding document's own."""

    squared_error: float = 10.0
    correlation: float = 1.0
    rank: float = 1.0
    order_pairs: float = 3.0
    likelihood: float = 0.0
    balance: float = 0.0
    gate_z: float = 0.0
    classification: float = 0.0
    alignment: float = 0.0
    contrast: float = 0.0
    consistency: float = 0.0
    monotonicity: float = 0.0
    posterior_cross_entropy: float = 0.0
    diversity: float = 0.0
    posterior_variance: float = 0.0
    cluster_contrast: float = 0.0
    classifier_cross_entropy: float = 0.0
    classifier_posterior_kl: float = 0.0


@dataclass(frozen=True)
class Alignment:
    """How an encoder learns distortions before a mixture is fitted on its embedding.

    `classification` weighs linear readouts of type and group that are thrown away afterwards, `contrast` the supervised
    contrastive loss. An `is_frozen` alignment is left alone while the head trains; otherwise encoder and mixture go on
    learning at `learning_rate_share` of the head's rate.
    """

    classification: float = 1.0
    contrast: float = 0.0
    steps: int = 800
    chains_per_step: int = 48
    learning_rate: float = 2e-3
    is_frozen: bool = True
    learning_rate_share: float = 0.2


@dataclass(frozen=True, kw_only=True)
class Recipe:
    """One run: what is built, and how it is trained on cached features.

    A step sees `photographs_per_step` pictures of the first rated set, `further_rated_per_step` of each other one,
    `chains_per_step` synthetic level chains (one reference and type, clean and at its five levels) and `pairs_per_step`
    pairs of which only the order is known. `seed` is that of the head that ships; a measured head adds its split's.
    `title` and `description`, a sentence, are what readers see of the checkpoint.
    """

    name: str
    title: str
    description: str
    model: ModelConfig
    losses: LossWeights = field(default_factory=LossWeights)
    alignment: Alignment = field(default_factory=Alignment)
    steps: int = 800
    photographs_per_step: int = 256
    further_rated_per_step: int = 32
    chains_per_step: int = 48
    pairs_per_step: int = 128
    learning_rate: float = 1e-3
    weight_decay: float = 0.05
    seed: int = 0

    @property
    def num_pictures(self) -> int:
        """Pictures that a head is shown, counted as often as shown, with one further rated set."""
        chains = self.chains_per_step * (len(LEVELS) + 1)
        rated = self.photographs_per_step + self.further_rated_per_step
        return self.steps * (rated + chains + 2 * self.pairs_per_step)


_LITERAL: Final = LossWeights(squared_error=1.0, correlation=0.0, rank=0.0, order_pairs=0.0)
"""The document's score loss: the squared error alone. Its other weights are relative to this one."""
_EXPERTS: Final = LossWeights(likelihood=0.1, balance=0.02, gate_z=1e-3)


def no_gmm() -> Recipe:
    """The baseline: no mixture; squared error, correlation and order."""
    return Recipe(
        name=BASELINE,
        title="No mixture (baseline)",
        description=("The baseline: features go straight into one regressor, without clusters or experts."),
        model=NoGMMConfig(),
    )


def vanilla_gmm() -> Recipe:
    """Today's implementation: scikit-learn's diagonal mixture on principal components, its posteriors concatenated."""
    return Recipe(
        name="vanilla_gmm",
        title="Vanilla mixture",
        description=(
            "Where the project began: a mixture fitted beforehand, whose posteriors stand beside the "
            "features of one regressor."
        ),
        model=VanillaGMMConfig(),
    )


def moe() -> Recipe:
    """Plan 1, stable: clusters aligned with types first, then experts by their mixture's likelihood and balance."""
    return Recipe(
        name="moe",
        title="Mixture of expert regressors",
        description=(
            "One regressor per cluster: posterior and gate multiply in log space and weigh them, and "
            "their mixture gives score and uncertainty."
        ),
        model=MixtureOfExpertsConfig(),
        losses=_EXPERTS,
    )


def attention_gated() -> Recipe:
    """Plan 2, stable: aligned clusters, the log posterior biases the attention."""
    return Recipe(
        name="attention_gated",
        title="Attention-gated fusion",
        description=(
            "Each cluster has its own view of the features, and attention, biased by the posteriors, "
            "joins the views into one score."
        ),
        model=AttentionGatedConfig(),
    )


def learnable_gmm() -> Recipe:
    """Plan 3, stable: contrastive embedding, a shared mixture that follows it by unrolled EM, end to end."""
    return Recipe(
        name="learnable_gmm",
        title="Learnable mixture",
        description=(
            "A shared mixture, trained end to end, whose means a network may move a little for each "
            "picture; features and posteriors go into one regressor."
        ),
        model=LearnableGMMConfig(),
        losses=LossWeights(contrast=0.3),
        alignment=Alignment(classification=0.0, contrast=1.0, is_frozen=False),
    )


def distortion_aware() -> Recipe:
    """Plan 4, stable: a classifier routes between experts named by distortion group, beside a fusion path."""
    return Recipe(
        name="distortion_aware",
        title="Distortion-aware experts",
        description=(
            "Experts named after groups of distortions, each weighed by the probability of its group, "
            "beside a fusion path with a learned share."
        ),
        model=DistortionAwareConfig(),
        losses=LossWeights(likelihood=0.1, classification=0.3),
    )


def self_supervised() -> Recipe:
    """Plan 5: contrastive encoder, unrolled EM, gated experts, alignment, consistency and monotone experts."""
    return Recipe(
        name="self_supervised",
        title="Complete self-supervised pipeline",
        description=(
            "The whole pipeline: distortion features learned by contrast, a mixture learned on the way, "
            "gated experts, and severities that can only lower a score."
        ),
        model=SelfSupervisedConfig(),
        losses=replace(_EXPERTS, alignment=1.0, contrast=0.1, consistency=0.1, monotonicity=0.3),
        alignment=Alignment(contrast=0.2, is_frozen=False),
    )


def seed_moe() -> Recipe:
    """Plan 1 as the document writes it: MSE + 0.3 cross-entropy + 0.1 diversity + 0.2 balance of posteriors."""
    return Recipe(
        name="moe_seed",
        title="Mixture of experts, as written",
        description=(
            "Plan 1 as written: posterior times gate, divided by their sum, weighs one regressor per "
            "cluster, on a mixture over many dimensions."
        ),
        model=SeedMixtureOfExpertsConfig(),
        losses=replace(_LITERAL, posterior_cross_entropy=0.3, diversity=0.1, posterior_variance=0.2),
    )


def seed_attention_gated() -> Recipe:
    """Plan 2 as the document writes it: the squared error alone."""
    return Recipe(
        name="attention_gated_seed",
        title="Attention-gated fusion, as written",
        description=(
            "Plan 2 as written: the views of the clusters are joined by their posteriors, plus an attention "
            "that the posteriors never reach."
        ),
        model=SeedAttentionGatedConfig(),
        losses=_LITERAL,
    )


def seed_learnable_gmm() -> Recipe:
    """Plan 3 as the document writes it; it names no weight for its contrastive loss, here 0.1."""
    return Recipe(
        name="learnable_gmm_seed",
        title="Learnable mixture, as written",
        description=(
            "Plan 3 as written: a network predicts a whole mixture from the very picture that it then "
            "scores, so that no two pictures share a cluster."
        ),
        model=SeedLearnableGMMConfig(),
        losses=replace(_LITERAL, cluster_contrast=0.1),
    )


def seed_distortion_aware() -> Recipe:
    """Plan 4 as the document writes it: MSE + 0.3 cross-entropy of the classifier + 0.2 KL(classifier || posteriors).

    Its convolutions take 40 to 70 ms per crop and step on a CPU's thread, so that 3,300 crops are what four minutes
    allow: under a hundredth of the labelled pictures that other recipes see. Order pairs, for which there is no loss
    here, have no crops.
    """
    return Recipe(
        name="distortion_aware_seed",
        title="Distortion-aware experts, as written",
        description=(
            "Plan 4 as written: an encoder of its own on the pixels, experts in another order than their "
            "probabilities, and a fusion path that has half the say."
        ),
        model=SeedDistortionAwareConfig(),
        losses=replace(_LITERAL, classifier_cross_entropy=0.3, classifier_posterior_kl=0.2),
        steps=150,
        photographs_per_step=9,
        further_rated_per_step=1,
        chains_per_step=2,
        pairs_per_step=0,
    )


RECIPES: Final[dict[str, Callable[[], Recipe]]] = {
    BASELINE: no_gmm,
    "vanilla_gmm": vanilla_gmm,
    "moe": moe,
    "attention_gated": attention_gated,
    "learnable_gmm": learnable_gmm,
    "distortion_aware": distortion_aware,
    "self_supervised": self_supervised,
    "moe_seed": seed_moe,
    "attention_gated_seed": seed_attention_gated,
    "learnable_gmm_seed": seed_learnable_gmm,
    "distortion_aware_seed": seed_distortion_aware,
}


def find_recipe(name: str) -> Recipe:
    """The recipe of a name; raises `ConfigError` for one that does not exist."""
    try:
        return RECIPES[name]()
    except KeyError:
        raise ConfigError(f"got recipe {name!r}, expected one of {', '.join(RECIPES)}") from None

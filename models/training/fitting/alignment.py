"""Before a head is trained: its encoder learns distortions, a mixture is fitted on the embedding, and is tempered.

Legend: B images, N pictures, d embedding dimensions, K clusters, C classes.
"""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import Final

import numpy as np
import torch
from numpy.typing import NDArray
from sklearn.mixture import GaussianMixture as SklearnMixture
from torch import Tensor, nn

from models.heads.alignment import AlignedMixture
from models.heads.mixture import GaussianMixture, log_joint, parameters_from_sklearn
from models.heads.projection import FeatureScaler
from models.taxonomy import TAXONOMY
from models.training.data.datasets import DatasetError
from models.training.data.training_set import SyntheticPictures, TrainingSet
from models.training.fitting.batches import draw_chains
from models.training.fitting.losses import alignment_loss, supervised_contrastive_loss
from models.training.fitting.recipes import Recipe

_TEMPERATURES: Final = tuple(np.geomspace(1.01, 100, 80).tolist())
_CONTENTS_PER_CALIBRATION: Final = 10
"""Of so many contents one is held out where the split held out none."""

log = logging.getLogger(__name__)


def align(
    aligned: AlignedMixture, scaler: FeatureScaler, recipe: Recipe, data: TrainingSet, generator: torch.Generator
) -> None:
    """Encoder, mixture, cluster-type matrix and temperature, one after the other; left in eval mode.

    The temperature needs contents that the others have not seen. Where the split held out none (of five pristine
    pictures or fewer), every tenth training content is kept from the alignment; raises `DatasetError` for a single one.
    """
    if not len(data.calibration.classes_N):
        data = _hold_out_calibration(data)
    pretrain_encoder(aligned, scaler, recipe, data, generator)
    aligned.eval()
    fit_mixture(aligned, scaler, data.synthetic, seed=recipe.seed)
    calibrate_temperature(aligned, scaler, data.calibration)


def _hold_out_calibration(data: TrainingSet) -> TrainingSet:
    """Every tenth content of the synthetic pictures, the first among them, as calibration; its chains are left out."""
    is_held_out_N = data.synthetic.references_N % _CONTENTS_PER_CALIBRATION == 0
    if is_held_out_N.all():
        raise DatasetError("got synthetic pictures of one content, expected two or more: one tempers the clusters")
    calibration = _pictures(data.synthetic, is_held_out_N)
    num_contents = len(set(calibration.references_N.tolist()))
    log.warning("no content is held out for calibration: alignment spares %d of those trained on", num_contents)
    position_N = (~is_held_out_N).cumsum(0) - 1
    chains_QL = data.chains_QL[~is_held_out_N[data.chains_QL[:, 0]]]
    kept = _pictures(data.synthetic, ~is_held_out_N)
    return replace(data, synthetic=kept, chains_QL=position_N[chains_QL], calibration=calibration)


def _pictures(pictures: SyntheticPictures, is_wanted_N: Tensor) -> SyntheticPictures:
    """Without their crops, which no alignment looks at."""
    return SyntheticPictures(
        features_ND=pictures.features_ND[is_wanted_N],
        scores_N=pictures.scores_N[is_wanted_N],
        classes_N=pictures.classes_N[is_wanted_N],
        references_N=pictures.references_N[is_wanted_N],
    )


def pretrain_encoder(
    aligned: AlignedMixture, scaler: FeatureScaler, recipe: Recipe, data: TrainingSet, generator: torch.Generator
) -> None:
    """Teach the distortion encoder by readouts of type and group that are thrown away, and by contrast."""
    settings = recipe.alignment
    groups_C = torch.tensor(TAXONOMY.group_of_class)
    embedding_dim = aligned.mixture.means_Kd.shape[1]
    types = nn.Linear(embedding_dim, len(TAXONOMY.classes))
    groups = nn.Linear(embedding_dim, len(TAXONOMY.group_names))
    parameters = [*aligned.encoder.parameters(), *types.parameters(), *groups.parameters()]
    optimiser = torch.optim.AdamW(parameters, lr=settings.learning_rate, weight_decay=recipe.weight_decay)
    aligned.train()
    for _ in range(settings.steps):
        rows = draw_chains(recipe, data, generator)
        classes_B = data.synthetic.classes_N[rows]
        embedding_Bd = aligned.encoder(scaler(data.synthetic.features_ND[rows]))
        loss = torch.zeros(())
        if settings.classification:
            by_type = alignment_loss(types(embedding_Bd), classes_B)
            by_group = alignment_loss(groups(embedding_Bd), groups_C[classes_B])
            loss = loss + settings.classification * (by_type + by_group)
        if settings.contrast:
            references_B = data.synthetic.references_N[rows]
            loss = loss + settings.contrast * supervised_contrastive_loss(embedding_Bd, classes_B, references_B)
        optimiser.zero_grad()
        torch.autograd.backward(loss)
        optimiser.step()


@torch.no_grad()
def fit_mixture(aligned: AlignedMixture, scaler: FeatureScaler, pictures: SyntheticPictures, *, seed: int) -> None:
    """Fit scikit-learn's mixture on the synthetic embedding and read the cluster-type matrix off its posteriors.

    With one cluster per group EM starts at the groups' means, otherwise at k-means.
    """
    embedding_Nd = aligned.encoder(scaler(pictures.features_ND))
    num_clusters = len(aligned.mixture.means_Kd)
    has_cluster_per_group = num_clusters == len(TAXONOMY.group_names)
    means = _group_means(embedding_Nd, pictures.classes_N) if has_cluster_per_group else None
    fit_offline(aligned.mixture, embedding_Nd, seed=seed, means_init=means)
    read_cluster_types(aligned, embedding_Nd, pictures.classes_N)


def fit_offline(
    mixture: GaussianMixture, embedding_Nd: Tensor, *, seed: int, means_init: NDArray[np.float32] | None = None
) -> None:
    """scikit-learn's EM to convergence, its numbers taken over."""
    fitted = SklearnMixture(
        len(mixture.means_Kd),
        covariance_type=mixture.covariance_type,
        means_init=means_init,
        reg_covar=1e-3,
        random_state=seed,
    ).fit(embedding_Nd.numpy())
    mixture.set_parameters(parameters_from_sklearn(fitted))


@torch.no_grad()
def read_cluster_types(aligned: AlignedMixture, embedding_Nd: Tensor, classes_N: Tensor) -> None:
    """Set the cluster-type matrix to what the posteriors of labelled pictures say; each cell gets one count more."""
    one_hot_NC = nn.functional.one_hot(classes_N, len(TAXONOMY.classes)).float()
    counts_KC = cluster_posteriors(aligned.mixture, embedding_Nd).T @ one_hot_NC
    aligned.cluster_types.logits_KC.copy_((counts_KC + 1).log())


@torch.no_grad()
def calibrate_temperature(aligned: AlignedMixture, scaler: FeatureScaler, held_out: SyntheticPictures) -> None:
    """Set the temperature at which the clusters name the types of held-out contents most probably.

    On contents that it was fitted on the mixture is right and sure; on others it is less right and as sure. Guo et al.,
    "On calibration of modern neural networks" (ICML 2017).
    """
    assert len(held_out.classes_N), "the surprise of no picture is not a number"
    joint_NK = log_joint(aligned.encoder(scaler(held_out.features_ND)), aligned.mixture.current())

    def surprise(temperature: float) -> float:
        log_probs_NC = aligned.cluster_types((joint_NK / temperature).log_softmax(1))
        return nn.functional.nll_loss(log_probs_NC, held_out.classes_N).item()

    aligned.mixture.set_temperature(min(_TEMPERATURES, key=surprise))


def cluster_posteriors(mixture: GaussianMixture, embedding_Nd: Tensor) -> Tensor:
    """Posteriors of a mixture: (N, K)."""
    log_posteriors_NK, _ = mixture(embedding_Nd)
    return torch.as_tensor(log_posteriors_NK).exp()


def _group_means(embedding_Nd: Tensor, class_N: Tensor) -> NDArray[np.float32]:
    group_N = torch.tensor(TAXONOMY.group_of_class)[class_N]
    means = [embedding_Nd[group_N == group].mean(0) for group in range(len(TAXONOMY.group_names))]
    return np.asarray(torch.stack(means).numpy())

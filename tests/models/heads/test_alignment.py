"""An encoder reads what tells distortions, and the cluster-type matrix turns clusters into classes."""

from __future__ import annotations

import torch

from models.heads.alignment import AlignedMixture, ClusterTypeMatrix, DistortionEncoder
from models.taxonomy import TAXONOMY
from tests.models.builders import TINY_CLUSTERS, random_features, tiny_config


def test_the_distortion_encoder_reads_early_stages_and_statistics_only() -> None:
    config = tiny_config("moe")
    encoder, features_BD = DistortionEncoder(config).eval(), random_features(3)
    late = sorted(set(range(config.layout.num_features)) - set(config.layout.distortion_columns))
    changed_BD = features_BD.clone()
    changed_BD[:, late] += 5
    assert late
    assert torch.equal(encoder(changed_BD), encoder(features_BD))


def test_class_probabilities_are_posteriors_times_the_matrix() -> None:
    matrix = ClusterTypeMatrix(4)
    torch.nn.init.normal_(matrix.logits_KC)
    posteriors_BK = torch.rand(6, 4).softmax(1)
    torch.testing.assert_close(matrix(posteriors_BK.log()).exp(), posteriors_BK @ matrix.probabilities())


def test_rows_of_the_matrix_sum_to_one_for_any_number_of_clusters() -> None:
    for num_clusters in (1, 8, 40):
        matrix = ClusterTypeMatrix(num_clusters)
        torch.nn.init.normal_(matrix.logits_KC, std=5)
        assert matrix.probabilities().shape == (num_clusters, len(TAXONOMY.classes))
        torch.testing.assert_close(matrix.probabilities().sum(1), torch.ones(num_clusters))


def test_an_aligned_mixture_reads_a_batch_consistently() -> None:
    aligned = AlignedMixture(tiny_config("moe")).eval()
    reading = aligned(random_features(6))
    again_BK, likelihood_B = aligned.mixture(reading.embedding_Bd)
    assert reading.log_posteriors_BK.shape == (6, TINY_CLUSTERS)
    assert torch.equal(reading.log_posteriors_BK, again_BK)
    assert torch.equal(reading.log_likelihood_B, likelihood_B)

"""The baseline's mixture was fitted offline and is not trained: its posteriors stay scikit-learn's."""

from __future__ import annotations

import numpy as np
import torch
from sklearn.mixture import GaussianMixture as SklearnMixture

from models.heads.mixture import GaussianMixture, parameters_from_sklearn
from tests.models.builders import generic_head, random_features, tiny_config


def test_no_parameter_of_the_mixture_is_trainable() -> None:
    head = generic_head(tiny_config("vanilla_gmm"))
    assert isinstance(head.cluster_mixture, GaussianMixture)
    assert not any(parameter.requires_grad for parameter in head.cluster_mixture.parameters())
    assert any(parameter.requires_grad for parameter in head.parameters())


def test_posteriors_are_those_of_the_offline_mixture() -> None:
    head, features_ND = generic_head(tiny_config("vanilla_gmm")), random_features(200)
    assert head.cluster_mixture is not None
    with torch.no_grad():
        embedding_Nd = head(features_ND).embedding
        assert embedding_Nd is not None
        fitted = SklearnMixture(len(head.cluster_mixture.means_Kd), covariance_type="diag", random_state=0)
        fitted.fit(embedding_Nd.numpy())
        head.cluster_mixture.set_parameters(parameters_from_sklearn(fitted))
        output = head(features_ND)
    assert head.cluster_mixture.temperature.item() == 1
    np.testing.assert_allclose(output.posteriors, fitted.predict_proba(embedding_Nd.numpy()), atol=1e-4)

"""Plan 4 is as the founding document writes it: pixels decide the routing, and every expert meets another's weight."""

from __future__ import annotations

import pytest
import torch
from torch import Tensor, nn

from models.heads.config import ConfigError
from models.heads.regressors import to_score
from models.registry import create_model
from models.taxonomy import CLEAN, TAXONOMY
from models.variants.literal.distortion_aware import DICTIONARY, SeedDistortionAware, group_probabilities
from tests.models.builders import generic_head, group_of, random_features, tiny_config


def _head() -> SeedDistortionAware:
    head = generic_head(tiny_config("distortion_aware", "seed"))
    assert isinstance(head, SeedDistortionAware)
    return head


def _crops(count: int) -> Tensor:
    return torch.randn(count, 3, 16, 20, generator=torch.Generator().manual_seed(2))


def test_the_score_is_half_experts_half_fusion() -> None:
    head = _head()
    output = head(random_features(5), _crops(5))
    routed_B = (output.routing_weights * output.expert_scores).sum(1)
    torch.testing.assert_close(output.score, (routed_B + output.fusion_score) / 2)
    assert output.fusion_weight.tolist() == [0.5] * 5
    assert not any("fusion_weight" in name or "fusion_logit" in name for name, _ in head.named_parameters())


def test_a_groups_probability_is_the_sum_of_its_classes() -> None:
    logits_BC = torch.randn(4, len(TAXONOMY.classes))
    groups_BE = group_probabilities(logits_BC)
    for column, group in enumerate(TAXONOMY.group_names):
        members = [TAXONOMY.class_index(name) for name in TAXONOMY.classes if group_of(name) == group]
        torch.testing.assert_close(groups_BE[:, column], logits_BC.softmax(1)[:, members].sum(1))


def test_the_encoder_is_two_convolutions_on_every_pixel_their_mean_and_a_linear_layer() -> None:
    head = _head()
    shapes = [tuple(layer.weight.shape) for layer in head.encoder.modules() if isinstance(layer, nn.Conv2d | nn.Linear)]
    assert shapes == [(64, 3, 3, 3), (128, 64, 3, 3), (256, 128)]
    mirrored = head.encoder(_crops(2).flip(3))
    assert head.encoder(_crops(2)).shape == mirrored.shape == (2, 256)
    maps_BCHW = head.encoder.convolutions(_crops(2))
    assert maps_BCHW.shape == (2, 128, 16, 20)
    torch.testing.assert_close(head.encoder.linear(maps_BCHW.mean((2, 3))), head.encoder(_crops(2)))


def test_in_training_the_encoder_gives_the_same_but_for_the_rounding_of_its_convolutions() -> None:
    encoder = _head().encoder
    exact, rounded = encoder(_crops(3)), encoder.train()(_crops(3))
    assert rounded.dtype == torch.float32
    torch.testing.assert_close(rounded, exact, atol=0.05 * exact.abs().max().item(), rtol=0)


def test_pixels_decide_routing_and_features_the_experts() -> None:
    head = create_model(tiny_config("distortion_aware", "seed")).eval()  # weights that saturate no sigmoid
    one = head(random_features(4), _crops(4))
    other_pixels, other_features = head(random_features(4), 3 * _crops(4)), head(2 * random_features(4), _crops(4))
    assert torch.equal(other_pixels.expert_scores, one.expert_scores)
    assert not torch.allclose(other_pixels.routing_weights, one.routing_weights)
    assert torch.equal(other_features.routing_weights, one.routing_weights)
    assert not torch.allclose(other_features.expert_scores, one.expert_scores)
    assert not torch.allclose(other_pixels.fusion_score, one.fusion_score)
    assert not torch.allclose(other_features.fusion_score, one.fusion_score)


def test_experts_are_regressors_on_content_that_end_in_a_sigmoid_in_the_dictionarys_order() -> None:
    head = _head()
    output = head(random_features(4), _crops(4))
    assert tuple(head.experts) == DICTIONARY == (*TAXONOMY.groups, CLEAN)
    for position, name in enumerate(DICTIONARY):
        torch.testing.assert_close(output.expert_scores[:, position], to_score(head.experts[name](output.embedding)))


def test_names_say_whose_probability_weighs_whose_expert() -> None:
    names = _head().expert_names
    assert names[:3] == ("blur by p(clean)", "color by p(blur)", "compression by p(color)")
    assert names[-1] == "clean by p(sharpness_contrast)"
    assert len(set(names)) == len(TAXONOMY.group_names)


@pytest.mark.parametrize("num_crops", [None, 0, 2])
def test_another_number_of_crops_than_pictures_is_refused(num_crops: int | None) -> None:
    crops = None if num_crops is None else _crops(num_crops)
    with pytest.raises(ConfigError, match=rf"got {num_crops or 0} crops for 3 pictures, expected one of each"):
        _head()(random_features(3), crops)

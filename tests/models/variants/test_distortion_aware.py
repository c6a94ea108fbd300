"""Each expert meets the probability of its own distortion group, and training starts on the experts."""

from __future__ import annotations

import pytest
import torch

from models.registry import create_model
from models.taxonomy import TAXONOMY
from models.variants.distortion_aware import DistortionAware
from tests.models.builders import generic_head, group_of, random_features, tiny_config


@pytest.mark.parametrize("distortion_type", TAXONOMY.classes)
def test_a_recognised_type_goes_to_the_expert_of_its_group(distortion_type: str) -> None:
    head = generic_head(tiny_config("distortion_aware"))
    assert isinstance(head, DistortionAware)
    with torch.no_grad():
        head.classifier.weight.zero_()
        head.classifier.bias.fill_(-50)
        head.classifier.bias[TAXONOMY.class_index(distortion_type)] = 50
    routing_BE = head(random_features(3)).routing_weights
    assert routing_BE is not None
    expert = head.expert_names.index(group_of(distortion_type))
    torch.testing.assert_close(routing_BE[:, expert], torch.ones(3))


def test_training_starts_with_nine_tenths_on_the_experts() -> None:
    output = create_model(tiny_config("distortion_aware")).eval()(random_features(3))
    assert output.fusion_weight is not None
    assert output.fusion_weight.tolist() == pytest.approx([0.1] * 3, abs=0.01)

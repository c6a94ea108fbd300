"""Which parts a model has, asked of the model itself: those of its output that it fills."""

from __future__ import annotations

from functools import lru_cache
from typing import Final, Literal, get_args

import torch

from models.heads.config import ModelConfig
from models.heads.outputs import IQAOutput
from models.registry import create_model

Part = Literal["types", "mixture", "gate", "attention", "severities", "experts", "fusion"]
PARTS: Final[tuple[Part, ...]] = get_args(Part)
"""Every part there can be, in the order of the way through a model."""

_FILLED_BY: Final[dict[Part, str]] = {
    "types": "distortion_logits",
    "mixture": "posteriors",
    "gate": "gating_weights",
    "attention": "attention_weights",
    "severities": "severities",
    "experts": "expert_scores",
    "fusion": "fusion_score",
}


def parts_of(config: ModelConfig) -> tuple[Part, ...]:
    """The parts of a model, in the order of `PARTS`."""
    return _parts_of(config)


@lru_cache(maxsize=64)
def _parts_of(config: ModelConfig) -> tuple[Part, ...]:
    # Apart from the above, whose argument's type is checked: that of a cached function is not.
    output = _output_of_zeros(config)
    return tuple(part for part in PARTS if getattr(output, _FILLED_BY[part]) is not None)


@torch.no_grad()
def _output_of_zeros(config: ModelConfig) -> IQAOutput:
    # A fresh model, because only which fields are filled is asked; nobody's random numbers change for it.
    with torch.random.fork_rng(devices=[]):
        model = create_model(config).eval()
    views = [torch.zeros(1, config.layout.num_features)]
    if model.crop_px is not None:
        views.append(torch.zeros(1, 3, model.crop_px, model.crop_px))
    output: IQAOutput = model(*views)
    return output

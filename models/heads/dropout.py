"""Dropout whose masks are cheap on a CPU."""

from __future__ import annotations

from typing import Final

import torch
from torch import Tensor, nn

_STEPS: Final = 256


class ByteDropout(nn.Module):
    """`nn.Dropout` with eight mask entries from one 64-bit draw, so the rate is rounded to 1/256.

    One draw per entry took two fifths of a training step on two cores (tests/benchmarks/bench_dropout.py).
    """

    def __init__(self, rate: float) -> None:
        super().__init__()
        self.dropped_steps = min(round(rate * _STEPS), _STEPS - 1)

    def forward(self, x: Tensor) -> Tensor:
        """Any shape; in eval mode the input itself."""
        if not self.training or self.dropped_steps == 0:
            return x
        draws = torch.empty(-(-x.numel() // 8), dtype=torch.int64, device=x.device).random_(-(2**63), None)
        keep = (draws.view(torch.uint8)[: x.numel()] >= self.dropped_steps).view(x.shape)
        return x * keep * (_STEPS / (_STEPS - self.dropped_steps))

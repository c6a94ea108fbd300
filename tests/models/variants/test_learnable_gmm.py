"""The network moves the shared means a little, never so far that clusters change places."""

from __future__ import annotations

import torch

from models.variants.learnable_gmm import OFFSET_BOUND, BoundedOffsets


def test_offsets_stay_within_their_bound_and_differ_between_pictures() -> None:
    torch.manual_seed(0)
    offsets = BoundedOffsets(6, 4, 3)
    offsets_BKd = offsets(1e4 * torch.randn(8, 6))
    assert offsets_BKd.shape == (8, 4, 3)
    assert offsets_BKd.abs().max() <= OFFSET_BOUND
    assert offsets_BKd.std(0).max() > 0

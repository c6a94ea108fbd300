"""How long a training step's dropout takes: eight mask entries from one 64-bit draw against torch's one draw per entry.

    PYTHONPATH=. .venv/bin/python tests/benchmarks/bench_dropout.py [--threads 2] [--rate 0.4]

Calls alternate and minima are compared, so that the ratio holds on a busy machine, too.
"""

from __future__ import annotations

import argparse
import time

import torch
from torch import Tensor, nn

from models.heads.dropout import ByteDropout
from models.training.data.training_set import CHAIN_LENGTH
from models.training.fitting.recipes import find_recipe
from models.variants.no_gmm import NoGMMConfig

ROUNDS = 30
CALLS_PER_ROUND = 5


def shapes() -> dict[str, tuple[int, int]]:
    """What is dropped in one step of the default recipe: features before the projection, hidden units of its heads."""
    recipe = find_recipe("no_gmm")
    rows = recipe.photographs_per_step + CHAIN_LENGTH * recipe.chains_per_step + 2 * recipe.pairs_per_step
    return {
        "features": (rows, NoGMMConfig().layout.num_features),
        "encoder": (rows, 256),
        "hidden units": (rows, recipe.model.hidden_dim),
    }


def once_s(dropout: nn.Module, x: Tensor) -> float:
    """Seconds per call, forward and backward, over a few calls."""
    started = time.perf_counter()
    for _ in range(CALLS_PER_ROUND):
        torch.autograd.backward(dropout(x).sum())
    return (time.perf_counter() - started) / CALLS_PER_ROUND


def main() -> None:
    """Print both minima in milliseconds and their ratio for each tensor of a step."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--rate", type=float, default=NoGMMConfig().dropout)
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    sides = {"nn.Dropout": nn.Dropout(arguments.rate), "ByteDropout": ByteDropout(arguments.rate)}
    for name, shape in shapes().items():
        x = torch.randn(shape, requires_grad=True)
        best_s = dict.fromkeys(sides, float("inf"))
        for _ in range(ROUNDS):
            for side, dropout in sides.items():
                best_s[side] = min(best_s[side], once_s(dropout, x))
        times = ", ".join(f"{side} {1e3 * seconds:6.2f} ms" for side, seconds in best_s.items())
        print(f"{name:<13} {shape[0]} x {shape[1]:<5} {times}   {best_s['nn.Dropout'] / best_s['ByteDropout']:4.1f}x")


if __name__ == "__main__":
    main()

"""Fine-tuning the last stages of the backbone, on quality and distortion type together.

Legend: B windows of a batch, C channels, h and w rows and columns at an eighth of the picture's size, D features,
L = 6 pictures of a level chain.

Every step sees windows of cached activations (`models.training.data.activations`): rated photographs, and level chains
of synthetic pictures whose six members are cut at one place. Two linear readouts, thrown away afterwards, say what is
learned. Batch statistics stay ImageNet's: a batch of chains is no sample of photographs.
"""

from __future__ import annotations

import copy
import io
import math
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import torch
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression, Ridge
from torch import Tensor, nn
from torch.nn import functional as F

from models.files import write_atomically
from models.heads.projection import FeatureScaler
from models.taxonomy import TAXONOMY
from models.training.data.activations import Activations
from models.training.data.training_set import CHAIN_LENGTH
from models.training.fitting.losses import correlation_loss, rank_loss, squared_error
from models.trunk.backbone import NUM_FROZEN_STAGES, Backbone, pool_stages

FINE_TUNING_VERSION: Final = 1
"""Raised whenever the same settings and data would give another trunk."""
_REPORT_EVERY: Final = 50
_GRADIENT_NORM_MAX: Final = 5.0
_WARM_UP_SHARE: Final = 0.1
_EMA_DECAY: Final = 0.998
_PROBE_STEPS: Final = 100
_RIDGE_ALPHA: Final = 3000.0
_LOGISTIC_C: Final = 3e-3
"""Both as strong as frozen features want them (validation folds)."""


@dataclass(frozen=True)
class FineTuning:
    """How a trunk is tuned; windows are `window_px` a side, losses are weighed on scores of 0-1.

    `type_loss` weighs the cross-entropy of a readout of the 26 classes that does not see the last stage: what tells
    distortions must be in the features that the variants' distortion encoders read.
    """

    steps: int = 1000
    photographs_per_step: int = 16
    chains_per_step: int = 2
    window_px: int = 256
    learning_rate: float = 1e-4
    readout_learning_rate: float = 1e-4
    weight_decay: float = 0.05
    type_loss: float = 0.5
    label_smoothing: float = 0.1
    seed: int = 0


class LateStages(nn.Module):
    """The part of a backbone that is tuned: activations of the last frozen stage -> the outputs of the stages above."""

    def __init__(self, backbone: Backbone) -> None:
        super().__init__()
        self.stages = copy.deepcopy(backbone.stages[NUM_FROZEN_STAGES:])
        self.is_output = backbone.is_output[NUM_FROZEN_STAGES:]

    def forward(self, x_BCHW: Tensor) -> list[Tensor]:
        """(B, C, h, w) -> outputs at strides 16 and 32."""
        outputs = []
        for blocks, is_output in zip(self.stages, self.is_output, strict=True):
            x_BCHW = blocks(x_BCHW)
            if is_output:
                outputs.append(x_BCHW)
        return outputs


class PooledLateStages(nn.Module):
    """What heads read of the tuned stages: activations of a whole picture -> the pooled outputs, (B, D')."""

    def __init__(self, late: LateStages) -> None:
        super().__init__()
        self.late = late

    def forward(self, image_BCHW: Tensor) -> Tensor:
        """(B, C, h, w) -> (B, D')."""
        return pool_stages(self.late(image_BCHW))


class Readouts(nn.Module):
    """Linear readouts for the time of tuning: score of photographs, score of synthetic pictures, and class.

    Scores are read from all features, classes from all but the last stage's.
    """

    def __init__(self, num_features: int, num_class_features: int) -> None:
        super().__init__()
        self.scaler = FeatureScaler(num_features)
        self.photographs = nn.Linear(num_features, 1)
        self.synthetic = nn.Linear(num_features, 1)
        self.classes = nn.Linear(num_class_features, len(TAXONOMY.classes))

    def forward(self, features_BD: Tensor, num_photographs: int) -> tuple[Tensor, Tensor]:
        """(B, D), photographs first -> scores (B,) and class logits of the synthetic rest (B', 26)."""
        scaled_BD = self.scaler(features_BD)
        photographs_BD, synthetic_BD = scaled_BD[:num_photographs], scaled_BD[num_photographs:]
        score_B1 = torch.cat([self.photographs(photographs_BD), self.synthetic(synthetic_BD)])
        return score_B1.squeeze(1), self.classes(synthetic_BD[:, : self.classes.in_features])


@dataclass(frozen=True)
class TunedOn:
    """The training fold of one trunk: rows of photographs with scores, and level chains of synthetic pictures.

    `chains` name, per chain, the position of its data set in `synthetic` and its rows (L,) there.
    """

    photographs: Activations
    photograph_rows_N: NDArray[np.int64]
    photograph_scores_N: NDArray[np.float32]
    synthetic: tuple[Activations, ...]
    synthetic_scores: tuple[NDArray[np.float32], ...]
    synthetic_classes: tuple[NDArray[np.int64], ...]
    chains: tuple[tuple[int, NDArray[np.int64]], ...]


@dataclass(frozen=True)
class _Step:
    windows_BCHW: Tensor
    scores_B: Tensor
    classes_B: Tensor
    num_photographs: int

    def to(self, device: torch.device) -> _Step:
        return _Step(
            self.windows_BCHW.to(device), self.scores_B.to(device), self.classes_B.to(device), self.num_photographs
        )


def window_features(late: nn.Module, windows_BCHW: Tensor) -> Tensor:
    """Pooled outputs of the last frozen stage and of the stages above: (B, D)."""
    return pool_stages([windows_BCHW, *late(windows_BCHW)])


def tune(
    backbone: Backbone, data: TunedOn, settings: FineTuning, *, device: torch.device, unfinished: Path, name: str
) -> LateStages:
    """Tuned stages on the CPU: the moving average of the weights; a stopped call goes on from `unfinished`.

    `name` is what progress on stderr calls it.
    """
    torch.manual_seed(settings.seed)
    late = LateStages(backbone).eval().requires_grad_(True)
    for parameter in late.parameters():
        if parameter.ndim == 4:
            parameter.data = parameter.data.contiguous(memory_format=torch.channels_last)
    channels = backbone.stage_channels[NUM_FROZEN_STAGES - 1 :]
    readouts = Readouts(2 * sum(channels), 2 * sum(channels[:-1]))
    learner = nn.ModuleDict({"late": late, "readouts": readouts})
    if not unfinished.is_file():
        _probe(late, readouts, data, settings)
    learner.to(device)
    averaged = copy.deepcopy(learner)
    optimiser = torch.optim.AdamW(
        [
            {"params": list(late.parameters()), "lr": settings.learning_rate},
            {"params": list(readouts.parameters()), "lr": settings.readout_learning_rate},
        ],
        weight_decay=settings.weight_decay,
    )
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda step: _rate_share(step, settings.steps))
    state = {"learner": learner, "averaged": averaged, "optimiser": optimiser, "schedule": schedule}
    first = _resume(unfinished, state, device)
    started = time.monotonic()
    for step in range(first, settings.steps):
        batch = _draw(data, settings, step).to(device)
        losses = _losses(late, readouts, batch, settings)
        optimiser.zero_grad()
        torch.autograd.backward(torch.stack(list(losses.values())).sum())
        nn.utils.clip_grad_norm_(learner.parameters(), _GRADIENT_NORM_MAX)
        optimiser.step()
        schedule.step()
        _update_average(averaged, learner, decay=min(_EMA_DECAY, (step + 1) / (step + 10)))
        if (step + 1) % _REPORT_EVERY == 0:
            _save(unfinished, state, step + 1)
            left_s = (time.monotonic() - started) / (step + 1 - first) * (settings.steps - step - 1)
            said = ", ".join(f"{key} {loss.item():.3f}" for key, loss in losses.items())
            sys.stderr.write(f"{name}: step {step + 1} of {settings.steps}, {said}, {left_s / 60:.0f} min left\n")
    tuned = averaged["late"]
    assert isinstance(tuned, LateStages)
    return tuned.cpu().requires_grad_(False)


@torch.no_grad()
def _probe(late: LateStages, readouts: Readouts, data: TunedOn, settings: FineTuning) -> None:
    """Fit the readouts on windows as the stages are, so that tuning starts with gradients that mean something.

    Kumar et al., "Fine-tuning can distort pretrained features and underperform out-of-distribution" (ICLR 2022).
    """
    steps = [_draw(data, settings, settings.steps + step) for step in range(_PROBE_STEPS)]
    features = [window_features(late, step.windows_BCHW) for step in steps]
    readouts.scaler.fit(torch.cat(features))
    scaled = [readouts.scaler(features_BD) for features_BD in features]
    counts = [step.num_photographs for step in steps]
    photographs = torch.cat([rows_BD[:count] for rows_BD, count in zip(scaled, counts, strict=True)])
    synthetic = torch.cat([rows_BD[count:] for rows_BD, count in zip(scaled, counts, strict=True)])
    scores = [
        torch.cat([step.scores_B[:count] for step, count in zip(steps, counts, strict=True)]),
        torch.cat([step.scores_B[count:] for step, count in zip(steps, counts, strict=True)]),
    ]
    for readout, rows_ND, scores_N in zip(
        (readouts.photographs, readouts.synthetic), (photographs, synthetic), scores, strict=True
    ):
        _take(readout, Ridge(_RIDGE_ALPHA).fit(rows_ND.numpy(), scores_N.numpy()), slice(None))
    classes_N = torch.cat([step.classes_B for step in steps]).numpy()
    named = LogisticRegression(C=_LOGISTIC_C, max_iter=200, tol=1e-2)
    named.fit(synthetic[:, : readouts.classes.in_features].numpy(), classes_N)
    nn.init.zeros_(readouts.classes.weight)
    nn.init.constant_(readouts.classes.bias, float(named.intercept_.min()))  # classes that were not drawn
    _take(readouts.classes, named, torch.from_numpy(named.classes_))


def _take(readout: nn.Linear, fitted: Ridge | LogisticRegression, rows: slice | Tensor) -> None:
    weights = torch.from_numpy(np.atleast_2d(fitted.coef_)).float()
    readout.weight[rows] = weights
    readout.bias[rows] = torch.from_numpy(np.atleast_1d(fitted.intercept_)).float()


def _losses(late: LateStages, readouts: Readouts, batch: _Step, settings: FineTuning) -> dict[str, Tensor]:
    count = batch.num_photographs
    score_B, logits_BC = readouts(window_features(late, batch.windows_BCHW), count)
    target_B = batch.scores_B
    photographs, synthetic = slice(count), slice(count, None)
    chains = [values_B[synthetic].view(-1, CHAIN_LENGTH) for values_B in (score_B, target_B)]
    named = F.cross_entropy(logits_BC, batch.classes_B, label_smoothing=settings.label_smoothing)
    return {
        "squared error": 10 * squared_error(score_B, target_B),
        "correlation": correlation_loss(score_B[photographs], target_B[photographs])
        + correlation_loss(score_B[synthetic], target_B[synthetic]),
        "rank": rank_loss(*chains),
        "type": settings.type_loss * named,
    }


def _draw(data: TunedOn, settings: FineTuning, step: int) -> _Step:
    """The windows of one step; they depend on seed and step alone, so that a resumed run draws the same."""
    rng = np.random.default_rng((settings.seed, step))
    side = settings.window_px // 8
    chosen = rng.integers(len(data.photograph_rows_N), size=settings.photographs_per_step)
    windows = [
        _window(values_CHW, place, side)
        for row in data.photograph_rows_N[chosen]
        for values_CHW, place in [(data.photographs[row], rng.random(3))]
    ]
    scores, classes = [data.photograph_scores_N[chosen]], []
    for position in rng.integers(len(data.chains), size=settings.chains_per_step):
        part, rows_L = data.chains[position]
        place = rng.random(3)
        windows += [_window(data.synthetic[part][row], place, side) for row in rows_L]
        scores.append(data.synthetic_scores[part][rows_L])
        classes.append(data.synthetic_classes[part][rows_L])
    windows_BCHW = torch.from_numpy(np.stack(windows)).float().contiguous(memory_format=torch.channels_last)
    return _Step(
        windows_BCHW,
        torch.from_numpy(np.concatenate(scores)),
        torch.from_numpy(np.concatenate(classes)),
        len(chosen),
    )


def _window(values_CHW: NDArray[np.float16], place: NDArray[np.float64], side: int) -> NDArray[np.float16]:
    """A square cut at a place of 0-1 down and across; smaller pictures are mirrored at their edges first.

    Nothing is flipped: the frozen stages below have seen the picture the other way round.
    """
    _, height, width = values_CHW.shape
    if min(height, width) < side:
        edges = ((0, 0), (0, max(side - height, 0)), (0, max(side - width, 0)))
        values_CHW = np.pad(values_CHW, edges, mode="symmetric")
        _, height, width = values_CHW.shape
    top, left = int(place[0] * (height - side + 1)), int(place[1] * (width - side + 1))
    return values_CHW[:, top : top + side, left : left + side]


def _rate_share(step: int, steps: int) -> float:
    """Linear warm-up, then a cosine to zero."""
    warm_up = max(1, round(steps * _WARM_UP_SHARE))
    if step < warm_up:
        return (step + 1) / warm_up
    return 0.5 * (1 + math.cos(math.pi * (step - warm_up) / max(1, steps - warm_up)))


@torch.no_grad()
def _update_average(averaged: nn.Module, learner: nn.Module, *, decay: float) -> None:
    for kept, current in zip(averaged.parameters(), learner.parameters(), strict=True):
        kept.lerp_(current, 1 - decay)
    for buffer, new in zip(averaged.buffers(), learner.buffers(), strict=True):
        buffer.copy_(new)


def _save(path: Path, state: dict[str, Any], step: int) -> None:
    buffer = io.BytesIO()
    torch.save({"step": step, **{name: part.state_dict() for name, part in state.items()}}, buffer)
    write_atomically(path, buffer.getvalue())


def _resume(path: Path, state: dict[str, Any], device: torch.device) -> int:
    if not path.is_file():
        return 0
    saved = torch.load(path, weights_only=True, map_location=device)
    for name, part in state.items():
        part.load_state_dict(saved[name])
    return int(saved["step"])

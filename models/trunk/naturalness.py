"""Natural scene statistics: a few dozen numbers that say how a picture's local structure departs from nature's.

Legend: B images, P planes, C channels, H rows, W columns, S statistics.

Mean-subtracted contrast-normalised (MSCN) coefficients after Mittal et al., "No-reference image quality assessment in
the spatial domain" (BRISQUE, IEEE TIP 2012); blockiness after Wang et al., "No-reference perceptual quality assessment
of JPEG compressed images" (ICIP 2002). All are smooth sums, so that one exported graph can hold them, and written so
that ONNX Runtime is fast at them: squares are products, since `Pow` takes twice as long, and twenty times for x**4.
"""

from __future__ import annotations

from typing import Final

import torch
from torch import Tensor, nn
from torch.nn import functional as F

NUM_STATISTICS: Final = 68
_EPS: Final = 1e-6
_BLOCK_PX: Final = 16


def _gaussian_kernel(size_px: int, sigma_px: float) -> Tensor:
    offsets = torch.arange(size_px, dtype=torch.float32) - size_px // 2
    weights = torch.exp(-(offsets**2) / (2 * sigma_px**2))
    return weights / weights.sum()


def _mean(x_BPHW: Tensor) -> Tensor:
    return x_BPHW.mean((2, 3))


def _moments(x_BPHW: Tensor) -> list[Tensor]:
    """Mean absolute value, log variance and a bounded kurtosis, each (B, P)."""
    squared_BPHW = x_BPHW * x_BPHW
    variance_BP = _mean(squared_BPHW) + _EPS
    kurtosis_BP = _mean(squared_BPHW * squared_BPHW) / (variance_BP * variance_BP)
    return [_mean(x_BPHW.abs()), variance_BP.log(), torch.log1p(kurtosis_BP)]


def _neighbour_products(x_BPHW: Tensor) -> list[Tensor]:
    """Correlation with the right, lower and two diagonal neighbours, relative to the variance, each (B, P)."""
    variance_BP = _mean(x_BPHW * x_BPHW) + _EPS
    pairs = (
        (x_BPHW[..., 1:], x_BPHW[..., :-1]),
        (x_BPHW[..., 1:, :], x_BPHW[..., :-1, :]),
        (x_BPHW[..., 1:, 1:], x_BPHW[..., :-1, :-1]),
        (x_BPHW[..., 1:, :-1], x_BPHW[..., :-1, 1:]),
    )
    return [_mean(one * other) / variance_BP for one, other in pairs]


def _steps(x_BPHW: Tensor) -> tuple[Tensor, Tensor]:
    """Absolute differences of neighbouring columns, (B, P, H, W - 1), and rows, (B, P, H - 1, W)."""
    columns_BPHW = (x_BPHW[..., 1:] - x_BPHW[..., :-1]).abs()
    rows_BPHW = (x_BPHW[..., 1:, :] - x_BPHW[..., :-1, :]).abs()
    return columns_BPHW, rows_BPHW


def _gradients(x_BPHW: Tensor) -> list[Tensor]:
    """Log mean gradient, and the shares of flat (below half a grey level) and of steep steps, along both axes."""
    statistics = []
    for step_BPHW in _steps(x_BPHW):
        flat_BPHW, steep_BPHW = step_BPHW < 0.5 / 255, step_BPHW > 0.1
        statistics += [(_mean(step_BPHW) + _EPS).log(), _mean(flat_BPHW.float()), _mean(steep_BPHW.float())]
    return statistics


def _blockiness(x_BPHW: Tensor) -> list[Tensor]:
    """Log ratio of the mean step across the borders of 8-pixel blocks to the mean step of all columns and rows."""
    columns_BPHW, rows_BPHW = _steps(x_BPHW)
    on_border = (_mean(columns_BPHW[..., 7::8]), _mean(rows_BPHW[..., 7::8, :]))
    anywhere = (_mean(columns_BPHW), _mean(rows_BPHW))
    return [((on + 1e-4) / (all_ + 1e-4)).log() for on, all_ in zip(on_border, anywhere, strict=True)]


class NaturalSceneStatistics(nn.Module):
    """Image -> `NUM_STATISTICS` statistics of luminance, its half-size copy, chroma and colour."""

    def __init__(self) -> None:
        super().__init__()
        kernel = _gaussian_kernel(7, 7 / 6)
        across = torch.stack([F.pad(kernel, (pixel, _BLOCK_PX - 1 - pixel)) for pixel in range(_BLOCK_PX)])
        self.register_buffer("across", across[:, None, None, :], persistent=False)
        self.register_buffer("down", kernel[:, None].repeat(_BLOCK_PX, 1, 1, 1), persistent=False)
        self.across: Tensor
        self.down: Tensor

    def _blur(self, x_BPHW: Tensor) -> Tensor:
        """Gaussian of 7 px with the border repeated, the 16 pixels of a block side by side as 16 channels.

        CPUs filter 16 channels in the time of one: ONNX Runtime would fill up a single plane with 15 of zeros.
        """
        batch, planes, height, width = x_BPHW.shape
        x_B1HW = x_BPHW.reshape(batch * planes, 1, height, width)
        x_B1HW = F.pad(x_B1HW, (3, 3 + -width % _BLOCK_PX, 3, 3), mode="replicate")
        blocks_BCHW = F.conv2d(x_B1HW, self.across, stride=(1, _BLOCK_PX))
        blocks_BCHW = F.conv2d(blocks_BCHW, self.down, groups=_BLOCK_PX)
        return blocks_BCHW.permute(0, 2, 3, 1).reshape(batch, planes, height, -1)[..., :width]

    def _local_structure(self, x_BPHW: Tensor) -> list[Tensor]:
        mean_BPHW = self._blur(x_BPHW)
        variance_BPHW = (self._blur(x_BPHW * x_BPHW) - mean_BPHW * mean_BPHW).clamp(min=0) + 1e-8
        deviation_BPHW = variance_BPHW.sqrt()
        residual_BPHW = x_BPHW - mean_BPHW
        mscn_BPHW = residual_BPHW / (deviation_BPHW + 1 / 255)
        return [
            *_moments(mscn_BPHW),
            *_neighbour_products(mscn_BPHW),
            *_moments(residual_BPHW),
            *_neighbour_products(residual_BPHW),
            (_mean(deviation_BPHW) + _EPS).log(),
            (_mean(variance_BPHW) + _EPS).log(),
            _mean((residual_BPHW.abs() > 0.15).float()),
        ]

    def forward(self, image_BCHW: Tensor) -> Tensor:
        """(B, 3, H, W), normalised as `(x - 127) / 128`, at least 32 px a side -> (B, S)."""
        rgb_BCHW = (image_BCHW * 128 + 127) / 255
        red, green, blue = rgb_BCHW.chunk(3, 1)
        luma_BPHW = 0.299 * red + 0.587 * green + 0.114 * blue
        half_BPHW = F.avg_pool2d(luma_BPHW, 2)
        chroma_BPHW = torch.cat([(blue - luma_BPHW) * 0.564, (red - luma_BPHW) * 0.713], 1)
        statistics = [*self._local_structure(luma_BPHW), *self._local_structure(half_BPHW)]
        statistics += [*_gradients(luma_BPHW), *_blockiness(luma_BPHW), self._chroma(chroma_BPHW)]
        spread_BPHW = torch.maximum(torch.maximum(red, green), blue) - torch.minimum(torch.minimum(red, green), blue)
        return torch.cat([*statistics, *self._colour(rgb_BCHW, luma_BPHW, spread_BPHW)], 1)

    def _chroma(self, x_BPHW: Tensor) -> Tensor:
        """The statistics of one plane after those of the other: (B, P * S)."""
        residual_BPHW = x_BPHW - self._blur(x_BPHW)
        statistics = [_mean(x_BPHW), (x_BPHW.var((2, 3)) + _EPS).log()]
        statistics += [*_moments(residual_BPHW), *_neighbour_products(residual_BPHW)]
        return torch.stack(statistics, 2).flatten(1)

    @staticmethod
    def _colour(rgb_BCHW: Tensor, luma_BPHW: Tensor, spread_BPHW: Tensor) -> list[Tensor]:
        return [
            _mean(rgb_BCHW),
            luma_BPHW.std((2, 3)),
            _mean(spread_BPHW),
            spread_BPHW.std((2, 3)),
            _mean((rgb_BCHW > 254.5 / 255).float()).mean(1, keepdim=True),
            _mean((rgb_BCHW < 0.5 / 255).float()).mean(1, keepdim=True),
        ]

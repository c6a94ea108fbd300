"""Natural scene statistics: a few dozen numbers that say how a picture's local structure departs from nature's.

Legend: B images, C channels, H rows, W columns, S statistics.

Mean-subtracted contrast-normalised (MSCN) coefficients after Mittal et al., "No-reference image quality assessment in
the spatial domain" (BRISQUE, IEEE TIP 2012); blockiness after Wang et al., "No-reference perceptual quality assessment
of JPEG compressed images" (ICIP 2002). All are smooth sums, so that one exported graph can hold them.
"""

from __future__ import annotations

from typing import Final

import torch
from torch import Tensor, nn
from torch.nn import functional as F

NUM_STATISTICS: Final = 68
_EPS: Final = 1e-6


def _gaussian_kernel(size_px: int, sigma_px: float) -> Tensor:
    offsets = torch.arange(size_px, dtype=torch.float32) - size_px // 2
    weights = torch.exp(-(offsets**2) / (2 * sigma_px**2))
    return weights / weights.sum()


def _moments(x_BHW: Tensor) -> list[Tensor]:
    """Mean absolute value, log variance and a bounded kurtosis, each (B,)."""
    variance_B = x_BHW.square().mean((1, 2)) + _EPS
    kurtosis_B = x_BHW.pow(4).mean((1, 2)) / variance_B.square()
    return [x_BHW.abs().mean((1, 2)), variance_B.log(), torch.log1p(kurtosis_B)]


def _neighbour_products(x_BHW: Tensor) -> list[Tensor]:
    """Correlation with the right, lower and two diagonal neighbours, relative to the variance, each (B,)."""
    variance_B = x_BHW.square().mean((1, 2)) + _EPS
    pairs = (
        (x_BHW[:, :, 1:], x_BHW[:, :, :-1]),
        (x_BHW[:, 1:], x_BHW[:, :-1]),
        (x_BHW[:, 1:, 1:], x_BHW[:, :-1, :-1]),
        (x_BHW[:, 1:, :-1], x_BHW[:, :-1, 1:]),
    )
    return [(one * other).mean((1, 2)) / variance_B for one, other in pairs]


def _gradients(x_BHW: Tensor) -> list[Tensor]:
    """Log mean gradient, and the shares of flat (below half a grey level) and of steep steps, along both axes."""
    statistics = []
    for step_BHW in ((x_BHW[:, :, 1:] - x_BHW[:, :, :-1]).abs(), (x_BHW[:, 1:] - x_BHW[:, :-1]).abs()):
        statistics += [
            (step_BHW.mean((1, 2)) + _EPS).log(),
            (step_BHW < 0.5 / 255).float().mean((1, 2)),
            (step_BHW > 0.1).float().mean((1, 2)),
        ]
    return statistics


def _blockiness(x_BHW: Tensor) -> list[Tensor]:
    """Log ratio of the mean step across the borders of 8-pixel blocks to the mean step of all columns and rows."""
    columns_BHW = (x_BHW[:, :, 1:] - x_BHW[:, :, :-1]).abs()
    rows_BHW = (x_BHW[:, 1:] - x_BHW[:, :-1]).abs()
    on_border = (columns_BHW[:, :, 7::8].mean((1, 2)), rows_BHW[:, 7::8].mean((1, 2)))
    anywhere = (columns_BHW.mean((1, 2)), rows_BHW.mean((1, 2)))
    return [((on + 1e-4) / (all_ + 1e-4)).log() for on, all_ in zip(on_border, anywhere, strict=True)]


class NaturalSceneStatistics(nn.Module):
    """Image -> `NUM_STATISTICS` statistics of luminance, its half-size copy, chroma and colour."""

    def __init__(self) -> None:
        super().__init__()
        self.register_buffer("kernel_P", _gaussian_kernel(7, 7 / 6), persistent=False)
        self.kernel_P: Tensor

    def _blur(self, x_BHW: Tensor) -> Tensor:
        x_B1HW = F.pad(x_BHW.unsqueeze(1), (3, 3, 3, 3), mode="replicate")
        x_B1HW = F.conv2d(x_B1HW, self.kernel_P.view(1, 1, 1, -1))
        return F.conv2d(x_B1HW, self.kernel_P.view(1, 1, -1, 1)).squeeze(1)

    def _local_structure(self, x_BHW: Tensor) -> list[Tensor]:
        mean_BHW = self._blur(x_BHW)
        deviation_BHW = (self._blur(x_BHW.square()) - mean_BHW.square()).clamp(min=0).add(1e-8).sqrt()
        residual_BHW = x_BHW - mean_BHW
        mscn_BHW = residual_BHW / (deviation_BHW + 1 / 255)
        return [
            *_moments(mscn_BHW),
            *_neighbour_products(mscn_BHW),
            *_moments(residual_BHW),
            *_neighbour_products(residual_BHW),
            (deviation_BHW.mean((1, 2)) + _EPS).log(),
            (deviation_BHW.square().mean((1, 2)) + _EPS).log(),
            (residual_BHW.abs() > 0.15).float().mean((1, 2)),
        ]

    def forward(self, image_BCHW: Tensor) -> Tensor:
        """(B, 3, H, W), normalised as `(x - 127) / 128`, at least 32 px a side -> (B, S)."""
        rgb_BCHW = (image_BCHW * 128 + 127) / 255
        red, green, blue = rgb_BCHW[:, 0], rgb_BCHW[:, 1], rgb_BCHW[:, 2]
        luma_BHW = 0.299 * red + 0.587 * green + 0.114 * blue
        chroma = ((blue - luma_BHW) * 0.564, (red - luma_BHW) * 0.713)
        half_BHW = F.avg_pool2d(luma_BHW.unsqueeze(1), 2).squeeze(1)
        statistics = [*self._local_structure(luma_BHW), *self._local_structure(half_BHW)]
        statistics += [*_gradients(luma_BHW), *_blockiness(luma_BHW)]
        for x_BHW in chroma:
            residual_BHW = x_BHW - self._blur(x_BHW)
            statistics += [x_BHW.mean((1, 2)), (x_BHW.var((1, 2)) + _EPS).log(), *_moments(residual_BHW)]
            statistics += _neighbour_products(residual_BHW)
        statistics += self._colour(rgb_BCHW, luma_BHW)
        return torch.stack(statistics, 1)

    @staticmethod
    def _colour(rgb_BCHW: Tensor, luma_BHW: Tensor) -> list[Tensor]:
        spread_BHW = rgb_BCHW.amax(1) - rgb_BCHW.amin(1)
        return [
            *rgb_BCHW.mean((2, 3)).unbind(1),
            luma_BHW.std((1, 2)),
            spread_BHW.mean((1, 2)),
            spread_BHW.std((1, 2)),
            (rgb_BCHW > 254.5 / 255).float().mean((1, 2, 3)),
            (rgb_BCHW < 0.5 / 255).float().mean((1, 2, 3)),
        ]

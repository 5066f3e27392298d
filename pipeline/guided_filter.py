"""The guided filter (He, Sun, Tang 2010, section 3): an edge-preserving blur, channel by channel as in white-box cartoonisation. Twin of src/models/guidedFilter.ts."""

from __future__ import annotations

import torch
import torch.nn.functional as F


def box_mean(x: torch.Tensor, radius: int) -> torch.Tensor:
    """`[B, C, H, W]` -> the mean over the square of 2 · radius + 1 pixels round each, of those within the picture."""
    return F.avg_pool2d(x, 2 * radius + 1, 1, radius, count_include_pad=False)


def guided_filter(guide: torch.Tensor, x: torch.Tensor, radius: int, epsilon: float) -> torch.Tensor:
    """`[B, C, H, W]` both, of any range; epsilon in squares of the guide's unit -> `x` as a linear function of the guide in every window (equations 5, 6 and 8).
    Where the guide varies by less than the root of epsilon, `x` is smoothed; where it has an edge, so has the result."""
    mean_guide, mean_x = box_mean(guide, radius), box_mean(x, radius)
    covariance = box_mean(guide * x, radius) - mean_guide * mean_x
    variance = box_mean(guide * guide, radius) - mean_guide * mean_guide
    a = covariance / (variance + epsilon)
    b = mean_x - a * mean_guide
    return box_mean(a, radius) * guide + box_mean(b, radius)

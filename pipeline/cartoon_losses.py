"""What white-box cartoonisation looks at (Wang and Yu 2020, section 3.1), as pure functions. Each has its twin in src/models/losses/. NCHW, values in [-1, 1]."""

from __future__ import annotations

import torch

from .guided_filter import guided_filter
from .losses import places, precise

# Uniform bounds of the weights of red, green and blue: around those of luminance.
SHIFT_RANGES = ((0.199, 0.399), (0.487, 0.687), (0.014, 0.214))
SURFACE_RADIUS, SURFACE_EPSILON = 5, 0.2


def colour_weights(generator: torch.Generator | None = None) -> torch.Tensor:
    """`[3]`, drawn anew for every step; their sum is 1."""
    low, high = torch.tensor(SHIFT_RANGES).T
    weights = low + (high - low) * torch.rand(3, generator=generator)
    return weights / weights.sum()


def texture(x: torch.Tensor, weights: torch.Tensor) -> torch.Tensor:
    """`[B, 3, H, W]` -> `[B, 1, H, W]`: lines and hatching without colour and brightness. Real and generated pictures of a step take the same weights."""
    return (x * weights.to(x).view(1, 3, 1, 1)).sum(1, keepdim=True)


def surface(x: torch.Tensor) -> torch.Tensor:
    """`[B, 3, H, W]` -> the same without texture: the guided filter with the picture as its own guide."""
    return guided_filter(x, x, SURFACE_RADIUS, SURFACE_EPSILON)


def squared_variation(x: torch.Tensor) -> torch.Tensor:
    """Mean squared difference of neighbours, one above the other plus side by side."""
    return (x[:, :, 1:] - x[:, :, :-1]).square().mean() + (x[:, :, :, 1:] - x[:, :, :, :-1]).square().mean()


def feature_l1(fake: torch.Tensor, real: torch.Tensor) -> torch.Tensor:
    """Of one layer of a fixed network: mean absolute difference relative to the mean magnitude of the real side, each sample by itself."""
    fake, real = precise(fake).flatten(1), precise(real).flatten(1)
    return ((fake - real).abs().mean(1) / real.abs().mean(1).clamp_min(1e-6)).mean()


def judged_as(judgements: torch.Tensor, real: bool) -> torch.Tensor:
    """Least squares (Mao et al. 2017) on a map of judgements, 1 for real and 0 for generated."""
    return (precise(judgements) - float(real)).square().mean()


def landmark_l1(heat_maps: torch.Tensor, landmarks: torch.Tensor) -> torch.Tensor:
    """Heat maps `[B, 68, H, W]` that a reader sees in a picture, landmarks `[B, 68, 2]` in 0-1 that should be there -> mean absolute difference, in sides."""
    return (places(precise(heat_maps)) - landmarks).abs().mean()

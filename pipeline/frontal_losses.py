"""The losses of TP-GAN (Huang et al. 2017, section 3.2) as pure functions of tensors, NCHW; each has its twin in src/models/losses/. Wasserstein's form is in losses.py."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import torch
import torch.nn.functional as F

from .losses import per_sample_mean, precise


def pixel_l1(fakes: Sequence[torch.Tensor], reals: Sequence[torch.Tensor], weights: Sequence[float]) -> torch.Tensor:
    """Mean absolute differences of pictures of several sizes, or of several patches, each times its weight, summed."""
    return torch.stack([weight * (fake - real).abs().mean() for fake, real, weight in zip(fakes, reals, weights, strict=True)]).sum()


def laplacian(x: torch.Tensor) -> torch.Tensor:
    """The four neighbours less four times the pixel, where all of them exist: `[B, C, H, W]` -> `[B, C, H - 2, W - 2]`."""
    around = x[:, :, :-2, 1:-1] + x[:, :, 2:, 1:-1] + x[:, :, 1:-1, :-2] + x[:, :, 1:-1, 2:]
    return around - 4 * x[:, :, 1:-1, 1:-1]


def symmetry(picture: torch.Tensor) -> torch.Tensor:
    """Mean absolute difference of a picture and its mirror image."""
    return (picture - picture.flip(3)).abs().mean()


def laplacian_symmetry(picture: torch.Tensor) -> torch.Tensor:
    """The same of its second differences, which light from one side hardly moves."""
    return symmetry(laplacian(picture))


def absolute_variation(picture: torch.Tensor) -> torch.Tensor:
    """Mean absolute difference of neighbours, one above the other plus side by side (total variation as TP-GAN has it)."""
    return (picture[:, :, 1:] - picture[:, :, :-1]).abs().mean() + (picture[:, :, :, 1:] - picture[:, :, :, :-1]).abs().mean()


def identity_preserving(fake: Sequence[torch.Tensor], real: Sequence[torch.Tensor]) -> torch.Tensor:
    """Mean absolute difference of the last layers of a network that knows faces, mean over layers; the real side carries no gradient."""
    return torch.stack([(precise(f) - precise(r).detach()).abs().mean() for f, r in zip(fake, real, strict=True)]).mean()


def identity_cross_entropy(logits: torch.Tensor, people: torch.Tensor) -> torch.Tensor:
    """Of logits `[B, N]` against the number of the person `[B]`."""
    return F.cross_entropy(precise(logits), people)


def gradient_penalty(critic: Callable[[torch.Tensor], torch.Tensor], real: torch.Tensor, fake: torch.Tensor, share: torch.Tensor) -> torch.Tensor:
    """How far the critic's slope is from 1 between real and generated pictures (Gulrajani et al. 2017): mean of (|gradient| - 1)². share `[B, 1, 1, 1]` in 0-1: how much of
    the real picture there is in each mixture. critic: pictures -> map of judgements, whose mean is the critic's one number a picture."""
    mixed = (share * real + (1 - share) * fake).detach().requires_grad_()
    judged = per_sample_mean(precise(critic(mixed))).sum()
    slope, = torch.autograd.grad(judged, mixed, create_graph=True)
    return ((precise(slope).square().flatten(1).sum(1) + 1e-12).sqrt() - 1).square().mean()

"""The losses of pix2pixHD (Wang et al. 2018, section 3.2; thesis, section 2.1.3) as pure functions of tensors."""

from __future__ import annotations

import torch
import torch.nn.functional as F

Scales = list[list[torch.Tensor]]


def adversarial(outputs: Scales, real: bool, form: str = "leastSquares") -> torch.Tensor:
    """Mean over scales of the discriminators' last layer judged as real or fake; `log` is the thesis's form, `leastSquares` pix2pixHD's."""
    total = outputs[0][-1].new_zeros((), dtype=torch.float32)
    for layers in outputs:
        score = layers[-1].float()
        target = torch.full_like(score, 1.0 if real else 0.0)
        total = total + (F.mse_loss(score, target) if form == "leastSquares" else F.binary_cross_entropy_with_logits(score, target))
    return total / len(outputs)


def thinned(x: torch.Tensor, most: int = 64) -> torch.Tensor:
    """Every second (fourth, …) pixel of a large map: neighbouring features say the same, and their L1 is what a CPU step spends most on."""
    step = max(1, x.shape[-1] // most)
    return x[:, :, ::step, ::step] if x.dim() == 4 and step > 1 else x


def feature_matching(fake: Scales, real: Scales) -> torch.Tensor:
    """L1 over every hidden discriminator layer, mean over layers and scales; the real side carries no gradient."""
    terms = [F.l1_loss(thinned(f).float(), thinned(r).detach().float()) for fs, rs in zip(fake, real) for f, r in zip(fs[:-1], rs[:-1])]
    return torch.stack(terms).mean()


def perceptual(fake: list[torch.Tensor], real: list[torch.Tensor]) -> torch.Tensor:
    """L1 of a fixed network's features, each layer relative to the mean magnitude of the real picture's: no layer outweighs another by its scale."""
    pairs = [(thinned(f).float(), thinned(r).float()) for f, r in zip(fake, real)]
    terms = [F.l1_loss(f, r) / r.abs().mean().clamp_min(1e-6) for f, r in pairs]
    return torch.stack(terms).mean()


def weighted_l1(fake: torch.Tensor, real: torch.Tensor, weight: torch.Tensor) -> torch.Tensor:
    """Mean absolute difference with a per-pixel weight `[B, 1, H, W]`, normalised by the weight's sum."""
    return ((fake - real).abs() * weight).sum() / (weight.sum() * fake.shape[1])

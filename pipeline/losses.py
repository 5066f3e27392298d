"""The losses of pix2pixHD (Wang et al. 2018, section 3.2; thesis, section 2.1.3) as pure functions of tensors.

Each is a mean over the samples of a batch, every sample normalised by itself: so the gradients of several processes, averaged, are those of their
batches taken together.
"""

from __future__ import annotations

from collections.abc import Sequence

import torch
import torch.nn.functional as F

# Per discriminator every layer's output; per scale one discriminator.
Scales = list[list[torch.Tensor]]



def wasserstein(score: torch.Tensor, real: torch.Tensor) -> torch.Tensor:
    """A critic's mean, rising for fake and falling for real (Arjovsky et al. 2017); to be used with a penalty on its slope."""
    return ((1 - 2 * real) * score).mean()


ADVERSARIAL_FORMS = {"leastSquares": F.mse_loss, "log": F.binary_cross_entropy_with_logits, "wasserstein": wasserstein}
# pix2pixHD's code sums the mean L1 of n + 1 hidden layers, each times 4 / (n + 1), and averages over scales.
PIX2PIXHD_MATCHING = 4.0
# Of VGG19's relu1_1, relu2_1, … relu5_1.
VGG_WEIGHTS = (1 / 32, 1 / 16, 1 / 8, 1 / 4, 1.0)


def precise(x: torch.Tensor) -> torch.Tensor:
    """At least float32: sums of many small terms are lost in 16 bits."""
    return x.float() if x.dtype in (torch.bfloat16, torch.float16) else x


def adversarial(outputs: Scales, real: bool, form: str = "leastSquares", summed: bool = False) -> torch.Tensor:
    """The discriminators' last layer judged as real or fake, mean over scales, or the sum as in pix2pixHD's code.

    `leastSquares` is pix2pixHD's form; `log` the thesis's: -log D for real, -log (1 - D) for fake, with the sigmoid inside.
    """
    terms = []
    for layers in outputs:
        score = precise(layers[-1])
        terms.append(ADVERSARIAL_FORMS[form](score, torch.full_like(score, 1.0 if real else 0.0)))
    total = torch.stack(terms)
    return total.sum() if summed else total.mean()


def thinned(x: torch.Tensor, most: int = 64) -> torch.Tensor:
    """Every second (fourth, …) pixel of a map larger than `most`: neighbouring features say the same, and their L1 is what a CPU step spends most on. 0: all."""
    step = max(1, x.shape[-1] // most) if most else 1
    return x[:, :, ::step, ::step] if x.dim() == 4 and step > 1 else x


def feature_matching(fake: Scales, real: Scales, weighting: str = "mean", most: int = 64) -> torch.Tensor:
    """L1 over every hidden discriminator layer, mean over layers and scales (or as `pix2pixHD` weighs them); the real side carries no gradient."""
    factor = {"mean": 1.0, "pix2pixHD": PIX2PIXHD_MATCHING}[weighting]
    terms = [F.l1_loss(precise(thinned(f, most)), precise(thinned(r, most)).detach()) for fs, rs in zip(fake, real) for f, r in zip(fs[:-1], rs[:-1])]
    return torch.stack(terms).mean() * factor


def per_sample_mean(x: torch.Tensor) -> torch.Tensor:
    """`[B, …]` -> `[B]`."""
    return x.reshape(len(x), -1).mean(1)


def perceptual(fake: list[torch.Tensor], real: list[torch.Tensor], weights: Sequence[float] | None = None, most: int = 64) -> torch.Tensor:
    """L1 of a fixed network's features. With one weight a layer their weighted sum (VGG19 in pix2pixHD); without, the mean of every layer's difference
    relative to the mean magnitude of the real picture's, so that no layer outweighs another by its scale."""
    pairs = [(precise(thinned(f, most)), precise(thinned(r, most))) for f, r in zip(fake, real)]
    if weights is None:
        terms = [(per_sample_mean((f - r).abs()) / per_sample_mean(r.abs()).clamp_min(1e-6)).mean() for f, r in pairs]
        return torch.stack(terms).mean()
    if len(weights) != len(pairs):
        raise ValueError(f"{len(weights)} weights for {len(pairs)} layers.")
    return torch.stack([weight * F.l1_loss(f, r) for weight, (f, r) in zip(weights, pairs)]).sum()


def weighted_mean(error: torch.Tensor, weight: torch.Tensor) -> torch.Tensor:
    """Mean of an error `[B, C, H, W]` with a per-pixel weight `[B, 1, H, W]`, each sample normalised by its weights' sum."""
    return ((error * weight).sum((1, 2, 3)) / (weight.sum((1, 2, 3)) * error.shape[1])).mean()


def weighted_l1(fake: torch.Tensor, real: torch.Tensor, weight: torch.Tensor) -> torch.Tensor:
    return weighted_mean((fake - real).abs(), weight)


# Half a grey level in [-1, 1]: smaller changes are rounding (and bfloat16 rounds at about this size), whose sign would only add noise.
QUIET = 0.5 / 127.5
# Of the squared change inside: smaller true changes than this weigh less.
LEAST_CHANGE = 1e-4
CHANGE_SCALES = 4


def change(fake: torch.Tensor, real: torch.Tensor, inside: torch.Tensor, outside: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """Of faces and photos `[2 P, 3, S, S]` and the places where the change is known `[P, 1, S, S]`: (follow, stay).

    follow: the squared difference of the generated and the true change inside, relative to the true one, at full size and pooled to a half, a quarter and an
    eighth: where an edge comes to lie is known more surely than its last pixel. Squares, because the median of what may follow from a line is often no
    change at all, and an absolute difference would teach that. stay: the mean absolute difference outside.
    """
    count = len(inside)
    wanted = real[count:] - real[:count]
    error = fake[count:] - fake[:count] - wanted
    relative: torch.Tensor | float = 0.0
    e, w, m = error, wanted, inside
    for k in range(CHANGE_SCALES):
        if k:
            e, w, m = F.avg_pool2d(e, 2), F.avg_pool2d(w, 2), F.avg_pool2d(m, 2)
        relative = relative + mean_where(e * e, m) / (mean_where(w * w, m) + LEAST_CHANGE / (1 + k))
    relative = relative / CHANGE_SCALES
    known = (inside.sum((1, 2, 3)) > 0).float()
    # A pair that is far off says no more than that; it must not drown the others.
    follow = (relative / (1 + relative / 4) * known).mean()
    return follow, mean_where((error.abs() - QUIET).clamp_min(0), outside).mean()


def mean_where(x: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
    """`[P, C, S, S]` -> `[P]`: the mean over a mask `[P, 1, S, S]`."""
    return (x * mask).sum((1, 2, 3)) / (mask.sum((1, 2, 3)) * x.shape[1] + 1e-6)


# Pixels; the mean of fewer is noise.
LEAST_REGION = 12


def region_colours(fake: torch.Tensor, real: torch.Tensor, regions: torch.Tensor, count: int) -> torch.Tensor:
    """The mean absolute difference of the mean colours of a face's regions. fake, real `[B, 3, S, S]`; regions `[B, 1, S, S]` integers; those from `count` on are none.

    A pixel's own difference is mostly texture, which drowns a wrong tint; a region's mean is nothing but the tint.
    """
    inside = (regions.flatten(1)[:, None] == torch.arange(count, device=regions.device)[:, None]).to(fake.dtype)  # [B, count, S S]
    area = inside.sum(2, keepdim=True)
    difference = inside @ (fake - real).flatten(2).transpose(1, 2) / area.clamp_min(1)
    known = (area >= LEAST_REGION).to(fake.dtype)
    return ((difference.abs() * known).sum((1, 2)) / (3 * known.sum((1, 2)).clamp_min(1))).mean()


def places(heat_maps: torch.Tensor) -> torch.Tensor:
    """`[B, N, H, W]` logits -> `[B, N, 2]`: x, y in 0-1 of the picture, the expectation under the softmax over all pixels, which has a gradient (Sun et al. 2018, integral
    regression)."""
    height, width = heat_maps.shape[2:]
    weights = heat_maps.flatten(2).softmax(2).view_as(heat_maps)
    x = (torch.arange(width, device=heat_maps.device) + 0.5) / width
    y = (torch.arange(height, device=heat_maps.device) + 0.5) / height
    return torch.stack([(weights.sum(2) * x).sum(2), (weights.sum(3) * y).sum(2)], 2)


def landmarks(read: torch.Tensor, wanted: torch.Tensor, weights: torch.Tensor) -> torch.Tensor:
    """Where a reader sees the landmarks of generated faces `[B, N, 2]` against where they should be, in 0-1 of the picture; weights `[N]` with a mean of 1. In percent of
    the side, squared below one percent: less is within what a reader is sure of."""
    return (F.smooth_l1_loss(read * 100, wanted * 100, reduction="none").sum(2) * weights).mean()

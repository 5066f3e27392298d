"""The losses of APDrawingGAN (Yi et al. 2019, section 3.3) that other methods have not: distances of lines, both ways. Twins in src/models/losses/. NCHW.

Distances are by the convolutional distance transform (Karam, Sugimoto, Hirakawa 2019), −λ log of a convolution with exp(−d / λ): it has a gradient, and no auxiliary
network has to be trained. They end at a reach: lines that are farther off say no more than that.
"""

from __future__ import annotations

import torch
import torch.nn.functional as F

# In pixels of the map that is given.
REACH, SOFTNESS = 12, 0.5
# White structures narrower than this many pixels are lines.
LINE_PX = 5
# Fainter white lines are rounding: their sign would be noise, and of a negative one there is no logarithm.
FAINT = 1e-3


def ink(drawing: torch.Tensor) -> torch.Tensor:
    """`[B, 1, H, W]` in [-1, 1] (black -1) -> 0-1, 1 where there is ink."""
    return (1 - drawing) / 2


# Side of the squares that are convolved as channels.
CELL = 8


def nearness_kernel(reach: int, softness: float, like: torch.Tensor) -> torch.Tensor:
    """exp(-d / softness) up to `reach` rows and columns away, from squares of CELL pixels to squares: `[CELL², CELL², cells, cells]`."""
    around = -(-reach // CELL)
    to = torch.arange(CELL, device=like.device)
    of = torch.arange(-around * CELL, (around + 1) * CELL, device=like.device)
    apart = (to[:, None] - of).abs()  # [CELL, cells * CELL]
    down, across = apart[:, None, :, None], apart[None, :, None]
    kernel = torch.exp(-torch.hypot(down.to(like.dtype), across.to(like.dtype)) / softness) * ((down <= reach) & (across <= reach))
    return F.pixel_unshuffle(kernel.reshape(CELL**2, 1, len(of), len(of)), CELL)


def near_lines(lines: torch.Tensor, reach: int, softness: float) -> torch.Tensor:
    """The convolution of `[B, 1, H, W]` with exp(-d / softness), as one of squares: a wide kernel over one channel would be ten times slower."""
    height, width = lines.shape[2:]
    kernel = nearness_kernel(reach, softness, lines)
    squares = F.pixel_unshuffle(F.pad(lines, (0, -width % CELL, 0, -height % CELL)), CELL)
    return F.pixel_shuffle(F.conv2d(squares, kernel, padding=kernel.shape[-1] // 2), CELL)[:, :, :height, :width]


def distance_transform(lines: torch.Tensor, reach: int = REACH, softness: float = SOFTNESS) -> torch.Tensor:
    """`[B, 1, H, W]` in 0-1 -> how far each pixel is from the nearest line, in pixels from 0 to `reach`. Faint lines count as farther away, many near ones as nearer."""
    near = near_lines(lines, reach, softness)
    farthest = torch.exp(torch.tensor(-reach / softness, dtype=lines.dtype))
    return torch.relu(-softness * torch.log(near + farthest))


def white_lines(black: torch.Tensor) -> torch.Tensor:
    """Ink `[B, 1, H, W]` in 0-1 -> white lines in it, 0-1: what of the white an opening takes away (a top hat), thinner than LINE_PX."""
    around = (LINE_PX - 1) // 2
    closed = F.max_pool2d(black, LINE_PX, 1, around)
    # The opening of the white is 1 less the closing of the black: the largest, then the smallest of the neighbourhood.
    smallest = 1 - F.max_pool2d(1 - closed, LINE_PX, 1, around)
    return torch.relu(smallest - black - FAINT)


def chamfer(real: torch.Tensor, fake: torch.Tensor) -> torch.Tensor:
    """Drawings `[B, 1, H, W]` in [-1, 1] -> how far their lines are from each other, black and white ones, both ways, in pixels of the halved drawings a pixel of a true
    line. Sides are even; the real side carries no gradient."""
    real = real.detach()
    black_real, black_fake = ink(real), ink(fake)
    terms = []
    for of_real, of_fake in ((black_real, black_fake), (white_lines(black_real), white_lines(black_fake))):
        a, b = F.avg_pool2d(of_real, 2), F.avg_pool2d(of_fake, 2)
        count = a.sum((1, 2, 3)).clamp_min(1.0)
        terms += [(a * distance_transform(b)).sum((1, 2, 3)) / count, (b * distance_transform(a)).sum((1, 2, 3)) / count]
    return torch.stack(terms).sum(0).mean()

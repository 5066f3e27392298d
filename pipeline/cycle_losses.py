"""What holds a translation without pairs to its source (CycleGAN, Zhu et al. 2017), as pure functions, and what its discriminators look through. Each has its twin in
src/models/losses/. NCHW, values in [-1, 1]. Beside them: least squares (losses.py) and features (cartoon_losses.feature_l1)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import torch
import torch.nn.functional as F

Picture = TypeVar("Picture")
# DiffAugment (Zhao et al. 2020): how far pictures are shifted and how much of them is cut out, in sides.
SHIFT, CUT = 0.125, 0.4


def cycle_consistency(real: torch.Tensor, recovered: torch.Tensor) -> torch.Tensor:
    """Mean absolute difference of a picture and what there and back makes of it."""
    return (recovered - real).abs().mean()


def identity_mapping(real: torch.Tensor, same: torch.Tensor) -> torch.Tensor:
    """Mean absolute difference of a picture and what the generator into its own domain makes of it: keeps colours."""
    return (same - real).abs().mean()


def exchanged(pool: Sequence[Picture], fresh: Picture, capacity: int, random: Callable[[], float]) -> tuple[Picture, list[Picture]]:
    """The history of generated pictures (Shrivastava et al. 2017): what a discriminator is shown in place of a fresh picture, and the pool after it. While there is room
    the fresh one is kept and shown; then, every other time, it is shown and forgotten, else it takes the place of a random older one, which is shown. random: in [0, 1)."""
    if len(pool) < capacity:
        return fresh, [*pool, fresh]
    if random() < 0.5:
        return fresh, list(pool)
    place = int(random() * capacity)
    return pool[place], [*pool[:place], fresh, *pool[place + 1:]]


@dataclass(frozen=True)
class Augmentation:
    """One for all pictures that are compared. brightness: added; saturation, contrast: factors; shift, cut: of columns and rows, in sides, the cut's by its corner."""

    brightness: float
    saturation: float
    contrast: float
    shift: tuple[float, float]
    cut: tuple[float, float]

    @staticmethod
    def drawn(random: Callable[[], float]) -> Augmentation:
        """As DiffAugment has them: brightness within half of [0, 1]'s width, which is 1 here; saturation up to twice; contrast from a half to one and a half."""
        a, b, c, *others = (random() for _ in range(7))
        shift = tuple((2 * r - 1) * SHIFT for r in others[:2])
        cut = tuple(r * (1 + CUT) - CUT for r in others[2:])  # partly beyond the border, too
        return Augmentation(2 * a - 1, 2 * b, c + 0.5, shift, cut)


def augmented(x: torch.Tensor, a: Augmentation) -> torch.Tensor:
    """Another colour, place and a missing piece, differentiable; zeros (grey) come in from beyond the border and where something is cut out. `[B, C, S, S]` alike."""
    x = x + a.brightness
    grey = x.mean(1, keepdim=True)
    x = grey + (x - grey) * a.saturation
    mean = x.mean((1, 2, 3), keepdim=True)
    x = mean + (x - mean) * a.contrast
    size = x.shape[2]
    columns, rows = (round_half_up(s * size) for s in a.shift)
    reach = max(abs(columns), abs(rows))
    x = F.pad(x, (reach,) * 4)[:, :, reach - rows:reach - rows + size, reach - columns:reach - columns + size]
    return x * kept(a.cut, size).to(x)


def round_half_up(x: float) -> int:
    """As JavaScript's Math.round."""
    return int((x + 0.5) // 1)


def kept(corner: tuple[float, float], size: int) -> torch.Tensor:
    """`[1, 1, size, size]`: zero in the square that is cut out."""
    side, mask = round_half_up(CUT * size), torch.ones(1, 1, size, size)
    left, top = (round_half_up(c * size) for c in corner)
    mask[:, :, max(top, 0):max(top + side, 0), max(left, 0):max(left + side, 0)] = 0
    return mask

"""Local warps of a photo together with its landmarks and outlines: mouths wider, eyes more open, jaws narrower than the person's own.

In a set of faces the parts' shapes go together, and a network learns to guess one from the others instead of reading its lines. Moving and stretching each
part on its own, in sketch and photo alike, takes that guess away: what remains is the line. The field is a sum of Gaussian bumps, one a
part, each a small scaling and shift about the part's centre; its gradient stays well under 1, so it can be inverted by iteration.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
import torch.nn.functional as F

GRID = 64


@dataclass(frozen=True)
class Bump:
    """Landmarks whose mean is the centre; falloff (x, y), largest shift (x, y) as fractions of the picture; largest scaling (x, y)."""

    landmarks: tuple[int, ...]
    falloff: tuple[float, float]
    shift: tuple[float, float]
    scale: tuple[float, float]


EYE = {"falloff": (0.065, 0.04), "shift": (0.012, 0.012), "scale": (0.22, 0.45)}
BROW = {"falloff": (0.085, 0.04), "shift": (0.012, 0.02), "scale": (0.15, 0.3)}
SIDE = {"falloff": (0.09, 0.16), "shift": (0.035, 0.01), "scale": (0.0, 0.0)}
# Left and right of a pair mostly change alike.
PAIRS = [
    (Bump((36, 37, 38, 39, 40, 41), **EYE), Bump((42, 43, 44, 45, 46, 47), **EYE)),
    (Bump((17, 18, 19, 20, 21), **BROW), Bump((22, 23, 24, 25, 26), **BROW)),
    (Bump((3, 4, 5), **SIDE), Bump((11, 12, 13), **SIDE)),
]
SINGLES = [
    Bump(tuple(range(48, 68)), (0.11, 0.06), (0.015, 0.022), (0.3, 0.4)),
    Bump(tuple(range(29, 36)), (0.07, 0.08), (0.01, 0.018), (0.3, 0.15)),
    Bump((7, 8, 9), (0.16, 0.1), (0.015, 0.035), (0.12, 0.0)),
]
# The mass of hair at the left and right and above, where no landmark lies: centre, falloff, largest shift.
HAIR = [((0.12, 0.45), (0.16, 0.3), (0.05, 0.0)), ((0.88, 0.45), (0.16, 0.3), (0.05, 0.0)), ((0.5, 0.08), (0.35, 0.12), (0.0, 0.04))]


class Warp:
    """A random smooth map of the unit square onto itself. `points` maps coordinates forward, `picture` resamples so that both agree."""

    def __init__(self, landmarks: np.ndarray, rng: np.random.Generator, strength: float = 1.0) -> None:
        groups = [[self._row(b, landmarks, rng.uniform(-1, 1, 4) * strength)] for b in SINGLES]
        for left, right in PAIRS:
            amounts = rng.uniform(-1, 1, 4) * strength
            other = amounts * (-1, 1, 1, 1) if rng.random() < 0.75 else rng.uniform(-1, 1, 4) * strength
            groups.append([self._row(left, landmarks, amounts), self._row(right, landmarks, other)])
        hair = [[*centre, *falloff, *(rng.uniform(-1, 1, 2) * strength * shift), 0.0, 0.0] for centre, falloff, shift in HAIR]
        self.groups = [np.asarray(rows) for rows in groups]  # one a part, each [bumps, 8]: centre, falloff, shift, scale
        self.rows = np.concatenate([*self.groups, np.asarray(hair)])

    def of_one_part(self, part: int) -> "Warp":
        """The same warp with one part's bumps alone (index into `SINGLES` and then `PAIRS`)."""
        other = object.__new__(Warp)
        other.groups, other.rows = self.groups, self.groups[part]
        return other

    @staticmethod
    def _row(bump: Bump, landmarks: np.ndarray, amounts: np.ndarray) -> list[float]:
        centre = landmarks[list(bump.landmarks)].mean(axis=0)
        return [*centre, *bump.falloff, amounts[0] * bump.shift[0], amounts[1] * bump.shift[1], amounts[2] * bump.scale[0], amounts[3] * bump.scale[1]]

    def displacement(self, points: np.ndarray) -> np.ndarray:
        """points `[n, 2]` in 0-1 -> how far each moves, `[n, 2]`."""
        centre, falloff, shift, scale = (self.rows[:, None, k:k + 2] for k in (0, 2, 4, 6))
        offset = points[None] - centre
        weight = np.exp(-0.5 * ((offset / falloff) ** 2).sum(axis=2, keepdims=True))
        return (weight * (shift + scale * offset)).sum(axis=0)

    def points(self, points: np.ndarray) -> np.ndarray:
        return points + self.displacement(points)

    def sampling_grid(self, size: int) -> torch.Tensor:
        """Where each pixel of the warped picture comes from: `[1, size, size, 2]` in -1..1, by inverting on a coarse grid."""
        axis = (np.arange(GRID) + 0.5) / GRID
        target = np.stack(np.meshgrid(axis, axis), axis=2).reshape(-1, 2)
        source = target.copy()
        for _ in range(4):
            source = target - self.displacement(source)
        offset = torch.from_numpy((source - target).reshape(GRID, GRID, 2)).float().permute(2, 0, 1)[None] * 2
        offset = F.interpolate(offset, (size, size), mode="bilinear", align_corners=False)[0].permute(1, 2, 0)
        full = (torch.arange(size) + 0.5) / size * 2 - 1
        identity = torch.stack(torch.meshgrid(full, full, indexing="xy"), 2)
        return (identity + offset)[None]

    def picture(self, photo: np.ndarray, mask: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """photo `[S, S, C]` and region mask `[S, S]`, both uint8, warped."""
        grid = self.sampling_grid(photo.shape[0])
        image = torch.from_numpy(np.ascontiguousarray(photo)).permute(2, 0, 1)[None].float()
        regions = torch.from_numpy(np.array(mask))[None, None].float()  # a copy: a pack is mapped for reading
        options = {"padding_mode": "reflection", "align_corners": False}
        image = F.grid_sample(image, grid, mode="bilinear", **options)[0].permute(1, 2, 0).round().to(torch.uint8).numpy()
        return image, F.grid_sample(regions, grid, mode="nearest", **options)[0, 0].to(torch.uint8).numpy()

"""Two kinds of pictures without pairs, each placed alike: what a translation between them is trained on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch.utils.data import Dataset

from .alignment import AlignedSquare, crop
from .augment import recoloured, with_background
from .pack import MIRROR

WHOLE = AlignedSquare(np.array([0.5, 0.5]), np.array([0.5, 0.0]))


def anchors(landmarks: np.ndarray) -> np.ndarray:
    """`[6, 2]`: the middles of eyes and mouth, the chin and the outline's ends; brows and lids are where styles differ most."""
    return np.stack([*(landmarks[list(part)].mean(0) for part in (range(36, 42), range(42, 48), range(48, 68))), landmarks[8], landmarks[0], landmarks[16]])


def placed_like(own: np.ndarray, other: np.ndarray) -> AlignedSquare:
    """The square of a picture in which its anchors come to lie nearest to those of other landmarks, both in 0-1: a shift and a size, no turn. Two kinds of pictures that
    are cropped differently teach a generator to zoom."""
    own, other = anchors(own), anchors(other)
    a, b = own - own.mean(0), other - other.mean(0)
    scale = float((a * b).sum() / (a * a).sum())
    return AlignedSquare(own.mean(0) + (0.5 - other.mean(0)) / scale, np.array([0.5 / scale, 0.0]))


@dataclass(frozen=True)
class Domain:
    """Pictures `[N, P, P, 3]` uint8 with landmarks `[N, 68, 2]` in 0-1, and the square of each that is shown. masks: where there are some, photos may stand before other
    backgrounds in other light."""

    pictures: np.ndarray
    landmarks: np.ndarray
    square: AlignedSquare = WHOLE
    masks: np.ndarray | None = None

    def mean(self, indices: Sequence[int]) -> np.ndarray:
        """Of the landmarks as they are shown, `[68, 2]`."""
        return self.square.to_square(self.landmarks[list(indices)]).mean(0)

    def item(self, i: int, size: int, square: AlignedSquare | None = None, mirror: bool = False, picture: np.ndarray | None = None) -> dict[str, torch.Tensor]:
        """`picture` uint8 `[3, size, size]` and `landmarks` float32 `[68, 2]` in 0-1."""
        picture, square = self.pictures[i] if picture is None else picture, square or self.square
        side = picture.shape[0]
        shown = crop(picture, AlignedSquare(square.centre * side, square.half_x * side), size)
        points = square.to_square(self.landmarks[i])
        if mirror:
            shown, points = shown[:, ::-1], points[MIRROR] * (-1, 1) + (1, 0)
        return {"picture": torch.from_numpy(np.ascontiguousarray(shown.transpose(2, 0, 1))), "landmarks": torch.from_numpy(points.astype(np.float32))}


@dataclass(frozen=True)
class Variety:
    """How pictures differ from their originals. shift in sides, turn in radians; background, light: shares of the photos."""

    shift: float = 0.012
    scale: float = 0.03
    turn: float = 0.03
    background: float = 0.3
    light: float = 0.4


class DomainDataset(Dataset):
    """Endless random pictures of one domain; item k of a run is a function of (seed, k) alone. Items as `Domain.item`."""

    def __init__(self, domain: Domain, indices: Sequence[int], size: int, variety: Variety, seed: tuple[int, ...], first: int, length: int) -> None:
        self.domain, self.indices, self.size, self.variety, self.seed, self.first, self.length = domain, list(indices), size, variety, seed, first, length

    def __len__(self) -> int:
        return self.length

    def __getitem__(self, k: int) -> dict[str, torch.Tensor]:
        rng, v, d = np.random.default_rng([*self.seed, self.first + k]), self.variety, self.domain
        i = self.indices[int(rng.integers(len(self.indices)))]
        picture = d.pictures[i]
        if d.masks is not None and rng.random() < v.background:
            picture = with_background(picture, d.masks[i], d.pictures, rng)
        if d.masks is not None and rng.random() < v.light:
            picture = recoloured(picture, rng, 0.6)
        square = d.square.moved(rng.normal(0, 1, 2) * v.shift, float(np.exp(rng.normal() * v.scale)), rng.normal() * v.turn)
        return d.item(i, self.size, square, bool(rng.random() < 0.5), picture)

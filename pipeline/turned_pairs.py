"""Turned faces with the frontal picture of the same person: what the frontal view is trained on.

A turned picture is aligned by its landmarks as the studio aligns every photo, mirrored where needed so that the hidden side is on the right, its true frontal picture with
it. Colours are changed in both alike; the turned one is moved a little and blurred as well. Frontal pictures themselves, mirrored or not, are among the turned ones: a
face that looks ahead should stay as it is.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from scipy import ndimage
from torch.utils.data import Dataset

from .alignment import aligned_square, crop
from .pack_files import Pack
from .pack_pictures import PicturePack
from .patches import cut_patches, hides_left, mirrored

UNKNOWN = -1


@dataclass(frozen=True)
class Changes:
    """How far a training picture may be from its original. shift in sides; turn in radians; colour, gamma: deviations of logarithms."""

    shift: float = 0.02
    scale: float = 0.04
    turn: float = 0.05
    colour: float = 0.12
    gamma: float = 0.15
    blur: float = 0.3  # share of pictures
    landmarks: float = 0.008  # how far landmarks are off, in 0-1


STILL = Changes(0, 0, 0, 0, 0, 0, 0)


def person_of(name: str) -> str:
    """Members of a family are one person."""
    return name.split("_")[0]


class TurnedFaces:
    """Of one turned picture its aligned form, and of one person the frontal picture; both of `size` pixels a side."""

    def __init__(self, turned: PicturePack, faces: Pack, sizes: dict[str, tuple[int, int]]) -> None:
        self.turned, self.faces, self.sizes, self.size = turned, faces, sizes, faces.photos.shape[1]
        self.face_of = {name: i for i, name in enumerate(faces.names)}
        missing = sorted(set(turned.of) - set(self.face_of))
        if missing:
            raise ValueError(f"The pack of faces lacks the frontal pictures of {', '.join(missing[:3])}.")
        self.people = sorted({person_of(faces.names[i]) for i in faces.training})
        self.number_of = {person: k for k, person in enumerate(self.people)}

    def aligned(self, i: int, changes: Changes, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
        """Turned picture i and its landmarks in 0-1."""
        picture, points = self.turned.pictures[i], self.turned.landmarks[i]
        square = aligned_square(points * len(picture))
        square = square.moved(rng.normal(0, 1, 2) * changes.shift, float(np.exp(rng.normal() * changes.scale)), rng.normal() * changes.turn)
        # The studio goes on by reflection where a photo ends; most photos do not end there.
        beyond = "mirror" if changes.shift and rng.random() < 0.3 else "faded"
        return crop(picture, square, self.size, beyond), square.to_square(points * len(picture))

    def pair(self, i: int, changes: Changes, rng: np.random.Generator) -> dict[str, torch.Tensor]:
        """Turned picture i with the frontal one."""
        source, points = self.aligned(i, changes, rng)
        return self.item(source, points, self.face_of[self.turned.of[i]], hides_left(points), changes, rng)

    def frontal(self, face: int, mirror: bool, changes: Changes, rng: np.random.Generator) -> dict[str, torch.Tensor]:
        """A frontal picture as its own source."""
        return self.item(self.faces.photos[face], self.faces.landmarks[face], face, mirror, changes, rng)

    def item(self, source: np.ndarray, points: np.ndarray, face: int, mirror: bool, changes: Changes, rng: np.random.Generator) -> dict[str, torch.Tensor]:
        target, ahead = self.faces.photos[face], self.faces.landmarks[face]
        if mirror:
            (source, points), (target, _) = mirrored(source, points), mirrored(target, ahead)
        if changes.colour or changes.gamma:
            change = colour_change(changes, rng)
            source, target = change[source, np.arange(3)], change[target, np.arange(3)]
        if rng.random() < changes.blur:
            source = ndimage.gaussian_filter(source, (rng.uniform(0.3, 0.9),) * 2 + (0,))
        patches = cut_patches(source, points + rng.normal(0, 1, points.shape[1]) * changes.landmarks, self.sizes)
        number = self.number_of.get(person_of(self.faces.names[face]), UNKNOWN)
        pictures = {"picture": source, "frontal": target} | patches
        return {name: torch.from_numpy(np.ascontiguousarray(x.transpose(2, 0, 1))) for name, x in pictures.items()} | {"person": torch.tensor(number)}


def colour_change(changes: Changes, rng: np.random.Generator) -> np.ndarray:
    """`[256, 3]` uint8: what becomes of each number of each channel."""
    gain = np.exp(rng.normal() * changes.colour + rng.normal(0, 1, 3) * changes.colour / 3)
    table = (np.arange(256)[:, None] / 255) ** np.exp(rng.normal() * changes.gamma) * gain
    return (table * 255 + 0.5).clip(0, 255).astype(np.uint8)


class TurnedPairs(Dataset):
    """Endless random pairs of people to train on; item k of a run is a function of (seed, k) alone.

    Items: `picture`, `frontal` `[3, S, S]` uint8, the patches of `picture` by name, `person` int64 (the number among the people to train on, -1: not among them)."""

    def __init__(self, faces: TurnedFaces, changes: Changes, frontal_share: float, seed: int, first: int, length: int) -> None:
        self.faces, self.changes, self.frontal_share, self.seed, self.first, self.length = faces, changes, frontal_share, seed, first, length

    def __len__(self) -> int:
        return self.length

    def __getitem__(self, k: int) -> dict[str, torch.Tensor]:
        rng, f = np.random.default_rng([self.seed, self.first + k]), self.faces
        if rng.random() < self.frontal_share:
            return f.frontal(f.faces.training[int(rng.integers(len(f.faces.training)))], rng.random() < 0.5, self.changes, rng)
        return f.pair(f.turned.training[int(rng.integers(len(f.turned.training)))], self.changes, rng)

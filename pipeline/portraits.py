"""Endless portraits for methods that redraw a photo: photos with the pictures that are aligned to them, and any photos with any pictures of a style."""

from __future__ import annotations

import numpy as np
import torch
from torch.utils.data import Dataset

from .augment import Placement, recoloured, with_background
from .drawing_parts import person_in
from .pack import MIRROR
from .pack_files import Pack
from .pack_pictures import PicturePack

BACKGROUND_SHARE = 0.5
RECOLOURED_SHARE = 0.8
PLACED_SHARE = 0.7


def chw(x: np.ndarray) -> torch.Tensor:
    return torch.from_numpy(np.ascontiguousarray(x.transpose(2, 0, 1)))


class Portraits(Dataset):
    """Items: `photo` uint8 `[3, S, S]`, `picture` uint8 `[3, S, S]`, `landmarks` float32 `[68, 2]` of the photo, `foreground` uint8 `[1, S, S]` (1: person without clothes).

    aligned: the picture is that of the photo, moved alike; else photos are all that train, and the picture is one of the style's at random. Item k of a run is a
    function of (seed, k) alone.
    """

    def __init__(self, pack: Pack, style: PicturePack, aligned: bool, seed: int, first: int, length: int) -> None:
        self.pack, self.style, self.aligned, self.seed, self.first, self.length = pack, style, aligned, seed, first, length
        number = {name: i for i, name in enumerate(pack.names)}
        self.pairs = [(number[style.of[k]], k) for k in style.training if style.of[k] in number]
        if aligned and not self.pairs:
            raise ValueError(f"None of the pictures in {style.folder} belongs to a face of the pack.")

    def __len__(self) -> int:
        return self.length

    def __getitem__(self, k: int) -> dict[str, torch.Tensor]:
        rng = np.random.default_rng([self.seed, int(self.aligned), self.first + k])
        if self.aligned:
            i, j = self.pairs[int(rng.integers(len(self.pairs)))]
        else:
            i, j = (int(rng.choice(choices)) for choices in (self.pack.training, self.style.training))
        photo, mask, points, picture = self.pack.photos[i], self.pack.masks[i], self.pack.landmarks[i], self.style.pictures[j]
        if rng.random() < 0.5:
            photo, mask, points = photo[:, ::-1], mask[:, ::-1], points[MIRROR] * (-1, 1) + (1, 0)
            picture = picture[:, ::-1] if self.aligned else picture
        if rng.random() < PLACED_SHARE:
            place = Placement(rng)
            photo, mask, points = place.picture(photo), place.picture(mask, nearest=True), place.points(points)
            picture = (place if self.aligned else Placement(rng)).picture(picture)
        if rng.random() < BACKGROUND_SHARE:
            photo = with_background(photo, mask, self.pack.photos, rng)
        if rng.random() < RECOLOURED_SHARE:
            photo = recoloured(photo, rng)
        return {"photo": chw(photo), "picture": chw(picture), "landmarks": torch.from_numpy(points.astype(np.float32)),
                "foreground": torch.from_numpy(person_in(mask))[None]}

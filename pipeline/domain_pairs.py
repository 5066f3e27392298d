"""Photos with pictures of the very same people in another style, which know nothing of each other's pixels: what a translation may start from before it learns without pairs."""

from __future__ import annotations

import numpy as np
import torch
from torch.utils.data import Dataset

from .alignment import AlignedSquare, crop
from .augment import recoloured, with_background
from .domains import WHOLE, Variety, placed_like
from .pack_files import Pack
from .pack_pictures import PicturePack

BACKGROUND = 0


def chw(x: np.ndarray) -> torch.Tensor:
    return torch.from_numpy(np.ascontiguousarray(x.transpose(2, 0, 1)))


class DomainPairs(Dataset):
    """Items: `photo` and `other` uint8 `[3, size, size]`: a person, and their picture at the same place before the mean colour of the photo's background. Endless; item k of
    a run is a function of (seed, k) alone. Pictures have four channels, colours times opacity and opacity (`pack_pictures animePairs`)."""

    def __init__(self, pack: Pack, others: PicturePack, size: int, variety: Variety, seed: tuple[int, ...], first: int, length: int) -> None:
        if others.pictures.shape[-1] != 4:
            raise ValueError(f"{others.folder} holds pictures with their background; pack them with python -m pipeline.pack_pictures animePairs.")
        number = {name: i for i, name in enumerate(pack.names)}
        self.pack, self.others, self.size, self.variety, self.seed, self.first, self.length = pack, others, size, variety, seed, first, length
        self.training, self.kept = ([(number[others.of[k]], k) for k in chosen if others.of[k] in number] for chosen in (others.training, others.validation))
        if not self.training:
            raise ValueError(f"None of the pictures in {others.folder} belongs to a face of the pack.")

    def __len__(self) -> int:
        return self.length

    def __getitem__(self, k: int) -> dict[str, torch.Tensor]:
        rng, v = np.random.default_rng([*self.seed, self.first + k]), self.variety
        i, j = self.training[int(rng.integers(len(self.training)))]
        photo, mask = self.pack.photos[i], self.pack.masks[i]
        if rng.random() < v.background:
            photo = with_background(photo, mask, self.pack.photos, rng)
        if rng.random() < v.light:
            photo = recoloured(photo, rng)
        square = WHOLE.moved(rng.normal(0, 1, 2) * v.shift, float(np.exp(rng.normal() * v.scale)), 0.0)
        return self.placed(photo, i, j, square, bool(rng.random() < 0.5))

    def shown(self, i: int, j: int) -> dict[str, torch.Tensor]:
        """A pair as it is."""
        return self.placed(self.pack.photos[i], i, j, WHOLE, False)

    def placed(self, photo: np.ndarray, i: int, j: int, square: AlignedSquare, mirror: bool) -> dict[str, torch.Tensor]:
        behind = photo[self.pack.masks[i] == BACKGROUND]
        colour = behind.mean(0) if len(behind) else np.full(3, 127.0)
        own = placed_like(self.others.landmarks[j], square.to_square(self.pack.landmarks[i]))
        picture = of_side(self.others.pictures[j], own, self.size).astype(np.float32)
        other = (picture[..., :3] + (1 - picture[..., 3:] / 255) * colour + 0.5).clip(0, 255).astype(np.uint8)
        pair = {"photo": of_side(photo, square, self.size), "other": other}
        return {name: chw(x[:, ::-1] if mirror else x) for name, x in pair.items()}


def of_side(picture: np.ndarray, square: AlignedSquare, size: int) -> np.ndarray:
    """The picture in a square that is given in 0-1."""
    side = picture.shape[0]
    return crop(picture, AlignedSquare(square.centre * side, square.half_x * side), size)

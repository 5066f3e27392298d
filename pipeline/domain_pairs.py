"""Photos with pictures of the very same people in another style, which know nothing of each other's pixels: what a translation may start from before it learns without pairs."""

from __future__ import annotations

import numpy as np
import torch
from PIL import Image
from scipy.ndimage import gaussian_filter
from torch.utils.data import Dataset

from .alignment import AlignedSquare
from .augment import recoloured, with_background
from .domains import WHOLE, Variety, placed_like
from .pack_files import Pack
from .pack_pictures import PicturePack

BACKGROUND = 0
# The photo's surroundings are kept in so many cells a side, blurred by so many.
CELLS, BLUR = 32, 3.0


def chw(x: np.ndarray) -> torch.Tensor:
    return torch.from_numpy(np.ascontiguousarray(x.transpose(2, 0, 1)))


class DomainPairs(Dataset):
    """Items: `photo` and `other` uint8 `[3, size, size]`: a person, and their picture at the same place before the photo's background, blurred. Endless; item k of
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
        behind = of_side(surroundings(photo, self.pack.masks[i]), square, self.size)
        own = placed_like(self.others.landmarks[j], square.to_square(self.pack.landmarks[i]))
        picture = self.others.pictures[j]
        # As two pictures: what has four channels would be multiplied by its opacity a second time.
        colours, opacity = of_side(picture[..., :3], own, self.size, "constant"), of_side(picture[..., 3], own, self.size, "constant")
        other = (colours.astype(np.float32) + (1 - opacity[..., None].astype(np.float32) / 255) * behind + 0.5).clip(0, 255).astype(np.uint8)
        pair = {"photo": of_side(photo, square, self.size), "other": other}
        return {name: chw(x[:, ::-1] if mirror else x) for name, x in pair.items()}


def surroundings(photo: np.ndarray, mask: np.ndarray) -> np.ndarray:
    """The photo's background `[S, S, 3]` uint8, blurred, as it may go on behind the person."""
    size = photo.shape[0]
    side = size // CELLS
    known = (mask == BACKGROUND)[..., None].astype(np.float32)
    if not known.any():
        return np.full_like(photo, 127)
    whole = np.concatenate([photo * known, known], 2)[:side * CELLS, :side * CELLS].reshape(CELLS, side, CELLS, side, 4).mean((1, 3))
    blurred = gaussian_filter(whole, (BLUR, BLUR, 0), mode="nearest") + 1e-3 * whole.mean((0, 1))
    cells = (blurred[..., :3] / blurred[..., 3:] + 0.5).clip(0, 255).astype(np.uint8)
    return np.asarray(Image.fromarray(cells).resize((size, size), Image.BICUBIC))


def of_side(picture: np.ndarray, square: AlignedSquare, size: int, beyond: str = "edge") -> np.ndarray:
    """The picture `[S, S]` or `[S, S, 3]` in a square without a turn that is given in 0-1, smoothed where it becomes smaller; beyond: how it goes on past its edges, as `numpy.pad` calls it."""
    side = picture.shape[0]
    low, high = (square.centre - square.half_x[0]) * side, (square.centre + square.half_x[0]) * side
    px = max(0, int(np.ceil(max(-low.min(), high.max() - side))))
    around = np.pad(picture, [(px, px), (px, px)] + [(0, 0)] * (picture.ndim - 2), mode=beyond)
    box = tuple(float(v) for v in np.clip((*(low + px), *(high + px)), 0, around.shape[0]))
    return np.asarray(Image.fromarray(around).resize((size, size), Image.BICUBIC, box=box))

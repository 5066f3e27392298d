"""Training pairs from a pack: (sketch, photo, look, weight), every sketch drawn anew."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import torch
from torch.utils.data import Dataset

from .looks import FIELDS, field_slices
from .pack import MIRROR, is_validation
from .rasterizer import SKETCH_SIZE_PX
from .sketches import SketchStyle, sketch

# Weight of each mask region in the L1 loss: eyes, brows, nose and mouth are small and are what people look at.
REGION_WEIGHT = np.array([1, 6, 6, 3, 6, 1.5, 1, 1, 4], dtype=np.float32)
LIGHT_SIDE = next(s for s, f in zip(field_slices(), FIELDS) if f["id"] == "lightSide")


class Pack:
    """The arrays that `pipeline.pack` wrote, with the split."""

    def __init__(self, folder: Path) -> None:
        arrays = np.load(folder / "pack.npz")
        self.photos, self.masks = arrays["photos"], arrays["masks"]
        self.landmarks, self.looks = arrays["landmarks"].astype(np.float64), arrays["looks"]
        self.names = [str(n) for n in arrays["names"]]
        self.outlines = json.loads((folder / "outlines.json").read_text())
        self.validation = [i for i, n in enumerate(self.names) if is_validation(n)]
        self.training = [i for i, n in enumerate(self.names) if not is_validation(n)]


def mirrored_outlines(outlines: dict) -> dict:
    return {kind: [[[SKETCH_SIZE_PX - x, y] for x, y in line] for line in lines] for kind, lines in outlines.items()}


class SketchFaceDataset(Dataset):
    """Endless random training pairs; item k of a run is a function of (seed, k) alone, so a run can be resumed exactly.

    Items: sketch `[1, S, S]` uint8, photo `[3, S, S]` uint8, look `[L]` float32, weight `[1, S, S]` float32.
    """

    def __init__(self, pack: Pack, style: SketchStyle, seed: int, first: int, length: int, look_dropout: float, no_look: float) -> None:
        self.pack, self.style, self.seed, self.first, self.length = pack, style, seed, first, length
        self.look_dropout, self.no_look = look_dropout, no_look

    def __len__(self) -> int:
        return self.length

    def __getitem__(self, k: int) -> tuple[torch.Tensor, ...]:
        rng = np.random.default_rng([self.seed, self.first + k])
        p = self.pack
        i = p.training[int(rng.integers(len(p.training)))]
        photo, mask, points, look, outlines = p.photos[i], p.masks[i], p.landmarks[i], p.looks[i].copy(), p.outlines[i]
        if rng.random() < 0.5:
            photo, mask = photo[:, ::-1], mask[:, ::-1]
            points = points[MIRROR] * (-1, 1) + (1, 0)
            outlines = mirrored_outlines(outlines)
            look[LIGHT_SIDE.start] *= -1
        self.drop(look, rng)
        drawn = sketch(points, outlines, photo.shape[0], self.style, rng)
        return (torch.from_numpy(drawn)[None], torch.from_numpy(np.ascontiguousarray(photo.transpose(2, 0, 1))),
                torch.from_numpy(look), torch.from_numpy(REGION_WEIGHT[mask])[None])

    def drop(self, look: np.ndarray, rng: np.random.Generator) -> None:
        """Leave fields open at random, so that a person may too."""
        everything = rng.random() < self.no_look
        for part in field_slices():
            if everything or rng.random() < self.look_dropout:
                look[part] = 0

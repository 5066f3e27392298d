"""Training items from a pack, tensors by name: a sketch with its photo, or an edit; every sketch drawn anew."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import torch
from torch.utils.data import Dataset

from .looks import FIELDS, field_slices
from .pack import MIRROR
from .pack_files import Pack
from .rasterizer import SKETCH_SIZE_PX
from .regions import PARTS, region
from .sketches import PLAIN, SketchStyle, sketch
from .tolerance import random_values
from .warp import Warp

# Weight of each mask region in the L1 loss: eyes, brows, nose and mouth are small and are what people look at.
REGION_WEIGHT = np.array([1, 9, 9, 3, 8, 1.5, 1, 1, 4], dtype=np.float32)
LIGHT_SIDE = next(s for s, f in zip(field_slices(), FIELDS) if f["id"] == "lightSide")


Item = dict[str, torch.Tensor]


def channels_first(photo: np.ndarray) -> torch.Tensor:
    return torch.from_numpy(np.ascontiguousarray(photo.transpose(2, 0, 1)))


def mirrored_outlines(outlines: dict) -> dict:
    return {kind: [np.asarray(line) * (-1, 1) + (SKETCH_SIZE_PX, 0) for line in lines] for kind, lines in outlines.items()}


def warped_outlines(outlines: dict, field: Warp) -> dict:
    return {kind: [field.points(np.asarray(line) / SKETCH_SIZE_PX) * SKETCH_SIZE_PX for line in lines] for kind, lines in outlines.items()}


class SketchFaceDataset(Dataset):
    """Endless random training pairs; item k of a run is a function of (seed, k) alone, so a run can be resumed exactly.

    Items: sketch `[1, S, S]` uint8, photo `[3, S, S]` uint8, look `[L]` float32, weight `[1, S, S]` float32, tolerance `[6]` float32 (the sketch is
    as clumsy as it says; all zero unless `tolerant`).
    """

    def __init__(self, pack: Pack, style: SketchStyle, seed: int, first: int, length: int, look_dropout: float, no_look: float,
                 warp: float = 0.0, tolerant: bool = False) -> None:
        self.warp, self.tolerant = warp, tolerant
        self.pack, self.style, self.seed, self.first, self.length = pack, style, seed, first, length
        self.look_dropout, self.no_look = look_dropout, no_look

    def __len__(self) -> int:
        return self.length

    def __getitem__(self, k: int) -> Item:
        rng = np.random.default_rng([self.seed, self.first + k])
        p = self.pack
        i = p.training[int(rng.integers(len(p.training)))]
        photo, mask, points, look, outlines = p.photos[i], p.masks[i], p.landmarks[i], p.looks[i].copy(), p.outlines[i]
        if rng.random() < 0.5:
            photo, mask = photo[:, ::-1], mask[:, ::-1]
            points = points[MIRROR] * (-1, 1) + (1, 0)
            outlines = mirrored_outlines(outlines)
            look[LIGHT_SIDE.start] *= -1
        if rng.random() < self.warp:
            field = Warp(points, rng)
            photo, mask = field.picture(photo, mask)
            points, outlines = field.points(points), warped_outlines(outlines, field)
        self.drop(look, rng)
        tolerance = random_values(rng) if self.tolerant else np.zeros(6, dtype=np.float32)
        drawn = sketch(points, outlines, photo.shape[0], self.style, rng, tolerance)
        return {"sketch": torch.from_numpy(drawn)[None], "photo": channels_first(photo), "look": torch.from_numpy(look),
                "weight": torch.from_numpy(REGION_WEIGHT[mask])[None], "tolerance": torch.from_numpy(tolerance)}

    def drop(self, look: np.ndarray, rng: np.random.Generator) -> None:
        """Leave fields open at random, so that a person may too."""
        everything = rng.random() < self.no_look
        for part in field_slices():
            if everything or rng.random() < self.look_dropout:
                look[part] = 0


# Nothing here depends on where the landmarks lie, so that two faces draw alike but for the part that differs.
EDIT_STYLE = replace(PLAIN, curve=0.5, hair=0.5, ears=0.3, neck=0.3)


# The parts in the order of `warp.SINGLES` and `warp.PAIRS`, by the landmarks that bound what a warp of each may change.
WARPED_PARTS = [range(48, 68), range(27, 36), range(3, 14), range(36, 48), range(17, 27), range(0, 17)]
INSIDE_WEIGHT = 6.0


class EditDataset(Dataset):
    """Endless random edits of one part, with what they should do to the picture.

    Some take the part's landmarks from another face: what the part should then look like is unknown, but outside its region nothing should change.
    The others (60 %) warp one part of sketch and photo alike: the change is known everywhere, and it is what makes a drawn change appear.
    Items: sketches before, after `[1, S, S]` uint8, look `[L]` float32, weight `[1, S, S]` float32 (0 where the change is unknown), tolerance `[6]` float32,
    photoBefore, photoAfter `[3, S, S]` uint8.
    """

    def __init__(self, pack: Pack, seed: int, first: int, length: int, tolerant: bool = False) -> None:
        self.pack, self.seed, self.first, self.length, self.tolerant = pack, seed, first, length, tolerant

    def __len__(self) -> int:
        return self.length

    def __getitem__(self, k: int) -> Item:
        rng = np.random.default_rng([self.seed, 1, self.first + k])
        p = self.pack
        i = p.training[int(rng.integers(len(p.training)))]
        photo, points, outlines = p.photos[i], p.landmarks[i], p.outlines[i]
        size = photo.shape[0]
        if rng.random() < 0.6:
            photo_after, points_after, outlines_after, weight = self.warped(i, rng)
        else:
            part = list(PARTS)[int(rng.integers(len(PARTS)))]
            photo_after, outlines_after, points_after = photo, outlines, points.copy()
            points_after[list(PARTS[part])] = p.landmarks[p.training[int(rng.integers(len(p.training)))]][list(PARTS[part])]
            weight = (~region(points, points_after, part, size)).astype(np.float32)
        seed = int(rng.integers(2**31))
        before, after = (sketch(q, lines, size, EDIT_STYLE, np.random.default_rng(seed)) for q, lines in ((points, outlines), (points_after, outlines_after)))
        # Lines that are to be followed are exact; where only the rest must stay, any tolerance will do.
        forgiving = self.tolerant and photo_after is photo and rng.random() < 0.5
        tolerance = random_values(rng) if forgiving else np.zeros(6, dtype=np.float32)
        return {"before": torch.from_numpy(before)[None], "after": torch.from_numpy(after)[None], "look": torch.from_numpy(p.looks[i]),
                "weight": torch.from_numpy(weight)[None], "tolerance": torch.from_numpy(tolerance),
                "photoBefore": channels_first(photo), "photoAfter": channels_first(photo_after)}

    def warped(self, i: int, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray, dict, np.ndarray]:
        """Photo, landmarks and outlines of face `i` with one part moved and stretched, and the loss's weight: more on the part itself."""
        p = self.pack
        part = int(rng.integers(len(WARPED_PARTS)))
        field = Warp(p.landmarks[i], rng).of_one_part(part)
        photo, _ = field.picture(p.photos[i], p.masks[i])
        points = field.points(p.landmarks[i])
        bounds = np.concatenate([x[list(WARPED_PARTS[part])] for x in (p.landmarks[i], points)])
        (left, top), (right, bottom) = bounds.min(0) - 0.03, bounds.max(0) + 0.03
        axis = (np.arange(photo.shape[0]) + 0.5) / photo.shape[0]
        inside = ((axis > top) & (axis < bottom))[:, None] & ((axis > left) & (axis < right))[None]
        return photo, points, warped_outlines(p.outlines[i], field), np.where(inside, INSIDE_WEIGHT, 1).astype(np.float32)

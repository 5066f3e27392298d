"""The region that an edit of one part may change: its hull before and after, dilated 12 px at 256; of the jaw, whose hull is the face, a band along its lines."""

from __future__ import annotations

import numpy as np
from scipy import ndimage
from skimage.morphology import convex_hull_image

from .hand import resample

PARTS = {"mouth": range(48, 68), "nose": range(27, 36), "eyes": range(36, 48), "brows": range(17, 27)}
PARTS_AND_JAW = PARTS | {"jaw": range(0, 17)}
DILATION_PX = 12
BAND_PX = 20


def region(before: np.ndarray, after: np.ndarray, part: str, size: int) -> np.ndarray:
    """`[size, size]` bool. Eyes and brows are two hulls."""
    indices = list(PARTS_AND_JAW[part])
    if part == "jaw":
        away = np.ones((size, size), bool)
        for points in (before, after):
            x, y = resample(points[indices] * size, 1.0).astype(int).clip(0, size - 1).T
            away[y, x] = False
        return ndimage.distance_transform_edt(away) <= BAND_PX * size / 256
    groups = [indices[:len(indices) // 2], indices[len(indices) // 2:]] if part in ("eyes", "brows") else [indices]
    mask = np.zeros((size, size), bool)
    for group in groups:
        points = np.concatenate([before[group], after[group]]) * size
        dots = np.zeros((size, size), bool)
        dots[points[:, 1].astype(int).clip(0, size - 1), points[:, 0].astype(int).clip(0, size - 1)] = True
        mask |= convex_hull_image(dots)
    return ndimage.distance_transform_edt(~mask) <= DILATION_PX * size / 256

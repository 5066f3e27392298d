"""What TP-GAN's local pathways look at: patches of a face round its landmarks, and on which side a turned face hides. Twin of src/faces/facePatches.ts."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from .pack import MIRROR

# Of the 68 landmarks those whose middle is a patch's.
CENTRED_ON = {"leftEye": range(36, 42), "rightEye": range(42, 48), "nose": range(27, 36), "mouth": range(48, 68)}
NOSE_TIP, JAW_ENDS = 30, (0, 16)


def hides_left(landmarks: np.ndarray) -> bool:
    """A face that looks to the picture's left hides its side on the picture's left: the tip of its nose lies left of the middle of its outline."""
    return bool(landmarks[NOSE_TIP, 0] < (landmarks[JAW_ENDS[0], 0] + landmarks[JAW_ENDS[1], 0]) / 2)


def patch_corners(landmarks: np.ndarray, sizes: Mapping[str, tuple[int, int]], side: int) -> dict[str, tuple[int, int]]:
    """Left and top of every patch of width and height `sizes` in a picture of `side` pixels: centred on its landmarks (0-1), wholly inside the picture."""
    corners = {}
    for name, (width, height) in sizes.items():
        x, y = landmarks[list(CENTRED_ON[name])].mean(0) * side
        left, top = (int(np.floor(centre - length / 2 + 0.5)) for centre, length in ((x, width), (y, height)))
        corners[name] = min(max(left, 0), side - width), min(max(top, 0), side - height)
    return corners


def cut_patches(picture: np.ndarray, landmarks: np.ndarray, sizes: Mapping[str, tuple[int, int]]) -> dict[str, np.ndarray]:
    """The patches of a picture `[S, S, C]`, each `[height, width, C]`."""
    corners = patch_corners(landmarks, sizes, len(picture))
    return {name: picture[top:top + sizes[name][1], left:left + sizes[name][0]] for name, (left, top) in corners.items()}


def mirrored(picture: np.ndarray, landmarks: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """A picture `[H, W, C]` and its landmarks in 0-1, left for right."""
    return picture[:, ::-1], landmarks[MIRROR] * (-1, 1) + (1, 0)

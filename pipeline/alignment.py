"""The aligned square of a face (Karras et al. 2019, FFHQ; twin of src/faces/alignment.ts) and the crop of a picture to it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import ndimage


@dataclass(frozen=True)
class AlignedSquare:
    """In picture pixels, may be turned: its centre, and half of its x axis (from the centre to the middle of the right side)."""

    centre: np.ndarray
    half_x: np.ndarray

    @property
    def half_y(self) -> np.ndarray:
        return np.array([-self.half_x[1], self.half_x[0]])

    def to_picture(self, points: np.ndarray) -> np.ndarray:
        """Places in the square, 0-1 `[n, 2]` -> picture pixels."""
        a = 2 * np.asarray(points) - 1
        return self.centre + a[..., :1] * self.half_x + a[..., 1:] * self.half_y

    def to_square(self, points: np.ndarray) -> np.ndarray:
        """Picture pixels -> places in the square."""
        offset = np.asarray(points) - self.centre
        return (np.stack([offset @ self.half_x, offset @ self.half_y], -1) / (self.half_x @ self.half_x) + 1) / 2

    def moved(self, shift: np.ndarray, scale: float, turn: float) -> AlignedSquare:
        """shift in sides of the square; turn in radians."""
        rotation = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
        return AlignedSquare(self.centre + 2 * (shift[0] * self.half_x + shift[1] * self.half_y), scale * (rotation @ self.half_x))


def aligned_square(landmarks: np.ndarray) -> AlignedSquare:
    """From the middles of the eyes and the corners of the mouth. landmarks `[68, 2]` in picture pixels."""
    left, right = landmarks[36:42].mean(0), landmarks[42:48].mean(0)
    eyes, mouth = (left + right) / 2, (landmarks[48] + landmarks[54]) / 2
    eye_to_eye, eye_to_mouth = right - left, mouth - eyes
    direction = eye_to_eye + np.array([eye_to_mouth[1], -eye_to_mouth[0]])
    half = max(2 * np.hypot(*eye_to_eye), 1.8 * np.hypot(*eye_to_mouth)) / np.hypot(*direction)
    return AlignedSquare(eyes + 0.1 * eye_to_mouth, direction * half)


# Of the way past a picture's edge on which the edge fades into the edge's median colour, in pixels.
FADE_PX = 5


def continued(picture: np.ndarray, px: int) -> np.ndarray:
    """The picture `[H, W, C]` with `px` more pixels on every side: its edges go on and fade into each edge's median colour, so that what is cut (a nose, hair) ends soon."""
    out = np.pad(picture.astype(np.float32), [(px, px), (px, px), (0, 0)], mode="edge")
    share = np.minimum(1, np.arange(1, px + 1) / FADE_PX).astype(np.float32)[:, None, None]
    for side in range(4):  # right, top, left, bottom, each turned to the end of the rows
        turned = np.rot90(out, side)
        beyond = turned[:, -px:]
        beyond += (np.median(np.rot90(picture, side)[:, -1], 0) - beyond) * share.transpose(1, 0, 2)
    return out


def crop(picture: np.ndarray, square: AlignedSquare, size: int, beyond: str = "nearest") -> np.ndarray:
    """The picture `[H, W, C]` uint8 inside the square as `[size, size, C]` uint8. beyond: how it goes on past its edges, as `scipy.ndimage` calls it, or "faded"."""
    if beyond == "faded":
        px = len(picture) // 2
        return crop(continued(picture, px), AlignedSquare(square.centre + px, square.half_x), size)
    axis = (np.arange(size) + 0.5) / size
    at = square.to_picture(np.stack(np.meshgrid(axis, axis), -1)) - 0.5
    rows, columns = at[..., 1], at[..., 0]
    channels = [ndimage.map_coordinates(picture[..., c].astype(np.float32), [rows, columns], order=1, mode=beyond) for c in range(picture.shape[2])]
    return (np.stack(channels, -1) + 0.5).clip(0, 255).astype(np.uint8)

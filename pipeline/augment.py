"""What makes a few hundred rendered portraits stand for the pictures that people bring: other backgrounds, light, colours, noise; and a little of another place and size.

Pictures `[S, S, 3]` uint8, masks `[S, S]` uint8 in the classes of faces/, landmarks `[68, 2]` in 0-1.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PIL import Image
from scipy.ndimage import gaussian_filter

BACKGROUND = 0
# How far a moved picture may look beyond its border, where the border's pixels go on.
AROUND = 0.2


class Placement:
    """A turn, a size and a shift, the same for all pictures of one face."""

    def __init__(self, rng: np.random.Generator, turn_deg: float = 8, zoom: tuple[float, float] = (1.0, 1.22), shift: float = 0.03) -> None:
        angle, scale = np.deg2rad(rng.uniform(-turn_deg, turn_deg)), np.exp(rng.uniform(*np.log(zoom)))
        # From places of the result to those of the picture, both in 0-1, round the middle.
        self.matrix = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]]) / scale
        self.offset = 0.5 - self.matrix @ (0.5 + rng.uniform(-shift, shift, 2))

    def picture(self, x: np.ndarray, nearest: bool = False) -> np.ndarray:
        size = x.shape[0]
        pad = int(AROUND * size)
        around = np.pad(x, [(pad, pad), (pad, pad)] + [(0, 0)] * (x.ndim - 2), mode="edge")
        (a, b), (d, e) = self.matrix
        # PIL asks for the place of a pixel's corner in pixels.
        c, f = self.offset * size + pad
        moved = Image.fromarray(around).transform((size, size), Image.AFFINE, (a, b, c, d, e, f), Image.NEAREST if nearest else Image.BILINEAR)
        return np.asarray(moved)

    def points(self, x: np.ndarray) -> np.ndarray:
        return (x - self.offset) @ np.linalg.inv(self.matrix).T


def with_background(photo: np.ndarray, mask: np.ndarray, others: Sequence[np.ndarray], rng: np.random.Generator) -> np.ndarray:
    """The person before something else: a colour that changes across the picture, or an enlarged piece of another picture upside down, sharp or blurred."""
    size = photo.shape[0]
    if rng.random() < 0.4:
        corners = rng.uniform(0, 255, (2, 2, 3)) * 0.5 + rng.uniform(0, 128, 3)
        behind = np.asarray(Image.fromarray(corners.astype(np.uint8)).resize((size, size), Image.BILINEAR), dtype=np.float32)
        behind = behind + rng.normal(0, rng.uniform(0, 12), behind.shape)
    else:
        side = int(rng.uniform(0.25, 0.8) * size)
        top, left = rng.integers(0, size - side, 2)
        piece = np.asarray(others[int(rng.integers(len(others)))])[top:top + side, left:left + side][::-1]
        behind = np.asarray(Image.fromarray(piece).resize((size, size), Image.BILINEAR), dtype=np.float32)[:, :, rng.permutation(3)]
        if rng.random() < 0.5:
            behind = gaussian_filter(behind, (rng.uniform(1, 8),) * 2 + (0,))
    person = gaussian_filter((mask != BACKGROUND).astype(np.float32), 0.8)[..., None]
    return (photo * person + behind * (1 - person)).clip(0, 255).astype(np.uint8)


def recoloured(photo: np.ndarray, rng: np.random.Generator, strength: float = 1.0) -> np.ndarray:
    """Another exposure, contrast, saturation and white; light that falls off to one side; blur, noise."""
    x = photo.astype(np.float32) / 255
    x = x ** np.exp(rng.normal(0, 0.14 * strength))
    x = (x - 0.5) * np.exp(rng.normal(0, 0.1 * strength)) + 0.5 + rng.normal(0, 0.05 * strength)
    grey = x.mean(2, keepdims=True)
    x = grey + (x - grey) * np.exp(rng.normal(0, 0.2 * strength))
    x = x * np.exp(rng.normal(0, 0.06 * strength, 3))
    if rng.random() < 0.5 * strength:
        axis = np.linspace(-1, 1, x.shape[0], dtype=np.float32)
        direction = rng.uniform(0, 2 * np.pi)
        slope = axis[:, None] * np.sin(direction) + axis[None] * np.cos(direction)
        x = x * (1 + rng.uniform(0, 0.35) * slope)[..., None]
    if rng.random() < 0.3:
        x = gaussian_filter(x, (rng.uniform(0.3, 1.2),) * 2 + (0,))
    if rng.random() < 0.5:
        x = x + rng.normal(0, rng.uniform(0, 0.04), x.shape).astype(np.float32)
    return (x * 255 + 0.5).clip(0, 255).astype(np.uint8)

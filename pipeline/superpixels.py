"""Superpixels (SLIC: Achanta et al. 2012) and a picture in their colours (Wang and Yu 2020, section 3.1.2). The same as src/models/losses/superpixels.ts.

Not on a gradient's path: the structure loss compares a picture with its own superpixels, which stand still. A pixel chooses among the nine centres round its first cell, so
that a pass is nine comparisons; stray pixels are left where they are, which the colours do not mind.
"""

from __future__ import annotations

import numpy as np

ITERATIONS = 5
# Weight of the distance in the picture, in units of colour a cell.
COMPACTNESS = 10.0
WHITE = np.array([0.95047, 1.0, 1.08883])
TO_XYZ = np.array([[0.412453, 0.35758, 0.180423], [0.212671, 0.71516, 0.072169], [0.019334, 0.119193, 0.950227]])
# Spread of a superpixel's colours (0-255) below which its mean and above which its median is taken.
CALM, WILD = 20.0, 40.0


def lab(rgb: np.ndarray) -> np.ndarray:
    """sRGB `[..., 3]` in 0-1 -> CIELAB under D65."""
    linear = np.where(rgb > 0.04045, ((rgb + 0.055) / 1.055) ** 2.4, rgb / 12.92)
    f = (linear @ TO_XYZ.T) / WHITE
    f = np.where(f > 0.008856, np.cbrt(f), 7.787 * f + 16 / 116)
    x, y, z = np.moveaxis(f, -1, 0)
    return np.stack([116 * y - 16, 500 * (x - y), 200 * (y - z)], -1)


def superpixels(picture: np.ndarray, segments: int = 200) -> np.ndarray:
    """`[H, W, 3]` in [-1, 1] -> the number of each pixel's superpixel `[H, W]`, of about so many in a square grid."""
    height, width = picture.shape[:2]
    across = max(1, round((segments * width / height) ** 0.5))
    down = max(1, round(segments / across))
    rows, columns = (np.arange(height) * down // height)[:, None], (np.arange(width) * across // width)[None]
    cell = rows * across + columns
    unit = COMPACTNESS / (height * width / (down * across)) ** 0.5
    places = np.stack(np.broadcast_arrays(np.arange(height)[:, None] * unit, np.arange(width)[None] * unit), -1)
    features = np.concatenate([lab((picture.astype(np.float64) + 1) / 2), places], 2).reshape(-1, 5)
    labels = cell.ravel().copy()
    centres = means(features, labels, down * across, np.zeros((down * across, 5)))
    shifts = [(a, b) for a in (-1, 0, 1) for b in (-1, 0, 1)]
    neighbours = [(np.clip(rows + a, 0, down - 1) * across + np.clip(columns + b, 0, across - 1)).ravel() for a, b in shifts]
    for _ in range(ITERATIONS):
        best = np.full(len(labels), np.inf)
        for candidate in neighbours:
            distance = ((features - centres[candidate]) ** 2).sum(1)
            nearer = distance < best
            best[nearer], labels[nearer] = distance[nearer], candidate[nearer]
        centres = means(features, labels, down * across, centres)
    return labels.reshape(height, width)


def means(features: np.ndarray, labels: np.ndarray, count: int, before: np.ndarray) -> np.ndarray:
    """Of each superpixel's pixels; an empty one stays where it was."""
    pixels = np.bincount(labels, minlength=count)[:, None]
    sums = np.stack([np.bincount(labels, f, count) for f in features.T], 1)
    return np.where(pixels > 0, sums / np.maximum(pixels, 1), before)


def coloured(picture: np.ndarray, labels: np.ndarray, power: float = 1.2) -> np.ndarray:
    """`[H, W, 3]` in [-1, 1] -> the same with every superpixel in one colour: the mean of a calm one, the median of a wild one, half of each between. power: darkens
    the middle tones, which gives the contrast of cartoons; 1: none."""
    flat, out = picture.reshape(-1, 3).astype(np.float64), np.empty((labels.size, 3))
    order = np.argsort(labels, axis=None, kind="stable")
    for group in np.split(order, np.flatnonzero(np.diff(labels.ravel()[order])) + 1):
        colours = flat[group]
        spread = colours.std() * 127.5
        wild = 0.0 if spread < CALM else 1.0 if spread > WILD else 0.5
        out[group] = (1 - wild) * colours.mean(0) + wild * np.median(colours, 0)
    light = ((out + 1) / 2).clip(0, 1) ** power
    return (light / max(light.max(), 1e-6) * 2 - 1).reshape(picture.shape)

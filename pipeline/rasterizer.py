"""The one rasteriser, ported from src/editor/rasterizer.ts: vector lines in sketch pixels -> the grey bitmap that the generator sees.

`tests/golden/rasterizer.json` holds the two together. Long segments are cut into pieces here, but only to find equal patches for numpy to work on:
what inks a pixel is computed from the whole segment, as there.
"""

from __future__ import annotations

import numpy as np

SKETCH_SIZE_PX = 512
MIN_RADIUS_PX = 0.5
_PIECE_PX = 4.0


def _segments(lines: list[np.ndarray], scale: float) -> np.ndarray:
    """All line segments as `[N, 6]`: ax, ay, ar, bx, by, br in bitmap pixels, radii as in the TypeScript."""
    parts = []
    for line in lines:
        points = np.asarray(line, dtype=np.float64).reshape(-1, 3) * (scale, scale, scale / 2)
        points[:, 2] = np.maximum(MIN_RADIUS_PX, points[:, 2])
        if len(points) == 1:
            points = np.repeat(points, 2, axis=0)
        parts.append(np.concatenate([points[:-1], points[1:]], axis=1))
    return np.concatenate(parts) if parts else np.zeros((0, 6))


def _split(segments: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Pieces of at most `_PIECE_PX` of every segment, and beside each piece its whole segment."""
    length = np.hypot(segments[:, 3] - segments[:, 0], segments[:, 4] - segments[:, 1])
    count = np.maximum(1, np.ceil(length / _PIECE_PX)).astype(int)
    index = np.repeat(np.arange(len(segments)), count)
    first = np.cumsum(count) - count
    step = np.arange(count.sum()) - first[index]
    a, b = segments[index, :3], segments[index, 3:]
    t0 = (step / count[index])[:, None]
    t1 = ((step + 1) / count[index])[:, None]
    return np.concatenate([a + (b - a) * t0, a + (b - a) * t1], axis=1), segments[index]


def rasterize(lines: list[np.ndarray], size_px: int) -> np.ndarray:
    """Lines -> bitmap.

    lines: polylines, each flat or `[n, 3]`: x, y, full width in sketch pixels (0-512); a single point draws a dot.
    Returns `[size_px, size_px]` uint8, 255 paper, 0 full ink.
    """
    ink = np.zeros(size_px * size_px)
    segments = _segments(lines, size_px / SKETCH_SIZE_PX)
    if len(segments):
        _ink(ink, size_px, *_split(segments))
    return np.floor(255 * (1 - ink) + 0.5).astype(np.uint8).reshape(size_px, size_px)


def _ink(ink: np.ndarray, size_px: int, s: np.ndarray, whole: np.ndarray) -> None:
    reach = np.maximum(s[:, 2], s[:, 5]) + 0.5
    patch = int(np.ceil(_PIECE_PX + 2 * reach.max())) + 2
    left = np.floor(np.minimum(s[:, 0], s[:, 3]) - reach)
    top = np.floor(np.minimum(s[:, 1], s[:, 4]) - reach)
    span = np.arange(patch)
    x = (left[:, None] + span)[:, None, :]  # [N, 1, patch]
    y = (top[:, None] + span)[:, :, None]  # [N, patch, 1]
    ax, ay, ar, bx, by, br = (column[:, None, None] for column in whole.T)
    dx, dy = bx - ax, by - ay
    px, py = x + 0.5 - ax, y + 0.5 - ay
    squared = dx * dx + dy * dy
    t = np.clip((px * dx + py * dy) / np.where(squared > 0, squared, 1), 0, 1)
    coverage = ar + t * (br - ar) + 0.5 - np.hypot(px - t * dx, py - t * dy)
    inside = (coverage > 0) & (x >= 0) & (x < size_px) & (y >= 0) & (y < size_px)
    index = (y * size_px + x)[inside].astype(np.int64)
    value = np.minimum(1, coverage[inside])
    order = np.argsort(value, kind="stable")  # ascending: where several pieces ink a pixel, the darkest is written last
    ink[index[order]] = value[order]

"""Pen strokes: lines that swell and taper, drawn on a sheet three times as large as the picture and shrunk, and the flow that they follow in hair."""

from __future__ import annotations

import numpy as np
from PIL import Image, ImageDraw
from scipy.ndimage import gaussian_filter, map_coordinates

# Pixels of the sheet to one of the picture.
SHARP = 3
INK, PAPER = 0, 255


def curve(points: np.ndarray, per_segment: int = 6) -> np.ndarray:
    """A Catmull-Rom spline through points `[N, 2]`."""
    p = np.concatenate([2 * points[:1] - points[1:2], points, 2 * points[-1:] - points[-2:-1]])
    t = np.linspace(0, 1, per_segment, endpoint=False)[:, None]
    a, b, c, d = (p[k:len(p) - 3 + k, None] for k in range(4))
    smooth = b + 0.5 * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)))
    return np.concatenate([smooth.reshape(-1, 2), points[-1:]])


def tapered(n: int, start: float = 0.15, end: float = 0.15, power: float = 0.7) -> np.ndarray:
    """`[n]` factors of a stroke's width: from `start` up to 1 and down to `end`."""
    t = np.linspace(0, 1, n)
    swell = np.sin(np.pi * t) ** power
    return np.maximum(swell, np.where(t < 0.5, start, end))


class Sheet:
    """A white sheet for a picture of `size` pixels. Points are in pixels of the picture."""

    def __init__(self, size: int, rng: np.random.Generator) -> None:
        self.size, self.rng = size, rng
        self.image = Image.new("L", (size * SHARP, size * SHARP), PAPER)
        self.pen = ImageDraw.Draw(self.image)

    def stroke(self, points: np.ndarray, width: float | np.ndarray, ink: int = INK, wobble: float = 0.25) -> None:
        """width: in pixels of the picture, one for all points or one each."""
        if len(points) < 2:
            return
        widths = np.broadcast_to(np.asarray(width, dtype=np.float64), (len(points),))
        if wobble and len(points) > 3:
            points = points + gaussian_filter(self.rng.normal(0, 1, points.shape), (len(points) / 8, 0)) * wobble * len(points) ** 0.5 / 2
        along = np.gradient(points, axis=0)
        normal = np.stack([-along[:, 1], along[:, 0]], 1) / np.maximum(np.hypot(*along.T), 1e-6)[:, None]
        side = normal * widths[:, None] / 2
        outline = np.concatenate([points + side, (points - side)[::-1]]) * SHARP
        self.pen.polygon([tuple(p) for p in outline], fill=ink)

    def area(self, points: np.ndarray, ink: int = INK) -> None:
        self.pen.polygon([tuple(p) for p in points * SHARP], fill=ink)

    def disc(self, centre: np.ndarray, radius: float, ink: int = INK) -> None:
        (x, y), r = centre * SHARP, radius * SHARP
        self.pen.ellipse((x - r, y - r, x + r, y + r), fill=ink)

    def fill(self, mask: np.ndarray, ink: int = INK) -> None:
        """mask: bool `[size, size]`, with its edge smoothed."""
        large = Image.fromarray((mask * 255).astype(np.uint8)).resize(self.image.size, Image.BILINEAR)
        soft = gaussian_filter(np.asarray(large, dtype=np.float32), SHARP) > 127
        self.image.paste(ink, (0, 0), Image.fromarray((soft * 255).astype(np.uint8)))

    def paste(self, other: Sheet, inside: np.ndarray) -> None:
        """Another sheet where `inside`, a polygon `[N, 2]`, is."""
        mask = Image.new("L", self.image.size, 0)
        ImageDraw.Draw(mask).polygon([tuple(p) for p in inside * SHARP], fill=255)
        self.image.paste(other.image, (0, 0), mask)

    def picture(self) -> np.ndarray:
        """`[size, size]` uint8."""
        return np.asarray(self.image.resize((self.size, self.size), Image.BOX))


class Flow:
    """Which way hair runs: across the photo's brightest and darkest changes (a structure tensor), and along strands where some are known."""

    def __init__(self, grey: np.ndarray, inside: np.ndarray, strands: list[np.ndarray]) -> None:
        """grey `[S, S]` in 0-1; inside bool `[S, S]`; strands: polylines in pixels."""
        smooth = gaussian_filter(grey, 1.0)
        dy, dx = np.gradient(smooth)
        # As a doubled angle, so that opposite directions agree; along the edge is across the gradient.
        c, s = (dy * dy - dx * dx) * inside, -2 * dx * dy * inside
        c, s = (gaussian_filter(a, 5.0) for a in (c, s))
        length = np.maximum(np.hypot(c, s), 1e-9)
        c, s = c / length, s / length
        known_c, known_s, known = np.zeros_like(c), np.zeros_like(c), np.zeros_like(c)
        for strand in strands:
            line = curve(strand, 10) if len(strand) > 2 else np.linspace(strand[0], strand[-1], 12)
            way = np.gradient(line, axis=0)
            angle = 2 * np.arctan2(way[:, 1], way[:, 0])
            at = np.clip(line.round().astype(int), 0, len(grey) - 1)
            np.add.at(known_c, (at[:, 1], at[:, 0]), np.cos(angle))
            np.add.at(known_s, (at[:, 1], at[:, 0]), np.sin(angle))
            np.add.at(known, (at[:, 1], at[:, 0]), 1)
        sigma = 6.0
        known_c, known_s, known = (gaussian_filter(a, sigma) * sigma * sigma for a in (known_c, known_s, known))
        share = known / (known + 0.5)
        c, s = c * (1 - share) + share * known_c / np.maximum(known, 1e-6), s * (1 - share) + share * known_s / np.maximum(known, 1e-6)
        angle = np.arctan2(gaussian_filter(s, 3.0), gaussian_filter(c, 3.0)) / 2
        self.x, self.y, self.inside = np.cos(angle), np.sin(angle), inside

    def lines(self, seeds: np.ndarray, steps: int, apart: float, step_px: float = 1.5) -> list[np.ndarray]:
        """Streamlines through seeds `[N, 2]` in their order, each of up to 2 · steps points, kept `apart` pixels from those before."""
        halves = [self._traced(seeds, sign * step_px, steps) for sign in (-1, 1)]
        size, free, kept = len(self.x), np.ones_like(self.inside), []
        reach = int(np.ceil(apart))
        for k in range(len(seeds)):
            path = np.concatenate([halves[0][1:, k][::-1], halves[1][:, k]])
            valid = np.isfinite(path[:, 0])
            middle = steps - 1
            first, last = middle, middle
            cells = np.clip(np.nan_to_num(path).round().astype(int), 0, size - 1)
            open_ = valid & free[cells[:, 1], cells[:, 0]]
            if not open_[middle]:
                continue
            while first > 0 and open_[first - 1]:
                first -= 1
            while last < len(path) - 1 and open_[last + 1]:
                last += 1
            if last - first < 6:
                continue
            kept.append(path[first:last + 1])
            for x, y in cells[first:last + 1]:
                free[max(0, y - reach):y + reach + 1, max(0, x - reach):x + reach + 1] = False
        return kept

    def _traced(self, seeds: np.ndarray, step: float, steps: int) -> np.ndarray:
        """`[steps, N, 2]`, NaN once out of the region."""
        at, way, out = seeds.astype(np.float64), None, [seeds.astype(np.float64)]
        alive = np.ones(len(seeds), bool)
        for _ in range(steps - 1):
            ways = np.stack([map_coordinates(f, (at[:, 1], at[:, 0]), order=0, mode="nearest") for f in (self.x, self.y)], 1)
            if way is not None:
                ways *= np.where((ways * way).sum(1, keepdims=True) < 0, -1, 1)
            way = ways
            at = at + step * ways
            alive &= map_coordinates(self.inside.astype(np.uint8), (at[:, 1], at[:, 0]), order=0, mode="constant") > 0
            out.append(np.where(alive[:, None], at, np.nan))
        return np.stack(out)

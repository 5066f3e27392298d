"""One line as a hand draws it: curves, wobble, gaps, pressure. Lengths in sketch pixels (512)."""

from __future__ import annotations

import numpy as np

from .rasterizer import SKETCH_SIZE_PX


def resample(line: np.ndarray, step: float) -> np.ndarray:
    """A polyline `[n, 2]` with points every `step` pixels, corners included only as nearly as the step allows."""
    lengths = np.hypot(*np.diff(line, axis=0).T)
    along = np.concatenate([[0], np.cumsum(lengths)])
    count = max(2, int(np.ceil(along[-1] / step)) + 1)
    at = np.linspace(0, along[-1], count)
    return np.stack([np.interp(at, along, line[:, k]) for k in range(2)], axis=1)


def catmull_rom(points: np.ndarray, per_span: int = 8) -> np.ndarray:
    """A smooth curve through the points `[n, 2]` (uniform Catmull-Rom)."""
    padded = np.concatenate([[2 * points[0] - points[1]], points, [2 * points[-1] - points[-2]]])
    p0, p1, p2, p3 = (padded[k:len(padded) - 3 + k, None, :] for k in range(4))
    t = np.linspace(0, 1, per_span, endpoint=False)[None, :, None]
    curve = 0.5 * (2 * p1 + (p2 - p0) * t + (2 * p0 - 5 * p1 + 4 * p2 - p3) * t**2 + (3 * p1 - p0 - 3 * p2 + p3) * t**3)
    return np.concatenate([curve.reshape(-1, 2), points[-1:]])


def circle_of(n: int) -> np.ndarray:
    angle = np.linspace(0, 2 * np.pi, n)
    return np.stack([np.cos(angle), np.sin(angle)], axis=1)


def moved(line: np.ndarray, move: tuple[np.ndarray, np.ndarray]) -> np.ndarray:
    centre = SKETCH_SIZE_PX / 2
    return (line - centre) @ move[0] + centre + move[1]


class Hand:
    """What a hand does to one line."""

    def __init__(self, double: float, gap: float, rng: np.random.Generator) -> None:
        """double, gap: how likely a line is drawn twice, or with a gap."""
        self.double, self.gap, self.rng = double, gap, rng

    def chance(self, probability: float) -> bool:
        return bool(self.rng.random() < probability)

    def drawn(self, line: np.ndarray, amplitude: float, broken: bool) -> list[np.ndarray]:
        """With wobble, perhaps twice, perhaps with gaps."""
        out = []
        for _ in range(2 if self.chance(self.double) else 1):
            wobbly = self.wobble(line, amplitude)
            if broken:
                out += self.dashes(wobbly)
            else:
                out += self.gaps(wobbly) if self.chance(self.gap) else [wobbly]
        return out

    def wobble(self, line: np.ndarray, amplitude: float) -> np.ndarray:
        """A hand's slow drift along the line: smooth noise with a knot about every 40 px."""
        if amplitude <= 0:
            return line
        line = resample(line, 6)
        knots = max(2, len(line) * 6 // 40 + 1)
        at = np.linspace(0, knots - 1, len(line))
        noise = self.rng.normal(0, amplitude / 2, (knots, 2))
        return line + np.stack([np.interp(at, np.arange(knots), noise[:, k]) for k in range(2)], axis=1)

    def gaps(self, line: np.ndarray) -> list[np.ndarray]:
        """Shortened at the ends or broken once in the middle."""
        line = resample(line, 4)
        n = len(line)
        if n < 8:
            return [line]
        if self.chance(0.5):
            return [line[int(self.rng.integers(0, n // 5 + 1)):n - int(self.rng.integers(0, n // 5 + 1))]]
        middle, half = int(self.rng.integers(n // 4, 3 * n // 4)), int(self.rng.integers(1, max(2, n // 10)))
        return [piece for piece in (line[:middle - half], line[middle + half:]) if len(piece) > 1]

    def dashes(self, line: np.ndarray) -> list[np.ndarray]:
        """A pen that skips: pieces of 15 to 60 px with gaps of 4 to 12."""
        line, out, at = resample(line, 4), [], 0
        while at < len(line) - 1:
            end = at + int(self.rng.integers(4, 16))
            if len(line[at:end]) > 1:
                out.append(line[at:end])
            at = end + int(self.rng.integers(1, 4))
        return out

    def ink(self, line: np.ndarray, width: float, uses_pressure: bool) -> np.ndarray:
        """`[n, 3]`: the line with its width at every point; pressure fades towards the ends as a pen does."""
        widths = np.full(len(line), width)
        if uses_pressure and len(line) > 2:
            along = np.linspace(0, 1, len(line))
            widths = width * (0.6 + 0.8 * np.sin(np.pi * np.clip(along * 0.9 + 0.05, 0, 1)) * self.rng.uniform(0.6, 1))
        return np.concatenate([line, widths[:, None]], axis=1)

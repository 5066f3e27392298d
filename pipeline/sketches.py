"""Training sketches: landmarks and outlines -> ink lines the way people draw them.

Not 68 clean landmarks: curves or straight joins, wobble, parts a little off, gaps, double lines, missing parts, pupils, outlines of hair,
ears and neck, thick and thin pens, the whole sketch shifted by up to 25 px and turned by up to 7 degrees (thesis, section 4.1) while
the photo stays aligned. Everything is in sketch pixels (512).
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from .rasterizer import SKETCH_SIZE_PX, rasterize
from .tolerance import Clumsiness

# The same split as CONTOUR_LINES in src/faces/parts.ts.
CONTOUR_LINES: list[tuple[str, str, list[int]]] = [
    ("jaw", "jaw", [*range(0, 17)]),
    ("leftBrow", "leftBrow", [*range(17, 22)]),
    ("rightBrow", "rightBrow", [*range(22, 27)]),
    ("nose", "noseBridge", [*range(27, 31)]),
    ("nose", "noseBase", [*range(31, 36)]),
    ("leftEye", "leftUpperLid", [*range(36, 40)]),
    ("leftEye", "leftLowerLid", [39, 40, 41, 36]),
    ("rightEye", "rightUpperLid", [*range(42, 46)]),
    ("rightEye", "rightLowerLid", [45, 46, 47, 42]),
    ("mouth", "upperLipOuter", [*range(48, 55)]),
    ("mouth", "lowerLipOuter", [*range(54, 60), 48]),
    ("mouth", "upperLipInner", [*range(60, 65)]),
    ("mouth", "lowerLipInner", [64, 65, 66, 67, 60]),
]


@dataclass(frozen=True)
class SketchStyle:
    """How rough a sketch may be. Lengths in sketch pixels, the rest probabilities. `PLAIN` draws the bare contour."""

    curve: float = 0.7
    width: tuple[float, float] = (1.4, 3.4)
    pressure: float = 0.5
    wobble_px: float = 3.0
    part_offset_px: float = 3.0
    gap: float = 0.25
    double: float = 0.12
    drop_part: float = 0.05
    drop_inner_lips: float = 0.25
    sparse: float = 0.08
    pupils: float = 0.5
    hair: float = 0.65
    ears: float = 0.5
    neck: float = 0.4
    move: float = 0.5
    shift_px: float = 25.0
    turn_degrees: float = 7.0
    scale: float = 0.04
    keep_plain: float = 0.2
    parts: tuple[str, ...] = field(default=("jaw", "leftBrow", "rightBrow", "nose", "leftEye", "rightEye", "mouth"))


PLAIN = SketchStyle(curve=0, width=(2, 2), pressure=0, wobble_px=0, part_offset_px=0, gap=0, double=0, drop_part=0, drop_inner_lips=0, sparse=0,
                    pupils=0, hair=0, ears=0, neck=0, move=0, scale=0, keep_plain=1)


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


class Sketcher:
    """Draws one face's sketches; every choice comes from the given generator."""

    def __init__(self, style: SketchStyle, rng: np.random.Generator) -> None:
        self.style, self.rng = style, rng

    def chance(self, probability: float) -> bool:
        return bool(self.rng.random() < probability)

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

    def ink(self, line: np.ndarray, width: float, uses_pressure: bool) -> np.ndarray:
        """`[n, 3]`: the line with its width at every point; pressure fades towards the ends as a pen does."""
        widths = np.full(len(line), width)
        if uses_pressure and len(line) > 2:
            along = np.linspace(0, 1, len(line))
            widths = width * (0.6 + 0.8 * np.sin(np.pi * np.clip(along * 0.9 + 0.05, 0, 1)) * self.rng.uniform(0.6, 1))
        return np.concatenate([line, widths[:, None]], axis=1)

    def features(self, points: np.ndarray) -> list[np.ndarray]:
        """The contour's own lines, part by part, in this style. points `[68, 2]` in sketch pixels."""
        s = self.style
        sparse = self.chance(s.sparse)
        offsets = {part: self.rng.normal(0, s.part_offset_px / 2, 2) for part in s.parts}
        dropped = {part for part in s.parts if self.chance(0.5 if sparse else s.drop_part)}
        no_inner = self.chance(s.drop_inner_lips)
        curved = self.chance(s.curve)
        lines = []
        for part, name, indices in CONTOUR_LINES:
            if part in dropped or part not in s.parts or (no_inner and name.endswith("Inner")):
                continue
            line = points[indices] + offsets[part]
            lines.append(catmull_rom(line) if curved else line)
        if self.chance(s.pupils):
            lines += self.pupils(points, offsets, dropped)
        return lines

    def pupils(self, points: np.ndarray, offsets: dict, dropped: set) -> list[np.ndarray]:
        """Irises as circles cut by the lids, or as dots; sometimes both."""
        lines = []
        kind = int(self.rng.integers(0, 3))
        for part, first in (("leftEye", 36), ("rightEye", 42)):
            if part in dropped:
                continue
            eye = points[first:first + 6] + offsets[part]
            width = np.hypot(*(eye[3] - eye[0]))
            centre = (eye[0] + eye[3] + eye[1:3].mean(0) + eye[4:6].mean(0)) / 4 + self.rng.normal(0, 0.02 * width, 2)
            angle = np.linspace(0, 2 * np.pi, 24)
            circle = np.stack([np.cos(angle), np.sin(angle)], axis=1)
            if kind != 1:
                lines.append(centre + circle * width * self.rng.uniform(0.17, 0.24))
            if kind != 0:
                lines += [centre + circle * width * r for r in (0.03, 0.07)]
        return lines

    def lines(self, points: np.ndarray, outlines: dict, tolerance: np.ndarray | None = None) -> list[np.ndarray]:
        """All ink lines `[n, 3]` of one sketch, as clumsy as the tolerance `[6]` says. points `[68, 2]` in sketch pixels, outlines as `pack` wrote them."""
        s = self.style
        plain = self.chance(s.keep_plain)
        lines = self.features(points)
        for kind, probability in (("hair", s.hair), ("ears", s.ears), ("neck", s.neck)):
            if self.chance(probability):
                lines += [np.asarray(line, dtype=np.float64) for line in outlines[kind] if len(line) > 2]
        if tolerance is not None and tolerance.any():
            clumsiness = Clumsiness(tolerance, self.rng)
            lines = [clumsiness.move(resample(line, 6)) for line in lines]
        if not plain:
            lines = self.by_hand(lines)
        if self.chance(s.move):
            lines = [self.moved(line, move) for move in [self.movement()] for line in lines]
        width = self.rng.uniform(*s.width) if not plain else 2.0
        pressure = not plain and self.chance(s.pressure)
        return [self.ink(line, width, pressure) for line in lines]

    def by_hand(self, lines: list[np.ndarray]) -> list[np.ndarray]:
        s = self.style
        amplitude = self.rng.uniform(0, s.wobble_px)
        out = []
        for line in lines:
            for _ in range(2 if self.chance(s.double) else 1):
                drawn = self.wobble(line, amplitude)
                out += self.gaps(drawn) if self.chance(s.gap) else [drawn]
        return out

    def movement(self) -> tuple[np.ndarray, np.ndarray]:
        s = self.style
        angle = np.deg2rad(self.rng.uniform(-s.turn_degrees, s.turn_degrees))
        scale = 1 + self.rng.uniform(-s.scale, s.scale)
        matrix = scale * np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
        return matrix, self.rng.uniform(-s.shift_px, s.shift_px, 2)

    def moved(self, line: np.ndarray, move: tuple[np.ndarray, np.ndarray]) -> np.ndarray:
        centre = SKETCH_SIZE_PX / 2
        return (line - centre) @ move[0] + centre + move[1]


def sketch(points: np.ndarray, outlines: dict, size_px: int, style: SketchStyle, rng: np.random.Generator, tolerance: np.ndarray | None = None) -> np.ndarray:
    """One training sketch `[size_px, size_px]` uint8. points: landmarks `[68, 2]` in 0-1."""
    return rasterize(Sketcher(style, rng).lines(points * SKETCH_SIZE_PX, outlines, tolerance), size_px)

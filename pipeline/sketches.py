"""Training sketches: landmarks and outlines -> ink lines the way people draw them.

Not 68 clean landmarks: curves or straight joins, wobble, parts a little off, gaps, double lines, missing parts, pupils and shaded irises, lids drawn twice,
nostrils, one line between the lips, outlines of hair, ears and neck, strands of hair, hatched beards, thick, thin and broken pens, pencil-like grey, and
lines extracted from the photo itself (xdog.py) for the whole face, its hair or its wrinkles. The whole sketch may be shifted and turned while
the photo stays aligned (thesis, section 4.1). Everything is in sketch pixels (512).

Every line takes its chances from a generator of its own, named by the line: two sketches with one seed, of a face before and after an edit of one part, are drawn
by the same hand and differ in that part alone.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from .hand import Hand, catmull_rom, circle_of, moved, resample
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
    strands: float = 0.35  # of hair and, where there is one, of the beard
    beard: float = 0.75
    nostrils: float = 0.3
    one_lip_line: float = 0.35
    double_lid: float = 0.2
    shaded_iris: float = 0.25
    broken: float = 0.1
    pencil: float = 0.25
    traced: float = 0.12  # all lines are those of the photo, in place of the contour
    traced_hair: float = 0.2
    traced_skin: float = 0.25
    move: float = 0.5
    shift_px: float = 25.0
    turn_degrees: float = 7.0
    scale: float = 0.04
    keep_plain: float = 0.2
    parts: tuple[str, ...] = field(default=("jaw", "leftBrow", "rightBrow", "nose", "leftEye", "rightEye", "mouth"))


PLAIN = SketchStyle(curve=0, width=(2, 2), pressure=0, wobble_px=0, part_offset_px=0, gap=0, double=0, drop_part=0, drop_inner_lips=0, sparse=0,
                    pupils=0, hair=0, ears=0, neck=0, move=0, scale=0, keep_plain=1, strands=0, beard=0, nostrils=0, one_lip_line=0, double_lid=0, shaded_iris=0,
                    broken=0, pencil=0, traced=0, traced_hair=0, traced_skin=0)


# Region classes (the data's README) by what a traced line belongs to.
HAIR, SKIN, FACE = (6,), (5,), (1, 2, 3, 4, 5, 8)


@dataclass(frozen=True)
class Traced:
    """Lines extracted from the photo, `[S, S]` uint8 (255 paper), and the photo's regions `[S, S]`."""

    lines: np.ndarray
    regions: np.ndarray

    def of(self, classes: tuple[int, ...]) -> np.ndarray:
        return np.where(np.isin(self.regions, classes), self.lines, 255).astype(np.uint8)


class Sketcher:
    """Draws one face's sketches. What the hand does as a whole is decided here, once; each line then has its own chances."""

    def __init__(self, style: SketchStyle, rng: np.random.Generator) -> None:
        self.style, s = style, style
        self.seed = int(rng.integers(2**31))
        self.rng = rng
        self.plain = self.chance(s.keep_plain)
        sparse = self.chance(s.sparse)
        self.offsets = {part: rng.normal(0, s.part_offset_px / 2, 2) for part in s.parts}
        self.dropped = {part for part in s.parts if self.chance(0.5 if sparse else s.drop_part)}
        self.no_inner, self.curved = self.chance(s.drop_inner_lips), self.chance(s.curve)
        drawn = {name: self.chance(getattr(s, name)) for name in ("pupils", "hair", "ears", "neck", "strands", "beard", "nostrils", "one_lip_line", "double_lid",
                                                                 "shaded_iris", "broken", "pencil", "traced", "traced_hair", "traced_skin")}
        self.kinds = {name for name, chosen in drawn.items() if chosen}
        self.amplitude = rng.uniform(0, s.wobble_px)
        self.movement = self.random_movement() if self.chance(s.move) else None
        self.width = 2.0 if self.plain else self.random_width()
        self.pressure = not self.plain and self.chance(s.pressure)
        self.most_strands = int(rng.integers(3, 45))
        self.darkness = rng.uniform(0.4, 1) if self.draws("pencil") else 1.0

    def chance(self, probability: float) -> bool:
        return bool(self.rng.random() < probability)

    def draws(self, kind: str) -> bool:
        return kind in self.kinds

    @property
    def draws_hair(self) -> bool:
        return bool(self.kinds & {"hair", "strands", "traced", "traced_hair"})

    @property
    def draws_beard(self) -> bool:
        return bool(self.kinds & {"beard", "traced"})

    def random_width(self) -> float:
        low, high = self.style.width
        return self.rng.uniform(low, high) * (self.rng.uniform(1, 2.2) if self.chance(0.12) else 1)

    def random_movement(self) -> tuple[np.ndarray, np.ndarray]:
        s = self.style
        angle = np.deg2rad(self.rng.uniform(-s.turn_degrees, s.turn_degrees))
        scale = 1 + self.rng.uniform(-s.scale, s.scale)
        matrix = scale * np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
        return matrix, self.rng.uniform(-s.shift_px, s.shift_px, 2)

    def lines(self, points: np.ndarray, outlines: dict, tolerance: np.ndarray | None = None) -> list[np.ndarray]:
        """All ink lines `[n, 3]` of one sketch, as clumsy as the tolerance `[6]` says. points `[68, 2]` in sketch pixels, outlines as `pack` wrote them."""
        lines = [] if self.draws("traced") else [*self.features(points), *self.details(points)]
        for kind in ("hair", "ears", "neck"):
            if self.draws(kind) and not self.draws("traced"):
                lines += [(f"{kind}{i}", np.asarray(line, dtype=np.float64)) for i, line in enumerate(outlines.get(kind, [])) if len(line) > 2]
        lines += self.strands(outlines)
        if tolerance is not None and tolerance.any():
            clumsiness = Clumsiness(tolerance, np.random.default_rng([self.seed, 1]))
            lines = [(name, clumsiness.move(resample(line, 6))) for name, line in lines]
        inked = []
        for name, line in lines:
            hand = Hand(self.style.double, self.style.gap, np.random.default_rng([self.seed, *name.encode()]))
            pieces = [line] if self.plain else hand.drawn(line, self.amplitude, self.draws("broken"))
            for piece in pieces:
                piece = piece if self.movement is None else moved(piece, self.movement)
                thin = 0.6 if name.startswith(("strands", "beard", "shade")) else 1.0
                inked.append(hand.ink(piece, self.width * thin, self.pressure))
        return inked

    def features(self, points: np.ndarray) -> list[tuple[str, np.ndarray]]:
        """The contour's own lines, part by part. points `[68, 2]` in sketch pixels."""
        s = self.style
        lines = []
        # Closed lips are often one line: where they are open, both stay, or nobody could tell.
        closed = np.hypot(*(points[[61, 62, 63]] - points[[67, 66, 65]]).T).max() < 6
        for part, name, indices in CONTOUR_LINES:
            if part in self.dropped or part not in s.parts or (self.no_inner and closed and name.endswith("Inner")):
                continue
            if name == "lowerLipInner" and closed and self.draws("one_lip_line"):
                continue
            line = points[indices] + self.offsets[part]
            lines.append((name, catmull_rom(line) if self.curved else line))
        return lines

    def details(self, points: np.ndarray) -> list[tuple[str, np.ndarray]]:
        lines: list[tuple[str, np.ndarray]] = []
        for part, first in (("leftEye", 36), ("rightEye", 42)):
            if part not in self.dropped and part in self.style.parts:
                lines += self.iris(part, points[first:first + 6] + self.offsets[part])
                if self.draws("double_lid"):
                    lid = points[first:first + 4] + self.offsets[part]
                    lines.append((f"{part}Fold", catmull_rom(lid - (0, 0.16 * np.hypot(*(lid[3] - lid[0]))))))
        if self.draws("nostrils") and "nose" not in self.dropped and "nose" in self.style.parts:
            lines += self.nostrils(points[31:36] + self.offsets["nose"])
        return lines

    def iris(self, part: str, eye: np.ndarray) -> list[tuple[str, np.ndarray]]:
        """Irises as circles cut by the lids, or as dots; sometimes both, sometimes shaded. eye `[6, 2]`."""
        rng = np.random.default_rng([self.seed, 2])  # one for both eyes
        kind, radius, shift = int(rng.integers(0, 3)), rng.uniform(0.17, 0.24), rng.normal(0, 0.02, 2)
        width = np.hypot(*(eye[3] - eye[0]))
        centre = (eye[0] + eye[3] + eye[1:3].mean(0) + eye[4:6].mean(0)) / 4 + shift * width
        top, bottom = eye[1:3, 1].mean(), eye[4:6, 1].mean()
        circle = circle_of(24)
        lines = []

        def within(line: np.ndarray) -> np.ndarray:
            return np.stack([line[:, 0], line[:, 1].clip(top, bottom)], 1)

        if self.draws("pupils"):
            if kind != 1:
                lines.append((f"{part}Iris", within(centre + circle * width * radius)))
            if kind != 0:
                lines += [(f"{part}Pupil{k}", centre + circle * width * r) for k, r in enumerate((0.03, 0.07))]
        if self.draws("shaded_iris"):
            reach = width * radius
            for k, x in enumerate(np.linspace(-0.8, 0.8, 5)):
                half = reach * np.sqrt(1 - x * x)
                lines.append((f"shade{part}{k}", within(centre + np.array([[x * reach, -half], [x * reach, half]]))))
        return lines

    def nostrils(self, base: np.ndarray) -> list[tuple[str, np.ndarray]]:
        """Two short arcs above the nose's base. base `[5, 2]`."""
        width = np.hypot(*(base[4] - base[0]))
        arc = circle_of(24)[12:] * (0.13 * width, 0.07 * width)
        return [(f"nostril{k}", arc + base[i] * 0.7 + base[2] * 0.3 - (0, 0.02 * width)) for k, i in enumerate((1, 3))]

    def strands(self, outlines: dict) -> list[tuple[str, np.ndarray]]:
        """Some strands of hair and beard, as a person might draw them."""
        lines = []
        for kind in ("strands", "beard"):
            given = outlines.get(kind, [])
            if not self.draws(kind) or len(given) == 0:
                continue
            order = np.random.default_rng([self.seed, 3]).permutation(len(given))
            lines += [(f"{kind}{i}", np.asarray(given[i], dtype=np.float64)) for i in order[:self.most_strands] if len(given[i]) > 1]
        return lines

    def picture(self, points: np.ndarray, outlines: dict, size_px: int, tolerance: np.ndarray | None = None, traced: Traced | None = None) -> np.ndarray:
        """The sketch `[size_px, size_px]` uint8. points `[68, 2]` in 0-1."""
        drawn = rasterize(self.lines(points * SKETCH_SIZE_PX, outlines, tolerance), size_px)
        if traced is not None and self.movement is None:
            for kind, classes in (("traced", FACE), ("traced_hair", HAIR), ("traced_skin", SKIN)):
                if self.draws(kind):
                    drawn = np.minimum(drawn, traced.of(classes))
        if self.darkness < 1:
            drawn = (255 - (255 - drawn.astype(np.float32)) * self.darkness).astype(np.uint8)
        return drawn


def sketch(points: np.ndarray, outlines: dict, size_px: int, style: SketchStyle, rng: np.random.Generator, tolerance: np.ndarray | None = None) -> np.ndarray:
    """One training sketch `[size_px, size_px]` uint8. points: landmarks `[68, 2]` in 0-1."""
    return Sketcher(style, rng).picture(points, outlines, size_px, tolerance)

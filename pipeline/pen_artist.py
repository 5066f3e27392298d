"""A portrait as a pen artist would draw it, made of landmarks, mask, strands and photo: what APDrawingGAN's second stage learns from.

Outlines that swell and taper, hair as flowing black with white highlights (or the other way round where it is fair), features in few strokes, wrinkles where the photo
has them, each part a little beside its place.
"""

from __future__ import annotations

import numpy as np
from scipy.ndimage import binary_closing, binary_dilation, binary_erosion, binary_opening, find_objects, gaussian_filter, label
from skimage import measure

from .pen import INK, PAPER, Flow, Sheet, curve, tapered
from .rasterizer import SKETCH_SIZE_PX

SKIN, HAIR, CLOTHES, BROWS = 5, 6, 7, 8
# Hair lighter than this (0-1) is drawn with black lines on white, darker hair with white ones on black.
FAIR = 0.42
LEFT_EYE, RIGHT_EYE = range(36, 42), range(42, 48)


class PenArtist:
    """One portrait: photo `[S, S, 3]` and mask `[S, S]` uint8, landmarks `[68, 2]` in 0-1, outlines in sketch pixels by kind."""

    def __init__(self, photo: np.ndarray, mask: np.ndarray, landmarks: np.ndarray, outlines: dict, traced: np.ndarray, seed: int) -> None:
        self.rng = np.random.default_rng(seed)
        self.size = photo.shape[0]
        # Widths are in pixels of a picture of 256.
        self.unit = self.size / 256
        self.mask, self.traced, self.outlines = mask, traced, outlines
        self.grey = photo.astype(np.float64) @ [0.299, 0.587, 0.114] / 255
        self.points = landmarks * self.size
        self.sheet = Sheet(self.size, self.rng)
        skin = self.grey[mask == SKIN]
        self.skin_tone = float(np.median(skin)) if len(skin) else 0.6
        columns = np.nonzero(mask == SKIN)
        left = columns[1] < self.points[30, 0]
        # Which side lies in the shade: lines there are wider, and some are only drawn there.
        self.shade = -1 if left.any() and not left.all() and self.grey[columns][left].mean() < self.grey[columns][~left].mean() else 1

    def part(self, indices: range | list[int], misplaced: float = 0.6) -> np.ndarray:
        """Landmarks of a part, a little beside their place and not quite of their size."""
        points = self.points[list(indices)]
        middle = points.mean(0)
        return middle + (points - middle) * self.rng.normal(1, 0.02, 2) + self.rng.normal(0, misplaced * self.unit, 2)

    def draw(self) -> np.ndarray:
        """`[S, S]` uint8, 0 ink."""
        self.neck_and_clothes()
        self.hair()
        self.face()
        self.wrinkles()
        self.beard()
        self.nose()
        self.mouth()
        for eye, brow, outer in ((LEFT_EYE, range(17, 22), -1), (RIGHT_EYE, range(22, 27), 1)):
            self.brow(brow, outer)
            self.eye(self.part(eye), outer)
        return self.sheet.picture()

    # -- the whole ---------------------------------------------------------------------------------------------------------------

    def lines(self, kind: str) -> list[np.ndarray]:
        return [np.asarray(line) * (self.size / SKETCH_SIZE_PX) for line in self.outlines.get(kind, [])]

    def neck_and_clothes(self) -> None:
        u, rng = self.unit, self.rng
        for line in self.lines("neck") + self.lines("ears"):
            if len(line) > 3:
                self.sheet.stroke(line, rng.uniform(1.0, 1.5) * u * tapered(len(line)))
        for line in measure.find_contours(gaussian_filter((self.mask == CLOTHES).astype(float), 1.0), 0.5):
            inner = line[(line.min(1) > 2) & (line.max(1) < self.size - 3)][:, ::-1]
            jumps = np.flatnonzero(np.hypot(*np.diff(inner, axis=0).T) > 3) + 1 if len(inner) > 1 else []
            for piece in np.split(inner, jumps):
                if len(piece) > 12:
                    self.sheet.stroke(piece[::2], 1.5 * u * tapered(len(piece[::2])))
        self.hatched(self.mask == SKIN, below=self.points[8, 1] + 2 * u)

    def hatched(self, where: np.ndarray, below: float) -> None:
        """The shadow under the chin, in parallel strokes on its dark side."""
        u, rng = self.unit, self.rng
        chin, jaw = self.points[8], self.points[[4, 12]]
        middle = chin[0] + self.shade * 0.25 * (jaw[1, 0] - jaw[0, 0])
        for k in range(int(rng.integers(7, 13))):
            start = np.array([middle + (k - 5) * 3.2 * u * self.shade + rng.normal(0, 0.5), below + rng.uniform(0, 4) * u])
            line = start + np.linspace(0, 1, 8)[:, None] * np.array([self.shade * 5.0, rng.uniform(9, 18)]) * u
            inside = [0 <= x < self.size and 0 <= y < self.size and where[int(y), int(x)] for x, y in line]
            line = line[:inside.index(False)] if False in inside else line
            self.sheet.stroke(line, 0.8 * u * tapered(len(line), 0.5, 0.05))

    def face(self) -> None:
        u = self.unit
        hair = binary_erosion(self.mask == HAIR, iterations=2)
        jaw = curve(self.part(range(17)), 8)
        inside = np.clip(jaw.round().astype(int), 0, self.size - 1)
        hidden = hair[inside[:, 1], inside[:, 0]] | ((self.mask == BROWS)[inside[:, 1], inside[:, 0]])
        side = np.sign(jaw[:, 0] - self.points[8, 0]) == self.shade
        widths = (1.1 + 0.7 * side) * u * tapered(len(jaw), 0.3, 0.3, 0.4)
        for piece in np.split(np.arange(len(jaw)), np.flatnonzero(np.diff(hidden.astype(int))) + 1):
            if not hidden[piece[0]] and len(piece) > 4:
                self.sheet.stroke(jaw[piece], widths[piece])

    def wrinkles(self) -> None:
        """The photo's own lines on the skin, the longer ones, away from what is drawn by itself."""
        keep = binary_erosion(self.mask == SKIN, iterations=max(1, round(6 * self.unit)))
        for indices in (LEFT_EYE, RIGHT_EYE, range(48, 68), range(17, 22), range(22, 27), range(31, 36)):
            (left, top), (right, bottom) = self.points[list(indices)].min(0), self.points[list(indices)].max(0)
            margin = 5 * self.unit
            keep[max(0, int(top - margin)):int(bottom + margin), max(0, int(left - margin)):int(right + margin)] = False
        keep[int(self.points[57, 1]):] = False  # the chin is drawn by itself
        found, _ = label((gaussian_filter(self.traced * 1.0, 0.7) < 110) & keep, np.ones((3, 3)))
        for k, place in enumerate(find_objects(found), start=1):
            piece = found[place] == k
            length = np.hypot(*piece.shape)
            if length > 11 * self.unit and piece.sum() < 0.35 * length**1.6:  # a line and not a spot
                ink = np.zeros_like(keep)
                ink[place] = piece
                self.sheet.fill(ink)

    # -- hair --------------------------------------------------------------------------------------------------------------------

    def hair(self) -> None:
        """Black, with white lines along its flow, as wide as the photo's hair is bright there; light hair is mostly white that way."""
        region = self.largest(binary_opening(self.mask == HAIR, iterations=max(1, round(self.unit))))
        if region.sum() < 200 * self.unit**2:
            return
        u = self.unit
        flow = Flow(self.grey, region, self.lines("strands"))
        bright = self.brightness(region)
        fair = np.median(self.grey[region]) > FAIR
        if fair:
            self.flowing(flow, region, 1.15 - bright, (0.45, 1.5), apart=1.2)
        else:
            self.sheet.fill(region)
            self.flowing(flow, region, bright, (0.25, 3.0), apart=1.9, ink=PAPER)
        border = region & binary_dilation(~region, iterations=int(7 * u))
        self.flowing(flow, border, np.ones_like(bright), (0.0, 1.2), apart=1.4 if fair else 2.5)

    def flowing(self, flow: Flow, region: np.ndarray, amount: np.ndarray, widths: tuple[float, float], apart: float, ink: int = INK) -> None:
        """Lines along the flow, `amount` of the way between the two widths."""
        u = self.unit
        for path in self.streamlines(flow, region, steps=int(40 * u), apart=apart * u):
            width = np.interp(self.at(amount, path), [0, 1], widths) * tapered(len(path), 0.0, 0.0, 0.5) * self.rng.uniform(0.75, 1.15)
            self.sheet.stroke(path, u * width, ink, wobble=0.1)

    def brightness(self, region: np.ndarray) -> np.ndarray:
        """`[S, S]` in 0-1: of the hair as a whole, compared with white, and of each place, compared with the rest of the hair."""
        smooth = gaussian_filter(self.grey, 2.0 * self.unit)
        low, high = np.percentile(smooth[region], [10, 95])
        relative = (smooth - low) / max(high - low, 0.05)
        whole = np.clip((np.median(self.grey[region]) - 0.1) / 0.45, 0, 1)
        return np.clip(0.75 * whole + 0.55 * np.clip(relative, 0, 1) ** 1.6 - 0.1, 0, 1)

    def beard(self) -> None:
        region = (self.mask == BROWS) & (np.arange(self.size)[:, None] > self.points[33, 1])
        region = self.largest(binary_closing(region, iterations=max(1, round(2 * self.unit))))
        if region.sum() < 120 * self.unit**2:
            return
        u = self.unit
        flow = Flow(self.grey, binary_dilation(region, iterations=2), self.lines("beard"))
        dark = 1 - 0.75 * self.brightness(region)
        for path in self.streamlines(flow, region, steps=int(9 * u), apart=0.9 * u):
            self.sheet.stroke(path, u * (0.4 + 1.5 * self.at(dark, path)) * tapered(len(path), 0.1, 0.0), wobble=0.1)

    def streamlines(self, flow: Flow, region: np.ndarray, steps: int, apart: float) -> list[np.ndarray]:
        rows, columns = np.nonzero(region)
        chosen = self.rng.permutation(len(rows))[:1800]
        return flow.lines(np.stack([columns, rows], 1)[chosen], max(steps, 8), apart)

    def at(self, field: np.ndarray, path: np.ndarray) -> np.ndarray:
        cells = np.clip(path.round().astype(int), 0, self.size - 1)
        return gaussian_filter(field[cells[:, 1], cells[:, 0]], 2)

    def largest(self, region: np.ndarray) -> np.ndarray:
        """Without crumbs."""
        found, count = label(region)
        sizes = np.bincount(found.ravel(), minlength=count + 1)
        return np.isin(found, [k for k in range(1, count + 1) if sizes[k] > 150 * self.unit**2])

    # -- features ----------------------------------------------------------------------------------------------------------------

    def brow(self, indices: range, outer: int) -> None:
        """Short hairs along the brow, upwards near the nose and along it further out."""
        u, rng = self.unit, self.rng
        line = curve(self.part(indices), 8)
        line = line if outer > 0 else line[::-1]  # from the nose outwards
        dark = 0.7 + 0.5 * (self.skin_tone > 0.35)
        for t in np.sort(rng.uniform(0, 0.95, 26)):
            root = line[int(t * (len(line) - 1))] + [rng.normal(0, 0.6) * u, rng.uniform(-1.0, 2.6) * u * (1 - 0.6 * t)]
            lean = np.deg2rad(rng.normal(65 - 75 * t, 8))
            way = np.array([outer * np.cos(lean), -np.sin(lean)]) * rng.uniform(4.5, 7.5) * u
            hair = root + np.linspace(0, 1, 6)[:, None] * way + np.linspace(0, 1, 6)[:, None] ** 2 * [outer * 1.2 * u, 0.8 * u]
            self.sheet.stroke(hair, 1.15 * dark * u * tapered(6, 0.6, 0.1), wobble=0)

    def eye(self, points: np.ndarray, outer: int) -> None:
        """points: the six of an eye, from its left corner round by the top. Lids, a crease, an iris with its light."""
        u, sheet = self.unit, self.sheet
        upper, lower = curve(points[[0, 1, 2, 3]], 8), curve(points[[3, 4, 5, 0]], 8)
        width = np.ptp(points[:, 0])
        centre = points[[1, 2, 4, 5]].mean(0)
        radius = 0.24 * width
        ball = Sheet(self.size, self.rng)
        ball.disc(centre, radius)
        ball.disc(centre, radius - 0.9 * u, 150 if self.rng.random() < 0.5 else 90)
        for angle in np.linspace(0, 2 * np.pi, 14):
            spoke = np.array([np.cos(angle), np.sin(angle)])
            ball.stroke(centre + np.outer([0.5, 1.0], spoke) * radius, 0.5 * u, wobble=0)
        ball.disc(centre, 0.52 * radius)
        ball.disc(centre + [-0.3 * radius, -0.35 * radius], 0.26 * radius, PAPER)
        sheet.area(np.concatenate([upper, lower]), PAPER)
        sheet.paste(ball, np.concatenate([upper, lower]))
        at_outer = upper if outer > 0 else upper[::-1]  # the lid is heaviest towards the temple
        tail = at_outer[-1] + np.outer(np.linspace(0.3, 1, 3), [outer * 2.2 * u, -0.6 * u])
        lid = np.concatenate([at_outer, tail])
        sheet.stroke(lid, 2.3 * u * np.interp(np.linspace(0, 1, len(lid)), [0, 0.3, 0.8, 1], [0.25, 0.8, 1, 0.1]))
        sheet.stroke(lower, 0.8 * u * tapered(len(lower), 0.3, 0.3))
        crease = at_outer + [0, -1] * np.array([1, 1]) * (0.11 * width + 1.6 * u)
        sheet.stroke(crease[2:], 0.9 * u * tapered(len(crease) - 2, 0.0, 0.2))
        sheet.stroke(centre + [[-0.3 * width, 0.36 * width], [0, 0.42 * width], [0.28 * width, 0.37 * width]], 0.5 * u * tapered(3, 0.2, 0.2))

    def nose(self) -> None:
        u, sheet = self.unit, self.sheet
        p = self.part(range(27, 36))
        width = p[8, 0] - p[4, 0]
        for side, wing, nostril in ((-1, p[4], p[5]), (1, p[8], p[7])):
            arc = np.array([[0.10 * side, -0.30], [0.16 * side, -0.12], [0.10 * side, 0.04], [-0.06 * side, 0.08]]) * width + wing
            sheet.stroke(curve(arc), (1.3 if side == self.shade else 0.9) * u * tapered(19, 0.1, 0.3))
            hole = np.array([[0.10 * side, 0.02], [0.0, -0.045], [-0.10 * side, 0.03]]) * width + nostril
            sheet.stroke(curve(hole), 2.2 * u * tapered(13, 0.2, 0.2))
        base = curve(np.stack([p[5], p[6] + [0, 0.6 * u], p[7]]))
        sheet.stroke(base, 0.8 * u * tapered(len(base), 0.1, 0.1))
        bridge = p[:4] + np.outer([0.10, 0.13, 0.17, 0.22], [self.shade * width, 0])
        length = int(self.rng.integers(10, 19))
        line = curve(bridge)
        sheet.stroke(line[:length] if self.rng.random() < 0.5 else line[-length:], 0.9 * u * tapered(length, 0.05, 0.05))

    def mouth(self) -> None:
        u, sheet, rng = self.unit, self.sheet, self.rng
        p = self.part(range(48, 68))
        upper, lower = p[12:17], p[[16, 17, 18, 19, 12]]
        gap = (p[[17, 18, 19], 1] - p[[15, 14, 13], 1]).mean()
        top, bottom = curve(upper, 6), curve(lower, 6)
        if gap > 2.2 * u:
            sheet.area(np.concatenate([top, bottom]))
            teeth = np.concatenate([top, (top + (bottom[::-1] - top) * 0.6)[::-1]])
            inner = teeth.mean(0) + (teeth - teeth.mean(0)) * [0.88, 0.9]
            sheet.area(inner, PAPER)
            for x in np.linspace(0.25, 0.75, 5):
                k = int(x * (len(top) - 1))
                sheet.stroke(np.stack([top[k], top[k] + (bottom[::-1][k] - top[k]) * 0.55]), 0.35 * u, wobble=0)
        seam = curve(np.stack([p[0], *(p[12:17] + p[[12, 19, 18, 17, 16]]) / 2, p[6]]), 6)
        sheet.stroke(top if gap > 2.2 * u else seam, 1.7 * u * np.interp(np.linspace(0, 1, len(top if gap > 2.2 * u else seam)), [0, 0.08, 0.5, 0.92, 1], [0.5, 1, 0.7, 1, 0.5]))
        if gap > 2.2 * u:
            sheet.stroke(bottom, 1.1 * u * tapered(len(bottom), 0.4, 0.4))
        rim = curve(p[:7], 6)
        sheet.stroke(rim, 0.9 * u * tapered(len(rim), 0.1, 0.1))
        low = curve(p[6:12], 6)
        sheet.stroke(low[4:-4], 1.3 * u * tapered(len(low) - 8, 0.0, 0.0))
        for k in range(3, len(rim) - 3, 2):  # the upper lip lies in the shade
            end = rim[k] + (seam[min(k, len(seam) - 1)] - rim[k]) * rng.uniform(0.6, 0.95)
            sheet.stroke(np.stack([rim[k] * 0.8 + end * 0.2, end]), 0.55 * u, wobble=0)
        below = low[len(low) // 2] + [0, 2.6 * u]
        for k in range(-2, 3):
            start = below + [k * 2.4 * u, rng.uniform(-0.3, 0.5) * u + 0.2 * abs(k) * u]
            sheet.stroke(start + np.outer(np.linspace(0, 1, 4), [2.8 * u, 1.2 * u * self.shade]), 0.6 * u * tapered(4, 0.3, 0.1), wobble=0)

"""Pairs of pictures that differ in one part of a face, with their sketches drawn by one hand: what training reads.

Every pair is two ordinary training pictures, and the difference between them is what an edit of one part should do. Three kinds:
- family: two renderings of one person in which one part has another shape or expression (the truth inside the part and outside it);
- warp: a photo, and the same with one part moved and stretched in photo and sketch alike (warp.py);
- invention: a part's landmarks in the shape of another face's, stretched and moved further than faces differ; what the part should look like is unknown, but where its
  landmarks should lie is not (the method's reader sees to it), and outside its region nothing should change.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import torch
from skimage.draw import polygon2mask
from torch.utils.data import Dataset

from .looks import FIELDS, field_slices
from .pack import MIRROR
from .pack_files import Pack
from .rasterizer import SKETCH_SIZE_PX
from .regions import PARTS_AND_JAW, region
from .sketches import Sketcher, SketchStyle, Traced
from .tasks.sketch_to_face import planes
from .tolerance import random_values, tolerance_map
from .warp import Warp

# Weight of each mask region in the L1 loss: eyes, brows, nose and mouth are small and are what people look at.
REGION_WEIGHT = np.array([1, 9, 9, 3, 8, 1.5, 1, 1, 4], dtype=np.float32)
# Between the lips: a few hundred pixels at most, and all that tells teeth from a closed mouth.
INNER_MOUTH_WEIGHT = 24.0
INNER_LIPS = slice(60, 68)
# The parts in the order of `warp.SINGLES` and `warp.PAIRS`, by the landmarks that bound what a warp of each may change.
WARPED_PARTS = [range(48, 68), range(27, 36), range(3, 14), range(36, 48), range(17, 27), range(0, 17)]
EDITED = {"mouth": range(48, 68), "nose": range(27, 36), "eyes": range(36, 48), "brows": range(17, 27), "jaw": range(0, 17)}
# How far beyond its landmarks a part's change is looked for, as a fraction of the picture.
MARGIN = {"mouth": 0.05, "nose": 0.03, "eyes": 0.03, "brows": 0.03, "jaw": 0.03}
# Of an invented part: the largest logarithm of its stretch in x and y; of an opened mouth: the points that go down, and by how much of the opening.
INVENTED_STRETCH = {"mouth": (0.3, 0.35), "nose": (0.3, 0.15), "eyes": (0.2, 0.4), "brows": (0.15, 0.4), "jaw": (0.12, 0.08)}
LOWER_LIP, LOWERED = [55, 56, 57, 58, 59, 65, 66, 67], np.array([0.75, 1, 1, 1, 0.75, 0.9, 1, 0.9])
UPPER_INNER_LIP = [61, 62, 63]
SLICES = {field["id"]: part for field, part in zip(FIELDS, field_slices())}
LIGHT_SIDE = SLICES["lightSide"].start
PART_WEIGHT = {"brows": 0.5, "nose": 1.3, "jaw": 1.2}
# Of the distance of the outer eye corners, between the inner lips.
OPEN_MOUTH = 0.06
# Regions whose mean colours are compared: the mask's, and the irises by themselves, which the look colours.
REGIONS = 10
IRIS = 9
EYES, CLOTHES = (1, 2), 7  # in the mask
# Of what no look knows the colour.
UNTOLD = 255
# Of an eye's width.
IRIS_RADIUS = 0.2
# Lines say what these fields say: where they are drawn, the field stays open in so many pictures.
OPEN_WHERE_DRAWN = 0.65


@dataclass(frozen=True)
class Mixture:
    """Shares of the kinds of pairs, and of pairs that are warped as a whole before anything else."""

    family: float = 0.55
    warp: float = 0.3
    deformed: float = 0.5
    exact: float = 0.6  # sketches without any tolerance


@dataclass
class Face:
    """One picture with all that is drawn from it; arrays are replaced, never written into."""

    photo: np.ndarray
    mask: np.ndarray
    traced: np.ndarray
    points: np.ndarray
    outlines: dict

    def mirrored(self) -> Face:
        points = self.points[MIRROR] * (-1, 1) + (1, 0)
        return Face(self.photo[:, ::-1], self.mask[:, ::-1], self.traced[:, ::-1], points, mirrored_outlines(self.outlines))

    def warped(self, field: Warp) -> Face:
        both, mask = field.picture(np.concatenate([self.photo, self.traced[..., None]], 2), self.mask)
        return Face(both[..., :3], mask, both[..., 3], field.points(self.points), warped_outlines(self.outlines, field))


def other_shape(part: str, own: np.ndarray, donor: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Landmarks `[68, 2]` of a face with one part in the shape of a donor's, stretched, moved a little and, of mouths, opened. Eyes and brows keep their two centres."""
    points, stretch, shift = own.copy(), np.exp(rng.uniform(-1, 1, 2) * INVENTED_STRETCH[part]), rng.normal(0, 0.006, 2)
    indices = list(EDITED[part])
    for group in (indices[:len(indices) // 2], indices[len(indices) // 2:]) if part in ("eyes", "brows") else (indices,):
        centre = own[group].mean(0)
        points[group] = (donor[group] - donor[group].mean(0)) * stretch + centre + shift
    if part == "mouth" and rng.random() < 0.4:
        opening = rng.uniform(0.01, 0.07)
        points[LOWER_LIP, 1] += opening * LOWERED
        points[UPPER_INNER_LIP, 1] -= opening * 0.15
    return points.clip(0.01, 0.99)


def coloured_regions(face: Face) -> np.ndarray:
    """`[S, S]` uint8 below `REGIONS`, or `UNTOLD`."""
    regions, size = np.where(face.mask == CLOTHES, np.uint8(UNTOLD), face.mask), face.mask.shape[0]
    y, x = (np.indices(regions.shape) + 0.5) / size
    for points in (face.points[36:42], face.points[42:48]):
        centre, radius = points[[1, 2, 4, 5]].mean(0), IRIS_RADIUS * np.ptp(points[:, 0])
        regions[np.isin(face.mask, EYES) & (np.hypot(x - centre[0], y - centre[1]) < radius)] = IRIS
    return regions


def opens(points: np.ndarray) -> bool:
    """Whether a mouth stands open, by landmarks `[68, 2]`."""
    lips, eyes = points[[62, 66]], points[[36, 45]]
    return bool(abs(lips[0, 1] - lips[1, 1]) > OPEN_MOUTH * abs(eyes[0, 0] - eyes[1, 0]))


def weight_of_regions(face: Face) -> np.ndarray:
    """`[S, S]` float32."""
    weights = REGION_WEIGHT[face.mask]
    weights[polygon2mask(weights.shape, face.points[INNER_LIPS, ::-1] * len(weights))] = INNER_MOUTH_WEIGHT
    return weights


def mirrored_outlines(outlines: dict) -> dict:
    return {kind: [np.asarray(line) * (-1, 1) + (SKETCH_SIZE_PX, 0) for line in lines] for kind, lines in outlines.items()}


def warped_outlines(outlines: dict, field: Warp) -> dict:
    return {kind: [field.points(np.asarray(line) / SKETCH_SIZE_PX) * SKETCH_SIZE_PX for line in lines] for kind, lines in outlines.items()}


def box(points: np.ndarray, margin: float, size: int) -> np.ndarray:
    """`[size, size]` bool: the rectangle round points in 0-1."""
    (left, top), (right, bottom) = points.min(0) - margin, points.max(0) + margin
    axis = (np.arange(size) + 0.5) / size
    return ((axis > top) & (axis < bottom))[:, None] & ((axis > left) & (axis < right))[None]


class PairDataset(Dataset):
    """Endless random pairs; item k of a run is a function of (seed, k) alone.

    Items: `sketches` `[2, 3, S, S]` float32 (sketch, trusted lines, distance map; before and after), `photos` `[2, 3, S, S]` uint8, `weights` `[2, 1, S, S]` float32 (of the
    pictures' own losses, 0 where a picture is unknown), `inside`, `outside` `[1, S, S]` float32 (where the change is known), `landmarks` `[2, 68, 2]` in 0-1, `regions` `[1, S, S]` uint8 (`coloured_regions` of the first picture), `look` `[L]`, `judged` int64 (0 or 1: the
    picture that the fixed network looks at; the two are nearly alike).
    """

    def __init__(self, pack: Pack, style: SketchStyle, mixture: Mixture, seed: int, first: int, length: int, look_dropout: float, no_look: float) -> None:
        self.pack, self.style, self.mixture, self.seed, self.first, self.length = pack, style, mixture, seed, first, length
        self.look_dropout, self.no_look = look_dropout, no_look
        trains = set(pack.training)
        self.families = [family for family in pack.families if all(i in trains for i, _ in family)]
        # People, not pictures: a family is one of them.
        # Of those, open mouths serve as faces of their own as well: ordinary people keep theirs shut.
        members = {i for family in pack.families for i, _ in family[1:] if not opens(pack.landmarks[i])}
        self.people = [i for i in pack.training if i not in members]
        self.wanted = {i: self.weight_of(i, part) for family in self.families for i, part in family[1:]}

    def __len__(self) -> int:
        return self.length

    def face(self, i: int) -> Face:
        p = self.pack
        return Face(p.photos[i], p.masks[i], p.traced[i], p.landmarks[i], p.outlines[i])

    def __getitem__(self, k: int) -> dict[str, torch.Tensor]:
        rng = np.random.default_rng([self.seed, self.first + k])
        kind, m = rng.random(), self.mixture
        if kind < m.family and self.families:
            i, before, after, parts = self.family(rng)
        else:
            i = self.people[int(rng.integers(len(self.people)))]
            before, after, parts = self.face(i), None, None
        look = self.pack.looks[i].copy()
        if rng.random() < 0.5:
            before, after = before.mirrored(), after and after.mirrored()
            look[LIGHT_SIDE] *= -1
        if rng.random() < m.deformed:
            field = Warp(before.points, rng)
            before, after = before.warped(field), after and after.warped(field)
        size = before.photo.shape[0]
        outside = np.ones((size, size), bool)
        known = outside
        if after is not None:
            inside = np.any([box(f.points[list(EDITED[part])], MARGIN[part], size) for f in (before, after) for part in parts], 0)
        elif kind < m.family + m.warp:
            part = int(rng.integers(len(WARPED_PARTS)))
            after = before.warped(Warp(before.points, rng, 1.3).of_one_part(part))
            inside = box(np.concatenate([f.points[list(WARPED_PARTS[part])] for f in (before, after)]), 0.03, size)
        else:
            after, known = self.invented(before, rng)
            inside = np.zeros_like(outside)
        return self.item(before, after, inside, known & ~inside, known, look, rng)

    def weight_of(self, i: int, part: str) -> float:
        """How often a family's picture is taken: open mouths are few and are all that shows teeth; brows are learnt first."""
        if part == "mouth":
            return 4.0 if opens(self.pack.landmarks[i]) else 1.5
        return PART_WEIGHT.get(part, 1.0)

    def family(self, rng: np.random.Generator) -> tuple[int, Face, Face, list[str]]:
        """Two of a family's faces and the parts in which they differ."""
        family = self.families[int(rng.integers(len(self.families)))]
        person, others = family[0], family[1:]
        if rng.random() < 0.25 and len(others) > 1:
            a, b = (others[int(j)] for j in rng.choice(len(others), 2, replace=False))
        else:
            weights = np.array([self.wanted[i] for i, _ in others])
            a, b = person, others[int(rng.choice(len(others), p=weights / weights.sum()))]
        if rng.random() < 0.5:
            a, b = b, a
        return person[0], self.face(a[0]), self.face(b[0]), sorted({part for part in (a[1], b[1]) if part})

    def invented(self, before: Face, rng: np.random.Generator) -> tuple[Face, np.ndarray]:
        """The face with one part's landmarks in another shape, and where its picture is still known."""
        part = list(PARTS_AND_JAW)[int(rng.integers(len(PARTS_AND_JAW)))]
        donor = self.pack.landmarks[self.pack.training[int(rng.integers(len(self.pack.training)))]]
        points = other_shape(part, before.points, donor, rng)
        return Face(before.photo, before.mask, before.traced, points, before.outlines), ~region(before.points, points, part, before.photo.shape[0])

    def item(self, before: Face, after: Face, inside: np.ndarray, outside: np.ndarray, known: np.ndarray, look: np.ndarray, rng: np.random.Generator) -> dict[str, torch.Tensor]:
        # Without the inner lips nothing would tell an open mouth from full lips, and without a mouth nothing would tell it at all.
        open_lips = opens(before.points) or opens(after.points)
        style = replace(self.style, drop_inner_lips=0, one_lip_line=0, drop_part=0, sparse=0) if open_lips else self.style
        # An invention is drawn whole, from its landmarks: only so can they be asked for.
        hand = Sketcher(style if known.all() else replace(self.style, traced=0, traced_skin=0, drop_part=0, sparse=0, drop_inner_lips=0, one_lip_line=0), rng)
        self.drop(look, rng, hand, before)
        size = before.photo.shape[0]
        # Clumsy lines of an invented part could leave its region, and nothing is known of what they should change there.
        exact = rng.random() < self.mixture.exact or not inside.any()
        tolerance = np.zeros(6, np.float32) if exact else random_values(rng)
        drawn = np.stack([hand.picture(face.points, face.outlines, size, tolerance, Traced(face.traced, face.mask)) for face in (before, after)])
        strength = torch.from_numpy(tolerance_map(tolerance, size))
        sketches = planes(torch.from_numpy(drawn)[:, None].float() / 127.5 - 1, strength, 3)
        photos = np.stack([face.photo.transpose(2, 0, 1) for face in (before, after)])
        weights = np.stack([weight_of_regions(before), weight_of_regions(after) * known])[:, None]
        floats = {"weights": weights, "look": look, "inside": inside[None], "outside": outside[None],
                  "landmarks": np.stack([before.points, after.points])}
        judged = int(known.all() and rng.random() < 0.5)
        whole = {"photos": torch.from_numpy(photos), "judged": torch.tensor(judged), "regions": torch.from_numpy(coloured_regions(before)[None])}
        return {"sketches": sketches} | whole | {name: torch.from_numpy(np.array(array, np.float32)) for name, array in floats.items()}

    def drop(self, look: np.ndarray, rng: np.random.Generator, hand: Sketcher, face: Face) -> None:
        """Leave fields open at random, so that a person may too; those of hair and beard mostly where lines say it."""
        everything = rng.random() < self.no_look
        drawn = {"hairStyle": hand.draws_hair, "beard": hand.draws_beard and bool(face.outlines.get("beard")) or hand.draws("traced")}
        for name, part in SLICES.items():
            if everything or rng.random() < (OPEN_WHERE_DRAWN if drawn.get(name) else self.look_dropout):
                look[part] = 0
        # No lines and an open field mean no beard.
        if look[SLICES["beard"].start] == 1 and rng.random() < 0.5:
            look[SLICES["beard"]] = 0

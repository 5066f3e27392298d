"""What a reader of faces learns from: pictures of every style with exact landmarks, and regions where they are known, made worse in every way that real pictures are.

Photos and families (a pack), toons (aligned to their photo's mask), anime portraits, turned faces, and sketches drawn from landmarks. Places are moved (turn, scale, shift,
mirror, local warps), colours are not to be trusted (gain, gamma, saturation, light from a side, other backgrounds), details neither (blur, noise, JPEG, small sizes, cut-outs).
"""

from __future__ import annotations

import io
from dataclasses import dataclass

import numpy as np
import torch
import torch.nn.functional as F
from PIL import Image
from torch.utils.data import Dataset

from .pack import MIRROR
from .pack_files import Pack
from .pack_pictures import PicturePack
from .sketches import Sketcher, SketchStyle, Traced
from .warp import Warp

# A pixel of which no region is known.
UNKNOWN = 255
BACKGROUND = 0
# Regions that a mirror image exchanges: the person's left and right eye.
MIRRORED_REGIONS = np.array([0, 2, 1, 3, 4, 5, 6, 7, 8, *range(9, 256)], np.uint8)
REGION_STEP = 2


@dataclass(frozen=True)
class Kinds:
    """Shares of the kinds of pictures; what a run has no pack of goes to photos."""

    toon: float = 0.12
    anime: float = 0.16
    turned: float = 0.1
    sketch: float = 0.14


@dataclass
class Example:
    picture: np.ndarray  # [S, S, 3] uint8
    points: np.ndarray  # [68, 2] in 0-1
    mask: np.ndarray | None


class ReaderDataset(Dataset):
    """Item k is a function of (seed, k): `picture` `[3, S, S]` float32 in [-1, 1], `landmarks` `[68, 2]` in 0-1, `regions` `[S / 2, S / 2]` int64 (UNKNOWN where it is not known)."""

    def __init__(self, pack: Pack, packs: dict[str, PicturePack], kinds: Kinds, size: int, seed: int, first: int, length: int) -> None:
        self.pack, self.packs, self.size, self.seed, self.first, self.length = pack, packs, size, seed, first, length
        self.shares = {name: getattr(kinds, name) for name in ("toon", "anime", "turned", "sketch") if name == "sketch" or name in packs}
        self.at = {name: i for i, name in enumerate(pack.names)}
        members = {i for family in pack.families for i, _ in family[1:]}
        self.people = [i for i in pack.training if i not in members]
        self.edited = [i for i in pack.training if i in members]

    def __len__(self) -> int:
        return self.length

    def __getitem__(self, k: int) -> dict[str, torch.Tensor]:
        rng = np.random.default_rng([self.seed, self.first + k])
        return item(augmented(self.example(rng), self.size, rng, self.background(rng)), rng)

    def example(self, rng: np.random.Generator) -> Example:
        draw = rng.random()
        for kind, share in self.shares.items():
            if draw < share:
                return self.sketch(rng) if kind == "sketch" else self.picture(kind, rng)
            draw -= share
        return self.photo(rng)

    def any_face(self, rng: np.random.Generator) -> int:
        among = self.edited if self.edited and rng.random() < 0.5 else self.people
        return among[int(rng.integers(len(among)))]

    def photo(self, rng: np.random.Generator) -> Example:
        i = self.any_face(rng)
        photo, mask, points = self.pack.photos[i], self.pack.masks[i], self.pack.landmarks[i]
        if rng.random() < 0.6:
            field = Warp(points, rng, 1.3)
            photo, mask = field.picture(photo, mask)
            points = field.points(points)
        return Example(photo, points, mask)

    def picture(self, kind: str, rng: np.random.Generator) -> Example:
        pack = self.packs[kind]
        i = pack.training[int(rng.integers(len(pack.training)))]
        mask = self.pack.masks[self.at[pack.of[i]]] if kind == "toon" and pack.of[i] in self.at else None
        return Example(pack.pictures[i], pack.landmarks[i], mask)

    def sketch(self, rng: np.random.Generator) -> Example:
        i = self.any_face(rng)
        p = self.pack
        hand = Sketcher(SketchStyle(move=0, drop_part=0, sparse=0, wobble_px=2, part_offset_px=1), rng)
        drawn = hand.picture(p.landmarks[i], p.outlines[i], p.photos.shape[1], np.zeros(6, np.float32), Traced(p.traced[i], p.masks[i]))
        return Example(np.repeat(drawn[..., None], 3, 2), p.landmarks[i], None)

    def background(self, rng: np.random.Generator) -> np.ndarray:
        """Something else behind a person, the size of a photo: a colour, a gradient, noise or a piece of another picture."""
        size = self.pack.photos.shape[1]
        kind = rng.integers(4)
        if kind == 3:
            other = self.pack.photos[int(rng.integers(len(self.pack.names)))]
            return np.roll(other[::rng.choice((-1, 1))], rng.integers(size, size=2), (0, 1))
        corners = torch.from_numpy(rng.uniform(0, 255, (1, 3, *((1, 1), (2, 2), (24, 24))[kind])).astype(np.float32))
        return F.interpolate(corners, size=(size, size), mode="bilinear", align_corners=bool(kind))[0].permute(1, 2, 0).numpy().astype(np.uint8)


def augmented(example: Example, size: int, rng: np.random.Generator, background: np.ndarray | None) -> Example:
    """The example at `size`, seen from elsewhere and in other light."""
    picture, mask, points = example.picture, example.mask, example.points
    if mask is not None and background is not None and rng.random() < 0.4:
        picture = np.where((mask == BACKGROUND)[..., None], background, picture)
    if rng.random() < 0.5:
        picture, points = picture[:, ::-1], points[MIRROR] * (-1, 1) + (1, 0)
        mask = None if mask is None else MIRRORED_REGIONS[mask[:, ::-1]]
    picture, mask, points = moved(picture, mask, points, size, rng)
    return Example(relit(picture, rng), points, mask)


def moved(picture: np.ndarray, mask: np.ndarray | None, points: np.ndarray, size: int, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray | None, np.ndarray]:
    """Turned by up to 25 degrees (mostly less), scaled by 0.75-1.3, shifted by up to a tenth; what comes in from outside is the border's colour or the picture's mirror image."""
    if picture.shape[0] >= 2 * size:  # a whole fraction first, or the sampling would skip pixels
        step = picture.shape[0] // size
        picture = picture.reshape(size, step, size, step, 3).mean((1, 3)).astype(np.uint8)
    angle = np.radians(np.clip(rng.normal(0, 9), -25, 25))
    scale = np.exp(rng.uniform(np.log(0.75), np.log(1.3)))
    shift = rng.uniform(-0.1, 0.1, 2)
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]]) * scale
    # Points: q = turn (p - 0.5) + 0.5 + shift; the sampling grid goes the other way.
    back = np.linalg.inv(turn)
    theta = torch.from_numpy(np.concatenate([back, (-back @ shift * 2)[:, None]], 1)[None].astype(np.float32))
    grid = F.affine_grid(theta, (1, 1, size, size), align_corners=False)
    border = ("border", "reflection", "zeros")[rng.choice(3, p=(0.4, 0.4, 0.2))]
    source = torch.from_numpy(np.array(picture)).permute(2, 0, 1)[None].float()
    seen = F.grid_sample(source, grid, "bilinear", border, align_corners=False)[0].permute(1, 2, 0).numpy()
    if mask is not None:
        marks = torch.from_numpy(np.array(mask))[None, None].float()
        outside = (grid.abs() > 1).any(-1)[0].numpy()
        regions = F.grid_sample(marks, grid, "nearest", "border", align_corners=False)[0, 0].numpy().astype(np.uint8)
        mask = np.where(outside, UNKNOWN, regions).astype(np.uint8)
    return seen, mask, (points - 0.5) @ turn.T + 0.5 + shift


def relit(x: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """`[S, S, 3]` float 0-255 -> the same, worse."""
    size = x.shape[0]
    x = x / 255.0
    if rng.random() < 0.8:
        x = np.clip(x, 0, 1) ** np.exp(rng.normal(0, 0.35)) * np.exp(rng.normal(0, 0.2)) + rng.normal(0, 0.08)
    if rng.random() < 0.6:
        x = x * np.exp(rng.normal(0, 0.15, 3))
    if rng.random() < 0.5:
        grey = x.mean(2, keepdims=True)
        x = grey + (x - grey) * (0 if rng.random() < 0.4 else rng.uniform(0.2, 1.8))
    if rng.random() < 0.4:  # light from one side
        across = rng.normal(0, 1, 2) @ np.stack(np.meshgrid(*(np.linspace(-1, 1, size),) * 2)).reshape(2, -1)
        x = x * np.exp(0.4 * across.reshape(size, size, 1).clip(-1.5, 1.5))
    if rng.random() < 0.25:  # something before the face
        h, w = (rng.uniform(0.08, 0.35, 2) * size).astype(int)
        top, left = rng.integers(size - h), rng.integers(size - w)
        x = x.copy()
        x[top:top + h, left:left + w] = rng.uniform(0, 1, 3)
    if rng.random() < 0.03:
        x = 1 - x
    y = torch.from_numpy(np.ascontiguousarray(x, np.float32)).permute(2, 0, 1)[None]
    if rng.random() < 0.35:
        small = int(size / np.exp(rng.uniform(np.log(1.3), np.log(3.5))))
        y = F.interpolate(F.interpolate(y, size=small, mode="area"), size=size, mode="bilinear", align_corners=False)
    x = y[0].permute(1, 2, 0).numpy()
    if rng.random() < 0.4:
        x = x + rng.normal(0, np.exp(rng.uniform(np.log(0.01), np.log(0.12))), x.shape)
    out = (np.clip(x, 0, 1) * 255).astype(np.uint8)
    if rng.random() < 0.25:
        data = io.BytesIO()
        Image.fromarray(out).save(data, "JPEG", quality=int(rng.integers(15, 80)))
        out = np.asarray(Image.open(data))
    return out


def item(example: Example, rng: np.random.Generator) -> dict[str, torch.Tensor]:
    size = example.picture.shape[0]
    half = size // REGION_STEP
    regions = np.full((half, half), UNKNOWN, np.int64) if example.mask is None else example.mask[::REGION_STEP, ::REGION_STEP].astype(np.int64)
    return {"picture": torch.from_numpy(np.array(example.picture, np.float32) / 127.5 - 1).permute(2, 0, 1), "landmarks": torch.from_numpy(example.points.astype(np.float32)),
            "regions": torch.from_numpy(regions)}

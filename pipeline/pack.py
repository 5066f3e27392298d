"""Folders in the layout of `faces/` -> one pack that training reads: pictures, masks, landmarks, outlines from the masks, looks.

    python -m pipeline.pack DATA/faces [DATA/more-faces ...] runs/data

Masks and attributes may be missing: what is unknown stays open in the look, and the parts are marked by the landmarks alone. Writes the files of
`pack_files.py`, `looks.json` (the looks as values, for evaluation in Node) and the mean face over the training faces.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image
from skimage import measure
from skimage.draw import polygon2mask

from .looks import encode_look, look_of
from .pack_files import PackWriter
from .rasterizer import SKETCH_SIZE_PX
from .split import is_validation, read_split

OUTLINE_PX = 256

FRAME_PX = 3.0  # outlines nearer to the picture's edge than this (in mask pixels) are the frame, not hair
MIRROR = np.array([*range(16, -1, -1), *range(26, 16, -1), 27, 28, 29, 30, 35, 34, 33, 32, 31, 45, 44, 43, 42, 47, 46, 39, 38, 37, 36, 41, 40,
                   54, 53, 52, 51, 50, 49, 48, 59, 58, 57, 56, 55, 64, 63, 62, 61, 60, 67, 66, 65])


def smooth(line: np.ndarray, sigma: float) -> np.ndarray:
    """Gaussian smoothing along a polyline `[n, 2]`, ends held by reflection about the end points."""
    reach = int(3 * sigma)
    if len(line) < 3 or reach < 1:
        return line
    reach = min(reach, len(line) - 1)
    kernel = np.exp(-0.5 * (np.arange(-reach, reach + 1) / sigma) ** 2)
    kernel /= kernel.sum()
    padded = np.concatenate([2 * line[0] - line[reach:0:-1], line, 2 * line[-1] - line[-2:-reach - 2:-1]])
    return np.stack([np.convolve(padded[:, k], kernel, mode="valid") for k in range(2)], axis=1)


def _runs(line: np.ndarray, keep: np.ndarray, least: int) -> list[np.ndarray]:
    """Maximal runs of kept points, at least `least` points long."""
    out, start = [], None
    for i, k in enumerate([*keep, False]):
        if k and start is None:
            start = i
        elif not k and start is not None:
            if i - start >= least:
                out.append(line[start:i])
            start = None
    return out


def _contours(region: np.ndarray) -> list[np.ndarray]:
    """Boundary lines of a mask as `[n, 2]` x, y, smoothed enough to lose strands and stair-steps; the frame's own edge is dropped."""
    height, width = region.shape
    soft = measure.block_reduce(region.astype(np.float64), (2, 2), np.mean)
    soft = np.pad(soft, 1, mode="edge")
    blurred = soft
    for _ in range(6):  # a small binomial blur: wisps vanish, the mass stays
        blurred = (blurred + np.roll(blurred, 1, 0) + np.roll(blurred, -1, 0) + np.roll(blurred, 1, 1) + np.roll(blurred, -1, 1)) / 5
    lines = []
    for contour in measure.find_contours(blurred, 0.5):
        line = (contour[:, ::-1] - 0.5) * 2
        inside = (line[:, 0] > FRAME_PX) & (line[:, 0] < width - FRAME_PX) & (line[:, 1] > FRAME_PX) & (line[:, 1] < height - FRAME_PX)
        if inside.all() or not inside.any():
            lines += [line] if inside.all() and len(line) > 20 else []
        else:  # start outside so that no run is cut in two
            first = int(np.argmin(inside))
            lines += _runs(np.roll(line, -first, axis=0), np.roll(inside, -first), 12)
    return [smooth(line, 4.0) for line in lines]


def outlines_of(mask: np.ndarray, landmarks: np.ndarray) -> dict[str, list[list[list[float]]]]:
    """Hair, ears and neck lines from a region mask, in sketch pixels. landmarks `[68, 2]` in 0-1."""
    scale = SKETCH_SIZE_PX / mask.shape[0]
    points = landmarks * mask.shape[0]

    def to_sketch(lines: list[np.ndarray]) -> list[list[list[float]]]:
        return [np.round(line[::3] * scale, 1).tolist() for line in lines if len(line) >= 8]

    hair = _contours(mask == 6)
    head = np.isin(mask, (1, 2, 3, 4, 5, 8))
    ears, neck = [], []
    for line in _contours(head):
        x, y = line.T
        outside = (x < points[0:3, 0].min() - 1) | (x > points[14:17, 0].max() + 1)
        beside = (y > points[36:48, 1].min() - 12) & (y < points[33, 1] + 14)
        ears += _runs(line, outside & beside, 10)
        jaw = np.interp(x, points[:17, 0], points[:17, 1])
        neck += _runs(line, (y > np.maximum(jaw, points[5, 1]) + 5) & (y < mask.shape[0] - FRAME_PX), 10)
    return {"hair": to_sketch(hair), "ears": to_sketch(ears), "neck": to_sketch(neck)}


@dataclass(frozen=True)
class Face:
    """One row of a folder's list, and which part of the split it belongs to."""

    folder: Path
    name: str
    row: dict
    validates: bool

    @property
    def photo_file(self) -> Path:
        return self.folder / "photo" / f"{self.name}.jpg"

    @property
    def mask_file(self) -> Path:
        return self.folder / "mask" / f"{self.name}.png"


def read_rows(folder: Path) -> list[dict]:
    """The rows of `faces.jsonl` and `edits.jsonl` (or `faces-*.jsonl`, `edits-*.jsonl`), in their order. A line still being written is left out."""
    files = [file for name in ("faces", "edits") for pattern in (f"{name}.jsonl", f"{name}-*.jsonl") for file in sorted(folder.glob(pattern))]
    if not files:
        raise SystemExit(f"{folder} has no faces.jsonl or edits.jsonl (nor faces-*.jsonl, edits-*.jsonl); it is not a folder of faces.")
    lines = [line for file in files for line in file.read_text(encoding="utf-8").splitlines(keepends=True)]
    return [json.loads(line) for line in lines if line.strip() and line.endswith("\n")]


def read_faces(folders: list[Path]) -> tuple[list[Face], int]:
    """The faces to pack, and how many were left out: by a split file, or because their photo was taken away."""
    faces: list[Face] = []
    left_out = 0
    for folder in folders:
        places = read_split(folder)
        for row in read_rows(folder):
            name = row["name"]
            # A family stays together: its members are one person.
            place = places.get(name) or ("validation" if is_validation(row.get("of", name)) else "train")
            face = Face(folder, name, row, place == "validation")
            if place == "leftOut" or not face.photo_file.exists():
                left_out += 1
            else:
                faces.append(face)
    names = Counter(face.name for face in faces)
    twice = next((name for name, count in names.items() if count > 1), None)
    if twice is not None:
        raise SystemExit(f"The name {twice} stands for two faces; rename one of them.")
    return faces, left_out


def read_photo(file: Path, size: int) -> np.ndarray:
    """`[size, size, 3]` uint8."""
    photo = Image.open(file).convert("RGB")
    if photo.width != photo.height:
        raise SystemExit(f"{file} is not square; make aligned faces with: npm run photos -- FOLDER OUT")
    return np.asarray(photo if photo.width == size else photo.resize((size, size), Image.LANCZOS))


def read_mask(file: Path, size: int) -> np.ndarray:
    """Region classes `[size, size]`; a mask saved as three equal channels is read from its first."""
    mask = Image.open(file)
    mask = mask if mask.width == size else mask.resize((size, size), Image.NEAREST)
    regions = np.asarray(mask)
    return regions if regions.ndim == 2 else np.ascontiguousarray(regions[..., 0])


def with_inner_mouth(mask: np.ndarray, landmarks: np.ndarray) -> np.ndarray:
    """Region classes in which teeth and the dark between the lips are mouth: facesynth's masks call them hair, and they would be outlined as such."""
    within = polygon2mask(mask.shape, landmarks[48:60, ::-1] * mask.shape[0])
    return np.where(within & np.isin(mask, (0, 6, 7)), np.uint8(4), mask)


def landmark_mask(landmarks: np.ndarray, size: int) -> np.ndarray:
    """Region classes from landmarks `[68, 2]` in 0-1 alone: skin between jaw and brows, and the parts."""
    mask = np.zeros((size, size), np.uint8)

    def mark(region: int, indices: list[int]) -> None:
        mask[polygon2mask((size, size), landmarks[indices][:, ::-1] * size)] = region

    mark(5, [*range(17), *range(26, 16, -1)])
    for region, indices in ((3, [27, *range(31, 36)]), (4, [*range(48, 60)]), (2, [*range(36, 42)]), (1, [*range(42, 48)])):
        mark(region, indices)
    return mask


def strand_lines(row: dict, person: dict, mask: np.ndarray, landmarks: np.ndarray) -> dict[str, list[np.ndarray]]:
    """Strands of hair and beard in sketch pixels: as annotated, a family's hair being that of the person; a beard without strands is hatched."""
    given = {"strands": person.get("strands", {}).get("hair", []), "beard": row.get("strands", {}).get("beard", [])}
    lines = {kind: [np.asarray(flat, dtype=np.float64).reshape(-1, 2) * SKETCH_SIZE_PX for flat in flats] for kind, flats in given.items()}
    if "strands" not in person and person.get("attributes", {}).get("beard", "none") in HATCHED:
        lines["beard"] = hatching(mask, landmarks)
    return lines


# Stubble and short beards are colour rather than strands.
HATCHED = ("short", "goatee", "full")


def hatching(mask: np.ndarray, landmarks: np.ndarray) -> list[np.ndarray]:
    """Short strokes, mostly downwards, within what the mask knows as beard: below the nose and beside the mouth."""
    rng = np.random.default_rng(int(landmarks.sum() * 1e6) % 2**31)
    size = mask.shape[0]
    rows, columns = np.nonzero((mask == 8) & (np.arange(size)[:, None] > landmarks[33, 1] * size + 2))
    if len(rows) < 40:
        return []
    at = np.stack([columns, rows], 1)[rng.permutation(len(rows))[:30]] * (SKETCH_SIZE_PX / size)
    outward = np.clip((at[:, :1] - landmarks[8, 0] * SKETCH_SIZE_PX) / 200, -0.6, 0.6)
    step = np.concatenate([outward, np.ones_like(outward)], 1) * rng.uniform(8, 24, (len(at), 1)) + rng.normal(0, 2, at.shape)
    return [np.stack([start, start + way]) for start, way in zip(at, step)]


def families_of(faces: list[Face]) -> list[list[tuple[int, str]]]:
    """Each family as (face, part that differs): the person's own face first, with no part."""
    families: dict[tuple[Path, str], list[tuple[int, str]]] = {}
    for i, face in enumerate(faces):
        families.setdefault((face.folder, face.row.get("of", face.name)), []).append((i, face.row.get("part", "")))
    return [sorted(members, key=lambda member: member[1] != "") for members in families.values() if len(members) > 1 and any(part == "" for _, part in members)]


def pack(folders: list[Path], out: Path, size: int = 256) -> str:
    """Writes the pack. Returns what it holds, in words."""
    faces, left_out = read_faces(folders)
    training = [np.asarray(face.row["landmarks68"], dtype=np.float32) for face in faces if not face.validates]
    if not 0 < len(training) < len(faces):
        raise SystemExit(f"{len(training)} faces to train on, {len(faces) - len(training)} to validate with: both need at least one (split.json decides).")
    writer = PackWriter(out, len(faces), size)
    looks = []
    people = {(face.folder, face.name): face for face in faces}
    known: dict[tuple[Path, str], dict] = {}  # the look of a family is that of the person: colours do not change with a smile
    for face in faces:
        key = (face.folder, face.row.get("of", face.name))
        person = people[key].row if key in people else face.row
        photo, points = read_photo(face.photo_file, size), np.asarray(face.row["landmarks68"], dtype=np.float32)
        has_mask = face.mask_file.exists()
        mask = with_inner_mouth(read_mask(face.mask_file, size), points) if has_mask else landmark_mask(points, size)
        look = known[key] if key in known else look_of(person.get("attributes", {}), photo, mask, points)
        known[key] = look
        if not has_mask:
            look |= {"hairColour": None, "background": None}
        # Outlines are made at one size, because their smoothing is in pixels.
        outlined = with_inner_mouth(read_mask(face.mask_file, OUTLINE_PX), points) if has_mask and size != OUTLINE_PX else mask
        lines = outlines_of(outlined, points) if has_mask else {}
        lines |= strand_lines(face.row, person, mask, points)
        writer.add(face.name, photo, mask, points, encode_look(look), lines)
        looks.append({"name": face.name, "look": look})
    writer.finish([face.name for face in faces if face.validates], families_of(faces))
    (out / "looks.json").write_text(json.dumps(looks))
    (out / "meanFace.json").write_text(json.dumps(np.round(symmetric_mean(np.stack(training)), 5).tolist()) + "\n")
    return f"{len(training)} faces to train on, {len(faces) - len(training)} to validate with" + (f", {left_out} left out" if left_out else "")


def symmetric_mean(landmarks: np.ndarray) -> np.ndarray:
    """The mean of faces `[N, 68, 2]` and their mirror images."""
    mean = landmarks.mean(axis=0)
    return (mean + mean[MIRROR] * (-1, 1) + (1, 0)) / 2


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", type=Path, nargs="+", metavar="FOLDER", help="folders in the layout of faces/")
    parser.add_argument("out", type=Path, metavar="OUT", help="folder of the pack")
    parser.add_argument("--size", type=int, default=256, help="pixels of a side of the pictures, a power of two (default: 256)")
    arguments = parser.parse_args()
    print(f"{arguments.out}: {pack(arguments.folders, arguments.out, arguments.size)}")


if __name__ == "__main__":
    main()

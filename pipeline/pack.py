"""Folders in the layout of `faces/` -> one pack that training reads: pictures, masks, landmarks, outlines from the masks, looks.

    python -m pipeline.pack DATA/faces [DATA/more-faces ...] runs/data

Writes `pack.npz` (photos `[N, 256, 256, 3]` uint8, masks, landmarks `[N, 68, 2]` in 0-1, looks `[N, L]`, names), `outlines.json` (hair, ears and neck
as polylines in sketch pixels), `looks.json` (the looks as values, for evaluation in Node) and the mean face over the training names.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
from PIL import Image
from skimage import measure

from .looks import encode_look, look_of
from .rasterizer import SKETCH_SIZE_PX

FRAME_PX = 3.0  # outlines nearer to the picture's edge than this (in mask pixels) are the frame, not hair
MIRROR = np.array([*range(16, -1, -1), *range(26, 16, -1), 27, 28, 29, 30, 35, 34, 33, 32, 31, 45, 44, 43, 42, 47, 46, 39, 38, 37, 36, 41, 40,
                   54, 53, 52, 51, 50, 49, 48, 59, 58, 57, 56, 55, 64, 63, 62, 61, 60, 67, 66, 65])


def is_validation(name: str) -> bool:
    """The data's own split: every twentieth name is kept for validation."""
    return int(name) % 20 == 0


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


def read_rows(source: Path) -> list[tuple[Path, dict]]:
    """The faces of one folder, in the order of its `faces.jsonl` or `faces-*.jsonl`: (folder, row). A line still being written is left out."""
    files = sorted(source.glob("faces.jsonl")) + sorted(source.glob("faces-*.jsonl"))
    if not files:
        raise SystemExit(f"{source} has no faces.jsonl (nor faces-*.jsonl); it is not a folder of faces.")
    lines = [line for file in files for line in file.read_text().splitlines(keepends=True) if line.strip() and line.endswith("\n")]
    return [(source, json.loads(line)) for line in lines]


def read_mask(file: Path) -> np.ndarray:
    """Region classes `[H, W]`; a mask saved as three equal channels is read from its first."""
    mask = np.asarray(Image.open(file))
    return mask if mask.ndim == 2 else np.ascontiguousarray(mask[..., 0])


def pack(sources: list[Path], out: Path) -> None:
    out.mkdir(parents=True, exist_ok=True)
    rows = [row for source in sources for row in read_rows(source)]
    names = [row["name"] for _, row in rows]
    if len(set(names)) < len(names):
        raise SystemExit(f"The name {next(n for n in names if names.count(n) > 1)} stands for two faces; rename one of them.")
    photos, masks, landmarks, outlines, looks = [], [], [], [], []
    for source, row in rows:
        photo = np.asarray(Image.open(source / "photo" / f"{row['name']}.jpg").convert("RGB"))
        mask = read_mask(source / "mask" / f"{row['name']}.png")
        points = np.asarray(row["landmarks68"], dtype=np.float32)
        photos.append(photo)
        masks.append(mask)
        landmarks.append(points)
        outlines.append(outlines_of(mask, points))
        looks.append(look_of(row["attributes"], photo, mask, points))
    np.savez(out / "pack.npz", photos=np.stack(photos), masks=np.stack(masks), landmarks=np.stack(landmarks),
             looks=np.stack([encode_look(look) for look in looks]), names=np.asarray(names))
    (out / "outlines.json").write_text(json.dumps(outlines))
    (out / "looks.json").write_text(json.dumps([{"name": n, "look": l} for n, l in zip(names, looks)]))
    training = np.stack([p for n, p in zip(names, landmarks) if not is_validation(n)])
    mean = training.mean(axis=0)
    mirrored = mean[MIRROR] * (-1, 1) + (1, 0)
    (out / "meanFace.json").write_text(json.dumps(np.round((mean + mirrored) / 2, 5).tolist()) + "\n")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sources", type=Path, nargs="+")
    parser.add_argument("out", type=Path)
    arguments = parser.parse_args()
    pack(arguments.sources, arguments.out)

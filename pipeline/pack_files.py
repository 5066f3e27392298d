"""The files of a pack: arrays that training maps into memory, so that a data set may be larger than the memory and workers share what is read.

`photos.npy` `[N, S, S, 3]` and `masks.npy` `[N, S, S]` uint8, `landmarks.npy` `[N, 68, 2]` in 0-1, `looks.npy` `[N, L]`; the outlines as points
(`outlines.npy` `[P, 2]` in sketch pixels) and lines (`lines.npy` `[L, 3]`: face, kind, end in the points); `traced.npy` `[N, S, S]`: the lines of the photo (xdog.py);
`pack.json`: names, split and families (faces of one person that differ in one part each), written last.
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from .split import is_validation
from .xdog import lines_of

KINDS = ("hair", "ears", "neck", "strands", "beard")
Polylines = dict[str, list[np.ndarray]]


class Outlines(Sequence[Polylines]):
    """Hair, ears and neck of face i as polylines `[n, 2]` in sketch pixels, read when asked for."""

    def __init__(self, points: np.ndarray, lines: np.ndarray, faces: int) -> None:
        self.points, self.lines = points, lines
        self.first = np.searchsorted(lines[:, 0], np.arange(faces + 1))  # lines are in the order of their faces

    def __len__(self) -> int:
        return len(self.first) - 1

    def __getitem__(self, i: int) -> Polylines:
        out: Polylines = {kind: [] for kind in KINDS}
        for k in range(self.first[i], self.first[i + 1]):
            begin = self.lines[k - 1, 2] if k else 0
            # To the tenth of a pixel that they were stored with.
            out[KINDS[self.lines[k, 1]]].append(np.round(np.asarray(self.points[begin:self.lines[k, 2]], dtype=np.float64), 1))
        return out


class Pack:
    """The arrays that `pipeline.pack` wrote, with the split; pictures at the pack's own size or a whole fraction of it."""

    def __init__(self, folder: Path, size: int | None = None) -> None:
        self.source = (folder, size)
        self.outlines: Sequence[Polylines] | list[dict]
        self._map_files(folder)
        if size and size != self.photos.shape[1]:
            step = self.photos.shape[1] // size
            self.photos, self.masks = shrunk(self.photos, step), self.masks[:, step // 2::step, step // 2::step]
            self.traced = shrunk(self.traced[..., None], step)[..., 0]

    def __reduce__(self) -> tuple:
        """A data worker that is started afresh maps the files again instead of being sent them."""
        return Pack, self.source

    def _map_files(self, folder: Path) -> None:
        if not (folder / "pack.json").exists():
            raise FileNotFoundError(f"{folder} is no finished pack; make it with python -m pipeline.pack.")
        about = json.loads((folder / "pack.json").read_text())
        if about["version"] != 2:
            raise ValueError(f"{folder} is a pack of an older version; make it anew with python -m pipeline.pack.")
        self.names: list[str] = about["names"]
        arrays = {name: np.load(folder / f"{name}.npy", mmap_mode="r") for name in ("photos", "masks", "landmarks", "looks", "outlines", "lines", "traced")}
        self.photos, self.masks, self.looks, self.traced = arrays["photos"], arrays["masks"], np.array(arrays["looks"]), arrays["traced"]
        # Each family: the person's own face first, then (face, part that differs).
        self.families: list[list[tuple[int, str]]] = [[(i, part) for i, part in family] for family in about.get("families", [])]
        self.landmarks = arrays["landmarks"].astype(np.float64)
        self.outlines = Outlines(arrays["outlines"], np.array(arrays["lines"]), len(self.names))
        self._split(set(about["validation"]))

    def _split(self, validation: set[str]) -> None:
        self.validation = [i for i, n in enumerate(self.names) if n in validation]
        self.training = [i for i, n in enumerate(self.names) if n not in validation]


def shrunk(photos: np.ndarray, step: int) -> np.ndarray:
    """`[N, S, S, C]` uint8 -> `[N, S / step, S / step, C]`, each pixel the mean of its block."""
    n, size, channels = photos.shape[0], photos.shape[1] // step, photos.shape[3]
    return np.stack([photo.reshape(size, step, size, step, channels).mean((1, 3)).round().astype(np.uint8) for photo in photos]) if n else photos


class PackWriter:
    """Writes a pack of a known number of faces, one face after another; pictures go to the disk at once.

    Files take their names at the end: a run that has an older pack of this folder mapped keeps what it maps.
    """

    def __init__(self, folder: Path, faces: int, size: int) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self.photos = np.lib.format.open_memmap(folder / "photos.npy.new", "w+", np.uint8, (faces, size, size, 3))
        self.masks = np.lib.format.open_memmap(folder / "masks.npy.new", "w+", np.uint8, (faces, size, size))
        self.traced = np.lib.format.open_memmap(folder / "traced.npy.new", "w+", np.uint8, (faces, size, size))
        self.names: list[str] = []
        self.landmarks: list[np.ndarray] = []
        self.looks: list[np.ndarray] = []
        self.points: list[np.ndarray] = []
        self.lines: list[tuple[int, int, int]] = []
        self.end = 0

    def add(self, name: str, photo: np.ndarray, mask: np.ndarray, landmarks: np.ndarray, look: np.ndarray, outlines: dict) -> None:
        """outlines: polylines by kind, in sketch pixels."""
        face = len(self.names)
        self.photos[face], self.masks[face], self.traced[face] = photo, mask, lines_of(photo, mask)
        for kind, lines in outlines.items():
            for line in lines:
                self.points.append(np.asarray(line, dtype=np.float32).reshape(-1, 2))
                self.end += len(line)
                self.lines.append((face, KINDS.index(kind), self.end))
        self.names.append(name)
        self.landmarks.append(np.asarray(landmarks, dtype=np.float32))
        self.looks.append(np.asarray(look, dtype=np.float32))

    def finish(self, validation: list[str], families: list[list[tuple[int, str]]]) -> None:
        for pictures in (self.photos, self.masks, self.traced):
            pictures.flush()
        arrays = {
            "landmarks": np.stack(self.landmarks),
            "looks": np.stack(self.looks),
            "outlines": np.concatenate([np.zeros((0, 2), np.float32), *self.points]),
            "lines": np.asarray(self.lines, dtype=np.int64).reshape(-1, 3),
        }
        for name, array in arrays.items():
            with (self.folder / f"{name}.npy.new").open("wb") as file:
                np.save(file, array)
        for stale in ("pack.json", "pack.npz", "outlines.json"):
            (self.folder / stale).unlink(missing_ok=True)
        for name in ("photos", "masks", "traced", *arrays):
            os.replace(self.folder / f"{name}.npy.new", self.folder / f"{name}.npy")
        (self.folder / "pack.json").write_text(json.dumps({"version": 2, "names": self.names, "validation": validation, "families": families}) + "\n")

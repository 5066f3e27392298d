"""Aligned pictures of one kind -> one pack: python -m pipeline.pack_pictures KIND FOLDER OUT.

KIND: `toon` and `turned` read a folder of faces (faces.jsonl; toon/NAME.jpg in place of the photo, turned/NAME_l.jpg with landmarks of its own), `anime` a folder
with anime.jsonl and picture/NAME.jpg, `animePairs` one whose pictures are NAME.png with opacity and show the people of a pack of those names. The pack: `pictures.npy`
`[N, S, S, 3]` uint8 (with opacity: 4, colours times it), `landmarks.npy` `[N, 68, 2]` in 0-1, `yaw.npy` `[N]` in degrees, negative to the
picture's left; `pictures.json`: kind, names, of (the person's name, by which the split goes) and validation, written last.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import ArrayLike
from PIL import Image

from .pack import read_rows
from .split import is_validation


@dataclass(frozen=True)
class Entry:
    file: Path
    of: str
    landmarks: list
    yaw: float = 0.0


def toons(folder: Path) -> Iterator[Entry]:
    for row in read_rows(folder):
        if row.get("toon"):
            yield Entry(folder / "toon" / f"{row['name']}.jpg", row["name"], row["landmarks68"])


def turned(folder: Path) -> Iterator[Entry]:
    for row in read_rows(folder):
        for view in row.get("turned") or []:
            yield Entry(folder / "turned" / view["file"], row["name"], view["landmarks68"], view["yaw"])


def anime(folder: Path) -> Iterator[Entry]:
    for line in (folder / "anime.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        yield Entry(folder / "picture" / f"{row['name']}.jpg", row["name"], row["landmarks68"])


def anime_pairs(folder: Path) -> Iterator[Entry]:
    for entry in anime(folder):
        yield Entry(entry.file.with_suffix(".png"), entry.of, entry.landmarks)


KINDS = {"toon": toons, "turned": turned, "anime": anime, "animePairs": anime_pairs}


def read_picture(file: Path, opacity: bool) -> np.ndarray:
    """`[H, W, 3]` uint8; with opacity `[H, W, 4]`, colours times it, so that nothing bleeds in where it is resized."""
    with Image.open(file) as image:
        if not opacity:
            return np.asarray(image.convert("RGB"))
        picture = np.asarray(image.convert("RGBA")).astype(np.float32)
    return np.concatenate([picture[..., :3] * picture[..., 3:] / 255 + 0.5, picture[..., 3:]], 2).astype(np.uint8)


class PicturePack:
    """What `pack` wrote, mapped into memory."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        if not (folder / "pictures.json").exists():
            raise FileNotFoundError(f"{folder} is no finished pack of pictures; make it with python -m pipeline.pack_pictures.")
        about = json.loads((folder / "pictures.json").read_text())
        self.kind: str = about["kind"]
        self.names: list[str] = about["names"]
        self.of: list[str] = about["of"]
        self.pictures = np.load(folder / "pictures.npy", mmap_mode="r")
        self.landmarks = np.load(folder / "landmarks.npy").astype(np.float64)
        self.yaw = np.load(folder / "yaw.npy")
        kept = set(about["validation"])
        self.validation = [i for i, name in enumerate(self.names) if name in kept]
        self.training = [i for i, name in enumerate(self.names) if name not in kept]

    def __reduce__(self) -> tuple:
        """A data worker that is started afresh maps the files again instead of being sent them."""
        return PicturePack, (self.folder,)


def pack(kind: str, folder: Path, out: Path) -> PicturePack:
    """Raises ValueError where there are no such pictures, or they differ in size."""
    entries = [entry for entry in KINDS[kind](folder) if entry.file.exists()]
    if not entries:
        raise ValueError(f"{folder} has no {kind} pictures.")
    opacity = kind == "animePairs"
    with Image.open(entries[0].file) as first:
        size = first.size[0]

    def pictures() -> Iterator[np.ndarray]:
        for entry in entries:
            picture = read_picture(entry.file, opacity)
            if picture.shape[:2] != (size, size):
                raise ValueError(f"{entry.file} is {picture.shape[1]}x{picture.shape[0]}; the others are {size}x{size}.")
            yield picture

    names = [entry.file.stem for entry in entries]
    return write_pictures(out, kind, size, names, pictures(), [entry.landmarks for entry in entries], [name for name, entry in zip(names, entries) if is_validation(entry.of)],
                          [entry.of for entry in entries], [entry.yaw for entry in entries], 4 if opacity else 3)


def write_pictures(out: Path, kind: str, size: int, names: Sequence[str], pictures: Iterable[np.ndarray], landmarks: ArrayLike, validation: Sequence[str],
                   of: Sequence[str] | None = None, yaw: ArrayLike | None = None, channels: int = 3) -> PicturePack:
    """A pack of pictures `[size, size, channels]` in the order of their names; `of` and `yaw` where they are not the names themselves and zero."""
    out.mkdir(parents=True, exist_ok=True)
    (out / "pictures.json").unlink(missing_ok=True)
    written = np.lib.format.open_memmap(out / "pictures.npy", "w+", np.uint8, (len(names), size, size, channels))
    for i, picture in enumerate(pictures):
        written[i] = picture
    written.flush()
    np.save(out / "landmarks.npy", np.array(landmarks, np.float32))
    np.save(out / "yaw.npy", np.zeros(len(names), np.float32) if yaw is None else np.array(yaw, np.float32))
    about = {"kind": kind, "names": list(names), "of": list(of or names), "validation": list(validation)}
    (out / "pictures.json").write_text(json.dumps(about))
    return PicturePack(out)


def main() -> None:
    parser = argparse.ArgumentParser(description="Aligned pictures of one kind, packed for training.")
    parser.add_argument("kind", choices=KINDS)
    parser.add_argument("folder", type=Path)
    parser.add_argument("out", type=Path)
    args = parser.parse_args()
    result = pack(args.kind, args.folder, args.out)
    print(f"{args.out}: {len(result.training)} {args.kind} pictures to train on, {len(result.validation)} to validate with")


if __name__ == "__main__":
    main()

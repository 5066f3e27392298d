"""Drawings of the faces of a pack -> a pack of pictures (pack_pictures.py), for both stages of APDrawingGAN.

    python -m pipeline.pack_drawings PACK OUT [--limit 700]
    python -m pipeline.pack_drawings PACK OUT --traced

Those of the pen artist (pen_artist.py), one of each person; with `--traced` those of the first stage, the photo's lines by XDoG (xdog.py) with a jaw from the landmarks.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np

from .pack_files import Pack
from .pack_pictures import write_pictures
from .pen import Sheet, curve, tapered
from .pen_artist import PenArtist


def traced_drawing(traced: np.ndarray, landmarks: np.ndarray) -> np.ndarray:
    """`[S, S]` uint8: the photo's lines with the jaw from the landmarks, which photos often do not show."""
    size = traced.shape[0]
    sheet = Sheet(size, np.random.default_rng(0))
    jaw = curve(landmarks[:17] * size, 8)
    sheet.stroke(jaw, 1.6 * size / 256 * tapered(len(jaw), 0.4, 0.4, 0.3), wobble=0)
    return np.minimum(traced, sheet.picture())


def drawing_of(pack: Pack, i: int, is_traced: bool) -> np.ndarray:
    if is_traced:
        return traced_drawing(pack.traced[i], pack.landmarks[i])
    return PenArtist(pack.photos[i], pack.masks[i], pack.landmarks[i], pack.outlines[i], pack.traced[i], seed=i + 1).draw()


def chosen_faces(pack: Pack, limit: int) -> list[int]:
    """One picture of each person, validation first, so that none of it is left out by a limit."""
    members = {i for family in pack.families for i, _ in family[1:]}
    people = [i for i in [*pack.validation, *pack.training] if i not in members]
    kept = [i for i in people if i in set(pack.validation)]
    others = [i for i in people if i not in set(kept)]
    # Those whose strands are known and others in turn: the first ones of a pack are of one kind.
    return kept + others[::max(1, len(others) // limit)][:limit] if limit else kept + others


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pack", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--limit", type=int, default=0, help="people to draw beside those kept for validation; 0: all")
    parser.add_argument("--traced", action="store_true", help="lines of the photo by XDoG with a jaw, for the first stage")
    arguments = parser.parse_args()
    pack = Pack(arguments.pack)
    faces = chosen_faces(pack, arguments.limit)
    kept = set(pack.validation)
    drawings = (np.repeat(drawing_of(pack, i, arguments.traced)[..., None], 3, 2) for i in faces)
    write_pictures(arguments.out, "traced" if arguments.traced else "pen", pack.photos.shape[1], [pack.names[i] for i in faces], drawings, pack.landmarks[faces],
                   [pack.names[i] for i in faces if i in kept])
    print(f"{arguments.out}: {len(faces)} drawings, {sum(i in kept for i in faces)} of them to validate with")


if __name__ == "__main__":
    main()

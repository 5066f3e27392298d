"""Packs of made-up people for the tests, as `pipeline.pack` would write them."""

import json
from pathlib import Path

import numpy as np

from pipeline.looks import encode_look
from pipeline.pack_files import Pack, PackWriter

MEAN_FACE = np.asarray(json.loads((Path(__file__).parents[2] / "src/faces/meanFace.json").read_text()))
HAIR = [[[100, 200], [150, 60], [256, 20], [360, 60], [410, 200]]]
STRANDS = [[[120, 180], [160, 90]], [[380, 190], [350, 80]]]


def write_pack(folder: Path, size: int = 64) -> Pack:
    """Four people, one of them (010020) for validation, and a family of three: 011001, with another mouth, with other brows."""
    rng = np.random.default_rng(0)
    faces = [("010001", ""), ("010002", ""), ("010003", ""), ("010020", ""), ("011001", ""), ("011001_1", "mouth"), ("011001_2", "brows")]
    writer = PackWriter(folder, len(faces), size)
    blocks = rng.integers(0, 256, (len(faces), size // 8, size // 8, 3), dtype=np.uint8)
    masks = rng.integers(0, 9, (len(faces), size // 8, size // 8), dtype=np.uint8)
    for k, (name, part) in enumerate(faces):
        like = k if k < 5 else 4
        photo, mask = (np.repeat(np.repeat(x[like], 8, 0), 8, 1) for x in (blocks, masks))
        points = MEAN_FACE + np.random.default_rng(like).normal(0, 0.01, MEAN_FACE.shape)
        if part == "mouth":
            points[48:68, 1] += 0.02
            photo = photo.copy()
            photo[int(0.78 * size):int(0.84 * size), int(0.45 * size):int(0.55 * size)] = 255
        if part == "brows":
            points[17:27, 1] -= 0.02
        writer.add(name, photo, mask, points, encode_look({"age": 20 + like, "lightSide": 0.5, "hairStyle": "crop", "beard": "full"}),
                   {"hair": HAIR, "ears": [], "neck": [], "strands": STRANDS, "beard": STRANDS})
    writer.finish(["010020"], [[(4, ""), (5, "mouth"), (6, "brows")]])
    return Pack(folder)

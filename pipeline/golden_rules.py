"""What stands in both languages and has to mean the same, as fixtures: looks, contour lines, edit regions, the rule of the split.

    python -m pipeline.golden tests/golden

`looks.json` holds looks and their vectors; `contourLines.json` the lines that the 68 landmarks are drawn with; `editRegions.json` landmarks `[68, 2]` in 0-1 before and
after an edit of a part, with the region that it may change as bits, row by row; `facePatches.json` where the
patches of a face lie and what it hides; `split.json` names with whether they validate, and the number that decides it.
"""

from __future__ import annotations

import base64
import json
from pathlib import Path

import numpy as np

from . import patches
from .looks import FIELDS, encode_look
from .presets import PRESETS
from .regions import PARTS, region
from .sketches import CONTOUR_LINES
from .split import is_validation, split_number

MEAN_FACE = Path(__file__).parents[1] / "src/faces/meanFace.json"
REGION_SIZE_PX = 128
# Numbers with and without zeros before them, longer than a float counts; names of files in several scripts.
NAMES = ["0", "000020", "010021", "010019", "20231231235959123", "20231231235959120", "123456789012345678901", "IMG_0001", "IMG_0027", "anna", "小明", "20a", "٢٠", " 20", "é"]
LARGEST_EXACT = 2**53


def looks() -> dict:
    """Looks and their vectors: named ones, everything open, out of range, an unknown choice."""
    cases = [preset["look"] for preset in PRESETS]
    cases += [{}, {"sex": 7, "age": -3, "skinColour": [300, -20, 127.5], "hairStyle": "unheard-of", "eyeColour": None}]
    return {"fields": FIELDS, "cases": [{"look": look, "vector": [round(float(v), 6) for v in encode_look(look)]} for look in cases]}


def contour_lines() -> list[dict]:
    return [{"part": part, "id": id, "indices": indices} for part, id, indices in CONTOUR_LINES]


def edit_regions() -> list[dict]:
    """Every part of the mean face moved a little, then moved and stretched."""
    rng, before = np.random.default_rng(5), np.asarray(json.loads(MEAN_FACE.read_text()))
    cases = []
    for part, indices in PARTS.items():
        for stretch, shift in ((1.0, 0.01), (1.3, 0.03)):
            after, at = before.copy(), list(indices)
            middle = before[at].mean(0)
            after[at] = (middle + (before[at] - middle) * stretch + rng.uniform(-shift, shift, 2)).round(4)
            bits = np.packbits(region(before, after, part, REGION_SIZE_PX))
            cases.append({"part": part, "before": before.tolist(), "after": after.tolist(), "sizePx": REGION_SIZE_PX, "bits": base64.b64encode(bits.tobytes()).decode()})
    return cases


def face_patches() -> list[dict]:
    """The mean face, and faces turned and moved, some so far that a patch would leave the picture."""
    rng, mean = np.random.default_rng(7), np.asarray(json.loads(MEAN_FACE.read_text()))
    cases = []
    for turn, moved in ((0.0, 0.0), (0.15, 0.0), (-0.15, 0.1), (0.1, 0.45), (-0.1, -0.45)):
        points = mean + rng.normal(0, 0.005, mean.shape) + (moved, moved / 2)
        points[27:36, 0] += turn
        points = points.round(5)
        sizes = {"leftEye": (32, 24), "rightEye": (32, 24), "nose": (32, 24), "mouth": (40, 16)}
        cases.append({"landmarks": points.tolist(), "sizes": sizes, "sidePx": 128, "hidesLeft": patches.hides_left(points),
                      "corners": patches.patch_corners(points, sizes, 128), "mirrored": patches.mirrored(np.zeros((1, 1, 1)), points)[1].round(5).tolist()})
    return json.loads(json.dumps(cases))


def split_rule() -> list[dict]:
    """`number` where a float counts so far."""
    return [{"name": name, "validation": is_validation(name)} | ({"number": split_number(name)} if split_number(name) < LARGEST_EXACT else {}) for name in NAMES]


RULES = {"looks": looks, "contourLines": contour_lines, "editRegions": edit_regions, "facePatches": face_patches, "split": split_rule}


def write_rules(folder: Path) -> None:
    for name, rule in RULES.items():
        (folder / f"{name}.json").write_text(json.dumps(rule(), ensure_ascii=name == "looks") + "\n")

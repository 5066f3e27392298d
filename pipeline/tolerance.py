"""The tolerance map: how far each line of a sketch may be off. It enters the generator as a second channel, the sketch faded where lines may be off.

The thesis leaves open how a model can follow eyes, nose and mouth closely and yet forgive a clumsy jaw (chapter 6). Here every part has a tolerance from
0 (the line is meant exactly) to 1 (the line may be off by `MAX_TOLERANCE_PX`, the standard deviation per axis). A smooth map spreads the six values over the
picture: near a part of the mean face its value counts, far from all of them that of `rest` (hair, ears, neck). The same as src/faces/tolerance.ts,
held to it by tests/golden/tolerance.json: `python -m pipeline.tolerance tests/golden/tolerance.json`.
"""

from __future__ import annotations

import json
import sys
from functools import lru_cache
from pathlib import Path

import numpy as np

from .rasterizer import SKETCH_SIZE_PX

PARTS: dict[str, range] = {"jaw": range(0, 17), "brows": range(17, 27), "eyes": range(36, 48), "nose": range(27, 36), "mouth": range(48, 68), "rest": range(0)}
# What a face does with a line changes most in the last fifth before 1: 0.91 forgives a jaw by half.
DEFAULTS = {"jaw": 0.91, "brows": 0.14, "eyes": 0.14, "nose": 0.14, "mouth": 0.14, "rest": 0.58}
MAX_TOLERANCE_PX = 20.0
RADIUS = 0.05
REST_WEIGHT = 0.02
MEAN_FACE = Path(__file__).parent.parent / "src/faces/meanFace.json"


@lru_cache(maxsize=8)
def basis(size: int) -> np.ndarray:
    """`[6, size, size]` float32: the share of each part's value at each pixel centre; shares add up to 1."""
    mean_face = np.asarray(json.loads(MEAN_FACE.read_text()))
    axis = (np.arange(size) + 0.5) / size
    x, y = np.meshgrid(axis, axis)
    weights = []
    for part, indices in PARTS.items():
        if part == "rest":
            weights.append(np.full((size, size), REST_WEIGHT))
            continue
        squared = np.min([(x - px) ** 2 + (y - py) ** 2 for px, py in mean_face[list(indices)]], axis=0)
        weights.append(np.exp(-squared / (2 * RADIUS**2)))
    total = np.stack(weights)
    return (total / total.sum(axis=0)).astype(np.float32)


def values_of(tolerance: dict[str, float]) -> np.ndarray:
    """`[6]` float32 in the order of `PARTS`."""
    return np.array([tolerance[part] for part in PARTS], dtype=np.float32)


def tolerance_map(values: np.ndarray, size: int) -> np.ndarray:
    """values `[6]` in 0-1 -> map `[size, size]` float32 in 0-1."""
    return np.tensordot(np.asarray(values, dtype=np.float32), basis(size), 1)


def trusted(sketch, strength):
    """The generator's second channel: the sketch as far as it is meant. sketch in [-1, 1] (line -1, paper +1) and map in 0-1, of one shape (arrays or
    tensors); where the map is 0 a line is there in full, where it is 1 there is none."""
    return 1 - (1 - sketch) * (1 - strength)


def random_values(rng: np.random.Generator) -> np.ndarray:
    """Tolerances to train with: often all exact, often a forgiving jaw and hair, else anything."""
    kind = rng.random()
    if kind < 0.5:
        return np.zeros(6, dtype=np.float32)
    values = rng.uniform(0, 1, 6)
    if kind < 0.7:
        values[1:5] *= 0.3
    values[rng.random(6) < 0.35] = 0
    return values.astype(np.float32)


class Clumsiness:
    """A random smooth displacement of lines whose strength at every place is what the tolerance map says there."""

    def __init__(self, values: np.ndarray, rng: np.random.Generator) -> None:
        self.strength = tolerance_map(values, 64) * MAX_TOLERANCE_PX
        # Two octaves: whole parts go astray together, and lines bend within them. Knots 128 and 51 px apart.
        self.fields = [(0.85, rng.standard_normal((2, 5, 5))), (0.5, rng.standard_normal((2, 11, 11)))]

    def move(self, line: np.ndarray) -> np.ndarray:
        """line `[n, 2]` in sketch pixels -> the same line, drawn clumsily."""
        unit = np.clip(line / SKETCH_SIZE_PX, 0, 1)
        noise = sum(weight * _bilinear(field, unit) for weight, field in self.fields)
        return line + noise * _bilinear(self.strength[None], unit)


def _bilinear(field: np.ndarray, unit: np.ndarray) -> np.ndarray:
    """field `[k, h, w]` sampled at unit `[n, 2]` (x, y in 0-1, corners on corners) -> `[n, k]`."""
    height, width = field.shape[1:]
    x, y = unit[:, 0] * (width - 1), unit[:, 1] * (height - 1)
    left, top = np.minimum(x.astype(int), width - 2), np.minimum(y.astype(int), height - 2)
    u, v = x - left, y - top
    rows = [field[:, top + j, left + i] * (v if j else 1 - v) * (u if i else 1 - u) for j in (0, 1) for i in (0, 1)]
    return np.sum(rows, axis=0).T


def main() -> None:
    cases = [[0, 0, 0, 0, 0, 0], [1, 0, 0, 0, 0, 0], [0.5, 0.1, 0.1, 0.1, 0.1, 0.5], [0.2, 1, 0.4, 0.6, 0.8, 0]]
    rows = [{"sizePx": size, "tolerance": case, "map": np.round(tolerance_map(np.asarray(case), size).ravel(), 5).tolist()}
            for size, case in zip((32, 32, 32, 40), cases)]
    Path(sys.argv[1]).write_text(json.dumps(rows, separators=(",", ":")).replace("},", "},\n") + "\n")


if __name__ == "__main__":
    main()

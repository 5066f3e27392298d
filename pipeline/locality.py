"""How far an edit reaches inside the encoder (thesis, section 4.3): the features at an eye's corner, before and after another part is redrawn.

    python -m pipeline.locality runs/ablation-ours/last.pt --pack runs/data --size 128

Prints one JSON object: for the mouth, the nose and the jaw taken from another face, the mean relative change |v' - v| / |v| of the features v0 ... v4. Zero means
that the edit does not reach there at all. What the picture then shows is measured by `npm run evaluate -- --measure local`.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
import torch
from torch import nn

from . import look_fields
from .checkpoints import network_of, read_state
from .networks import answer
from .pack_files import Pack
from .tasks import TASKS
from .sketches import PLAIN, sketch

# The thesis's point in its 512 px pictures, at the corner of the eye on the picture's left.
EYE_CORNER = np.array([170, 250]) / 512
TASK = TASKS["sketchToFace"]
EDITED = {"mouth": range(48, 68), "nose": range(27, 36), "jaw": range(3, 14)}


@torch.no_grad()
def eye_features(generator: nn.Module, points: np.ndarray, look: np.ndarray, size: int) -> list[np.ndarray]:
    """v0 ... v4: each encoder layer's output at the eye's corner. points: landmarks `[68, 2]` in 0-1, every line meant exactly."""
    drawn = sketch(points, {}, size, PLAIN, np.random.default_rng(0))
    record: dict[str, torch.Tensor] = {}
    request = {"sketch": drawn, "look": look} | ({"tolerance": np.zeros(6)} if generator.config.inputChannels > 1 else {})
    answer(generator, TASK.encode(generator.config, request), record=record)
    layers = [record[f"encoder.{i}"][0] for i in range(generator.config.downSteps + 1)]
    return [layer[:, int(EYE_CORNER[1] * layer.shape[1]), int(EYE_CORNER[0] * layer.shape[2])].numpy() for layer in layers]


def measure(generator: nn.Module, pack: Pack, pairs: int) -> dict[str, list[float]]:
    """Mean relative change a layer, by edited part, over `pairs` pairs of validation faces."""
    result = {}
    for part, indices in EDITED.items():
        changes = []
        for k in range(pairs):
            a, b = pack.validation[k % len(pack.validation)], pack.validation[(k * 7 + 3) % len(pack.validation)]
            points = pack.landmarks[a].copy()
            points[list(indices)] = pack.landmarks[b][list(indices)]
            before, after = (eye_features(generator, p, pack.looks[a], pack.photos.shape[1]) for p in (pack.landmarks[a], points))
            changes.append([float(np.linalg.norm(y - x) / max(np.linalg.norm(x), 1e-12)) for x, y in zip(before, after)])
        result[part] = np.mean(changes, axis=0).round(4).tolist()
    return result


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("--pack", type=Path, default=Path("runs/data"))
    parser.add_argument("--size", type=int, help="pixels; the pack's own unless given")
    parser.add_argument("--pairs", type=int, default=20)
    a = parser.parse_args()
    pack = Pack(a.pack, a.size)
    state = look_fields.matched(read_state(a.checkpoint), look_fields.of_length(pack.looks.shape[1]))
    print(json.dumps(measure(network_of(state, TASK.role), pack, a.pairs), indent=1))


if __name__ == "__main__":
    main()

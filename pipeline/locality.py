"""How local an edit is: one part's landmarks of face A replaced by face B's, and what changes inside and outside that part's region.

    python -m pipeline.locality runs/live/last.pt --pack runs/data

Prints one JSON object: mean absolute change in 1/255 inside and outside, plain and with the statistics of A's face held.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
import torch
from .data import Pack
from .checkpoints import load_average
from .networks import Generator, held_statistics
from .regions import PARTS, region
from .sketches import PLAIN, sketch

@torch.no_grad()
def faces(generator: Generator, before: np.ndarray, after: np.ndarray, look: np.ndarray) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """The face of the sketch before, after (plain), and after with the statistics of before held; each `[3, S, S]` in 0-255."""
    e = torch.from_numpy(look)[None]
    x, y = (torch.from_numpy(s).float()[None, None] / 127.5 - 1 for s in (before, after))
    with held_statistics(generator) as hold:
        base = generator(x, e)
        hold()
        held = generator(y, e)
    plain = generator(y, e)
    return tuple((f[0] + 1) * 127.5 for f in (base, plain, held))


def measure(generator: Generator, pack: Pack, pairs: int) -> dict:
    size = pack.photos.shape[1]
    result: dict = {}
    for part, indices in PARTS.items():
        rows = []
        for k in range(pairs):
            a, b = pack.validation[k % len(pack.validation)], pack.validation[(k * 7 + 3) % len(pack.validation)]
            points = pack.landmarks[a].copy()
            points[list(indices)] = pack.landmarks[b][list(indices)]
            drawn = [sketch(p, {}, size, PLAIN, np.random.default_rng(0)) for p in (pack.landmarks[a], points)]
            base, plain, held = faces(generator, drawn[0], drawn[1], pack.looks[a])
            inside = torch.from_numpy(region(pack.landmarks[a], points, part, size))
            rows.append([float((f - base).abs().mean(0)[where].mean()) for f in (plain, held) for where in (inside, ~inside)])
        means = np.mean(rows, axis=0).round(3)
        result[part] = dict(zip(("plainInside", "plainOutside", "heldInside", "heldOutside"), means.tolist()))
    return result


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("--pack", type=Path, default=Path("runs/data"))
    parser.add_argument("--pairs", type=int, default=20)
    a = parser.parse_args()
    print(json.dumps(measure(load_average(a.checkpoint), Pack(a.pack), a.pairs), indent=1))


if __name__ == "__main__":
    main()

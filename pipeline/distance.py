"""The distance map: how far each place is from the nearest trusted line, a third channel beside the sketch and its trusted lines.

Lines alone are thin; at the small sizes of the decoder little is left of where they run. Their distance says it at every place. A faint line counts as if it were
farther away: the value at p is min over q of |p - q|² + R² (1 - ink(q))², the root clipped at R (a generalised distance transform, Felzenszwalb and Huttenlocher
2012), so that it fades with the tolerance as the trusted lines do. Computed at half size; the same as src/faces/distance.ts, held to it by
tests/golden/distance.json: `python -m pipeline.distance tests/golden/distance.json`.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

# Of the picture's side: 24 px at 256.
REACH = 24 / 256
# Beyond the picture there are no lines.
FAR = 1e9


def distance_map(trusted: Tensor) -> Tensor:
    """trusted `[B, 1, S, S]` in [-1, 1] (line -1, paper +1) -> the same shape: -1 on a line, +1 from R on. S is even."""
    half = -F.max_pool2d(-trusted, 2)
    reach = REACH * trusted.shape[-1] / 2
    cost = (reach * (1 + half) / 2) ** 2
    for dim in (2, 3):
        cost = lower_envelope(cost, dim, int(reach))
    return F.interpolate(cost.clamp_max(reach**2).sqrt() * (2 / reach) - 1, scale_factor=2.0, mode="nearest")


def lower_envelope(cost: Tensor, dim: int, reach: int) -> Tensor:
    """min over shifts d of cost shifted by d, plus d², along an axis."""
    length = cost.shape[dim]
    around = F.pad(cost, (reach, reach, 0, 0) if dim == 3 else (0, 0, reach, reach), value=FAR)
    out = cost
    for d in range(-reach, reach + 1):
        out = torch.minimum(out, around.narrow(dim, reach + d, length) + float(d * d))
    return out


def main() -> None:
    rng = np.random.default_rng(1)
    rows = []
    for size in (32, 48):
        sketch = np.full((size, size), 255)
        sketch[size // 3, 4:size // 2] = 0
        sketch[rng.integers(0, size, 6), rng.integers(0, size, 6)] = rng.integers(0, 255, 6)
        map_ = distance_map(torch.from_numpy(sketch / 127.5 - 1).float()[None, None])
        rows.append({"sizePx": size, "sketch": sketch.ravel().tolist(), "map": np.round(map_.numpy(), 5).ravel().tolist()})
    Path(sys.argv[1]).write_text(json.dumps(rows, separators=(",", ":")).replace("},", "},\n") + "\n")


if __name__ == "__main__":
    main()

"""A run's checkpoint: weights, averages, optimisers, step, what has been seen and every random state; written whole or not at all.

Plain tensors, numbers and lists only, so that a reader needs to run nothing that is in the file.
"""

from __future__ import annotations

import os
import random
from pathlib import Path

import numpy as np
import torch
from torch import nn

from ..networks.pix2pix_hd import Generator
from ..warm_start import adapted


def random_state() -> dict:
    """Of Python, NumPy, PyTorch and its GPUs."""
    kind, keys, *rest = np.random.get_state()
    return {"python": random.getstate(), "numpy": [kind, keys.tolist(), *rest], "torch": torch.get_rng_state(),
            "cuda": torch.cuda.get_rng_state_all() if torch.cuda.is_available() else []}


def restore_random_state(state: dict) -> None:
    version, keys, gauss = state["python"]
    random.setstate((version, tuple(keys), gauss))
    kind, keys, *rest = state["numpy"]
    np.random.set_state((kind, np.asarray(keys, dtype=np.uint32), *rest))
    torch.set_rng_state(state["torch"].cpu())
    if torch.cuda.is_available() and len(state["cuda"]) == torch.cuda.device_count():
        torch.cuda.set_rng_state_all([s.cpu() for s in state["cuda"]])


def write_whole(state: dict, path: Path) -> None:
    """A killed run leaves the old file or the new one, never half of one."""
    temporary = path.with_name(path.name + ".part")
    torch.save(state, temporary)
    os.replace(temporary, path)


def warm_start(state: dict, generator: Generator, average: Generator, discriminator: nn.Module) -> list[str]:
    """Weights of another run: the averaged generator, and the discriminator where it has the same shape. Gives the generator's parameters that began anew."""
    own = generator.state_dict()
    weights = adapted(state["average"], own)
    generator.load_state_dict(weights)
    average.load_state_dict(weights)
    given = state.get("discriminator") or {}
    if {k: v.shape for k, v in given.items()} == {k: v.shape for k, v in discriminator.state_dict().items()}:
        discriminator.load_state_dict(given)
    return [name for name in own if weights[name] is own[name]]

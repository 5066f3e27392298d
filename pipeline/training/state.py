"""Random states of a run, and files that are written whole or not at all. What a checkpoint holds is in checkpoints.py.

Plain tensors, numbers and lists only, so that a reader needs to run nothing that is in the file.
"""

from __future__ import annotations

import os
import random
from pathlib import Path

import numpy as np
import torch


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

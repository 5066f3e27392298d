"""Reading checkpoints, those of older versions too.

A checkpoint is a dict of plain data and tensors: `version`; `method` and `run` (every field of its configuration); `networks`, by role: family, config, state;
`averages`, by role: state; `trained`, by optimiser: the parameters that it moves, `role.name`, in its order; `optimizers`, `scalers`; `step`, `seen` (items by source),
`elapsed_s`, `random`; `about`: what the method tells a reader of its data; `memory`: what it needs itself to go on. From PyTorch 2 on it is read as data and nothing in it is run; older versions cannot do that, so
open only your own files there.
"""

from __future__ import annotations

from pathlib import Path

import torch
from torch import nn

from .look_fields import FIRST_FIELDS, length_of
from .networks import build

VERSION = 2
# The safe reader of PyTorch 1.13 does not know plain floats.
READS_AS_DATA = int(torch.__version__.split(".")[0]) >= 2


def read_state(checkpoint: Path, device: str = "cpu") -> dict:
    """In today's layout. Raises ValueError for a checkpoint from a newer version."""
    state = torch.load(checkpoint, map_location=device, weights_only=READS_AS_DATA)
    if "version" not in state:
        return of_first_version(state)
    if state["version"] != VERSION:
        raise ValueError(f"{checkpoint} was written by another version of this pipeline ({state['version']}; this one reads {VERSION}).")
    return state


def network_of(state: dict, role: str, averaged: bool = True) -> nn.Module:
    """A network in float32 for use and not for training; its average where there is one. Raises ValueError where the checkpoint has no such network."""
    if role not in state["networks"]:
        raise ValueError(f"The checkpoint has no network {role!r}; it has {', '.join(state['networks'])}.")
    stored = state["networks"][role]
    network = build(stored["family"], stored["config"])
    network.load_state_dict(state["averages"].get(role, stored["state"]) if averaged else stored["state"])
    return network.eval()


def discriminator_config(weights: dict[str, torch.Tensor]) -> dict:
    """Of the discriminators whose parameters these are; their sizes follow from the shapes."""
    kernel = weights["scale.0.layer.0.kernel"]
    return {"scales": 1 + max(int(name.split(".")[1]) for name in weights), "ndf": kernel.shape[0], "inputs": kernel.shape[1]}


def of_first_version(old: dict) -> dict:
    """What version 1 had: one generator with its average, perhaps one discriminator, and of the run only its phase. Where it lacks counts, optimisers, scalers or
    random states, so does the result."""
    phase, weights = old.get("phase", "joint"), old["generator"]
    networks = {"generator": {"family": "pix2pixHd", "config": old["config"], "state": weights}}
    trained = {"generator": [f"generator.{name}" for name in weights if phase != "g2" or name.startswith("enhancer.")]}
    if old.get("discriminator"):
        networks["discriminator"] = {"family": "patchGan", "config": discriminator_config(old["discriminator"]), "state": old["discriminator"]}
        trained["discriminator"] = [f"discriminator.{name}" for name in old["discriminator"]]
    groups = {"generator": "g", "discriminator": "d"}
    about = {"lookFields": FIRST_FIELDS} if old["config"].get("lookLength") == length_of(FIRST_FIELDS) else {}
    return {
        "version": VERSION, "method": "sketch_face", "run": {"phase": phase}, "networks": networks, "averages": {"generator": old["average"]}, "trained": trained,
        "optimizers": {group: old[f"optimizer_{short}"] for group, short in groups.items() if old.get(f"optimizer_{short}")},
        "scalers": {group: old[f"scaler_{short}"] for group, short in groups.items() if old.get(f"scaler_{short}")},
        "step": old["step"], "seen": {source: old[name] for source, name in (("faces", "images"), ("edits", "edits")) if name in old},
        "elapsed_s": old["elapsed_s"], "random": old.get("random", []), "about": about | ({"sizePx": old["size"]} if "size" in old else {}),
    }

"""`public/models/<id>/`, or a model fine-tuned in the browser and saved in the same form -> a checkpoint to go on from in PyTorch.

    python -m pipeline.import_weights public/models/live runs/mine/start.pt
    python -m pipeline.import_weights public/models/cartoon runs/mine/cartoon.pt --method cartoon

Train from it with `init = "runs/mine/start.pt"`. The method has to be named where several train such models. Networks come back as they were stored; optimisers start anew.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import torch

from .checkpoints import VERSION
from .methods import METHODS
from .networks import build
from .tasks import TASKS
from .weights_file import load_parameters, read_weights

MANIFEST_VERSION = 2


def method_for(task: str, named: str | None, folder: Path) -> str:
    """The one that trains such models, or the one that is named. Raises ValueError where there is none, or none is named and there are several."""
    methods = [name for name, method in METHODS.items() if method.task == task]
    if not methods:
        raise ValueError(f"{folder} holds a model for {task}, which no method here trains.")
    if named is None and len(methods) > 1:
        raise ValueError(f"{folder} holds a model for {task}, which several methods train: say which with --method {' or '.join(methods)}.")
    if named is not None and named not in methods:
        raise ValueError(f"{folder} holds a model for {task}, which {named} does not train; there is {', '.join(methods)}.")
    return named or methods[0]


def import_weights(folder: Path, named: str | None = None) -> dict:
    """A checkpoint's state, of the named method. Raises ValueError where the files do not fit the manifest or the method."""
    manifest = json.loads((folder / "manifest.json").read_text())
    if manifest.get("version") != MANIFEST_VERSION:
        raise ValueError(f"{folder} holds a model of version {manifest.get('version')}; this pipeline reads version {MANIFEST_VERSION}. Export the model again.")
    task = manifest["task"]
    method = method_for(task["id"], named, folder)
    networks = {}
    for role, stored in manifest["networks"].items():
        network = load_parameters(build(stored["family"], stored["config"]), read_weights(folder, stored))
        networks[role] = {"family": stored["family"], "config": network.config.to_json(), "state": network.state_dict()}
    answering = TASKS[task["id"]].role
    # One of several models of a method goes back to the names that its networks have there; the method's others begin anew.
    names = next((names for names, style in METHODS[method].parts.values() if style == task.get("style")), {})
    networks, answering = {names.get(role, role): network for role, network in networks.items()}, names.get(answering, answering)
    fields = task.get("look", {}).get("fields")
    about = {"sizePx": task["sizePx"]} | ({"lookFields": fields} if fields else {})
    about |= {"style": task["style"]} if "style" in task else {}
    about |= {"strength": task["strength"]["default"]} if "strength" in task else {}
    averages = {answering: {name: value.clone() for name, value in networks[answering]["state"].items()}}
    return {"version": VERSION, "method": method, "run": {}, "networks": networks, "averages": averages, "trained": {}, "optimizers": {}, "scalers": {},
            "step": 0, "seen": {}, "elapsed_s": 0.0, "random": [], "about": about}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("--method", choices=list(METHODS), help="which of several that train such models goes on with it")
    a = parser.parse_args()
    if a.checkpoint.exists():
        raise SystemExit(f"{a.checkpoint} exists already; name another file.")
    try:
        state = import_weights(a.folder, a.method)
    except (ValueError, OSError) as error:
        raise SystemExit(f"{error}") from None
    a.checkpoint.parent.mkdir(parents=True, exist_ok=True)
    torch.save(state, a.checkpoint)
    print(f"{a.checkpoint}: {', '.join(state['networks'])}")


if __name__ == "__main__":
    main()

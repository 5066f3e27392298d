"""A checkpoint -> `public/models/<id>/`: manifest with hashes, weights in shards of at most 4 MB, golden fixture for the self-test, card.

    python -m pipeline.export runs/live/last.pt live --name "Live" --name-zh "实时" [--dtype int8] [--role fine] [--size 128] [--beside none]

The networks that only training needs go beside the one that answers, so that fine-tuning starts from trained ones; `pipeline.import_weights` is the way back.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
import torch
from torch import nn

from .checkpoints import network_of, read_state
from .methods import method_named
from .networks import answer, family_of
from .tasks import TASKS
from .tasks.task import Task
from .weights_file import as_stored, parameters, write_hashed, write_weights

GOLDEN_STRIDE = 4
DEFAULT_SIZE = 256
ROLES = ("live", "fine", "comparison", "picture", "reader")
# Tasks that have a role of their own; the others make pictures of photos.
OWN_ROLES = {"readFace": ("reader",), "sketchToFace": ("live", "fine", "comparison")}


def task_of(state: dict) -> tuple[str, Task]:
    """The id of the task that the checkpoint's method trains for, and the task. Raises ValueError where the studio has none."""
    id = method_named(state["method"]).task
    if id is None:
        raise ValueError(f"The studio has no use for what {state['method']} trains.")
    return id, TASKS[id]


def part_of(state: dict, part: str | None) -> dict:
    """Of a checkpoint that holds several models the one of that name, as if it were alone. Raises ValueError where there is a choice and none is made, or none to make."""
    parts = method_named(state["method"]).parts
    if not parts and part is None:
        return state
    if part not in parts:
        raise ValueError(f"{state['method']} trains " + (f"several models; say which with --part: {', '.join(parts)}." if parts else "one model; leave --part out."))
    roles, style = parts[part]
    chosen = {kind: {name: state[kind][role] for name, role in roles.items() if role in state[kind]} for kind in ("networks", "averages")}
    return state | chosen | {"about": state["about"] | {"style": style}}


def golden(network: nn.Module, task: Task, about: dict, folder: Path, size: int) -> dict:
    """The task's example, as a request holds it, and what the network makes of it at every fourth pixel."""
    request = task.example(network.config, about, size)
    with torch.no_grad():
        outputs = answer(network, task.encode(network.config, request))
    outputs = {name: y for name, y in outputs.items() if task.answers is None or name in task.answers}
    inputs = {name: array.astype(np.uint8 if array.dtype == np.uint8 else "<f4") for name, array in request.items()}
    sampled = {name: y[0].permute(1, 2, 0).numpy()[::GOLDEN_STRIDE, ::GOLDEN_STRIDE].astype("<f2") for name, y in outputs.items()}
    data, entries = bytearray(), []
    for name, array in [*inputs.items(), *sampled.items()]:
        entries.append({"dtype": array.dtype.name, "shape": list(array.shape), "byteOffset": len(data)})
        data += array.tobytes() + b"\0" * (-array.nbytes % 4)
    described = dict(zip([*inputs, *(f"output.{name}" for name in sampled)], entries))
    return write_hashed(folder, "golden.bin", bytes(data)) | {
        "inputs": {name: described[name] for name in inputs},
        "outputs": {name: described[f"output.{name}"] | {"stride": GOLDEN_STRIDE} for name in sampled},
    }


def card(manifest: dict, state: dict, dtype: str, role: str) -> str:
    """The start of a model's card: what the files know. People add the data, its licence and what the model cannot do."""
    network = manifest["networks"][role]
    count = sum(int(np.prod(entry["shape"])) for entry in network["weights"])
    config = ", ".join(f"{name} {value}" for name, value in network["config"].items())
    return f"""# {manifest["name"]["en"]} ({manifest["name"]["zh"]})

| | |
|---|---|
| role | {manifest["role"]} |
| task | {manifest["task"]["id"]} at {manifest["task"]["sizePx"]}x{manifest["task"]["sizePx"]}, of {", ".join(manifest["golden"]["inputs"])} |
| {role} | {network["family"]}: {config} |
| parameters | {count:,} as {dtype}; {total_bytes(manifest) / 1e6:.1f} MB with everything beside them |
| trained | by {state["method"]}, {state["step"]:,} steps, {state["elapsed_s"] / 60:.0f} minutes |

## Data
Say which data trained it, how many people they show, and under which licence.

## Figures
See `docs/evaluation.md`.

## What it cannot do
Say where it fails, and for whom.
"""


def total_bytes(manifest: dict) -> int:
    return sum(file["bytes"] for file in [manifest["golden"], *(shard for network in manifest["networks"].values() for shard in network["shards"])])


def network_entry(network: nn.Module, folder: Path, role: str, dtype: str) -> dict:
    return {"family": family_of(network), "config": network.config.to_json()} | write_weights(folder, role, parameters(network), dtype)


def export(checkpoint: Path, folder: Path, name: dict[str, str], dtype: str, size: int | None = None, role: str = "live",
           beside_dtype: str = "none", refines: str = "live", part: str | None = None) -> dict:
    """Writes the folder and gives its manifest. `size` is only needed where the checkpoint does not say what it was trained at; `refines` is the live model
    whose faces a fine one draws again; `part` says which of several models that a checkpoint holds. Raises ValueError for a network that the studio could not feed or that has diverged."""
    state = part_of(read_state(checkpoint), part)
    about = state["about"]
    task_id, task = task_of(state)
    answering = network_of(state, task.role)
    task.check(answering.config, about)
    fitting = OWN_ROLES.get(task_id, ("picture",))
    if role not in fitting:
        raise ValueError(f"This checkpoint answers {task_id}: its role is {' or '.join(fitting)}, not {role}.")
    size = size or about.get("sizePx", DEFAULT_SIZE)
    folder.mkdir(parents=True, exist_ok=True)
    written = folder / "manifest.json"
    note = json.loads(written.read_text()).get("note") if written.exists() else None  # by hand, as the card: for people who compare models
    for old in folder.glob("*.bin"):
        old.unlink()
    networks = {task.role: network_entry(answering, folder, task.role, dtype)}
    if beside_dtype != "none":
        networks |= {other: network_entry(network_of(state, other), folder, other, beside_dtype) for other in state["networks"] if other != task.role}
    manifest = {"version": 2, "id": folder.name, "name": name, "role": role} | ({"refines": refines} if role == "fine" else {})
    manifest |= {"note": note} if note else {}
    manifest |= {"task": {"id": task_id, "sizePx": size} | task.manifest(answering.config, about), "networks": networks}
    # The golden outputs come from the weights as stored, so that a browser can meet them exactly.
    manifest |= {"golden": golden(as_stored(answering, dtype), task, about, folder, size), "card": "card.md"}
    written.write_text(json.dumps(manifest, ensure_ascii=False, separators=(",", ":")) + "\n")
    if not (folder / "card.md").exists():
        (folder / "card.md").write_text(card(manifest, state, dtype, task.role))
    return manifest


def write_index(models: Path, default: str) -> None:
    """`public/models/index.json`: the models that the studio offers, by role; those that were there keep their order, new ones follow by id."""
    file = models / "index.json"
    before = [entry["id"] for entry in json.loads(file.read_text())["models"]] if file.exists() else []
    manifests = [json.loads(path.read_text()) for path in sorted(models.glob("*/manifest.json"))]
    entries = [{name: m[name] for name in ("id", "name", "role", "refines", "note") if name in m} | {name: m["task"][name] for name in ("style",) if name in m["task"]} for m in manifests]
    entries.sort(key=lambda entry: (ROLES.index(entry["role"]), before.index(entry["id"]) if entry["id"] in before else len(before)))
    ids = [entry["id"] for entry in entries]
    index = {"version": 2, "default": default if default in ids else ids[0], "models": entries}
    file.write_text(json.dumps(index, ensure_ascii=False, indent=1) + "\n")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("id")
    parser.add_argument("--name", required=True)
    parser.add_argument("--name-zh", required=True)
    parser.add_argument("--dtype", choices=["float16", "int8"], default="float16")
    parser.add_argument("--role", choices=ROLES, default="live", help="live: on every stroke; fine: when the pen rests; comparison: for the ablation only; picture: of photos; reader: of faces")
    parser.add_argument("--refines", metavar="ID", default="live", help="for --role fine: the live model whose faces it draws again")
    parser.add_argument("--comparison", dest="role", action="store_const", const="comparison", help="the same as --role comparison")
    parser.add_argument("--part", help="which of the models that the checkpoint holds, where it holds several (cycle_gan: anime, photo)")
    parser.add_argument("--size", type=int, help="pixels; as in training unless given")
    parser.add_argument("--beside", "--discriminator", choices=["int8", "float16", "none"], default="int8", help="how the networks are stored that only training needs")
    parser.add_argument("--models", type=Path, default=Path("public/models"))
    parser.add_argument("--default", default="live", help="id of the model that the studio starts with")
    a = parser.parse_args()
    try:
        manifest = export(a.checkpoint, a.models / a.id, {"en": a.name, "zh": a.name_zh}, a.dtype, a.size, a.role, a.beside, a.refines, a.part)
    except ValueError as error:
        raise SystemExit(f"{error}") from None
    write_index(a.models, a.default)
    written = ", ".join(f"{role} of {len(network['weights'])} tensors" for role, network in manifest["networks"].items())
    print(f"{a.models / a.id}: {written}, {total_bytes(manifest) / 1e6:.2f} MB")


if __name__ == "__main__":
    main()

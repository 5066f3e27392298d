"""A checkpoint -> `public/models/<id>/`: manifest with hashes, weights in shards of at most 4 MB, golden fixture for the self-test, card.

    python -m pipeline.export runs/live/last.pt live --name "Live" --name-zh "实时" [--dtype int8] [--role fine] [--size 128] [--discriminator none]

The discriminator goes beside the generator, so that fine-tuning starts from a trained pair; `pipeline.import_weights` is the way back.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
import torch
from torch import nn

from . import tolerance
from .checkpoints import generator_of, load_discriminator, read_state
from .looks import FIELDS, LOOK_LENGTH, encode_look
from .networks.pix2pix_hd import Generator, GeneratorConfig
from .presets import PRESETS
from .sketches import PLAIN, sketch
from .weights_file import as_stored, parameters, write_hashed, write_weights

GOLDEN_STRIDE = 4
DEFAULT_SIZE = 256
ROLES = ("live", "fine", "comparison")
MEAN_FACE = Path(__file__).parent.parent / "src/faces/meanFace.json"


def check_known(config: GeneratorConfig) -> None:
    """The studio gives a generator a sketch, perhaps a tolerance map, and perhaps the whole look; no other inputs."""
    if config.inputChannels not in (1, 2):
        raise SystemExit(f"The studio knows generators with 1 or 2 input channels, and this one has {config.inputChannels}.")
    if config.lookLength not in (0, LOOK_LENGTH):
        raise SystemExit(f"This generator was trained with looks of {config.lookLength} numbers; today's have {LOOK_LENGTH}. Train it again.")


def generator_input(drawn: np.ndarray, values: np.ndarray | None) -> torch.Tensor:
    """Sketch `[S, S]` uint8 and, for a generator with two channels, tolerance values `[6]` -> `[1, 1 or 2, S, S]`."""
    planes = [drawn.astype(np.float32) / 127.5 - 1]
    if values is not None:
        planes.append(tolerance.trusted(planes[0], tolerance.tolerance_map(values, len(drawn))))
    return torch.from_numpy(np.stack(planes).astype(np.float32))[None]


def mean_face_sketch(size: int) -> np.ndarray:
    """The mean face's bare contour, `[size, size]` uint8."""
    return sketch(np.asarray(json.loads(MEAN_FACE.read_text())), {}, size, PLAIN, np.random.default_rng(0))


def golden(generator: Generator, folder: Path, size: int) -> dict:
    """The mean face's contour with the first preset and the default tolerances, and what the generator makes of it at every fourth pixel."""
    config = generator.config
    drawn = mean_face_sketch(size)
    look = encode_look(PRESETS[0]["look"]) if config.lookLength else np.zeros(0, np.float32)
    values = tolerance.values_of(tolerance.DEFAULTS) if config.inputChannels == 2 else None
    with torch.no_grad():
        face = generator(generator_input(drawn, values), torch.from_numpy(look)[None] if config.lookLength else None)
    sampled = face[0].permute(1, 2, 0).numpy()[::GOLDEN_STRIDE, ::GOLDEN_STRIDE].astype("<f2")
    parts = {"sketch": drawn.tobytes(), "look": look.astype("<f4").tobytes()}
    if values is not None:
        parts["tolerance"] = values.astype("<f4").tobytes()
    parts["output"] = sampled.tobytes()
    fixture = write_hashed(folder, "golden.bin", b"".join(parts.values()))
    offset = 0
    for name, data in parts.items():
        fixture[name] = {"byteOffset": offset}
        offset += len(data)
    fixture["output"]["stride"] = GOLDEN_STRIDE
    return fixture


def card(manifest: dict, state: dict, dtype: str) -> str:
    """The start of a model's card: what the files know. People add the data, its licence and what the model cannot do."""
    config, megabytes = manifest["config"], total_bytes(manifest) / 1e6
    count = sum(int(np.prod(entry["shape"])) for entry in manifest["weights"])
    return f"""# {manifest["name"]["en"]} ({manifest["name"]["zh"]})

| | |
|---|---|
| role | {manifest["role"]} |
| input | sketch {manifest["sizePx"]}x{manifest["sizePx"]}{", trusted lines" if config["inputChannels"] == 2 else ""}, look of {config["lookLength"]} numbers |
| generator | width {config["ngf"]}, {config["downSteps"]} down steps, {config["residualBlocks"]} residual blocks, {config["normsRemoved"]} leading norms removed |
| parameters | {count:,} as {dtype}; {megabytes:.1f} MB with everything beside them |
| trained | {state.get("step", 0):,} steps, {state.get("elapsed_s", 0) / 60:.0f} minutes |

## Data
Say which data trained it, how many people they show, and under which licence.

## Figures
See `docs/evaluation.md`.

## What it cannot do
Say where it fails, and for whom.
"""


def total_bytes(manifest: dict) -> int:
    files = [*manifest["shards"], manifest["golden"], *manifest.get("discriminator", {}).get("shards", [])]
    return sum(file["bytes"] for file in files)


def discriminator_entry(discriminator: nn.Module, folder: Path, dtype: str) -> dict:
    return {"config": discriminator.config.to_json()} | write_weights(folder, "discriminator", parameters(discriminator), dtype)


def export(checkpoint: Path, folder: Path, name: dict[str, str], dtype: str, size: int | None = None, role: str = "live",
           discriminator_dtype: str = "none", refines: str = "live") -> dict:
    """Writes the folder and gives its manifest. `size` is only needed where the checkpoint does not say what it was trained at; `refines` is the live model
    whose faces a fine one draws again."""
    state = read_state(checkpoint)
    generator, discriminator = generator_of(state), load_discriminator(state)
    check_known(generator.config)
    size = size or state.get("size", DEFAULT_SIZE)
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.bin"):
        old.unlink()
    look = {"fields": FIELDS, "presets": PRESETS} if generator.config.lookLength else {"fields": [], "presets": []}
    manifest = {"version": 1, "id": folder.name, "name": name, "role": role, "family": "pix2pixHd", "sizePx": size, "config": generator.config.to_json()}
    manifest |= {"refines": refines} if role == "fine" else {}
    manifest |= write_weights(folder, "weights", parameters(generator), dtype) | {"look": look}
    if generator.config.inputChannels == 2:
        manifest["tolerance"] = {"maxPx": tolerance.MAX_TOLERANCE_PX, "defaults": tolerance.DEFAULTS}
    if discriminator is not None and discriminator_dtype != "none":
        manifest["discriminator"] = discriminator_entry(discriminator, folder, discriminator_dtype)
    # The golden face comes from the weights as stored, so that a browser can meet it exactly.
    manifest |= {"golden": golden(as_stored(generator, dtype), folder, size), "card": "card.md"}
    (folder / "manifest.json").write_text(json.dumps(manifest, ensure_ascii=False, separators=(",", ":")) + "\n")
    if not (folder / "card.md").exists():
        (folder / "card.md").write_text(card(manifest, state, dtype))
    return manifest


def write_index(models: Path, default: str) -> None:
    """`public/models/index.json`: the models that the studio offers."""
    manifests = [json.loads(path.read_text()) for path in sorted(models.glob("*/manifest.json"))]
    entries = [{"id": m["id"], "name": m["name"], "role": m.get("role", "live")} | ({"refines": m["refines"]} if "refines" in m else {}) for m in manifests]
    entries.sort(key=lambda entry: ROLES.index(entry["role"]))
    ids = [entry["id"] for entry in entries]
    index = {"version": 1, "default": default if default in ids else ids[0], "models": entries}
    (models / "index.json").write_text(json.dumps(index, ensure_ascii=False, indent=1) + "\n")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("id")
    parser.add_argument("--name", required=True)
    parser.add_argument("--name-zh", required=True)
    parser.add_argument("--dtype", choices=["float16", "int8"], default="float16")
    parser.add_argument("--role", choices=ROLES, default="live", help="live: on every stroke; fine: when the pen rests; comparison: for the ablation only")
    parser.add_argument("--refines", metavar="ID", default="live", help="for --role fine: the live model whose faces it draws again")
    parser.add_argument("--comparison", dest="role", action="store_const", const="comparison", help="the same as --role comparison")
    parser.add_argument("--size", type=int, help="pixels; as in training unless given")
    parser.add_argument("--discriminator", choices=["int8", "float16", "none"], default="int8")
    parser.add_argument("--models", type=Path, default=Path("public/models"))
    parser.add_argument("--default", default="live", help="id of the model that the studio starts with")
    a = parser.parse_args()
    name = {"en": a.name, "zh": a.name_zh}
    manifest = export(a.checkpoint, a.models / a.id, name, a.dtype, a.size, a.role, a.discriminator, a.refines)
    write_index(a.models, a.default)
    beside = "with" if "discriminator" in manifest else "without"
    print(f"{a.models / a.id}: {len(manifest['weights'])} tensors, {beside} discriminator, {total_bytes(manifest) / 1e6:.2f} MB")


if __name__ == "__main__":
    main()

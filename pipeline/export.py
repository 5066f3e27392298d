"""A checkpoint -> `public/models/<id>/`: manifest with hashes, weights in shards of at most 4 MB, golden fixture for the self-test.

    python -m pipeline.export runs/live/last.pt live --name "Live" --name-zh "实时" [--dtype float16]

This file alone knows both layouts: NCHW/OIHW in PyTorch, NHWC/HWIO in TensorFlow.js. The card is written by hand beside it.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from pathlib import Path

import numpy as np
import torch

from .looks import FIELDS, encode_look
from .networks import Generator, GeneratorConfig
from .presets import PRESETS
from .sketches import PLAIN, sketch

SHARD_BYTES = 4 * 2**20
GOLDEN_STRIDE = 4


def to_tensorflow(name: str, value: torch.Tensor) -> np.ndarray:
    """One parameter in TensorFlow.js layout, float32."""
    array = value.detach().cpu().float().numpy()
    if array.ndim != 4:
        return array
    if name.endswith("depthwise"):
        return array.transpose(2, 3, 0, 1)  # [C, 1, h, w] -> [h, w, C, 1]
    # [out, in, h, w] -> [h, w, in, out]; a transposed convolution's [in, out, h, w] -> [h, w, out, in]
    return array.transpose(2, 3, 1, 0)


def from_tensorflow(name: str, array: np.ndarray) -> np.ndarray:
    """The inverse of `to_tensorflow`."""
    if array.ndim != 4:
        return array
    return array.transpose(2, 3, 0, 1) if name.endswith("depthwise") else array.transpose(3, 2, 0, 1)


def parameters(generator: Generator) -> dict[str, np.ndarray]:
    return {name: to_tensorflow(name, value) for name, value in generator.named_parameters()}


def load_average(checkpoint: Path) -> Generator:
    """The averaged generator of a checkpoint, in float32."""
    state = torch.load(checkpoint, map_location="cpu")
    generator = Generator(GeneratorConfig(**state["config"]))
    generator.load_state_dict(state["average"])
    return generator.eval()


def is_quantized(array: np.ndarray, dtype: str) -> bool:
    """Small tensors stay in 16 bits: they weigh little and norms are sensitive."""
    return dtype == "int8" and array.ndim >= 2 and array.size > 4096


def quantize(array: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """8-bit weights and one scale an output channel (last axis)."""
    scale = np.maximum(np.abs(array.reshape(-1, array.shape[-1])).max(axis=0) / 127, 1e-12).astype(np.float32)
    return np.rint(array / scale).astype(np.int8), scale


def as_stored(generator: Generator, dtype: str) -> Generator:
    """The same generator with every weight rounded as it is stored, so that the golden face is what a browser will see."""
    with torch.no_grad():
        for name, value in generator.named_parameters():
            array = to_tensorflow(name, value)
            if is_quantized(array, dtype):
                integers, scale = quantize(array)
                array = integers * scale
            else:
                array = array.astype(np.float16).astype(np.float32)
            value.copy_(torch.from_numpy(np.ascontiguousarray(from_tensorflow(name, array))))
    return generator


class Shards:
    """Weights packed one after another into files of at most `SHARD_BYTES`."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.files, self.buffer = folder, [], bytearray()

    def add(self, data: bytes) -> tuple[int, int]:
        data = data + b"\0" * (-len(data) % 4)
        if self.buffer and len(self.buffer) + len(data) > SHARD_BYTES:
            self.close()
        offset = len(self.buffer)
        self.buffer += data
        return len(self.files), offset

    def close(self) -> None:
        if self.buffer:
            self.files.append(write_hashed(self.folder, f"weights-{len(self.files)}.bin", bytes(self.buffer)))
            self.buffer = bytearray()


def write_hashed(folder: Path, file: str, data: bytes) -> dict:
    (folder / file).write_bytes(data)
    return {"file": file, "bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}


def golden(generator: Generator, folder: Path, size: int) -> dict:
    """The mean face's contour with the first preset, and what the generator makes of it at every fourth pixel."""
    mean_face = np.asarray(json.loads((Path(__file__).parent.parent / "src/faces/meanFace.json").read_text()))
    drawn = sketch(mean_face, {}, size, PLAIN, np.random.default_rng(0))
    look = encode_look(PRESETS[0]["look"])
    with torch.no_grad():
        x = torch.from_numpy(drawn).float()[None, None] / 127.5 - 1
        face = generator(x, torch.from_numpy(look)[None] if generator.look is not None else None)
    sampled = face[0].permute(1, 2, 0).numpy()[::GOLDEN_STRIDE, ::GOLDEN_STRIDE].astype(np.float16)
    data = drawn.tobytes() + look.tobytes() + sampled.tobytes()
    return write_hashed(folder, "golden.bin", data) | {
        "sketch": {"byteOffset": 0}, "look": {"byteOffset": drawn.nbytes},
        "output": {"byteOffset": drawn.nbytes + look.nbytes, "stride": GOLDEN_STRIDE}}


def export(checkpoint: Path, folder: Path, name: dict[str, str], dtype: str, size: int = 256) -> dict:
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.bin"):
        old.unlink()
    generator = load_average(checkpoint)
    shards, weights = Shards(folder), []
    for parameter, array in parameters(generator).items():
        entry = {"name": parameter, "shape": list(array.shape), "dtype": "float16"}
        if is_quantized(array, dtype):
            integers, scale = quantize(array)
            data = integers.tobytes()
            entry |= {"dtype": "int8", "scale": [float(s) for s in scale]}
        else:
            data = array.astype(np.float16).tobytes()
        shard, offset = shards.add(data)
        weights.append(entry | {"shard": shard, "byteOffset": offset, "byteLength": len(data)})
    shards.close()
    manifest = {"version": 1, "id": folder.name, "name": name, "family": "pix2pixHd", "sizePx": size, "config": generator.config.to_json(),
                "weights": weights, "shards": shards.files, "look": {"fields": FIELDS, "presets": PRESETS},
                "golden": golden(as_stored(generator, dtype), folder, size), "card": "card.md"}
    (folder / "manifest.json").write_text(json.dumps(manifest, ensure_ascii=False, separators=(",", ":")) + "\n")
    return manifest


def write_index(models: Path, default: str) -> None:
    """`public/models/index.json`: the models that the studio offers."""
    entries = []
    for path in sorted(models.glob("*/manifest.json")):
        manifest = json.loads(path.read_text())
        entries.append({"id": manifest["id"], "name": manifest["name"]})
    (models / "index.json").write_text(json.dumps({"version": 1, "default": default, "models": entries}, ensure_ascii=False, indent=1) + "\n")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("id")
    parser.add_argument("--name", required=True)
    parser.add_argument("--name-zh", required=True)
    parser.add_argument("--dtype", choices=["float16", "int8"], default="float16")
    parser.add_argument("--models", type=Path, default=Path("public/models"))
    parser.add_argument("--default", default="live")
    a = parser.parse_args()
    manifest = export(a.checkpoint, a.models / a.id, {"en": a.name, "zh": a.name_zh}, a.dtype)
    write_index(a.models, a.default)
    total = sum(s["bytes"] for s in manifest["shards"]) + manifest["golden"]["bytes"]
    print(f"{a.models / a.id}: {len(manifest['weights'])} tensors, {total / 1e6:.2f} MB")


if __name__ == "__main__":
    main()

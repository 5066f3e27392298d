"""Weights as files: parameters by name -> shards of at most 4 MB with entries for the manifest, and back.

This file alone knows both layouts: NCHW/OIHW in PyTorch, NHWC/HWIO in TensorFlow.js; which one a parameter has follows from the kind that its network
declares. Numbers are stored in 16 bits, or in 8 with one scale an output channel.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

import numpy as np
import torch
from torch import nn

from .networks import parameter_kinds
from .networks.family import Kind

SHARD_BYTES = 4 * 2**20
DTYPES = {"float32": np.dtype("<f4"), "float16": np.dtype("<f2"), "int8": np.dtype("i1")}
FLOAT16_MAX = 65504.0
# The axes of PyTorch's layout in the order of TensorFlow.js's, by kind.
AXES: dict[Kind, tuple[int, ...]] = {
    "conv": (2, 3, 1, 0),  # [out, in, h, w] -> [h, w, in, out]
    "transposedConv": (2, 3, 1, 0),  # [in, out, h, w] -> [h, w, out, in]
    "depthwise": (2, 3, 0, 1),  # [C, 1, h, w] -> [h, w, C, 1]
    "dense": (0, 1),  # [in, out] in both
    "vector": (0,),
}


def to_tensorflow(kind: Kind, value: torch.Tensor) -> np.ndarray:
    """One parameter in TensorFlow.js layout, float32."""
    return value.detach().cpu().float().numpy().transpose(AXES[kind])


def from_tensorflow(kind: Kind, array: np.ndarray) -> np.ndarray:
    """The inverse of `to_tensorflow`."""
    return array.transpose(np.argsort(AXES[kind]))


def parameters(network: nn.Module) -> dict[str, np.ndarray]:
    """All that a network stores, what its norms remember included."""
    kinds = parameter_kinds(network)
    return {name: to_tensorflow(kinds[name], value) for name, value in network.state_dict().items()}


def load_parameters(network: nn.Module, arrays: dict[str, np.ndarray]) -> nn.Module:
    """The inverse of `parameters`. Raises ValueError where names or shapes are not the network's."""
    wanted, kinds = network.state_dict(), parameter_kinds(network)
    if set(wanted) != set(arrays):
        odd = sorted(set(wanted) ^ set(arrays))
        raise ValueError(f"These parameters are only on one side: {', '.join(odd[:5])}. The weights belong to another configuration.")
    with torch.no_grad():
        for name, value in wanted.items():
            if arrays[name].ndim != value.ndim:
                raise ValueError(f"{name} has {arrays[name].ndim} dimensions, not {value.ndim}. The weights belong to another configuration.")
            array = from_tensorflow(kinds[name], arrays[name])
            if array.shape != tuple(value.shape):
                raise ValueError(f"{name} is {list(array.shape)}, not {list(value.shape)}. The weights belong to another configuration.")
            value.copy_(torch.from_numpy(np.array(array, dtype=np.float32)))
    return network


def is_quantized(array: np.ndarray, dtype: str) -> bool:
    """Small tensors stay in 16 bits: they weigh little and norms are sensitive."""
    return dtype == "int8" and array.ndim >= 2 and array.size > 4096


def quantize(array: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """8-bit weights and one scale an output channel (last axis)."""
    scale = np.maximum(np.abs(array.reshape(-1, array.shape[-1])).max(axis=0) / 127, 1e-12).astype(np.float32)
    return np.rint(array / scale).astype(np.int8), scale


def rounded(array: np.ndarray, dtype: str) -> np.ndarray:
    """The numbers that a reader gets back, float32."""
    if is_quantized(array, dtype):
        integers, scale = quantize(array)
        return integers * scale
    return array if dtype == "float32" else array.astype(np.float16).astype(np.float32)


def as_stored(network: nn.Module, dtype: str) -> nn.Module:
    """The same network with every weight rounded as it is stored: what a browser will see."""
    return load_parameters(network, {name: rounded(array, dtype) for name, array in parameters(network).items()})


def encode(array: np.ndarray, dtype: str) -> tuple[bytes, dict]:
    """One tensor's bytes, and what its entry says of them."""
    if is_quantized(array, dtype):
        integers, scale = quantize(array)
        return integers.tobytes(), {"dtype": "int8", "scale": [float(str(s)) for s in scale]}  # the shortest number that reads back as the same float32
    stored = "float32" if dtype == "float32" else "float16"
    if stored == "float16" and not (np.abs(array) <= FLOAT16_MAX).all():  # true of NaN too
        raise ValueError("A weight is too large for 16 bits or not a number: the training has diverged.")
    return array.astype(DTYPES[stored]).tobytes(), {"dtype": stored}


def write_weights(folder: Path, stem: str, arrays: dict[str, np.ndarray], dtype: str) -> dict:
    """Writes `stem-0.bin`, … and gives `{"weights": [...], "shards": [...]}` for the manifest. A tensor larger than a shard has one of its own."""
    entries, shards, buffer = [], [], bytearray()

    def close() -> None:
        if buffer:
            shards.append(write_hashed(folder, f"{stem}-{len(shards)}.bin", bytes(buffer)))
            buffer.clear()

    for name, array in arrays.items():
        data, form = encode(array, dtype)
        padded = data + b"\0" * (-len(data) % 4)
        if len(buffer) + len(padded) > SHARD_BYTES:
            close()
        entries.append({"name": name, "shape": list(array.shape)} | form | {"shard": len(shards), "byteOffset": len(buffer), "byteLength": len(data)})
        buffer += padded
    close()
    return {"weights": entries, "shards": shards}


def read_weights(folder: Path, stored: dict) -> dict[str, np.ndarray]:
    """The inverse of `write_weights`: float32 arrays in TensorFlow.js layout. Raises ValueError where a file is not what the manifest says."""
    shards = [read_hashed(folder, shard) for shard in stored["shards"]]
    arrays = {}
    for entry in stored["weights"]:
        data = shards[entry["shard"]][entry["byteOffset"]:entry["byteOffset"] + entry["byteLength"]]
        array = np.frombuffer(data, DTYPES[entry["dtype"]]).reshape(entry["shape"]).astype(np.float32)
        arrays[entry["name"]] = array * np.asarray(entry["scale"], dtype=np.float32) if entry["dtype"] == "int8" else array
    return arrays


def write_hashed(folder: Path, file: str, data: bytes) -> dict:
    (folder / file).write_bytes(data)
    return {"file": file, "bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}


def read_hashed(folder: Path, expected: dict) -> bytes:
    name = expected["file"]
    if Path(name).name != name:
        raise ValueError(f"{name} is not the name of a file in the model's own folder.")
    data = (folder / name).read_bytes()
    if len(data) != expected["bytes"] or hashlib.sha256(data).hexdigest() != expected["sha256"]:
        raise ValueError(f"{folder / name} is not the file that the manifest names (size or checksum differ).")
    return data

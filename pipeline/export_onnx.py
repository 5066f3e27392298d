"""A checkpoint -> an ONNX file (opset 17) of the averaged generator of a sketch-to-face model.

    python -m pipeline.export_onnx runs/live/last.pt live.onnx [--size 256]

Inputs, float32, any batch: `sketch [B, 1, S, S]` in [-1, 1] (line -1, paper +1); where the generator has it `tolerance [B, 1, S, S]` in 0-1 (0 = follow
the line exactly); where it has it `look [B, L]`. Output: `face [B, 3, S, S]` in [-1, 1]. PyTorch 2 needs the package onnx to write it. Where onnxruntime is installed the file is checked against PyTorch.
"""

from __future__ import annotations

import argparse
import importlib.util
import inspect
import warnings
from pathlib import Path

import numpy as np
import torch
from torch import nn

from .checkpoints import network_of, read_state
from .export import DEFAULT_SIZE
from .layers import portable_operators
from .looks import encode_look
from .networks import answer
from .presets import PRESETS
from .tasks import TASKS
from .tasks.sketch_to_face import fields_of, mean_face_sketch, planes

TASK = TASKS["sketchToFace"]
OPSET = 17
# In [-1, 1]. Two float32 programs differ by rounding, which a trained generator amplifies at edges; a quarter of a grey level cannot be seen.
MEAN_PARITY, LARGEST_PARITY = 1e-4, 0.25 / 127.5


def can_write() -> bool:
    return torch.__version__.startswith("1.") or importlib.util.find_spec("onnx") is not None


class Portable(nn.Module):
    """A generator whose inputs are what a person means, one by one, and not planes."""

    def __init__(self, generator: nn.Module, about: dict) -> None:
        super().__init__()
        self.generator, self.fields = generator, fields_of(generator.config, about)
        config = generator.config
        self.inputs = ["sketch", *["tolerance"][:config.inputChannels > 1], *["look"][:config.lookLength]]

    def forward(self, *inputs: torch.Tensor) -> torch.Tensor:
        named = dict(zip(self.inputs, inputs))
        seen = planes(named["sketch"], named.get("tolerance"), self.generator.config.inputChannels)
        return answer(self.generator, named | {"sketch": seen})["face"]

    def example(self, batch: int, size: int) -> list[torch.Tensor]:
        """The mean face at several places, tolerances from exact to loose, the looks that the studio names."""
        drawn = torch.from_numpy(mean_face_sketch(size)).float() / 127.5 - 1
        named = {
            "sketch": torch.stack([drawn.roll(k, 1) for k in range(batch)])[:, None],
            "tolerance": torch.linspace(0, 1, batch * size * size).view(batch, 1, size, size),
            "look": torch.from_numpy(np.stack([encode_look(PRESETS[k % len(PRESETS)]["look"], self.fields) for k in range(batch)])),
        }
        return [named[name] for name in self.inputs]


def export_onnx(generator: nn.Module, file: Path, size: int, about: dict | None = None) -> Portable:
    """Writes the file and gives the module that it was made from. about: what the checkpoint says beside its networks."""
    TASK.check(generator.config, about or {})
    module = Portable(generator.eval(), about or {})
    names = [*module.inputs, "face"]
    # The exporter that traces needs no further package; where torch has another one by default, it is asked for by name.
    choice = {"dynamo": False} if "dynamo" in inspect.signature(torch.onnx.export).parameters else {}
    with portable_operators(), torch.no_grad(), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about constants that could not be folded, and norms that use the sample's statistics: both are meant
        torch.onnx.export(module, tuple(module.example(2, size)), str(file), opset_version=OPSET, input_names=module.inputs, output_names=["face"],
                          dynamic_axes={name: {0: "batch"} for name in names}, **choice)
    return module


def differences(module: Portable, file: Path, size: int) -> tuple[float, float] | None:
    """Mean and largest difference of the file's output by onnxruntime from the training form's, over batches of 1 and 3; None without onnxruntime."""
    try:
        import onnxruntime
    except ImportError:
        return None
    session = onnxruntime.InferenceSession(str(file), providers=["CPUExecutionProvider"])
    found = []
    for batch in (1, 3):
        inputs = module.example(batch, size)
        with torch.no_grad():
            expected = module(*inputs).numpy()
        (face,) = session.run(["face"], {name: value.numpy() for name, value in zip(module.inputs, inputs)})
        found.append(np.abs(face - expected))
    return max(float(f.mean()) for f in found), max(float(f.max()) for f in found)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("file", type=Path)
    parser.add_argument("--size", type=int, help="pixels; as in training unless given")
    a = parser.parse_args()
    if not can_write():
        raise SystemExit("This version of PyTorch writes ONNX files with a package of that name: pip install onnx")
    state = read_state(a.checkpoint)
    size = a.size or state["about"].get("sizePx", DEFAULT_SIZE)
    try:
        module = export_onnx(network_of(state, TASK.role), a.file, size, state["about"])
    except ValueError as error:
        raise SystemExit(f"{error}") from None
    found = differences(module, a.file, size)
    print(f"{a.file}: {', '.join(module.inputs)} -> face, {a.file.stat().st_size / 1e6:.2f} MB")
    if found is None:
        print("Not checked: onnxruntime is not installed (pip install onnxruntime).")
        return
    print(f"Difference from PyTorch: mean {found[0]:.1e}, largest {found[1]:.1e}")
    if found[0] > MEAN_PARITY or found[1] > LARGEST_PARITY:
        raise SystemExit("That is more than rounding: do not use this file.")


if __name__ == "__main__":
    main()

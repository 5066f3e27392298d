"""Reading checkpoints: the averaged generator, the discriminator.

From PyTorch 2 on they are read as data and nothing in them is run; older versions cannot, so open only your own files there."""

from __future__ import annotations

from pathlib import Path

import torch

from torch import nn

from .networks import build


# The safe reader of PyTorch 1.13 does not know plain floats.
READS_AS_DATA = int(torch.__version__.split(".")[0]) >= 2


def read_state(checkpoint: Path, device: str = "cpu") -> dict:
    return torch.load(checkpoint, map_location=device, weights_only=READS_AS_DATA)


def generator_of(state: dict) -> nn.Module:
    """The averaged generator in float32, for use and not for training."""
    generator = build("pix2pixHd", state["config"])
    generator.load_state_dict(state["average"])
    return generator.eval()


def load_average(checkpoint: Path) -> nn.Module:
    return generator_of(read_state(checkpoint))


def discriminator_of(state: dict[str, torch.Tensor]) -> nn.Module:
    """The discriminator whose parameters these are; its sizes follow from their shapes."""
    kernel = state["scale.0.layer.0.kernel"]
    scales = 1 + max(int(name.split(".")[1]) for name in state)
    discriminator = build("patchGan", {"scales": scales, "ndf": kernel.shape[0], "inputs": kernel.shape[1]})
    discriminator.load_state_dict(state)
    return discriminator


def load_discriminator(state: dict) -> nn.Module | None:
    return discriminator_of(state["discriminator"]) if state.get("discriminator") else None

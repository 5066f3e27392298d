"""Reading checkpoints: the averaged generator, the discriminator.

From PyTorch 2 on they are read as data and nothing in them is run; older versions cannot, so open only your own files there."""

from __future__ import annotations

from pathlib import Path

import torch

from .discriminators import MultiScaleDiscriminator, discriminator_of
from .networks import Generator, GeneratorConfig


# The safe reader of PyTorch 1.13 does not know plain floats.
READS_AS_DATA = int(torch.__version__.split(".")[0]) >= 2


def read_state(checkpoint: Path, device: str = "cpu") -> dict:
    return torch.load(checkpoint, map_location=device, weights_only=READS_AS_DATA)


def generator_of(state: dict) -> Generator:
    """The averaged generator in float32, for use and not for training."""
    generator = Generator(GeneratorConfig(**state["config"]))
    generator.load_state_dict(state["average"])
    return generator.eval()


def load_average(checkpoint: Path) -> Generator:
    return generator_of(read_state(checkpoint))


def load_discriminator(state: dict) -> MultiScaleDiscriminator | None:
    return discriminator_of(state["discriminator"]) if state.get("discriminator") else None

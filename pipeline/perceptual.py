"""Fixed networks whose features judge pictures: SqueezeNet 1.1 (Iandola et al. 2016) and VGG19 (Simonyan and Zisserman 2014), as pix2pixHD has it.

Their weights are used offline only: from the `.pth` files that torchvision offers, SqueezeNet's also from a folder of `.npy` files (OIHW).
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

from .layers import channels_last
from .losses import VGG_WEIGHTS

MEAN, STD = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)
POOL_BEFORE_FIRE = (0, 2, 4)
# The fire modules by their number in torchvision's SqueezeNet 1.1, and the convolutions of one.
SQUEEZENET_FIRES = (3, 4, 6, 7, 9, 10, 11, 12)
SQUEEZENET_PARTS = ("squeeze", "expand1x1", "expand3x3")
# Convolutions by their number in torchvision's VGG19, one list a stage; the first of a stage gives a feature.
VGG_STAGES = ((0, 2), (5, 7), (10, 12, 14, 16), (19, 21, 23, 25), (28,))


# A convolution's "weight" or "bias" by its number.
ReadConvolution = Callable[[int, str], torch.Tensor]


class FixedFeatures(nn.Module):
    """Convolutions with given weights, for RGB in [-1, 1]. `weights` is what `losses.perceptual` takes for its layers."""

    weights: tuple[float, ...] | None = None

    def __init__(self) -> None:
        super().__init__()
        self.register_buffer("shift", torch.tensor(MEAN).view(1, 3, 1, 1) * 2 - 1)
        self.register_buffer("scale", torch.tensor(STD).view(1, 3, 1, 1) * 2)

    def keep(self, i: int, weight: torch.Tensor, bias: torch.Tensor) -> None:
        self.register_buffer(f"weight{i}", weight.float())
        self.register_buffer(f"bias{i}", bias.float())

    def standardised(self, x: torch.Tensor) -> torch.Tensor:
        return channels_last((x - self.shift.to(x.dtype)) / self.scale.to(x.dtype))

    def convolution(self, i: int, x: torch.Tensor, stride: int = 1, padding: int = 0) -> torch.Tensor:
        weight, bias = getattr(self, f"weight{i}"), getattr(self, f"bias{i}")
        return torch.relu(F.conv2d(x, weight.to(x.dtype), bias.to(x.dtype), stride, padding))


class SqueezeNetFeatures(FixedFeatures):
    """RGB `[B, 3, H, W]` in [-1, 1] -> list of activations: after the first convolution and after each of the first `fires` fire modules."""

    def __init__(self, read: ReadConvolution, fires: int = 8) -> None:
        super().__init__()
        self.fires = fires
        for i in range(1 + 3 * fires):
            self.keep(i, read(i, "weight"), read(i, "bias"))

    @staticmethod
    def of_folder(folder: Path, fires: int) -> SqueezeNetFeatures:
        return SqueezeNetFeatures(lambda i, kind: torch.from_numpy(np.load(folder / f"squeezenet0_conv{i}_{kind}.npy")), fires)

    @staticmethod
    def of_torchvision(state: dict[str, torch.Tensor], fires: int) -> SqueezeNetFeatures:
        def module(i: int) -> str:
            return f"features.{SQUEEZENET_FIRES[(i - 1) // 3]}.{SQUEEZENET_PARTS[(i - 1) % 3]}" if i else "features.0"

        return SqueezeNetFeatures(lambda i, kind: state[f"{module(i)}.{kind}"], fires)

    def forward(self, x: torch.Tensor) -> list[torch.Tensor]:
        x = self.convolution(0, self.standardised(x), stride=2)
        outputs = [x]
        for fire in range(self.fires):
            if fire in POOL_BEFORE_FIRE:
                x = F.max_pool2d(x, 3, 2, ceil_mode=True)
            squeezed = self.convolution(1 + 3 * fire, x)
            x = torch.cat([self.convolution(2 + 3 * fire, squeezed), self.convolution(3 + 3 * fire, squeezed, padding=1)], 1)
            outputs.append(x)
        return outputs


class VggFeatures(FixedFeatures):
    """RGB `[B, 3, H, W]` in [-1, 1] -> relu1_1, relu2_1, relu3_1, relu4_1, relu5_1."""

    weights = VGG_WEIGHTS

    def __init__(self, state: dict[str, torch.Tensor]) -> None:
        super().__init__()
        for i in (i for stage in VGG_STAGES for i in stage):
            self.keep(i, state[f"features.{i}.weight"], state[f"features.{i}.bias"])

    def forward(self, x: torch.Tensor) -> list[torch.Tensor]:
        x, outputs = self.standardised(x), []
        for k, (first, *others) in enumerate(VGG_STAGES):
            x = self.convolution(first, F.max_pool2d(x, 2) if k else x, padding=1)
            outputs.append(x)
            for i in others:
                x = self.convolution(i, x, padding=1)
        return outputs


def fixed_features(path: Path, fires: int) -> FixedFeatures:
    """SqueezeNet from a folder of arrays; SqueezeNet or VGG19, whichever it holds, from torchvision's file."""
    if path.is_dir():
        return SqueezeNetFeatures.of_folder(path, fires)
    if not path.exists():
        raise FileNotFoundError(f"perceptual_weights: {path} does not exist; pipeline/README.md says where to get weights.")
    state = torch.load(path, map_location="cpu", weights_only=True)
    return SqueezeNetFeatures.of_torchvision(state, fires) if "features.3.squeeze.weight" in state else VggFeatures(state)

"""SqueezeNet 1.1 features (Iandola et al. 2016) for the perceptual loss and for evaluation, from a folder of `.npy` weights (OIHW)."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

MEAN, STD = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)
POOL_BEFORE_FIRE = (0, 2, 4)


class SqueezeNetFeatures(nn.Module):
    """RGB `[B, 3, H, W]` in [-1, 1] -> list of activations: after the first convolution and after each of the first `fires` fire modules."""

    def __init__(self, folder: Path, fires: int = 8) -> None:
        super().__init__()
        self.fires = fires
        for i in range(1 + 3 * fires):
            for kind in ("weight", "bias"):
                array = np.load(folder / f"squeezenet0_conv{i}_{kind}.npy")
                self.register_buffer(f"{kind}{i}", torch.from_numpy(array.astype(np.float32)))
        self.register_buffer("shift", torch.tensor(MEAN).view(1, 3, 1, 1) * 2 - 1)
        self.register_buffer("scale", torch.tensor(STD).view(1, 3, 1, 1) * 2)

    def convolution(self, i: int, x: torch.Tensor, stride: int = 1, padding: int = 0) -> torch.Tensor:
        weight, bias = getattr(self, f"weight{i}"), getattr(self, f"bias{i}")
        return torch.relu(F.conv2d(x, weight.to(x.dtype), bias.to(x.dtype), stride, padding))

    def forward(self, x: torch.Tensor) -> list[torch.Tensor]:
        x = (x - self.shift.to(x.dtype)) / self.scale.to(x.dtype)
        x = self.convolution(0, x, stride=2)
        outputs = [x]
        for fire in range(self.fires):
            if fire in POOL_BEFORE_FIRE:
                x = F.max_pool2d(x, 3, 2, ceil_mode=True)
            squeezed = self.convolution(1 + 3 * fire, x)
            x = torch.cat([self.convolution(2 + 3 * fire, squeezed), self.convolution(3 + 3 * fire, squeezed, padding=1)], 1)
            outputs.append(x)
        return outputs

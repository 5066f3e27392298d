"""The discriminators of white-box cartoonisation (Wang and Yu 2020; spectral norm: Miyato et al. 2018), twin of src/models/discriminators/spectralPatch.ts. NCHW.

Three times 3x3 with stride 2 and 3x3, widths n, 2n, 4n, LeakyReLU 0.2, then 1x1 to a map of judgements. Every kernel is divided by its largest singular value, estimated
by one step of the power iteration from a remembered vector.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass

import torch
import torch.nn.functional as F
from torch import nn

from .family import Family, Shape

STEPS = 3
LEAK = 0.2
# Keeps a zero vector from being divided by its length.
LEAST_LENGTH = 1e-12


@dataclass(frozen=True)
class SpectralPatchConfig:
    """As `SpectralPatchConfig` in TypeScript. inputChannels: 1 for texture, 3 for surfaces."""

    ndf: int = 32
    inputChannels: int = 3

    def to_json(self) -> dict:
        return asdict(self)


def unit(x: torch.Tensor) -> torch.Tensor:
    return x / x.norm().clamp_min(LEAST_LENGTH)


class SpectralConvolution(nn.Module):
    """A convolution by `kernel / σ`. u: the left singular vector as far as it is known; it takes a step in every pass of training."""

    def __init__(self, inputs: int, outputs: int, size: int, stride: int) -> None:
        super().__init__()
        self.kernel = nn.Parameter(torch.randn(outputs, inputs, size, size) * 0.02)
        self.bias = nn.Parameter(torch.zeros(outputs))
        self.register_buffer("u", unit(torch.randn(outputs)))
        self.stride, self.padding = stride, size // 2

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        matrix = self.kernel.flatten(1)
        with torch.no_grad():
            v = unit(matrix.T @ self.u)
            u = unit(matrix @ v)
            if self.training:
                self.u = u
        sigma = u @ (matrix @ v)
        return F.conv2d(x, (self.kernel / sigma).to(x.dtype), self.bias.to(x.dtype), self.stride, self.padding)


class SpectralPatch(nn.Module):
    def __init__(self, config: SpectralPatchConfig) -> None:
        super().__init__()
        c = self.config = config
        widths = [c.inputChannels, *(c.ndf * 2**i for i in range(STEPS))]
        self.layer = nn.ModuleList()
        for i in range(STEPS):
            self.layer.append(SpectralConvolution(widths[i], widths[i + 1], 3, 2))
            self.layer.append(SpectralConvolution(widths[i + 1], widths[i + 1], 3, 1))
        self.judge = SpectralConvolution(widths[-1], 1, 1, 1)

    def forward(self, x: torch.Tensor, record: dict | None = None) -> torch.Tensor:
        """x `[B, inputChannels, H, W]` in [-1, 1] -> judgements `[B, 1, ⌈H / 8⌉, ⌈W / 8⌉]`."""
        record = {} if record is None else record
        for i, layer in enumerate(self.layer):
            x = record[f"layer.{i}"] = F.leaky_relu(layer(x), LEAK)
        return self.judge(x).float()


def inputs(c: SpectralPatchConfig) -> dict[str, Shape]:
    return {"picture": (c.inputChannels, None, None)}


def outputs(c: SpectralPatchConfig) -> dict[str, Shape]:
    return {"judgements": (1, None, None)}


FAMILY = Family(SpectralPatchConfig, SpectralPatch, {SpectralConvolution: {"kernel": "conv", "bias": "vector", "u": "vector"}}, inputs, outputs)

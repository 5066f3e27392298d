"""The U-Net of pix2pix and APDrawingGAN (Isola et al. 2017; Yi et al. 2019), as many steps as there are multipliers. Twin of src/models/generators/unet.ts. NCHW.

Down step i: LeakyReLU 0.2 (not before the first), 4x4 convolution with stride 2 and padding 1, batch norm (not after the first and the last).
Up step i: ReLU, 4x4 transposed convolution with stride 2 and padding 1, batch norm, dropout in the deepest steps. Each but the first takes the output of the
down step of its size, before that step's activation, concatenated before the output of the up step below it. The last up step has no norm but a bias, then tanh.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass

import torch
import torch.nn.functional as F
from torch import nn

from .. import layers
from ..layers import BatchNorm, Convolution, TransposedConvolution
from .family import Family, Shape


@dataclass(frozen=True)
class UnetConfig:
    """As `UnetConfig` in TypeScript. Step i is `ngf * multipliers[i]` channels wide."""

    ngf: int = 64
    multipliers: tuple[int, ...] = (1, 2, 4, 8, 8, 8, 8, 8)
    inputChannels: int = 3
    outputChannels: int = 1
    dropout: float = 0.5

    def to_json(self) -> dict:
        return asdict(self) | {"multipliers": list(self.multipliers)}


class DownStep(Convolution):
    def __init__(self, inputs: int, outputs: int, normed: bool) -> None:
        super().__init__(inputs, outputs, 4, 2, bias=not normed)
        self.norm = BatchNorm(outputs) if normed else None

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        x = super().forward(x, padding=1)
        return self.norm(x) if self.norm else x


class UpStep(TransposedConvolution):
    def __init__(self, inputs: int, outputs: int, normed: bool, dropout: float) -> None:
        super().__init__(inputs, outputs, bias=not normed)
        self.norm = BatchNorm(outputs) if normed else None
        self.dropout = dropout

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        x = super().forward(torch.relu(x))
        return F.dropout(self.norm(x), self.dropout, self.training) if self.norm else x


class Unet(nn.Module):
    def __init__(self, config: UnetConfig) -> None:
        super().__init__()
        c = self.config = config
        widths = [c.ngf * multiplier for multiplier in c.multipliers]
        last = len(widths) - 1
        self.down = nn.ModuleList([DownStep(widths[i - 1] if i else c.inputChannels, width, 0 < i < last) for i, width in enumerate(widths)])
        # As in pix2pix, three of eight steps drop out; one of three or four.
        dropping = last // 2
        self.up = nn.ModuleList([
            UpStep(widths[last - i] * (2 if i else 1), widths[last - i - 1] if i < last else c.outputChannels, i < last, c.dropout if i < dropping else 0.0)
            for i in range(len(widths))
        ])

    def forward(self, x: torch.Tensor, record: dict | None = None) -> torch.Tensor:
        """x `[B, inputChannels, H, W]` in [-1, 1], both sides multiples of 2 to the number of steps -> `[B, outputChannels, H, W]` in [-1, 1]."""
        side = 2 ** len(self.down)
        if x.shape[2] % side or x.shape[3] % side:
            raise ValueError(f"A U-Net of {len(self.down)} steps takes pictures with sides that are multiples of {side}, not {x.shape[3]}x{x.shape[2]}.")
        record = {} if record is None else record
        skips: list[torch.Tensor] = []
        for i, step in enumerate(self.down):
            x = record[f"down.{i}"] = step(F.leaky_relu(x, 0.2) if i else x)
            skips.append(x)
        for i, step in enumerate(self.up):
            x = record[f"up.{i}"] = step(torch.cat([skips[-1 - i], x], 1) if i else x)
        return torch.tanh(x.float())


def inputs(c: UnetConfig) -> dict[str, Shape]:
    return {"picture": (c.inputChannels, None, None)}


def outputs(c: UnetConfig) -> dict[str, Shape]:
    return {"picture": (c.outputChannels, None, None)}


FAMILY = Family(UnetConfig, Unet, layers.KINDS, inputs, outputs)

"""The multi-scale discriminators (Wang et al. 2018, section 3.2), twin of src/models/discriminators/patchGan.ts. NCHW."""

from __future__ import annotations

from dataclasses import asdict, dataclass

import torch
import torch.nn.functional as F
from torch import nn

from .. import layers
from ..layers import Convolution, InstanceNorm
from .family import Family, Shape


@dataclass(frozen=True)
class PatchGanConfig:
    """As `PatchGanConfig` in TypeScript. inputs: channels of the pair (sketch, photo); 3: of a photo that is judged by itself."""

    scales: int = 3
    ndf: int = 64
    inputs: int = 4

    def to_json(self) -> dict:
        return asdict(self)


class PatchDiscriminator(nn.Module):
    """4x4 convolutions `n s2, 2n s2, 4n s2, 8n s1, 1 s1`, LeakyReLU 0.2, instance norm on the middle three; returns every layer's output."""

    def __init__(self, inputs: int, ndf: int) -> None:
        super().__init__()
        widths = [inputs, ndf, ndf * 2, ndf * 4, ndf * 8, 1]
        self.layer = nn.ModuleList([Convolution(widths[i], widths[i + 1], 4, 2 if i < 3 else 1, bias=i in (0, 4)) for i in range(5)])
        self.norm = nn.ModuleList([InstanceNorm(widths[i + 1]) for i in (1, 2, 3)])

    def forward(self, x: torch.Tensor) -> list[torch.Tensor]:
        outputs = []
        for i, layer in enumerate(self.layer):
            x = layer(x, padding=2 if i >= 3 else 1)
            if 1 <= i <= 3:
                x = self.norm[i - 1](x)
            if i < 4:
                x = F.leaky_relu(x, 0.2)
            outputs.append(x)
        return outputs


class MultiScaleDiscriminator(nn.Module):
    """`scales` identical PatchGANs on the pair (sketch, photo), or on the photo alone, at full, half, quarter size."""

    def __init__(self, config: PatchGanConfig) -> None:
        super().__init__()
        self.config = config
        self.scale = nn.ModuleList([PatchDiscriminator(config.inputs, config.ndf) for _ in range(config.scales)])

    def forward(self, *pair: torch.Tensor) -> list[list[torch.Tensor]]:
        x = torch.cat(pair, 1)
        outputs = []
        for i, discriminator in enumerate(self.scale):
            if i:
                x = F.avg_pool2d(x, 3, 2, 1, count_include_pad=False)
            outputs.append(discriminator(x))
        return outputs


def inputs(c: PatchGanConfig) -> dict[str, Shape]:
    return ({"sketch": (c.inputs - 3, None, None)} if c.inputs > 3 else {}) | {"photo": (3, None, None)}


def outputs(c: PatchGanConfig) -> dict[str, Shape]:
    return {f"scale.{i}.layer.{k}": (width, None, None) for i in range(c.scales) for k, width in enumerate((c.ndf, c.ndf * 2, c.ndf * 4, c.ndf * 8, 1))}


FAMILY = Family(PatchGanConfig, MultiScaleDiscriminator, layers.KINDS, inputs, outputs)

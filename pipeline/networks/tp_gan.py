"""Turned face -> frontal face: the two-pathway generator of TP-GAN (Huang et al. 2017, section 3.1). Twin of src/models/generators/tpGan.ts. NCHW.

Local pathways, one for each patch: encoder 3x3 convolutions with stride 1, 2, 2, 2, each with a residual block; decoder three times up, beside the encoder's features of
that size. Their features and colours are laid where the patch belongs in a frontal face and joined by the maximum. Global pathway: encoder 7x7, 5x5 with stride 2, three
times 3x3 with stride 2, with residual blocks (four in the deepest); a code by maxout; from the code seeds at an eighth, a quarter, a half and full size; decoder beside
encoder, seeds and the picture itself. Pictures at a quarter, a half and full size. Upwards by repetition and a 3x3 convolution, since transposed convolutions leave
checkerboards. The paper's noise is left out: one face in, one face out. Batch norm, LeakyReLU 0.01.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field

import torch
import torch.nn.functional as F
from torch import nn

from .. import layers
from ..layers import BatchNorm, Convolution, Dense
from .family import Family, Shape

LEAK = 0.01
# Of the full size: the deepest map.
DEPTH = 16
DEEP_BLOCKS = 4
# Left, top, width, height at 128 px of the four patches in a frontal face that is aligned as FFHQ: round the mean landmarks of each part.
TEMPLATE = {"leftEye": (32, 46, 32, 32), "rightEye": (64, 46, 32, 32), "nose": (48, 68, 32, 24), "mouth": (44, 84, 40, 24)}


@dataclass(frozen=True)
class TpGanConfig:
    """As `TpGanConfig` in TypeScript. ngf (even), localNgf: channels of the first layer of the global and of a local pathway."""

    sizePx: int = 128
    ngf: int = 24
    localNgf: int = 16
    codeLength: int = 128
    template: dict = field(default_factory=lambda: {name: list(box) for name, box in TEMPLATE.items()})

    def __post_init__(self) -> None:
        if self.ngf % 2 or self.sizePx % DEPTH:
            raise ValueError(f"A TP-GAN needs an even ngf and sizePx in multiples of {DEPTH}, not {self.ngf} and {self.sizePx}.")
        if list(self.template) != list(TEMPLATE):
            raise ValueError(f"A TP-GAN's template has the patches {', '.join(TEMPLATE)}.")
        for left, top, width, height in self.template.values():
            if width % 8 or height % 8 or min(left, top) < 0 or max(left + width, top + height) > self.sizePx:
                raise ValueError("A TP-GAN's patches have sides in multiples of 8 and lie inside the picture.")

    @property
    def seeds(self) -> tuple[int, int, int]:
        """Channels of the seeds at a quarter, a half and full size."""
        return self.ngf // 2, max(1, self.ngf // 4), max(1, self.ngf // 8)

    def to_json(self) -> dict:
        return asdict(self)


class NormedConvolution(Convolution):
    """Convolution, batch norm, LeakyReLU."""

    def __init__(self, inputs: int, outputs: int, size: int = 3, stride: int = 1, active: bool = True) -> None:
        super().__init__(inputs, outputs, size, stride)
        nn.init.kaiming_normal_(self.kernel, nonlinearity="linear")
        self.norm = BatchNorm(outputs)
        self.active, self.padding = active, size // 2

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        x = self.norm(super().forward(x, self.padding))
        return F.leaky_relu(x, LEAK) if self.active else x


class ResidualBlock(nn.Module):
    def __init__(self, width: int) -> None:
        super().__init__()
        self.conv1, self.conv2 = NormedConvolution(width, width), NormedConvolution(width, width, active=False)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return F.leaky_relu(x + self.conv2(self.conv1(x)), LEAK)


class Stage(nn.Module):
    """A convolution and residual blocks."""

    def __init__(self, inputs: int, outputs: int, size: int = 3, stride: int = 1, blocks: int = 1) -> None:
        super().__init__()
        self.conv = NormedConvolution(inputs, outputs, size, stride)
        self.block = nn.ModuleList([ResidualBlock(outputs) for _ in range(blocks)])

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        x = self.conv(x)
        for block in self.block:
            x = block(x)
        return x


def doubled(x: torch.Tensor, times: int = 2) -> torch.Tensor:
    return F.interpolate(x, scale_factor=times, mode="nearest")


class UpStage(nn.Module):
    """Doubled, a convolution; then what lies beside, a convolution and residual blocks."""

    def __init__(self, inputs: int, beside: int, outputs: int, blocks: int) -> None:
        super().__init__()
        self.up = NormedConvolution(inputs, outputs)
        self.merge = Stage(outputs + beside, outputs, blocks=blocks)

    def forward(self, x: torch.Tensor, *beside: torch.Tensor) -> torch.Tensor:
        return self.merge(torch.cat([self.up(doubled(x)), *beside], 1))


class Picture(Convolution):
    """To colours in [-1, 1]."""

    def __init__(self, inputs: int, size: int) -> None:
        super().__init__(inputs, 3, size, bias=True)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return torch.tanh(super().forward(x, self.kernel.shape[2] // 2).float())


class LocalPathway(nn.Module):
    def __init__(self, n: int) -> None:
        super().__init__()
        widths = [3, n, 2 * n, 4 * n, 8 * n]
        self.encoder = nn.ModuleList([Stage(widths[i], widths[i + 1], stride=2 if i else 1) for i in range(4)])
        self.decoder = nn.ModuleList([UpStage(2 * width, width, width, 1) for width in (4 * n, 2 * n, n)])
        self.picture = Picture(n, 1)

    def forward(self, patch: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """Features `[B, n, h, w]` and colours `[B, 3, h, w]` of the frontal patch."""
        x, skips = patch, []
        for stage in self.encoder:
            x = stage(x)
            skips.append(x)
        for stage, skip in zip(self.decoder, skips[-2::-1]):
            x = stage(x, skip)
        return x, self.picture(x)


def placed(patches: list[torch.Tensor], template: dict, size: int) -> torch.Tensor:
    """Each patch where the template has it, zero elsewhere, the maximum where they overlap: `[B, C, size, size]`."""
    whole: torch.Tensor | None = None
    for patch, (left, top, width, height) in zip(patches, template.values(), strict=True):
        laid = F.pad(patch, (left, size - left - width, top, size - top - height))
        whole = laid if whole is None else torch.maximum(whole, laid)
    return whole


class TpGan(nn.Module):
    def __init__(self, config: TpGanConfig) -> None:
        super().__init__()
        c = self.config = config
        n, deep = c.ngf, c.sizePx // DEPTH
        self.local = nn.ModuleDict({name: LocalPathway(c.localNgf) for name in c.template})
        widths = [3, n, n, 2 * n, 4 * n, 8 * n]
        self.encoder = nn.ModuleList([Stage(widths[i], widths[i + 1], (7, 5, 3, 3, 3)[i], 2 if i else 1, DEEP_BLOCKS if i == 4 else 1) for i in range(5)])
        self.code = Dense(deep * deep * 8 * n, 2 * c.codeLength)
        self.spread = Dense(c.codeLength, deep * deep * n)
        self.seed = nn.ModuleList([NormedConvolution(before, width) for before, width in zip((n, *c.seeds), c.seeds)])
        self.decoder = nn.ModuleList([UpStage(9 * n, 4 * n, 4 * n, 0), UpStage(4 * n, 2 * n + c.seeds[0] + 3, 2 * n, 0), UpStage(2 * n, n + c.seeds[1] + 3, n, 0)])
        self.head = nn.ModuleList([Picture(2 * n, 3), Picture(n, 3)])
        self.up = NormedConvolution(n, n)
        self.fusion = nn.ModuleList([Stage(2 * n + c.seeds[2] + 3 + c.localNgf + 3, n), Stage(n, n // 2, blocks=0)])
        self.output = Picture(n // 2, 3)

    def forward(self, picture: torch.Tensor, *patches: torch.Tensor, record: dict | None = None) -> tuple[torch.Tensor, ...]:
        """picture `[B, 3, sizePx, sizePx]` and the patches in the template's sizes and order, all in [-1, 1], the hidden side on the right -> the frontal face at full, half and
        a quarter of the size, the frontal patches, and the code `[B, codeLength]`."""
        c, record = self.config, {} if record is None else record
        ways = [way(patch) for way, patch in zip(self.local.values(), patches, strict=True)]
        features = record["fused"] = placed([feature for feature, _ in ways], c.template, c.sizePx)
        colours = placed([colour + 1 for _, colour in ways], c.template, c.sizePx) - 1
        x, skips = picture, []
        for i, stage in enumerate(self.encoder):
            x = record[f"encoder.{i}"] = stage(x)
            skips.append(x)
        flat = self.code(x.permute(0, 2, 3, 1).flatten(1)).float()
        code = torch.maximum(*flat.chunk(2, 1))
        small = torch.relu(self.spread(code.to(x.dtype))).view(len(x), x.shape[2], x.shape[3], c.ngf).permute(0, 3, 1, 2)
        seeds = [self.seed[0](doubled(small, 4))]
        for layer in self.seed[1:]:
            seeds.append(layer(doubled(seeds[-1])))
        inputs = [picture, F.avg_pool2d(picture, 2), F.avg_pool2d(picture, 4)]
        x = record["decoder.0"] = self.decoder[0](torch.cat([x, small], 1), skips[3])
        x = record["decoder.1"] = self.decoder[1](x, skips[2], seeds[0], inputs[2])
        quarter = self.head[0](x)
        x = record["decoder.2"] = self.decoder[2](x, skips[1], seeds[1], inputs[1])
        half = self.head[1](x)
        x = torch.cat([self.up(doubled(x)), skips[0], seeds[2], picture, features, colours.to(x.dtype)], 1)
        for i, stage in enumerate(self.fusion):
            x = record[f"fusion.{i}"] = stage(x)
        return self.output(x), half, quarter, *(colour for _, colour in ways), code


def inputs(c: TpGanConfig) -> dict[str, Shape]:
    return {"picture": (3, c.sizePx, c.sizePx)} | {name: (3, height, width) for name, (_, _, width, height) in c.template.items()}


def outputs(c: TpGanConfig) -> dict[str, Shape]:
    pictures = {name: (3, c.sizePx // factor, c.sizePx // factor) for name, factor in (("frontal", 1), ("half", 2), ("quarter", 4))}
    return pictures | {name: (3, height, width) for name, (_, _, width, height) in c.template.items()} | {"code": (c.codeLength,)}


FAMILY = Family(TpGanConfig, TpGan, layers.KINDS, inputs, outputs)

"""The PyTorch twin of src/models/generators/pix2pixHd.ts (Wang et al. 2018; thesis, section 2).

Tensors are NCHW. Parameter names follow the TypeScript's, dots and all; `pipeline/weights_file.py` alone changes layouts.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field

import torch
import torch.nn.functional as F
from torch import nn

from .. import layers
from ..layers import Convolution, InstanceNorm, reflect, transposed_convolution
from ..warm_start import adapted
from .family import Family, Shape


UPSAMPLING = ("transposed", "resize")


@dataclass(frozen=True)
class GeneratorConfig:
    """As `Pix2PixHdConfig` in TypeScript."""

    ngf: int = 16
    downSteps: int = 4
    residualBlocks: int = 9
    separable: bool = True
    normsRemoved: int = 2
    lookLength: int = 0
    lookEmbed: int = 64
    inputChannels: int = 1
    outputChannels: int = 3
    localEnhancer: dict | None = None
    # The input, pooled to the size of so many of the decoder's steps from the deepest on, enters there once more: lines fade on their way through the
    # middle (DeFLOCNet, Liu et al. 2021).
    linesToDecoder: int = 0
    # So many leading encoder layers are added to the decoder's layer of the same size; those without a norm are strictly local.
    skips: int = 0
    # Separable residual blocks after each decoder step, from the deepest on; missing ones are 0.
    decoderBlocks: list[int] = field(default_factory=list)
    # How decoder steps double the size: "transposed" convolutions, or "resize": by repetition and a convolution, which leaves no checkerboards (Odena et al. 2016).
    upsampling: str = "transposed"

    def __post_init__(self) -> None:
        if self.upsampling not in UPSAMPLING:
            raise ValueError(f"upsampling must be one of {', '.join(UPSAMPLING)}, not {self.upsampling!r}.")

    def to_json(self) -> dict:
        return asdict(self)


class ResidualConvolution(nn.Module):
    """Reflection-padded 3x3 convolution, plain or depthwise then pointwise."""

    def __init__(self, channels: int, separable: bool) -> None:
        super().__init__()
        self.separable = separable
        if separable:
            self.depthwise = nn.Parameter(torch.randn(channels, 1, 3, 3) * 0.2)
            self.pointwise = nn.Parameter(torch.randn(channels, channels, 1, 1) * 0.05)
        else:
            self.kernel = nn.Parameter(torch.randn(channels, channels, 3, 3) * 0.02)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        x = reflect(x, 1)
        if not self.separable:
            return F.conv2d(x, self.kernel.to(x.dtype))
        x = F.conv2d(x, self.depthwise.to(x.dtype), groups=x.shape[1])
        return F.conv2d(x, self.pointwise.to(x.dtype))


class ResidualBlock(nn.Module):
    def __init__(self, channels: int, separable: bool, embed: int) -> None:
        super().__init__()
        self.conv1 = ResidualConvolution(channels, separable)
        self.norm1 = InstanceNorm(channels, embed)
        self.conv2 = ResidualConvolution(channels, separable)
        self.norm2 = InstanceNorm(channels, embed)

    def forward(self, x: torch.Tensor, e: torch.Tensor | None) -> torch.Tensor:
        y = torch.relu(self.norm1(self.conv1(x), e))
        return x + self.norm2(self.conv2(y), e)


class EncoderStep(nn.Module):
    def __init__(self, inputs: int, outputs: int, size: int, stride: int, normed: bool) -> None:
        super().__init__()
        convolution = Convolution(inputs, outputs, size, stride, bias=not normed)
        self.kernel, self.bias, self.stride, self.size = convolution.kernel, convolution.bias, stride, size
        self.norm = InstanceNorm(outputs) if normed else None

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        bias = None if self.bias is None else self.bias.to(x.dtype)
        kernel = self.kernel.to(x.dtype)
        x = F.conv2d(reflect(x, 3), kernel, bias) if self.size == 7 else F.conv2d(x, kernel, bias, self.stride, 1)
        return torch.relu(self.norm(x) if self.norm else x)


class DecoderStep(nn.Module):
    """Twice the size (`enlarged`); the lines and a skip added where there are any; norm; ReLU.

    What is added begins at zero, so that a network can be grown into one that has it.
    """

    def __init__(self, inputs: int, outputs: int, embed: int, lines: int = 0, skip: int = 0, blocks: int = 0) -> None:
        super().__init__()
        self.kernel = self.fresh_kernel(inputs, outputs)
        self.norm = InstanceNorm(outputs, embed)
        self.lines = Convolution(lines, outputs, 3) if lines else None
        self.skip = Convolution(skip, outputs, 1) if skip else None
        self.block = nn.ModuleList([ResidualBlock(outputs, True, embed) for _ in range(blocks)])
        without_effect = [added.kernel for added in (self.lines, self.skip) if added is not None]
        for block in self.block:
            without_effect += [value for name, value in block.norm2.named_parameters() if name != "beta"]
        for value in without_effect:
            nn.init.zeros_(value)

    def fresh_kernel(self, inputs: int, outputs: int) -> nn.Parameter:
        raise NotImplementedError

    def enlarged(self, x: torch.Tensor) -> torch.Tensor:
        raise NotImplementedError

    def forward(self, x: torch.Tensor, e: torch.Tensor | None, lines: torch.Tensor | None = None, skip: torch.Tensor | None = None) -> torch.Tensor:
        y = self.enlarged(x)
        if self.lines is not None:
            y = y + self.lines(lines, padding=1)
        if self.skip is not None:
            y = y + self.skip(skip)
        y = torch.relu(self.norm(y, e))
        for block in self.block:
            y = block(y, e)
        return y


class TransposedStep(DecoderStep):
    """By a transposed convolution 3x3, stride 2, padding 1, output padding 1."""

    def fresh_kernel(self, inputs: int, outputs: int) -> nn.Parameter:
        return nn.Parameter(torch.randn(inputs, outputs, 3, 3) * 0.02)

    def enlarged(self, x: torch.Tensor) -> torch.Tensor:
        return transposed_convolution(x, self.kernel.to(x.dtype))


class ResizeStep(DecoderStep):
    """By repetition and a 3x3 convolution."""

    def fresh_kernel(self, inputs: int, outputs: int) -> nn.Parameter:
        return nn.Parameter(torch.randn(outputs, inputs, 3, 3) * 0.02)

    def enlarged(self, x: torch.Tensor) -> torch.Tensor:
        return F.conv2d(F.interpolate(x, scale_factor=2, mode="nearest"), self.kernel.to(x.dtype), padding=1)


DECODER_STEPS: dict[str, type[DecoderStep]] = {"transposed": TransposedStep, "resize": ResizeStep}


def pyramid(x: torch.Tensor, levels: int) -> list[torch.Tensor]:
    """The picture and its means over 2x2, 4x4, …: from the smallest to itself."""
    out = [x]
    for _ in range(levels - 1):
        out.append(F.avg_pool2d(out[-1], 2))
    return out[::-1]


class Look(nn.Module):
    def __init__(self, length: int, embed: int, channels: int) -> None:
        super().__init__()
        self.embed = nn.ParameterDict({"kernel": nn.Parameter(torch.randn(length, embed) * (2 / length) ** 0.5), "bias": nn.Parameter(torch.zeros(embed))})
        self.enter = nn.ParameterDict({"kernel": nn.Parameter(torch.randn(embed, channels) * 0.05)})


class Enhancer(nn.Module):
    """G2: works at full size around G1, which runs at half size."""

    def __init__(self, c: GeneratorConfig, embed: int) -> None:
        super().__init__()
        n, options = c.ngf, c.localEnhancer or {}
        self.front = nn.ModuleList([EncoderStep(c.inputChannels, n // 2, 7, 1, True), EncoderStep(n // 2, n, 3, 2, True)])
        self.residual = nn.ModuleList([ResidualBlock(n, options["separable"], embed) for _ in range(options["residualBlocks"])])
        self.decoder = nn.ModuleList([DECODER_STEPS[c.upsampling](n, n // 2, embed)])
        self.output = Convolution(n // 2, c.outputChannels, 7, bias=True)

    def forward(self, x: torch.Tensor, features: torch.Tensor, e: torch.Tensor | None) -> torch.Tensor:
        h = self.front[1](self.front[0](x)) + features
        for block in self.residual:
            h = block(h, e)
        return torch.tanh(self.output(reflect(self.decoder[0](h, e), 3)).float())


class Generator(nn.Module):
    """pix2pixHD's G1 with the first `normsRemoved` instance norms removed, conditioned on a look; with `localEnhancer`, G2 around it."""

    def __init__(self, config: GeneratorConfig) -> None:
        super().__init__()
        c = self.config = config
        n, embed = c.ngf, c.lookEmbed if c.lookLength else 0
        widths = [n * 2**i for i in range(c.downSteps + 1)]
        self.encoder = nn.ModuleList([EncoderStep(c.inputChannels, n, 7, 1, c.normsRemoved <= 0)])
        for i in range(1, c.downSteps + 1):
            self.encoder.append(EncoderStep(widths[i - 1], widths[i], 3, 2, i >= c.normsRemoved))
        self.look = Look(c.lookLength, c.lookEmbed, widths[-1]) if embed else None
        self.residual = nn.ModuleList([ResidualBlock(widths[-1], c.separable, embed) for _ in range(c.residualBlocks)])
        self.decoder = nn.ModuleList()
        for k, i in enumerate(reversed(range(c.downSteps))):
            lines, skip = c.inputChannels if k < c.linesToDecoder else 0, widths[i] if i < c.skips else 0
            blocks = c.decoderBlocks[k] if k < len(c.decoderBlocks) else 0
            self.decoder.append(DECODER_STEPS[c.upsampling](widths[i + 1], widths[i], embed, lines, skip, blocks))
        self.enhancer = Enhancer(c, embed) if c.localEnhancer else None
        self.output = None if c.localEnhancer else Convolution(n, c.outputChannels, 7, bias=True)

    def features(self, x: torch.Tensor, e: torch.Tensor | None, record: dict | None = None) -> torch.Tensor:
        """G1 without its output layer; `record` collects activations by name for parity."""

        def note(name: str, h: torch.Tensor) -> torch.Tensor:
            if record is not None:
                record[name] = h
            return h

        lines = pyramid(x, self.config.downSteps)
        skips = []
        for i, step in enumerate(self.encoder):
            x = note(f"encoder.{i}", step(x))
            skips.append(x if i < self.config.skips else None)
        if self.look is not None and e is not None:
            x = x + (e @ self.look.enter["kernel"]).to(x.dtype)[:, :, None, None]
        for i, block in enumerate(self.residual):
            x = note(f"residual.{i}", block(x, e))
        for i, step in enumerate(self.decoder):
            x = note(f"decoder.{i}", step(x, e, lines[i], skips[self.config.downSteps - 1 - i]))
        return x

    def forward(self, x: torch.Tensor, look: torch.Tensor | None = None, record: dict | None = None) -> torch.Tensor:
        """x `[B, 1, H, W]` in [-1, 1] (line -1, paper +1), look `[B, lookLength]` -> `[B, 3, H, W]` in [-1, 1]."""
        e = None
        if self.look is not None:
            look = torch.zeros(len(x), self.config.lookLength, device=x.device) if look is None else look
            e = torch.relu(look @ self.look.embed["kernel"] + self.look.embed["bias"])
        if self.enhancer is not None:
            return self.enhancer(x, self.features(F.avg_pool2d(x, 2), e, record), e)
        return torch.tanh(self.output(reflect(self.features(x, e, record), 3)).float())


def inputs(c: GeneratorConfig) -> dict[str, Shape]:
    return {"sketch": (c.inputChannels, None, None)} | ({"look": (c.lookLength,)} if c.lookLength else {})


def outputs(c: GeneratorConfig) -> dict[str, Shape]:
    return {"face": (c.outputChannels, None, None)}


KINDS = layers.KINDS | {
    ResidualConvolution: {"kernel": "conv", "depthwise": "depthwise", "pointwise": "conv"},
    EncoderStep: {"kernel": "conv", "bias": "vector"},
    TransposedStep: {"kernel": "transposedConv"},
    ResizeStep: {"kernel": "conv"},
    Look: {"embed.kernel": "dense", "embed.bias": "vector", "enter.kernel": "dense"},
}
FAMILY = Family(GeneratorConfig, Generator, KINDS, inputs, outputs, adapted, look_rows="look.embed.kernel")

"""The PyTorch twin of src/models/generators/pix2pixHd.ts and the multi-scale discriminators (Wang et al. 2018; thesis, section 2).

Tensors are NCHW. Parameter names follow the TypeScript's, dots and all; `pipeline/export.py` alone changes layouts. Transposed convolutions are
written as one 2x2 convolution and a pixel shuffle, which is exactly equal to padding=1, output_padding=1 and several times faster on a CPU.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass

import torch
import torch.nn.functional as F
from torch import nn

EPSILON = 1e-5


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

    def to_json(self) -> dict:
        return asdict(self)


class InstanceNorm(nn.Module):
    """Instance norm with learnt gain and shift, both optionally moved by the embedded look: gamma + e.lookGamma, beta + e.lookBeta."""

    def __init__(self, channels: int, embed: int = 0) -> None:
        super().__init__()
        self.gamma = nn.Parameter(torch.ones(channels))
        self.beta = nn.Parameter(torch.zeros(channels))
        if embed:
            self.lookGamma = nn.Parameter(torch.randn(embed, channels) * 0.02)
            self.lookBeta = nn.Parameter(torch.randn(embed, channels) * 0.02)
        self.embed = embed
        self.collect = False
        self.held: tuple[torch.Tensor, torch.Tensor] | None = None

    def forward(self, x: torch.Tensor, e: torch.Tensor | None = None) -> torch.Tensor:
        """With `held` (mean, variance), each `[B, C]`, those statistics stand in for the sample's own; `collect` stores the sample's own there."""
        if self.collect:
            self.held = (x.float().mean((2, 3)), x.float().var((2, 3), unbiased=False))
        gamma, beta = self.gamma, self.beta
        if self.embed and e is not None:
            gamma, beta = gamma + e @ self.lookGamma, beta + e @ self.lookBeta
        else:
            gamma, beta = gamma.expand(len(x), -1), beta.expand(len(x), -1)
        # One batch norm a sample: the only fused kernel that takes channels-last bfloat16 on a CPU.
        if self.held is not None and not self.collect:
            factor = gamma * torch.rsqrt(self.held[1] + EPSILON)
            # In float32, as the fused kernel computes: in bfloat16 the difference of two large terms would be mostly rounding.
            return ((x.float() - self.held[0][:, :, None, None]) * factor[:, :, None, None] + beta[:, :, None, None]).to(x.dtype)
        samples = zip(x.split(1), gamma.unbind(), beta.unbind())
        return torch.cat([F.batch_norm(sample, None, None, g, b, True, 0.0, EPSILON) for sample, g, b in samples])


class _Reflect(torch.autograd.Function):
    """Reflection padding that keeps channels-last and works in bfloat16, with its gradient written out (what was reflected flows back)."""

    @staticmethod
    def forward(ctx, x: torch.Tensor, pad: int) -> torch.Tensor:
        ctx.pad = pad
        x = torch.cat([x[:, :, 1:pad + 1].flip(2), x, x[:, :, -pad - 1:-1].flip(2)], 2)
        return torch.cat([x[:, :, :, 1:pad + 1].flip(3), x, x[:, :, :, -pad - 1:-1].flip(3)], 3)

    @staticmethod
    def backward(ctx, grad: torch.Tensor) -> tuple[torch.Tensor, None]:
        p = ctx.pad
        inner = grad[:, :, :, p:-p].clone()
        inner[:, :, :, 1:p + 1] += grad[:, :, :, :p].flip(3)
        inner[:, :, :, -p - 1:-1] += grad[:, :, :, -p:].flip(3)
        grad, inner = inner, inner[:, :, p:-p].clone()
        inner[:, :, 1:p + 1] += grad[:, :, :p].flip(2)
        inner[:, :, -p - 1:-1] += grad[:, :, -p:].flip(2)
        return inner, None


def reflect(x: torch.Tensor, pad: int) -> torch.Tensor:
    """`F.pad(x, mode='reflect')` by `pad` on all sides."""
    return _Reflect.apply(x, pad)


class Convolution(nn.Module):
    """A convolution that owns only its kernel and, where no norm follows, its bias."""

    def __init__(self, inputs: int, outputs: int, size: int, stride: int = 1, bias: bool = False, groups: int = 1) -> None:
        super().__init__()
        self.kernel = nn.Parameter(torch.randn(outputs, inputs // groups, size, size) * 0.02)
        self.bias = nn.Parameter(torch.zeros(outputs)) if bias else None
        self.stride, self.groups = stride, groups

    def forward(self, x: torch.Tensor, padding: int = 0) -> torch.Tensor:
        bias = None if self.bias is None else self.bias.to(x.dtype)
        return F.conv2d(x, self.kernel.to(x.dtype), bias, self.stride, padding, 1, self.groups)


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
    """Transposed convolution 3x3, stride 2, padding 1, output padding 1; norm; ReLU. Doubles the size."""

    def __init__(self, inputs: int, outputs: int, embed: int) -> None:
        super().__init__()
        self.kernel = nn.Parameter(torch.randn(inputs, outputs, 3, 3) * 0.02)
        self.norm = InstanceNorm(outputs, embed)

    def forward(self, x: torch.Tensor, e: torch.Tensor | None) -> torch.Tensor:
        return torch.relu(self.norm(transposed_convolution(x, self.kernel.to(x.dtype)), e))


def transposed_convolution(x: torch.Tensor, kernel: torch.Tensor) -> torch.Tensor:
    """`F.conv_transpose2d(x, kernel, stride=2, padding=1, output_padding=1)` as a 2x2 convolution and a pixel shuffle. kernel `[in, out, 3, 3]`."""
    inputs, outputs = kernel.shape[:2]
    k0, k1, k2 = kernel.unbind(2)
    rows = torch.stack([k1, torch.zeros_like(k1), k2, k0], 2)  # taps over (m, m + 1) for output 2m, then for output 2m + 1
    c0, c1, c2 = rows.unbind(3)
    taps = torch.stack([c1, torch.zeros_like(c1), c2, c0], 3).view(inputs, outputs, 2, 2, 2, 2)  # [in, out, a, i, b, j]
    small = taps.permute(1, 2, 4, 0, 3, 5).reshape(outputs * 4, inputs, 2, 2)
    return F.pixel_shuffle(F.conv2d(F.pad(x, (0, 1, 0, 1)), small), 2)


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
        self.decoder = nn.ModuleList([DecoderStep(n, n // 2, embed)])
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
        self.decoder = nn.ModuleList([DecoderStep(widths[i + 1], widths[i], embed) for i in reversed(range(c.downSteps))])
        self.enhancer = Enhancer(c, embed) if c.localEnhancer else None
        self.output = None if c.localEnhancer else Convolution(n, c.outputChannels, 7, bias=True)

    def features(self, x: torch.Tensor, e: torch.Tensor | None, record: dict | None = None) -> torch.Tensor:
        """G1 without its output layer; `record` collects activations by name for parity."""

        def note(name: str, h: torch.Tensor) -> torch.Tensor:
            if record is not None:
                record[name] = h
            return h

        for i, step in enumerate(self.encoder):
            x = note(f"encoder.{i}", step(x))
        if self.look is not None and e is not None:
            x = x + (e @ self.look.enter["kernel"]).to(x.dtype)[:, :, None, None]
        for i, block in enumerate(self.residual):
            x = note(f"residual.{i}", block(x, e))
        for i, step in enumerate(self.decoder):
            x = note(f"decoder.{i}", step(x, e))
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


@contextmanager
def held_statistics(generator: Generator) -> Iterator[Callable[[], None]]:
    """Within the block, passes collect every norm's statistics until the yielded function is called; from then on those stand in."""
    norms = [module for module in generator.modules() if isinstance(module, InstanceNorm)]

    def hold() -> None:
        for norm in norms:
            norm.collect = False

    for norm in norms:
        norm.collect = True
    try:
        yield hold
    finally:
        for norm in norms:
            norm.collect, norm.held = False, None


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
    """`scales` identical PatchGANs on the pair (sketch, photo) at full, half, quarter size."""

    def __init__(self, scales: int, ndf: int, inputs: int = 4) -> None:
        super().__init__()
        self.scale = nn.ModuleList([PatchDiscriminator(inputs, ndf) for _ in range(scales)])

    def forward(self, sketch: torch.Tensor, photo: torch.Tensor) -> list[list[torch.Tensor]]:
        x = torch.cat([sketch, photo], 1)
        outputs = []
        for i, discriminator in enumerate(self.scale):
            if i:
                x = F.avg_pool2d(x, 3, 2, 1, count_include_pad=False)
            outputs.append(discriminator(x))
        return outputs

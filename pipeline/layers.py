"""The layers of generators and discriminators, NCHW: norms, reflection padding, convolutions (twin of src/models/layers.ts).

Written for training: channels-last bfloat16 on a CPU, one fused call on a GPU. Within `portable_operators` the same numbers come from operators that ONNX
has. Transposed convolutions are one small convolution and a pixel shuffle, exactly equal and several times faster on a CPU.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import torch
import torch.nn.functional as F
from torch import nn

EPSILON = 1e-5
# Share of a batch in the statistics that a batch norm remembers.
MOMENTUM = 0.1
_portable = False


@contextmanager
def portable_operators() -> Iterator[None]:
    """Within the block, layers compute with plain operators in place of those chosen for speed in training."""
    global _portable
    _portable, before = True, _portable
    try:
        yield
    finally:
        _portable = before


def channels_last(x: torch.Tensor) -> torch.Tensor:
    """The same numbers in the order in which a CPU convolves three times as fast; what is put together from single channels loses it."""
    return x.contiguous(memory_format=torch.channels_last)


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
        gamma, beta = self.gamma[None], self.beta[None]  # [1, C], or [B, C] where the look moves them
        if self.embed and e is not None:
            gamma, beta = gamma + e @ self.lookGamma, beta + e @ self.lookBeta
        if self.held is not None and not self.collect:
            factor = gamma * torch.rsqrt(self.held[1] + EPSILON)
            # In float32, as the fused kernel computes: in bfloat16 the difference of two large terms would be mostly rounding.
            return ((x.float() - self.held[0][:, :, None, None]) * factor[:, :, None, None] + beta[:, :, None, None]).to(x.dtype)
        if _portable:
            normed = F.instance_norm(x, weight=torch.ones_like(self.gamma), bias=torch.zeros_like(self.beta), eps=EPSILON)
            return normed * gamma[:, :, None, None] + beta[:, :, None, None]
        norm = norm_of_all if x.is_cuda else norm_of_each
        return norm(x, gamma.expand(len(x), -1), beta.expand(len(x), -1))


@contextmanager
def held_statistics(network: nn.Module) -> Iterator[Callable[[], None]]:
    """Within the block, passes collect every norm's statistics until the yielded function is called; from then on those stand in."""
    norms = [module for module in network.modules() if isinstance(module, InstanceNorm)]

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


class BatchNorm(nn.Module):
    """Batch norm that learns from the batch's statistics and remembers them, for use, in `mean` and (unbiased) `variance`."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.gamma = nn.Parameter(torch.ones(channels))
        self.beta = nn.Parameter(torch.zeros(channels))
        self.register_buffer("mean", torch.zeros(channels))
        self.register_buffer("variance", torch.ones(channels))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return F.batch_norm(x, self.mean, self.variance, self.gamma, self.beta, self.training, MOMENTUM, EPSILON)


def norm_of_each(x: torch.Tensor, gamma: torch.Tensor, beta: torch.Tensor) -> torch.Tensor:
    """Instance norm as one batch norm a sample: the only fused kernel that takes channels-last bfloat16 on a CPU. gamma, beta `[B, C]`."""
    samples = zip(x.split(1), gamma.unbind(), beta.unbind())
    return torch.cat([F.batch_norm(sample, None, None, g, b, True, 0.0, EPSILON) for sample, g, b in samples])


def norm_of_all(x: torch.Tensor, gamma: torch.Tensor, beta: torch.Tensor) -> torch.Tensor:
    """The same as one batch norm over all samples' channels: one kernel, which is what a GPU wants."""
    channels = x.reshape(1, -1, *x.shape[2:])
    y = F.batch_norm(channels, None, None, gamma.reshape(-1), beta.reshape(-1), True, 0.0, EPSILON)
    return y.view(x.shape).contiguous(memory_format=torch.channels_last)


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
    return F.pad(x, (pad, pad, pad, pad), mode="reflect") if _portable else _Reflect.apply(x, pad)


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


def transposed_convolution(x: torch.Tensor, kernel: torch.Tensor) -> torch.Tensor:
    """`F.conv_transpose2d(x, kernel, stride=2, padding=1, output_padding=1)` as a 2x2 convolution and a pixel shuffle. kernel `[in, out, 3, 3]`."""
    if _portable:
        return F.conv_transpose2d(x, kernel, stride=2, padding=1, output_padding=1)
    inputs, outputs = kernel.shape[:2]
    k0, k1, k2 = kernel.unbind(2)
    rows = torch.stack([k1, torch.zeros_like(k1), k2, k0], 2)  # taps over (m, m + 1) for output 2m, then for output 2m + 1
    c0, c1, c2 = rows.unbind(3)
    taps = torch.stack([c1, torch.zeros_like(c1), c2, c0], 3).view(inputs, outputs, 2, 2, 2, 2)  # [in, out, a, i, b, j]
    small = taps.permute(1, 2, 4, 0, 3, 5).reshape(outputs * 4, inputs, 2, 2)
    return F.pixel_shuffle(F.conv2d(F.pad(x, (0, 1, 0, 1)), small), 2)


def transposed_convolution_of_four(x: torch.Tensor, kernel: torch.Tensor) -> torch.Tensor:
    """`F.conv_transpose2d(x, kernel, stride=2, padding=1)` as a 3x3 convolution and a pixel shuffle. kernel `[in, out, 4, 4]`."""
    if _portable:
        return F.conv_transpose2d(x, kernel, stride=2, padding=1)
    inputs, outputs = kernel.shape[:2]

    def taps(k: torch.Tensor, dim: int) -> torch.Tensor:
        """Over (m - 1, m, m + 1), for output 2m and then for output 2m + 1."""
        k0, k1, k2, k3 = k.unbind(dim)
        none = torch.zeros_like(k0)
        return torch.stack([torch.stack([k3, k1, none], dim), torch.stack([none, k2, k0], dim)], dim)

    small = taps(taps(kernel, 2), 4)  # [in, out, a, i, b, j]
    small = small.permute(1, 2, 4, 0, 3, 5).reshape(outputs * 4, inputs, 3, 3)
    return F.pixel_shuffle(F.conv2d(x, small, padding=1), 2)


class TransposedConvolution(nn.Module):
    """A 4x4 transposed convolution with stride 2 and padding 1, which doubles the size; owns its kernel `[in, out, 4, 4]` and perhaps a bias."""

    def __init__(self, inputs: int, outputs: int, bias: bool = False) -> None:
        super().__init__()
        self.kernel = nn.Parameter(torch.randn(inputs, outputs, 4, 4) * 0.02)
        self.bias = nn.Parameter(torch.zeros(outputs)) if bias else None

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        y = transposed_convolution_of_four(x, self.kernel.to(x.dtype))
        return y if self.bias is None else y + self.bias.to(x.dtype)[:, None, None]


class Dense(nn.Module):
    """A fully connected layer with its kernel `[in, out]` and bias."""

    def __init__(self, inputs: int, outputs: int) -> None:
        super().__init__()
        self.kernel = nn.Parameter(torch.randn(inputs, outputs) * inputs**-0.5)
        self.bias = nn.Parameter(torch.zeros(outputs))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return x @ self.kernel.to(x.dtype) + self.bias.to(x.dtype)


# What each layer owns and of which kind it is (see networks/family.py).
KINDS = {
    InstanceNorm: {"gamma": "vector", "beta": "vector", "lookGamma": "dense", "lookBeta": "dense"},
    BatchNorm: {"gamma": "vector", "beta": "vector", "mean": "vector", "variance": "vector"},
    Convolution: {"kernel": "conv", "bias": "vector"},
    TransposedConvolution: {"kernel": "transposedConv", "bias": "vector"},
    Dense: {"kernel": "dense", "bias": "vector"},
}

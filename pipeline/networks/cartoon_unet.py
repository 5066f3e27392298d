"""The generator of white-box cartoonisation (Wang and Yu 2020, section 3.2), twin of src/models/generators/cartoonUnet.ts. NCHW.

7x7 convolution; two steps down (3x3 with stride 2, then 3x3 that doubles the width); residual blocks without norm; two steps up (3x3 that halves the width, twice the
size between pixels' centres, plus the encoder's layer of that size, 3x3); 7x7 to colours, tanh, which the reference code has not: so the output is a picture.
LeakyReLU 0.2 throughout. At last a guided filter (He, Sun, Tang 2010) whose guide is the photo: it takes away noise and keeps the photo's edges.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass

import torch
import torch.nn.functional as F
from torch import nn

from .. import layers
from ..guided_filter import guided_filter
from ..layers import Convolution, reflect
from .family import Family, Shape

LEAK = 0.2


@dataclass(frozen=True)
class CartoonUnetConfig:
    """As `CartoonUnetConfig` in TypeScript. filterRadius: in pixels; 0: no filter. filterEpsilon: of the filter, for values in [-1, 1]. The filter
    has no parameters, so both may be changed in use."""

    ngf: int = 32
    residualBlocks: int = 4
    filterRadius: int = 1
    filterEpsilon: float = 0.01

    def to_json(self) -> dict:
        return asdict(self)


class ActiveConvolution(Convolution):
    """Convolution with bias, padded by zeros to keep its size (or halve it), and LeakyReLU."""

    def __init__(self, inputs: int, outputs: int, stride: int = 1) -> None:
        super().__init__(inputs, outputs, 3, stride, bias=True)
        nn.init.kaiming_normal_(self.kernel, LEAK)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return F.leaky_relu(super().forward(x, padding=1), LEAK)


class DownStep(nn.Module):
    def __init__(self, width: int) -> None:
        super().__init__()
        self.conv1, self.conv2 = ActiveConvolution(width, width, 2), ActiveConvolution(width, 2 * width)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.conv2(self.conv1(x))


class PlainResidualBlock(nn.Module):
    """x plus 3x3, LeakyReLU, 3x3."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.conv1, self.conv2 = ActiveConvolution(width, width), Convolution(width, width, 3, bias=True)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return x + self.conv2(self.conv1(x), padding=1)


class UpStep(nn.Module):
    """`conv1` halves the width at the small size, `conv2` works on the sum with the encoder's layer."""

    def __init__(self, inputs: int, width: int) -> None:
        super().__init__()
        self.conv1, self.conv2 = ActiveConvolution(inputs, width), ActiveConvolution(width, width)

    def forward(self, x: torch.Tensor, skip: torch.Tensor) -> torch.Tensor:
        doubled = F.interpolate(self.conv1(x), scale_factor=2.0, mode="bilinear", align_corners=False)
        return self.conv2(doubled + skip)


class CartoonUnet(nn.Module):
    def __init__(self, config: CartoonUnetConfig) -> None:
        super().__init__()
        c = self.config = config
        self.front = Convolution(3, c.ngf, 7, bias=True)
        self.down = nn.ModuleList([DownStep(c.ngf), DownStep(2 * c.ngf)])
        self.residual = nn.ModuleList([PlainResidualBlock(4 * c.ngf) for _ in range(c.residualBlocks)])
        self.up = nn.ModuleList([UpStep(4 * c.ngf, 2 * c.ngf), UpStep(2 * c.ngf, c.ngf)])
        self.output = Convolution(c.ngf, 3, 7, bias=True)
        nn.init.kaiming_normal_(self.front.kernel, LEAK)

    def forward(self, photo: torch.Tensor, record: dict | None = None) -> torch.Tensor:
        """photo `[B, 3, H, W]` in [-1, 1], sides multiples of 4 -> a picture like it, in float32."""
        if photo.shape[2] % 4 or photo.shape[3] % 4:
            raise ValueError(f"The cartoon generator takes pictures with sides that are multiples of 4, not {photo.shape[3]}x{photo.shape[2]}.")
        record = {} if record is None else record
        x = F.leaky_relu(self.front(reflect(photo, 3)), LEAK)
        skips = [x]
        for i, step in enumerate(self.down):
            x = record[f"down.{i}"] = step(x)
            skips.append(x)
        for i, block in enumerate(self.residual):
            x = record[f"residual.{i}"] = block(x)
        for i, step in enumerate(self.up):
            x = record[f"up.{i}"] = step(x, skips[1 - i])
        picture, c = torch.tanh(self.output(reflect(x, 3)).float()), self.config
        return guided_filter(photo.float(), picture, c.filterRadius, c.filterEpsilon) if c.filterRadius else picture


def inputs(c: CartoonUnetConfig) -> dict[str, Shape]:
    return {"picture": (3, None, None)}


def outputs(c: CartoonUnetConfig) -> dict[str, Shape]:
    return {"picture": (3, None, None)}


FAMILY = Family(CartoonUnetConfig, CartoonUnet, layers.KINDS, inputs, outputs)

"""A reader of faces in any style: 68 heat maps and nine regions, at half the size of the picture. Twin of src/models/readers/faceReader.ts. NCHW.

Level i of the encoder: 3x3 convolution with stride 2, batch norm, ReLU, then residual blocks of two 3x3 convolutions with batch norms. The decoder goes back up
(feature pyramid, Lin et al. 2017): a 1x1 convolution of what lies below, enlarged to twice its size (nearest), plus a 1x1 convolution of the encoder's level, then a 3x3
convolution, batch norm, ReLU. A landmark is the expected place under the softmax of its map (losses.places).
"""

from __future__ import annotations

from dataclasses import asdict, dataclass

import torch
import torch.nn.functional as F
from torch import nn

from .. import layers
from ..layers import BatchNorm, Convolution
from .family import Family, Shape

LANDMARKS, REGIONS = 68, 9


@dataclass(frozen=True)
class FaceReaderConfig:
    """As `FaceReaderConfig` in TypeScript. widths, blocks: of the encoder's levels; decoderWidths: of all levels but the deepest."""

    widths: tuple[int, ...] = (24, 40, 96, 96)
    blocks: tuple[int, ...] = (1, 2, 2, 1)
    decoderWidths: tuple[int, ...] = (32, 48, 64)

    def __post_init__(self) -> None:
        for name in ("widths", "blocks", "decoderWidths"):
            object.__setattr__(self, name, tuple(getattr(self, name)))
        if not len(self.widths) == len(self.blocks) == len(self.decoderWidths) + 1:
            raise ValueError("A face reader has as many blocks as widths, and one decoder width less.")

    def to_json(self) -> dict:
        return {name: list(values) for name, values in asdict(self).items()}


class NormedConvolution(Convolution):
    def __init__(self, inputs: int, outputs: int, stride: int = 1) -> None:
        super().__init__(inputs, outputs, 3, stride)
        self.norm = BatchNorm(outputs)
        nn.init.kaiming_normal_(self.kernel)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.norm(super().forward(x, padding=1))


class ResidualBlock(nn.Module):
    def __init__(self, width: int) -> None:
        super().__init__()
        self.conv1, self.conv2 = NormedConvolution(width, width), NormedConvolution(width, width)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return torch.relu(x + self.conv2(torch.relu(self.conv1(x))))


class Level(nn.Module):
    def __init__(self, inputs: int, outputs: int, blocks: int) -> None:
        super().__init__()
        self.down = NormedConvolution(inputs, outputs, 2)
        self.block = nn.ModuleList([ResidualBlock(outputs) for _ in range(blocks)])

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        x = torch.relu(self.down(x))
        for block in self.block:
            x = block(x)
        return x


class UpLevel(nn.Module):
    def __init__(self, below: int, beside: int, width: int) -> None:
        super().__init__()
        self.below, self.beside = Convolution(below, width, 1), Convolution(beside, width, 1)
        self.conv = NormedConvolution(width, width)
        for layer in (self.below, self.beside):
            nn.init.kaiming_normal_(layer.kernel)

    def forward(self, x: torch.Tensor, beside: torch.Tensor) -> torch.Tensor:
        x = F.interpolate(self.below(x), scale_factor=2, mode="nearest") + self.beside(beside)
        return torch.relu(self.conv(x))


class FaceReader(nn.Module):
    def __init__(self, config: FaceReaderConfig) -> None:
        super().__init__()
        c = self.config = config
        self.encoder = nn.ModuleList([Level(c.widths[i - 1] if i else 3, width, c.blocks[i]) for i, width in enumerate(c.widths)])
        below = (*c.decoderWidths[1:], c.widths[-1])
        self.decoder = nn.ModuleList([UpLevel(below[i], c.widths[i], width) for i, width in enumerate(c.decoderWidths)])
        self.head = Convolution(c.decoderWidths[0], LANDMARKS + REGIONS, 1, bias=True)

    def features(self, x: torch.Tensor) -> list[torch.Tensor]:
        """The encoder's levels: what a perceptual loss compares."""
        levels = []
        for level in self.encoder:
            x = level(x)
            levels.append(x)
        return levels

    def forward(self, x: torch.Tensor, record: dict | None = None) -> tuple[torch.Tensor, torch.Tensor]:
        """x `[B, 3, H, W]` in [-1, 1], sides multiples of 2 to the number of levels -> logits of landmarks `[B, 68, H/2, W/2]` and regions `[B, 9, H/2, W/2]`."""
        side = 2 ** len(self.encoder)
        if x.shape[2] % side or x.shape[3] % side:
            raise ValueError(f"A face reader of {len(self.encoder)} levels takes pictures with sides that are multiples of {side}, not {x.shape[3]}x{x.shape[2]}.")
        record = {} if record is None else record
        levels = self.features(x)
        record |= {f"encoder.{i}": y for i, y in enumerate(levels)}
        x = levels[-1]
        for i in reversed(range(len(self.decoder))):
            x = record[f"decoder.{i}"] = self.decoder[i](x, levels[i])
        maps = self.head(x).float()
        return maps[:, :LANDMARKS], maps[:, LANDMARKS:]


def inputs(c: FaceReaderConfig) -> dict[str, Shape]:
    return {"picture": (3, None, None)}


def outputs(c: FaceReaderConfig) -> dict[str, Shape]:
    return {"landmarks": (LANDMARKS, None, None), "regions": (REGIONS, None, None)}


FAMILY = Family(FaceReaderConfig, FaceReader, layers.KINDS, inputs, outputs)

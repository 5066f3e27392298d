"""The hierarchical generator of APDrawingGAN (Yi et al. 2019, section 3.2), twin of src/models/generators/apDrawing.ts. NCHW.

A U-Net for the whole photo and six for its parts: eyes, nose and mouth as patches, hair and background as the whole photo behind a mask. The parts go back to their places on
white and the darkest of them counts; a fusion network makes one drawing of that and the whole's: 7x7, two residual blocks of 3x3, 7x7, tanh, ReLU between, no norms.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass

import torch
from torch import nn

from .. import layers
from ..drawing_parts import PATCHES, Windows, behind, combined
from ..layers import Convolution, channels_last, reflect
from .family import Family, Shape
from .unet import Unet, UnetConfig

AREAS = ("hair", "background")


@dataclass(frozen=True)
class ApDrawingConfig:
    """As `ApDrawingConfig` in TypeScript. Widths and steps of the U-Nets of the whole, of the four patches, of hair and background; width and blocks of the fusion."""

    ngf: int = 64
    multipliers: tuple[int, ...] = (1, 2, 4, 8, 8, 8, 8, 8)
    patchNgf: int = 64
    patchMultipliers: tuple[int, ...] = (1, 2, 4)
    areaNgf: int = 64
    areaMultipliers: tuple[int, ...] = (1, 2, 2, 2)
    fusionNgf: int = 64
    fusionBlocks: int = 2
    dropout: float = 0.5

    def __post_init__(self) -> None:
        for name in ("multipliers", "patchMultipliers", "areaMultipliers"):
            object.__setattr__(self, name, tuple(getattr(self, name)))

    def to_json(self) -> dict:
        return {name: list(value) if isinstance(value, tuple) else value for name, value in asdict(self).items()}


class FusionBlock(nn.Module):
    def __init__(self, width: int) -> None:
        super().__init__()
        self.conv1, self.conv2 = (Convolution(width, width, 3, bias=True) for _ in range(2))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return x + self.conv2(reflect(torch.relu(self.conv1(reflect(x, 1))), 1))


class Fusion(nn.Module):
    def __init__(self, width: int, blocks: int) -> None:
        super().__init__()
        self.front = Convolution(2, width, 7, bias=True)
        self.block = nn.ModuleList([FusionBlock(width) for _ in range(blocks)])
        self.output = Convolution(width, 1, 7, bias=True)
        nn.init.kaiming_normal_(self.front.kernel)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        h = torch.relu(self.front(reflect(channels_last(x), 3)))
        for block in self.block:
            h = block(h)
        return torch.tanh(self.output(reflect(h, 3)).float())


class ApDrawing(nn.Module):
    def __init__(self, config: ApDrawingConfig) -> None:
        super().__init__()
        c = self.config = config
        self.whole = Unet(UnetConfig(c.ngf, c.multipliers, 3, 1, c.dropout))
        self.patch = nn.ModuleDict({name: Unet(UnetConfig(c.patchNgf, c.patchMultipliers, 3, 1, c.dropout)) for name in PATCHES})
        self.area = nn.ModuleDict({name: Unet(UnetConfig(c.areaNgf, c.areaMultipliers, 3, 1, c.dropout)) for name in AREAS})
        self.fusion = Fusion(c.fusionNgf, c.fusionBlocks)

    def forward(self, photo: torch.Tensor, foreground: torch.Tensor, places: torch.Tensor, record: dict | None = None) -> list[torch.Tensor]:
        """photo `[B, 3, H, W]`, foreground `[B, 1, H, W]` (1 person, -1 background), places `[B, 8]`: x, y of the middle of each patch, all in [-1, 1] -> the drawing
        `[B, 1, H, W]`, then what each part's generator drew: patches at their size, hair and background at full size with white around."""
        windows = Windows(places, *photo.shape[2:])
        patches = {name: self.patch[name](channels_last(windows.cut(photo, name))) for name in PATCHES}
        masks = windows.masks(foreground.float())
        areas = {name: behind(self.area[name](behind(photo, masks[name].to(photo.dtype), -1.0)), masks[name], 1.0) for name in AREAS}
        local = combined([windows.placed(drawn, name) for name, drawn in patches.items()] + list(areas.values()))
        whole = self.whole(photo)
        if record is not None:
            record |= {"whole": whole, "combined": local}
        picture = self.fusion(torch.cat([whole, local], 1).to(photo.dtype))
        return [picture, *patches.values(), *areas.values()]


def inputs(c: ApDrawingConfig) -> dict[str, Shape]:
    return {"picture": (3, None, None), "foreground": (1, None, None), "places": (2 * len(PATCHES),)}


def outputs(c: ApDrawingConfig) -> dict[str, Shape]:
    return {name: (1, None, None) for name in ("picture", *PATCHES, *AREAS)}


FAMILY = Family(ApDrawingConfig, ApDrawing, layers.KINDS, inputs, outputs)

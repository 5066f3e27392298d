"""The multi-scale discriminators (Wang et al. 2018, section 3.2), twin of src/models/discriminators/patchGan.ts. NCHW."""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import nn

from .layers import Convolution, InstanceNorm


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
        self.config = {"scales": scales, "ndf": ndf, "inputs": inputs}
        self.scale = nn.ModuleList([PatchDiscriminator(inputs, ndf) for _ in range(scales)])

    def forward(self, sketch: torch.Tensor, photo: torch.Tensor) -> list[list[torch.Tensor]]:
        x = torch.cat([sketch, photo], 1)
        outputs = []
        for i, discriminator in enumerate(self.scale):
            if i:
                x = F.avg_pool2d(x, 3, 2, 1, count_include_pad=False)
            outputs.append(discriminator(x))
        return outputs


def discriminator_of(state: dict[str, torch.Tensor]) -> MultiScaleDiscriminator:
    """The discriminator whose parameters these are; its sizes follow from their shapes."""
    kernel = state["scale.0.layer.0.kernel"]
    scales = 1 + max(int(name.split(".")[1]) for name in state)
    discriminator = MultiScaleDiscriminator(scales, kernel.shape[0], kernel.shape[1])
    discriminator.load_state_dict(state)
    return discriminator

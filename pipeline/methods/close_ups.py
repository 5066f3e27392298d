"""Close-ups of mouths and eyes, and the losses on them (in the way of the local discriminators of APDrawingGAN, Yi et al. 2019, section 3.2).

A mouth is a hundredth of the picture: what lies between its lips hardly counts for a discriminator and a fixed network that look at the whole face, and a mean of teeth and
shadow is a flesh colour. So squares are cut out, enlarged, and looked at by themselves.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from .. import losses
from ..networks import build
from ..perceptual import FixedFeatures
from .method import Place, fixed

# Landmarks in the middle of a square; half its side, as a fraction of the picture; its size once enlarged.
PLACES = {"mouth": range(48, 68), "rightEye": range(36, 42), "leftEye": range(42, 48)}
HALF_SIDE = {"mouth": 0.17, "rightEye": 0.12, "leftEye": 0.12}
SIZE = 128


def cut(pictures: Tensor, landmarks: Tensor, place: str) -> Tensor:
    """`[B, C, S, S]` and landmarks `[B, 68, 2]` in 0-1 -> `[B, C, SIZE, SIZE]` float32; gradients pass through. Beyond the picture its edge goes on."""
    centre = landmarks[:, list(PLACES[place])].mean(1) * 2 - 1
    at = ((torch.arange(SIZE, device=pictures.device) + 0.5) / SIZE * 2 - 1) * 2 * HALF_SIDE[place]
    grid = torch.stack(torch.meshgrid(at, at, indexing="xy"), -1)[None] + centre[:, None, None]
    return F.grid_sample(pictures.float(), grid, mode="bilinear", padding_mode="border", align_corners=False)


@dataclass
class Pictures:
    """All `[B, C, S, S]` in [-1, 1]; landmarks `[B, 68, 2]`: where the parts lie in the sketch and in the photo."""

    sketch: Tensor
    photo: Tensor
    landmarks: Tensor


class CloseUps:
    """The discriminator of close-ups, and what a fixed network sees in them. The mouth of every picture and, in turn, one of its eyes."""

    def __init__(self, place: Place, ndf: int, form: str, features: FixedFeatures) -> None:
        self.place, self.form, self.features = place, form, features
        self.discriminator: nn.Module = place.placed(build("patchGan", {"scales": 1, "ndf": ndf}))
        self.shown: tuple[str, ...] = ()
        self.judged_real: losses.Scales | None = None

    def squares(self, pictures: Tensor, landmarks: Tensor) -> Tensor:
        cuts = torch.cat([cut(pictures, landmarks, place) for place in self.shown])
        return cuts.to(self.place.low, memory_format=torch.channels_last)

    def discriminator_losses(self, real: Pictures, fake: Tensor, step: int) -> dict[str, Tensor]:
        """Real against generated pictures; keeps the real ones' layers for `generator_losses`, which comes next."""
        self.shown = ("mouth", ("rightEye", "leftEye")[step % 2])
        sketch = self.squares(real.sketch, real.landmarks)
        outputs = self.discriminator(sketch, self.squares(real.photo, real.landmarks))
        self.judged_real = [[layer.detach() for layer in layers] for layers in outputs]
        fakes = self.discriminator(sketch, self.squares(fake.detach(), real.landmarks))
        return {"closeUpDiscriminator": (losses.adversarial(outputs, True, self.form) + losses.adversarial(fakes, False, self.form)) / 2}

    def generator_losses(self, real: Pictures, fake: Tensor) -> dict[str, Tensor]:
        """Unweighted: fooling the discriminator, its layers, the fixed network's."""
        if self.judged_real is None:
            raise RuntimeError("The discriminator's losses come first in a step.")
        drawn, made = self.squares(real.sketch, real.landmarks), self.squares(fake, real.landmarks)
        with fixed(self.discriminator) as discriminator:
            outputs = discriminator(drawn, made)
        with torch.no_grad():
            seen = self.features(self.squares(real.photo, real.landmarks))
        matching = losses.feature_matching(outputs, self.judged_real)
        self.judged_real = None
        return {"closeUpAdversarial": losses.adversarial(outputs, True, self.form), "closeUpMatching": matching,
                "closeUpPerceptual": losses.perceptual(self.features(made), seen, self.features.weights)}

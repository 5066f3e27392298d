"""Aligned photo -> picture of the same size: a photo `[S, S, 3]` uint8. The same as src/inference/tasks/photoToPicture.ts.

The checkpoint says beside its networks (`about`) which `style` its pictures have and, where a person may mix them with the photo, the default `strength`.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import torch
from torch import Tensor

from ..networks import FAMILIES
from .sketch_to_face import mean_face_sketch

STYLES = ("drawing", "cartoon", "anime", "photo", "frontal")
# Red, green, blue.
CHANNELS = 3


def ends_of(config: Any) -> tuple[dict, dict]:
    """Inputs and outputs of the network of this configuration: by name, the shape."""
    family = next(family for family in FAMILIES.values() if family.config is type(config))
    return dict(family.inputs(config)), dict(family.outputs(config))


def example_photo(size: int) -> np.ndarray:
    """Something like a face on something like a wall, `[size, size, 3]` uint8: no person, and the same on every machine."""
    y, x = (np.mgrid[:size, :size] + 0.5) / size
    wall = np.stack([70 + 60 * x, 90 + 50 * y, 120 - 40 * x * y], -1)
    skin = np.stack([205 - 40 * np.abs(x - 0.4), 165 - 40 * y, 140 - 30 * x], -1)
    head = (((x - 0.5) / 0.27) ** 2 + ((y - 0.55) / 0.36) ** 2 < 1)[..., None]
    lines = mean_face_sketch(size)[..., None] / 255
    return np.round(np.where(head, skin, wall) * (0.25 + 0.75 * lines)).astype(np.uint8)


class PhotoToPicture:
    role = "generator"
    answers = None

    def check(self, config: Any, about: dict) -> None:
        """The studio gives a photo of three channels and takes one picture of three, or of one for grey."""
        inputs, outputs = ends_of(config)
        if [shape[0] for shape in inputs.values()] != [CHANNELS]:
            raise ValueError(f"The studio gives one picture of {CHANNELS} channels, and this network takes {inputs}.")
        if [shape[0] for shape in outputs.values()] not in ([1], [CHANNELS]):
            raise ValueError(f"The studio takes one picture of 1 or {CHANNELS} channels, and this network gives {outputs}.")
        if about.get("style") not in STYLES:
            raise ValueError(f"The checkpoint has to say its style, one of {', '.join(STYLES)}.")

    def manifest(self, config: Any, about: dict) -> dict:
        return {"style": about["style"]} | ({"strength": {"default": about["strength"]}} if "strength" in about else {})

    def example(self, config: Any, about: dict, size: int) -> dict[str, np.ndarray]:
        return {"photo": example_photo(size)}

    def encode(self, config: Any, request: dict[str, np.ndarray]) -> dict[str, Tensor]:
        photo = torch.from_numpy(request["photo"].astype(np.float32) / 127.5 - 1).permute(2, 0, 1)[None]
        return {name: photo for name in ends_of(config)[0]}

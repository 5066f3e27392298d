"""Aligned photo with the places of its parts -> line drawing: a photo `[S, S, 3]` uint8, who is in it `foreground` `[S, S]` uint8 (1 skin, hair and parts of the face, 0 all else), and `places` `[8]`
float32, the middles of eyes, nose and mouth in [-1, 1] (drawing_parts.py). The same as src/inference/tasks/portraitDrawing.ts."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import torch
from torch import Tensor

from ..drawing_parts import places_of
from ..networks import FAMILIES
from .photo_to_picture import example_photo
from .sketch_to_face import MEAN_FACE

FAMILY = "apDrawing"


def example_foreground(size: int) -> np.ndarray:
    """The head of `example_photo`."""
    y, x = (np.mgrid[:size, :size] + 0.5) / size
    return (((x - 0.5) / 0.3) ** 2 + ((y - 0.5) / 0.42) ** 2 < 1).astype(np.uint8)


class PortraitDrawing:
    role = "generator"
    answers = None

    def check(self, config: Any, about: dict) -> None:
        if not isinstance(config, FAMILIES[FAMILY].config):
            raise ValueError(f"Portraits are drawn by a network of the family {FAMILY}.")

    def manifest(self, config: Any, about: dict) -> dict:
        return {"style": "drawing"}

    def example(self, config: Any, about: dict, size: int) -> dict[str, np.ndarray]:
        landmarks = np.asarray(json.loads(MEAN_FACE.read_text()))
        return {"photo": example_photo(size), "foreground": example_foreground(size), "places": places_of(landmarks)}

    def encode(self, config: Any, request: dict[str, np.ndarray]) -> dict[str, Tensor]:
        photo = torch.from_numpy(request["photo"].astype(np.float32) / 127.5 - 1).permute(2, 0, 1)[None]
        foreground = torch.from_numpy(2 * request["foreground"].astype(np.float32) - 1)[None, None]
        return {"picture": photo, "foreground": foreground, "places": torch.from_numpy(np.array(request["places"], np.float32))[None]}

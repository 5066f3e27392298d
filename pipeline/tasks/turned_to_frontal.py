"""Aligned photo of a turned face -> the face seen from the front: a photo `[S, S, 3]` uint8 and `landmarks` `[68, 2]` float32 in 0-1. The same as
src/inference/tasks/turnedToFrontal.ts: mirrored where that brings the hidden side to the right, cut into patches (patches.py)."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import torch
from torch import Tensor

from ..networks import FAMILIES
from ..patches import cut_patches, hides_left, mirrored
from .photo_to_picture import example_photo
from .sketch_to_face import MEAN_FACE

FAMILY = "tpGan"
# How far the example's nose lies to the left of the middle, so that it is mirrored.
EXAMPLE_TURN = 0.06


class TurnedToFrontal:
    role = "generator"
    answers = ("frontal",)

    def check(self, config: Any, about: dict) -> None:
        if not isinstance(config, FAMILIES[FAMILY].config):
            raise ValueError(f"The studio turns faces by a network of the family {FAMILY}.")

    def manifest(self, config: Any, about: dict) -> dict:
        return {"style": "frontal"}

    def example(self, config: Any, about: dict, size: int) -> dict[str, np.ndarray]:
        landmarks = np.asarray(json.loads(MEAN_FACE.read_text()), np.float32)
        landmarks[27:36, 0] -= EXAMPLE_TURN
        return {"photo": example_photo(size), "landmarks": landmarks}

    def encode(self, config: Any, request: dict[str, np.ndarray]) -> dict[str, Tensor]:
        photo, landmarks = request["photo"], np.asarray(request["landmarks"], np.float64)
        if hides_left(landmarks):
            photo, landmarks = mirrored(photo, landmarks)
        sizes = {name: (width, height) for name, (_, _, width, height) in config.template.items()}
        pictures = {"picture": photo} | cut_patches(photo, landmarks, sizes)
        return {name: torch.from_numpy(x.transpose(2, 0, 1).astype(np.float32) / 127.5 - 1)[None] for name, x in pictures.items()}

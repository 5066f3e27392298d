"""Sketch -> face: a sketch `[S, S]` uint8, perhaps a look `[L]`, perhaps six tolerances. The same as src/inference/tasks/sketchToFace.ts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor

from .. import tolerance
from ..distance import distance_map
from ..looks import FIELDS, encode_look, field_length
from ..presets import PRESETS
from ..sketches import PLAIN, sketch

MEAN_FACE = Path(__file__).parents[2] / "src/faces/meanFace.json"


# Input channels of a generator: the sketch, its trusted lines (tolerance.py), their distance map (distance.py).
CHANNELS = (1, 2, 3)


def planes(drawn: Tensor, strength: Tensor | None, channels: int) -> Tensor:
    """What a generator of so many input channels sees of sketches `[B, 1, S, S]` in [-1, 1], given their tolerance maps of that shape (None: all lines are
    meant exactly): `[B, channels, S, S]`."""
    meant = drawn if strength is None else tolerance.trusted(drawn, strength)
    return torch.cat([drawn, meant, distance_map(meant)] if channels > 2 else [drawn, meant][:channels], 1)


def mean_face_sketch(size: int) -> np.ndarray:
    """The mean face's bare contour, `[size, size]` uint8."""
    return sketch(np.asarray(json.loads(MEAN_FACE.read_text())), {}, size, PLAIN, np.random.default_rng(0))


def fields_of(config: Any, about: dict) -> list[dict]:
    """The dials of a generator; today's where its checkpoint does not say."""
    return about.get("lookFields", FIELDS) if config.lookLength else []


class SketchToFace:
    role = "generator"
    answers = None

    def check(self, config: Any, about: dict) -> None:
        """The studio gives a generator a sketch, perhaps a tolerance map, and perhaps the whole look; no other inputs."""
        length = sum(field_length(field) for field in fields_of(config, about))
        if config.inputChannels not in CHANNELS:
            raise ValueError(f"The studio knows generators with 1, 2 or 3 input channels, and this one has {config.inputChannels}.")
        if config.lookLength != length:
            raise ValueError(f"This generator was trained with looks of {config.lookLength} numbers, and the dials that are known here make {length}. Train it again.")

    def manifest(self, config: Any, about: dict) -> dict:
        """With the dials that the generator was trained with, not with today's."""
        fields = fields_of(config, about)
        known = {field["id"] for field in fields}
        presets = [preset | {"look": {id: value for id, value in preset["look"].items() if id in known}} for preset in PRESETS] if fields else []
        return {"look": {"fields": fields, "presets": presets}} | ({"tolerance": {"defaults": tolerance.DEFAULTS}} if config.inputChannels > 1 else {})

    def example(self, config: Any, about: dict, size: int) -> dict[str, np.ndarray]:
        """The mean face's contour with the first preset and the default tolerances."""
        request = {"sketch": mean_face_sketch(size)}
        if config.lookLength:
            request["look"] = encode_look(PRESETS[0]["look"], fields_of(config, about))
        if config.inputChannels > 1:
            request["tolerance"] = tolerance.values_of(tolerance.DEFAULTS)
        return request

    def encode(self, config: Any, request: dict[str, np.ndarray]) -> dict[str, Tensor]:
        def batch_of_one(array: np.ndarray) -> Tensor:
            return torch.from_numpy(np.array(array, dtype=np.float32))[None]

        drawn = batch_of_one(request["sketch"].astype(np.float32) / 127.5 - 1)[None]
        values = request.get("tolerance")
        strength = None if values is None else batch_of_one(tolerance.tolerance_map(values, drawn.shape[-1]))[None]
        look = {"look": batch_of_one(request["look"])} if "look" in request else {}
        return {"sketch": planes(drawn, strength, config.inputChannels)} | look

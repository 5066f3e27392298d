"""Tensors in the parity fixtures: float32, little-endian, base64, in TensorFlow.js layout."""

from __future__ import annotations

import base64

import numpy as np
import torch


def packed(array: np.ndarray) -> dict:
    array = np.ascontiguousarray(array, dtype="<f4")
    return {"shape": list(array.shape), "data": base64.b64encode(array.tobytes()).decode()}


def nhwc(x: torch.Tensor) -> np.ndarray:
    return x.detach().permute(0, 2, 3, 1).numpy()


def packed_input(x: torch.Tensor) -> dict:
    """A picture in NHWC; anything else as it is."""
    return packed(nhwc(x) if x.dim() == 4 else x.detach().numpy())

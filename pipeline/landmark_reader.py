"""A trained reader of faces as a loss: where it sees the landmarks of generated pictures against where they should be.

The reader is a network of method `face_reader` (networks/face_reader.py), which reads photos, cartoons, anime and drawings; it does not learn here.
"""

from __future__ import annotations

from pathlib import Path

import torch
import torch.nn.functional as F
from torch import Tensor

from . import losses
from .checkpoints import network_of, read_state

# The reader's pictures, in pixels.
SIZE = 128
# Of the landmarks in the loss: jaw, brows, nose, eyes, mouth. Points along the jaw slide along their line, and people look at eyes and mouths.
WEIGHTS = [0.5] * 17 + [0.9] * 10 + [0.9] * 9 + [1.3] * 12 + [1.4] * 20


class LandmarkReader:
    """checkpoint: of a run of face_reader. low: the precision of activations."""

    def __init__(self, checkpoint: Path, device: torch.device, low: torch.dtype) -> None:
        self.network = network_of(read_state(checkpoint), "reader").requires_grad_(False).to(device)
        self.low, self.weights = low, torch.tensor(WEIGHTS, device=device)

    def read(self, pictures: Tensor) -> Tensor:
        """`[B, 3, S, S]` in [-1, 1] -> `[B, 68, 2]` in 0-1; gradients pass through."""
        small = F.avg_pool2d(pictures, max(1, pictures.shape[-1] // SIZE)).to(self.low, memory_format=torch.channels_last)
        return losses.places(self.network(small)[0])

    def loss(self, fake: Tensor, wanted: Tensor, known: Tensor, known_landmarks: Tensor) -> Tensor:
        """wanted `[B, 68, 2]`: where the landmarks of `fake` should lie. known `[P, 3, S, S]`, B a multiple of P: pictures of the same people in the same order whose
        landmarks are known; what the reader is off by on them is taken as what it will be off by on the generated ones."""
        with torch.no_grad():
            off = self.read(known) - known_landmarks
        return losses.landmarks(self.read(fake), wanted + off.repeat(len(wanted) // len(off), 1, 1), self.weights)

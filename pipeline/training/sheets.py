"""Looking at a run: a sheet of what the method makes of its examples, a column each."""

from __future__ import annotations

import numpy as np
import torch
from PIL import Image

from ..methods.method import Batch
from .trainer import Trainer

COLUMNS = 8


def picture(x: torch.Tensor) -> np.ndarray:
    """`[C, H, W]` in [-1, 1], one channel or three -> `[H, W, 3]` uint8."""
    pixels = ((x.float().cpu().numpy() + 1) * 127.5 + 0.5).clip(0, 255).astype(np.uint8).transpose(1, 2, 0)
    return np.repeat(pixels, 3, 2) if pixels.shape[2] == 1 else pixels


def column(trainer: Trainer, batch: Batch) -> np.ndarray:
    """The first sample's pictures, one below the other."""
    return np.concatenate([picture(x[0]) for x in trainer.method.samples(batch).values()])


def write_sheet(trainer: Trainer) -> None:
    """Writes `sheet-NNNNNN.jpg` into the run's folder, eight examples a row."""
    columns = [column(trainer, batch) for batch in trainer.method.examples()]
    if not columns:
        return
    columns += [np.full_like(columns[0], 255)] * (-len(columns) % COLUMNS)
    rows = [np.concatenate(columns[k:k + COLUMNS], 1) for k in range(0, len(columns), COLUMNS)]
    Image.fromarray(np.concatenate(rows)).save(trainer.folder / f"sheet-{trainer.step:06d}.jpg", quality=88)

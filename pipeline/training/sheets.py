"""Looking at a run: a sheet of validation faces, and the averaged generator's errors on them."""

from __future__ import annotations

import numpy as np
import torch
from PIL import Image

from .. import losses
from ..data import Pack
from ..sketches import PLAIN, SketchStyle, sketch
from .batches import signed
from .trainer import Trainer

ROWS, COLUMNS = 2, 8


@torch.no_grad()
def face_of(trainer: Trainer, drawn: np.ndarray, look: np.ndarray) -> torch.Tensor:
    """What the averaged generator makes of an exact sketch `[S, S]` uint8: `[1, 3, S, S]`, in float32."""
    given = torch.from_numpy(look)[None].to(trainer.device)
    x = trainer.inputs(signed(torch.from_numpy(drawn)[None, None], trainer.device), given, torch.zeros(1, 6))
    return trainer.average(x.float(), given)


def column(trainer: Trainer, pack: Pack, n: int, i: int) -> np.ndarray:
    """Sketch, face and photo of one person; every other sketch plain, the others as if by hand."""
    style = PLAIN if n % 2 == 0 else SketchStyle(move=0, drop_part=0, sparse=0)
    drawn = sketch(pack.landmarks[i], pack.outlines[i], trainer.size, style, np.random.default_rng(n))
    face = face_of(trainer, drawn, pack.looks[i])[0].permute(1, 2, 0).cpu().numpy()
    return np.concatenate([np.repeat(drawn[:, :, None], 3, 2), ((face + 1) * 127.5 + 0.5).clip(0, 255).astype(np.uint8), pack.photos[i]])


def sheet(trainer: Trainer, pack: Pack) -> None:
    """Writes `sheet-NNNNNN.jpg` into the run's folder: up to two rows of eight people."""
    columns = [column(trainer, pack, n, i) for n, i in enumerate(pack.validation[:ROWS * COLUMNS])]
    if not columns:
        return
    blank = np.full_like(columns[0], 255)
    columns += [blank] * (-len(columns) % COLUMNS)
    rows = [np.concatenate(columns[k:k + COLUMNS], 1) for k in range(0, len(columns), COLUMNS)]
    Image.fromarray(np.concatenate(rows)).save(trainer.folder / f"sheet-{trainer.step:06d}.jpg", quality=88)


@torch.no_grad()
def validate(trainer: Trainer, pack: Pack) -> dict[str, float]:
    """Errors on plain contours of faces kept from training: l1 in [-1, 1], perceptual as in the loss."""
    sums = np.zeros(2)
    for i in pack.validation:
        drawn = sketch(pack.landmarks[i], {}, trainer.size, PLAIN, np.random.default_rng(0))
        real = signed(torch.from_numpy(pack.photos[i].copy()).permute(2, 0, 1)[None], trainer.device)
        face = face_of(trainer, drawn, pack.looks[i])
        features = (trainer.features(x.to(trainer.low)) for x in (face, real))
        sums += [float((face - real).abs().mean()), float(losses.perceptual(*features, trainer.features.weights, trainer.most))]
    l1, perceptual = sums / max(1, len(pack.validation))
    return {"validationL1": round(float(l1), 4), "validationPerceptual": round(float(perceptual), 4)}

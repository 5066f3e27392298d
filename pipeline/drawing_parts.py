"""Where the parts of a portrait lie that APDrawingGAN draws by themselves (Yi et al. 2019, section 3.2), twin of src/models/drawingParts.ts. NCHW.

Patches are cut and put back by products with matrices of zeros and ones, one for rows and one for columns: so every sample has places of its own, on every back end, and
gradients pass.
"""

from __future__ import annotations

import numpy as np
import torch

from .patches import CENTRED_ON

# Width and height in a picture of 256 px; the "left" eye is the one on the picture's left.
PATCHES = {"leftEye": (56, 40), "rightEye": (56, 40), "nose": (48, 48), "mouth": (64, 40)}
PATCH_SIDE = 256
# What the patches' U-Nets can halve so often as they do.
MULTIPLE = 8
WHITE = 1.0
# Classes of a mask that are not the person: masks of photos do not always know clothes.
NOT_PERSON = (0, 7)


def patch_sides(name: str, height: int, width: int) -> tuple[int, int]:
    """Height and width of a patch in a picture of that size, rounded up to multiples of 8."""
    across, down = PATCHES[name]
    return tuple(-(-round(side * length / PATCH_SIDE) // MULTIPLE) * MULTIPLE for side, length in ((down, height), (across, width)))


def places_of(landmarks: np.ndarray) -> np.ndarray:
    """`[..., 68, 2]` in 0-1 -> `[..., 8]` in [-1, 1]: the middle of each patch."""
    middles = [landmarks[..., list(CENTRED_ON[name]), :].mean(-2) for name in PATCHES]
    return (2 * np.concatenate(middles, -1) - 1).astype(np.float32)


def person_in(mask: np.ndarray) -> np.ndarray:
    """Region classes of any shape -> uint8, 1 where there is skin, hair or a part of the face."""
    return (~np.isin(mask, NOT_PERSON)).astype(np.uint8)


def selection(middle: torch.Tensor, length: int, window: int) -> torch.Tensor:
    """`[B]` in [-1, 1] -> `[B, window, length]`: which of `length` pixels each of the window's is; the window lies wholly inside."""
    first = torch.floor((middle + 1) / 2 * length - window / 2 + 0.5).clamp(0, length - window)
    wanted = first[:, None] + torch.arange(window, device=middle.device)
    return (wanted[:, :, None] == torch.arange(length, device=middle.device)).float()


class Windows:
    """The patches of one batch. places `[B, 8]` as `places_of` gives them; height, width of the pictures."""

    def __init__(self, places: torch.Tensor, height: int, width: int) -> None:
        self.rows, self.columns = {}, {}
        for k, name in enumerate(PATCHES):
            down, across = patch_sides(name, height, width)
            self.columns[name] = selection(places[:, 2 * k].float(), width, across)[:, None]
            self.rows[name] = selection(places[:, 2 * k + 1].float(), height, down)[:, None]

    def cut(self, x: torch.Tensor, name: str) -> torch.Tensor:
        """`[B, C, H, W]` -> the patch `[B, C, h, w]`."""
        return self.rows[name].to(x.dtype) @ x @ self.columns[name].to(x.dtype).transpose(2, 3)

    def placed(self, patch: torch.Tensor, name: str) -> torch.Tensor:
        """The patch at its place on a white sheet."""
        return self.rows[name].transpose(2, 3) @ (patch - WHITE) @ self.columns[name] + WHITE

    def masks(self, foreground: torch.Tensor) -> dict[str, torch.Tensor]:
        """`[B, 1, H, W]` in [-1, 1] -> 0-1: `hair` is the person without the patches, `background` the rest of the picture without them."""
        person = (foreground + 1) / 2
        free = 1 - torch.stack([self.rows[name].sum(2)[..., None] * self.columns[name].sum(2)[:, :, None] for name in PATCHES]).amax(0)
        return {"hair": person * free, "background": (1 - person) * free}


def behind(x: torch.Tensor, mask: torch.Tensor, outside: float) -> torch.Tensor:
    """The picture where the mask is, one tone elsewhere."""
    return (x - outside) * mask + outside


def combined(parts: list[torch.Tensor]) -> torch.Tensor:
    """The darkest of all parts at every pixel."""
    least = parts[0]
    for part in parts[1:]:
        least = torch.minimum(least, part)
    return least

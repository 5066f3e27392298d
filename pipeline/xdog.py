"""Lines of a photo as a pen would draw them: extended difference of Gaussians (Winnemöller, Kyprianidis, Olsen 2012, sections 2.3 and 2.4)."""

from __future__ import annotations

import numpy as np
from scipy.ndimage import gaussian_filter

# At 256 px: width of the inner Gaussian, ratio of the outer, sharpening, threshold and how soft it is.
SIGMA, RATIO, SHARPEN, THRESHOLD, STEEPNESS = 1.2, 1.6, 12.0, 0.2, 10.0
# Contrast is evened out over so many pixels first: dark skin has lines like light skin.
EVEN_PX = 12.0
NOT_DRAWN = (0, 7)  # background and clothes


def lines_of(photo: np.ndarray, mask: np.ndarray) -> np.ndarray:
    """photo `[S, S, 3]` and regions `[S, S]`, uint8 -> ink `[S, S]` uint8, 255 paper."""
    y = photo.astype(np.float32) @ np.float32([0.299, 0.587, 0.114]) / 255
    unit = photo.shape[0] / 256
    mean = gaussian_filter(y, EVEN_PX * unit)
    spread = np.sqrt(gaussian_filter((y - mean) ** 2, EVEN_PX * unit))
    y = (y - mean) / (4 * spread + 0.06) + 0.6
    inner, outer = gaussian_filter(y, SIGMA * unit), gaussian_filter(y, SIGMA * RATIO * unit)
    difference = (1 + SHARPEN) * inner - SHARPEN * outer
    paper = np.where(difference >= THRESHOLD, 1.0, 1 + np.tanh(STEEPNESS * (difference - THRESHOLD))).clip(0, 1)
    paper[np.isin(mask, NOT_DRAWN)] = 1
    return (paper * 255).astype(np.uint8)

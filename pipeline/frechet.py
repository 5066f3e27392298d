"""The Fréchet distance of two sets of pictures by a fixed network's features (Heusel et al. 2017), for sets of a few dozen: the same as offline/evaluate/statistics/frechet.ts.

Features are those of SqueezeNet 1.1: the mean over the picture of its fourth fire module's 256 channels and its last one's 512, each layer scaled to equal variance, on the
leading principal components of a reference set, because few pictures cannot fill more dimensions.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import torch

from .perceptual import SqueezeNetFeatures

LAYERS = (4, 8)
DIMENSION = 20


@torch.no_grad()
def pooled(pictures: Iterable[torch.Tensor], features: SqueezeNetFeatures) -> list[np.ndarray]:
    """Pictures `[3, S, S]` in [-1, 1] -> for each layer `[N, C]`."""
    rows: list[list[np.ndarray]] = [[] for _ in LAYERS]
    for picture in pictures:
        outputs = features(picture[None])
        for row, k in zip(rows, LAYERS):
            row.append(outputs[k].mean((2, 3))[0].numpy())
    return [np.stack(row) for row in rows]


class Projection:
    """From pooled features to the leading components of a reference set of them."""

    def __init__(self, reference: list[np.ndarray], dimension: int = DIMENSION) -> None:
        self.means = [layer.mean(0) for layer in reference]
        # So that no layer outweighs the other by its scale or its width.
        self.scales = [1 / np.sqrt(max(layer.var(0).sum(), 1e-12)) for layer in reference]
        _, _, rows = np.linalg.svd(self.scaled(reference), full_matrices=False)
        self.axes = rows[:dimension]

    def scaled(self, layers: list[np.ndarray]) -> np.ndarray:
        return np.concatenate([(layer - mean) * scale for layer, mean, scale in zip(layers, self.means, self.scales)], 1)

    def of(self, layers: list[np.ndarray]) -> np.ndarray:
        """`[N, dimension]`"""
        return self.scaled(layers) @ self.axes.T


def frechet_distance(a: np.ndarray, b: np.ndarray) -> float:
    """Of the normal distributions with the means and covariances of `[N, D]` and `[M, D]`: |μa - μb|² + tr(Σa + Σb - 2 (Σa Σb)^½)."""
    between = ((a.mean(0) - b.mean(0)) ** 2).sum()
    first, second = (np.atleast_2d(np.cov(x.T, ddof=min(1, len(x) - 1))) for x in (a, b))
    values, vectors = np.linalg.eigh(first)
    root = vectors * np.sqrt(np.maximum(values, 0)) @ vectors.T
    shared = np.sqrt(np.maximum(np.linalg.eigvalsh(root @ second @ root), 0)).sum()
    return float(between + np.trace(first) + np.trace(second) - 2 * shared)

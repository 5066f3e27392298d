"""Reference values of the losses and of what they look through, which stand in both languages (src/models/losses/, guidedFilter.ts).

    python -m pipeline.golden tests/golden

Each `loss-NAME.json` holds inputs, the output, and the gradients of the mean of its square (of a scalar: its own) to the inputs that have one.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from . import cartoon_losses, cycle_losses, drawing_losses, frontal_losses, losses
from .golden_tensors import packed_input
from .guided_filter import guided_filter
from .superpixels import coloured, superpixels

WEIGHTS = torch.tensor([0.3, 0.6, 0.1])
AUGMENTATION = cycle_losses.Augmentation(0.3, 1.4, 0.7, (0.11, -0.09), (0.3, -0.1))


@dataclass(frozen=True)
class Case:
    """shapes: of the inputs, NCHW, filled from [-1, 1]. learnt: those with a gradient."""

    function: Callable[..., Tensor]
    shapes: dict[str, tuple[int, ...]]
    learnt: tuple[str, ...]


def in_superpixels(x: Tensor) -> Tensor:
    arrays = x.permute(0, 2, 3, 1).numpy()
    return torch.from_numpy(np.stack([coloured(a, superpixels(a, 30)) for a in arrays])).float().permute(0, 3, 1, 2)


CASES: dict[str, Case] = {
    "guidedFilter": Case(lambda guide, x: guided_filter(guide, x, 2, 0.05), {"guide": (2, 3, 9, 12), "x": (2, 3, 9, 12)}, ("guide", "x")),
    "surface": Case(cartoon_losses.surface, {"x": (1, 3, 16, 13)}, ("x",)),
    "texture": Case(lambda x: cartoon_losses.texture(x, WEIGHTS), {"x": (2, 3, 4, 5)}, ("x",)),
    "squaredVariation": Case(cartoon_losses.squared_variation, {"x": (2, 3, 5, 7)}, ("x",)),
    "featureL1": Case(cartoon_losses.feature_l1, {"fake": (2, 5, 4, 3), "real": (2, 5, 4, 3)}, ("fake",)),
    "judgedReal": Case(lambda x: cartoon_losses.judged_as(x, True), {"x": (2, 1, 4, 3)}, ("x",)),
    "landmarkL1": Case(lambda heatMaps, landmarks: cartoon_losses.landmark_l1(4 * heatMaps, landmarks), {"heatMaps": (2, 6, 8, 7), "landmarks": (2, 6, 2)}, ("heatMaps",)),
    "distanceTransform": Case(lambda x: drawing_losses.distance_transform((x + 1) / 2, 6), {"x": (2, 1, 14, 11)}, ("x",)),
    "whiteLines": Case(lambda x: drawing_losses.white_lines((x + 1) / 2), {"x": (2, 1, 12, 11)}, ("x",)),
    "chamfer": Case(drawing_losses.chamfer, {"real": (2, 1, 16, 20), "fake": (2, 1, 16, 20)}, ("fake",)),
    "pixelL1": Case(lambda fake, small, real, smallReal: frontal_losses.pixel_l1([fake, small], [real, smallReal], [1, 1.5]),
                    {"fake": (2, 3, 4, 6), "small": (2, 3, 2, 3), "real": (2, 3, 4, 6), "smallReal": (2, 3, 2, 3)}, ("fake", "small")),
    "symmetry": Case(frontal_losses.symmetry, {"picture": (2, 3, 5, 6)}, ("picture",)),
    "laplacian": Case(frontal_losses.laplacian, {"x": (2, 3, 5, 6)}, ("x",)),
    "laplacianSymmetry": Case(frontal_losses.laplacian_symmetry, {"picture": (2, 3, 5, 6)}, ("picture",)),
    "absoluteVariation": Case(frontal_losses.absolute_variation, {"picture": (2, 3, 5, 7)}, ("picture",)),
    "identityPreserving": Case(lambda a, b, realA, realB: frontal_losses.identity_preserving([a, b], [realA, realB]),
                               {"a": (2, 6), "b": (2, 4), "realA": (2, 6), "realB": (2, 4)}, ("a", "b")),
    "identityCrossEntropy": Case(lambda logits: frontal_losses.identity_cross_entropy(4 * logits, torch.tensor([1, 3, 0])), {"logits": (3, 4)}, ("logits",)),
    "wassersteinReal": Case(lambda x: losses.adversarial([[x]], True, "wasserstein"), {"x": (2, 1, 4, 3)}, ("x",)),
    "cycleConsistency": Case(cycle_losses.cycle_consistency, {"real": (2, 3, 4, 5), "recovered": (2, 3, 4, 5)}, ("recovered",)),
    "identityMapping": Case(cycle_losses.identity_mapping, {"real": (2, 3, 4, 5), "same": (2, 3, 4, 5)}, ("same",)),
    "augmented": Case(lambda x: cycle_losses.augmented(x, AUGMENTATION), {"x": (2, 3, 12, 12)}, ("x",)),
    "superpixels": Case(in_superpixels, {"x": (1, 3, 40, 48)}, ()),
}


def loss_case(case: Case, seed: int) -> dict:
    source = torch.Generator().manual_seed(seed)
    inputs = {name: torch.rand(shape, generator=source) * 2 - 1 for name, shape in case.shapes.items()}
    for name in case.learnt:
        inputs[name].requires_grad_()
    output = case.function(**inputs)
    score = output.square().mean() if output.dim() else output
    found = torch.autograd.grad(score, [inputs[name] for name in case.learnt]) if case.learnt else ()
    return {"inputs": {name: packed_input(x) for name, x in inputs.items()}, "output": packed_input(output),
            "gradients": {name: packed_input(g) for name, g in zip(case.learnt, found)}}


def write_losses(folder: Path) -> None:
    for seed, (name, case) in enumerate(CASES.items()):
        (folder / f"loss-{name}.json").write_text(json.dumps(loss_case(case, seed)) + "\n")

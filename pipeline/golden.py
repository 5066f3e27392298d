"""Reference tensors for the parity tests: tiny random networks and what they compute.

    python -m pipeline.golden tests/golden

Each `FAMILY-*.json` holds a network's family, config, parameters (TensorFlow.js layout) and inputs, and of a pass activations, outputs and the gradients of their mean
square. Each `patchGan-*.json` holds a discriminator's config and parameters, two sketches with photos, every layer's output, and the gradients of two losses.
Tensors are float32, little-endian, base64. Beside them lies what `golden_rules.py` says.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import torch
from torch import nn

from . import frontal_losses, losses
from .golden_losses import write_losses
from .golden_rules import write_rules
from .golden_steps import write_steps
from .golden_tensors import nhwc, packed, packed_input
from .networks import FAMILIES, answer, build, parameter_kinds
from .networks.family import Shape
from .weights_file import parameters, to_tensorflow

TINY = {"ngf": 4, "downSteps": 2, "residualBlocks": 2, "lookEmbed": 6}
CASES: dict[str, dict] = {
    "ours": {"separable": True, "normsRemoved": 2, "lookLength": 5},
    "m1": {"separable": False, "normsRemoved": 0},
    "m2": {"separable": False, "normsRemoved": 5},
    "enhancer": {"separable": True, "normsRemoved": 2, "lookLength": 5, "localEnhancer": {"residualBlocks": 1, "separable": False}},
    "lines": {"separable": True, "normsRemoved": 2, "lookLength": 5, "inputChannels": 3, "linesToDecoder": 1, "skips": 2, "decoderBlocks": [1, 1]},
    "tolerant": {"separable": True, "normsRemoved": 2, "lookLength": 5, "inputChannels": 2},
    "resize": {"separable": True, "normsRemoved": 0, "inputChannels": 3, "upsampling": "resize"},
}


def shaken(network: nn.Module) -> None:
    """Far from the start's near-zero weights, so that an error shows."""
    with torch.no_grad():
        for name, value in network.named_parameters():
            value.add_(torch.randn_like(value) * (0.3 if "norm" in name or name.endswith("bias") else 0.1))
        for name, value in network.named_buffers():  # what norms remember; variances stay positive
            value.mul_(torch.exp(torch.randn_like(value) * 0.3)).add_(0.0 if name.endswith("variance") else torch.randn_like(value) * 0.3)


# Sizes with and without a pixel left over when halved.
DISCRIMINATORS = {"two-scales": ({"scales": 2, "ndf": 2, "inputs": 4}, (32, 32)), "odd-sizes": ({"scales": 2, "ndf": 2, "inputs": 5}, (37, 50))}


# A critic that has not learnt is nearly flat; this makes its slope matter.
PENALTY_FACTOR = 10.0


def gradients(discriminator: nn.Module, photo: torch.Tensor, loss: torch.Tensor) -> dict:
    """Of one loss: to the photo, and to every parameter."""
    kinds = parameter_kinds(discriminator)
    names, values = zip(*discriminator.named_parameters())
    to_photo, *to_parameters = torch.autograd.grad(loss, [photo, *values], retain_graph=True, allow_unused=True)
    return {"value": float(loss), "photo": packed(nhwc(to_photo)),
            "params": {name: packed(to_tensorflow(kinds[name], g)) for name, g in zip(names, to_parameters) if g is not None}}


def penalty_of(discriminator: nn.Module, sketch: torch.Tensor, real: torch.Tensor, fake: torch.Tensor) -> dict:
    """The gradient penalty between two photos, a quarter and half of the way between them, and its gradients to every parameter that has one."""
    kinds, (names, values) = parameter_kinds(discriminator), zip(*discriminator.named_parameters())
    share = torch.tensor([0.25, 0.5]).view(2, 1, 1, 1)
    loss = frontal_losses.gradient_penalty(lambda photo: PENALTY_FACTOR * discriminator(sketch, photo)[0][-1], real.detach(), fake, share)
    found = torch.autograd.grad(loss, values, allow_unused=True)
    return {"value": float(loss), "params": {name: packed(to_tensorflow(kinds[name], g)) for name, g in zip(names, found) if g is not None and g.any()}}


def discriminator_case(config: dict, size: tuple[int, int], seed: int) -> dict:
    """Losses: least squares against real; feature matching against the layers of a second photo."""
    torch.manual_seed(seed)
    discriminator = build("patchGan", config)
    shaken(discriminator)
    channels = config["inputs"] - 3
    sketch, photo, other = (torch.rand(2, c, *size) * 2 - 1 for c in (channels, 3, 3))
    photo.requires_grad_()
    outputs = discriminator(sketch, photo)
    terms = {"leastSquares": losses.adversarial(outputs, True), "featureMatching": losses.feature_matching(outputs, discriminator(sketch, other), most=0)}
    return {
        "config": config, "params": {name: packed(array) for name, array in parameters(discriminator).items()},
        "sketch": packed(nhwc(sketch)), "photo": packed(nhwc(photo)), "other": packed(nhwc(other)),
        "outputs": [[packed(nhwc(layer)) for layer in layers] for layers in outputs],
        "losses": {name: gradients(discriminator, photo, loss) for name, loss in terms.items()},
        "penalty": penalty_of(discriminator, sketch, photo, other),
    }


# The mouth overlaps the nose, the eyes meet.
TINY_TEMPLATE = {"leftEye": [8, 8, 8, 8], "rightEye": [16, 8, 8, 8], "nose": [8, 16, 16, 8], "mouth": [8, 20, 16, 8]}
# By file: family, configuration, height and width.
NETWORKS: dict[str, tuple[str, dict, tuple[int, int]]] = {
    "unet-tiny": ("unet", {"ngf": 4, "multipliers": [1, 2, 4], "inputChannels": 3, "outputChannels": 1, "dropout": 0.5}, (16, 24)),
    "cartoonUnet-tiny": ("cartoonUnet", {"ngf": 4, "residualBlocks": 2, "filterRadius": 1, "filterEpsilon": 0.01}, (16, 24)),
    "cartoonUnet-unfiltered": ("cartoonUnet", {"ngf": 4, "residualBlocks": 1, "filterRadius": 0}, (8, 8)),
    "apDrawing-tiny": ("apDrawing", {"ngf": 2, "multipliers": [1, 2, 4], "patchNgf": 2, "patchMultipliers": [1, 2, 4], "areaNgf": 2, "areaMultipliers": [1, 2],
                                     "fusionNgf": 3, "fusionBlocks": 1, "dropout": 0.5}, (32, 32)),
    "spectralPatch-texture": ("spectralPatch", {"ndf": 4, "inputChannels": 1}, (24, 20)),
    "tpGan-tiny": ("tpGan", {"sizePx": 32, "ngf": 2, "localNgf": 1, "codeLength": 6, "template": TINY_TEMPLATE}, (32, 32)),
    "identityClassifier-tiny": ("identityClassifier", {"codeLength": 6, "people": 3}, (1, 1)),
    "faceReader-tiny": ("faceReader", {"widths": [4, 6, 8], "blocks": [1, 2, 0], "decoderWidths": [3, 5]}, (16, 24)),
}


def random_input(shape: Shape, size: tuple[int, int]) -> torch.Tensor:
    """Two samples of a picture or a vector, in [-1, 1]."""
    sides = shape[:-2] + tuple(s or free for s, free in zip(shape[-2:], size)) if len(shape) == 3 else shape
    return torch.rand(2, *sides) * 2 - 1


def passed(network: nn.Module, inputs: dict[str, torch.Tensor]) -> dict:
    """One pass: activations, outputs, and of the mean square of all outputs the value and the gradients to inputs and parameters."""
    leaves = {name: x.clone().requires_grad_() for name, x in inputs.items()}
    parameters_of, kinds, record = dict(network.named_parameters()), parameter_kinds(network), {}
    outputs = answer(network, leaves, record=record)
    loss = torch.stack([y.square().mean() for y in outputs.values()]).sum()
    found = torch.autograd.grad(loss, [*leaves.values(), *parameters_of.values()], allow_unused=True)  # a place has no gradient
    to_inputs, to_parameters = found[:len(leaves)], found[len(leaves):]
    return {
        "activations": {name: packed(nhwc(h)) for name, h in record.items()}, "outputs": {name: packed_input(y) for name, y in outputs.items()},
        "meanSquare": {"value": float(loss), "inputs": {name: packed_input(g) for name, g in zip(leaves, to_inputs) if g is not None},
                       "params": {name: packed(to_tensorflow(kinds[name], g)) for name, g in zip(parameters_of, to_parameters)}},
    }


def network_case(family: str, fields: dict, size: tuple[int, int], seed: int) -> dict:
    """`inference`: as the network is used (stored statistics, no dropout). `training`, for networks that differ there: batch statistics, and dropout left out
    because it is random."""
    torch.manual_seed(seed)
    network = build(family, fields)
    shaken(network)
    inputs = {name: random_input(shape, size) for name, shape in FAMILIES[family].inputs(network.config).items()}
    params = {name: packed(array.copy()) for name, array in parameters(network).items()}
    written: dict = {"family": family, "config": network.config.to_json(), "params": params, "inputs": {name: packed_input(x) for name, x in inputs.items()},
               "inference": passed(network.eval(), inputs)}
    if next(network.buffers(), None) is None:
        return written
    undropped = build(family, fields | {name: 0.0 for name in ("dropout",) if name in fields})
    undropped.load_state_dict(network.state_dict())
    return written | {"training": passed(undropped.train(), inputs)}


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    write_rules(folder)
    write_losses(folder)
    write_steps(folder)
    for seed, (name, fields) in enumerate(CASES.items()):
        (folder / f"pix2pixHd-{name}.json").write_text(json.dumps(network_case("pix2pixHd", TINY | fields, (16, 16), seed)) + "\n")
    for seed, (name, (config, size)) in enumerate(DISCRIMINATORS.items()):
        (folder / f"patchGan-{name}.json").write_text(json.dumps(discriminator_case(config, size, seed)) + "\n")
    for seed, (name, described) in enumerate(NETWORKS.items()):
        (folder / f"{name}.json").write_text(json.dumps(network_case(*described, seed)) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))

"""Start a generator from another's checkpoint where their shapes differ in ways that keep the function.

Where a second sketch channel comes (the trusted lines, see tolerance.py), it takes the kernel over and the first starts at zero: an exact sketch
gives the same face as before, and lines that are not trusted are not seen until the network has learned what they are good for. A plain residual convolution takes the product of a separable one's two
kernels, which is the same map: so a large model starts as good as the small one it grew from. A local enhancer around a generator that had none begins
anew: G1's features go on into it, and G1's own output layer is left out (pix2pixHD's coarse-to-fine training).
"""

from __future__ import annotations

import re

import torch

ENHANCER = "enhancer."
# What a decoder may gain; it begins without effect (networks.py).
GROWN = re.compile(r"decoder\.\d+\.(lines|skip|block)\.")


def adapted(source: dict[str, torch.Tensor], target: dict[str, torch.Tensor]) -> dict[str, torch.Tensor]:
    """The state of `source` in the shapes of `target`; residual blocks beyond the target's are left out. Raises ValueError where no form is known."""
    state = {}
    begins_enhancer = not any(name.startswith(ENHANCER) for name in source)
    for name, like in target.items():
        stem = name.removesuffix("kernel")
        if begins_enhancer and name.startswith(ENHANCER) or name not in source and GROWN.match(name):
            value = like
        elif name in source:
            value = source[name]
        elif stem + "depthwise" in source:
            value = source[stem + "pointwise"] * source[stem + "depthwise"].permute(1, 0, 2, 3)
        else:
            raise ValueError(f"The checkpoint has no {name}; it belongs to another kind of generator.")
        if name == "encoder.0.kernel" and value.shape[1] == 1 and like.shape[1] > 1:
            value = torch.cat([torch.zeros_like(value), value], 1)
        if name == "encoder.0.kernel" and value.shape[1] < like.shape[1]:  # what comes after the trusted lines is not looked at yet
            value = torch.cat([value, torch.zeros_like(like[:, value.shape[1]:])], 1)
        if value.shape != like.shape:
            raise ValueError(f"{name} is {list(value.shape)} in the checkpoint and {list(like.shape)} here; use the same widths.")
        state[name] = value
    return state

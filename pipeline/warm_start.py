"""Start a generator from another's checkpoint where their shapes differ in ways that keep the function.

More input channels start with zero kernels (the new channel is ignored at first). A plain residual convolution takes the product of a separable one's two
kernels, which is the same map: so a large model starts as good as the small one it grew from. A local enhancer around a generator that had none begins
anew: G1's features go on into it, and G1's own output layer is left out (pix2pixHD's coarse-to-fine training).
"""

from __future__ import annotations

import torch

ENHANCER = "enhancer."


def adapted(source: dict[str, torch.Tensor], target: dict[str, torch.Tensor]) -> dict[str, torch.Tensor]:
    """The state of `source` in the shapes of `target`. Raises ValueError where no function-preserving form is known."""
    state = {}
    begins_enhancer = not any(name.startswith(ENHANCER) for name in source)
    for name, like in target.items():
        stem = name.removesuffix("kernel")
        if begins_enhancer and name.startswith(ENHANCER):
            value = like
        elif name in source:
            value = source[name]
        elif stem + "depthwise" in source:
            value = source[stem + "pointwise"] * source[stem + "depthwise"].permute(1, 0, 2, 3)
        else:
            raise ValueError(f"The checkpoint has no {name}; it belongs to another kind of generator.")
        if value.shape != like.shape and value.dim() == 4 and value.shape[1] < like.shape[1] and value.shape[0] == like.shape[0]:
            more = value.new_zeros(value.shape[0], like.shape[1] - value.shape[1], *value.shape[2:])
            value = torch.cat([value, more], 1)
        if value.shape != like.shape:
            raise ValueError(f"{name} is {list(value.shape)} in the checkpoint and {list(like.shape)} here; use the same widths.")
        state[name] = value
    return state

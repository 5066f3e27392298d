"""Mixed precision: weights, norms and losses in float32, activations and convolutions in 16 bits where the device is faster so."""

from __future__ import annotations

import torch


def activations_dtype(precision: str, device: torch.device) -> torch.dtype:
    """`auto`: bfloat16, but float16 on GPUs that have no bfloat16. Raises ValueError for what the device cannot do."""
    if precision == "auto":
        precision = "float16" if device.type == "cuda" and not torch.cuda.is_bf16_supported() else "bfloat16"
    if precision == "float16" and device.type != "cuda":
        raise ValueError("float16 trains on a GPU only; a CPU takes bfloat16 or float32.")
    return getattr(torch, precision)


def loss_scaler(dtype: torch.dtype) -> torch.cuda.amp.GradScaler:
    """Keeps small gradients from vanishing in float16; does nothing otherwise."""
    enabled = dtype == torch.float16
    if hasattr(torch.amp, "GradScaler"):
        return torch.amp.GradScaler("cuda", enabled=enabled)
    return torch.cuda.amp.GradScaler(enabled=enabled)

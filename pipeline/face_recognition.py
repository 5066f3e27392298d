"""A fixed network that knows people: dlib's face recognition network (King 2017, a ResNet of 29 layers), as `@vladmandic/face-api` stores it. For training and evaluation
offline; it is never shipped.

Its two files, `face_recognition_model-weights_manifest.json` and `face_recognition_model.bin`, lie in that package's folder `model` (npm pack @vladmandic/face-api).
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

SIDE_PX = 150
MEAN_RGB = (122.782, 117.001, 104.298)
STAGES = {"conv32": 3, "conv64": 3, "conv128": 2, "conv256": 2}
# Left, top, side in 0-1 of an aligned face: from above the brows to below the chin, about what the network was trained on.
CROP = (0.16, 0.25, 0.68)
MANIFEST = "face_recognition_model-weights_manifest.json"


def read_weights(folder: Path) -> dict[str, torch.Tensor]:
    """The stored numbers (mostly bytes with a scale) as float32, convolutions in OIHW. Raises FileNotFoundError where the files are missing."""
    if not (folder / MANIFEST).exists():
        raise FileNotFoundError(f"identity_weights: {folder} has no {MANIFEST}; face_recognition.py says where to get it.")
    group, = json.loads((folder / MANIFEST).read_text())
    data = b"".join((folder / path).read_bytes() for path in group["paths"])
    found, at = {}, 0
    for entry in group["weights"]:
        count, code = int(np.prod(entry["shape"])), entry.get("quantization")
        values = np.frombuffer(data, np.uint8 if code else "<f4", count, at).astype(np.float32)
        at += count * (1 if code else 4)
        if code:
            values = values * np.float32(code["scale"]) + np.float32(code["min"])
        array = torch.from_numpy(values.reshape(entry["shape"]))
        found[entry["name"]] = array.permute(3, 2, 0, 1).contiguous() if array.dim() == 4 else array
    return found


class FaceRecognition(nn.Module):
    """Aligned faces `[B, 3, S, S]` in [-1, 1] -> the last two layers: 256 means and the descriptor of 128 numbers, each `[B, n]`. Of one person, descriptors are near."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.names = {}
        for name, value in read_weights(folder).items():
            self.names[name] = name.replace("/", "_")
            self.register_buffer(self.names[name], value)
        self.register_buffer("mean", torch.tensor(MEAN_RGB).view(1, 3, 1, 1))

    def weight(self, name: str) -> torch.Tensor:
        return getattr(self, self.names[name])

    def convolution(self, x: torch.Tensor, name: str, stride: int = 1, padding: int = 1) -> torch.Tensor:
        gain = self.weight(f"{name}/scale/weights")
        kernel = self.weight(f"{name}/conv/filters") * gain.view(-1, 1, 1, 1)
        bias = self.weight(f"{name}/conv/bias") * gain + self.weight(f"{name}/scale/biases")
        return F.conv2d(x, kernel.to(x.dtype), bias.to(x.dtype), stride, padding)

    def block(self, x: torch.Tensor, name: str) -> torch.Tensor:
        return torch.relu(x + self.convolution(torch.relu(self.convolution(x, f"{name}/conv1")), f"{name}/conv2"))

    def down_block(self, x: torch.Tensor, name: str) -> torch.Tensor:
        """Half the size; what came in, pooled, is added with zeros for the channels and pixels that one of them lacks."""
        y = self.convolution(torch.relu(self.convolution(x, f"{name}/conv1", 2, 0)), f"{name}/conv2")
        pooled = F.avg_pool2d(x, 2)
        y = F.pad(y, (0, pooled.shape[3] - y.shape[3], 0, pooled.shape[2] - y.shape[2]))
        return torch.relu(y + F.pad(pooled, (0, 0, 0, 0, 0, y.shape[1] - pooled.shape[1])))

    def described(self, pixels: torch.Tensor) -> list[torch.Tensor]:
        """Of pictures `[B, 3, 150, 150]` with colours 0-255."""
        x = (pixels - self.mean.to(pixels.dtype)) / 255
        x = F.max_pool2d(torch.relu(self.convolution(x, "conv32_down", 2, 0)), 3, 2)
        for stage, blocks in STAGES.items():
            x = x if stage == "conv32" else self.down_block(x, f"{stage}_down")
            for k in range(1, blocks + 1):
                x = self.block(x, f"{stage}_{k}")
        means = self.down_block(x, "conv256_down_out").float().mean((2, 3))
        return [means, means @ self.weight("fc")]

    def forward(self, faces: torch.Tensor) -> list[torch.Tensor]:
        size = faces.shape[3]
        left, top, side = (round(part * size) for part in CROP)
        cut = faces[:, :, top:top + side, left:left + side]
        larger = F.interpolate(cut.float(), (SIDE_PX, SIDE_PX), mode="bilinear", align_corners=False)
        return self.described(((larger + 1) * 127.5).to(faces.dtype).contiguous(memory_format=torch.channels_last))

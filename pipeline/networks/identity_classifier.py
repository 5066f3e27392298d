"""Which of the training's people a code belongs to: one dense layer, code `[B, codeLength]` -> logits `[B, people]`. Twin of src/models/discriminators/identityClassifier.ts.

TP-GAN's encoder is held to identities by its cross-entropy (Huang et al. 2017, section 3.2.5).
"""

from __future__ import annotations

from dataclasses import asdict, dataclass

import torch
from torch import nn

from .. import layers
from ..layers import Dense
from .family import Family, Shape


@dataclass(frozen=True)
class IdentityClassifierConfig:
    """As `IdentityClassifierConfig` in TypeScript."""

    codeLength: int = 128
    people: int = 2

    def to_json(self) -> dict:
        return asdict(self)


class IdentityClassifier(nn.Module):
    def __init__(self, config: IdentityClassifierConfig) -> None:
        super().__init__()
        self.config = config
        self.logits = Dense(config.codeLength, config.people)

    def forward(self, code: torch.Tensor, record: dict | None = None) -> torch.Tensor:
        return self.logits(code)


def inputs(c: IdentityClassifierConfig) -> dict[str, Shape]:
    return {"code": (c.codeLength,)}


def outputs(c: IdentityClassifierConfig) -> dict[str, Shape]:
    return {"logits": (c.people,)}


FAMILY = Family(IdentityClassifierConfig, IdentityClassifier, layers.KINDS, inputs, outputs)

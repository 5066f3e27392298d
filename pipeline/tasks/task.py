"""What a request means: from the named arrays of a request to the inputs of a network, and what a manifest says of it."""

from __future__ import annotations

from typing import Any, Protocol

import numpy as np
from torch import Tensor


class Task(Protocol):
    """config: of the network that answers. about: what its checkpoint says beside (see methods/method.py)."""

    # The network that answers.
    role: str
    # The outputs that its answer is made of; None: all.
    answers: tuple[str, ...] | None

    def check(self, config: Any, about: dict) -> None:
        """Raises ValueError for a network that the studio could not feed."""
        ...

    def manifest(self, config: Any, about: dict) -> dict:
        """The manifest's `task` beside its id and size."""
        ...

    def example(self, config: Any, about: dict, size: int) -> dict[str, np.ndarray]:
        """One request, for the self-test of an exported model: arrays as they are stored."""
        ...

    def encode(self, config: Any, request: dict[str, np.ndarray]) -> dict[str, Tensor]:
        """A request -> a batch of one of the inputs of a network of that configuration."""
        ...

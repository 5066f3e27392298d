"""What training knows of a method: its networks, which optimiser moves which of them, its data, its losses, and what it shows of itself.

Training (`pipeline/training`) does the rest: batches, precision, optimisers, averages, processes, checkpoints, logs and sheets. It calls, once a step and for each
group in the order of `groups`, `losses`; what that returns is summed, differentiated, and logged by its names.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import ClassVar, Protocol

import torch
from torch import Tensor, nn
from torch.utils.data import Dataset

# Of one source: tensors by name, the first axis the samples.
Item = dict[str, Tensor]
# By source. A source that a run does without is not there.
Batch = Mapping[str, Item]


@dataclass(frozen=True)
class Place:
    """Where a method computes, and in which precision the activations are."""

    device: torch.device
    low: torch.dtype

    def placed(self, network: nn.Module) -> nn.Module:
        """On the device; on a GPU with kernels in channels-last as well."""
        return network.to(self.device, memory_format=torch.channels_last) if self.device.type == "cuda" else network.to(self.device)


@dataclass(frozen=True)
class Source:
    """An endless data set, from where a run stands, and how many of its items a process takes a step."""

    items: Dataset
    batch: int


class Method(Protocol):
    """A method subclasses this and is built from its own `Config` and a `Place`; random numbers are seeded before."""

    # A dataclass: the fields of a run's TOML file that are the method's own. Where its `needs_init` is true, a run has to go on from another one.
    Config: ClassVar[type]
    # What the studio may ask of the result (pipeline/tasks), if anything.
    task: ClassVar[str | None] = None
    # Where a run trains several models: by the name that export takes, the networks of each (its own name for it -> role) and the style of its pictures.
    parts: ClassVar[Mapping[str, tuple[Mapping[str, str], str]]] = {}
    networks: dict[str, nn.Module]
    # Optimiser -> the networks that it moves; parameters that need no gradient stay as they are.
    groups: dict[str, tuple[str, ...]]
    # Optimiser -> learning rate at its full height.
    rates: dict[str, float]
    # Optimiser -> Adam's betas; missing ones are those of pix2pix.
    betas: Mapping[str, tuple[float, float]] = {}
    # Of those networks whose moving average is kept: the average, a network of the same shape.
    averages: dict[str, nn.Module]
    # What `losses` calls in place of `networks`: training puts in what joins several processes.
    parallel: dict[str, nn.Module]

    def sources(self, seed: int, seen: Mapping[str, int]) -> dict[str, Source]:
        """By name. `seen` says how many items of a source the run has had; item k is a function of the seed and k alone, so that a run can be resumed exactly."""
        ...

    def pace(self, name: str) -> float:
        """Of a parameter (`role.name`): its learning rate in terms of its optimiser's."""
        return 1.0

    def losses(self, group: str, batch: Batch, step: int) -> dict[str, Tensor]:
        """Each a scalar, already weighted, of a name of its own in the method; without any the group's networks take no step. Means over the batch, so that the
        gradients of several processes can be averaged."""
        ...

    def samples(self, batch: Batch) -> dict[str, Tensor]:
        """Pictures `[B, C, H, W]` in [-1, 1] that show what the method makes of a batch."""
        ...

    def examples(self) -> Sequence[Batch]:
        """Batches of one that the run's sheets show, always the same."""
        return ()

    def errors(self) -> dict[str, float]:
        """On data that is kept from training."""
        return {}

    def about(self) -> dict:
        """Plain data that a reader of the checkpoint needs beside networks and configuration."""
        return {}

    def memory(self) -> dict:
        """Tensors by name that a resumed run needs beside networks, optimisers and random states."""
        return {}

    def remember(self, memory: dict) -> None:
        """What `memory` gave; empty for a checkpoint that has none."""

    def fitted(self, state: dict) -> dict:
        """A checkpoint of this method, in the shapes of these networks where the data has changed since."""
        return state

    def start(self, state: dict) -> None:
        """Takes over weights of another run, averaged where it has averages."""
        for role, network in self.networks.items():
            stored = state["networks"].get(role)
            if stored is None:
                raise ValueError(f"The checkpoint has no network {role!r}; it has {', '.join(state['networks'])}.")
            weights = state["averages"].get(role, stored["state"])
            for target in (network, self.averages.get(role)):
                if target is not None:
                    take(target, weights, role)


def take(network: nn.Module, weights: Mapping[str, Tensor], role: str) -> None:
    """Loads weights of another run. Raises ValueError where they belong to another configuration."""
    own = network.state_dict()
    odd = [name for name in own.keys() | weights.keys() if name not in own or name not in weights or own[name].shape != weights[name].shape]
    if odd:
        raise ValueError(f"The checkpoint's {role} has another configuration than this run's: {', '.join(sorted(odd)[:3])} differ. Use the same sizes.")
    network.load_state_dict(weights)


@contextmanager
def fixed(network: nn.Module) -> Iterator[nn.Module]:
    """Within the block, gradients pass through the network and leave nothing there."""
    flags = [(value, value.requires_grad) for value in network.parameters()]
    for value, _ in flags:
        value.requires_grad_(False)
    try:
        yield network
    finally:
        for value, flag in flags:
            value.requires_grad_(flag)


def signed(x: Tensor, device: torch.device) -> Tensor:
    """Bytes 0-255 -> [-1, 1], channels last."""
    return (x.to(device, non_blocking=True).float() / 127.5 - 1).to(memory_format=torch.channels_last)

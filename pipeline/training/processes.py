"""The processes of one run: this one's number, its device, and what they have to agree on.

Alone unless `torchrun` started several; then gloo joins them on CPUs and nccl on GPUs. Whatever depends on a clock or a signal is decided by the first
process and told to the others, so that all of them take the same steps.
"""

from __future__ import annotations

import os
from dataclasses import dataclass

import torch
import torch.distributed as dist
from torch import nn
from torch.nn.parallel import DistributedDataParallel


@dataclass(frozen=True)
class Processes:
    rank: int
    count: int
    device: torch.device
    # For decisions, on the CPU even where gradients travel between GPUs.
    decisions: object | None = None

    @property
    def is_first(self) -> bool:
        return self.rank == 0

    @staticmethod
    def join(device: str) -> Processes:
        """device: "auto", "cpu" or "cuda"; with several GPUs each process takes the one of its local number."""
        count, rank, local = (int(os.environ.get(name, default)) for name, default in (("WORLD_SIZE", 1), ("RANK", 0), ("LOCAL_RANK", 0)))
        kind = ("cuda" if torch.cuda.is_available() else "cpu") if device == "auto" else device
        chosen = torch.device(kind, local) if kind == "cuda" and count > 1 else torch.device(kind)
        if chosen.type == "cuda":
            torch.cuda.set_device(chosen if chosen.index is not None else 0)
            torch.backends.cudnn.benchmark = True
        if count == 1:
            return Processes(0, 1, chosen)
        dist.init_process_group("nccl" if chosen.type == "cuda" else "gloo")
        return Processes(rank, count, chosen, dist.new_group(backend="gloo"))

    def agreed(self, values: list[float]) -> list[float]:
        """The first process's values, in every process."""
        if self.count == 1:
            return values
        message = torch.tensor(values, dtype=torch.float64)
        dist.broadcast(message, 0, group=self.decisions)
        return message.tolist()

    def gathered(self, value: object) -> list:
        """One value of each process, in every process."""
        if self.count == 1:
            return [value]
        values: list = [None] * self.count
        dist.all_gather_object(values, value, group=self.decisions)
        return values

    def parallel(self, network: nn.Module) -> nn.Module:
        """The network whose backward pass averages gradients over the processes; the network itself where there is but one."""
        if self.count == 1:
            return network
        devices = [self.device.index] if self.device.type == "cuda" else None
        return DistributedDataParallel(network, device_ids=devices)

    def leave(self) -> None:
        if self.count > 1:
            dist.barrier(group=self.decisions)
            dist.destroy_process_group()

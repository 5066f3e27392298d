"""Batches of a method's endless data sets, shared among processes."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator, Mapping

import torch
from torch.utils.data import DataLoader, Dataset

from ..methods.method import Batch, Item, Source
from .config import TrainingConfig
from .processes import Processes


class Share(Dataset):
    """Every n-th item of an endless data set: item k of the run belongs to process k % n."""

    def __init__(self, items: Dataset, processes: Processes) -> None:
        self.items, self.rank, self.count = items, processes.rank, processes.count

    def __len__(self) -> int:
        return len(self.items) // self.count

    def __getitem__(self, k: int) -> Item:
        return self.items[k * self.count + self.rank]


def settle_worker(_: int) -> None:
    """Lets a data worker run on any core, where its parent's threads are pinned to theirs (GOMP_CPU_AFFINITY), and leaves Ctrl+C to its parent."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, range(os.cpu_count() or 1))


def batches(sources: Mapping[str, Source], config: TrainingConfig, processes: Processes) -> Iterator[Batch]:
    """This process's batches of a run, in order, one of each source."""
    options = {"num_workers": config.workers, "pin_memory": processes.device.type == "cuda"}
    if config.workers:
        options |= {"prefetch_factor": 8, "worker_init_fn": settle_worker}
    # A generator of its own: the loader would take a number from the global one, and a resumed run would then differ.
    loaders = [DataLoader(Share(source.items, processes), source.batch, generator=torch.Generator(), **options) for source in sources.values()]
    return (dict(zip(sources, items)) for items in zip(*loaders))

"""What a run writes down: rows in CSV files always, the same numbers for TensorBoard where it is installed, and a line on the terminal."""

from __future__ import annotations

import csv
import time
from pathlib import Path

import torch

from .trainer import Trainer

TERMS = ("l1", "perceptual", "matching", "adversarial", "discriminator", "edit")


def append(path: Path, row: dict) -> None:
    """One row more. A file with other columns, from an older version, is set aside first."""
    if path.exists() and path.read_text().splitlines()[:1] != [",".join(row)]:
        free = next(k for k in range(1, 10**6) if not path.with_name(f"{path.stem}-{k}.csv").exists())
        path.rename(path.with_name(f"{path.stem}-{free}.csv"))
    new = not path.exists()
    with path.open("a", newline="") as file:
        writer = csv.DictWriter(file, row)
        if new:
            writer.writeheader()
        writer.writerow(row)


def tensorboard(folder: Path) -> object | None:
    try:
        from torch.utils.tensorboard import SummaryWriter
    except ImportError:
        return None
    return SummaryWriter(str(folder / "tensorboard"))


class Log:
    """Sums losses between reports. Only the first process of a run has one: the losses are those of its own share of the batches."""

    def __init__(self, trainer: Trainer) -> None:
        self.trainer, self.board = trainer, tensorboard(trainer.folder)
        self.begin()

    def begin(self) -> None:
        self.sums: dict[str, torch.Tensor] = {}
        self.steps, self.images, self.since = 0, self.trainer.images, time.monotonic()

    def add(self, terms: dict[str, torch.Tensor]) -> None:
        """Without waiting for a GPU: the numbers are read when they are reported."""
        for name, value in terms.items():
            self.sums[name] = self.sums[name] + value if name in self.sums else value
        self.steps += 1

    @property
    def is_due(self) -> bool:
        return time.monotonic() - self.since > self.trainer.config.report_seconds

    def report(self, rate_factor: float) -> None:
        t = self.trainer
        means = {name: float(value) / self.steps for name, value in self.sums.items()}
        speed = (t.images - self.images) / max(1e-6, time.monotonic() - self.since)
        row = {"step": t.step, "images": t.images, "minutes": round(t.elapsed_s / 60, 2), "imagesPerSecond": round(speed, 2), "rate": round(rate_factor, 3)}
        self.write("log.csv", row | {name: round(means.get(name, float("nan")), 4) for name in TERMS}, f"left={self.minutes_left(speed):.0f}min")
        self.begin()

    def minutes_left(self, images_per_s: float) -> float:
        c, t = self.trainer.config, self.trainer
        if not c.steps:
            return max(0.0, c.minutes - t.elapsed_s / 60)
        return (c.steps - t.step) * c.batch * t.processes.count / max(1e-6, images_per_s) / 60

    def validation(self, errors: dict[str, float]) -> None:
        self.write("validation.csv", {"step": self.trainer.step, "images": self.trainer.images} | errors)

    def write(self, file: str, row: dict, *more: str) -> None:
        append(self.trainer.folder / file, row)
        print(" ".join(f"{name}={value}" for name, value in row.items()), *more, flush=True)
        if self.board is not None:
            for name, value in row.items():
                if name != "step":
                    self.board.add_scalar(f"{Path(file).stem}/{name}", value, row["step"])

    def close(self) -> None:
        if self.board is not None:
            self.board.close()

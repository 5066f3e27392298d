"""What a run writes down: rows in CSV files always, the same numbers for TensorBoard where it is installed, and a line on the terminal."""

from __future__ import annotations

import csv
import time
from collections import Counter
from pathlib import Path

import torch

from .trainer import Trainer


def append(path: Path, row: dict) -> None:
    """One row more. Columns that the file lacks are added to it, and what a row does not have is nan: losses come and go in a run."""
    rows = list(csv.DictReader(path.read_text().splitlines())) if path.exists() else []
    before = list(rows[0]) if rows else []
    columns = before + [name for name in row if name not in before]
    if columns == before:
        with path.open("a", newline="") as file:
            csv.DictWriter(file, columns, restval="nan").writerow(row)
        return
    whole = path.with_name(path.name + ".part")
    with whole.open("w", newline="") as file:
        writer = csv.DictWriter(file, columns, restval="nan")
        writer.writeheader()
        writer.writerows([*rows, row])
    whole.replace(path)


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
        self.counts: Counter[str] = Counter()
        self.steps, self.images, self.since = 0, self.images_seen, time.monotonic()

    @property
    def images_seen(self) -> int:
        """Of the method's first source, by all processes."""
        return next(iter(self.trainer.seen.values()))

    def add(self, terms: dict[str, torch.Tensor]) -> None:
        """Without waiting for a GPU: the numbers are read when they are reported."""
        for name, value in terms.items():
            self.sums[name] = self.sums[name] + value if name in self.sums else value
            self.counts[name] += 1
        self.steps += 1

    @property
    def is_due(self) -> bool:
        return time.monotonic() - self.since > self.trainer.config.report_seconds

    def report(self, rate_factor: float) -> None:
        t = self.trainer
        seconds = max(1e-6, time.monotonic() - self.since)
        row = {"step": t.step, "images": self.images_seen, "minutes": round(t.elapsed_s / 60, 2),
               "imagesPerSecond": round((self.images_seen - self.images) / seconds, 2), "rate": round(rate_factor, 3)}
        terms = {name: round(float(value) / self.counts[name], 4) for name, value in self.sums.items()}
        self.write("log.csv", row | terms, f"left={self.minutes_left(self.steps / seconds):.0f}min")
        self.begin()

    def minutes_left(self, steps_per_s: float) -> float:
        c, t = self.trainer.config, self.trainer
        if not c.steps:
            return max(0.0, c.minutes - t.elapsed_s / 60)
        return (c.steps - t.step) / max(1e-6, steps_per_s) / 60

    def validation(self, errors: dict[str, float]) -> None:
        if errors:
            self.write("validation.csv", {"step": self.trainer.step, "images": self.images_seen} | errors)

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

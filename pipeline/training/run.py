"""A run from its configuration to its last checkpoint: batches in, steps, and now and then a checkpoint, a sheet and a line in the log."""

from __future__ import annotations

import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ..methods.method import Batch
from .batches import batches
from .config import TrainingConfig
from .logs import Log
from .processes import Processes
from .sheets import write_sheet
from .trainer import Trainer


def data(trainer: Trainer) -> Iterator[Batch]:
    """From where the run stands; item k of a run is the same whatever was stopped or started between."""
    return batches(trainer.method.sources(trainer.config.seed, trainer.seen), trainer.config, trainer.processes)


@contextmanager
def interruption() -> Iterator[list[int]]:
    """A list that a request to stop (Ctrl+C, or a machine that is taken back) puts its signal into; a second Ctrl+C stops at once."""
    received: list[int] = []

    def note(number: int, _: object) -> None:
        received.append(number)
        signal.signal(signal.SIGINT, signal.default_int_handler)

    before = {number: signal.signal(number, note) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield received
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


class Rhythm:
    """True once more than so many minutes of the run have gone by since it last was."""

    def __init__(self, minutes: float, last_s: float) -> None:
        self.period_s, self.last_s = 60 * minutes, last_s

    def is_due(self, elapsed_s: float) -> bool:
        if elapsed_s - self.last_s <= self.period_s:
            return False
        self.last_s = elapsed_s
        return True


def validate(trainer: Trainer, log: Log | None) -> None:
    """A sheet, and the errors on what is kept from training. Only the first process does it; the others wait at their next step."""
    if log:
        write_sheet(trainer)
        log.validation(trainer.method.errors())


def train(trainer: Trainer, log: Log | None) -> None:
    """Until the run's length is reached or it is interrupted. `log` is None in all processes but the first."""
    c, began_s, start = trainer.config, trainer.elapsed_s, time.monotonic()
    saving, validating, factor = Rhythm(c.save_minutes, began_s), Rhythm(c.sheet_minutes, began_s - 60 * c.sheet_minutes), 1.0
    items = data(trainer)
    with interruption() as received:
        while not trainer.is_finished:
            trainer.elapsed_s, stop = trainer.processes.agreed([began_s + time.monotonic() - start, float(bool(received))])
            if stop:
                break
            factor = trainer.set_learning_rates()
            terms = trainer.train_step(next(items))
            if log:
                log.add(terms)
                if log.is_due:
                    log.report(factor)
            if saving.is_due(trainer.elapsed_s):
                trainer.save()
            if validating.is_due(trainer.elapsed_s):
                validate(trainer, log)
        trainer.save()
    if log and log.steps:
        log.report(factor)


def run(config: TrainingConfig) -> Trainer:
    """The whole of it; in each process of a distributed run the same."""
    processes = Processes.join(config.device)
    Path(config.run).mkdir(parents=True, exist_ok=True)
    trainer = Trainer(config, processes)
    log = Log(trainer) if processes.is_first else None
    train(trainer, log)
    if trainer.is_finished:
        validate(trainer, log)
    if log:
        log.close()
    processes.leave()
    return trainer

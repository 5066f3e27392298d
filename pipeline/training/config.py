"""What one training run is: the fields of its TOML file, checked. Those that no run has are the method's own."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from ..methods import method_named

PRECISIONS = ("auto", "bfloat16", "float16", "float32")


@dataclass(frozen=True)
class TrainingConfig:
    """One run. Workers are per process."""

    run: str
    method: str
    options: Any  # the method's own Config
    minutes: float = 60.0
    steps: int = 0  # with steps, the length and the schedule count steps instead of minutes: equal for machines of any speed
    init: str = ""  # a checkpoint to start from; its optimisers are not taken over
    seed: int = 1
    warmup_steps: int = 0  # over which the learning rates rise from zero: fresh optimisers disturb a network that starts from another run
    decay_from: float = 0.5
    ema: float = 0.999
    precision: str = "auto"  # bfloat16 where there is it, else float16 with a scaled loss (GPUs before 2020)
    threads: int = 2
    workers: int = 1  # that make items, for each source
    device: str = "auto"
    save_minutes: float = 4.0
    sheet_minutes: float = 8.0
    report_seconds: float = 20.0

    def __post_init__(self) -> None:
        if self.precision not in PRECISIONS:
            raise ValueError(f"precision must be one of {', '.join(PRECISIONS)}, not {self.precision!r}.")
        if getattr(self.options, "needs_init", False) and not self.init:
            raise ValueError("This phase goes on from another run: it needs init = that run's checkpoint.")

    @staticmethod
    def of(method: str, values: Mapping[str, object], source: str = "The configuration") -> TrainingConfig:
        """From fields as in a TOML file. Raises ValueError for fields that neither a run nor its method has, and for what is missing."""
        options = method_named(method).Config
        own = {f.name for f in fields(TrainingConfig)} - {"method", "options"}
        theirs = {f.name for f in fields(options)}
        unknown = sorted(set(values) - own - theirs)
        if unknown:
            raise ValueError(f"{source} has fields that no run of {method} has: {', '.join(unknown)}.")
        try:
            given = options(**{name: value for name, value in values.items() if name in theirs})
            return TrainingConfig(method=method, options=given, **{name: value for name, value in values.items() if name in own})
        except TypeError as error:  # a field without default
            raise ValueError(f"{source}: {error}.") from None

    @staticmethod
    def read(path: Path, method: str, **overrides: object) -> TrainingConfig:
        """From a TOML file; overrides that are None are left out."""
        values = tomllib.loads(path.read_text())
        return TrainingConfig.of(method, values | {name: value for name, value in overrides.items() if value is not None}, str(path))

    def to_json(self) -> dict:
        """All fields, flat, as a TOML file would have them."""
        values = asdict(self)
        return {name: value for name, value in (values | values["options"]).items() if name not in ("method", "options")}

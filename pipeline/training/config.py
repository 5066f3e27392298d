"""What one training run is: the fields of its TOML file, checked."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field, fields, replace
from pathlib import Path

CHOICES = {
    "phase": ("g1", "g2", "joint"),
    "precision": ("auto", "bfloat16", "float16", "float32"),
    "adversarial_form": ("leastSquares", "log"),
    "loss_weights": ("mean", "pix2pixHD"),
    "look_entry": ("modulation", "channels"),
}


@dataclass(frozen=True)
class TrainingConfig:
    """One run. Batches and workers are per process: n processes see n times as many pictures a step."""

    run: str
    pack: str
    perceptual_weights: str  # SqueezeNet 1.1 (a folder of .npy) or VGG19 (torchvision's .pth)
    minutes: float = 60.0
    steps: int = 0  # with steps, the length and the schedule count steps instead of minutes: equal for machines of any speed
    size: int = 0  # of the pictures; 0 = the pack's own
    init: str = ""  # a checkpoint to start from (see warm_start.py); its optimisers are not taken over
    phase: str = "joint"  # "g1": a generator without local enhancer; "g2": the enhancer alone, G1 frozen; "joint": all there is
    look_entry: str = "modulation"  # or "channels": the look as constant input planes (kept for comparison; the studio knows modulation only)
    generator: dict = field(default_factory=dict)
    style: dict = field(default_factory=dict)
    batch: int = 4
    edit_batch: int = 1
    seed: int = 1
    learning_rate: float = 2e-4
    discriminator_learning_rate: float = 2e-4
    warmup_steps: int = 0  # over which the learning rates rise from zero: fresh optimisers disturb a network that starts from another run
    decay_from: float = 0.5
    ema: float = 0.999
    scales: int = 2
    ndf: int = 32
    adversarial_from_step: int = 3000
    adversarial_form: str = "leastSquares"
    loss_weights: str = "mean"  # or "pix2pixHD": sums where its code has sums, every pixel of every feature
    lambda_l1: float = 10.0
    lambda_perceptual: float = 10.0
    lambda_feature_matching: float = 10.0
    lambda_adversarial: float = 1.0
    lambda_edit: float = 0.0
    perceptual_fires: int = 6
    look_dropout: float = 0.1
    no_look: float = 0.03
    warp: float = 0.0
    precision: str = "auto"  # bfloat16 where there is it, else float16 with a scaled loss (GPUs before 2020)
    threads: int = 2
    workers: int = 1  # that draw sketches
    device: str = "auto"
    save_minutes: float = 4.0
    sheet_minutes: float = 8.0
    report_seconds: float = 20.0

    def __post_init__(self) -> None:
        for name, allowed in CHOICES.items():
            if getattr(self, name) not in allowed:
                raise ValueError(f"{name} must be one of {', '.join(allowed)}, not {getattr(self, name)!r}.")
        enhanced = bool(self.generator.get("localEnhancer"))
        if self.phase == "g1" and enhanced:
            raise ValueError('phase = "g1" trains a generator without localEnhancer; leave it out here and add it in the next phase.')
        if self.phase == "g2" and not (enhanced and self.init):
            raise ValueError('phase = "g2" needs [generator.localEnhancer] and init = a checkpoint of phase "g1".')

    @staticmethod
    def read(path: Path, **overrides: object) -> TrainingConfig:
        """From a TOML file; overrides that are None are left out. Raises ValueError for fields that do not exist."""
        values = tomllib.loads(path.read_text())
        unknown = sorted(set(values) - {f.name for f in fields(TrainingConfig)})
        if unknown:
            raise ValueError(f"{path} has fields that no run has: {', '.join(unknown)}.")
        return replace(TrainingConfig(**values), **{name: value for name, value in overrides.items() if value is not None})

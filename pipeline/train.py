"""Train by a method (pipeline/methods) as a configuration says.

    python -m pipeline.train sketch_face --config pipeline/configs/live.toml
    torchrun --nproc_per_node=4 -m pipeline.train sketch_face --config pipeline/configs/cuda.toml

Writes to the run's folder: `last.pt` (weights, EMA, optimisers, step, random states; replaced whole), `log.csv`, `validation.csv`, `sheet-NNNNNN.jpg`, and
`tensorboard/` where TensorBoard is installed. Run again to resume; Ctrl+C saves first. The length is a time budget or a number of steps: the learning rate
falls to zero over the last part of it, so a run of any length ends settled.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import torch

from .methods import METHODS
from .training.config import TrainingConfig
from .training.run import run


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("method", choices=METHODS)
    parser.add_argument("--config", type=Path, required=True)
    parser.add_argument("--minutes", type=float, help="train for so long, whatever the configuration says")
    parser.add_argument("--steps", type=int, help="train for so many steps, whatever the configuration says")
    arguments = parser.parse_args()
    steps = 0 if arguments.minutes and not arguments.steps else arguments.steps
    try:
        config = TrainingConfig.read(arguments.config, arguments.method, minutes=arguments.minutes, steps=steps)
    except ValueError as error:
        raise SystemExit(f"{error}") from None
    torch.set_num_threads(config.threads)
    run(config)


if __name__ == "__main__":
    main()

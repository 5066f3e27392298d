"""What the tests of training share: a handful of made-up people, a fixed network with random weights, and a run of a few seconds."""

import csv
import tempfile
import unittest
from pathlib import Path

import numpy as np
import torch

from pipeline.tests.packs import write_pack
from pipeline.training.config import TrainingConfig
from pipeline.training.processes import Processes
from pipeline.training.trainer import Trainer

ALONE = Processes(0, 1, torch.device("cpu"))
FIRES = 1


def write_fixed_network(folder: Path) -> Path:
    """SqueezeNet's first layers with random weights."""
    folder.mkdir(parents=True)
    rng = np.random.default_rng(1)
    shapes = [(64, 3, 3, 3), (16, 64, 1, 1), (64, 16, 1, 1), (64, 16, 3, 3)]
    for i, shape in enumerate(shapes):
        np.save(folder / f"squeezenet0_conv{i}_weight.npy", rng.normal(0, (2 / np.prod(shape[1:])) ** 0.5, shape).astype(np.float32))
        np.save(folder / f"squeezenet0_conv{i}_bias.npy", np.zeros(shape[0], np.float32))
    return folder


def small_fields(folder: Path, run: str, **fields: object) -> dict:
    """The fields of a run of a few steps on a tiny model, in float32; `folder` has the pack and the fixed network."""
    return {"run": str(folder / run), "pack": str(folder / "pack"), "perceptual_weights": str(folder / "squeezenet"), "perceptual_fires": FIRES,
            "generator": {"ngf": 4, "downSteps": 2, "residualBlocks": 1, "lookEmbed": 4, "inputChannels": 3, "linesToDecoder": 1, "skips": 1,
            "decoderBlocks": [1]}, "ndf": 2, "scales": 1, "pairs": 2, "steps": 6, "adversarial_from_step": 1, "precision": "float32", "device": "cpu", "workers": 0, "threads": 1} | fields


def small_run(folder: Path, run: str, **fields: object) -> TrainingConfig:
    return TrainingConfig.of("sketch_face", small_fields(folder, run, **fields))


def rows_of(path: Path) -> list[dict]:
    return list(csv.DictReader(path.read_text().splitlines()))


def tensors(value: object, path: str = "") -> dict:
    """All numbers and tensors of a nested state by their path."""
    if isinstance(value, dict):
        return {k: v for name, inner in value.items() for k, v in tensors(inner, f"{path}.{name}").items()}
    if isinstance(value, (list, tuple)):
        return {k: v for i, inner in enumerate(value) for k, v in tensors(inner, f"{path}.{i}").items()}
    return {path: value}


class TrainingTest(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        write_pack(self.folder / "pack")
        write_fixed_network(self.folder / "squeezenet")
        threads = torch.get_num_threads()
        torch.set_num_threads(1)
        self.addCleanup(torch.set_num_threads, threads)

    def config(self, name: str, **fields: object) -> TrainingConfig:
        return small_run(self.folder, name, **fields)

    def trainer(self, name: str, **fields: object) -> Trainer:
        config = self.config(name, **fields)
        Path(config.run).mkdir(exist_ok=True)
        return Trainer(config, ALONE)

    def assert_same(self, a: dict, b: dict) -> None:
        a, b = tensors(a), tensors(b)
        self.assertEqual(list(a), list(b))
        for name, value in a.items():
            same = torch.equal(value, b[name]) if isinstance(value, torch.Tensor) else value == b[name]
            self.assertTrue(same, name)

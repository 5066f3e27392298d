"""Training takes any method: here one of two generators and two discriminators between two kinds of pictures, and the one that the README shows."""

import re
import sys
import types
import unittest
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from unittest import mock

import numpy as np
import torch
from torch import Tensor
from torch.utils.data import Dataset

from pipeline.checkpoints import network_of, read_state
from pipeline.export import export
from pipeline.methods import METHODS
from pipeline.methods.method import Batch, Method, Place, Source, fixed
from pipeline.networks import build
from pipeline.tests.support import ALONE, TrainingTest, rows_of
from pipeline.training.config import TrainingConfig
from pipeline.training.run import run, train
from pipeline.training.trainer import Trainer

README = Path(__file__).parents[1] / "README.md"
SIDE = 16


class Pictures(Dataset):
    """Endless noise of one kind."""

    def __init__(self, kind: int, seed: int, first: int) -> None:
        self.kind, self.seed, self.first = kind, seed, first

    def __len__(self) -> int:
        return 10**6

    def __getitem__(self, k: int) -> dict[str, Tensor]:
        rng = np.random.default_rng([self.seed, self.kind, self.first + k])
        return {"picture": torch.from_numpy(rng.uniform(-1, 1, (3, SIDE, SIDE)).astype(np.float32))}


@dataclass(frozen=True)
class CycleConfig:
    ngf: int = 2
    lambda_cycle: float = 10.0
    discriminators_from_step: int = 2
    batch: int = 2


class Cycle(Method):
    """CycleGAN's losses on U-Nets with batch norm and dropout: random numbers and remembered statistics are part of the run."""

    Config = CycleConfig

    def __init__(self, config: CycleConfig, place: Place) -> None:
        self.config = config
        unet = {"ngf": config.ngf, "multipliers": [1, 2, 4], "inputChannels": 3, "outputChannels": 3, "dropout": 0.5}
        self.networks = {name: place.placed(build("unet", unet)) for name in ("generatorAB", "generatorBA")}
        self.networks |= {name: place.placed(build("patchGan", {"scales": 1, "ndf": 2, "inputs": 6})) for name in ("discriminatorA", "discriminatorB")}
        self.averages = {"generatorAB": build("unet", unet)}
        self.averages["generatorAB"].load_state_dict(self.networks["generatorAB"].state_dict())
        self.averages["generatorAB"].eval()
        self.groups = {"generators": ("generatorAB", "generatorBA"), "discriminators": ("discriminatorA", "discriminatorB")}
        self.rates = {"generators": 1e-3, "discriminators": 5e-4}
        self.parallel = dict(self.networks)

    def sources(self, seed: int, seen: Mapping[str, int]) -> dict[str, Source]:
        return {name: Source(Pictures(k, seed, seen.get(name, 0)), self.config.batch) for k, name in enumerate(("a", "b"))}

    def losses(self, group: str, batch: Batch, step: int) -> dict[str, Tensor]:
        p, a, b = self.parallel, batch["a"]["picture"], batch["b"]["picture"]
        if group == "discriminators":
            return {} if step < self.config.discriminators_from_step else {"realA": (p["discriminatorA"](a, a)[0][-1] - 1).square().mean(),
                                                                         "realB": (p["discriminatorB"](b, b)[0][-1] - 1).square().mean()}
        fake_b, fake_a = p["generatorAB"](a), p["generatorBA"](b)
        cycles = {"cycleA": (p["generatorBA"](fake_b) - a).abs().mean(), "cycleB": (p["generatorAB"](fake_a) - b).abs().mean()}
        with fixed(self.networks["discriminatorB"]) as discriminator:
            adversarial = (discriminator(fake_b, fake_b)[0][-1] - 1).square().mean()
        return {name: self.config.lambda_cycle * loss for name, loss in cycles.items()} | {"adversarialB": adversarial}

    @torch.no_grad()
    def samples(self, batch: Batch) -> dict[str, Tensor]:
        return {"a": batch["a"]["picture"], "b": self.averages["generatorAB"](batch["a"]["picture"])}

    def examples(self) -> list[Batch]:
        return [{"a": {"picture": Pictures(0, 0, k)[0]["picture"][None]}} for k in range(3)]


class Several(TrainingTest):
    def setUp(self) -> None:
        super().setUp()
        patch = mock.patch.dict(METHODS, {"cycle": Cycle})
        patch.start()
        self.addCleanup(patch.stop)

    def config(self, name: str, **fields: object) -> TrainingConfig:
        return TrainingConfig.of("cycle", {"run": str(self.folder / name), "steps": 6, "precision": "float32", "device": "cpu", "workers": 0, "threads": 1} | fields)

    def test_every_loss_that_a_method_returns_is_logged(self) -> None:
        trainer = run(self.config("run", report_seconds=0.0))
        rows = rows_of(trainer.folder / "log.csv")
        self.assertEqual(list(rows[0])[5:], ["cycleA", "cycleB", "adversarialB", "realA", "realB"])
        self.assertEqual([row["realA"] == "nan" for row in rows], [True, True, False, False, False, False])
        self.assertEqual(trainer.seen, {"a": 12, "b": 12})
        self.assertTrue((trainer.folder / "sheet-000006.jpg").exists())
        self.assertFalse((trainer.folder / "validation.csv").exists())  # it has no errors to tell

    def test_resume_is_exact_with_dropout_and_remembered_statistics(self) -> None:
        run(self.config("whole"))
        (self.folder / "parts").mkdir()
        first = Trainer(self.config("parts"), ALONE)
        with mock.patch.object(Trainer, "is_finished", property(lambda trainer: trainer.step >= 3)):
            train(first, None)
        run(self.config("parts"))
        whole, parts = (read_state(self.folder / name / "last.pt") for name in ("whole", "parts"))
        for name in ("networks", "averages", "optimizers", "step", "seen", "trained"):
            self.assert_same({name: whole[name]}, {name: parts[name]})
        self.assertEqual(set(whole["optimizers"]), {"generators", "discriminators"})

    def test_optimisers_move_their_own_networks_and_averages_follow(self) -> None:
        trainer = Trainer(self.config("one"), ALONE)
        m = trainer.method
        before = {role: {name: value.clone() for name, value in network.state_dict().items()} for role, network in m.networks.items()}
        average = {name: value.clone() for name, value in m.averages["generatorAB"].state_dict().items()}
        trainer.train_step({name: {"picture": torch.stack([source.items[k]["picture"] for k in range(2)])} for name, source in m.sources(1, {}).items()})
        moved = {role for role, network in m.networks.items() if any(not torch.equal(value, before[role][name]) for name, value in network.state_dict().items())}
        self.assertEqual(moved, {"generatorAB", "generatorBA"})  # no step without losses
        generator, follower = m.networks["generatorAB"].state_dict(), m.averages["generatorAB"].state_dict()
        self.assertTrue(torch.equal(follower["up.0.norm.mean"], generator["up.0.norm.mean"]))
        self.assertFalse(torch.equal(generator["up.0.norm.mean"], average["up.0.norm.mean"]))
        expected = 0.1 * average["down.0.kernel"] + 0.9 * generator["down.0.kernel"]  # at step 0 the average remembers a tenth
        self.assertLess(float((follower["down.0.kernel"] - expected).abs().max()), 1e-6)

    def test_a_run_starts_from_the_averages_of_another(self) -> None:
        run(self.config("first", steps=2))
        state = read_state(self.folder / "first/last.pt")
        trainer = Trainer(self.config("second", init=str(self.folder / "first/last.pt")), ALONE)
        self.assert_same(dict(network_of(state, "generatorAB").state_dict()), dict(trainer.method.networks["generatorAB"].state_dict()))
        del state["networks"]["discriminatorB"]
        torch.save(state, self.folder / "less.pt")
        with self.assertRaisesRegex(ValueError, "no network 'discriminatorB'"):
            Trainer(self.config("third", init=str(self.folder / "less.pt")), ALONE)
        with self.assertRaisesRegex(ValueError, "generatorAB has another configuration"):
            Trainer(self.config("fourth", init=str(self.folder / "first/last.pt"), ngf=3), ALONE)

    def test_one_name_for_two_losses_is_an_error(self) -> None:
        trainer = Trainer(self.config("twice"), ALONE)
        value = trainer.method.networks["generatorAB"].up[2].bias
        with mock.patch.object(Cycle, "losses", lambda *_: {"same": value.sum()}), self.assertRaisesRegex(ValueError, "'same'"):
            trainer.train_step({})

    def test_the_studio_has_no_use_for_it_yet(self) -> None:
        run(self.config("first", steps=1))
        with self.assertRaisesRegex(ValueError, "no use for what cycle trains"):
            export(self.folder / "first/last.pt", self.folder / "shipped", {"en": "A", "zh": "甲"}, "float16")


class Shown(TrainingTest):
    def test_the_method_of_the_readme_trains(self) -> None:
        code = re.search(r"```python\n(# pipeline/methods/line_drawing\.py\n.*?)```", README.read_text(), re.DOTALL)
        module = types.ModuleType("pipeline.methods.line_drawing")
        module.__package__ = "pipeline.methods"
        sys.modules[module.__name__] = module
        self.addCleanup(sys.modules.pop, module.__name__)
        exec(compile(code[1], "README.md", "exec"), module.__dict__)
        with mock.patch.dict(METHODS, {"line_drawing": module.LineDrawing}):
            config = TrainingConfig.of("line_drawing", {"run": str(self.folder / "lines"), "pack": str(self.folder / "pack"), "ngf": 2, "steps": 3, "report_seconds": 0.0,
                                                        "workers": 0, "threads": 1, "device": "cpu", "precision": "float32"})
            trainer = run(config)
        self.assertEqual(list(rows_of(trainer.folder / "log.csv")[0])[5:], ["l1"])
        self.assertTrue((trainer.folder / "sheet-000003.jpg").exists())


if __name__ == "__main__":
    unittest.main()

"""Runs of a few steps on a tiny model: exact resume, schedules, precision, what is written, and configurations."""

import importlib.util
import os
import random
import signal
import unittest
from pathlib import Path

import numpy as np
import torch

from pipeline.checkpoints import network_of, read_state
from pipeline.tests.support import TrainingTest, rows_of
from pipeline.training.config import TrainingConfig
from pipeline.training.logs import Log, append
from pipeline.training.precision import activations_dtype
from pipeline.training.run import data, run, train
from pipeline.training.state import random_state, restore_random_state

LEARNED = ("networks", "averages", "optimizers", "scalers")


class InterruptedLog(Log):
    """Sends the process a request to stop when a step has been taken, as a machine that is taken back does."""

    at = 0

    def add(self, terms: dict) -> None:
        super().add(terms)
        if self.trainer.step == self.at:
            os.kill(os.getpid(), signal.SIGTERM)


class Resume(TrainingTest):
    def interrupted(self, name: str, at: int, **fields: object) -> None:
        trainer = self.trainer(name, **fields)
        log = InterruptedLog(trainer)
        log.at = at
        train(trainer, log)
        self.assertEqual(read_state(trainer.folder / "last.pt")["step"], at)

    def test_six_steps_are_three_and_three_bit_by_bit(self) -> None:
        run(self.config("whole"))
        self.interrupted("parts", 3)
        run(self.config("parts", workers=1))  # who draws the sketches makes no difference
        whole, parts = (read_state(self.folder / name / "last.pt") for name in ("whole", "parts"))
        self.assertEqual((whole["step"], whole["seen"]), (6, {"pairs": 12}))
        for name in (*LEARNED, "trained", "step", "seen", "about"):
            self.assert_same({name: whole[name]}, {name: parts[name]})
        self.assertTrue(torch.equal(whole["random"][0]["torch"], parts["random"][0]["torch"]))
        average, network = (weights["encoder.0.kernel"] for weights in (whole["averages"]["generator"], whole["networks"]["generator"]["state"]))
        self.assertFalse(torch.equal(average, network))

    def test_it_would_notice_a_lost_optimiser(self) -> None:
        run(self.config("whole", steps=4))
        self.interrupted("parts", 2, steps=4)
        state = read_state(self.folder / "parts/last.pt")
        del state["optimizers"]["generator"]
        torch.save(state, self.folder / "parts/last.pt")
        run(self.config("parts", steps=4))
        whole, parts = (network_of(read_state(self.folder / name / "last.pt"), "generator", averaged=False).encoder[0].kernel for name in ("whole", "parts"))
        self.assertFalse(torch.equal(whole, parts))

    def test_a_finished_run_takes_no_further_step(self) -> None:
        run(self.config("done", steps=2))
        before = read_state(self.folder / "done/last.pt")
        run(self.config("done", steps=2))
        after = read_state(self.folder / "done/last.pt")
        self.assert_same({n: before[n] for n in (*LEARNED, "step")}, {n: after[n] for n in (*LEARNED, "step")})

    def test_a_run_of_another_method_is_left_alone(self) -> None:
        run(self.config("other", steps=1))
        path = self.folder / "other/last.pt"
        torch.save(read_state(path) | {"method": "cycle"}, path)
        with self.assertRaisesRegex(ValueError, "of cycle, not of sketch_face"):
            self.trainer("other")

    def test_every_random_state_comes_back(self) -> None:
        state = random_state()
        first = (random.random(), np.random.rand(), float(torch.rand(1)))
        restore_random_state(state)
        self.assertEqual((random.random(), np.random.rand(), float(torch.rand(1))), first)


class Lengths(TrainingTest):
    def test_a_schedule_by_steps(self) -> None:
        trainer = self.trainer("steps", steps=10, decay_from=0.5)
        rates = {}
        for step in (0, 4, 5, 7, 10):
            trainer.step = step
            trainer.set_learning_rates()
            rates[step] = round(trainer.optimizers["generator"].param_groups[0]["lr"] / trainer.config.options.learning_rate, 6)
        self.assertEqual(rates, {0: 1, 4: 1, 5: 1, 7: 0.6, 10: 0.02})

    def test_a_schedule_and_a_length_by_time(self) -> None:
        trainer = self.trainer("time", steps=0, minutes=10, decay_from=0.4)
        for minutes, factor in ((3, 1), (7, 0.5), (10, 0)):
            trainer.elapsed_s = 60 * minutes
            self.assertAlmostEqual(trainer.set_learning_rates(), factor)
        self.assertTrue(trainer.is_finished)
        short = run(self.config("short", steps=0, minutes=1 / 600))
        self.assertGreaterEqual(short.step, 1)
        self.assertGreaterEqual(short.elapsed_s, 0.1)

    def test_the_average_follows_by_hand(self) -> None:
        trainer = self.trainer("average", ema=0.9)
        trainer.step = 1000
        name = "encoder.0.kernel"
        generator, average = trainer.method.networks["generator"], trainer.method.averages["generator"]
        before = average.state_dict()[name].clone()
        with torch.no_grad():
            generator.encoder[0].kernel.add_(1)
        trainer.follow()
        self.assertLess(float((average.state_dict()[name] - (before + 0.1)).abs().max()), 1e-6)


class Precision(TrainingTest):
    def test_sixteen_bits_train_much_as_thirty_two(self) -> None:
        losses = {}
        for precision in ("float32", "bfloat16"):
            trainer = run(self.config(precision, precision=precision, steps=4))
            row = rows_of(trainer.folder / "log.csv")[-1]
            losses[precision] = float(row["l1"])
            self.assertEqual({value.dtype for value in trainer.method.generator.state_dict().values()}, {torch.float32})
        self.assertAlmostEqual(losses["bfloat16"] / losses["float32"], 1, delta=0.05)

    def test_float16_is_for_gpus(self) -> None:
        with self.assertRaisesRegex(ValueError, "GPU"):
            activations_dtype("float16", torch.device("cpu"))
        self.assertEqual(activations_dtype("auto", torch.device("cpu")), torch.bfloat16)

    @unittest.skipUnless(torch.cuda.is_available(), "there is no GPU")
    def test_every_precision_on_a_gpu(self) -> None:
        for precision in ("float32", "bfloat16", "float16"):
            with self.subTest(precision):
                trainer = run(self.config(f"gpu-{precision}", precision=precision, device="cuda", workers=1, steps=8))
                self.assertTrue(all(bool(torch.isfinite(value).all()) for value in trainer.method.average.state_dict().values()))
                self.assertEqual(trainer.scalers["generator"].is_enabled(), precision == "float16")
                self.assertTrue(trainer.method.generator.encoder[1].kernel.is_contiguous(memory_format=torch.channels_last))


class Losses(TrainingTest):
    def test_every_form_and_weighting_takes_a_step(self) -> None:
        for form in ("leastSquares", "log"):
            for weights in ("mean", "pix2pixHD"):
                with self.subTest(form=form, weights=weights):
                    trainer = run(self.config(f"{form}-{weights}", adversarial_form=form, loss_weights=weights, steps=2, scales=2))
                    self.assertTrue(all(bool(torch.isfinite(v).all()) for v in trainer.method.generator.state_dict().values()))

    def test_the_generators_step_leaves_the_discriminator_alone(self) -> None:
        trainer = self.trainer("alone", adversarial_from_step=0)
        discriminator, batch = trainer.method.discriminator, next(data(trainer))
        trainer.method.losses("discriminator", batch, 0)  # without a step of its own
        before = {k: v.clone() for k, v in discriminator.state_dict().items()}
        terms = trainer.method.losses("generator", batch, 0)
        self.assertEqual(list(terms), ["l1", "perceptual", "follow", "stay", "adversarial", "matching"])
        trainer.optimise("generator", torch.stack(list(terms.values())).sum())
        self.assert_same(before, dict(discriminator.state_dict()))
        self.assertTrue(all(p.requires_grad and p.grad is None for p in discriminator.parameters()))


class Written(TrainingTest):
    def test_a_run_leaves_a_checkpoint_logs_and_a_sheet(self) -> None:
        trainer = run(self.config("run", steps=2, report_seconds=0.0))
        self.assertTrue({"last.pt", "log.csv", "validation.csv", "sheet-000002.jpg"} <= {path.name for path in trainer.folder.iterdir()})
        rows = rows_of(trainer.folder / "log.csv")
        self.assertEqual([row["step"] for row in rows], ["1", "2"])
        self.assertEqual(set(rows[0]) - {"step", "images", "minutes", "imagesPerSecond", "rate"}, {"l1", "perceptual", "follow", "stay", "discriminator", "adversarial", "matching"})
        self.assertEqual(rows[0]["adversarial"], "nan")  # begins at step 1
        self.assertGreater(float(rows[1]["discriminator"]), 0)
        self.assertGreater(float(rows_of(trainer.folder / "validation.csv")[-1]["validationL1"]), 0)

    @unittest.skipUnless(importlib.util.find_spec("tensorboard"), "TensorBoard is not installed")
    def test_tensorboard_gets_the_same_numbers(self) -> None:
        trainer = run(self.config("board", steps=1))
        (events,) = (trainer.folder / "tensorboard").iterdir()
        for tag in (b"log/l1", b"validation/validationL1"):
            self.assertIn(tag, events.read_bytes())

    def test_a_log_takes_in_what_comes_and_goes(self) -> None:
        path = self.folder / "log.csv"
        for row in ({"step": 1, "l1": 2}, {"step": 2, "l1": 1}, {"step": 3, "edit": 4}, {"step": 4, "edit": 3, "l1": 0}):
            append(path, row)
        self.assertEqual(path.read_text().split(), ["step,l1,edit", "1,2,nan", "2,1,nan", "3,nan,4", "4,0,3"])


# Of configurations that are not for sketch_face.
METHODS = {
    "anime": "cycle_gan",
    "cartoon": "cartoon",
    "drawing": "portrait_drawing",
    "drawing-lines": "portrait_drawing",
    "frontal": "frontal",
    "reader": "face_reader",
    "drawing-short": "portrait_drawing",
    "anime-pairs": "cycle_gan",
    "anime-judged": "cycle_gan",
}


class Configurations(TrainingTest):
    def test_all_that_are_shipped_can_be_read(self) -> None:
        files = sorted((Path(__file__).parents[1] / "configs").rglob("*.toml"))
        self.assertGreater(len(files), 5)
        for file in files:
            with self.subTest(file.name):
                method = METHODS.get(file.stem, "sketch_face")
                self.assertTrue(TrainingConfig.read(file, method).run.startswith("runs/"))

    def test_unknown_fields_and_values_are_named(self) -> None:
        file = self.folder / "a.toml"
        file.write_text('run = "r"\npack = "p"\nperceptual_weights = "w"\nlearning_rates = 1\n')
        with self.assertRaisesRegex(ValueError, "learning_rates"):
            TrainingConfig.read(file, "sketch_face")
        with self.assertRaisesRegex(ValueError, "no method 'sketch'; there are sketch_face"):
            TrainingConfig.read(file, "sketch")
        file.write_text('run = "r"\nperceptual_weights = "w"\n')
        with self.assertRaisesRegex(ValueError, "'pack'"):
            TrainingConfig.read(file, "sketch_face")
        for name in ("precision", "phase"):
            with self.assertRaisesRegex(ValueError, name):
                self.config("x", **{name: "half"})

    def test_a_checkpoint_has_every_field_of_its_run(self) -> None:
        config = run(self.config("fields", steps=1)).config
        state = read_state(self.folder / "fields/last.pt")
        self.assertEqual((state["method"], TrainingConfig.of(state["method"], state["run"])), ("sketch_face", config))
        self.assertEqual({role: network["family"] for role, network in state["networks"].items()}, {"generator": "pix2pixHd", "discriminator": "patchGan"})

    def test_overrides(self) -> None:
        file = self.folder / "a.toml"
        file.write_text('run = "r"\npack = "p"\nperceptual_weights = "w"\nsteps = 5\n')
        config = TrainingConfig.read(file, "sketch_face", steps=0, minutes=3.0, pairs=None)
        self.assertEqual((config.steps, config.minutes, config.options.pairs), (0, 3.0, 3))


if __name__ == "__main__":
    unittest.main()

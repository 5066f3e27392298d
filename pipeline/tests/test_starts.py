"""Where a run may start: from another phase of coarse-to-fine training, from weights that were in the browser, from a generator alone."""

import unittest

import torch

from pipeline.checkpoints import read_state
from pipeline.export import export
from pipeline.import_weights import import_weights
from pipeline.tests.support import TrainingTest
from pipeline.training.run import run

GLOBAL = {"ngf": 4, "downSteps": 2, "residualBlocks": 1, "lookEmbed": 4}


class Phases(TrainingTest):
    enhanced = GLOBAL | {"localEnhancer": {"residualBlocks": 1, "separable": True}}

    def state(self, name: str) -> dict:
        return read_state(self.folder / name / "last.pt")

    def test_g1_then_g2_around_it_then_both(self) -> None:
        common = {"steps": 2}
        run(self.config("g1", phase="g1", generator=GLOBAL, size=32, adversarial_from_step=99, **common))
        run(self.config("g2", phase="g2", generator=self.enhanced, init=str(self.folder / "g1/last.pt"), **common))
        run(self.config("both", phase="joint", generator=self.enhanced, init=str(self.folder / "g2/last.pt"), **common))
        g1, g2, both = (self.state(name) for name in ("g1", "g2", "both"))
        self.assertEqual((g1["about"]["sizePx"], g2["about"]["sizePx"], g2["run"]["phase"]), (32, 64, "g2"))
        g1, g2, both = ({"generator": state["networks"]["generator"]["state"], "average": state["averages"]["generator"]} for state in (g1, g2, both))
        inner = [name for name in g2["generator"] if not name.startswith("enhancer.")]
        self.assertGreater(len(inner), 10)
        for name in inner:  # frozen: what G1 shipped, in generator and average alike
            self.assertTrue(torch.equal(g2["generator"][name], g1["average"][name]), name)
            self.assertTrue(torch.equal(g2["average"][name], g1["average"][name]), name)
        self.assertNotIn("enhancer.output.kernel", g1["generator"])
        self.assertFalse(torch.equal(g2["generator"]["enhancer.output.kernel"], g2["average"]["enhancer.output.kernel"]))
        moved = [name for name in both["generator"] if not torch.equal(both["generator"][name], g2["average"][name])]
        self.assertIn("encoder.0.kernel", moved)
        self.assertIn("enhancer.output.kernel", moved)

    def test_a_phase_that_cannot_be_is_said_so(self) -> None:
        with self.assertRaisesRegex(ValueError, "without localEnhancer"):
            self.config("a", phase="g1", generator=self.enhanced)
        with self.assertRaisesRegex(ValueError, "init"):
            self.config("b", phase="g2", generator=self.enhanced)


class Starts(TrainingTest):
    def test_weights_that_were_in_the_browser_are_trained_on(self) -> None:
        first = run(self.config("first", steps=2))
        name = {"en": "A", "zh": "甲"}
        export(first.folder / "last.pt", self.folder / "shipped", name, "float16", beside_dtype="float16")
        torch.save(import_weights(self.folder / "shipped"), self.folder / "start.pt")
        trainer = self.trainer("second", init=str(self.folder / "start.pt"))
        before = read_state(first.folder / "last.pt")
        average, discriminator = before["averages"]["generator"], before["networks"]["discriminator"]["state"]
        for network, before in (("generator", average), ("average", average), ("discriminator", discriminator)):
            for parameter, value in getattr(trainer.method, network).state_dict().items():
                self.assertLess(float((value - before[parameter]).abs().max()), 1e-3 * float(before[parameter].abs().max()) + 1e-7, parameter)
        self.assertEqual(trainer.step, 0)
        self.assertEqual(run(self.config("second", init=str(self.folder / "start.pt"), steps=1)).step, 1)

    def test_a_start_without_discriminator_begins_one(self) -> None:
        run(self.config("first", steps=1))
        state = read_state(self.folder / "first/last.pt")
        del state["networks"]["discriminator"]
        torch.save(state, self.folder / "start.pt")
        self.assertEqual(run(self.config("second", init=str(self.folder / "start.pt"), steps=1)).step, 1)


if __name__ == "__main__":
    unittest.main()

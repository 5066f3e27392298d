"""Checkpoints of the first version, and of looks with other dials: they are read, trained on, gone on from and exported."""

import gzip
import unittest
from pathlib import Path
from unittest import mock

import numpy as np
import torch

from pipeline import look_fields
from pipeline.checkpoints import network_of, read_state
from pipeline.export import export
from pipeline.look_fields import FIRST_FIELDS, length_of, matched, positions
from pipeline.looks import FIELDS, LOOK_LENGTH, field_slices
from pipeline.networks import answer
from pipeline.tests.support import TrainingTest
from pipeline.training.run import run

# Written by version 0.1.0 after three of five steps of a run with these fields.
FIRST_VERSION = Path(__file__).parent / "fixtures/checkpoint-v1.pt.gz"
FIELDS_OF_ITS_RUN = {"generator": {"ngf": 2, "downSteps": 1, "residualBlocks": 1, "lookEmbed": 2, "inputChannels": 2}, "ndf": 1, "steps": 5, "decay_from": 0.0}
# One dial more before the others, one gone, one option more.
OTHER_FIELDS = [
    {"id": "smile", "kind": "scalar", "min": 0, "max": 1, "default": 0},
    *({**field, "options": ["none", "moustache", *field["options"][1:]]} if field["id"] == "beard" else field for field in FIRST_FIELDS if field["id"] != "grey"),
]


def in_other_order(look: np.ndarray) -> np.ndarray:
    """A look vector of the first fields as one of the others; what these lack is open."""
    return np.array([0 if at is None else look[at] for at in positions(FIRST_FIELDS, OTHER_FIELDS)], dtype=np.float32)


class FirstVersion(TrainingTest):
    def write(self, path: Path) -> dict:
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(gzip.decompress(FIRST_VERSION.read_bytes()))
        return torch.load(path)

    def test_it_is_gone_on_from(self) -> None:
        old = self.write(self.folder / "run/last.pt")
        trainer = self.trainer("run", **FIELDS_OF_ITS_RUN)
        self.assertEqual((trainer.step, trainer.seen), (3, {"pairs": 6}))
        m = trainer.method
        for name, network in (("generator", m.generator), ("average", m.average), ("discriminator", m.discriminator)):
            self.assert_same(dict(old[name]), dict(network.state_dict()))
        for name, group in (("optimizer_g", "generator"), ("optimizer_d", "discriminator")):
            names = [f"{group}.{parameter}" for parameter in old[group]]
            own = trainer.optimizers[group].state_dict()["state"]
            for k, parameter in enumerate(trainer.trained[group]):  # whose order has changed since
                self.assert_same(old[name]["state"][names.index(parameter)], own[k])
        self.assertTrue(torch.equal(torch.get_rng_state(), old["random"][0]["torch"]))
        self.assertEqual(run(trainer.config).step, 5)
        self.assertEqual(read_state(self.folder / "run/last.pt")["version"], 2)

    def test_one_without_counts_and_random_states_too(self) -> None:
        path = self.folder / "run/last.pt"
        old = self.write(path)
        torch.save({name: old[name] for name in ("config", "step", "elapsed_s", "generator", "average", "discriminator", "optimizer_g", "optimizer_d")}, path)
        trainer = self.trainer("run", **FIELDS_OF_ITS_RUN)
        self.assertEqual((trainer.step, trainer.seen), (3, {"pairs": 6}))

    def test_it_is_a_start_and_it_is_exported(self) -> None:
        old = self.write(self.folder / "old/last.pt")
        trainer = self.trainer("new", **FIELDS_OF_ITS_RUN, init=str(self.folder / "old/last.pt"))
        self.assertEqual(trainer.step, 0)
        self.assert_same(dict(old["average"]), dict(trainer.method.generator.state_dict()))
        self.assert_same(dict(old["discriminator"]), dict(trainer.method.discriminator.state_dict()))
        manifest = export(self.folder / "old/last.pt", self.folder / "shipped", {"en": "A", "zh": "甲"}, "float16", beside_dtype="int8")
        self.assertEqual(manifest["task"]["look"]["fields"], FIRST_FIELDS)
        self.assertEqual((manifest["task"]["sizePx"], manifest["networks"]["discriminator"]["config"]), (64, {"scales": 1, "ndf": 1, "inputs": 4}))

    def test_a_newer_version_is_said_so(self) -> None:
        torch.save({"version": 3}, self.folder / "last.pt")
        with self.assertRaisesRegex(ValueError, "another version"):
            read_state(self.folder / "last.pt")


class Dials(TrainingTest):
    def state(self) -> dict:
        run(self.config("before", steps=2))
        return read_state(self.folder / "before/last.pt")

    def test_todays_fields_are_known_with_a_checkpoint(self) -> None:
        self.assertEqual(self.state()["about"]["lookFields"], FIELDS)

    def test_the_same_fields_change_nothing(self) -> None:
        state = self.state()
        self.assertIs(matched(state, FIELDS), state)
        self.assertTrue(matched(state | {"about": {}}, OTHER_FIELDS)["networks"] is state["networks"])  # unknown fields

    def test_what_both_have_goes_on_and_what_is_new_starts_at_zero(self) -> None:
        state = self.state() | {"about": {"lookFields": FIRST_FIELDS}}
        other = matched(state, OTHER_FIELDS)
        grey = field_slices(FIRST_FIELDS)[[field["id"] for field in FIRST_FIELDS].index("grey")]
        look = np.random.default_rng(4).uniform(-1, 1, length_of(FIRST_FIELDS)).astype(np.float32)
        look[grey] = 0  # the dial that is gone
        moved = in_other_order(look)
        x = torch.rand(1, 3, 16, 16) * 2 - 1
        with torch.no_grad():
            before, after = (answer(network_of(s, "generator"), {"sketch": x, "look": torch.from_numpy(vector)[None]})["face"]
                             for s, vector in ((state, look), (other, moved)))
            moved[[k for k, at in enumerate(positions(FIRST_FIELDS, OTHER_FIELDS)) if at is None]] = 0.7  # the new dial and the new option, set
            set_anew = answer(network_of(other, "generator"), {"sketch": x, "look": torch.from_numpy(moved)[None]})["face"]
        self.assertLess(float((before - after).abs().max()), 1e-6)
        self.assertLess(float((before - set_anew).abs().max()), 1e-6)
        self.assertEqual(other["networks"]["generator"]["config"]["lookLength"], length_of(OTHER_FIELDS))

    def test_what_optimisers_remember_moves_along(self) -> None:
        state = self.state()
        other = matched(state | {"about": {"lookFields": FIRST_FIELDS}}, OTHER_FIELDS)
        index = state["trained"]["generator"].index("generator.look.embed.kernel")
        at = positions(FIRST_FIELDS, OTHER_FIELDS)
        for key in ("exp_avg", "exp_avg_sq"):
            before, after = (s["optimizers"]["generator"]["state"][index][key] for s in (state, other))
            self.assertGreater(float(before.abs().max()), 0)
            for row, old in enumerate(at):
                self.assertTrue(torch.equal(after[row], before[old] if old is not None else torch.zeros_like(after[row])))
        rest = {i: v for i, v in state["optimizers"]["generator"]["state"].items() if i != index}
        self.assert_same(rest, {i: v for i, v in other["optimizers"]["generator"]["state"].items() if i != index})

    def test_a_checkpoint_with_other_dials_starts_a_run_and_goes_on_in_one(self) -> None:
        state = self.state()
        torch.save(matched(state | {"about": {"lookFields": FIRST_FIELDS}}, OTHER_FIELDS), self.folder / "other.pt")
        trainer = self.trainer("start", init=str(self.folder / "other.pt"))
        self.assertEqual(trainer.method.generator.config.lookLength, LOOK_LENGTH)
        manifest = export(self.folder / "other.pt", self.folder / "shipped", {"en": "A", "zh": "甲"}, "float16")
        self.assertEqual(manifest["task"]["look"]["fields"], OTHER_FIELDS)  # no dial that would do nothing
        self.assertNotIn("grey", manifest["task"]["look"]["presets"][0]["look"])
        self.assertEqual(manifest["golden"]["inputs"]["look"]["shape"], [length_of(OTHER_FIELDS)])
        (self.folder / "goes-on").mkdir()
        torch.save(read_state(self.folder / "other.pt"), self.folder / "goes-on/last.pt")
        self.assertEqual(run(self.config("goes-on", steps=3)).step, 3)

    def test_looks_of_another_length_are_from_another_pack(self) -> None:
        self.assertEqual(look_fields.of_length(LOOK_LENGTH), FIELDS)
        with mock.patch.object(look_fields, "FIELDS", OTHER_FIELDS):
            self.assertEqual(look_fields.of_length(length_of(FIRST_FIELDS)), FIRST_FIELDS)
            with self.assertRaisesRegex(ValueError, "Make the pack again"):
                look_fields.of_length(7)


if __name__ == "__main__":
    unittest.main()

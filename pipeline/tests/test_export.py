"""Checkpoint -> model's folder -> checkpoint, with the generator and the discriminator that a browser would load."""

import json
import tempfile
import unittest
from pathlib import Path

import numpy as np
import torch

from pipeline import tolerance
from pipeline.checkpoints import discriminator_of, load_average
from pipeline.export import GOLDEN_STRIDE, export, generator_input, write_index
from pipeline.import_weights import import_weights
from pipeline.looks import LOOK_LENGTH
from pipeline.networks.patch_gan import MultiScaleDiscriminator, PatchGanConfig
from pipeline.networks.pix2pix_hd import Generator, GeneratorConfig
from pipeline.weights_file import as_stored, parameters, read_weights, write_weights

NAME = {"en": "Small", "zh": "小"}


def small_state(**config: object) -> dict:
    torch.manual_seed(3)
    generator = Generator(GeneratorConfig(**{"ngf": 8, "downSteps": 2, "residualBlocks": 1, "lookLength": LOOK_LENGTH, "lookEmbed": 8} | config))
    with torch.no_grad():
        for value in generator.parameters():
            value.add_(torch.randn_like(value) * 0.1)
    weights = generator.state_dict()
    return {"config": generator.config.to_json(), "step": 9, "elapsed_s": 60.0, "generator": weights, "average": weights,
            "discriminator": MultiScaleDiscriminator(PatchGanConfig(2, 8)).state_dict()}


class Export(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def export(self, id: str, dtype: str = "float16", **options: object) -> dict:
        return export(self.folder / "last.pt", self.folder / id, NAME, dtype, **options)

    def save(self, **config: object) -> dict:
        state = small_state(**config)
        torch.save(state, self.folder / "last.pt")
        return state

    def test_a_generator_with_two_channels_says_its_tolerances_and_meets_its_golden_face(self) -> None:
        self.save(inputChannels=2)
        manifest = self.export("two", "int8", size=64, role="fine", discriminator_dtype="int8")
        self.assertEqual(manifest["tolerance"], {"maxPx": 20, "defaults": tolerance.DEFAULTS})
        self.assertEqual((manifest["role"], manifest["sizePx"]), ("fine", 64))
        self.assertEqual(manifest["discriminator"]["config"], {"scales": 2, "ndf": 8, "inputs": 4})
        data, golden = (self.folder / "two/golden.bin").read_bytes(), manifest["golden"]
        drawn = np.frombuffer(data, np.uint8, 64 * 64, golden["sketch"]["byteOffset"]).reshape(64, 64)
        look = np.frombuffer(data, "<f4", LOOK_LENGTH, golden["look"]["byteOffset"])
        values = np.frombuffer(data, "<f4", 6, golden["tolerance"]["byteOffset"])
        expected = np.frombuffer(data, "<f2", 3 * 16 * 16, golden["output"]["byteOffset"]).reshape(16, 16, 3)
        np.testing.assert_allclose(values, tolerance.values_of(tolerance.DEFAULTS))
        self.assertLess(int(drawn.min()), 100)
        generator = Generator(GeneratorConfig(**manifest["config"])).eval()
        generator.load_state_dict(import_weights(self.folder / "two")["average"])
        with torch.no_grad():
            face = generator(generator_input(drawn, values), torch.from_numpy(look.copy())[None])[0].permute(1, 2, 0).numpy()
            exact = generator(generator_input(drawn, np.zeros(6)), torch.from_numpy(look.copy())[None])[0].permute(1, 2, 0).numpy()
        self.assertEqual(golden["output"]["stride"], GOLDEN_STRIDE)
        self.assertLess(float(np.abs(face[::4, ::4] - expected).max()), 1e-3)
        self.assertGreater(float(np.abs(exact[::4, ::4] - expected).max()), 1e-2)  # the tolerance counts

    def test_a_generator_of_one_channel_without_look_has_neither(self) -> None:
        self.save(lookLength=0)
        manifest = self.export("plain", size=64)
        self.assertNotIn("tolerance", manifest)
        self.assertNotIn("tolerance", manifest["golden"])
        self.assertNotIn("discriminator", manifest)
        self.assertEqual(manifest["look"], {"fields": [], "presets": []})
        self.assertFalse(list((self.folder / "plain").glob("discriminator*")))

    def test_inputs_that_the_studio_does_not_know_are_refused(self) -> None:
        self.save(inputChannels=55, lookLength=0)
        with self.assertRaisesRegex(SystemExit, "55"):
            self.export("planes", size=64)
        self.assertFalse((self.folder / "planes").exists())

    def test_weights_come_back_as_they_were_stored(self) -> None:
        state = self.save(inputChannels=2)
        for dtype in ("float16", "int8"):
            with self.subTest(dtype):
                self.export("there", dtype, size=64, discriminator_dtype=dtype)
                back = import_weights(self.folder / "there")
                self.assertEqual((back["config"], back["size"], back["step"]), (state["config"], 64, 0))
                stored = as_stored(load_average(self.folder / "last.pt"), dtype).state_dict()
                discriminator = as_stored(discriminator_of(state["discriminator"]), dtype).state_dict()
                for part, expected in (("generator", stored), ("average", stored), ("discriminator", discriminator)):
                    self.assertEqual(list(back[part]), list(expected))
                    for name, value in expected.items():
                        self.assertTrue(torch.equal(back[part][name], value), name)

    def test_going_there_and_back_again_changes_nothing_more(self) -> None:
        self.save()
        first = self.export("first", size=64, discriminator_dtype="float16")
        torch.save(import_weights(self.folder / "first"), self.folder / "last.pt")
        second = self.export("second", discriminator_dtype="float16")  # the size comes from the checkpoint
        for key in ("weights", "shards", "golden", "discriminator", "sizePx", "config"):
            self.assertEqual(first[key], second[key])

    def test_damaged_files_are_refused(self) -> None:
        self.save()
        self.export("bad", size=64)
        file = self.folder / "bad/weights-0.bin"
        data = bytearray(file.read_bytes())
        data[5] ^= 1
        file.write_bytes(bytes(data))
        with self.assertRaisesRegex(ValueError, "weights-0.bin"):
            import_weights(self.folder / "bad")

    def test_weights_of_another_configuration_are_refused(self) -> None:
        self.save()
        self.export("other", size=64)
        path = self.folder / "other/manifest.json"
        manifest = json.loads(path.read_text())
        manifest["config"]["residualBlocks"] = 2
        path.write_text(json.dumps(manifest))
        with self.assertRaisesRegex(ValueError, "another configuration"):
            import_weights(self.folder / "other")

    def test_a_network_that_diverged_is_not_exported(self) -> None:
        state = self.save()
        state["average"]["encoder.0.kernel"][0] = float("nan")
        torch.save(state, self.folder / "last.pt")
        with self.assertRaisesRegex(ValueError, "diverged"):
            self.export("nan", size=64)

    def test_shards_stay_below_four_megabytes(self) -> None:
        arrays = {f"kernel{k}": np.random.default_rng(k).normal(size=(600, 1000)).astype(np.float32) for k in range(3)}
        stored = write_weights(self.folder, "part", arrays, "float32")
        self.assertEqual([shard["bytes"] for shard in stored["shards"]], [2_400_000] * 3)
        for name, array in read_weights(self.folder, stored).items():
            np.testing.assert_array_equal(array, arrays[name])

    def test_the_index_lists_models_with_their_roles_live_ones_first(self) -> None:
        self.save()
        for id, role in (("a-comparison", "comparison"), ("b-fine", "fine"), ("c-live", "live")):
            self.export(id, size=64, role=role)
        write_index(self.folder, "c-live")
        index = json.loads((self.folder / "index.json").read_text())
        self.assertEqual([(m["id"], m["role"]) for m in index["models"]], [("c-live", "live"), ("b-fine", "fine"), ("a-comparison", "comparison")])
        self.assertEqual(index["default"], "c-live")

    def test_the_card_is_begun_and_never_overwritten(self) -> None:
        self.save()
        self.export("card", size=64)
        card = self.folder / "card/card.md"
        self.assertIn("9 steps", card.read_text())
        card.write_text("mine")
        self.export("card", size=64)
        self.assertEqual(card.read_text(), "mine")


class Storage(unittest.TestCase):
    def test_eight_bits_cost_a_discriminator_little(self) -> None:
        torch.manual_seed(1)
        discriminator = MultiScaleDiscriminator(PatchGanConfig(1, 16))
        sketch, photo = torch.rand(1, 1, 64, 64) * 2 - 1, torch.rand(1, 3, 64, 64) * 2 - 1
        with torch.no_grad():
            before = discriminator(sketch, photo)[0][-1]
            after = as_stored(discriminator, "int8")(sketch, photo)[0][-1]
        self.assertLess(float((after - before).abs().max()), 0.05 * float(before.std()) + 1e-3)
        self.assertTrue(any(array.size > 4096 for array in parameters(discriminator).values()))


if __name__ == "__main__":
    unittest.main()

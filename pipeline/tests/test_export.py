"""Checkpoint -> model's folder -> checkpoint, with the generator and the discriminator that a browser would load."""

import json
import tempfile
import unittest
from pathlib import Path
from unittest.mock import patch

import numpy as np
import torch

from pipeline import tolerance
from pipeline.checkpoints import network_of, read_state
from pipeline.export import GOLDEN_STRIDE, export, write_index
from pipeline.import_weights import import_weights
from pipeline.looks import LOOK_LENGTH
from pipeline.looks import FIELDS
from pipeline.networks import answer, build
from pipeline.tasks import TASKS
from pipeline.weights_file import as_stored, parameters, read_weights, write_weights

NAME = {"en": "Small", "zh": "小"}


def small_state(**config: object) -> dict:
    torch.manual_seed(3)
    generator = build("pix2pixHd", {"ngf": 8, "downSteps": 2, "residualBlocks": 1, "lookLength": LOOK_LENGTH, "lookEmbed": 8} | config)
    with torch.no_grad():
        for value in generator.parameters():
            value.add_(torch.randn_like(value) * 0.1)
    discriminator = build("patchGan", {"scales": 2, "ndf": 8})
    networks = {role: {"family": family, "config": network.config.to_json(), "state": network.state_dict()}
                for role, family, network in (("generator", "pix2pixHd", generator), ("discriminator", "patchGan", discriminator))}
    return {"version": 2, "method": "sketch_face", "run": {}, "networks": networks, "averages": {"generator": generator.state_dict()}, "trained": {}, "optimizers": {},
            "scalers": {}, "step": 9, "seen": {}, "elapsed_s": 60.0, "random": [], "about": {"lookFields": FIELDS} if generator.config.lookLength else {}}


def stored(data: bytes, entry: dict) -> np.ndarray:
    return np.frombuffer(data, np.dtype(entry["dtype"]).newbyteorder("<"), int(np.prod(entry["shape"])), entry["byteOffset"]).reshape(entry["shape"])


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
        manifest = self.export("two", "int8", size=64, role="fine", beside_dtype="int8")
        task, golden = manifest["task"], manifest["golden"]
        self.assertEqual((manifest["version"], manifest["role"], task["id"], task["sizePx"]), (2, "fine", "sketchToFace", 64))
        self.assertEqual(task["tolerance"], {"defaults": tolerance.DEFAULTS})
        self.assertEqual({role: network["family"] for role, network in manifest["networks"].items()}, {"generator": "pix2pixHd", "discriminator": "patchGan"})
        self.assertEqual(manifest["networks"]["discriminator"]["config"], {"scales": 2, "ndf": 8, "inputs": 4})
        data = (self.folder / "two/golden.bin").read_bytes()
        self.assertEqual(golden["bytes"], len(data))
        request = {name: stored(data, entry) for name, entry in golden["inputs"].items()}
        expected = stored(data, golden["outputs"]["face"])
        self.assertEqual({name: (array.dtype.name, array.shape) for name, array in request.items()},
                         {"sketch": ("uint8", (64, 64)), "look": ("float32", (LOOK_LENGTH,)), "tolerance": ("float32", (6,))})
        self.assertEqual((expected.dtype.name, expected.shape, golden["outputs"]["face"]["stride"]), ("float16", (16, 16, 3), GOLDEN_STRIDE))
        np.testing.assert_allclose(request["tolerance"], tolerance.values_of(tolerance.DEFAULTS))
        self.assertLess(int(request["sketch"].min()), 100)
        generator = network_of(import_weights(self.folder / "two"), "generator")
        for values, near in ((request["tolerance"], True), (np.zeros(6), False)):  # the tolerance counts
            with torch.no_grad():
                face = answer(generator, TASKS["sketchToFace"].encode(generator.config, request | {"tolerance": values}))["face"][0].permute(1, 2, 0).numpy()
            difference = float(np.abs(face[::4, ::4] - expected).max())
            self.assertTrue(difference < 1e-3 if near else difference > 1e-2, difference)

    def test_a_network_that_makes_pictures_of_photos_says_its_style_and_meets_its_golden_picture(self) -> None:
        torch.manual_seed(5)
        network = build("unet", {"ngf": 8, "multipliers": [1, 2], "outputChannels": 1, "dropout": 0.0}).eval()
        state = small_state() | {"networks": {"generator": {"family": "unet", "config": network.config.to_json(), "state": network.state_dict()}}, "averages": {},
                                 "about": {"style": "drawing", "strength": 0.8}}
        torch.save(state, self.folder / "last.pt")
        with patch("pipeline.export.task_of", lambda state: ("photoToPicture", TASKS["photoToPicture"])):
            manifest = self.export("draw", size=64, role="picture")
            with self.assertRaisesRegex(ValueError, "picture"):
                self.export("draw", size=64)
        self.assertEqual(manifest["task"], {"id": "photoToPicture", "sizePx": 64, "style": "drawing", "strength": {"default": 0.8}})
        data = (self.folder / "draw/golden.bin").read_bytes()
        photo = stored(data, manifest["golden"]["inputs"]["photo"])
        expected = stored(data, manifest["golden"]["outputs"]["picture"])
        self.assertEqual((photo.dtype.name, photo.shape, expected.shape), ("uint8", (64, 64, 3), (16, 16, 1)))
        with torch.no_grad():
            picture = answer(as_stored(network, "float16"), TASKS["photoToPicture"].encode(network.config, {"photo": photo}))["picture"][0, 0].numpy()
        self.assertLess(float(np.abs(picture[::GOLDEN_STRIDE, ::GOLDEN_STRIDE] - expected[..., 0]).max()), 1e-3)
        write_index(self.folder, "draw")
        self.assertEqual(json.loads((self.folder / "index.json").read_text())["models"][0]["style"], "drawing")

    def test_a_network_is_refused_that_takes_or_gives_another_picture_or_says_no_style(self) -> None:
        task = TASKS["photoToPicture"]
        for config, about in (({"inputChannels": 1}, {"style": "photo"}), ({"outputChannels": 2}, {"style": "photo"}), ({}, {}), ({}, {"style": "oil"})):
            with self.assertRaises(ValueError):
                task.check(build("unet", {"multipliers": [1, 2]} | config).config, about)

    def test_a_generator_of_one_channel_without_look_has_neither(self) -> None:
        self.save(lookLength=0)
        manifest = self.export("plain", size=64)
        self.assertNotIn("tolerance", manifest["task"])
        self.assertEqual(list(manifest["golden"]["inputs"]), ["sketch"])
        self.assertEqual(list(manifest["networks"]), ["generator"])
        self.assertEqual(manifest["task"]["look"], {"fields": [], "presets": []})
        self.assertFalse(list((self.folder / "plain").glob("discriminator*")))

    def test_inputs_that_the_studio_does_not_know_are_refused(self) -> None:
        self.save(inputChannels=55, lookLength=0)
        with self.assertRaisesRegex(ValueError, "55"):
            self.export("planes", size=64)
        self.assertFalse((self.folder / "planes").exists())

    def test_weights_come_back_as_they_were_stored(self) -> None:
        state = self.save(inputChannels=2)
        for dtype in ("float16", "int8"):
            with self.subTest(dtype):
                self.export("there", dtype, size=64, beside_dtype=dtype)
                back = import_weights(self.folder / "there")
                self.assertEqual((back["about"]["sizePx"], back["step"], back["method"]), (64, 0, "sketch_face"))
                for role, network in back["networks"].items():
                    self.assertEqual((network["family"], network["config"]), (state["networks"][role]["family"], state["networks"][role]["config"]))
                    expected = as_stored(network_of(read_state(self.folder / "last.pt"), role), dtype).state_dict()
                    for weights in (network["state"], back["averages"].get(role, expected)):
                        self.assertEqual(list(weights), list(expected))
                        for name, value in expected.items():
                            self.assertTrue(torch.equal(weights[name], value), name)

    def test_a_model_that_several_methods_train_comes_back_for_the_named_one(self) -> None:
        fields = {"ngf": 4, "residualBlocks": 1}
        network = build("cartoonUnet", fields)
        state = small_state() | {"method": "cartoon", "about": {"sizePx": 32, "style": "cartoon", "strength": 0.8}, "averages": {},
                                 "networks": {"generator": {"family": "cartoonUnet", "config": network.config.to_json(), "state": network.state_dict()}}}
        torch.save(state, self.folder / "last.pt")
        self.export("cartoon", role="picture")
        with self.assertRaisesRegex(ValueError, "--method cycle_gan or cartoon"):
            import_weights(self.folder / "cartoon")
        with self.assertRaisesRegex(ValueError, "frontal does not train"):
            import_weights(self.folder / "cartoon", "frontal")
        back = import_weights(self.folder / "cartoon", "cartoon")
        self.assertEqual((back["method"], back["about"]), ("cartoon", state["about"]))

    def test_going_there_and_back_again_changes_nothing_more(self) -> None:
        self.save()
        first = self.export("first", size=64, beside_dtype="float16")
        torch.save(import_weights(self.folder / "first"), self.folder / "last.pt")
        second = self.export("second", beside_dtype="float16")  # the size comes from the checkpoint
        for key in ("networks", "golden", "task"):
            self.assertEqual(first[key], second[key])

    def test_damaged_files_are_refused(self) -> None:
        self.save()
        self.export("bad", size=64)
        file = self.folder / "bad/generator-0.bin"
        data = bytearray(file.read_bytes())
        data[5] ^= 1
        file.write_bytes(bytes(data))
        with self.assertRaisesRegex(ValueError, "generator-0.bin"):
            import_weights(self.folder / "bad")

    def test_weights_of_another_configuration_are_refused(self) -> None:
        self.save()
        self.export("other", size=64)
        path = self.folder / "other/manifest.json"
        manifest = json.loads(path.read_text())
        manifest["networks"]["generator"]["config"]["residualBlocks"] = 2
        path.write_text(json.dumps(manifest))
        with self.assertRaisesRegex(ValueError, "another configuration"):
            import_weights(self.folder / "other")

    def test_a_network_that_diverged_is_not_exported(self) -> None:
        state = self.save()
        state["averages"]["generator"]["encoder.0.kernel"][0] = float("nan")
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

    def test_the_index_keeps_the_order_that_people_gave_it(self) -> None:
        self.save()
        for id in ("a", "b", "c"):
            self.export(id, size=64, role="comparison")
        write_index(self.folder, "a")
        file = self.folder / "index.json"
        index = json.loads(file.read_text())
        index["models"].reverse()
        file.write_text(json.dumps(index))
        self.export("aa", size=64, role="comparison")
        write_index(self.folder, "a")
        self.assertEqual([model["id"] for model in json.loads(file.read_text())["models"]], ["c", "b", "a", "aa"])

    def test_the_card_is_begun_and_neither_it_nor_a_note_is_overwritten(self) -> None:
        self.save()
        self.export("card", size=64)
        card = self.folder / "card/card.md"
        self.assertIn("9 steps", card.read_text())
        card.write_text("mine")
        manifest = self.folder / "card/manifest.json"
        note = {"en": "Mine.", "zh": "我的。"}
        manifest.write_text(json.dumps(json.loads(manifest.read_text()) | {"note": note}))
        self.assertEqual(self.export("card", size=64)["note"], note)
        self.assertEqual(card.read_text(), "mine")
        write_index(self.folder, "card")
        self.assertEqual(json.loads((self.folder / "index.json").read_text())["models"][0]["note"], note)


class Storage(unittest.TestCase):
    def test_eight_bits_cost_a_discriminator_little(self) -> None:
        torch.manual_seed(1)
        discriminator = build("patchGan", {"scales": 1, "ndf": 16})
        sketch, photo = torch.rand(1, 1, 64, 64) * 2 - 1, torch.rand(1, 3, 64, 64) * 2 - 1
        with torch.no_grad():
            before = discriminator(sketch, photo)[0][-1]
            after = as_stored(discriminator, "int8")(sketch, photo)[0][-1]
        self.assertLess(float((after - before).abs().max()), 0.05 * float(before.std()) + 1e-3)
        self.assertTrue(any(array.size > 4096 for array in parameters(discriminator).values()))


if __name__ == "__main__":
    unittest.main()

"""The translation without pairs: its losses and pool by hand, DiffAugment, domains that are placed alike, and runs that are gone on with exactly."""

import json
import random
import unittest
from pathlib import Path
from unittest import mock

import numpy as np
import torch
from PIL import Image

from pipeline import cycle_losses
from pipeline.checkpoints import read_state
from pipeline.cycle_losses import Augmentation, augmented, exchanged
from pipeline.domain_pairs import DomainPairs, surroundings
from pipeline.domains import Domain, DomainDataset, Variety, placed_like
from pipeline.export import export
from pipeline.import_weights import import_weights
from pipeline.pack_files import Pack
from pipeline.pack_pictures import PicturePack, pack
from pipeline.tests.packs import MEAN_FACE
from pipeline.tests.support import ALONE, TrainingTest, rows_of
from pipeline.training.config import TrainingConfig
from pipeline.training.run import data, run, train
from pipeline.training.trainer import Trainer
from pipeline.weights_file import read_weights

STILL = {"brightness": 0, "saturation": 1, "contrast": 1, "shift": (0, 0), "cut": (1, 1)}


def write_pictures(folder: Path) -> PicturePack:
    """Six pictures of a face that is smaller and higher than the mean face, two of them for validation."""
    folder.mkdir()
    rng = np.random.default_rng(4)
    names = ["000020", "000040", "000001", "000002", "000003", "000004"]
    np.save(folder / "pictures.npy", rng.integers(0, 256, (6, 64, 64, 3), dtype=np.uint8))
    np.save(folder / "landmarks.npy", np.repeat(((MEAN_FACE - 0.5) * 0.8 + (0.5, 0.4))[None], 6, 0).astype(np.float32))
    np.save(folder / "yaw.npy", np.zeros(6, np.float32))
    (folder / "pictures.json").write_text(f'{{"kind": "anime", "names": {names}, "of": {names}, "validation": {names[:2]}}}'.replace("'", '"'))
    return PicturePack(folder)


def write_pairs(folder: Path) -> PicturePack:
    """Of four faces of the test's pack, one of them for validation: a red square in the middle, opaque there alone."""
    source = folder.with_name("sources")
    (source / "picture").mkdir(parents=True)
    names = ["010020", "010001", "010002", "010003"]
    picture = np.zeros((64, 64, 4), np.uint8)
    picture[16:48, 16:48] = (200, 0, 0, 255)
    for name in names:
        Image.fromarray(picture).save(source / f"picture/{name}.png")
    rows = [json.dumps({"name": name, "landmarks68": ((MEAN_FACE - 0.5) * 0.8 + 0.5).tolist()}) for name in names]
    (source / "anime.jsonl").write_text("\n".join(rows))
    return pack("animePairs", source, folder)


class Losses(unittest.TestCase):
    def test_by_hand(self) -> None:
        x = torch.tensor([1.0, -1.0, 0.5])
        self.assertAlmostEqual(float(cycle_losses.cycle_consistency(x, x + torch.tensor([1.0, 0.0, -2.0]))), 1.0)
        self.assertAlmostEqual(float(cycle_losses.identity_mapping(x, -x)), 5 / 3, places=6)

    def test_the_pool_fills_and_then_gives_old_for_new(self) -> None:
        numbers = iter([0.4, 0.6, 0.99, 0.5, 0.0])
        pool: list[int] = []
        shown = []
        for fresh in (1, 2, 3, 4, 5):
            picture, pool = exchanged(pool, fresh, 2, lambda: next(numbers))
            shown.append(picture)
        self.assertEqual((shown, pool), ([1, 2, 3, 2, 1], [5, 4]))

    def test_augmentation_by_hand(self) -> None:
        x = torch.rand(2, 3, 8, 8) * 2 - 1
        self.assertLess(float((augmented(x, Augmentation(**STILL)) - x).abs().max()), 1e-6)
        self.assertLess(float((augmented(x, Augmentation(**STILL | {"brightness": 0.25})) - x - 0.25).abs().max()), 1e-6)
        self.assertLess(float((augmented(x, Augmentation(**STILL | {"saturation": 0})) - x.mean(1, keepdim=True)).abs().max()), 1e-6)
        mean = x.mean((1, 2, 3), keepdim=True)
        self.assertLess(float((augmented(x, Augmentation(**STILL | {"contrast": 0.5})) - (x + mean) / 2).abs().max()), 1e-6)
        right = augmented(x, Augmentation(**STILL | {"shift": (0.25, -0.125)}))
        self.assertLess(float((right[:, :, :-1, 2:] - x[:, :, 1:, :-2]).abs().max()), 1e-6)
        self.assertEqual(float(right[:, :, :, :2].abs().max() + right[:, :, -1:].abs().max()), 0)
        cut = augmented(x, Augmentation(**STILL | {"cut": (-0.125, 0.5)})) == 0  # three pixels wide and high, one of them beyond the left border
        self.assertTrue(bool(cut[:, :, 4:7, :2].all()))
        self.assertEqual(int(cut.sum()), 2 * 3 * 6)

    def test_drawn_ones_stay_in_their_bounds_and_are_differentiable(self) -> None:
        random.seed(1)
        for _ in range(50):
            a = Augmentation.drawn(random.random)
            self.assertTrue(-1 <= a.brightness <= 1 and 0 <= a.saturation <= 2 and 0.5 <= a.contrast <= 1.5)
            self.assertTrue(all(abs(s) <= 0.125 for s in a.shift) and all(-0.4 <= c <= 1 for c in a.cut))
        x = torch.rand(1, 3, 6, 6, dtype=torch.float64, requires_grad=True)
        torch.autograd.gradcheck(lambda y: augmented(y, Augmentation(0.3, 1.4, 0.7, (0.2, -0.2), (0.1, 0.5))), (x,))


class Domains(TrainingTest):
    def test_one_domain_is_placed_as_the_other(self) -> None:
        pictures = write_pictures(self.folder / "anime")
        square = placed_like(pictures.landmarks.mean(0), MEAN_FACE)
        domain = Domain(pictures.pictures, pictures.landmarks, square)
        self.assertLess(np.abs(domain.mean(range(6)) - MEAN_FACE).max(), 1e-6)
        mirrored = domain.item(2, 32, mirror=True)
        self.assertLess(float((mirrored["landmarks"][8] - domain.item(2, 32)["landmarks"][8] * torch.tensor([-1, 1]) - torch.tensor([1, 0])).abs().max()), 1e-6)
        self.assertTrue(torch.equal(mirrored["picture"], domain.item(2, 32)["picture"].flip(2)))
        a, b = (DomainDataset(domain, pictures.training, 32, Variety(), (1, 1), first, 100) for first in (0, 4))
        for name, value in a[6].items():
            self.assertTrue(torch.equal(value, b[2][name]), name)


    def test_pairs_lie_at_the_same_place_before_the_photos_blurred_background(self) -> None:
        faces, others = Pack(self.folder / "pack"), write_pairs(self.folder / "pairs")
        self.assertEqual((others.pictures.shape[-1], len(others.validation)), (4, 1))
        pairs = DomainPairs(faces, others, 64, Variety(), (1, 2), 0, 100)
        i, j = pairs.training[0]
        shown = pairs.shown(i, j)
        self.assertTrue(np.array_equal(shown["photo"].numpy().transpose(1, 2, 0), faces.photos[i]))
        behind = surroundings(faces.photos[i], faces.masks[i])
        self.assertLess(np.abs(shown["other"][:, 0, 0].numpy() - behind[0, 0].astype(int)).max(), 2.01)
        # The picture's face is four fifths as large, so it is shown larger; the pack's landmarks are the mean face's.
        red = (shown["other"].float() - torch.tensor([200.0, 0, 0])[:, None, None]).abs().amax(0) < 60
        self.assertAlmostEqual(float(red.sum()), (32 / 0.8) ** 2, delta=0.12 * (32 / 0.8) ** 2)
        later = DomainPairs(faces, others, 64, Variety(), (1, 2), 3, 100)
        for name, value in pairs[5].items():
            self.assertTrue(torch.equal(value, later[2][name]), name)
        whole = write_pictures(self.folder / "anime")
        with self.assertRaisesRegex(ValueError, "animePairs"):
            DomainPairs(faces, whole, 64, Variety(), (1, 2), 0, 100)


class Training(TrainingTest):
    def setUp(self) -> None:
        super().setUp()
        write_pictures(self.folder / "anime")

    def cycle(self, name: str, **fields: object) -> TrainingConfig:
        generator = {"ngf": 4, "downSteps": 2, "residualBlocks": 1, "normsRemoved": 0, "inputChannels": 3, "upsampling": "resize"}
        return TrainingConfig.of("cycle_gan", {
            "run": str(self.folder / name), "pack": str(self.folder / "pack"), "anime": str(self.folder / "anime"), "perceptual_weights": str(self.folder / "squeezenet"),
            "perceptual_layer": 1, "size": 32, "generator": generator, "ndf": 2, "batch": 2, "pool": 3, "steps": 6, "adversarial_from_step": 1, "precision": "float32",
            "device": "cpu", "workers": 0, "threads": 1, "report_seconds": 0.0} | fields)

    def test_a_run_logs_every_loss_and_shows_all_eight_pictures(self) -> None:
        trainer = run(self.cycle("one"))
        names = {f"{name}{way}" for name in ("cycle", "identity", "pixel", "perceptual", "adversarial") for way in ("AB", "BA")} | {"discriminatorA", "discriminatorB"}
        self.assertEqual(set(list(rows_of(trainer.folder / "log.csv")[-1])[5:]), names)
        self.assertEqual(len(trainer.method.samples(trainer.method.examples()[0])), 8)
        self.assertIn("cycleErrorAB", rows_of(trainer.folder / "validation.csv")[0])
        self.assertEqual([len(pool) for pool in trainer.method.pools.values()], [3, 3])

    def test_pairs_come_first_and_go_on_counting(self) -> None:
        write_pairs(self.folder / "pairs")
        trainer = run(self.cycle("paired", pairs=str(self.folder / "pairs"), pair_batch=2, pair_fires=1, adversarial_from_step=3, report_seconds=1e9))
        rows = rows_of(trainer.folder / "log.csv")
        self.assertIn("pairAB", rows[-1])
        first = Trainer(self.cycle("first", pairs=str(self.folder / "pairs"), pair_batch=2, pair_fires=1, adversarial_from_step=3), ALONE)
        batch = next(data(first))
        own = {f"{name}{way}" for name in ("pair", "pairPerceptual") for way in ("AB", "BA")}
        self.assertEqual(set(first.train_step(batch)), own)
        first.step = 3
        found = set(first.train_step(batch))
        self.assertLess(own, found)
        self.assertLess({"cycleAB", "adversarialBA", "discriminatorA"}, found)

    def test_discriminators_may_judge_what_is_made_of_pairs(self) -> None:
        write_pairs(self.folder / "pairs")
        trainer = Trainer(self.cycle("judged", pairs=str(self.folder / "pairs"), pair_batch=2, pair_fires=1, pair_ways=["AB"], adversarial_from_step=9, pair_adversarial_from_step=1), ALONE)
        batch = next(data(trainer))
        before = trainer.method.networks["discriminatorB"].state_dict()["scale.0.norm.0.gamma"].clone()
        self.assertEqual(set(trainer.train_step(batch)), {"pairAB", "pairPerceptualAB"})
        trainer.step = 1
        self.assertEqual(set(trainer.train_step(batch)), {"pairAB", "pairPerceptualAB", "pairAdversarialAB", "pairMatchingAB", "pairDiscriminatorB"})
        self.assertFalse(torch.equal(before, trainer.method.networks["discriminatorB"].state_dict()["scale.0.norm.0.gamma"]))

    def test_a_generator_of_another_family_and_one_way_alone(self) -> None:
        write_pairs(self.folder / "pairs")
        unet = {"ngf": 4, "multipliers": [1, 2], "inputChannels": 3, "outputChannels": 3, "dropout": 0.0}
        trainer = Trainer(self.cycle("unet", family="unet", generator=unet, pairs=str(self.folder / "pairs"), pair_batch=2, pair_fires=1, pair_ways=["AB"], adversarial_from_step=9), ALONE)
        self.assertEqual(set(trainer.train_step(next(data(trainer)))), {"pairAB", "pairPerceptualAB"})
        self.assertEqual(len(trainer.method.samples(trainer.method.examples()[0])), 8)
        trainer.folder.mkdir()
        trainer.save()
        manifest = export(trainer.folder / "last.pt", self.folder / "anime-model", {"en": "A", "zh": "甲"}, "int8", role="picture", part="anime")
        self.assertEqual((manifest["networks"]["generator"]["family"], manifest["task"]["style"]), ("unet", "anime"))
        torch.save(import_weights(self.folder / "anime-model", "cycle_gan"), self.folder / "start.pt")
        again = Trainer(self.cycle("again", family="unet", generator=unet, init=str(self.folder / "start.pt")), ALONE)
        stored = read_weights(self.folder / "anime-model", manifest["networks"]["generator"])
        self.assertTrue(np.array_equal(again.method.networks["generatorAB"].state_dict()["up.1.bias"].numpy(), stored["up.1.bias"]))

    def test_each_direction_is_exported_by_its_name_with_its_discriminator(self) -> None:
        run(self.cycle("one", steps=2))
        checkpoint, name = self.folder / "one/last.pt", {"en": "A", "zh": "甲"}
        state = read_state(checkpoint)
        for part, (way, domain) in {"anime": ("AB", "B"), "photo": ("BA", "A")}.items():
            manifest = export(checkpoint, self.folder / part, name, "float32", role="picture", beside_dtype="float32", part=part)
            self.assertEqual(manifest["task"], {"id": "photoToPicture", "sizePx": 32, "style": part, "strength": {"default": 1.0}})
            stored = {role: read_weights(self.folder / part, manifest["networks"][role]) for role in manifest["networks"]}
            self.assertEqual(set(stored), {"generator", "discriminator"})
            own = state["averages"][f"generator{way}"]["residual.0.norm1.gamma"].numpy()
            self.assertTrue(np.array_equal(stored["generator"]["residual.0.norm1.gamma"], own))
            judge = state["networks"][f"discriminator{domain}"]["state"]["scale.0.norm.0.gamma"].numpy()
            self.assertTrue(np.array_equal(stored["discriminator"]["scale.0.norm.0.gamma"], judge))
        with self.assertRaisesRegex(ValueError, "--part: anime, photo"):
            export(checkpoint, self.folder / "none", name, "float32", role="picture")

    def test_resume_is_exact_with_its_pools(self) -> None:
        run(self.cycle("whole"))
        (self.folder / "parts").mkdir()
        first = Trainer(self.cycle("parts"), ALONE)
        with mock.patch.object(Trainer, "is_finished", property(lambda trainer: trainer.step >= 3)):
            train(first, None)
        run(self.cycle("parts"))
        whole, parts = (read_state(self.folder / name / "last.pt") for name in ("whole", "parts"))
        for name in ("networks", "averages", "optimizers", "memory", "step", "seen"):
            self.assert_same({name: whole[name]}, {name: parts[name]})


if __name__ == "__main__":
    unittest.main()

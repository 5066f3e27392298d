"""The frontal view: alignment, patches, the two pathways, the losses by hand, and a run of a few steps."""

import unittest
from pathlib import Path

import numpy as np
import torch
from PIL import Image

from pipeline import frontal_losses, losses
from pipeline.alignment import FADE_PX, AlignedSquare, aligned_square, continued, crop
from pipeline.export import export
from pipeline.import_weights import import_weights
from pipeline.networks import build
from pipeline.networks.tp_gan import placed
from pipeline.pack_files import Pack
from pipeline.pack_pictures import PicturePack, pack
from pipeline.patches import cut_patches, hides_left, patch_corners
from pipeline.tests.packs import MEAN_FACE
from pipeline.tests.support import TrainingTest, rows_of
from pipeline.training.config import TrainingConfig
from pipeline.training.run import run
from pipeline.turned_pairs import STILL, Changes, TurnedFaces, TurnedPairs

TINY = {"sizePx": 32, "ngf": 8, "localNgf": 2, "codeLength": 6, "template": {"leftEye": [4, 8, 8, 8], "rightEye": [16, 8, 8, 8], "nose": [10, 16, 16, 8], "mouth": [8, 20, 16, 8]}}
SIZES = {"leftEye": (8, 8), "rightEye": (8, 8), "nose": (16, 8), "mouth": (16, 8)}
# The mean face with its nose moved over: it looks to the picture's right.
LOOKING_RIGHT = MEAN_FACE + np.where(np.arange(68) == 30, 0.1, 0.0)[:, None] * (1, 0)


def write_turned(folder: Path) -> PicturePack:
    """Turned pictures of four people of the test pack, one of them (010020) for validation."""
    (folder / "turned").mkdir(parents=True)
    rows, rng = [], np.random.default_rng(3)
    for k, name in enumerate(("010001", "010002", "010003", "010020")):
        Image.fromarray(np.repeat(np.repeat(rng.integers(0, 256, (8, 8, 3), dtype=np.uint8), 8, 0), 8, 1)).save(folder / "turned" / f"{name}_l.jpg")
        points = str((LOOKING_RIGHT if k % 2 else MEAN_FACE).tolist())
        rows.append(f'{{"name": "{name}", "landmarks68": {MEAN_FACE.tolist()}, "turned": [{{"file": "{name}_l.jpg", "yaw": {20 * k - 40}, "landmarks68": {points}}}]}}')
    (folder / "faces.jsonl").write_text("\n".join(rows) + "\n")
    return pack("turned", folder, folder / "pack")


class Alignment(unittest.TestCase):
    def test_the_square_of_the_mean_face_is_the_whole_picture(self) -> None:
        square = aligned_square(MEAN_FACE * 256)
        self.assertLess(np.abs(square.centre - 128).max(), 4)
        self.assertLess(np.abs(square.half_x - (128, 0)).max(), 4)

    def test_the_whole_square_gives_the_picture_itself(self) -> None:
        picture = np.random.default_rng(0).integers(0, 256, (16, 16, 3), dtype=np.uint8)
        whole = AlignedSquare(np.array([8.0, 8.0]), np.array([8.0, 0.0]))
        self.assertTrue(np.array_equal(crop(picture, whole, 16), picture))

    def test_edges_fade_into_their_median_colour(self) -> None:
        picture = np.full((16, 16, 1), 100, np.uint8)
        picture[:, -1], picture[7, -1] = 60, 255  # a wall on the right, and something that is cut by the edge
        wide = continued(picture, 8)
        self.assertEqual(wide[8 + 7, 8 + 15, 0], 255)
        self.assertEqual(wide[8 + 7, 8 + 15 + FADE_PX:, 0].tolist(), [60] * 4)
        self.assertTrue(np.all(np.diff(wide[8 + 7, 8 + 15:, 0]) <= 0))
        self.assertTrue(np.array_equal(wide[8:-8, 8:-8], picture))
        half = AlignedSquare(np.array([16.0, 8.0]), np.array([8.0, 0.0]))  # its right half lies beyond the right edge
        self.assertTrue(np.array_equal(crop(picture, half, 16, "faded")[:, 13:], np.full((16, 3, 1), 60)))

    def test_places_go_there_and_back_and_a_turn_takes_them_along(self) -> None:
        square = AlignedSquare(np.array([30.0, 40.0]), np.array([10.0, 5.0])).moved(np.array([0.1, 0.2]), 1.5, 0.3)
        points = np.random.default_rng(0).random((5, 2))
        self.assertLess(np.abs(square.to_square(square.to_picture(points)) - points).max(), 1e-9)
        picture = np.zeros((64, 64, 1), np.uint8)
        picture[40, 30] = 255  # its centre lies at (30.5, 40.5)
        turned = crop(picture, AlignedSquare(np.array([32.0, 32.0]), np.array([0.0, 32.0])), 64)
        found = np.unravel_index(turned[..., 0].argmax(), (64, 64))
        expected = AlignedSquare(np.array([32.0, 32.0]), np.array([0.0, 32.0])).to_square(np.array([30.5, 40.5])) * 64
        self.assertLess(np.abs(np.array(found[::-1]) + 0.5 - expected).max(), 0.51)


class Patches(unittest.TestCase):
    def test_they_are_centred_and_stay_inside(self) -> None:
        corners = patch_corners(MEAN_FACE, SIZES, 64)
        eye = MEAN_FACE[36:42].mean(0) * 64
        self.assertLess(np.abs(np.array(corners["leftEye"]) + 4 - eye).max(), 0.51)
        self.assertEqual(patch_corners(MEAN_FACE + 1, SIZES, 64)["mouth"], (48, 56))
        self.assertEqual(patch_corners(MEAN_FACE - 1, SIZES, 64)["mouth"], (0, 0))
        picture = np.arange(64 * 64).reshape(64, 64, 1)
        left, top = corners["nose"]
        self.assertEqual(cut_patches(picture, MEAN_FACE, SIZES)["nose"][1, 2, 0], 64 * (top + 1) + left + 2)

    def test_the_hidden_side(self) -> None:
        self.assertFalse(hides_left(LOOKING_RIGHT))
        self.assertTrue(hides_left(LOOKING_RIGHT * (-1, 1) + (1, 0)))


class TheNetwork(unittest.TestCase):
    def test_shapes_and_what_each_pathway_reaches(self) -> None:
        torch.manual_seed(1)
        network = build("tpGan", TINY).eval()
        inputs = [torch.rand(2, 3, 32, 32) * 2 - 1, *(torch.rand(2, 3, h, w) * 2 - 1 for w, h in SIZES.values())]
        with torch.no_grad():
            before = network(*inputs)
            inputs[4] = inputs[4] * 0.5
            after = network(*inputs)
        self.assertEqual([tuple(x.shape[1:]) for x in before],
                         [(3, 32, 32), (3, 16, 16), (3, 8, 8), (3, 8, 8), (3, 8, 8), (3, 8, 16), (3, 8, 16), (6,)])
        same = [torch.equal(a, b) for a, b in zip(before, after)]
        self.assertEqual(same, [False, True, True, True, True, True, False, True])  # the mouth's patch enters at full size alone
        changed = (before[0] - after[0]).abs().amax((0, 1))
        self.assertEqual(float(changed[:10].max()), 0)  # far above the mouth

    def test_patches_overlap_by_the_maximum(self) -> None:
        template = {"a": [0, 0, 2, 2], "b": [1, 1, 2, 2]}
        whole = placed([torch.full((1, 1, 2, 2), 3.0), torch.full((1, 1, 2, 2), 5.0)], template, 4)
        self.assertEqual(whole[0, 0].tolist(), [[3, 3, 0, 0], [3, 5, 5, 0], [0, 5, 5, 0], [0, 0, 0, 0]])

    def test_templates_that_do_not_fit_are_refused(self) -> None:
        with self.assertRaisesRegex(ValueError, "inside the picture"):
            build("tpGan", TINY | {"template": TINY["template"] | {"nose": [20, 16, 16, 8]}})
        with self.assertRaisesRegex(ValueError, "even ngf"):
            build("tpGan", TINY | {"ngf": 7})


class TheLosses(unittest.TestCase):
    def test_by_hand(self) -> None:
        x = torch.tensor([[[[1.0, 2.0, 4.0]]]])
        self.assertAlmostEqual(float(frontal_losses.symmetry(x)), (3 + 0 + 3) / 3)
        self.assertAlmostEqual(float(frontal_losses.absolute_variation(torch.tensor([[[[1.0, 2.0, 4.0], [0.0, 0.0, 0.0]]]]))), 7 / 3 + 3 / 4, places=6)
        square = torch.arange(16.0).view(1, 1, 4, 4) ** 2
        expected = [[square[0, 0, i - 1, j] + square[0, 0, i + 1, j] + square[0, 0, i, j - 1] + square[0, 0, i, j + 1] - 4 * square[0, 0, i, j] for j in (1, 2)] for i in (1, 2)]
        self.assertEqual(frontal_losses.laplacian(square)[0, 0].tolist(), torch.tensor(expected).tolist())
        self.assertEqual(float(frontal_losses.laplacian_symmetry(torch.arange(16.0).view(1, 1, 4, 4))), 0)  # a slope has no second difference
        self.assertAlmostEqual(float(frontal_losses.pixel_l1([x, x], [x - 1, x + 2], [1, 0.5])), 2.0)
        self.assertAlmostEqual(float(frontal_losses.identity_preserving([x, x], [x + 1, x - 3])), 2.0)
        self.assertAlmostEqual(float(frontal_losses.identity_cross_entropy(torch.zeros(2, 4), torch.tensor([1, 3]))), float(np.log(4)), places=6)
        judged = [[torch.tensor([1.0, 3.0])]]
        self.assertEqual([float(losses.adversarial(judged, real, "wasserstein")) for real in (True, False)], [-2, 2])

    def test_the_penalty_of_a_linear_critic_is_its_slope(self) -> None:
        weight = torch.randn(1, 3, 4, 4)
        real, fake, share = torch.randn(2, 3, 4, 4), torch.randn(2, 3, 4, 4), torch.rand(2, 1, 1, 1)
        penalty = frontal_losses.gradient_penalty(lambda x: (x * weight).sum((1, 2, 3)), real, fake, share)
        self.assertAlmostEqual(float(penalty), float((weight.norm() - 1) ** 2), places=4)

    def test_the_penalty_has_a_gradient_to_the_critic(self) -> None:
        torch.manual_seed(0)
        weight = torch.randn(3, dtype=torch.float64, requires_grad=True)
        real, fake, share = (torch.rand(2, 1, 1, 3, dtype=torch.float64) for _ in range(3))
        torch.autograd.gradcheck(lambda w: frontal_losses.gradient_penalty(lambda x: (x.square() * w).sum((1, 2, 3)), real, fake, share[:, :, :, :1]), (weight,))


class Training(TrainingTest):
    def setUp(self) -> None:
        super().setUp()
        self.turned = write_turned(self.folder / "faces")

    def test_items_are_mirrored_to_hide_their_right_and_depend_on_their_number_alone(self) -> None:
        faces = TurnedFaces(self.turned, Pack(self.folder / "pack", 32), SIZES)
        rng = np.random.default_rng(0)
        for i in range(4):
            points = faces.aligned(i, STILL, rng)[1]
            frontal = faces.pair(i, STILL, rng)["frontal"].numpy().transpose(1, 2, 0)
            own = faces.faces.photos[faces.face_of[self.turned.of[i]]]
            self.assertTrue(np.array_equal(frontal, own[:, ::-1] if hides_left(points) else own))
        a, b = (TurnedPairs(faces, Changes(), 0.5, 1, first, 100) for first in (0, 5))
        for name, value in a[7].items():
            self.assertTrue(torch.equal(value, b[2][name]), name)
        self.assertEqual({int(a[k]["person"]) for k in range(40)} - set(range(len(faces.people))), set())
        self.assertNotIn("010020", faces.people)

    def test_a_run_learns_by_either_form(self) -> None:
        fields = {"pack": str(self.folder / "pack"), "turned": str(self.folder / "faces/pack"), "perceptual_weights": str(self.folder / "squeezenet"),
                  "perceptual_fires": 1, "lambda_perceptual": 0.1, "generator": TINY, "ndf": 2, "batch": 2, "steps": 3, "adversarial_from_step": 1, "adversarial_every": 1,
                  "precision": "float32", "device": "cpu", "workers": 0, "threads": 1, "report_seconds": 0.0}
        for form, extra in (("wasserstein", {"penalty"}), ("leastSquares", set())):
            trainer = run(TrainingConfig.of("frontal", fields | {"run": str(self.folder / form), "adversarial_form": form}))
            logged = set(list(rows_of(trainer.folder / "log.csv")[-1])[5:])
            self.assertEqual(logged, {"pixel", "local", "symmetry", "variation", "perceptual", "person", "discriminator", "adversarial"} | extra)
            self.assertIn("validationL1", rows_of(trainer.folder / "validation.csv")[0])
            self.assertTrue((trainer.folder / "sheet-000003.jpg").exists())
        manifest = export(trainer.folder / "last.pt", self.folder / "shipped", {"en": "A", "zh": "甲"}, "float16", role="picture")
        self.assertEqual(manifest["task"], {"id": "turnedToFrontal", "sizePx": 32, "style": "frontal"})
        self.assertEqual((set(manifest["golden"]["inputs"]), set(manifest["golden"]["outputs"])), ({"photo", "landmarks"}, {"frontal"}))
        export(trainer.folder / "last.pt", self.folder / "alone", {"en": "A", "zh": "甲"}, "float16", role="picture", beside_dtype="none")
        torch.save(import_weights(self.folder / "alone"), self.folder / "start.pt")
        again = run(TrainingConfig.of("frontal", fields | {"run": str(self.folder / "again"), "init": str(self.folder / "start.pt"), "adversarial_form": "leastSquares", "steps": 1, "learning_rate": 1e-9}))
        before, after = (dict(trained.method.averages["generator"].named_parameters()) for trained in (trainer, again))
        self.assertLess(max(float((value - after[name]).abs().max()) for name, value in before.items()), 2e-3)


if __name__ == "__main__":
    unittest.main()

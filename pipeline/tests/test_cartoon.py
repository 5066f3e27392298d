"""The cartoon's network, discriminators, losses and method: against formulas written out, and a run of a few steps."""

import json
import math
import unittest

import numpy as np
import torch
from PIL import Image

from pipeline import cartoon_losses
from pipeline.augment import Placement, recoloured, with_background
from pipeline.checkpoints import read_state
from pipeline.export import export
from pipeline.guided_filter import guided_filter
from pipeline.networks import build
from pipeline.pack_files import Pack
from pipeline.pack_pictures import PicturePack, pack
from pipeline.portraits import Portraits
from pipeline.superpixels import coloured, lab, superpixels
from pipeline.tests.support import FIRES, TrainingTest, rows_of
from pipeline.training.config import TrainingConfig
from pipeline.training.run import run


def random(*shape: int) -> torch.Tensor:
    return torch.rand(*shape, dtype=torch.double, generator=torch.Generator().manual_seed(3)) * 2 - 1


class GuidedFilter(unittest.TestCase):
    def test_it_is_the_formula_of_the_paper_window_by_window(self) -> None:
        guide, x = random(2, 1, 1, 7, 6)
        radius, epsilon = 1, 0.05
        a, b = np.zeros((7, 6)), np.zeros((7, 6))
        windows = [[(slice(max(0, i - radius), i + radius + 1), slice(max(0, j - radius), j + radius + 1)) for j in range(6)] for i in range(7)]
        for i in range(7):
            for j in range(6):
                g, p = guide[0, 0][windows[i][j]].numpy(), x[0, 0][windows[i][j]].numpy()
                a[i, j] = ((g * p).mean() - g.mean() * p.mean()) / (g.var() + epsilon)
                b[i, j] = p.mean() - a[i, j] * g.mean()
        wanted = [[a[windows[i][j]].mean() * float(guide[0, 0, i, j]) + b[windows[i][j]].mean() for j in range(6)] for i in range(7)]
        self.assertLess(np.abs(guided_filter(guide, x, radius, epsilon)[0, 0].numpy() - wanted).max(), 1e-9)

    def test_it_keeps_edges_of_the_guide_and_smooths_the_rest(self) -> None:
        edge = torch.ones(1, 1, 12, 12)
        edge[..., 6:] = -1
        noise = 0.02 * torch.randn(1, 1, 12, 12, generator=torch.Generator().manual_seed(1))
        out = guided_filter(edge + noise, edge + noise, 2, 0.01)
        self.assertLess(float((out - edge).abs().max()), 0.05)
        self.assertLess(float((out - edge).std()), 0.75 * float(noise.std()))

    def test_gradients(self) -> None:
        guide, x = (t.clone().requires_grad_() for t in random(2, 1, 2, 5, 4))
        self.assertTrue(torch.autograd.gradcheck(lambda g, p: guided_filter(g, p, 1, 0.1), (guide, x)))


class Superpixels(unittest.TestCase):
    def test_they_follow_an_edge_and_are_about_as_many_as_asked_for(self) -> None:
        picture = np.full((60, 60, 3), -0.8)
        picture[:, 33:] = [0.9, -0.2, 0.1]
        labels = superpixels(picture, 100)
        self.assertEqual(set(labels[:, :33].ravel()) & set(labels[:, 33:].ravel()), set())
        self.assertAlmostEqual(len(np.unique(labels)), 100, delta=20)
        self.assertLess(np.abs(coloured(picture, labels, power=1) - coloured(picture, np.arange(3600).reshape(60, 60), power=1)).max(), 1e-9)

    def test_colours_are_means_where_it_is_calm_and_medians_where_it_is_wild(self) -> None:
        picture = np.array([[[0.0] * 3, [0.0] * 3, [0.1] * 3], [[-1.0] * 3, [-1.0] * 3, [1.0] * 3]])
        labels = np.array([[0, 0, 0], [1, 1, 1]])
        found = (coloured(picture, labels, power=1) + 1) / 2
        # Divided by the lightest, which is the calm one's mean.
        self.assertAlmostEqual(found[0, 0, 0], 1.0)
        self.assertAlmostEqual(found[1, 0, 0], 0.0)

    def test_lab(self) -> None:
        for rgb, wanted in (((1, 1, 1), (100, 0, 0)), ((1, 0, 0), (53.24, 80.09, 67.20)), ((0, 0, 0), (0, 0, 0))):
            self.assertLess(np.abs(lab(np.array(rgb, float)) - wanted).max(), 0.05)


class Losses(unittest.TestCase):
    def test_texture_weights_are_drawn_within_bounds_and_sum_to_one(self) -> None:
        drawn = torch.stack([cartoon_losses.colour_weights() for _ in range(200)])
        self.assertLess(float((drawn.sum(1) - 1).abs().max()), 1e-6)
        self.assertGreater(float(drawn[:, 1].min()), float(drawn[:, 2].max()))
        self.assertGreater(float(drawn.std(0).min()), 0.01)
        grey = torch.full((1, 3, 2, 2), 0.3)
        self.assertLess(float((cartoon_losses.texture(grey, drawn[0]) - 0.3).abs().max()), 1e-6)

    def test_squared_variation_by_hand(self) -> None:
        x = torch.tensor([[[[0.0, 1.0], [3.0, 5.0]]]])
        self.assertAlmostEqual(float(cartoon_losses.squared_variation(x)), (9 + 16) / 2 + (1 + 4) / 2)

    def test_feature_l1_is_relative_to_the_real_side_of_each_sample(self) -> None:
        fake, real = torch.tensor([[1.0, 2.0], [30.0, 10.0]]), torch.tensor([[2.0, 2.0], [10.0, -10.0]])
        self.assertAlmostEqual(float(cartoon_losses.feature_l1(fake, real)), (0.25 + 2.0) / 2)

    def test_landmarks_are_expected_places(self) -> None:
        maps = torch.full((1, 2, 4, 8), -50.0)
        maps[0, 0, 1, 3], maps[0, 1, 3, 0] = 50.0, 50.0
        found = cartoon_losses.landmark_l1(maps, torch.tensor([[[3.5 / 8, 1.5 / 4], [0.5 / 8 + 0.1, 3.5 / 4]]]))
        self.assertAlmostEqual(float(found), 0.1 / 4, places=6)

    def test_gradients(self) -> None:
        x, y = random(1, 3, 5, 6).requires_grad_(), random(1, 2, 4, 4).requires_grad_()
        points, still = torch.rand(1, 2, 2, dtype=torch.double), random(1, 2, 4, 4) * 2
        checks = ((cartoon_losses.surface, x), (cartoon_losses.squared_variation, x), (lambda t: cartoon_losses.judged_as(t, False), y),
                  (lambda t: cartoon_losses.landmark_l1(t, points), y), (lambda t: cartoon_losses.feature_l1(t, still), y))
        for function, at in checks:
            self.assertTrue(torch.autograd.gradcheck(function, (at,)))


class Networks(unittest.TestCase):
    def test_a_kernel_is_divided_by_its_largest_singular_value(self) -> None:
        torch.manual_seed(5)
        judge = build("spectralPatch", {"ndf": 4, "inputChannels": 3}).train()
        layer = judge.layer[1]
        for _ in range(60):
            judge(torch.rand(1, 3, 16, 16))
        matrix = layer.kernel.detach().flatten(1)
        self.assertAlmostEqual(float(layer.u @ (matrix @ (matrix.T @ layer.u / (matrix.T @ layer.u).norm()))), float(torch.linalg.svdvals(matrix)[0]), places=4)
        remembered = layer.u.clone()
        judge.eval()(torch.rand(1, 3, 16, 16))
        self.assertTrue(torch.equal(layer.u, remembered))

    def test_the_judge_sees_maps_of_an_eighth(self) -> None:
        self.assertEqual(build("spectralPatch", {"ndf": 2, "inputChannels": 1})(torch.zeros(2, 1, 40, 24)).shape, (2, 1, 5, 3))

    def test_the_filter_may_be_changed_in_use(self) -> None:
        photo = torch.rand(1, 3, 16, 16) * 2 - 1
        plain, filtered = (build("cartoonUnet", {"ngf": 4, "filterRadius": radius}) for radius in (0, 2))
        filtered.load_state_dict(plain.state_dict())
        self.assertLess(float((filtered(photo) - guided_filter(photo, plain(photo), 2, 0.01)).abs().max()), 1e-6)
        with self.assertRaisesRegex(ValueError, "multiples of 4, not 18x16"):
            plain(torch.zeros(1, 3, 16, 18))


class Augmentation(unittest.TestCase):
    def test_landmarks_go_where_their_pixels_go(self) -> None:
        for seed in range(5):
            place = Placement(np.random.default_rng(seed))
            picture = np.zeros((128, 128, 3), np.uint8)
            picture[50:53, 70:73] = 255
            moved = place.picture(picture)[..., 0].astype(float)
            rows, columns = np.mgrid[:128, :128] + 0.5
            seen = np.array([(columns * moved).sum(), (rows * moved).sum()]) / moved.sum() / 128
            self.assertLess(np.abs(seen - place.points(np.array([[71.5, 51.5]]) / 128)[0]).max(), 0.01)

    def test_a_new_background_leaves_the_person(self) -> None:
        rng = np.random.default_rng(1)
        photo, mask = np.full((64, 64, 3), 100, np.uint8), np.zeros((64, 64), np.uint8)
        mask[16:48, 16:48] = 5
        for _ in range(4):
            out = with_background(photo, mask, [rng.integers(0, 255, (64, 64, 3), dtype=np.uint8)], rng)
            self.assertLess(np.abs(out[22:42, 22:42].astype(int) - 100).max(), 3)
            self.assertGreater(np.abs(out[:8].astype(int) - 100).mean(), 3)

    def test_colours_change_and_stay_bytes(self) -> None:
        photo = np.random.default_rng(2).integers(0, 256, (32, 32, 3), dtype=np.uint8)
        out = recoloured(photo, np.random.default_rng(3))
        self.assertEqual((out.dtype, out.shape), (photo.dtype, photo.shape))
        self.assertGreater(np.abs(out.astype(int) - photo).mean(), 2)


class Training(TrainingTest):
    def fields(self, **fields: object) -> dict:
        folder = self.folder / "faces"
        if not folder.exists():
            (folder / "toon").mkdir(parents=True)
            faces = Pack(self.folder / "pack")
            rows = []
            for name, landmarks, photo in zip(faces.names[:5], faces.landmarks, faces.photos):
                Image.fromarray(255 - photo).save(folder / "toon" / f"{name}.jpg")
                rows.append(json.dumps({"name": name, "landmarks68": landmarks.tolist(), "toon": True}))
            (folder / "faces.jsonl").write_text("".join(row + "\n" for row in rows))
            pack("toon", folder, self.folder / "toons")
        return {"run": str(self.folder / "cartoon"), "pack": str(self.folder / "pack"), "toons": str(self.folder / "toons"), "ndf": 2, "steps": 4,
                "perceptual_weights": str(self.folder / "squeezenet"), "perceptual_fires": FIRES, "generator": {"ngf": 2, "residualBlocks": 1},
                "adversarial_from_step": 2, "precision": "float32", "device": "cpu", "workers": 0, "threads": 1, "report_seconds": 0.0} | fields

    def test_it_learns_pairs_first_and_representations_then(self) -> None:
        trainer = run(TrainingConfig.of("cartoon", self.fields()))
        rows = rows_of(trainer.folder / "log.csv")
        late = ["textureJudge", "surfaceJudge", "variation", "texture", "surface", "content", "structure"]
        for name in ("pair", "perceptual", *late):
            self.assertEqual([math.isnan(float(row[name])) for row in rows], [name in late] * 2 + [False] * 2, name)
        self.assertEqual(set(rows_of(trainer.folder / "validation.csv")[-1]), {"step", "images", "validationL1", "photoL1"})
        manifest = export(trainer.folder / "last.pt", self.folder / "models/cartoon", {"en": "Cartoon", "zh": "卡通"}, "float16", role="picture")
        self.assertEqual(manifest["task"], {"id": "photoToPicture", "sizePx": 64, "style": "cartoon", "strength": {"default": 1.0}})

    def test_a_reader_adds_the_landmark_loss(self) -> None:
        fields = self.fields(adversarial_from_step=0, steps=1)
        reader = build("faceReader", {"widths": [4, 4], "blocks": [1, 1], "decoderWidths": [4]})
        written = run(TrainingConfig.of("cartoon", fields | {"run": str(self.folder / "other")}))
        state = read_state(written.folder / "last.pt")
        state["networks"] = {"reader": {"family": "faceReader", "config": reader.config.to_json(), "state": reader.state_dict()}}
        state["averages"] = {}
        torch.save(state, self.folder / "reader.pt")
        trainer = run(TrainingConfig.of("cartoon", fields | {"reader": str(self.folder / "reader.pt"), "reader_px": 32}))
        self.assertGreater(float(rows_of(trainer.folder / "log.csv")[-1]["landmark"]), 0)
        self.assertGreater(float(rows_of(trainer.folder / "validation.csv")[-1]["validationLandmarks"]), 0)

    def test_a_photo_and_its_cartoon_are_moved_alike(self) -> None:
        fields = self.fields()
        data = Portraits(Pack(self.folder / "pack"), PicturePack(self.folder / "toons"), True, 1, 0, 10)
        self.assertEqual(fields["toons"], str(data.style.folder))
        differences = []
        for k in range(10):
            item = data[k]
            both = np.stack([item["photo"].numpy().ravel(), item["picture"].numpy().ravel()]).astype(float)
            differences.append(np.corrcoef(both)[0, 1])
        # The cartoons here are negatives of the photos; other backgrounds hide some of it.
        self.assertLess(np.median(differences), -0.5)
        self.assertTrue(torch.equal(data[3]["photo"], data[3]["photo"]))


if __name__ == "__main__":
    unittest.main()

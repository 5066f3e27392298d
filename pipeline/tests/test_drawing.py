"""Portrait drawings: the parts and their places, distances of lines against exact ones, the pen artist, and a run of each stage."""

import unittest

import numpy as np
import torch
import torch.nn.functional as F
from scipy.ndimage import distance_transform_edt

from pipeline import drawing_losses
from pipeline.drawing_parts import PATCHES, Windows, behind, combined, patch_sides, places_of
from pipeline.export import export
from pipeline.layers import TransposedConvolution
from pipeline.networks import build
from pipeline.pack_drawings import chosen_faces, drawing_of
from pipeline.pack_files import Pack
from pipeline.pack_pictures import PicturePack, write_pictures
from pipeline.patches import patch_corners
from pipeline.pen import Flow, Sheet, curve, tapered
from pipeline.tests.packs import MEAN_FACE
from pipeline.tests.support import FIRES, TrainingTest, rows_of
from pipeline.training.config import TrainingConfig
from pipeline.training.run import run

TINY = {"ngf": 2, "multipliers": [1, 2, 2], "patchNgf": 2, "patchMultipliers": [1, 2], "areaNgf": 2, "areaMultipliers": [1, 2], "fusionNgf": 2, "fusionBlocks": 1, "dropout": 0.0}


def lines(seed: int, size: int = 40) -> np.ndarray:
    """A few strokes, 0-1."""
    rng = np.random.default_rng(seed)
    drawn = np.zeros((size, size))
    for _ in range(3):
        row, column = rng.integers(2, size - 2, 2)
        drawn[row, 3:size - 3 if rng.random() < 0.5 else size // 2] = 1
        drawn[4:size // 2, column] = 1
    return drawn


def tensor(x: np.ndarray) -> torch.Tensor:
    return torch.from_numpy(np.asarray(x, dtype=np.float64))[None, None]


class Distances(unittest.TestCase):
    def test_they_are_the_exact_ones_but_for_many_near_pixels(self) -> None:
        for seed in range(4):
            drawn = lines(seed)
            exact = np.minimum(distance_transform_edt(drawn == 0), drawing_losses.REACH)
            found = drawing_losses.distance_transform(tensor(drawn))[0, 0].numpy()
            # Pixels beside one another are counted together: up to λ log 20 nearer in the corner of lines.
            self.assertLess(np.abs(found - exact).max(), 1.5)
            self.assertLess((found - exact).max(), 1e-6)
            self.assertLess(np.abs(found - exact).mean(), 0.6)

    def test_without_lines_everything_is_at_the_reach(self) -> None:
        found = drawing_losses.distance_transform(torch.zeros(1, 1, 30, 30), 8)
        self.assertLess(float((found - 8).abs().max()), 1e-4)

    def test_white_lines_are_thin_white_within_black(self) -> None:
        black = np.zeros((24, 24))
        black[4:20, 4:20] = 1
        black[4:20, 10] = 0
        found = drawing_losses.white_lines(tensor(black))[0, 0].numpy()
        wanted = np.zeros_like(black)
        wanted[4:20, 10] = 1
        self.assertLess(np.abs(found - wanted)[3:21, 3:21].sum(), 3.1)
        self.assertEqual(found[:, :3].sum(), 0)

    def test_chamfer_grows_with_the_distance_of_a_line(self) -> None:
        def picture(row: int) -> torch.Tensor:
            drawn = np.ones((40, 40))
            drawn[row:row + 2, 6:34] = -1
            return tensor(drawn)

        values = [float(drawing_losses.chamfer(picture(8), picture(8 + shift))) for shift in (0, 2, 4, 8, 16)]
        self.assertEqual(values, sorted(values))
        # Both ways by half as many pixels of the halved drawing.
        self.assertAlmostEqual(values[3] - values[2], 2 * 2, delta=0.4)

    def test_they_are_numbers_whatever_is_drawn(self) -> None:
        source = torch.Generator().manual_seed(5)
        ramp = torch.tanh(torch.linspace(-1, 1, 2 * 64 * 64)).view(2, 1, 64, 64)  # an opening of it is itself but for rounding
        for fake in (ramp, torch.tanh(3 * torch.randn(2, 1, 64, 64, generator=source)), torch.ones(2, 1, 64, 64), -torch.ones(2, 1, 64, 64)):
            fake.requires_grad_()
            loss = drawing_losses.chamfer(tensor(1 - 2 * lines(1, 64)).float().expand(2, -1, -1, -1), fake)
            slope, = torch.autograd.grad(loss, fake)
            self.assertTrue(bool(torch.isfinite(loss)) and bool(torch.isfinite(slope).all()))

    def test_gradients(self) -> None:
        x = torch.rand(1, 1, 8, 8, dtype=torch.double, generator=torch.Generator().manual_seed(1)).requires_grad_()
        real = torch.rand(1, 1, 8, 8, dtype=torch.double, generator=torch.Generator().manual_seed(2)) * 2 - 1
        checks = (lambda t: drawing_losses.distance_transform(t, 4), drawing_losses.white_lines, lambda t: drawing_losses.chamfer(real, 2 * t - 1))
        for function in checks:
            self.assertTrue(torch.autograd.gradcheck(function, (x,)))


class Parts(unittest.TestCase):
    def test_patches_are_cut_where_their_corners_are_and_put_back_there(self) -> None:
        landmarks = np.stack([MEAN_FACE, MEAN_FACE + [0.031, -0.017], MEAN_FACE + [0.4, 0.3]])
        pictures = torch.rand(3, 2, 256, 256)
        windows = Windows(torch.from_numpy(places_of(landmarks)), 256, 256)
        for name, (width, height) in PATCHES.items():
            cut = windows.cut(pictures, name)
            for b, points in enumerate(landmarks):
                left, top = patch_corners(points, {name: (width, height)}, 256)[name]
                self.assertTrue(torch.equal(cut[b], pictures[b, :, top:top + height, left:left + width]))
                back = windows.placed(cut, name)[b]
                self.assertLess(float((back[:, top:top + height, left:left + width] - cut[b]).abs().max()), 1e-6)
                back[:, top:top + height, left:left + width] = 1
                self.assertTrue(torch.equal(back, torch.ones_like(back)))

    def test_hair_and_background_share_what_no_patch_covers(self) -> None:
        foreground = torch.ones(1, 1, 256, 256)
        foreground[:, :, :, :40] = -1
        windows = Windows(torch.from_numpy(places_of(MEAN_FACE[None])), 256, 256)
        masks = windows.masks(foreground)
        covered = combined([windows.placed(torch.zeros(1, 1, height, width), name) for name, (width, height) in PATCHES.items()]) == 0
        self.assertTrue(torch.equal(masks["hair"] + masks["background"], 1 - covered.float()))
        self.assertEqual(float(masks["background"][0, 0, 0, 0]), 1)
        self.assertEqual(float(masks["hair"][0, 0, 0, 100]), 1)

    def test_sides_are_multiples_of_eight_at_every_size(self) -> None:
        self.assertEqual([patch_sides(name, 256, 256) for name in PATCHES], [(height, width) for width, height in PATCHES.values()])
        self.assertEqual(patch_sides("mouth", 128, 128), (24, 32))

    def test_the_darkest_counts_and_a_mask_hides(self) -> None:
        a, b = torch.tensor([1.0, -0.5, 0.2]), torch.tensor([0.0, 0.5, 0.3])
        self.assertEqual(combined([a, b, b + 0.1]).tolist(), torch.minimum(a, b).tolist())
        self.assertEqual(behind(torch.tensor([0.5, 0.5]), torch.tensor([1.0, 0.0]), -1.0).tolist(), [0.5, -1.0])

    def test_the_generator_draws_the_whole_and_every_part(self) -> None:
        network = build("apDrawing", TINY).eval()
        outputs = network(torch.rand(2, 3, 64, 64), torch.ones(2, 1, 64, 64), torch.from_numpy(places_of(MEAN_FACE[None].repeat(2, 0))))
        self.assertEqual([tuple(y.shape[1:]) for y in outputs], [(1, 64, 64)] + [(1, *patch_sides(name, 64, 64)) for name in PATCHES] + [(1, 64, 64)] * 2)
        self.assertLess(float((outputs[-1] - 1).abs().max()), 1e-6)  # no background: white

    def test_a_transposed_convolution_of_four_is_pytorchs(self) -> None:
        torch.manual_seed(1)
        layer, x = TransposedConvolution(3, 2, bias=True).double(), torch.randn(2, 3, 5, 4, dtype=torch.double)
        wanted = F.conv_transpose2d(x, layer.kernel, layer.bias, stride=2, padding=1)
        self.assertLess(float((layer(x) - wanted).abs().max()), 1e-12)


class Pen(unittest.TestCase):
    def test_a_stroke_is_as_wide_as_it_is_told(self) -> None:
        sheet = Sheet(64, np.random.default_rng(0))
        sheet.stroke(np.array([[8.0, 32.0], [56.0, 32.0]]), 4.0, wobble=0)
        black = (255 - sheet.picture().astype(float)) / 255
        self.assertAlmostEqual(black[:, 32].sum(), 4.0, delta=0.5)
        self.assertEqual(black[:, 4].sum(), 0)

    def test_curves_go_through_their_points_and_widths_taper(self) -> None:
        points = np.array([[0, 0], [5, 2], [9, 9.0]])
        drawn = curve(points, 4)
        self.assertTrue(all(np.abs(drawn - p).sum(1).min() < 1e-9 for p in points))
        widths = tapered(21, 0.1, 0.2)
        self.assertEqual((widths[0], widths[-1]), (0.1, 0.2))
        self.assertAlmostEqual(widths[10], 1.0)

    def test_hair_flows_along_stripes_and_along_known_strands(self) -> None:
        x = np.linspace(0, 12 * np.pi, 60)
        stripes = np.repeat((np.sin(x) / 2 + 0.5)[None], 60, 0)
        inside = np.ones((60, 60), bool)
        upright = Flow(stripes, inside, [])
        self.assertGreater(np.abs(upright.y[10:50, 10:50]).min(), 0.95)
        across = [np.array([[5.0, y], [55.0, y]]) for y in range(5, 56, 5)]
        self.assertGreater(np.abs(Flow(stripes, inside, across).x[10:50, 10:50]).mean(), 0.9)
        paths = upright.lines(np.random.default_rng(0).uniform(2, 58, (200, 2)), 12, 3)
        self.assertGreater(len(paths), 20)
        self.assertTrue(all(np.ptp(path[:, 0]) < 2 for path in paths))


class Training(TrainingTest):
    def drawings(self, kind: str) -> PicturePack:
        pack = Pack(self.folder / "pack")
        faces = chosen_faces(pack, 3)
        pictures = [np.repeat(drawing_of(pack, i, kind == "traced")[..., None], 3, 2) for i in faces]
        names = [pack.names[i] for i in faces]
        return write_pictures(self.folder / kind, kind, 64, names, pictures, pack.landmarks[faces], [name for name in names if name == "010020"])

    def fields(self, stage: int, **fields: object) -> dict:
        kind = "traced" if stage == 1 else "pen"
        self.drawings(kind)
        return {"run": str(self.folder / f"stage{stage}"), "pack": str(self.folder / "pack"), "drawings": str(self.folder / kind), "stage": stage, "generator": TINY, "ndf": 2,
                "perceptual_weights": str(self.folder / "squeezenet"), "perceptual_fires": FIRES, "adversarial_from_step": 1, "steps": 3, "precision": "float32",
                "device": "cpu", "workers": 0, "threads": 1, "report_seconds": 0.0} | fields

    def test_drawings_have_ink_and_differ(self) -> None:
        pen, traced = self.drawings("pen"), self.drawings("traced")
        self.assertEqual(pen.names, traced.names)
        self.assertEqual([pen.names[i] for i in pen.validation], ["010020"])
        for picture in pen.pictures:
            self.assertGreater((picture < 128).mean(), 0.02)
            self.assertGreater((picture > 128).mean(), 0.2)
        pack = Pack(self.folder / "pack")
        self.assertTrue((drawing_of(pack, 1, False) == drawing_of(pack, 1, False)).all())
        self.assertFalse((drawing_of(pack, 1, False) == drawing_of(pack, 2, False)).all())

    def test_distances_are_for_the_second_stage_which_goes_on_from_the_first(self) -> None:
        with self.assertRaisesRegex(ValueError, "needs init"):
            TrainingConfig.of("portrait_drawing", self.fields(2))
        first = run(TrainingConfig.of("portrait_drawing", self.fields(1)))
        second = run(TrainingConfig.of("portrait_drawing", self.fields(2, init=str(first.folder / "last.pt"))))
        common = {"l1", "local", "perceptual", "judges", "adversarial", "localAdversarial"}
        for trainer, names in ((first, common), (second, common | {"distance"})):
            rows = rows_of(trainer.folder / "log.csv")
            self.assertEqual(set(list(rows[0])[5:]), names)
            self.assertEqual([row["judges"] == "nan" for row in rows], [True, False, False])
        self.assertEqual(set(rows_of(second.folder / "validation.csv")[-1]), {"step", "images", "validationL1", "validationDistance"})
        manifest = export(second.folder / "last.pt", self.folder / "models/drawing", {"en": "Drawing", "zh": "线描"}, "float16", role="picture", beside_dtype="int8")
        self.assertEqual(manifest["task"], {"id": "portraitDrawing", "sizePx": 64, "style": "drawing"})
        self.assertEqual(set(manifest["golden"]["inputs"]), {"photo", "foreground", "places"})
        self.assertEqual(len(manifest["networks"]), 8)


if __name__ == "__main__":
    unittest.main()

"""Figures of drawings and cartoons: distances with known values, and an evaluation of each on made-up people."""

import json
import unittest

import numpy as np
import torch
from PIL import Image

from pipeline.evaluate_pictures import FAR_PX, Evaluation, average_drawing, cartoons, chamfer, drawings, thresholded
from pipeline.frechet import Projection, frechet_distance, pooled
from pipeline.networks import build
from pipeline.pack_drawings import chosen_faces, drawing_of
from pipeline.pack_files import Pack
from pipeline.pack_pictures import PicturePack, write_pictures
from pipeline.perceptual import SqueezeNetFeatures
from pipeline.tests.packs import write_pack
from pipeline.tests.support import TrainingTest

DRAWING = {"ngf": 2, "multipliers": [1, 2], "patchNgf": 2, "patchMultipliers": [1, 2], "areaNgf": 2, "areaMultipliers": [1, 2], "fusionNgf": 2, "fusionBlocks": 1}


def sheet(row: int) -> np.ndarray:
    drawn = np.full((32, 32), 255, np.uint8)
    drawn[row, 4:28] = 0
    return drawn


class Distances(unittest.TestCase):
    def test_chamfer_is_the_mean_distance_of_lines_both_ways(self) -> None:
        self.assertEqual(chamfer(sheet(5), sheet(5)), 0)
        self.assertEqual(chamfer(sheet(5), sheet(9)), 4)
        both = np.minimum(sheet(5), sheet(9))
        self.assertEqual(chamfer(both, sheet(9)), (2 + 0) / 2)
        self.assertEqual(chamfer(sheet(5), np.full((32, 32), 255, np.uint8)), FAR_PX)

    def test_frechet_of_moved_and_of_wider_normal_distributions(self) -> None:
        x = np.random.default_rng(0).normal(0, 1, (4000, 3))
        self.assertAlmostEqual(frechet_distance(x, x), 0, places=6)
        self.assertAlmostEqual(frechet_distance(x, x + [3, 0, 0]), 9, places=6)
        self.assertAlmostEqual(frechet_distance(x, 2 * x), 3 * np.trace(np.cov(x.T)) / 3 + ((x.mean(0)) ** 2).sum(), places=6)

    def test_components_are_those_of_the_reference_each_layer_weighing_the_same(self) -> None:
        rng = np.random.default_rng(1)
        layers = [rng.normal(0, 50, (30, 4)), rng.normal(5, 0.1, (30, 6))]
        projection = Projection(layers, 3)
        self.assertEqual(projection.of(layers).shape, (30, 3))
        scaled = projection.scaled(layers)
        self.assertAlmostEqual(scaled[:, :4].var(0).sum(), 1)
        self.assertAlmostEqual(scaled[:, 4:].var(0).sum(), 1)

    def test_trivial_answers(self) -> None:
        photo = np.full((16, 16, 3), 200, np.uint8)
        photo[4:8] = 20
        self.assertEqual((thresholded(photo)[:, 0] == 0).tolist(), [4 <= row < 8 for row in range(16)])


class Evaluations(TrainingTest):
    def checkpoint(self, family: str, config: dict) -> object:
        network = build(family, config)
        file = self.folder / f"{family}.pt"
        torch.save({"version": 2, "networks": {"generator": {"family": family, "config": network.config.to_json(), "state": network.state_dict()}}, "averages": {}}, file)
        return file

    def test_drawings_stand_beside_trivial_answers_and_the_artist_himself(self) -> None:
        pack = write_pack(self.folder / "many", 64)
        faces = chosen_faces(pack, 0)
        pictures = [np.repeat(drawing_of(pack, i, False)[..., None], 3, 2) for i in faces]
        names = [pack.names[i] for i in faces]
        pen = write_pictures(self.folder / "pen", "pen", 64, names, pictures, pack.landmarks[faces], ["010020", "010001"])
        evaluation = Evaluation(self.checkpoint("apDrawing", DRAWING), pack, pen)
        found = drawings(evaluation)
        self.assertEqual(found["people"], 2)
        self.assertEqual(set(found["chamferPx"]), {"generated", "drawnAgain", "photoThresholded", "photoLines", "averageDrawing", "anotherPersons"})
        self.assertLess(found["chamferPx"]["drawnAgain"], found["chamferPx"]["anotherPersons"])
        share = np.mean([(p < 128).mean() for p in (pen.pictures[k] for k in pen.training)])
        self.assertAlmostEqual((average_drawing(pen) == 0).mean(), share, delta=0.1)
        self.assertEqual(evaluation.sheet().shape, (3 * 64, 8 * 64, 3))

    def test_cartoons_stand_beside_the_photo(self) -> None:
        pack = Pack(self.folder / "pack")
        toons = write_pictures(self.folder / "toons", "toon", 64, pack.names[:5], list(255 - pack.photos[:5]), pack.landmarks[:5], ["010020"])
        rng = np.random.default_rng(2)
        shapes = {0: (64, 3, 3, 3)}
        widths = [64, 128, 128, 256, 256, 384, 384, 512, 512]
        for fire in range(8):
            squeeze = 16 * (1 + fire // 2)
            shapes |= {1 + 3 * fire: (squeeze, widths[fire], 1, 1), 2 + 3 * fire: (widths[fire + 1] // 2, squeeze, 1, 1), 3 + 3 * fire: (widths[fire + 1] // 2, squeeze, 3, 3)}
        folder = self.folder / "whole"
        folder.mkdir()
        for i, shape in shapes.items():
            np.save(folder / f"squeezenet0_conv{i}_weight.npy", rng.normal(0, (2 / np.prod(shape[1:])) ** 0.5, shape).astype(np.float32))
            np.save(folder / f"squeezenet0_conv{i}_bias.npy", np.zeros(shape[0], np.float32))
        found = cartoons(Evaluation(self.checkpoint("cartoonUnet", {"ngf": 2}), pack, toons), folder, None)
        self.assertEqual(set(found), {"people", "l1", "frechet"})
        self.assertGreater(found["l1"]["photo"], 20)
        self.assertTrue(all(np.isfinite(value) for value in found["frechet"].values()))
        layers = pooled([torch.zeros(3, 64, 64)], SqueezeNetFeatures.of_folder(folder, 8))
        self.assertEqual([layer.shape for layer in layers], [(1, 256), (1, 512)])
        self.assertIsInstance(PicturePack(self.folder / "toons").kind, str)
        self.assertTrue(json.dumps(found))
        self.assertIsInstance(Image.fromarray(Evaluation(self.folder / "cartoonUnet.pt", pack, toons).sheet()), Image.Image)


if __name__ == "__main__":
    unittest.main()

"""Warps: sketch and photo move together, smoothly and invertibly."""

import json
import unittest
from pathlib import Path

import numpy as np

from pipeline.warp import Warp

MEAN_FACE = np.asarray(json.loads((Path(__file__).parents[2] / "src/faces/meanFace.json").read_text()))


class Warps(unittest.TestCase):
    def test_the_picture_moves_with_the_points(self) -> None:
        size = 256
        for seed in range(8):
            warp = Warp(MEAN_FACE, np.random.default_rng(seed))
            for point in MEAN_FACE[[8, 30, 37, 51, 19]]:  # chin, nose tip, upper lid, lip, brow
                x, y = np.meshgrid((np.arange(size) + 0.5) / size, (np.arange(size) + 0.5) / size)
                dot = np.exp(-0.5 * ((x - point[0]) ** 2 + (y - point[1]) ** 2) / 0.012**2)
                photo = np.repeat((255 * dot).astype(np.uint8)[:, :, None], 3, 2)
                moved, _ = warp.picture(photo, (dot > 0.5).astype(np.uint8))
                weight = moved[:, :, 0].astype(float) ** 2
                found = np.array([(weight * x).sum(), (weight * y).sum()]) / weight.sum()
                self.assertLess(float(np.abs(found - warp.points(point[None])[0]).max()) * size, 1.5)

    def test_it_never_folds(self) -> None:
        axis = np.linspace(0.1, 0.95, 90)
        grid = np.stack(np.meshgrid(axis, axis), axis=2)
        for seed in range(40):
            moved = Warp(MEAN_FACE, np.random.default_rng(seed)).points(grid.reshape(-1, 2)).reshape(grid.shape)
            dx, dy = np.diff(moved, axis=1)[:-1], np.diff(moved, axis=0)[:, :-1]
            self.assertGreater(float((dx[..., 0] * dy[..., 1] - dx[..., 1] * dy[..., 0]).min()), 0)

    def test_no_strength_is_no_warp(self) -> None:
        warp = Warp(MEAN_FACE, np.random.default_rng(1), strength=0)
        self.assertTrue(np.array_equal(warp.points(MEAN_FACE), MEAN_FACE))
        photo = np.random.default_rng(2).integers(0, 256, (64, 64, 3), dtype=np.uint8)
        self.assertLessEqual(int(np.abs(warp.picture(photo, photo[:, :, 0])[0].astype(int) - photo).max()), 1)


if __name__ == "__main__":
    unittest.main()

"""What the thesis says of its model, on untrained weights: with two norms removed, an edit of the mouth leaves v0 and v1 at the eye equal."""

import unittest
from types import SimpleNamespace

import numpy as np
import torch

from pipeline.locality import measure
from pipeline.networks.pix2pix_hd import Generator, GeneratorConfig
from pipeline.tests.packs import MEAN_FACE


class LocalityTest(unittest.TestCase):
    def changes(self, norms_removed: int) -> list[float]:
        torch.manual_seed(1)
        generator = Generator(GeneratorConfig(ngf=4, residualBlocks=1, normsRemoved=norms_removed, lookLength=3))
        other = MEAN_FACE.copy()
        other[48:68] = other[48:68] * 1.1 - 0.05
        pack = SimpleNamespace(validation=[0, 1], landmarks=[MEAN_FACE, other], looks=np.zeros((2, 3), np.float32), photos=np.zeros((2, 128, 128, 3), np.uint8))
        return measure(generator.eval(), pack, 1)["mouth"]

    def test_without_the_first_two_norms_the_first_two_layers_do_not_hear_of_it(self) -> None:
        self.assertEqual(self.changes(2)[:2], [0, 0])

    def test_with_them_they_do(self) -> None:
        self.assertGreater(min(self.changes(0)[:2]), 0)


if __name__ == "__main__":
    unittest.main()

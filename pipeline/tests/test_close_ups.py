"""Close-ups of mouths and eyes: where squares are cut, that gradients reach what they show and nothing else, and a run with them."""

import unittest

import numpy as np
import torch

from pipeline.checkpoints import read_state
from pipeline.methods.close_ups import HALF_SIDE, PLACES, SIZE, cut
from pipeline.tests.support import TrainingTest, rows_of
from pipeline.training.run import run


def face(place: str, centre: tuple[float, float]) -> torch.Tensor:
    landmarks = torch.full((1, 68, 2), 0.1)
    landmarks[:, list(PLACES[place])] = torch.tensor(centre)
    return landmarks


class Cut(unittest.TestCase):
    def test_a_ramp_is_cut_round_the_part(self) -> None:
        ramp = ((torch.arange(64) + 0.5) / 64).expand(1, 1, 64, 64)
        for place in PLACES:
            shown = cut(ramp, face(place, (0.5, 0.6)), place)
            self.assertEqual(shown.shape, (1, 1, SIZE, SIZE))
            half = HALF_SIDE[place]
            wanted = 0.5 - half + 2 * half * (np.arange(SIZE) + 0.5) / SIZE
            self.assertLess(np.abs(shown[0, 0].numpy() - wanted).max(), 1e-5)

    def test_gradients_reach_the_square_alone(self) -> None:
        picture = torch.zeros(1, 3, 64, 64, requires_grad=True)
        cut(picture, face("mouth", (0.5, 0.7)), "mouth").sum().backward()
        rows, columns = np.nonzero(picture.grad[0, 0].numpy())
        centre, half = np.array([0.7, 0.5]) * 64, HALF_SIDE["mouth"] * 64
        for found, middle in zip((rows, columns), centre):
            self.assertAlmostEqual(found.min(), middle - half, delta=1.5)
            self.assertAlmostEqual(found.max(), middle + half, delta=1.5)

    def test_beyond_the_picture_its_edge_goes_on(self) -> None:
        shown = cut(torch.linspace(0, 1, 64).expand(1, 1, 64, 64), face("mouth", (0.99, 0.5)), "mouth")
        self.assertLess(float((shown[..., SIZE // 2 + 10:] - 1).abs().max()), 1e-5)


class Run(TrainingTest):
    def test_their_losses_are_logged_and_their_discriminator_learns(self) -> None:
        trainer = run(self.config("close", lambda_close_ups=0.5, lambda_colours=1.0, steps=4))
        row = rows_of(trainer.folder / "log.csv")[-1]
        for name in ("closeUpDiscriminator", "closeUpAdversarial", "closeUpMatching", "closeUpPerceptual", "colours"):
            self.assertGreater(float(row[name]), 0, name)
        untrained = self.trainer("fresh", lambda_close_ups=0.5).method.networks["closeUps"].state_dict()
        trained = read_state(trainer.folder / "last.pt")["networks"]["closeUps"]["state"]
        self.assertTrue(any(not torch.equal(trained[name], untrained[name]) for name in trained))


if __name__ == "__main__":
    unittest.main()

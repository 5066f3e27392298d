"""Losses against numbers worked out by hand."""

import unittest

import torch

from pipeline import losses


class Losses(unittest.TestCase):
    def test_least_squares_judges_real_as_one_and_fake_as_zero(self) -> None:
        outputs = [[torch.zeros(1), torch.tensor([[0.5, 1.0]])], [torch.zeros(1), torch.tensor([[0.0]])]]
        self.assertAlmostEqual(float(losses.adversarial(outputs, True)), (0.125 + 1.0) / 2)
        self.assertAlmostEqual(float(losses.adversarial(outputs, False)), (0.625 + 0.0) / 2)

    def test_log_form(self) -> None:
        outputs = [[torch.zeros(1), torch.tensor([[0.0]])]]
        self.assertAlmostEqual(float(losses.adversarial(outputs, True, "log")), 0.693147, places=5)

    def test_feature_matching_leaves_out_the_last_layer_and_the_real_side_gets_no_gradient(self) -> None:
        fake = [[torch.tensor([1.0, 3.0], requires_grad=True), torch.tensor([9.0])]]
        real = [[torch.tensor([0.0, 0.0], requires_grad=True), torch.tensor([0.0])]]
        loss = losses.feature_matching(fake, real)
        self.assertAlmostEqual(float(loss), 2.0)
        loss.backward()
        self.assertIsNone(real[0][0].grad)
        self.assertIsNotNone(fake[0][0].grad)

    def test_perceptual_is_relative_to_each_layer(self) -> None:
        real = [torch.full((2,), 2.0), torch.full((2,), 200.0)]
        fake = [torch.full((2,), 3.0), torch.full((2,), 300.0)]
        self.assertAlmostEqual(float(losses.perceptual(fake, real)), 0.5)

    def test_weighted_l1(self) -> None:
        fake, real = torch.zeros(1, 3, 1, 2), torch.tensor([1.0, 2.0]).view(1, 1, 1, 2).expand(1, 3, 1, 2)
        self.assertAlmostEqual(float(losses.weighted_l1(fake, real, torch.tensor([3.0, 1.0]).view(1, 1, 1, 2))), 5 / 4)


if __name__ == "__main__":
    unittest.main()

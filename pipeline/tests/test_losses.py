"""Losses against numbers worked out by hand, and their gradients against finite differences."""

import math
import tempfile
import unittest
from pathlib import Path

import numpy as np
import torch

from pipeline import losses
from pipeline.perceptual import VGG_STAGES, fixed_features
from pipeline.tests.support import write_fixed_network

Scales = list[list[torch.Tensor]]


def random_scales(seed: int) -> Scales:
    source = torch.Generator().manual_seed(seed)
    return [[torch.randn(2, 3, size, size, dtype=torch.double, generator=source) for size in sizes] for sizes in ((4, 3), (2, 1))]


class Adversarial(unittest.TestCase):
    outputs = [[torch.zeros(1), torch.tensor([[0.5, 1.0]])], [torch.zeros(1), torch.tensor([[0.0]])]]

    def test_least_squares_judges_real_as_one_and_fake_as_zero(self) -> None:
        self.assertAlmostEqual(float(losses.adversarial(self.outputs, True)), (0.125 + 1.0) / 2)
        self.assertAlmostEqual(float(losses.adversarial(self.outputs, False)), (0.625 + 0.0) / 2)

    def test_the_log_form_is_the_cross_entropy_of_a_sigmoid(self) -> None:
        def real(x: float) -> float:
            return -math.log(1 / (1 + math.exp(-x)))

        self.assertAlmostEqual(float(losses.adversarial(self.outputs, True, "log")), ((real(0.5) + real(1)) / 2 + real(0)) / 2, places=5)
        self.assertAlmostEqual(float(losses.adversarial(self.outputs, False, "log")), ((real(-0.5) + real(-1)) / 2 + real(0)) / 2, places=5)

    def test_the_sum_over_scales(self) -> None:
        self.assertAlmostEqual(float(losses.adversarial(self.outputs, True, summed=True)), 0.125 + 1.0)

    def test_an_unknown_form_is_an_error(self) -> None:
        with self.assertRaises(KeyError):
            losses.adversarial(self.outputs, True, "hinge")

    def test_gradients(self) -> None:
        a, b = (layers[-1].clone().requires_grad_() for layers in random_scales(1))
        for form in losses.ADVERSARIAL_FORMS:
            for real in (True, False):
                self.assertTrue(torch.autograd.gradcheck(lambda a, b, form=form, real=real: losses.adversarial([[a], [b]], real, form), (a, b)))

    def test_sixteen_bits_are_summed_in_thirty_two(self) -> None:
        scores = [[torch.full((1, 1, 64, 64), 0.3, dtype=torch.bfloat16)]]
        self.assertAlmostEqual(float(losses.adversarial(scores, False)), float(scores[0][0][0, 0, 0, 0]) ** 2, places=6)


class RegionColours(unittest.TestCase):
    def test_texture_says_nothing_and_a_tint_says_how_much(self) -> None:
        real = torch.zeros(1, 3, 8, 8)
        regions = torch.zeros(1, 1, 8, 8, dtype=torch.uint8)
        regions[..., 4:] = 1
        texture = real.clone()
        texture[..., ::2], texture[..., 1::2] = 0.5, -0.5
        self.assertEqual(float(losses.region_colours(texture, real, regions, 3)), 0)
        tinted = real.clone()
        tinted[:, 0, :, 4:] = 0.6
        self.assertAlmostEqual(float(losses.region_colours(tinted, real, regions, 3)), 0.6 / 3 / 2, places=6)

    def test_a_region_of_few_pixels_does_not_count(self) -> None:
        regions = torch.zeros(1, 1, 8, 8, dtype=torch.uint8)
        regions[..., 0, :3] = 1
        fake = regions.float().expand(1, 3, 8, 8)
        self.assertEqual(float(losses.region_colours(fake, torch.zeros(1, 3, 8, 8), regions, 2)), 0)

    def test_gradients(self) -> None:
        generator = torch.Generator().manual_seed(3)
        fake, real = (torch.randn(2, 3, 6, 6, dtype=torch.double, generator=generator) for _ in range(2))
        regions = (torch.arange(36).view(1, 1, 6, 6).expand(2, 1, 6, 6) // 18).to(torch.uint8)
        self.assertTrue(torch.autograd.gradcheck(lambda x: losses.region_colours(x, real, regions, 2), fake.requires_grad_()))


class FeatureMatching(unittest.TestCase):
    def test_it_leaves_out_the_last_layer_and_the_real_side_gets_no_gradient(self) -> None:
        fake = [[torch.tensor([1.0, 3.0], requires_grad=True), torch.tensor([9.0])]]
        real = [[torch.tensor([0.0, 0.0], requires_grad=True), torch.tensor([0.0])]]
        loss = losses.feature_matching(fake, real)
        self.assertAlmostEqual(float(loss), 2.0)
        loss.backward()
        self.assertIsNone(real[0][0].grad)
        self.assertIsNotNone(fake[0][0].grad)

    def test_weights_as_in_the_code_of_pix2pixhd(self) -> None:
        # Its 3-layer discriminators have four hidden layers: 4 / (3 + 1) each, and one over the number of scales.
        hidden = [[1.0, 2.0, 3.0, 4.0], [5.0, 6.0, 7.0, 8.0]]
        fake = [[torch.full((1, 2, 3, 3), value) for value in (*layers, 100.0)] for layers in hidden]
        real = [[torch.zeros(1, 2, 3, 3)] * 5] * 2
        expected = sum(4 / (3 + 1) * value for layers in hidden for value in layers) / 2
        self.assertAlmostEqual(float(losses.feature_matching(fake, real, "pix2pixHD")), expected, places=5)
        self.assertAlmostEqual(float(losses.feature_matching(fake, real)), 4.5)

    def test_gradients(self) -> None:
        fake, real = random_scales(2), random_scales(3)
        a, b = (layers[0].clone().requires_grad_() for layers in fake)
        scales = lambda a, b: [[a, fake[0][1]], [b, fake[1][1]]]  # noqa: E731
        self.assertTrue(torch.autograd.gradcheck(lambda a, b: losses.feature_matching(scales(a, b), real, "pix2pixHD"), (a, b)))

    def test_large_maps_are_thinned_unless_told_otherwise(self) -> None:
        fake = torch.zeros(1, 1, 128, 128)
        fake[:, :, ::2, ::2] = 1
        scales = [[fake, fake]]
        zero = [[torch.zeros_like(fake)] * 2]
        self.assertAlmostEqual(float(losses.feature_matching(scales, zero)), 1.0)
        self.assertAlmostEqual(float(losses.feature_matching(scales, zero, most=0)), 0.25)


class Perceptual(unittest.TestCase):
    def test_relative_to_the_magnitude_of_each_layer_and_sample(self) -> None:
        real = [torch.tensor([[2.0, 2.0], [4.0, 4.0]]), torch.full((2, 3), 200.0)]
        fake = [torch.tensor([[3.0, 3.0], [5.0, 5.0]]), torch.full((2, 3), 300.0)]
        self.assertAlmostEqual(float(losses.perceptual(fake, real)), ((0.5 + 0.25) / 2 + 0.5) / 2)

    def test_weighted_layers(self) -> None:
        real = [torch.zeros(1, 2), torch.zeros(1, 3)]
        fake = [torch.tensor([[1.0, 3.0]]), torch.full((1, 3), 5.0)]
        self.assertAlmostEqual(float(losses.perceptual(fake, real, (0.5, 2.0))), 0.5 * 2 + 2 * 5)
        with self.assertRaises(ValueError):
            losses.perceptual(fake, real, (1.0,))

    def test_gradients(self) -> None:
        fake, real = random_scales(4)[0], random_scales(5)[0]
        leaves = tuple(layer.clone().requires_grad_() for layer in fake)
        for weights in (None, (0.25, 1.0)):
            self.assertTrue(torch.autograd.gradcheck(lambda *layers, weights=weights: losses.perceptual(list(layers), real, weights), leaves))

    def test_squeezenet_from_the_file_that_torchvision_offers_is_the_one_from_arrays(self) -> None:
        with tempfile.TemporaryDirectory() as name:
            folder = write_fixed_network(Path(name) / "arrays")
            names = ["features.0", "features.3.squeeze", "features.3.expand1x1", "features.3.expand3x3"]
            state = {f"{module}.{kind}": torch.from_numpy(np.load(folder / f"squeezenet0_conv{i}_{kind}.npy"))
                     for i, module in enumerate(names) for kind in ("weight", "bias")}
            torch.save(state, Path(name) / "squeezenet1_1.pth")
            pictures = torch.rand(1, 3, 32, 32) * 2 - 1
            for a, b in zip(fixed_features(folder, 1)(pictures), fixed_features(Path(name) / "squeezenet1_1.pth", 1)(pictures), strict=True):
                self.assertTrue(torch.equal(a, b))
            with self.assertRaisesRegex(FileNotFoundError, "does not exist"):
                fixed_features(Path(name) / "nothing", 1)

    def test_vgg19_from_the_file_that_torchvision_offers(self) -> None:
        source, state, inputs = torch.Generator().manual_seed(6), {}, 3
        for stage, outputs in zip(VGG_STAGES, (64, 128, 256, 512, 512)):
            for i in stage:
                state[f"features.{i}.weight"] = torch.randn(outputs, inputs, 3, 3, generator=source) * (2 / inputs / 9) ** 0.5
                state[f"features.{i}.bias"] = torch.zeros(outputs)
                inputs = outputs
        with tempfile.TemporaryDirectory() as folder:
            torch.save(state, Path(folder) / "vgg19.pth")
            network = fixed_features(Path(folder) / "vgg19.pth", 6)
        with torch.no_grad():
            black = network(torch.full((1, 3, 32, 32), -1.0))
            features = network(torch.rand(1, 3, 32, 32) * 2 - 1)
        self.assertEqual([tuple(f.shape[1:]) for f in features], [(64, 32, 32), (128, 16, 16), (256, 8, 8), (512, 4, 4), (512, 2, 2)])
        # A black picture's first feature, in its middle: the sum of the kernel times (0 - mean) / deviation.
        expected = sum(state["features.0.weight"][:, c].sum((1, 2)) * -m / s for c, (m, s) in enumerate(zip((0.485, 0.456, 0.406), (0.229, 0.224, 0.225))))
        self.assertLess(float((black[0][0, :, 16, 16] - expected.clamp_min(0)).abs().max()), 1e-4)
        self.assertAlmostEqual(float(losses.perceptual(features, [f + 1 for f in features], network.weights, most=0)), 1 + 15 / 32, places=4)


class WeightedL1(unittest.TestCase):
    def test_by_hand(self) -> None:
        fake, real = torch.zeros(1, 3, 1, 2), torch.tensor([1.0, 2.0]).view(1, 1, 1, 2).expand(1, 3, 1, 2)
        self.assertAlmostEqual(float(losses.weighted_l1(fake, real, torch.tensor([3.0, 1.0]).view(1, 1, 1, 2))), 5 / 4)

    def test_gradients(self) -> None:
        fake, real = random_scales(7)[0][0].requires_grad_(), random_scales(8)[0][0]
        weight = torch.rand(2, 1, 4, 4, dtype=torch.double) + 0.5
        self.assertTrue(torch.autograd.gradcheck(lambda x: losses.weighted_l1(x, real, weight), fake))


class Change(unittest.TestCase):
    """One pair: the true change is +0.5 in the upper half, inside."""

    def setUp(self) -> None:
        self.real = torch.zeros(2, 3, 16, 16)
        self.real[1, :, :8] = 0.5
        self.inside = torch.zeros(1, 1, 16, 16)
        self.inside[:, :, :8] = 1

    def change(self, fake: torch.Tensor) -> tuple[float, float]:
        follow, stay = losses.change(fake, self.real, self.inside, 1 - self.inside)
        return float(follow), float(stay)

    def test_the_true_change_costs_nothing_whatever_the_pictures(self) -> None:
        follow, stay = self.change(self.real + torch.rand(1, 3, 16, 16))
        self.assertAlmostEqual(follow, 0, places=5)
        self.assertEqual(stay, 0)

    def test_no_change_is_all_of_it_and_half_a_change_a_quarter(self) -> None:
        none, half = (self.change(self.real * share)[0] for share in (0, 0.5))
        self.assertAlmostEqual(none, 1 / 1.25, delta=0.01)  # 1, less what is kept from drowning the others
        self.assertAlmostEqual(half, 0.25 / (1 + 0.25 / 4), delta=0.01)

    def test_outside_a_change_counts_beyond_rounding(self) -> None:
        fake = self.real.clone()
        fake[1, :, 8:] += 0.1
        self.assertAlmostEqual(self.change(fake)[1], 0.1 - losses.QUIET, places=5)


class Batches(unittest.TestCase):
    """What distributed training rests on: the loss of a batch is the mean of its halves' losses."""

    def assert_mean_of_halves(self, loss: object, *inputs: torch.Tensor) -> None:
        halves = [loss(*(x[k:k + 2] for x in inputs)) for k in (0, 2)]
        self.assertAlmostEqual(float(loss(*inputs)), float(sum(halves)) / 2, places=6)

    def test_every_loss(self) -> None:
        a, b = torch.randn(4, 3, 6, 6), torch.randn(4, 3, 6, 6) * torch.tensor([1.0, 5.0, 2.0, 9.0]).view(4, 1, 1, 1)
        weight = torch.rand(4, 1, 6, 6) * torch.tensor([1.0, 3.0, 7.0, 2.0]).view(4, 1, 1, 1)
        self.assert_mean_of_halves(losses.weighted_l1, a, b, weight)
        self.assert_mean_of_halves(lambda f, r: losses.perceptual([f], [r]), a, b)
        self.assert_mean_of_halves(lambda f, r: losses.perceptual([f], [r], (0.3,)), a, b)
        self.assert_mean_of_halves(lambda f, r: losses.feature_matching([[f, f]], [[r, r]]), a, b)
        self.assert_mean_of_halves(lambda f: losses.adversarial([[f]], True, "log"), a)


if __name__ == "__main__":
    unittest.main()

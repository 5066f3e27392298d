"""The twin's hand-written pieces against PyTorch's own."""

import unittest

import numpy as np
import torch
import torch.nn.functional as F

from pipeline.discriminators import MultiScaleDiscriminator
from pipeline.layers import InstanceNorm, reflect, transposed_convolution
from pipeline.networks import Generator, GeneratorConfig
from pipeline.weights_file import as_stored, from_tensorflow, parameters, to_tensorflow


class Pieces(unittest.TestCase):
    def test_reflection_padding_and_its_gradient(self) -> None:
        x = torch.randn(2, 3, 7, 9, dtype=torch.double, requires_grad=True)
        self.assertTrue(torch.equal(reflect(x, 3), F.pad(x, (3, 3, 3, 3), mode="reflect")))
        self.assertTrue(torch.autograd.gradcheck(lambda v: reflect(v, 3), x))

    def test_transposed_convolution_equals_stride_two_with_output_padding(self) -> None:
        x, k = torch.randn(2, 6, 5, 7), torch.randn(6, 4, 3, 3)
        expected = F.conv_transpose2d(x, k, stride=2, padding=1, output_padding=1)
        self.assertLess(float((transposed_convolution(x, k) - expected).abs().max()), 1e-5)

    def test_instance_norm_is_per_sample(self) -> None:
        norm = InstanceNorm(4)
        with torch.no_grad():
            norm.gamma.normal_()
            norm.beta.normal_()
        x = torch.randn(3, 4, 6, 5) * 3 + 1
        self.assertLess(float((norm(x) - F.instance_norm(x, weight=norm.gamma, bias=norm.beta, eps=1e-5)).abs().max()), 1e-5)


class Networks(unittest.TestCase):
    def test_removed_norms_and_shapes(self) -> None:
        for removed, normed in ((0, 5), (2, 3), (5, 0)):
            generator = Generator(GeneratorConfig(ngf=2, residualBlocks=1, normsRemoved=removed))
            self.assertEqual(sum(step.norm is not None for step in generator.encoder), normed)
            self.assertEqual(tuple(generator(torch.zeros(1, 1, 64, 64)).shape), (1, 3, 64, 64))

    def test_without_norms_the_encoder_sees_only_its_receptive_field(self) -> None:
        generator = Generator(GeneratorConfig(ngf=2, residualBlocks=1, normsRemoved=2))
        x = torch.randn(1, 1, 64, 64)
        changed = x.clone()
        changed[:, :, 40:, 40:] = -1  # far from (16, 16)
        records = [{}, {}]
        for record, value in zip(records, (x, changed)):
            generator(value, None, record)
        for layer, at in (("encoder.0", 16), ("encoder.1", 8)):
            self.assertTrue(torch.equal(records[0][layer][:, :, at, at], records[1][layer][:, :, at, at]))
        self.assertFalse(torch.equal(records[0]["encoder.2"][:, :, 4, 4], records[1]["encoder.2"][:, :, 4, 4]))

    def test_weights_in_channels_last_compute_the_same(self) -> None:
        results = []
        for memory_format in (torch.contiguous_format, torch.channels_last):
            torch.manual_seed(4)
            generator = Generator(GeneratorConfig(ngf=4, downSteps=2, residualBlocks=1, lookLength=3)).to(memory_format=memory_format)
            x = torch.rand(2, 1, 16, 16).to(memory_format=memory_format)
            face = generator(x, torch.rand(2, 3))
            (face * torch.linspace(-1, 1, face.numel()).view(face.shape)).sum().backward()
            results.append([face.detach(), *(value.grad for value in generator.parameters())])
        for a, b in zip(*results):
            self.assertLess(float((a - b).abs().max()), 1e-4 * float(a.abs().max()) + 1e-6)

    def test_the_discriminators_return_maps_of_every_layer(self) -> None:
        outputs = MultiScaleDiscriminator(3, 4)(torch.zeros(1, 1, 64, 64), torch.zeros(1, 3, 64, 64))
        self.assertEqual([len(layers) for layers in outputs], [5, 5, 5])
        self.assertEqual(outputs[0][-1].shape[1], 1)
        self.assertGreater(outputs[0][-1].shape[2], 1)

    def test_layouts_for_the_browser(self) -> None:
        plain = torch.arange(2 * 3 * 3 * 3.0).view(2, 3, 3, 3)
        self.assertEqual(to_tensorflow("encoder.1.kernel", plain).shape, (3, 3, 3, 2))
        self.assertEqual(to_tensorflow("decoder.0.kernel", plain).shape, (3, 3, 3, 2))
        self.assertEqual(float(to_tensorflow("decoder.0.kernel", plain)[1, 2, 0, 1]), float(plain[1, 0, 1, 2]))
        self.assertEqual(to_tensorflow("residual.0.conv1.depthwise", torch.zeros(8, 1, 3, 3)).shape, (3, 3, 8, 1))
        self.assertEqual(float(to_tensorflow("encoder.1.kernel", plain)[0, 2, 1, 0]), float(plain[0, 1, 0, 2]))

    def test_layouts_go_back(self) -> None:
        for name, value in Generator(GeneratorConfig(ngf=2, residualBlocks=1, lookLength=3)).named_parameters():
            self.assertTrue(np.array_equal(from_tensorflow(name, to_tensorflow(name, value)), value.detach().numpy()), name)

    def test_weights_as_stored_are_near_and_stay_put(self) -> None:
        generator = Generator(GeneratorConfig(ngf=8, residualBlocks=1))
        before = {name: array.copy() for name, array in parameters(generator).items()}
        once = {name: array.copy() for name, array in parameters(as_stored(generator, "int8")).items()}
        twice = parameters(as_stored(generator, "int8"))
        for name, array in before.items():
            self.assertLessEqual(float(np.abs(array - once[name]).max()), float(np.abs(array).max()) / 200 + 1e-6, name)
            self.assertLess(float(np.abs(once[name] - twice[name]).max()), 1e-6, name)
        self.assertTrue(any(not np.array_equal(before[name], once[name]) for name in before))


if __name__ == "__main__":
    np.random.seed(0)
    unittest.main()

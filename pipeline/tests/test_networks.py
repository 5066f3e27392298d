"""The twin's hand-written pieces against PyTorch's own."""

import tempfile
import unittest
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F

from pipeline.layers import InstanceNorm, reflect, transposed_convolution
from pipeline.networks import FAMILIES, build, family_of, flat, parameter_kinds
from pipeline.networks.patch_gan import MultiScaleDiscriminator, PatchGanConfig
from pipeline.networks.pix2pix_hd import Generator, GeneratorConfig
from pipeline.weights_file import as_stored, from_tensorflow, load_parameters, parameters, read_weights, to_tensorflow, write_weights


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
        outputs = MultiScaleDiscriminator(PatchGanConfig(3, 4))(torch.zeros(1, 1, 64, 64), torch.zeros(1, 3, 64, 64))
        self.assertEqual([len(layers) for layers in outputs], [5, 5, 5])
        self.assertEqual(outputs[0][-1].shape[1], 1)
        self.assertGreater(outputs[0][-1].shape[2], 1)

    def test_layouts_for_the_browser(self) -> None:
        plain = torch.arange(2 * 3 * 3 * 3.0).view(2, 3, 3, 3)
        self.assertEqual(to_tensorflow("conv", plain).shape, (3, 3, 3, 2))
        self.assertEqual(to_tensorflow("transposedConv", plain).shape, (3, 3, 3, 2))
        self.assertEqual(float(to_tensorflow("transposedConv", plain)[1, 2, 0, 1]), float(plain[1, 0, 1, 2]))
        self.assertEqual(to_tensorflow("depthwise", torch.zeros(8, 1, 3, 3)).shape, (3, 3, 8, 1))
        self.assertEqual(float(to_tensorflow("conv", plain)[0, 2, 1, 0]), float(plain[0, 1, 0, 2]))

    def test_layouts_go_back(self) -> None:
        generator = Generator(GeneratorConfig(ngf=2, residualBlocks=1, lookLength=3))
        kinds = parameter_kinds(generator)
        for name, value in generator.named_parameters():
            self.assertTrue(np.array_equal(from_tensorflow(kinds[name], to_tensorflow(kinds[name], value)), value.detach().numpy()), name)

    def test_weights_as_stored_are_near_and_stay_put(self) -> None:
        generator = Generator(GeneratorConfig(ngf=8, residualBlocks=1))
        before = {name: array.copy() for name, array in parameters(generator).items()}
        once = {name: array.copy() for name, array in parameters(as_stored(generator, "int8")).items()}
        twice = parameters(as_stored(generator, "int8"))
        for name, array in before.items():
            self.assertLessEqual(float(np.abs(array - once[name]).max()), float(np.abs(array).max()) / 200 + 1e-6, name)
            self.assertLess(float(np.abs(once[name] - twice[name]).max()), 1e-6, name)
        self.assertTrue(any(not np.array_equal(before[name], once[name]) for name in before))


# One configuration of each family, with every kind of layer that it has.
SMALL = {
    "pix2pixHd": {"ngf": 4, "downSteps": 2, "residualBlocks": 1, "lookLength": 3, "lookEmbed": 4, "inputChannels": 2, "localEnhancer": {"residualBlocks": 1, "separable": False}},
    "patchGan": {"scales": 2, "ndf": 2, "inputs": 4},
    "unet": {"ngf": 2, "multipliers": [1, 2, 4]},
    "cartoonUnet": {"ngf": 2, "residualBlocks": 1},
    "spectralPatch": {"ndf": 2, "inputChannels": 3},
    "apDrawing": {"ngf": 2, "multipliers": [1, 2, 4], "patchNgf": 2, "patchMultipliers": [1, 2, 4], "areaNgf": 2, "areaMultipliers": [1, 2], "fusionNgf": 3, "fusionBlocks": 1},
    "faceReader": {"widths": [2, 4], "blocks": [1, 1], "decoderWidths": [4]},
    "tpGan": {"sizePx": 32, "ngf": 8, "localNgf": 2, "codeLength": 6,
              "template": {"leftEye": [4, 8, 8, 8], "rightEye": [16, 8, 8, 8], "nose": [10, 16, 16, 8], "mouth": [8, 20, 16, 8]}},
    "identityClassifier": {"codeLength": 6, "people": 3},
}


class Families(unittest.TestCase):
    def test_each_says_of_what_kind_its_parameters_are_and_they_come_back_from_files(self) -> None:
        self.assertEqual(set(SMALL), set(FAMILIES))
        for name, fields in SMALL.items():
            with self.subTest(name), tempfile.TemporaryDirectory() as folder:
                network = build(name, fields)
                self.assertEqual(family_of(network), name)
                kinds = parameter_kinds(network)
                self.assertEqual(list(kinds), list(network.state_dict()))
                dimensions = {"conv": 4, "transposedConv": 4, "depthwise": 4, "dense": 2, "vector": 1}
                for parameter, value in network.state_dict().items():
                    self.assertEqual(dimensions[kinds[parameter]], value.dim(), parameter)
                stored = write_weights(Path(folder), "weights", parameters(network), "float32")
                other = load_parameters(build(name, network.config.to_json()), read_weights(Path(folder), stored))
                for parameter, value in network.state_dict().items():
                    self.assertTrue(torch.equal(other.state_dict()[parameter], value), parameter)

    def test_what_goes_in_and_comes_out_is_what_it_says(self) -> None:
        for name, fields in SMALL.items():
            with self.subTest(name):
                network = build(name, fields)
                inputs = {key: torch.zeros(2, *(side or 32 for side in shape)) for key, shape in FAMILIES[name].inputs(network.config).items()}
                self.assertEqual([y.shape[1] for y in flat(network(*inputs.values()))], [shape[0] for shape in FAMILIES[name].outputs(network.config).values()])

    def test_what_does_not_exist_is_named(self) -> None:
        for family, fields, named in (("pix2pix", {}, "pix2pixHd, patchGan"), ("unet", {"widths": 3}, "widths")):
            with self.assertRaisesRegex(ValueError, named):
                build(family, fields)

    def test_a_parameter_of_no_kind_is_named(self) -> None:
        network = build("unet", SMALL["unet"])
        network.temperature = torch.nn.Parameter(torch.ones(1))
        with self.assertRaisesRegex(ValueError, "temperature"):
            parameter_kinds(network)


if __name__ == "__main__":
    np.random.seed(0)
    unittest.main()

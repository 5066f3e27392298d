"""The ONNX form: plain operators that give the training form's numbers, and, where onnxruntime is installed, the file itself."""

import importlib.util
import tempfile
import unittest
from pathlib import Path

import torch

from pipeline.export_onnx import can_write, differences, export_onnx
from pipeline.layers import norm_of_all, norm_of_each, portable_operators
from pipeline.looks import LOOK_LENGTH
from pipeline.networks.pix2pix_hd import Generator, GeneratorConfig

CASES = {
    "tolerant": {"inputChannels": 2, "lookLength": LOOK_LENGTH},
    "plain blocks, every norm": {"separable": False, "normsRemoved": 0},
    "no norm in the encoder": {"normsRemoved": 5},
    "local enhancer": {"lookLength": LOOK_LENGTH, "localEnhancer": {"residualBlocks": 1, "separable": True}},
}


def small(config: dict) -> Generator:
    torch.manual_seed(5)
    generator = Generator(GeneratorConfig(ngf=4, downSteps=2, residualBlocks=2, **config))
    with torch.no_grad():
        for value in generator.parameters():
            value.add_(torch.randn_like(value) * 0.1)
    return generator.eval()


class Onnx(unittest.TestCase):
    def test_plain_operators_give_the_same_face(self) -> None:
        for name, config in CASES.items():
            with self.subTest(name), torch.no_grad():
                generator = small(config)
                x, look = torch.rand(2, generator.config.inputChannels, 32, 32) * 2 - 1, torch.rand(2, generator.config.lookLength)
                expected = generator(x, look)
                with portable_operators():
                    self.assertLess(float((generator(x, look) - expected).abs().max()), 1e-5)
                self.assertTrue(torch.equal(generator(x, look), expected))  # the training form is back

    @unittest.skipUnless(can_write(), "onnx is not installed")
    def test_the_file_is_written_with_named_inputs(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "face.onnx"
            module = export_onnx(small(CASES["tolerant"]), file, 32)
            self.assertEqual(module.inputs, ["sketch", "tolerance", "look"])
            data = file.read_bytes()
            for word in (b"sketch", b"tolerance", b"look", b"face", b"ConvTranspose", b"InstanceNormalization"):
                self.assertIn(word, data)

    @unittest.skipUnless(can_write() and importlib.util.find_spec("onnxruntime"), "onnx or onnxruntime is not installed")
    def test_the_file_gives_the_same_face_at_any_batch(self) -> None:
        for name, config in CASES.items():
            with self.subTest(name), tempfile.TemporaryDirectory() as folder:
                file = Path(folder) / "face.onnx"
                module = export_onnx(small(config), file, 32)
                self.assertLess(differences(module, file, 32)[1], 1e-4)


class Norms(unittest.TestCase):
    def test_one_norm_for_all_samples_is_a_norm_for_each_with_the_same_gradients(self) -> None:
        torch.manual_seed(2)
        results = []
        inputs = [torch.randn(shape, dtype=torch.double) for shape in ((3, 4, 5, 6), (3, 4), (3, 4))]
        weight = torch.randn(3, 4, 5, 6, dtype=torch.double)
        for norm in (norm_of_each, norm_of_all):
            leaves = [x.clone().requires_grad_() for x in inputs]
            y = norm(*leaves)
            (y * weight).sum().backward()
            results.append([y.detach(), *(leaf.grad for leaf in leaves)])
        for a, b in zip(*results):
            self.assertLess(float((a - b).abs().max()), 1e-10)


if __name__ == "__main__":
    unittest.main()

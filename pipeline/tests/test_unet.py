"""The U-Net against pix2pix's own nested form, written with PyTorch's layers, and what its fixture holds."""

import json
import unittest
from pathlib import Path

import torch
from torch import nn

from pipeline.golden import NETWORKS, network_case
from pipeline.networks import build
from pipeline.networks.unet import Unet, UnetConfig

GOLDEN = Path(__file__).parents[2] / "tests/golden/unet-tiny.json"


class Block(nn.Module):
    """`UnetSkipConnectionBlock` of pytorch-CycleGAN-and-pix2pix: everything between an encoder layer and the decoder layer of its size."""

    def __init__(self, unet: Unet, i: int) -> None:
        super().__init__()
        steps = len(unet.down)
        down, up = unet.down[i], unet.up[steps - 1 - i]
        self.outermost, inner = i == 0, [] if i == steps - 1 else [Block(unet, i + 1)]
        before = [] if self.outermost else [nn.LeakyReLU(0.2)]
        self.model = nn.Sequential(*before, self.convolution(nn.Conv2d, down), *self.norm(down), *inner, nn.ReLU(), self.convolution(nn.ConvTranspose2d, up), *self.norm(up))

    @staticmethod
    def convolution(kind: type, step: nn.Module) -> nn.Module:
        a, b = step.kernel.shape[:2]
        layer = kind(*((b, a) if kind is nn.Conv2d else (a, b)), 4, 2, 1, bias=step.bias is not None)
        layer.weight.data = step.kernel.data
        if step.bias is not None:
            layer.bias.data = step.bias.data
        return layer

    @staticmethod
    def norm(step: nn.Module) -> list[nn.Module]:
        if step.norm is None:
            return []
        norm = nn.BatchNorm2d(len(step.norm.gamma))
        norm.weight.data, norm.bias.data, norm.running_mean, norm.running_var = step.norm.gamma.data, step.norm.beta.data, step.norm.mean.clone(), step.norm.variance.clone()
        return [norm]

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return torch.tanh(self.model(x)) if self.outermost else torch.cat([x, self.model(x)], 1)


class Unets(unittest.TestCase):
    def network(self, dropout: float = 0.0) -> Unet:
        torch.manual_seed(2)
        network = Unet(UnetConfig(ngf=3, multipliers=(1, 2, 4, 4), inputChannels=2, outputChannels=1, dropout=dropout))
        with torch.no_grad():
            for value in network.parameters():
                value.add_(torch.randn_like(value) * 0.2)
        return network

    def test_it_is_the_one_of_pix2pix_in_training_and_in_use(self) -> None:
        network = self.network()
        nested = Block(network, 0)
        x = torch.rand(2, 2, 32, 48) * 2 - 1
        for mode in (True, False):  # training first: both remember the same statistics for use
            network.train(mode)
            nested.train(mode)
            self.assertLess(float((network(x) - nested(x)).abs().max()), 1e-5)
        self.assertGreater(float((network.up[0].norm.variance - 1).abs().max()), 1e-3)

    def test_dropout_is_for_training_and_for_the_deep_decoder(self) -> None:
        network, x = self.network(dropout=0.5), torch.rand(1, 2, 32, 32)
        self.assertEqual([step.dropout for step in network.up], [0.5, 0, 0, 0])
        self.assertEqual([step.dropout for step in Unet(UnetConfig(ngf=1)).up], [0.5] * 3 + [0] * 5)
        record: dict[str, torch.Tensor] = {}
        network.train()(x, record)
        self.assertGreater(float((record["up.0"] == 0).float().mean()), 0.2)
        self.assertTrue(torch.equal(network.eval()(x), network(x)))

    def test_pictures_that_cannot_be_halved_so_often_are_refused(self) -> None:
        with self.assertRaisesRegex(ValueError, "multiples of 16, not 24x32"):
            self.network()(torch.zeros(1, 2, 32, 24))

    def test_the_fixture_is_what_golden_writes(self) -> None:
        stored, made = json.loads(GOLDEN.read_text()), network_case(*NETWORKS["unet-tiny"], 0)
        self.assertEqual({key: stored[key] for key in ("family", "config", "params", "inputs")}, {key: made[key] for key in ("family", "config", "params", "inputs")})
        self.assertEqual(list(stored["params"])[:4], ["down.0.kernel", "down.0.bias", "down.1.kernel", "down.1.norm.gamma"])
        for mode in ("inference", "training"):
            self.assertAlmostEqual(stored[mode]["meanSquare"]["value"], made[mode]["meanSquare"]["value"], places=6)
        self.assertNotAlmostEqual(stored["inference"]["meanSquare"]["value"], stored["training"]["meanSquare"]["value"], places=3)
        network = build(stored["family"], stored["config"])
        self.assertEqual(set(stored["inference"]["meanSquare"]["params"]), {name for name, _ in network.named_parameters()})


if __name__ == "__main__":
    unittest.main()

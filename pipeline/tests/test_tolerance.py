"""The tolerance map and the clumsiness that it announces; the golden file that holds the TypeScript to it."""

import json
import unittest
from pathlib import Path

import numpy as np
import torch

from pipeline.networks.pix2pix_hd import Generator, GeneratorConfig
from pipeline.tolerance import MAX_TOLERANCE_PX, PARTS, Clumsiness, basis, tolerance_map, trusted
from pipeline.warm_start import adapted


class ToleranceTest(unittest.TestCase):
    def test_map_equals_the_golden_file(self) -> None:
        for case in json.loads(Path("tests/golden/tolerance.json").read_text()):
            found = tolerance_map(np.asarray(case["tolerance"]), case["sizePx"])
            np.testing.assert_allclose(found.ravel(), case["map"], atol=1e-5)

    def test_shares_add_up_and_each_part_rules_where_it_lies(self) -> None:
        shares = basis(64)
        np.testing.assert_allclose(shares.sum(0), 1, atol=1e-5)
        mouth = shares[list(PARTS).index("mouth"), int(0.79 * 64), 32]
        self.assertGreater(mouth, 0.8)
        self.assertGreater(shares[list(PARTS).index("rest"), 1, 1], 0.9)

    def test_exact_lines_stay_and_forgiven_ones_stray_as_far_as_announced(self) -> None:
        line = np.stack([np.linspace(60, 450, 200), np.full(200, 300.0)], 1)
        still = Clumsiness(np.zeros(6), np.random.default_rng(1)).move(line)
        np.testing.assert_array_equal(still, line)
        moves = [Clumsiness(np.ones(6), np.random.default_rng(n)).move(line) - line for n in range(200)]
        deviation = float(np.std(moves))
        self.assertGreater(deviation, 0.5 * MAX_TOLERANCE_PX)
        self.assertLess(deviation, 1.1 * MAX_TOLERANCE_PX)

    def test_warm_start_keeps_the_function(self) -> None:
        torch.manual_seed(3)
        shape = {"ngf": 4, "downSteps": 2, "residualBlocks": 2, "lookLength": 5, "lookEmbed": 8}
        small, large = Generator(GeneratorConfig(**shape)), Generator(GeneratorConfig(**shape, separable=False, inputChannels=2))
        large.load_state_dict(adapted(small.state_dict(), large.state_dict()))
        x, look = torch.rand(2, 1, 32, 32) * 2 - 1, torch.rand(2, 5)
        exact = torch.cat([x, trusted(x, torch.zeros_like(x))], 1)
        with torch.no_grad():
            torch.testing.assert_close(large(exact, look), small(x, look), atol=1e-5, rtol=1e-4)

    def test_lines_that_may_be_off_fade_from_the_second_channel(self) -> None:
        drawn = np.array([-1.0, -1.0, -1.0, 1.0])
        np.testing.assert_allclose(trusted(drawn, np.array([0, 0.5, 1, 0.5])), [-1, 0, 1, 1])

    def test_warm_start_names_what_does_not_fit(self) -> None:
        small, wide = Generator(GeneratorConfig(ngf=4, downSteps=1, residualBlocks=1)), Generator(GeneratorConfig(ngf=8, downSteps=1, residualBlocks=1))
        with self.assertRaisesRegex(ValueError, "same widths"):
            adapted(small.state_dict(), wide.state_dict())


if __name__ == "__main__":
    unittest.main()

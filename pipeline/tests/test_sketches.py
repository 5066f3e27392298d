"""The rasteriser's port against the shared fixture, and sketches as functions of their seed alone."""

import base64
import json
import unittest
from pathlib import Path

import numpy as np

from pipeline.looks import FIELDS, LOOK_LENGTH, encode_look
from pipeline.pack import MIRROR
from pipeline.rasterizer import rasterize
from pipeline.sketches import PLAIN, SketchStyle, sketch

ROOT = Path(__file__).parents[2]


class Rasterizer(unittest.TestCase):
    def test_the_shared_fixture_byte_for_byte(self) -> None:
        fixture = json.loads((ROOT / "tests/golden/rasterizer.json").read_text())
        cases = fixture["cases"] if isinstance(fixture, dict) else fixture
        self.assertGreaterEqual(len(cases), 4)
        for case in cases:
            size = case["sizePx"]
            expected = np.frombuffer(base64.b64decode(case["grey"]), np.uint8).reshape(size, size)
            drawn = rasterize([np.asarray(line) for line in case["lines"] if len(line)], size)
            difference = np.abs(drawn.astype(int) - expected)
            self.assertEqual(int(difference.max()), 0)

    def test_a_level_line_two_pixels_wide_at_half_size(self) -> None:
        drawn = rasterize([np.array([[100, 101, 2], [200, 101, 2.0]])], 256)
        self.assertTrue((drawn[50, 52:98] == 0).all())  # centres of row 50 lie on the line
        self.assertTrue((drawn[[49, 51], 52:98] == 255).all())


class Sketches(unittest.TestCase):
    points = np.asarray(json.loads((ROOT / "src/faces/meanFace.json").read_text()))
    outlines = {"hair": [[[100, 100], [250, 30], [400, 100]]], "ears": [], "neck": [[[200, 470], [200, 500], [180, 511]]]}

    def test_the_same_seed_draws_the_same_sketch(self) -> None:
        a, b, c = (sketch(self.points, self.outlines, 256, SketchStyle(), np.random.default_rng(s)) for s in (3, 3, 4))
        self.assertTrue((a == b).all())
        self.assertFalse((a == c).all())

    def test_a_plain_sketch_is_the_bare_contour(self) -> None:
        drawn = sketch(self.points, self.outlines, 256, PLAIN, np.random.default_rng(0))
        x, y = (self.points[8] * 256).astype(int)
        self.assertLess(int(drawn[y - 1:y + 2, x].min()), 160)  # the chin is inked
        self.assertEqual(int(drawn[:60].min()), 255)  # no hair

    def test_mirroring_landmarks_twice_is_nothing(self) -> None:
        self.assertEqual(MIRROR[MIRROR].tolist(), list(range(68)))
        mean = self.points[MIRROR] * (-1, 1) + (1, 0)
        self.assertLess(float(np.abs(mean - self.points).max()), 1e-4)


class Looks(unittest.TestCase):
    def test_a_given_field_sets_its_flag_and_an_open_one_is_all_zeros(self) -> None:
        vector = encode_look({"sex": 1, "hairColour": [255, 0, 127.5]})
        self.assertEqual(len(vector), LOOK_LENGTH)
        self.assertEqual(vector[:2].tolist(), [1, 1])
        self.assertEqual(vector[2:8].tolist(), [0] * 6)
        self.assertEqual(vector[8:12].tolist(), [1, -1, 0, 1])
        self.assertEqual(float(np.abs(vector[12:]).sum()), 0)

    def test_every_field_has_a_default_that_encodes(self) -> None:
        vector = encode_look({f["id"]: f["default"] for f in FIELDS})
        self.assertEqual(int((vector == 1).sum() >= len(FIELDS)), 1)


if __name__ == "__main__":
    unittest.main()

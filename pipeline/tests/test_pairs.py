"""Pairs as functions of their seed and number, differing only where they say; one hand draws both sketches."""

import tempfile
import unittest
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch

from pipeline.looks import LOOK_LENGTH
from pipeline.pairs import EDITED, INNER_MOUTH_WEIGHT, IRIS, REGIONS, SLICES, Face, Mixture, PairDataset, coloured_regions, opens, other_shape, weight_of_regions
from pipeline.sketches import PLAIN, SketchStyle
from pipeline.tests.packs import write_pack

SIZE = 64


class Pairs(unittest.TestCase):
    @classmethod
    def setUpClass(cls) -> None:
        cls.folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.folder.cleanup)
        cls.pack = write_pack(Path(cls.folder.name) / "pack", SIZE)

    def dataset(self, first: int = 0, style: SketchStyle = SketchStyle(), **mixture: float) -> PairDataset:
        return PairDataset(self.pack, style, Mixture(**mixture), 7, first, 100, look_dropout=0.1, no_look=0.0)

    def test_an_item_depends_on_seed_and_number_alone_so_that_a_run_can_go_on(self) -> None:
        a, b = self.dataset(0)[5], self.dataset(3)[2]
        for name, value in a.items():
            self.assertTrue(torch.equal(value, b[name]), name)
        self.assertFalse(torch.equal(a["sketches"], self.dataset(0)[6]["sketches"]))

    def test_shapes_and_ranges(self) -> None:
        item = self.dataset()[0]
        self.assertEqual({name: tuple(x.shape) for name, x in item.items()},
                         {"sketches": (2, 3, SIZE, SIZE), "photos": (2, 3, SIZE, SIZE), "weights": (2, 1, SIZE, SIZE), "look": (LOOK_LENGTH,),
                          "inside": (1, SIZE, SIZE), "outside": (1, SIZE, SIZE), "landmarks": (2, 68, 2), "judged": (), "regions": (1, SIZE, SIZE)})
        self.assertLessEqual(float(item["sketches"].abs().max()), 1)
        self.assertEqual(float((item["inside"] * item["outside"]).max()), 0)

    def test_the_people_are_those_of_training_and_a_family_is_one_of_them(self) -> None:
        self.assertEqual((self.dataset().people, len(self.dataset().families)), ([0, 1, 2, 4], 1))

    def test_a_family_differs_in_one_part_and_the_weights_know_where(self) -> None:
        data, seen = self.dataset(family=1, warp=0, deformed=0), 0
        for k in range(12):
            item = data[k]
            change = (item["photos"][0].int() - item["photos"][1].int()).abs().amax(0)
            self.assertEqual(int(change[item["outside"][0] > 0].max()), 0)
            seen += int(change[item["inside"][0] > 0].any())
        self.assertGreater(seen, 3)

    def test_one_hand_draws_both_sketches(self) -> None:
        """Outside of where the part lies, wobble, gaps, width and everything else agree."""
        style = SketchStyle(move=0, traced=0, traced_hair=0, traced_skin=0)
        data = self.dataset(style=style, family=1, warp=0, deformed=0, exact=1)
        for k in range(12):
            item = data[k]
            differs = (item["sketches"][0, 0] != item["sketches"][1, 0]).float()
            grown = torch.nn.functional.max_pool2d(item["inside"], 9, 1, 4)[0]
            self.assertEqual(float((differs * (grown == 0)).sum()), 0, k)

    def test_what_an_invention_should_look_like_is_not_judged_but_where_it_lies_is_known(self) -> None:
        data = self.dataset(style=replace(SketchStyle(), wobble_px=0, part_offset_px=0, move=0, double_lid=0, width=(2, 2)), family=0, warp=0, deformed=0)
        for k in range(6):
            item = data[k]
            self.assertTrue(torch.equal(item["photos"][0], item["photos"][1]))
            self.assertEqual(float(item["inside"].sum()), 0)
            changed = item["sketches"][0, 0] != item["sketches"][1, 0]
            self.assertEqual(int((changed & (item["weights"][1, 0] > 0)).sum()), 0)
            moved = (item["landmarks"][0] - item["landmarks"][1]).norm(dim=1) > 0
            self.assertTrue(moved.any() and not moved.all())

    def test_an_invented_part_moves_alone_and_mouths_open(self) -> None:
        own, rng = self.pack.landmarks[0], np.random.default_rng(3)
        opened = 0
        for part, indices in EDITED.items():
            for _ in range(20):
                points = other_shape(part, own, self.pack.landmarks[1], rng)
                others = [i for i in range(68) if i not in indices]
                self.assertTrue(np.array_equal(points[others], own[others]))
                opened += points[66, 1] - points[62, 1] > own[66, 1] - own[62, 1] + 0.02
        self.assertGreater(opened, 2)

    def test_what_lies_between_open_lips_counts_most(self) -> None:
        points = self.pack.landmarks[0].copy()
        points[60:68] = [[0.4, 0.7], [0.45, 0.65], [0.5, 0.65], [0.55, 0.65], [0.6, 0.7], [0.55, 0.8], [0.5, 0.8], [0.45, 0.8]]
        self.assertTrue(opens(points))
        weights = weight_of_regions(Face(np.zeros((64, 64, 3), np.uint8), np.full((64, 64), 4, np.uint8), np.zeros((64, 64)), points, {}))
        self.assertEqual(weights[46, 32], INNER_MOUTH_WEIGHT)
        self.assertLess(weights[30, 32], INNER_MOUTH_WEIGHT)
        points[[61, 62, 63, 65, 66, 67], 1] = 0.7
        self.assertFalse(opens(points))

    def test_irises_are_a_region_within_the_eyes(self) -> None:
        points = self.pack.landmarks[0].copy()
        points[36:42] = [[0.2, 0.4], [0.25, 0.3], [0.35, 0.3], [0.4, 0.4], [0.35, 0.5], [0.25, 0.5]]
        mask = np.full((64, 64), 5, np.uint8)
        mask[20:32, 10:30] = 2
        found = coloured_regions(Face(np.zeros((64, 64, 3), np.uint8), mask, mask, points, {}))
        rows, columns = np.nonzero(found == IRIS)
        self.assertAlmostEqual(rows.mean(), 0.4 * 64 - 0.5, delta=0.6)
        self.assertAlmostEqual(columns.mean(), 0.3 * 64 - 0.5, delta=0.6)
        self.assertEqual(set(mask[found == IRIS]), {2})
        self.assertLess(found.max(), REGIONS)
        clothes = coloured_regions(Face(np.zeros((64, 64, 3), np.uint8), np.full((64, 64), 7, np.uint8), mask, points, {}))
        self.assertGreaterEqual(clothes.min(), REGIONS)

    def test_open_mouths_are_taken_most_often(self) -> None:
        data = self.dataset()
        (_, (mouth, _), (brows, _)) = data.families[0]
        self.assertGreater(data.wanted[mouth], data.wanted[brows])

    def test_a_drawn_beard_and_drawn_hair_leave_their_fields_open_more_often(self) -> None:
        open_of = {}
        for name, style in (("drawn", replace(PLAIN, hair=1, beard=1)), ("bare", PLAIN)):
            items = [self.dataset(style=style, family=1)[k]["look"] for k in range(80)]
            open_of[name] = [np.mean([not look[SLICES[field]].any() for look in items]) for field in ("hairStyle", "beard")]
        for drawn, bare in zip(open_of["drawn"], open_of["bare"]):
            self.assertGreater(drawn, 0.45)
            self.assertLess(bare, 0.3)

    def test_packs_without_families_give_pairs_all_the_same(self) -> None:
        data = self.dataset()
        data.families = []
        for k in range(6):
            self.assertTrue(torch.isfinite(data[k]["sketches"]).all())


if __name__ == "__main__":
    unittest.main()

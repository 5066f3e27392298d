"""Training items as functions of their seed and number, and edits that differ only where they say."""

import json
import tempfile
import unittest
from pathlib import Path

import numpy as np
import torch

from pipeline.data import EditDataset, Pack, SketchFaceDataset
from pipeline.looks import LOOK_LENGTH, encode_look
from pipeline.sketches import SketchStyle

MEAN_FACE = np.asarray(json.loads((Path(__file__).parents[2] / "src/faces/meanFace.json").read_text()))


def small_pack(folder: Path) -> Pack:
    """Four made-up people, one of them (10020) kept for validation."""
    rng = np.random.default_rng(0)
    names = ["010001", "010002", "010003", "010020"]
    landmarks = np.stack([MEAN_FACE + rng.normal(0, 0.01, MEAN_FACE.shape) for _ in names])
    np.savez(folder / "pack.npz", photos=rng.integers(0, 256, (4, 256, 256, 3), dtype=np.uint8), masks=rng.integers(0, 9, (4, 256, 256), dtype=np.uint8),
             landmarks=landmarks, looks=np.stack([encode_look({"age": 20 + k, "lightSide": 0.5}) for k in range(4)]), names=np.asarray(names))
    hair = [[[100, 200], [150, 60], [256, 20], [360, 60], [410, 200]]]
    (folder / "outlines.json").write_text(json.dumps([{"hair": hair, "ears": [], "neck": []}] * 4))
    return Pack(folder)


class Data(unittest.TestCase):
    def setUp(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.pack = small_pack(Path(self.folder.name))

    def dataset(self, first: int) -> SketchFaceDataset:
        return SketchFaceDataset(self.pack, SketchStyle(), 7, first, 100, look_dropout=0.1, no_look=0.05, warp=0.6)

    def test_the_split_keeps_every_twentieth_name(self) -> None:
        self.assertEqual((self.pack.training, self.pack.validation), ([0, 1, 2], [3]))

    def test_an_item_depends_on_seed_and_number_alone_so_that_a_run_can_go_on(self) -> None:
        a, b = self.dataset(0)[5], self.dataset(3)[2]
        self.assertEqual(list(a), list(b))
        for name, value in a.items():
            self.assertTrue(torch.equal(value, b[name]), name)
        self.assertFalse(torch.equal(a["sketch"], self.dataset(0)[6]["sketch"]))

    def test_shapes_and_ranges(self) -> None:
        item = self.dataset(0)[0]
        self.assertEqual({name: tuple(x.shape) for name, x in item.items()},
                         {"sketch": (1, 256, 256), "photo": (3, 256, 256), "look": (LOOK_LENGTH,), "weight": (1, 256, 256), "tolerance": (6,)})
        self.assertEqual((item["sketch"].dtype, item["photo"].dtype), (torch.uint8, torch.uint8))
        self.assertGreaterEqual(float(item["weight"].min()), 1)
        self.assertEqual(item["tolerance"].tolist(), [0] * 6)

    def test_an_edit_changes_the_sketch_only_where_the_picture_may_change(self) -> None:
        edits = EditDataset(self.pack, 7, 0, 100)
        unknown = known = 0
        for k in range(24):
            edit = edits[k]
            changed = edit["before"] != edit["after"]
            if torch.equal(edit["photoBefore"], edit["photoAfter"]):
                self.assertEqual(int((changed & (edit["weight"] > 0)).sum()), 0)
                unknown += int(changed.any())
            else:
                self.assertEqual(float(edit["weight"].min()), 1)
                known += int(changed.any())
        self.assertGreater(unknown, 3)
        self.assertGreater(known, 3)


if __name__ == "__main__":
    unittest.main()

"""The reader of faces: places in closed form, losses that are least at the truth, what it learns from, and that it is trained, resumed and used as a loss."""

import json
import tempfile
import unittest
from pathlib import Path

import numpy as np
import torch
from PIL import Image

from pipeline import losses
from pipeline.checkpoints import read_state
from pipeline.landmark_reader import WEIGHTS
from pipeline.losses import places
from pipeline.methods.face_reader import landmark_losses
from pipeline.networks import build
from pipeline.pack_pictures import PicturePack, pack
from pipeline.reader_data import MIRRORED_REGIONS, UNKNOWN, Example, Kinds, ReaderDataset, moved
from pipeline.tests.packs import MEAN_FACE, write_pack
from pipeline.tests.support import rows_of, small_run, write_fixed_network
from pipeline.training.config import TrainingConfig
from pipeline.training.run import run

TINY = {"widths": (4, 6, 8), "blocks": (1, 1, 1), "decoderWidths": (4, 6)}


def write_anime(folder: Path) -> Path:
    (folder / "picture").mkdir(parents=True)
    rng = np.random.default_rng(1)
    rows = [{"name": f"7000{n}", "landmarks68": (MEAN_FACE + n / 1000).tolist()} for n in (19, 20, 21)]
    for row in rows:
        Image.fromarray(rng.integers(0, 256, (64, 64, 3), dtype=np.uint8)).save(folder / "picture" / f"{row['name']}.jpg")
    (folder / "anime.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    return folder


class Reading(unittest.TestCase):
    @classmethod
    def setUpClass(cls) -> None:
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.folder = Path(folder.name)
        cls.pack = write_pack(cls.folder / "pack", 64)
        cls.anime = pack("anime", write_anime(cls.folder / "anime"), cls.folder / "animePack")

    def test_a_pack_of_pictures_keeps_its_split_and_its_landmarks(self) -> None:
        again = PicturePack(self.folder / "animePack")
        self.assertEqual(([again.names[i] for i in again.training], [again.names[i] for i in again.validation]), (["700019", "700021"], ["700020"]))
        self.assertAlmostEqual(float(again.landmarks[2, 0, 0]), float(MEAN_FACE[0, 0] + 0.021), places=5)
        (self.folder / "none").mkdir()
        (self.folder / "none/faces.jsonl").write_text('{"name": "010001", "landmarks68": []}\n')
        with self.assertRaisesRegex(ValueError, "no turned pictures"):
            pack("turned", self.folder / "none", self.folder / "nonePack")

    def test_a_place_is_the_expectation_under_the_softmax(self) -> None:
        maps = torch.full((1, 2, 4, 8), -1e4)
        maps[0, 0, 1, 5] = 0
        maps[0, 1, 0, 0] = maps[0, 1, 0, 7] = 3
        self.assertTrue(torch.allclose(places(maps)[0], torch.tensor([[5.5 / 8, 1.5 / 4], [0.5, 0.5 / 4]]), atol=1e-6))

    def test_both_losses_of_a_landmark_are_least_where_it_is(self) -> None:
        truth = torch.tensor([[[0.4, 0.6]]])
        y, x = torch.meshgrid((torch.arange(32) + 0.5) / 32, (torch.arange(32) + 0.5) / 32, indexing="ij")
        at = lambda px, py: -(((x - px) * 32) ** 2 + ((y - py) * 32) ** 2)[None, None] / 2
        found = {place: landmark_losses(at(*place), truth, torch.ones(1, 1)) for place in ((0.4, 0.6), (0.43, 0.6), (0.4, 0.52))}
        for kind in (0, 1):
            self.assertTrue(all(found[0.4, 0.6][kind] < found[other][kind] for other in list(found)[1:]))
        self.assertEqual([float(loss) for loss in landmark_losses(at(0.1, 0.1), truth, torch.zeros(1, 1))], [0, 0])

    def test_landmarks_of_faces_cost_their_distance_in_percent_of_the_side(self) -> None:
        weights = torch.tensor(WEIGHTS)
        self.assertAlmostEqual(float(weights.mean()), 1, places=1)
        wanted = torch.full((1, 68, 2), 0.5)
        read = wanted + torch.tensor([0.02, 0.005])
        expected = (2 - 0.5 + 0.5 * 0.5**2) * float(weights.mean())
        self.assertAlmostEqual(float(losses.landmarks(read, wanted, weights)), expected, places=4)

    def test_an_item_depends_on_seed_and_number_alone_and_knows_regions_where_there_are_masks(self) -> None:
        data = lambda first, **kinds: ReaderDataset(self.pack, {"anime": self.anime}, Kinds(**kinds), 64, 5, first, 100)
        for name, value in data(0)[7].items():
            self.assertTrue(torch.equal(value, data(4)[3][name]), name)
        photo, anime = data(0, anime=0, sketch=0)[1], data(0, anime=1)[1]
        self.assertEqual({name: tuple(value.shape) for name, value in photo.items()}, {"picture": (3, 64, 64), "landmarks": (68, 2), "regions": (32, 32)})
        self.assertTrue(bool((anime["regions"] == UNKNOWN).all()) and not bool((photo["regions"] == UNKNOWN).all()))

    def test_a_moved_picture_moves_its_landmarks_alike(self) -> None:
        picture = np.zeros((64, 64, 3), np.uint8)
        picture[20:23, 40:43] = 255
        for seed in range(5):
            seen, _, points = moved(picture, None, np.array([[41.5 / 64, 21.5 / 64]]), 64, np.random.default_rng(seed))
            weight = seen[..., 0]
            centre = [(weight.sum(axis) * (np.arange(64) + 0.5)).sum() / weight.sum() / 64 for axis in (0, 1)]
            self.assertLess(np.abs(np.array(centre) - points[0]).max(), 0.012)

    def test_a_mirror_exchanges_left_and_right_eye(self) -> None:
        self.assertEqual(MIRRORED_REGIONS[[0, 1, 2, 3, UNKNOWN]].tolist(), [0, 2, 1, 3, UNKNOWN])
        self.assertIsNone(Example(np.zeros((2, 2, 3), np.uint8), MEAN_FACE, None).mask)

    def test_it_learns_and_then_serves_as_a_loss_of_the_generator(self) -> None:
        write_fixed_network(self.folder / "squeezenet")
        run(TrainingConfig.of("face_reader", {
            "run": str(self.folder / "reader"), "pack": str(self.folder / "pack"), "pictures": {"anime": str(self.folder / "animePack")}, "size": 64, "batch": 2,
            "reader": TINY, "steps": 3, "precision": "float32", "device": "cpu", "workers": 0, "threads": 1}))
        self.assertEqual(set(rows_of(self.folder / "reader/log.csv")[-1]) & {"map", "place", "regions"}, {"map", "place", "regions"})
        kept = rows_of(self.folder / "reader/validation.csv")[-1]
        self.assertTrue(all(0 < float(kept[name]) for name in ("photoError", "animeError")))
        for name, fields in (("with", {"reader": str(self.folder / "reader/last.pt")}), ("without", {})):
            run(small_run(self.folder, name, steps=2, **fields))
        self.assertGreater(float(rows_of(self.folder / "with/log.csv")[-1]["landmarks"]), 0)
        generators = [read_state(self.folder / name / "last.pt")["networks"]["generator"]["state"]["encoder.0.kernel"] for name in ("with", "without")]
        self.assertFalse(torch.equal(*generators))

    def test_other_sizes_are_refused(self) -> None:
        with self.assertRaisesRegex(ValueError, "multiples of 8, not 64x60"):
            build("faceReader", TINY)(torch.zeros(1, 3, 60, 64))
        with self.assertRaisesRegex(ValueError, "one decoder width less"):
            build("faceReader", TINY | {"decoderWidths": (4,)})


if __name__ == "__main__":
    unittest.main()

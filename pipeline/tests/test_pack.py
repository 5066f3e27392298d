"""Folders of faces -> a pack: several folders and lists, the split file, missing masks and attributes, and what training reads back."""

import json
import pickle
import tempfile
import unittest
from pathlib import Path

import numpy as np
from PIL import Image

from pipeline.looks import FIELDS, encode_look, field_slices
from pipeline.pack import landmark_mask, outlines_of, pack, read_rows, with_inner_mouth
from pipeline.pack_files import Pack, PackWriter
from pipeline.split import read_split
from pipeline.tests.packs import MEAN_FACE

SIZE = 64
ATTRIBUTES = {"male": 1, "age": 30, "grey": 0, "hair": "crop", "beard": "none", "eye": "blue", "light": "soft"}


def write_faces(folder: Path, names: list[str], attributes: dict | None = ATTRIBUTES, masks: bool = True, index: str = "faces.jsonl") -> Path:
    """A folder in the layout of faces/: noise with a disc of hair behind a face."""
    for part in ("photo", "mask"):
        (folder / part).mkdir(parents=True, exist_ok=True)
    rng = np.random.default_rng(len(names))
    y, x = np.mgrid[:SIZE, :SIZE] / SIZE - 0.5
    mask = np.where(x**2 + y**2 < 0.16, 6, 0).astype(np.uint8)
    mask = np.where(landmark_mask(MEAN_FACE, SIZE) > 0, landmark_mask(MEAN_FACE, SIZE), mask).astype(np.uint8)
    with (folder / index).open("a") as file:
        for name in names:
            Image.fromarray(rng.integers(0, 256, (SIZE, SIZE, 3), dtype=np.uint8)).save(folder / "photo" / f"{name}.jpg", quality=95)
            if masks:
                Image.fromarray(mask).save(folder / "mask" / f"{name}.png")
            row = {"name": name, "landmarks68": MEAN_FACE.tolist()} | ({"attributes": attributes} if attributes is not None else {})
            file.write(json.dumps(row) + "\n")
    return folder


def open_fields(look: np.ndarray) -> set[str]:
    return {field["id"] for field, part in zip(FIELDS, field_slices()) if not look[part].any()}


class PackTest(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def test_teeth_are_mouth_and_are_not_outlined_as_hair(self) -> None:
        points = MEAN_FACE.copy()
        points[[55, 56, 57, 58, 59, 65, 66, 67], 1] += 0.06
        mask = landmark_mask(points, 256)
        y, x = np.mgrid[:256, :256] / 256
        left, right, top, bottom = points[60, 0], points[64, 0], points[62, 1], points[66, 1]
        teeth = (x > left + 0.02) & (x < right - 0.02) & (y > top + 0.01) & (y < bottom - 0.01)
        mask[teeth] = 6
        self.assertTrue(outlines_of(mask, points)["hair"])
        mended = with_inner_mouth(mask, points)
        self.assertEqual(set(mended[teeth]), {4})
        self.assertEqual(outlines_of(mended, points)["hair"], [])
        self.assertTrue(np.array_equal(mended[~teeth], mask[~teeth]))

    def test_several_folders_and_lists_become_one_pack(self) -> None:
        a = write_faces(self.folder / "a", ["010019", "010020"])
        b = write_faces(self.folder / "b", ["050001"], index="faces-50001.jsonl")
        write_faces(b, ["050002"], index="faces-50002.jsonl")
        pack([a, b], self.folder / "pack", SIZE)
        read = Pack(self.folder / "pack")
        self.assertEqual(read.names, ["010019", "010020", "050001", "050002"])
        self.assertEqual((read.training, read.validation), ([0, 2, 3], [1]))
        photo = np.asarray(Image.open(b / "photo/050002.jpg"))
        np.testing.assert_array_equal(read.photos[3], photo)
        np.testing.assert_array_equal(read.masks[3], np.asarray(Image.open(b / "mask/050002.png")))
        np.testing.assert_allclose(read.landmarks[3], MEAN_FACE, atol=1e-6)
        self.assertEqual(open_fields(read.looks[3]), set())

    def test_pictures_are_mapped_and_not_read(self) -> None:
        pack([write_faces(self.folder / "a", ["20", "2"])], self.folder / "pack", SIZE)
        read = Pack(self.folder / "pack")
        self.assertIsInstance(read.photos, np.memmap)
        self.assertIsInstance(read.masks, np.memmap)
        sent = pickle.dumps(read)
        self.assertLess(len(sent), 1000)
        self.assertEqual(pickle.loads(sent).names, read.names)

    def test_outlines_come_back_as_they_were_made(self) -> None:
        source = write_faces(self.folder / "a", ["20", "2", "3"])
        (source / "mask/2.png").unlink()
        pack([source], self.folder / "pack", SIZE)
        outlines = Pack(self.folder / "pack").outlines
        mask = np.asarray(Image.open(source / "mask/3.png").resize((256, 256), Image.NEAREST))
        made = outlines_of(mask, MEAN_FACE.astype(np.float32))
        self.assertGreater(len(made["hair"]), 0)
        for i in (0, 2):
            self.assertEqual({kind: [line.tolist() for line in lines] for kind, lines in outlines[i].items() if kind in made}, made)
        self.assertEqual({kind: len(lines) for kind, lines in outlines[1].items()}, {"hair": 0, "ears": 0, "neck": 0, "strands": 0, "beard": 0})
        self.assertEqual(len(outlines), 3)

    def test_what_is_unknown_stays_open(self) -> None:
        pack([write_faces(self.folder / "a", ["20", "2"], attributes={"age": 40}, masks=False)], self.folder / "pack", SIZE)
        read = Pack(self.folder / "pack")
        self.assertEqual(open_fields(read.looks[0]), {f["id"] for f in FIELDS} - {"age", "skinColour", "lightSide"})
        self.assertEqual(set(np.unique(read.masks[0])), {0, 1, 2, 3, 4, 5})
        pack([write_faces(self.folder / "b", ["40", "4"], attributes=None)], self.folder / "pack-b", SIZE)
        measured = {"skinColour", "hairColour", "background", "lightSide"}
        self.assertEqual(open_fields(Pack(self.folder / "pack-b").looks[0]), {f["id"] for f in FIELDS} - measured)

    def test_the_split_file_rules(self) -> None:
        source = write_faces(self.folder / "a", ["1", "20", "3", "4", "40", "6"])
        (source / "split.json").write_text(json.dumps({"train": ["20", "3"], "validation": ["1"], "leftOut": ["4"]}))
        (source / "photo/6.jpg").unlink()
        pack([source], self.folder / "pack", SIZE)
        read = Pack(self.folder / "pack")
        self.assertEqual(read.names, ["1", "20", "3", "40"])
        self.assertEqual([read.names[i] for i in read.validation], ["1", "40"])  # 40 is new to the split file, so the rule decides

    def test_a_pack_needs_faces_of_both_kinds(self) -> None:
        for names in (["1", "2"], ["20"]):
            with self.assertRaisesRegex(SystemExit, "split.json"):
                pack([write_faces(self.folder / names[0], names)], self.folder / "pack", SIZE)

    def test_a_split_that_contradicts_itself_is_refused(self) -> None:
        for lists in ({"train": ["1"], "validation": ["1"]}, {"training": ["1"]}):
            (self.folder / "split.json").write_text(json.dumps(lists))
            with self.assertRaises(ValueError):
                read_split(self.folder)

    def test_one_name_for_two_faces_and_a_line_half_written(self) -> None:
        a, b = write_faces(self.folder / "a", ["20", "2"]), write_faces(self.folder / "b", ["2"])
        with self.assertRaisesRegex(SystemExit, "name 2"):
            pack([a, b], self.folder / "pack", SIZE)
        with (b / "faces.jsonl").open("a") as file:
            file.write('{"name": "3", "landm')
        self.assertEqual([row["name"] for row in read_rows(b)], ["2"])

    def test_a_run_keeps_the_pack_that_it_has_mapped(self) -> None:
        source = write_faces(self.folder / "a", ["20", "2"])
        pack([source], self.folder / "pack", SIZE)
        before = Pack(self.folder / "pack")
        photo = np.array(before.photos[1])
        pack([write_faces(self.folder / "b", ["7", "8", "60"])], self.folder / "pack", SIZE)
        np.testing.assert_array_equal(before.photos[1], photo)
        self.assertEqual(Pack(self.folder / "pack").names, ["7", "8", "60"])

    def test_a_pack_that_was_not_finished_is_refused(self) -> None:
        writer = PackWriter(self.folder / "pack", 1, 8)
        writer.add("1", np.zeros((8, 8, 3)), np.zeros((8, 8)), MEAN_FACE, encode_look({}), {})
        with self.assertRaisesRegex(FileNotFoundError, "no finished pack"):
            Pack(self.folder / "pack")

    def test_other_sizes(self) -> None:
        source = write_faces(self.folder / "a", ["20", "2"])
        pack([source], self.folder / "pack", 32)
        self.assertEqual(Pack(self.folder / "pack").photos.shape, (2, 32, 32, 3))
        self.assertEqual(Pack(self.folder / "pack", 16).masks.shape, (2, 16, 16))


if __name__ == "__main__":
    unittest.main()

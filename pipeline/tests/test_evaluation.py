"""The evaluations of frontal views and of anime pictures, on runs of a few steps: every figure is there, and those that can be known are right."""

import json
import unittest
from pathlib import Path

import numpy as np
import torch

from pipeline.evaluate_anime import Evaluation, landmarks
from pipeline.evaluate_frontal import Judged, difference, sheet, table
from pipeline.face_recognition import MANIFEST, STAGES, FaceRecognition
from pipeline.networks import build
from pipeline.tests.support import TrainingTest
from pipeline.tests.test_cycle import write_pictures
from pipeline.tests.test_frontal import TINY, write_turned
from pipeline.training.config import TrainingConfig
from pipeline.training.run import run

COMMON = {"precision": "float32", "device": "cpu", "workers": 0, "threads": 1, "report_seconds": 60.0, "steps": 1, "batch": 2, "ndf": 2}


def write_face_recognition(folder: Path) -> Path:
    """Files in face-api's layout with random bytes; the last matrix is not quantised."""
    folder.mkdir()
    rng, group, data = np.random.default_rng(5), [], bytearray()

    def add(name: str, *shape: int) -> None:
        spread = (2 / np.prod(shape[:-1])) ** 0.5 if len(shape) == 4 else 0.01
        data.extend(rng.integers(0, 256, int(np.prod(shape)), dtype=np.uint8).tobytes())
        lowest = 0.95 if name.endswith("scale/weights") else -1.7 * spread
        group.append({"name": name, "shape": list(shape), "dtype": "float32", "quantization": {"dtype": "uint8", "scale": 3.4 * spread / 255, "min": lowest}})

    def convolution(name: str, size: int, inputs: int, outputs: int) -> None:
        add(f"{name}/conv/filters", size, size, inputs, outputs)
        for part in ("conv/bias", "scale/weights", "scale/biases"):
            add(f"{name}/{part}", outputs)

    convolution("conv32_down", 7, 3, 32)
    before = 32
    for stage, blocks in [*STAGES.items(), ("conv256_down_out", 0)]:
        width = int(stage.split("_")[0].removeprefix("conv"))
        names = ([f"{stage}_down"] if blocks and stage != "conv32" else []) + [f"{stage}_{k}" for k in range(1, blocks + 1)] or [stage]
        for name in names:
            convolution(f"{name}/conv1", 3, before, width)
            convolution(f"{name}/conv2", 3, width, width)
            before = width
    group.append({"name": "fc", "shape": [256, 128], "dtype": "float32"})
    data.extend(rng.normal(0, 0.1, (256, 128)).astype("<f4").tobytes())
    (folder / "model.bin").write_bytes(bytes(data))
    (folder / MANIFEST).write_text(json.dumps([{"weights": group, "paths": ["model.bin"]}]))
    return folder


class Frontal(TrainingTest):
    def test_the_table_and_the_sheet(self) -> None:
        write_turned(self.folder / "faces")
        identity = write_face_recognition(self.folder / "identity")
        trainer = run(TrainingConfig.of("frontal", COMMON | {
            "run": str(self.folder / "run"), "pack": str(self.folder / "pack"), "turned": str(self.folder / "faces/pack"), "identity_weights": str(identity), "generator": TINY,
            "adversarial_from_step": 0}))
        judged = Judged(trainer.folder / "last.pt", None, None)
        self.assertEqual((judged.people, judged.gallery_people), (["010020"], ["010020"]))
        self.assertTrue(torch.equal(judged.truth, judged.gallery))
        lines = table(judged, FaceRecognition(identity)).splitlines()
        self.assertIn("1 people", lines[0])
        cells = [cell.strip() for cell in lines[-1].strip("|").split("|")]
        self.assertEqual(len(cells), 9)
        self.assertAlmostEqual(float(cells[3]), float(difference(judged.inputs, judged.truth)), delta=0.06)
        self.assertEqual(cells[7:], ["1.000", "1.000"])  # of one person everybody is the nearest
        sheet(judged, self.folder / "sheet.jpg")
        self.assertTrue((self.folder / "sheet.jpg").exists())

    def test_a_mirrored_face_is_mirrored_back(self) -> None:
        torch.manual_seed(0)
        generator = build("tpGan", TINY).eval()
        item = {name: torch.randint(0, 256, (3, height, width), dtype=torch.uint8)
                for name, (width, height) in {"picture": (32, 32), "leftEye": (8, 8), "rightEye": (8, 8), "nose": (16, 8), "mouth": (16, 8)}.items()}
        self.assertTrue(torch.equal(Judged.frontal(generator, item, True), Judged.frontal(generator, item, False).flip(2)))

    def test_the_network_that_knows_people_reads_bytes_and_tells_faces_apart(self) -> None:
        network = FaceRecognition(write_face_recognition(self.folder / "identity"))
        faces = torch.rand(2, 3, 64, 64) * 2 - 1
        means, descriptor = network(faces)
        self.assertEqual((tuple(means.shape), tuple(descriptor.shape)), ((2, 256), (2, 128)))
        self.assertGreater(float((descriptor[0] - descriptor[1]).abs().max()), 1e-4)
        stored = np.frombuffer((self.folder / "identity/model.bin").read_bytes(), np.uint8)
        group = json.loads((self.folder / "identity" / MANIFEST).read_text())[0]["weights"]
        first = group[0]["quantization"]
        self.assertAlmostEqual(float(network.weight("conv32_down/conv/filters")[0, 0, 0, 0]), stored[0] * first["scale"] + first["min"], places=6)
        # What a narrower block lacks in channels is zero: half of what comes out of a block of zeros is zero.
        with torch.no_grad():
            for name in ("conv64_down/conv2/conv/filters", "conv64_down/conv2/conv/bias", "conv64_down/conv2/scale/biases"):
                network.weight(name).zero_()
            out = network.down_block(torch.rand(1, 32, 9, 9) + 1, "conv64_down")
        self.assertGreater(float(out[:, :32].min()), 0)
        self.assertEqual(float(out[:, 32:].abs().max()), 0)


class Anime(TrainingTest):
    def test_every_figure_is_there(self) -> None:
        write_pictures(self.folder / "anime")
        reader = build("faceReader", {"widths": [2, 4], "blocks": [1, 1], "decoderWidths": [4]})
        state = {"version": 2, "networks": {"reader": {"family": "faceReader", "config": reader.config.to_json(), "state": reader.state_dict()}}, "averages": {}, "about": {}}
        torch.save(state, self.folder / "reader.pt")
        generator = {"ngf": 4, "downSteps": 2, "residualBlocks": 1, "normsRemoved": 0, "inputChannels": 3, "upsampling": "resize"}
        trainer = run(TrainingConfig.of("cycle_gan", COMMON | {
            "run": str(self.folder / "run"), "pack": str(self.folder / "pack"), "anime": str(self.folder / "anime"), "perceptual_weights": str(self.folder / "squeezenet"),
            "perceptual_layer": 1, "size": 32, "reader": str(self.folder / "reader.pt"), "reader_px": 32, "generator": generator, "adversarial_from_step": 0}))
        e = Evaluation(trainer.folder / "last.pt", None)
        self.assertEqual([len(e.kept[name]) for name in "ab"], [1, 2])
        made = e.made("BA")
        self.assertEqual([tuple(picture.shape) for picture in made], [(3, 32, 32)] * 2)
        found = landmarks(e, "BA", made)
        self.assertEqual(set(found), {"asTheyAre", "meanFacesAside", "readerOnSource"})
        self.assertLess(found["readerOnSource"]["ofASide"], found["readerOnSource"]["ofEyeDistance"])
        self.assertEqual(landmarks(e, "BA", e.real("b"))["asTheyAre"], found["readerOnSource"])  # nothing changed: only the reader's own error is left


if __name__ == "__main__":
    unittest.main()

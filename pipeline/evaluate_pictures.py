"""How good drawings and cartoons are on people kept from training, beside trivial answers.

    python -m pipeline.evaluate_pictures CHECKPOINT --pack runs/all --pictures runs/pen --sheet sheet.jpg
    python -m pipeline.evaluate_pictures CHECKPOINT --pack runs/all --pictures runs/toon --squeezenet ../shared/data/squeezenet1.1 --reader runs/reader/last.pt --sheet sheet.jpg

Drawings: the Chamfer distance to the reference drawing, in pixels at the picture's own size: the mean distance from a black pixel of one to the nearest of the other, both ways,
mean of the two. Cartoons: L1 to the aligned cartoon (0-255), the Fréchet distance to all cartoons that train (× 100, frechet.py), and how far the landmarks that the reader sees lie
from the photo's, in percent of a side, less what it is off by on the photo. Prints JSON.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import torch
from PIL import Image
from scipy.ndimage import distance_transform_edt
from skimage.filters import threshold_otsu

from .checkpoints import network_of, read_state
from .drawing_parts import person_in, places_of
from .frechet import Projection, frechet_distance, pooled
from .landmark_reader import LandmarkReader
from .networks import answer
from .pack_drawings import drawing_of
from .pack_files import Pack
from .pack_pictures import PicturePack
from .pen_artist import PenArtist
from .perceptual import SqueezeNetFeatures

SHEET_PEOPLE = 24
# Of a drawing without any ink, in pixels: as far as anything can be.
FAR_PX = 256.0
# Grey from here on is paper.
INK = 128


def chamfer(a: np.ndarray, b: np.ndarray) -> float:
    """Of two drawings `[S, S]` uint8, in pixels."""
    black_a, black_b = a < INK, b < INK
    if not black_a.any() or not black_b.any():
        return FAR_PX
    return float((distance_transform_edt(~black_b)[black_a].mean() + distance_transform_edt(~black_a)[black_b].mean()) / 2)


def signed(picture: np.ndarray) -> torch.Tensor:
    """`[S, S, 3]` uint8 -> `[3, S, S]` in [-1, 1]."""
    return torch.from_numpy(picture.transpose(2, 0, 1).astype(np.float32) / 127.5 - 1)


def bytes_of(x: torch.Tensor) -> np.ndarray:
    return ((x.permute(1, 2, 0).numpy() + 1) * 127.5 + 0.5).clip(0, 255).astype(np.uint8)


class Evaluation:
    """A checkpoint's pictures of the people of a pack that have a reference and did not train."""

    def __init__(self, checkpoint: Path, pack: Pack, pictures: PicturePack) -> None:
        self.pack, self.pictures = pack, pictures
        self.network = network_of(read_state(checkpoint), "generator")
        number = {name: i for i, name in enumerate(pack.names)}
        # Faces of the pack, and their references.
        self.people = [(number[pictures.of[k]], k) for k in pictures.validation if pictures.of[k] in number]
        self.made = {i: self.picture(i) for i, _ in self.people}

    @torch.no_grad()
    def picture(self, i: int) -> np.ndarray:
        """`[S, S, 3]` uint8."""
        inputs = {"picture": signed(self.pack.photos[i])[None], "places": torch.from_numpy(places_of(self.pack.landmarks[i]))[None],
                  "foreground": torch.from_numpy(2 * person_in(self.pack.masks[i]).astype(np.float32) - 1)[None, None]}
        return bytes_of(answer(self.network, inputs)["picture"][0].expand(3, -1, -1))

    def mean(self, distance: Callable[[int, int], float]) -> float:
        return round(float(np.mean([distance(i, k) for i, k in self.people])), 3)

    def sheet(self) -> np.ndarray:
        """Photo, picture, reference: one below the other, eight people a row."""
        columns = [np.concatenate([self.pack.photos[i], self.made[i], self.pictures.pictures[k]]) for i, k in self.people[:SHEET_PEOPLE]]
        columns += [np.full_like(columns[0], 255)] * (-len(columns) % 8)
        return np.concatenate([np.concatenate(columns[k:k + 8], 1) for k in range(0, len(columns), 8)])


def thresholded(photo: np.ndarray) -> np.ndarray:
    grey = (photo.astype(np.float64) @ [0.299, 0.587, 0.114]).astype(np.uint8)
    return np.where(grey <= threshold_otsu(grey), 0, 255).astype(np.uint8)


def average_drawing(pictures: PicturePack) -> np.ndarray:
    """The mean drawing, black where most often there is ink, as much of it as a drawing has."""
    drawings = np.stack([pictures.pictures[k][..., 0] for k in pictures.training])
    share = (drawings < INK).mean()
    mean = drawings.mean(0)
    return np.where(mean <= np.quantile(mean, share), 0, 255).astype(np.uint8)


def drawings(e: Evaluation) -> dict:
    pack, pictures = e.pack, e.pictures

    def reference(k: int) -> np.ndarray:
        return pictures.pictures[k][..., 0]

    def again(i: int) -> np.ndarray:
        """By the same artist on another day."""
        if pictures.kind == "traced":
            return drawing_of(pack, i, True)
        return PenArtist(pack.photos[i], pack.masks[i], pack.landmarks[i], pack.outlines[i], pack.traced[i], seed=10**6 + i).draw()

    average = average_drawing(pictures)
    others = {k: reference(e.people[(n + 1) % len(e.people)][1]) for n, (_, k) in enumerate(e.people)}
    found = {"generated": lambda i, k: chamfer(e.made[i][..., 0], reference(k)), "drawnAgain": lambda i, k: chamfer(again(i), reference(k)),
             "photoThresholded": lambda i, k: chamfer(thresholded(pack.photos[i]), reference(k)), "photoLines": lambda i, k: chamfer(drawing_of(pack, i, True), reference(k)),
             "averageDrawing": lambda i, k: chamfer(average, reference(k)), "anotherPersons": lambda i, k: chamfer(others[k], reference(k))}
    return {"people": len(e.people), "chamferPx": {name: e.mean(distance) for name, distance in found.items()}}


def cartoons(e: Evaluation, squeezenet: Path | None, reader: Path | None) -> dict:
    pack, pictures = e.pack, e.pictures

    def l1(a: np.ndarray, b: np.ndarray) -> float:
        return float(np.abs(a.astype(np.float64) - b).mean())

    found: dict = {"people": len(e.people), "l1": {"generated": e.mean(lambda i, k: l1(e.made[i], pictures.pictures[k])),
                                                   "photo": e.mean(lambda i, k: l1(pack.photos[i], pictures.pictures[k]))}}
    # People without a reference count here as well: the distance needs many.
    members = {i for family in pack.families for i, _ in family[1:]}
    everyone = [i for i in pack.validation if i not in members]
    made = {i: e.made[i] if i in e.made else e.picture(i) for i in everyone}
    if squeezenet:
        features = SqueezeNetFeatures.of_folder(squeezenet, 8)
        domain = pooled((signed(pictures.pictures[k]) for k in pictures.training), features)
        project = Projection(domain)
        # A smaller set lies farther off by being small: the floor is as many cartoons, against the others.
        chosen = np.random.default_rng(0).permutation(len(pictures.training))[:min(len(everyone), len(pictures.training) // 2)]
        rest = np.setdiff1d(np.arange(len(pictures.training)), chosen)
        whole = project.of(domain)
        distances = {"generated": frechet_distance(project.of(pooled((signed(made[i]) for i in everyone), features)), whole),
                     "photos": frechet_distance(project.of(pooled((signed(pack.photos[i]) for i in everyone), features)), whole),
                     "floor": frechet_distance(whole[chosen], whole[rest])}
        found["frechet"] = {name: round(100 * value, 2) for name, value in distances.items()} | {"peopleOf": len(everyone)}
    if reader:
        seen = LandmarkReader(reader, torch.device("cpu"), torch.float32)
        with torch.no_grad():
            places = {name: torch.cat([seen.read(signed(of[i])[None]) for i in everyone]) for name, of in (("photo", pack.photos), ("generated", made))}
        wanted = torch.from_numpy(pack.landmarks[everyone]).float()
        off = (places["photo"] - wanted).mean(0)
        found["landmarksPercent"] = {name: round(100 * float(torch.linalg.vector_norm(place - off - wanted, dim=2).mean()), 3) for name, place in places.items()}
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("--pack", type=Path, required=True)
    parser.add_argument("--pictures", type=Path, required=True, help="the references: a pack of drawings or of cartoons")
    parser.add_argument("--squeezenet", type=Path)
    parser.add_argument("--reader", type=Path, help="a checkpoint of a face reader")
    parser.add_argument("--sheet", type=Path)
    a = parser.parse_args()
    evaluation = Evaluation(a.checkpoint, Pack(a.pack), PicturePack(a.pictures))
    found = drawings(evaluation) if evaluation.pictures.kind in ("pen", "traced") else cartoons(evaluation, a.squeezenet, a.reader)
    print(json.dumps(found, indent=1))
    if a.sheet:
        Image.fromarray(evaluation.sheet()).save(a.sheet, quality=90)


if __name__ == "__main__":
    main()

"""How good a translation between photos and anime pictures is, both ways, on what is kept from training: python -m pipeline.evaluate_anime CHECKPOINT [--sheet FILE].

Each way: the Fréchet distance (× 100, frechet.py) to all pictures of the target domain that train, beside that of the source pictures themselves and of as many pictures of the
domain as a floor; the share of the way that is gone; and how far the landmarks that the reader sees in what was made lie from the source's, in percent of the distance of the outer
eye corners and of a side: as they are, with the difference of the two domains' mean faces removed (an anime face has larger eyes), and what the reader is off by on the source
itself. Prints JSON.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch
from PIL import Image
from torch import Tensor

from .checkpoints import network_of, read_state
from .frechet import Projection, frechet_distance, pooled
from .methods import method_named
from .methods.cycle_gan import WAYS, CycleGan, CycleGanConfig, redrawn
from .methods.method import Place
from .perceptual import SqueezeNetFeatures

CPU = torch.device("cpu")
OUTER_CORNERS = (36, 45)
SHEET_PEOPLE = 24


class Evaluation:
    """What the checkpoint's averaged generators make of every picture that is kept from training."""

    def __init__(self, checkpoint: Path, reader: str | None) -> None:
        state = read_state(checkpoint)
        if method_named(state["method"]) is not CycleGan:
            raise ValueError(f"{checkpoint} was trained by {state['method']}, not by cycle_gan.")
        names = CycleGanConfig.__dataclass_fields__
        config = CycleGanConfig(**{name: value for name, value in state["run"].items() if name in names})
        self.method = CycleGan(replace(config, reader=reader or config.reader), Place(CPU, torch.float32))
        self.generators = {way: network_of(state, f"generator{way}") for way in WAYS}
        # Members of a family differ in one part: of each only the person.
        people = [i for i in self.method.pack.validation if "_" not in self.method.pack.names[i]]
        self.kept = {"a": people, "b": self.method.anime.validation}
        self.training = {"a": self.method.pack.training, "b": self.method.anime.training}
        self.items = {name: [self.method.shown(name, i)[name] for i in kept] for name, kept in self.kept.items()}

    def real(self, name: str) -> list[Tensor]:
        return [signed(item["picture"][0]) for item in self.items[name]]

    @torch.no_grad()
    def made(self, way: str) -> list[Tensor]:
        return [redrawn(self.generators[way], picture[None])[0] for picture in self.real(WAYS[way][0])]


def signed(picture: Tensor) -> Tensor:
    return picture.float() / 127.5 - 1


def distances(e: Evaluation, way: str, made: list[Tensor], features: SqueezeNetFeatures) -> dict:
    source, into = WAYS[way]
    domain, size = e.method.domains[into], e.method.config.size
    whole = pooled((signed(domain.item(i, size)["picture"]) for i in e.training[into]), features)
    project = Projection(whole)
    target, count = project.of(whole), min(len(made), len(e.training[into]) // 2)
    chosen = np.random.default_rng(0).permutation(len(target))[:count]
    found = {"generated": frechet_distance(project.of(pooled(made, features)), target),
             "source": frechet_distance(project.of(pooled(e.real(source), features)), target),
             "floor": frechet_distance(target[chosen], np.delete(target, chosen, 0))}
    gone = (found["source"] - found["generated"]) / (found["source"] - found["floor"])
    return {name: round(100 * value, 2) for name, value in found.items()} | {"shareOfTheWay": round(gone, 3), "pictures": len(made)}


@torch.no_grad()
def landmarks(e: Evaluation, way: str, made: list[Tensor]) -> dict:
    m, (source, _) = e.method, WAYS[way]
    truth = torch.cat([item["landmarks"] for item in e.items[source]])
    read = {name: torch.cat([m.places_in(picture[None]) for picture in pictures]) for name, pictures in (("made", made), ("source", e.real(source)))}
    eyes = (truth[:, OUTER_CORNERS[0]] - truth[:, OUTER_CORNERS[1]]).norm(dim=1)
    errors = {"asTheyAre": read["made"] - truth, "meanFacesAside": read["made"] - truth - m.offsets[way], "readerOnSource": read["source"] - truth}
    lengths = {name: error.norm(dim=2).mean(1) for name, error in errors.items()}
    return {name: {"ofEyeDistance": round(100 * float((length / eyes).mean()), 2), "ofASide": round(100 * float(length.mean()), 2)} for name, length in lengths.items()}


def sheet(e: Evaluation, made: dict[str, list[Tensor]]) -> Image.Image:
    """Photo and anime, anime and photo, below one another."""
    rows = []
    for way, pictures in made.items():
        pairs = [torch.cat(pair, 1) for pair in zip(e.real(WAYS[way][0]), pictures)][:SHEET_PEOPLE]
        pairs += [torch.ones_like(pairs[0])] * (-len(pairs) % 8)
        rows += [torch.cat(pairs[k:k + 8], 2) for k in range(0, len(pairs), 8)]
    return Image.fromarray(((torch.cat(rows, 1) + 1) * 127.5 + 0.5).clip(0, 255).byte().permute(1, 2, 0).numpy())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("--squeezenet", type=Path, help="a folder of arrays; as in training unless given")
    parser.add_argument("--reader", help="a checkpoint of a face reader; as in training unless given")
    parser.add_argument("--sheet", type=Path)
    parser.add_argument("--ways", nargs="+", choices=WAYS, default=[*WAYS], help="AB: photo to anime, BA: back")
    a = parser.parse_args()
    e = Evaluation(a.checkpoint, a.reader)
    features = SqueezeNetFeatures.of_folder(a.squeezenet or Path(e.method.config.perceptual_weights), 8)
    made = {way: e.made(way) for way in a.ways}
    found = {way: {"frechet": distances(e, way, pictures, features)} | ({"landmarksPercent": landmarks(e, way, pictures)} if e.method.reader else {}) for way, pictures in made.items()}
    print(json.dumps(found, indent=1))
    if a.sheet:
        sheet(e, made).save(a.sheet, quality=90)


if __name__ == "__main__":
    main()

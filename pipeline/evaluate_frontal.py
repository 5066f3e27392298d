"""How good a frontal view is, on people who are kept from training: python -m pipeline.evaluate_frontal CHECKPOINT [--sheet FILE].

By how far faces are turned, for the made picture and, beside it, the turned picture as it is: the mean absolute difference to the true frontal picture (in 1/255), how near the
descriptors of a fixed network that knows people are (cosine), and rank-1: how often the nearest of all frontal pictures is the person's own. Prints Markdown. The mean frontal
face of the training people and frontal pictures of other people are the trivial answers. The network is the one that may have been trained against; its verdict is kind.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from PIL import Image
from torch import Tensor

from .checkpoints import network_of, read_state
from .face_recognition import FaceRecognition
from .methods.method import signed
from .networks import answer
from .pack_files import Pack
from .pack_pictures import PicturePack
from .patches import hides_left
from .turned_pairs import STILL, TurnedFaces

BINS = ((15, 30), (30, 60), (60, 90.5))
CPU = torch.device("cpu")
COLUMNS = 8


def pictures(arrays: Sequence[np.ndarray]) -> Tensor:
    """`[S, S, 3]` uint8 each -> `[N, 3, S, S]` in [-1, 1]."""
    return signed(torch.from_numpy(np.stack([np.ascontiguousarray(array.transpose(2, 0, 1)) for array in arrays])), CPU)


class Judged:
    """Turned pictures of people kept from training, what the generator makes of them, and the people's true frontal pictures; all as they lie, unmirrored."""

    def __init__(self, checkpoint: Path, pack: str | None, turned: str | None) -> None:
        state = read_state(checkpoint)
        generator = network_of(state, "generator")
        template = generator.config.template
        names = PicturePack(Path(turned or state["run"]["turned"]))
        faces = TurnedFaces(names, Pack(Path(pack or state["run"]["pack"]), generator.config.sizePx), {name: (w, h) for name, (_, _, w, h) in template.items()})
        rng, order = np.random.default_rng(0), sorted(names.validation, key=lambda i: abs(names.yaw[i]))
        self.yaw = np.abs(names.yaw[order])
        self.people = [names.of[i] for i in order]
        aligned = [faces.aligned(i, STILL, rng) for i in order]
        self.inputs = pictures([picture for picture, _ in aligned])
        self.made = torch.stack([self.frontal(generator, faces.pair(i, STILL, rng), hides_left(points)) for i, (_, points) in zip(order, aligned)])
        kept = [i for i in faces.faces.validation if "_" not in faces.faces.names[i]]
        self.gallery_people = [faces.faces.names[i] for i in kept]
        self.gallery = pictures([faces.faces.photos[i] for i in kept])
        self.own = torch.tensor([self.gallery_people.index(name) for name in self.people])
        self.mean_face = pictures([np.mean([faces.faces.photos[i] for i in faces.faces.training], 0).round().astype(np.uint8)])[0]

    @staticmethod
    @torch.no_grad()
    def frontal(generator: torch.nn.Module, item: dict[str, Tensor], mirror: bool) -> Tensor:
        inputs = {name: signed(item[name][None], CPU) for name in ("picture", *generator.config.template)}
        made = answer(generator, inputs)["frontal"][0]
        return made.flip(2) if mirror else made

    @property
    def truth(self) -> Tensor:
        return self.gallery[self.own]


def difference(a: Tensor, b: Tensor) -> Tensor:
    """Mean absolute difference of each pair, in 1/255: `[N]`."""
    return (a - b).abs().mean((1, 2, 3)) * 127.5


@torch.no_grad()
def descriptors(network: FaceRecognition, faces: Tensor) -> Tensor:
    return F.normalize(torch.cat([network(batch)[1] for batch in faces.split(8)]))


def table(judged: Judged, identity: FaceRecognition) -> str:
    made, inputs, gallery = (descriptors(identity, x) for x in (judged.made, judged.inputs, judged.gallery))
    true, count = gallery[judged.own], len(gallery)
    columns = {
        "L1 made": difference(judged.made, judged.truth), "L1 turned picture": difference(judged.inputs, judged.truth),
        "L1 mean face": difference(judged.mean_face[None], judged.truth),
        "similarity made": (made * true).sum(1), "similarity turned picture": (inputs * true).sum(1),
        "rank-1 made": ((made @ gallery.T).argmax(1) == judged.own).float(), "rank-1 turned picture": ((inputs @ gallery.T).argmax(1) == judged.own).float(),
    }
    others = (gallery @ gallery.T)[~torch.eye(count, dtype=torch.bool)].mean()
    strangers = torch.stack([difference(judged.gallery, face[None]).sum() / (count - 1) for face in judged.gallery]).mean()
    lines = [f"{count} people; of two different people: L1 {float(strangers):.1f}, similarity {float(others):.3f}; rank-1 by chance {1 / count:.3f}.", "",
             "| turned by | pictures | " + " | ".join(columns) + " |", "|---" * (len(columns) + 2) + "|"]
    for low, high in (*BINS, (BINS[0][0], BINS[-1][1])):
        inside = torch.from_numpy((judged.yaw >= low) & (judged.yaw < high))
        numbers = [f"{float(values[inside].mean()):.{1 if name.startswith('L1') else 3}f}" for name, values in columns.items()]
        lines.append(f"| {low}-{round(high)}° | {int(inside.sum())} | " + " | ".join(numbers) + " |")
    return "\n".join(lines)


def sheet(judged: Judged, file: Path, most: int = 24) -> None:
    """Turned, made and true, one below the other, from the least to the most turned."""
    chosen = np.linspace(0, len(judged.people) - 1, min(most, len(judged.people))).round().astype(int)
    columns = [torch.cat([x[i] for x in (judged.inputs, judged.made, judged.truth)], 1) for i in chosen]
    columns += [torch.ones_like(columns[0])] * (-len(columns) % COLUMNS)
    whole = torch.cat([torch.cat(columns[k:k + COLUMNS], 2) for k in range(0, len(columns), COLUMNS)], 1)
    Image.fromarray(((whole + 1) * 127.5 + 0.5).clip(0, 255).byte().permute(1, 2, 0).numpy()).save(file, quality=90)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("--pack", help="of the faces; as in training unless given")
    parser.add_argument("--turned", help="of the turned pictures; as in training unless given")
    parser.add_argument("--identity", type=Path, help="folder of the network that knows people; as in training unless given")
    parser.add_argument("--sheet", type=Path)
    a = parser.parse_args()
    identity = a.identity or Path(read_state(a.checkpoint)["run"]["identity_weights"])
    judged = Judged(a.checkpoint, a.pack, a.turned)
    print(table(judged, FaceRecognition(identity)))
    if a.sheet:
        sheet(judged, a.sheet)


if __name__ == "__main__":
    main()

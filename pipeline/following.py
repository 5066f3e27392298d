"""How far a sketch -> face checkpoint follows true changes of one part, quickly: python -m pipeline.following CHECKPOINT [CHECKPOINT ...] --pack PACK --reader READER.

Of the families kept from training, plain contours before and after: the regression of the generated change on the photo's inside the part (luminance, slightly blurred), the
change elsewhere in 1/255, and where a face reader sees the landmarks of generated faces against those of the photos, in % of the distance of the outer eye corners. Of several
checkpoints the mean of the averaged weights is judged. `npm run evaluate` is the measure that counts; this one takes a minute.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from .checkpoints import network_of, read_state
from .landmark_reader import LandmarkReader
from .pack_files import Pack
from .pairs import EDITED, MARGIN, box
from .sketches import PLAIN, sketch
from .tasks.sketch_to_face import planes

LUMINANCE = (0.299, 0.587, 0.114)
# Beyond a part's box, in pixels: soft shadows belong to the change.
APART_PX = 6


def mean_network(checkpoints: list[Path]) -> nn.Module:
    networks = [network_of(read_state(checkpoint), "generator") for checkpoint in checkpoints]
    states = [network.state_dict() for network in networks]
    networks[0].load_state_dict({name: sum(state[name] for state in states) / len(states) for name in states[0]})
    return networks[0]


def luminance(pictures: Tensor) -> Tensor:
    return F.avg_pool2d((pictures * torch.tensor(LUMINANCE)[None, :, None, None]).sum(1, keepdim=True), 3, 1, 1)


def plain_sketches(pack: Pack, faces: list[int], channels: int) -> Tensor:
    size = pack.photos.shape[1]
    drawn = [torch.from_numpy(sketch(pack.landmarks[i], {}, size, PLAIN, np.random.default_rng(0))).float() / 127.5 - 1 for i in faces]
    return planes(torch.stack(drawn)[:, None], None, channels)


@torch.no_grad()
def following(network: nn.Module, pack: Pack, reader: LandmarkReader) -> dict[str, float]:
    """`followed.PART` and their mean `followed`, `outside`, `landmarks`."""
    kept, size = set(pack.validation), pack.photos.shape[1]
    products = {part: np.zeros(2) for part in EDITED}
    elsewhere, errors = [], []
    for family in pack.families:
        faces = [i for i, _ in family]
        if faces[0] not in kept:
            continue
        made = network(plain_sketches(pack, faces, network.config.inputChannels), torch.from_numpy(pack.looks[faces[0]])[None].expand(len(faces), -1)).clamp(-1, 1)
        true = torch.from_numpy(np.stack([pack.photos[i] for i in faces])).permute(0, 3, 1, 2).float() / 127.5 - 1
        corners = pack.landmarks[faces[0]][[36, 45]]
        errors.append(float((reader.read(made) - reader.read(true)).norm(dim=2).mean() / np.linalg.norm(corners[0] - corners[1])))
        for k, (i, part) in enumerate(family[1:], 1):
            inside = np.any([box(pack.landmarks[j][list(EDITED[part])], MARGIN[part], size) for j in (faces[0], i)], 0)
            mask = torch.from_numpy(inside)[None, None].float()
            wanted, got = ((luminance(x[k:k + 1]) - luminance(x[:1])) * mask for x in (true, made))
            products[part] += float((wanted * got).sum()), float((wanted * wanted).sum())
            far = 1 - F.max_pool2d(mask, 2 * APART_PX + 1, 1, APART_PX)
            elsewhere.append(float(((made[k:k + 1] - made[:1]).abs() * far).sum() / far.sum() / 3 * 127.5))
    shares = {f"followed.{part}": a / b for part, (a, b) in products.items() if b > 0}
    found = {"followed": float(np.mean(list(shares.values()))), **shares, "outside": float(np.mean(elsewhere)), "landmarks": 100 * float(np.mean(errors))}
    return {name: round(value, 3) for name, value in found.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("checkpoint", type=Path, nargs="+")
    parser.add_argument("--pack", type=Path, required=True)
    parser.add_argument("--reader", type=Path, required=True)
    parser.add_argument("--size", type=int, help="of the pictures; the pack's own unless given")
    a = parser.parse_args()
    print(following(mean_network(a.checkpoint), Pack(a.pack, a.size), LandmarkReader(a.reader, torch.device("cpu"), torch.float32)))


if __name__ == "__main__":
    main()

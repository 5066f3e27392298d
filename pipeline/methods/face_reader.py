"""Picture of a face -> landmarks and regions (networks/face_reader.py), on pictures of every style (reader_data.py).

A landmark's map has the cross-entropy to a small Gaussian round its true place, and its expected place the distance to it; regions have their cross-entropy.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from ..losses import places
from ..networks import build
from ..pack_files import Pack
from ..pack_pictures import PicturePack
from ..reader_data import UNKNOWN, Example, Kinds, ReaderDataset, item
from .method import Batch, Method, Place, Source

ENDLESS = 10**8
# Of the Gaussian, in pixels of the heat map.
SPREAD_PX = 1.0
# Of the nine regions in their cross-entropy: background, eyes, nose, mouth, skin, hair, clothes, brows and beard.
REGION_WEIGHTS = (0.5, 3.0, 3.0, 1.5, 2.0, 0.7, 1.0, 0.7, 2.0)
EXAMPLES = 8
# The corners of the eyes, whose distance is the measure of errors.
OUTER_CORNERS = (36, 45)
NASION, CHIN = 27, 8


@dataclass(frozen=True)
class FaceReaderMethodConfig:
    pack: str
    pictures: dict = field(default_factory=dict)  # packs of pictures by kind: toon, anime, turned
    kinds: dict = field(default_factory=dict)
    size: int = 128
    batch: int = 16
    reader: dict = field(default_factory=dict)
    learning_rate: float = 1.5e-3
    lambda_map: float = 1.0
    lambda_place: float = 0.5  # of pixels of the picture
    lambda_regions: float = 1.0


class FaceReading(Method):
    Config = FaceReaderMethodConfig
    task = "readFace"

    def __init__(self, config: FaceReaderMethodConfig, place: Place) -> None:
        self.config, self.place = config, place
        self.pack = Pack(Path(config.pack))
        self.packs = {kind: PicturePack(Path(folder)) for kind, folder in config.pictures.items()}
        self.reader = place.placed(build("faceReader", config.reader))
        self.average = place.placed(build("faceReader", config.reader))
        self.average.load_state_dict(self.reader.state_dict())
        self.networks, self.averages = {"reader": self.reader}, {"reader": self.average}
        self.average.eval()
        self.groups, self.rates = {"reader": ("reader",)}, {"reader": config.learning_rate}
        self.betas = {"reader": (0.9, 0.99)}
        self.parallel = dict(self.networks)
        self.region_weights = torch.tensor(REGION_WEIGHTS, device=place.device)

    def about(self) -> dict:
        return {"sizePx": self.config.size}

    def sources(self, seed: int, seen: Mapping[str, int]) -> dict[str, Source]:
        c = self.config
        items = ReaderDataset(self.pack, self.packs, Kinds(**c.kinds), c.size, seed, seen.get("faces", 0), ENDLESS)
        return {"faces": Source(items, c.batch)}

    def losses(self, group: str, batch: Batch, step: int) -> dict[str, Tensor]:
        c, faces = self.config, {name: value.to(self.place.device) for name, value in batch["faces"].items()}
        maps, regions = self.parallel["reader"](faces["picture"].to(self.place.low, memory_format=torch.channels_last))
        truth = faces["landmarks"]
        visible = ((truth > 0.01) & (truth < 0.99)).all(2).float()
        spread, off = landmark_losses(maps, truth, visible)
        return {"map": c.lambda_map * spread, "place": c.lambda_place * off * c.size,
                "regions": c.lambda_regions * F.cross_entropy(regions, faces["regions"], self.region_weights, ignore_index=UNKNOWN)}

    @torch.no_grad()
    def samples(self, batch: Batch) -> dict[str, Tensor]:
        """The picture, and over a paler one what was read: landmarks black, regions as shades of grey."""
        picture = batch["faces"]["picture"].to(self.place.device)
        maps, regions = self.average(picture)
        read = picture * 0.5 + 0.5
        for b, points in enumerate(places(maps)):
            for x, y in (points * picture.shape[-1]).long().clamp(0, picture.shape[-1] - 1).tolist():
                read[b, :, y, x] = -1
        shades = F.interpolate(regions.argmax(1, keepdim=True).float() / 4 - 1, size=picture.shape[2:])
        return {"picture": picture, "read": read, "regions": shades.expand_as(picture)}

    def kept(self) -> dict[str, list[Example]]:
        """Pictures of people kept from training, by kind, as they are."""
        step = self.pack.photos.shape[1] // self.config.size
        small = lambda p: p.reshape(self.config.size, p.shape[0] // self.config.size, self.config.size, -1, 3).mean((1, 3)).astype(np.uint8)
        found = {"photo": [Example(small(self.pack.photos[i]), self.pack.landmarks[i], self.pack.masks[i][step // 2::step, step // 2::step]) for i in self.pack.validation[::3]]}
        for kind, pack in self.packs.items():
            found[kind] = [Example(small(pack.pictures[i]), pack.landmarks[i], None) for i in pack.validation]
        return found

    def examples(self) -> Sequence[Batch]:
        rng = np.random.default_rng(0)
        return [{"faces": {name: value[None] for name, value in item(example, rng).items()}} for examples in self.kept().values()
                for example in examples[::max(1, len(examples) // EXAMPLES)][:EXAMPLES]]

    @torch.no_grad()
    def errors(self) -> dict[str, float]:
        """Mean distance of landmarks in percent of the distance of the outer eye corners, by kind; intersection over union, the mean of the regions of photos."""
        found: dict[str, float] = {}
        rng = np.random.default_rng(0)
        for kind, examples in self.kept().items():
            items = [item(example, rng) for example in examples]
            read = [self.average(x["picture"][None].to(self.place.device)) for x in items]
            off = [float(error_of(places(maps)[0].cpu(), x["landmarks"])) for (maps, _), x in zip(read, items)]
            found[f"{kind}Error"] = round(100 * float(np.mean(off)), 2)
            if kind == "photo":
                pairs = [(regions[0].argmax(0).cpu().numpy(), x["regions"].numpy()) for (_, regions), x in zip(read, items)]
                found["regionsIoU"] = round(float(np.mean([overlap(pairs, region) for region in range(len(REGION_WEIGHTS))])), 4)
        return found


def landmark_losses(maps: Tensor, truth: Tensor, visible: Tensor) -> tuple[Tensor, Tensor]:
    """maps `[B, N, H, W]` logits, truth `[B, N, 2]` in 0-1, visible `[B, N]` -> cross-entropy of the maps, mean distance of the expected places (smooth L1, of the side)."""
    height, width = maps.shape[2:]
    x = (torch.arange(width, device=maps.device) + 0.5) / width
    y = (torch.arange(height, device=maps.device) + 0.5) / height
    gx = torch.exp(-((x - truth[..., :1]) * width / SPREAD_PX) ** 2 / 2)
    gy = torch.exp(-((y - truth[..., 1:]) * height / SPREAD_PX) ** 2 / 2)
    wanted = gy[..., :, None] * gx[..., None, :]
    wanted = wanted / wanted.sum((2, 3), keepdim=True).clamp_min(1e-6)
    logs = maps.flatten(2).log_softmax(2).view_as(maps)
    count = visible.sum().clamp_min(1)
    crossed = (-(wanted * logs).sum((2, 3)) * visible).sum() / count
    off = F.smooth_l1_loss(places(maps), truth, reduction="none", beta=0.004).sum(2)
    return crossed, (off * visible).sum() / count


def error_of(read: Tensor, truth: Tensor) -> Tensor:
    """The corners of a face in profile lie close together: then half of its length stands in."""
    a, b = OUTER_CORNERS
    width, length = (truth[a] - truth[b]).norm(), (truth[CHIN] - truth[NASION]).norm()
    return (read - truth).norm(dim=1).mean() / torch.maximum(width, length / 2)


def overlap(pairs: list[tuple[np.ndarray, np.ndarray]], region: int) -> float:
    common = sum(((a == region) & (b == region)).sum() for a, b in pairs)
    either = sum((((a == region) | (b == region)) & (b != UNKNOWN)).sum() for a, b in pairs)
    return float(common / max(1, either))

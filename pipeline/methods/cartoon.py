"""Photo -> cartoon: white-box cartoonisation with landmarks (Wang and Yu 2020).

The paper learns from unpaired pictures. Here cartoons of the same people exist, so the generator first learns those by pixels and features, which converges fast; then
come the four representations: structure, texture and surface with a discriminator each, and landmarks, on pairs and on any photos alike.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from .. import cartoon_losses, losses
from ..checkpoints import network_of, read_state
from ..networks import answer, build
from ..pack_files import Pack
from ..pack_pictures import PicturePack
from ..perceptual import fixed_features
from ..portraits import Portraits, chw
from ..superpixels import coloured, superpixels
from .method import Batch, Item, Method, Place, Source, fixed, signed

ENDLESS = 10**8
EXAMPLES = 16
# Superpixels are made of the picture at this size; larger ones take seconds and say the same.
STRUCTURE_PX = 128


@dataclass(frozen=True)
class CartoonConfig:
    pack: str  # of faces (pipeline.pack)
    toons: str  # of their cartoons (pipeline.pack_pictures toon)
    perceptual_weights: str
    reader: str = ""  # a checkpoint of a face reader; without one there is no landmark loss
    reader_px: int = 128
    generator: dict = field(default_factory=lambda: {"ngf": 16, "filterRadius": 0})
    ndf: int = 32
    pairs: int = 2  # a step and process
    photos: int = 1  # beside them, once discriminators judge
    learning_rate: float = 5e-4
    discriminator_learning_rate: float = 2e-4
    adversarial_from_step: int = 4000
    perceptual_fires: int = 6
    lambda_pair: float = 10.0
    lambda_perceptual: float = 10.0
    lambda_texture: float = 1.0
    lambda_surface: float = 0.5
    lambda_content: float = 1.0
    lambda_structure: float = 1.0
    lambda_variation: float = 0.5
    lambda_landmark: float = 20.0


class Cartoon(Method):
    Config = CartoonConfig
    task = "photoToPicture"

    def __init__(self, config: CartoonConfig, place: Place) -> None:
        self.config, self.place = config, place
        self.pack, self.toons = Pack(Path(config.pack)), PicturePack(Path(config.toons))
        self.size = self.pack.photos.shape[1]
        if self.toons.pictures.shape[1] != self.size:
            raise ValueError(f"The cartoons are {self.toons.pictures.shape[1]} px wide and the photos {self.size}.")
        self.generator = place.placed(build("cartoonUnet", config.generator))
        self.average = place.placed(build("cartoonUnet", config.generator))
        self.average.load_state_dict(self.generator.state_dict())
        channels = {"textureDiscriminator": 1, "surfaceDiscriminator": 3}
        judges = {role: place.placed(build("spectralPatch", {"ndf": config.ndf, "inputChannels": c})) for role, c in channels.items()}
        self.networks = {"generator": self.generator, **judges}
        self.averages = {"generator": self.average}
        self.groups = {"discriminators": tuple(channels), "generator": ("generator",)}
        self.rates = {"discriminators": config.discriminator_learning_rate, "generator": config.learning_rate}
        self.betas = {"discriminators": (0.5, 0.99), "generator": (0.5, 0.99)}
        self.parallel = dict(self.networks)
        self.features = fixed_features(Path(config.perceptual_weights), config.perceptual_fires).to(place.device)
        self.reader: nn.Module | None = None
        if config.reader:
            self.reader = network_of(read_state(Path(config.reader)), "reader").to(place.device).requires_grad_(False)
        # What the groups of one step share: pictures, and the weights that take their colours away.
        self.fakes: tuple[Batch, Tensor, Tensor] | None = None

    def about(self) -> dict:
        return {"sizePx": self.size, "style": "cartoon", "strength": 1.0}

    def sources(self, seed: int, seen: Mapping[str, int]) -> dict[str, Source]:
        c = self.config
        return {"pairs": Source(Portraits(self.pack, self.toons, True, seed, seen.get("pairs", 0), ENDLESS), c.pairs),
                "photos": Source(Portraits(self.pack, self.toons, False, seed, seen.get("photos", 0), ENDLESS), c.photos)}

    # -- losses ------------------------------------------------------------------------------------------------------------------

    def losses(self, group: str, batch: Batch, step: int) -> dict[str, Tensor]:
        judged = step >= self.config.adversarial_from_step
        if group == "discriminators":
            return self.discriminator_losses(batch) if judged else {}
        fake, weights = self.fakes_of(batch, judged)
        terms = self.pair_losses(fake, batch["pairs"])
        if judged:
            terms |= self.representation_losses(batch, fake, weights)
        self.fakes = None
        return terms

    def photos_of(self, batch: Batch, judged: bool) -> Tensor:
        """`[B, 3, S, S]`: the pairs' photos, and in the second part of a run the others after them."""
        parts = [batch["pairs"]["photo"], batch["photos"]["photo"]] if judged else [batch["pairs"]["photo"]]
        return signed(torch.cat(parts), self.place.device)

    def fakes_of(self, batch: Batch, judged: bool) -> tuple[Tensor, Tensor]:
        if self.fakes is None or self.fakes[0] is not batch:
            photos = self.photos_of(batch, judged).to(self.place.low)
            self.fakes = batch, self.parallel["generator"](photos), cartoon_losses.colour_weights()
        return self.fakes[1:]

    def pair_losses(self, fake: Tensor, pairs: Item) -> dict[str, Tensor]:
        c, low, real = self.config, self.place.low, signed(pairs["picture"], self.place.device)
        fake = fake[:len(real)]
        with torch.no_grad():
            wanted = self.features(real.to(low))
        return {"pair": c.lambda_pair * F.l1_loss(fake, real),
                "perceptual": c.lambda_perceptual * losses.perceptual(self.features(fake.to(low)), wanted, self.features.weights)}

    def discriminator_losses(self, batch: Batch) -> dict[str, Tensor]:
        fake, weights = self.fakes_of(batch, True)
        real = signed(torch.cat([batch["pairs"]["picture"], batch["photos"]["picture"]]), self.place.device)
        seen = {"texture": lambda x: cartoon_losses.texture(x, weights), "surface": cartoon_losses.surface}
        terms = {}
        for name, representation in seen.items():
            discriminator = self.parallel[f"{name}Discriminator"]
            scores = [discriminator(representation(x).to(self.place.low)) for x in (real, fake.detach())]
            terms[f"{name}Judge"] = (cartoon_losses.judged_as(scores[0], True) + cartoon_losses.judged_as(scores[1], False)) / 2
        return terms

    def representation_losses(self, batch: Batch, fake: Tensor, weights: Tensor) -> dict[str, Tensor]:
        c, low = self.config, self.place.low
        terms = {"variation": c.lambda_variation * cartoon_losses.squared_variation(fake)}
        for name, weight, seen in (("texture", c.lambda_texture, cartoon_losses.texture(fake, weights)), ("surface", c.lambda_surface, cartoon_losses.surface(fake))):
            with fixed(self.networks[f"{name}Discriminator"]) as discriminator:
                terms[name] = weight * cartoon_losses.judged_as(discriminator(seen.to(low)), True)
        # Of the others: the pairs know their cartoon, which says more of content and structure than the photo does.
        other, photos = fake[len(batch["pairs"]["photo"]):], signed(batch["photos"]["photo"], self.place.device)
        small = F.avg_pool2d(other, self.size // STRUCTURE_PX) if self.size > STRUCTURE_PX else other
        with torch.no_grad():
            photo_features = self.features(photos.to(low))[-1]
            structure_features = self.features(structure(small).to(low))[-1]
        terms["content"] = c.lambda_content * cartoon_losses.feature_l1(self.features(other.to(low))[-1], photo_features)
        terms["structure"] = c.lambda_structure * cartoon_losses.feature_l1(self.features(small.to(low))[-1], structure_features)
        if self.reader is not None:
            landmarks = torch.cat([batch[name]["landmarks"] for name in ("pairs", "photos")]).to(self.place.device)
            terms["landmark"] = c.lambda_landmark * cartoon_losses.landmark_l1(self.heat_maps(fake), landmarks)
        return terms

    def heat_maps(self, pictures: Tensor) -> Tensor:
        small = F.avg_pool2d(pictures, max(1, self.size // self.config.reader_px)).to(self.place.low, memory_format=torch.channels_last)
        return answer(self.reader, {"picture": small})["landmarks"]

    # -- what it shows -----------------------------------------------------------------------------------------------------------

    @torch.no_grad()
    def samples(self, batch: Batch) -> dict[str, Tensor]:
        """Photos, the averaged generator's cartoons in float32, the true cartoons."""
        photos, toons = (signed(batch["pairs"][name], self.place.device) for name in ("photo", "picture"))
        return {"photo": photos, "cartoon": self.average(photos), "toon": toons}

    def kept(self) -> list[Batch]:
        """Pairs that no training sees."""
        number = {name: i for i, name in enumerate(self.pack.names)}
        pairs = [(number[self.toons.of[k]], k) for k in self.toons.validation if self.toons.of[k] in number]
        return [{"pairs": {"photo": chw(self.pack.photos[i])[None], "picture": chw(self.toons.pictures[k])[None],
                           "landmarks": torch.from_numpy(self.pack.landmarks[i].astype(np.float32))[None]}} for i, k in pairs]

    def examples(self) -> Sequence[Batch]:
        return self.kept()[:EXAMPLES]

    @torch.no_grad()
    def errors(self) -> dict[str, float]:
        """l1 in [-1, 1] of the cartoon and of the photo itself to the true cartoon; landmarks in percent of a side, as the reader sees them in the cartoon."""
        found: dict[str, list[float]] = {"validationL1": [], "photoL1": []} | ({"validationLandmarks": []} if self.reader is not None else {})
        for batch in self.kept():
            shown = self.samples(batch)
            found["validationL1"].append(float(F.l1_loss(shown["cartoon"], shown["toon"])))
            found["photoL1"].append(float(F.l1_loss(shown["photo"], shown["toon"])))
            if self.reader is not None:
                found["validationLandmarks"].append(100 * float(cartoon_losses.landmark_l1(self.heat_maps(shown["cartoon"]), batch["pairs"]["landmarks"].to(self.place.device))))
        return {name: round(float(np.mean(values)), 4) for name, values in found.items() if values}


def structure(pictures: Tensor) -> Tensor:
    """`[B, 3, H, W]` in [-1, 1] -> each in the colours of its superpixels."""
    arrays = pictures.float().cpu().permute(0, 2, 3, 1).numpy()
    return torch.from_numpy(np.stack([coloured(x, superpixels(x)) for x in arrays])).float().permute(0, 3, 1, 2).to(pictures.device)

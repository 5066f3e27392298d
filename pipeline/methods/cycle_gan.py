"""Photo <-> anime: CycleGAN (Zhu et al. 2017) with a perceptual loss (the document's own addition) and, ours, landmarks.

Two generators, two discriminators that see a history of what was generated, and everything through one DiffAugment (Zhao et al. 2020), since 900 pictures are few. The
generators begin by leaving pictures as they are: from noise, a discriminator teaches them nothing. Where anime pictures of some of the photographed people exist (`pairs`), they
begin with those instead, by pixels and features, which converges fast; pairs go on counting when the rest begins. Anime pictures are shown as large as photos on average
(domains.py). Landmarks: a reader of faces in any style has to see the face of the source in the picture that was made of it, moved by what the mean faces of the two
domains differ in.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from .. import cartoon_losses, cycle_losses, losses
from ..checkpoints import network_of, read_state
from ..cycle_losses import Augmentation, augmented, exchanged
from ..domain_pairs import DomainPairs
from ..domains import Domain, DomainDataset, Variety, placed_like
from ..losses import places
from ..networks import FAMILIES, answer, build, family_of
from ..pack_files import Pack
from ..pack_pictures import PicturePack
from ..perceptual import fixed_features
from .method import Batch, Item, Method, Place, Source, fixed, signed

ENDLESS = 10**8
EXAMPLES = 8
OUTER_CORNERS = (36, 45)
GENERATOR = {"ngf": 24, "downSteps": 3, "residualBlocks": 6, "separable": True, "normsRemoved": 0, "inputChannels": 3, "outputChannels": 3, "upsampling": "resize"}
# From which domain into which, by the ends of the networks' names.
WAYS = {"AB": ("a", "b"), "BA": ("b", "a")}


@dataclass(frozen=True)
class CycleGanConfig:
    pack: str  # of photos (pipeline.pack): domain A
    anime: str  # (pipeline.pack_pictures anime): domain B
    perceptual_weights: str
    pairs: str = ""  # of people in `pack` (pipeline.pack_pictures animePairs)
    pair_batch: int = 4
    pair_variety: dict = field(default_factory=dict)
    lambda_pair: float = 10.0
    lambda_pair_perceptual: float = 10.0
    pair_fires: int = 6
    pair_ways: tuple[str, ...] = tuple(WAYS)  # one of them learns twice as fast
    pair_adversarial_from_step: int = ENDLESS  # from here on discriminators tell what is made of pairs from what was to be made
    lambda_pair_adversarial: float = 1.0
    lambda_pair_feature_matching: float = 5.0
    reader: str = ""  # a checkpoint of a face reader; without one there is no landmark loss
    reader_px: int = 128
    size: int = 192
    family: str = "pix2pixHd"  # or "unet", which has no instance norms: what a picture's colours are as a whole passes it at once, and it learns pairs faster
    generator: dict = field(default_factory=lambda: dict(GENERATOR))
    variety: dict = field(default_factory=dict)  # of training pictures (domains.Variety)
    ndf: int = 48
    batch: int = 2
    pool: int = 50
    learning_rate: float = 2e-4
    discriminator_learning_rate: float = 2e-4
    adversarial_from_step: int = 300
    identity_every: int = 2  # steps: a third of a step's passes
    lambda_adversarial: float = 1.0
    lambda_cycle: float = 10.0
    lambda_identity: float = 5.0
    lambda_pixel: float = 5.0  # before discriminators judge: a picture stays what it is
    lambda_perceptual: float = 0.5
    lambda_landmark: float = 10.0
    perceptual_layer: int = 2  # of SqueezeNet: at a quarter of the size, as VGG-16's conv2_2 at a half



class CycleGan(Method):
    Config = CycleGanConfig
    task = "photoToPicture"
    # What a model is exported for: the networks that it has, by their names there, and the style of its pictures.
    parts: ClassVar[dict[str, tuple[dict[str, str], str]]] = {
        "anime": ({"generator": "generatorAB", "discriminator": "discriminatorB"}, "anime"),
        "photo": ({"generator": "generatorBA", "discriminator": "discriminatorA"}, "photo"),
    }

    def __init__(self, config: CycleGanConfig, place: Place) -> None:
        self.config, self.place = config, place
        self.pack, self.anime = Pack(Path(config.pack)), PicturePack(Path(config.anime))
        photos = Domain(self.pack.photos, self.pack.landmarks, masks=self.pack.masks)
        square = placed_like(self.anime.landmarks[self.anime.training].mean(0), photos.mean(self.pack.training))
        self.domains = {"a": photos, "b": Domain(self.anime.pictures, self.anime.landmarks, square)}
        means = {"a": photos.mean(self.pack.training), "b": self.domains["b"].mean(self.anime.training)}
        self.offsets = {way: torch.from_numpy((means[into] - means[source]).astype(np.float32)) for way, (source, into) in WAYS.items()}
        self.networks, self.averages = {}, {}
        for way in WAYS:
            generator, average = (place.placed(build(config.family, config.generator)) for _ in range(2))
            average.load_state_dict(generator.state_dict())
            self.networks[f"generator{way}"], self.averages[f"generator{way}"] = generator, average
        for domain in "AB":
            self.networks[f"discriminator{domain}"] = place.placed(build("patchGan", {"scales": 1, "ndf": config.ndf, "inputs": 3}))
        self.groups = {"generators": ("generatorAB", "generatorBA"), "discriminators": ("discriminatorA", "discriminatorB")}
        self.rates = {"generators": config.learning_rate, "discriminators": config.discriminator_learning_rate}
        self.parallel = dict(self.networks)
        self.features = fixed_features(Path(config.perceptual_weights), config.perceptual_layer).to(place.device)
        self.pairs: DomainPairs | None = None
        if config.pairs:
            others = PicturePack(Path(config.pairs))
            self.pairs = DomainPairs(self.pack, others, config.size, Variety(**config.pair_variety), (0,), 0, ENDLESS)
            self.pair_features = fixed_features(Path(config.perceptual_weights), config.pair_fires).to(place.device)
        self.reader: nn.Module | None = None
        if config.reader:
            self.reader = network_of(read_state(Path(config.reader)), "reader").to(place.device).requires_grad_(False)
        self.pools: dict[str, list[Tensor]] = {"a": [], "b": []}
        # What the generators of a step made, for the discriminators.
        self.fakes: dict[str, Tensor] = {}
        self.pair_fakes: dict[str, Tensor] = {}

    def about(self) -> dict:
        return {"sizePx": self.config.size, "strength": 1.0}

    def sources(self, seed: int, seen: Mapping[str, int]) -> dict[str, Source]:
        c, training = self.config, {"a": self.pack.training, "b": self.anime.training}
        variety = Variety(**c.variety)
        found = {name: Source(DomainDataset(domain, training[name], c.size, variety, (seed, k), seen.get(name, 0), ENDLESS), c.batch)
                 for k, (name, domain) in enumerate(self.domains.items())}
        if self.pairs is not None:
            pairs = DomainPairs(self.pack, self.pairs.others, c.size, self.pairs.variety, (seed, len(found)), seen.get("pairs", 0), ENDLESS)
            found["pairs"] = Source(pairs, c.pair_batch)
        return found

    # -- losses ------------------------------------------------------------------------------------------------------------------

    def losses(self, group: str, batch: Batch, step: int) -> dict[str, Tensor]:
        real = {name: signed(batch[name]["picture"], self.place.device) for name in self.domains}
        judged = step >= self.config.adversarial_from_step
        judges_pairs = self.pairs is not None and step >= self.config.pair_adversarial_from_step
        if group == "discriminators":
            return (self.discriminator_losses(real) if judged else {}) | (self.pair_discriminator_losses(batch["pairs"]) if judges_pairs else {})
        terms = {} if self.pairs is None else self.pair_losses(batch["pairs"], judges_pairs)
        if terms and not judged:
            return terms
        for way, (source, into) in WAYS.items():
            terms |= {f"{name}{way}": value for name, value in self.way_losses(way, real[source], real[into], batch[source]["landmarks"], judged, step).items()}
        return terms

    def made(self, way: str, pictures: Tensor) -> Tensor:
        return self.parallel[f"generator{way}"](pictures.to(self.place.low))

    def of_pairs(self, pairs: Item) -> dict[str, Tensor]:
        return {"a": signed(pairs["photo"], self.place.device), "b": signed(pairs["other"], self.place.device)}

    def pair_losses(self, pairs: Item, judged: bool) -> dict[str, Tensor]:
        c, low, real, terms = self.config, self.place.low, self.of_pairs(pairs), {}
        for way in c.pair_ways:
            source, into = WAYS[way]
            fake = self.made(way, real[source])
            with torch.no_grad():
                wanted = self.pair_features(real[into].to(low))
            terms[f"pair{way}"] = c.lambda_pair * F.l1_loss(fake, real[into])
            terms[f"pairPerceptual{way}"] = c.lambda_pair_perceptual * losses.perceptual(self.pair_features(fake.to(low)), wanted, self.pair_features.weights)
            if judged:
                self.pair_fakes[into] = fake.detach()
                augmentation = self.augmentation()
                with fixed(self.networks[f"discriminator{into.upper()}"]) as discriminator:
                    outputs = discriminator(augmented(fake, augmentation).to(low))
                    with torch.no_grad():
                        others = discriminator(augmented(real[into], augmentation).to(low))
                terms[f"pairAdversarial{way}"] = c.lambda_pair_adversarial * losses.adversarial(outputs, True)
                terms[f"pairMatching{way}"] = c.lambda_pair_feature_matching * losses.feature_matching(outputs, others)
        return terms

    def way_losses(self, way: str, real: Tensor, other: Tensor, landmarks: Tensor, judged: bool, step: int) -> dict[str, Tensor]:
        """Of one generator: from `real` into the domain of `other`."""
        c, (_, into) = self.config, WAYS[way]
        fake = self.made(way, real)
        self.fakes[into] = fake.detach()
        terms = {"cycle": c.lambda_cycle * cycle_losses.cycle_consistency(real, self.made(way[::-1], fake))}
        if step % c.identity_every == 0:
            terms |= {"identity": c.lambda_identity * cycle_losses.identity_mapping(other, self.made(way, other))}
        if c.lambda_perceptual:
            terms |= {"perceptual": c.lambda_perceptual * self.perceptual(fake, real)}
        if not judged:
            terms |= {"pixel": c.lambda_pixel * cycle_losses.identity_mapping(real, fake)}
        else:
            with fixed(self.networks[f"discriminator{into.upper()}"]) as discriminator:
                outputs = discriminator(augmented(fake, self.augmentation()).to(self.place.low))
            terms |= {"adversarial": c.lambda_adversarial * losses.adversarial(outputs, True)}
        if self.reader is not None and judged:
            wanted = landmarks.to(self.place.device) + self.offsets[way].to(self.place.device)
            terms |= {"landmark": c.lambda_landmark * cartoon_losses.landmark_l1(self.heat_maps(fake.to(self.place.low)), wanted)}
        return terms

    def perceptual(self, fake: Tensor, real: Tensor) -> Tensor:
        with torch.no_grad():
            wanted = self.features(real.to(self.place.low))[-1]
        return cartoon_losses.feature_l1(self.features(fake.to(self.place.low))[-1], wanted)

    def heat_maps(self, pictures: Tensor) -> Tensor:
        side = self.config.reader_px
        return self.reader(F.interpolate(pictures.float(), (side, side), mode="bilinear", align_corners=False).to(pictures.dtype))[0]

    def places_in(self, pictures: Tensor) -> Tensor:
        """The landmarks that the reader sees, `[B, 68, 2]` in 0-1."""
        return places(self.heat_maps(pictures))

    def augmentation(self) -> Augmentation:
        return Augmentation.drawn(uniform)

    def discriminator_losses(self, real: dict[str, Tensor]) -> dict[str, Tensor]:
        terms = {}
        for name in ("a", "b"):
            discriminator, augmentation = self.parallel[f"discriminator{name.upper()}"], self.augmentation()
            judged = [losses.adversarial(discriminator(augmented(x, augmentation).to(self.place.low)), is_real)
                      for x, is_real in ((real[name], True), (self.remembered(name), False))]
            terms[f"discriminator{name.upper()}"] = torch.stack(judged).mean()
        return terms

    def pair_discriminator_losses(self, pairs: Item) -> dict[str, Tensor]:
        real, terms = self.of_pairs(pairs), {}
        for name, fake in self.pair_fakes.items():
            discriminator, augmentation = self.parallel[f"discriminator{name.upper()}"], self.augmentation()
            judged = [losses.adversarial(discriminator(augmented(x, augmentation).to(self.place.low)), is_real) for x, is_real in ((real[name], True), (fake, False))]
            terms[f"pairDiscriminator{name.upper()}"] = torch.stack(judged).mean()
        self.pair_fakes = {}
        return terms

    def remembered(self, name: str) -> Tensor:
        """The step's fakes, some of them replaced by older ones."""
        shown = []
        for fresh in self.fakes.pop(name).to(self.place.low):
            picture, self.pools[name] = exchanged(self.pools[name], fresh, self.config.pool, uniform)
            shown.append(picture)
        return torch.stack(shown).float()

    # -- what it shows -----------------------------------------------------------------------------------------------------------

    @torch.no_grad()
    def samples(self, batch: Batch) -> dict[str, Tensor]:
        a, b = (signed(batch[name]["picture"], self.place.device) for name in ("a", "b"))
        go, back = (lambda x, way=way: redrawn(self.averages[f"generator{way}"], x) for way in WAYS)
        fake_b, fake_a = go(a), back(b)
        return {"real_A": a, "fake_B": fake_b, "rec_A": back(fake_b), "same_A": back(a), "real_B": b, "fake_A": fake_a, "rec_B": go(fake_a), "same_B": go(b)}

    def shown(self, name: str, i: int) -> Batch:
        return {name: {key: value[None] for key, value in self.domains[name].item(i, self.config.size).items()}}

    def examples(self) -> Sequence[Batch]:
        a, b = (kept[::max(1, len(kept) // EXAMPLES)][:EXAMPLES] for kept in (self.pack.validation, self.anime.validation))
        return [{**self.shown("a", i), **self.shown("b", j)} for i, j in zip(a, b)]

    @torch.no_grad()
    def errors(self) -> dict[str, float]:
        """On photos and anime pictures that are kept from training: cycle errors, and how far the landmarks that a reader sees in the other domain are from the
        source's, moved by the mean faces' difference, in distances of the outer eye corners."""
        found = {}
        for way, (source, _) in WAYS.items():
            kept = {"a": self.pack.validation, "b": self.anime.validation}[source][::4]
            cycles, landmarks = [], []
            for i in kept:
                item = self.shown(source, i)[source]
                real = signed(item["picture"], self.place.device)
                fake = redrawn(self.averages[f"generator{way}"], real)
                cycles.append(float((redrawn(self.averages[f"generator{way[::-1]}"], fake) - real).abs().mean()))
                if self.reader is not None:
                    truth = item["landmarks"].to(real) + self.offsets[way].to(real)
                    eyes = (truth[:, OUTER_CORNERS[0]] - truth[:, OUTER_CORNERS[1]]).norm(dim=1)
                    landmarks.append(float(((self.places_in(fake) - truth).norm(dim=2).mean(1) / eyes).mean()))
            found |= {f"{name}{way}": round(float(np.mean(values)), 4) for name, values in (("cycleError", cycles), ("landmarkError", landmarks)) if values}
        return found

    def start(self, state: dict) -> None:
        """One way alone is a start as well: what the checkpoint does not have begins anew."""
        own = {role: {"state": network.state_dict()} for role, network in self.networks.items()}
        super().start(state | {"networks": own | state["networks"]})

    # -- checkpoints -------------------------------------------------------------------------------------------------------------

    def memory(self) -> dict:
        return {name: torch.stack(pool) if pool else torch.zeros(0) for name, pool in self.pools.items()}

    def remember(self, memory: dict) -> None:
        self.pools = {name: list(memory.get(name, torch.zeros(0)).to(self.place.device)) for name in self.pools}


def redrawn(generator: nn.Module, pictures: Tensor) -> Tensor:
    """What a generator of one input and one output makes of pictures, whatever its family calls these."""
    family = FAMILIES[family_of(generator)]
    (given,), (made,) = family.inputs(generator.config), family.outputs(generator.config)
    return answer(generator, {given: pictures})[made]


def uniform() -> float:
    """In [0, 1), from PyTorch's generator, which a run seeds and a checkpoint keeps."""
    return float(torch.rand(()))

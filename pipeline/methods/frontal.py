"""Turned face -> frontal face: TP-GAN (Huang et al. 2017, section 3) on pictures of the same person, with a Wasserstein critic or a least-squares one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from .. import frontal_losses, losses
from ..face_recognition import FaceRecognition
from ..networks import answer, build
from ..pack_files import Pack
from ..pack_pictures import PicturePack
from ..perceptual import fixed_features
from ..turned_pairs import STILL, Changes, TurnedFaces, TurnedPairs
from .method import Batch, Item, Method, Place, Source, fixed, signed

ENDLESS = 10**8
EXAMPLES = 24
# Full, half and a quarter of the size.
SIZE_WEIGHTS = (1.0, 1.0, 1.5)
SIZES = ("frontal", "half", "quarter")
FORMS = ("wasserstein", "leastSquares")


@dataclass(frozen=True)
class FrontalConfig:
    pack: str  # of the frontal faces (pipeline.pack)
    turned: str  # of the turned ones (pipeline.pack_pictures)
    identity_weights: str = ""  # face_recognition.py says where to get them; without them nothing holds the person's identity but the pictures
    perceptual_weights: str = ""  # SqueezeNet 1.1 or VGG19
    generator: dict = field(default_factory=dict)
    changes: dict = field(default_factory=dict)  # of training pictures (turned_pairs.Changes)
    frontal_share: float = 0.2  # of pictures that look ahead already
    batch: int = 8
    learning_rate: float = 2e-4
    discriminator_learning_rate: float = 1e-4
    ndf: int = 24
    adversarial_form: str = "wasserstein"
    adversarial_from_step: int = 2000
    adversarial_every: int = 2  # steps; the slope's penalty costs a third of a step
    lambda_pixel: float = 1.0
    lambda_local: float = 3.0
    lambda_symmetry: float = 0.3
    lambda_adversarial: float = 0.001
    lambda_penalty: float = 10.0
    lambda_identity: float = 0.003
    lambda_perceptual: float = 0.0
    lambda_variation: float = 0.0001
    lambda_person: float = 0.001
    perceptual_fires: int = 4

    def __post_init__(self) -> None:
        if self.adversarial_form not in FORMS:
            raise ValueError(f"adversarial_form must be one of {', '.join(FORMS)}, not {self.adversarial_form!r}.")


class Frontal(Method):
    Config = FrontalConfig
    task = "turnedToFrontal"

    def __init__(self, config: FrontalConfig, place: Place) -> None:
        self.config, self.place = config, place
        self.generator = place.placed(build("tpGan", config.generator))
        self.template, side = self.generator.config.template, self.generator.config.sizePx
        sizes = {name: (width, height) for name, (_, _, width, height) in self.template.items()}
        self.faces = TurnedFaces(PicturePack(Path(config.turned)), Pack(Path(config.pack), side), sizes)
        self.average = place.placed(build("tpGan", config.generator)).eval()
        self.average.load_state_dict(self.generator.state_dict())
        self.classifier = place.placed(build("identityClassifier", {"codeLength": self.generator.config.codeLength, "people": len(self.faces.people)}))
        self.discriminator = place.placed(build("patchGan", {"scales": 1, "ndf": config.ndf, "inputs": 3}))
        self.networks = {"generator": self.generator, "classifier": self.classifier, "discriminator": self.discriminator}
        self.averages = {"generator": self.average}
        self.groups = {"discriminator": ("discriminator",), "generator": ("generator", "classifier")}
        self.rates = {"discriminator": config.discriminator_learning_rate, "generator": config.learning_rate}
        self.betas = {"generator": (0.9, 0.999)}
        self.parallel = dict(self.networks)
        self.identity = FaceRecognition(Path(config.identity_weights)).to(place.device) if config.identity_weights else None
        self.features = fixed_features(Path(config.perceptual_weights), config.perceptual_fires).to(place.device) if config.perceptual_weights else None
        # What the two groups of one step share.
        self.made: tuple[Batch, dict[str, Tensor]] | None = None

    def about(self) -> dict:
        return {"sizePx": self.generator.config.sizePx}

    def sources(self, seed: int, seen: Mapping[str, int]) -> dict[str, Source]:
        c = self.config
        return {"pairs": Source(TurnedPairs(self.faces, Changes(**c.changes), c.frontal_share, seed, seen.get("pairs", 0), ENDLESS), c.batch)}

    def start(self, state: dict) -> None:
        """What only training needs begins anew where a checkpoint has the generator alone, as one has that comes back from files of a model."""
        own = {role: {"state": network.state_dict()} for role, network in self.networks.items() if role != "generator"}
        super().start(state | {"networks": own | state["networks"]})

    # -- losses ------------------------------------------------------------------------------------------------------------------

    def losses(self, group: str, batch: Batch, step: int) -> dict[str, Tensor]:
        c, pairs = self.config, batch["pairs"]
        judges = step >= c.adversarial_from_step and step % c.adversarial_every == 0
        made, real = self.made_of(batch), signed(pairs["frontal"], self.place.device)
        if group == "discriminator":
            return self.discriminator_losses(made["frontal"].detach(), real, step) if judges else {}
        self.made = None
        terms = self.picture_losses(made, real) | self.identity_losses(made, real, pairs["person"].to(self.place.device))
        if judges:
            with fixed(self.discriminator) as discriminator:
                judged = discriminator(made["frontal"].to(self.place.low))
            terms |= {"adversarial": c.lambda_adversarial * losses.adversarial(judged, True, c.adversarial_form)}
        return terms

    def inputs(self, pairs: Item) -> dict[str, Tensor]:
        return {name: signed(pairs[name], self.place.device).to(self.place.low) for name in ("picture", *self.template)}

    def made_of(self, batch: Batch) -> dict[str, Tensor]:
        """The generator's outputs by name, made once a step."""
        if self.made is None or self.made[0] is not batch:
            self.made = batch, self.outputs(self.parallel["generator"], batch["pairs"])
        return self.made[1]

    def outputs(self, network: torch.nn.Module, pairs: Item) -> dict[str, Tensor]:
        names = [*SIZES, *self.template, "code"]
        return dict(zip(names, network(*self.inputs(pairs).values()), strict=True))

    def picture_losses(self, made: dict[str, Tensor], real: Tensor) -> dict[str, Tensor]:
        c = self.config
        pictures, truths = [made[name] for name in SIZES], [real, F.avg_pool2d(real, 2), F.avg_pool2d(real, 4)]
        patches = [real[:, :, top:top + height, left:left + width] for left, top, width, height in self.template.values()]
        symmetric = [weight * (frontal_losses.symmetry(x) + frontal_losses.laplacian_symmetry(x)) for weight, x in zip(SIZE_WEIGHTS, pictures)]
        terms = {"pixel": c.lambda_pixel * frontal_losses.pixel_l1(pictures, truths, SIZE_WEIGHTS),
                 "local": c.lambda_local * frontal_losses.pixel_l1([made[name] for name in self.template], patches, [1.0] * len(patches)),
                 "symmetry": c.lambda_symmetry * torch.stack(symmetric).sum(),
                 "variation": c.lambda_variation * frontal_losses.absolute_variation(made["frontal"])}
        if self.features is not None and c.lambda_perceptual:
            with torch.no_grad():
                wanted = self.features(real.to(self.place.low))
            found = self.features(made["frontal"].to(self.place.low))
            terms |= {"perceptual": c.lambda_perceptual * losses.perceptual(found, wanted, self.features.weights)}
        return terms

    def identity_losses(self, made: dict[str, Tensor], real: Tensor, people: Tensor) -> dict[str, Tensor]:
        c, known = self.config, people >= 0
        logits = self.parallel["classifier"](made["code"])
        terms = {"person": c.lambda_person * frontal_losses.identity_cross_entropy(logits[known], people[known])} if known.any() else {}
        if self.identity is None:
            return terms
        with torch.no_grad():
            wanted = self.identity(real.to(self.place.low))
        found = self.identity(made["frontal"].to(self.place.low))
        return terms | {"identity": c.lambda_identity * frontal_losses.identity_preserving(found, wanted)}

    def discriminator_losses(self, fake: Tensor, real: Tensor, step: int) -> dict[str, Tensor]:
        c, low, discriminator = self.config, self.place.low, self.parallel["discriminator"]
        judged = [losses.adversarial(discriminator(x.to(low)), is_real, c.adversarial_form) for x, is_real in ((real, True), (fake, False))]
        terms = {"discriminator": torch.stack(judged).sum()}
        if c.adversarial_form == "wasserstein":
            share = torch.rand(len(real), 1, 1, 1, device=real.device)
            penalty = frontal_losses.gradient_penalty(lambda x: discriminator(x.to(low))[0][-1], real, fake, share)
            terms |= {"penalty": c.lambda_penalty * penalty}
        return terms

    # -- what it shows -----------------------------------------------------------------------------------------------------------

    @torch.no_grad()
    def samples(self, batch: Batch) -> dict[str, Tensor]:
        pairs = batch["pairs"]
        inputs = {name: signed(pairs[name], self.place.device) for name in ("picture", *self.template)}
        return {"turned": inputs["picture"], "frontal": answer(self.average, inputs)["frontal"], "truth": signed(pairs["frontal"], self.place.device)}

    def validation(self) -> list[Item]:
        """Every turned picture of people who are kept from training, by how far it is turned."""
        turned, rng = self.faces.turned, np.random.default_rng(0)
        order = sorted(turned.validation, key=lambda i: abs(turned.yaw[i]))
        return [{name: x[None] for name, x in self.faces.pair(i, STILL, rng).items()} for i in order]

    def examples(self) -> Sequence[Batch]:
        items = self.validation()
        return [{"pairs": item} for item in items[::max(1, len(items) // EXAMPLES)][:EXAMPLES]]

    def errors(self) -> dict[str, float]:
        """On turned pictures of people kept from training: l1 in [-1, 1]; how near the descriptors of made and true faces are (cosine); the share of made faces that are
        nearest to their own person among all of these."""
        shown = [self.samples({"pairs": item}) for item in self.validation()]
        if not shown:
            return {}
        made, true = (torch.cat([s[name] for s in shown]) for name in ("frontal", "truth"))
        found = {"validationL1": float((made - true).abs().mean())}
        if self.identity is not None:
            with torch.no_grad():
                a, b = (F.normalize(torch.cat([self.identity(x)[1] for x in faces.split(8)])) for faces in (made, true))
            found |= {"similarity": float((a * b).sum(1).mean()), "rank1": float(((a @ b.T).argmax(1) == torch.arange(len(a))).float().mean())}
        return {name: round(value, 4) for name, value in found.items()}

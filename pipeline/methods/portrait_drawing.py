"""Photo -> portrait line drawing: APDrawingGAN (Yi et al. 2019), in two stages.

First lines that a filter has found in many photos, which lie exactly where the photo has them; then the drawings of a pen artist, whose lines are a little off: there the
distances between lines count as well as their pixels.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from .. import drawing_losses, losses
from ..drawing_parts import PATCHES, Windows, behind, person_in, places_of
from ..networks import build
from ..pack_files import Pack
from ..pack_pictures import PicturePack
from ..perceptual import FixedFeatures, fixed_features
from ..portraits import Portraits, chw
from .method import Batch, Item, Method, Place, Source, fixed, signed

ENDLESS = 10**8
EXAMPLES = 16
AREAS = ("hair", "background")
REGIONS = (*PATCHES, *AREAS)


@dataclass(frozen=True)
class PortraitDrawingConfig:
    pack: str  # of faces (pipeline.pack)
    drawings: str  # of them (pipeline.pack_drawings)
    stage: int = 1  # 2 goes on from 1
    perceptual_weights: str = ""  # SqueezeNet or VGG19; the paper has no such loss, and a short run gains from it
    perceptual_fires: int = 6
    generator: dict = field(default_factory=dict)
    ndf: int = 16
    batch: int = 2
    learning_rate: float = 4e-4
    discriminator_learning_rate: float = 2e-4
    adversarial_from_step: int = 1500
    adversarial_form: str = "log"
    lambda_adversarial: float = 1.0
    lambda_local_adversarial: float = 0.25
    lambda_l1: float = 100.0
    lambda_local: float = 25.0
    lambda_distance: float = 3.0  # of `drawing_losses.chamfer`, in stage 2
    lambda_perceptual: float = 10.0

    def __post_init__(self) -> None:
        if self.stage not in (1, 2):
            raise ValueError(f"stage must be 1 or 2, not {self.stage!r}.")

    @property
    def needs_init(self) -> bool:
        return self.stage == 2


class PortraitDrawing(Method):
    Config = PortraitDrawingConfig
    task = "portraitDrawing"

    def __init__(self, config: PortraitDrawingConfig, place: Place) -> None:
        self.config, self.place = config, place
        self.pack, self.drawings = Pack(Path(config.pack)), PicturePack(Path(config.drawings))
        self.size = self.pack.photos.shape[1]
        if self.drawings.pictures.shape[1] != self.size:
            raise ValueError(f"The drawings are {self.drawings.pictures.shape[1]} px wide and the photos {self.size}.")
        self.generator = place.placed(build("apDrawing", config.generator))
        self.average = place.placed(build("apDrawing", config.generator)).eval()
        self.average.load_state_dict(self.generator.state_dict())
        # Of the whole, and of every part: each sees photo and drawing.
        roles = ["discriminator", *(judge_of(region) for region in REGIONS)]
        judges = {role: place.placed(build("patchGan", {"scales": 1, "ndf": config.ndf, "inputs": 4})) for role in roles}
        self.networks = {"generator": self.generator, **judges}
        self.averages = {"generator": self.average}
        self.groups = {"discriminators": tuple(judges), "generator": ("generator",)}
        self.rates = {"discriminators": config.discriminator_learning_rate, "generator": config.learning_rate}
        self.parallel = dict(self.networks)
        self.features: FixedFeatures | None = None
        if config.perceptual_weights:
            self.features = fixed_features(Path(config.perceptual_weights), config.perceptual_fires).to(place.device)
        # What the groups of one step share: the drawing of the whole, and those of the parts.
        self.fakes: tuple[Batch, Tensor, dict[str, Tensor]] | None = None

    def about(self) -> dict:
        return {"sizePx": self.size, "style": "drawing"}

    def sources(self, seed: int, seen: Mapping[str, int]) -> dict[str, Source]:
        portraits = Portraits(self.pack, self.drawings, True, seed, seen.get("portraits", 0), ENDLESS)
        return {"portraits": Source(portraits, self.config.batch)}

    # -- losses ------------------------------------------------------------------------------------------------------------------

    def losses(self, group: str, batch: Batch, step: int) -> dict[str, Tensor]:
        judged = step >= self.config.adversarial_from_step
        if group == "discriminators":
            return self.discriminator_losses(batch, step) if judged else {}
        real = self.drawing(batch["portraits"])
        fake, parts = self.fakes_of(batch)
        terms = self.line_losses(fake, parts, real, self.windows(batch), self.masks(batch))
        if judged:
            terms |= self.adversarial_losses(batch, step)
        self.fakes = None
        return terms

    def photo(self, item: Item) -> Tensor:
        return signed(item["photo"], self.place.device)

    def drawing(self, item: Item) -> Tensor:
        return signed(item["picture"][:, :1], self.place.device)

    def places(self, item: Item) -> Tensor:
        return torch.from_numpy(places_of(item["landmarks"].numpy())).to(self.place.device)

    def foreground(self, item: Item) -> Tensor:
        return 2 * item["foreground"].to(self.place.device).float() - 1

    def windows(self, batch: Batch) -> Windows:
        return Windows(self.places(batch["portraits"]), self.size, self.size)

    def masks(self, batch: Batch) -> dict[str, Tensor]:
        return self.windows(batch).masks(self.foreground(batch["portraits"]))

    def fakes_of(self, batch: Batch) -> tuple[Tensor, dict[str, Tensor]]:
        if self.fakes is None or self.fakes[0] is not batch:
            item = batch["portraits"]
            picture, *parts = self.parallel["generator"](self.photo(item).to(self.place.low), self.foreground(item), self.places(item))
            self.fakes = batch, picture, dict(zip(REGIONS, parts))
        return self.fakes[1:]

    def line_losses(self, fake: Tensor, parts: dict[str, Tensor], real: Tensor, windows: Windows, masks: dict[str, Tensor]) -> dict[str, Tensor]:
        c = self.config
        local = [F.l1_loss(parts[name], windows.cut(real, name)) for name in PATCHES]
        local += [F.l1_loss(parts[name], behind(real, masks[name], 1.0)) for name in AREAS]
        terms = {"l1": c.lambda_l1 * F.l1_loss(fake, real), "local": c.lambda_local * torch.stack(local).sum()}
        if c.stage == 2:
            terms["distance"] = c.lambda_distance * drawing_losses.chamfer(real, fake)
        if self.features is not None:
            with torch.no_grad():
                wanted = self.features(real.repeat(1, 3, 1, 1).to(self.place.low))
            terms["perceptual"] = c.lambda_perceptual * losses.perceptual(self.features(fake.repeat(1, 3, 1, 1).to(self.place.low)), wanted, self.features.weights)
        return terms

    def seen(self, batch: Batch, drawing: Tensor, step: int) -> dict[str, tuple[Tensor, Tensor, float]]:
        """What each discriminator that has its turn looks at: drawing, photo, and the weight of its judgement. Hair and background are as large as the whole and take turns."""
        c, photo, windows, masks = self.config, self.photo(batch["portraits"]), self.windows(batch), self.masks(batch)
        found = {"discriminator": (drawing, photo, c.lambda_adversarial)}
        for name in PATCHES:
            found[judge_of(name)] = (windows.cut(drawing, name), windows.cut(photo, name), c.lambda_local_adversarial)
        area = AREAS[step % len(AREAS)]
        found[judge_of(area)] = (behind(drawing, masks[area], 1.0), behind(photo, masks[area], -1.0), len(AREAS) * c.lambda_local_adversarial)
        return found

    def discriminator_losses(self, batch: Batch, step: int) -> dict[str, Tensor]:
        low, form = self.place.low, self.config.adversarial_form
        reals, fakes = (self.seen(batch, drawing, step) for drawing in (self.drawing(batch["portraits"]), self.fakes_of(batch)[0].detach()))
        terms = []
        for role, (real, photo, _) in reals.items():
            judge = self.parallel[role]
            terms.append(losses.adversarial(judge(real.to(low), photo.to(low)), True, form) + losses.adversarial(judge(fakes[role][0].to(low), photo.to(low)), False, form))
        return {"judges": torch.stack(terms).sum() / 2}

    def adversarial_losses(self, batch: Batch, step: int) -> dict[str, Tensor]:
        low, terms = self.place.low, {}
        for role, (drawing, photo, weight) in self.seen(batch, self.fakes_of(batch)[0], step).items():
            with fixed(self.networks[role]) as judge:
                terms[role] = weight * losses.adversarial(judge(drawing.to(low), photo.to(low)), True, self.config.adversarial_form)
        whole = terms.pop("discriminator")
        return {"adversarial": whole, "localAdversarial": torch.stack(list(terms.values())).sum()}

    # -- what it shows -----------------------------------------------------------------------------------------------------------

    @torch.no_grad()
    def samples(self, batch: Batch) -> dict[str, Tensor]:
        """Photos, the averaged generator's drawings in float32, the true ones."""
        item = batch["portraits"]
        photo = self.photo(item)
        return {"photo": photo, "generated": self.average(photo, self.foreground(item), self.places(item))[0].expand_as(photo), "drawing": self.drawing(item).expand_as(photo)}

    def kept(self) -> list[Batch]:
        """Portraits that no training sees."""
        number = {name: i for i, name in enumerate(self.pack.names)}
        pairs = [(number[self.drawings.of[k]], k) for k in self.drawings.validation if self.drawings.of[k] in number]
        return [{"portraits": {"photo": chw(self.pack.photos[i])[None], "picture": chw(self.drawings.pictures[k])[None],
                               "landmarks": torch.from_numpy(self.pack.landmarks[i].astype(np.float32))[None],
                               "foreground": torch.from_numpy(person_in(self.pack.masks[i]))[None, None]}} for i, k in pairs]

    def examples(self) -> Sequence[Batch]:
        return self.kept()[::max(1, len(self.kept()) // EXAMPLES)][:EXAMPLES]

    @torch.no_grad()
    def errors(self) -> dict[str, float]:
        """l1 in [-1, 1] to the true drawing, and how far the lines are from its, as in the loss."""
        found: dict[str, list[float]] = {"validationL1": [], "validationDistance": []}
        for batch in self.kept()[:40]:
            item = batch["portraits"]
            drawn, real = self.average(self.photo(item), self.foreground(item), self.places(item))[0], self.drawing(item)
            found["validationL1"].append(float(F.l1_loss(drawn, real)))
            found["validationDistance"].append(float(drawing_losses.chamfer(real, drawn)))
        return {name: round(float(np.mean(values)), 4) for name, values in found.items() if values}


def judge_of(region: str) -> str:
    return f"{region}Discriminator"

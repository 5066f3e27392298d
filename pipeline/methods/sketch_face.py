"""Sketch -> face: a generator and multi-scale discriminators on pairs (Wang et al. 2018, section 3; thesis, section 2), with edits of one part beside whole faces."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from .. import look_fields, losses
from ..data import EditDataset, Item, Pack, SketchFaceDataset
from ..layers import held_statistics
from ..networks import FAMILIES, build, family_of
from ..perceptual import fixed_features
from ..sketches import PLAIN, SketchStyle, sketch
from ..tasks.sketch_to_face import planes
from ..tolerance import basis
from .method import Batch, Method, Place, Source, fixed, signed, take

# Half a grey level in [-1, 1]: smaller changes are rounding (and bfloat16 rounds at about this size), whose sign would only add noise.
QUIET = 0.5 / 127.5
ENDLESS = 10**8
EXAMPLES = 16
CHOICES = {
    "phase": ("g1", "g2", "joint"),
    "adversarial_form": ("leastSquares", "log"),
    "loss_weights": ("mean", "pix2pixHD"),
    "look_entry": ("modulation", "channels"),
}


@dataclass(frozen=True)
class SketchFaceConfig:
    pack: str
    perceptual_weights: str  # SqueezeNet 1.1 (a folder of .npy) or VGG19 (torchvision's .pth)
    size: int = 0  # of the pictures; 0 = the pack's own
    phase: str = "joint"  # "g1": a generator without local enhancer; "g2": the enhancer alone, G1 frozen; "joint": all there is
    look_entry: str = "modulation"  # or "channels": the look as constant input planes (kept for comparison; the studio knows modulation only)
    generator_family: str = "pix2pixHd"
    generator: dict = field(default_factory=dict)
    style: dict = field(default_factory=dict)
    batch: int = 4  # per process, as everything that is counted in pictures
    edit_batch: int = 1
    learning_rate: float = 2e-4
    discriminator_learning_rate: float = 2e-4
    scales: int = 2
    ndf: int = 32
    adversarial_from_step: int = 3000
    adversarial_form: str = "leastSquares"
    loss_weights: str = "mean"  # or "pix2pixHD": sums where its code has sums, every pixel of every feature
    lambda_l1: float = 10.0
    lambda_perceptual: float = 10.0
    lambda_feature_matching: float = 10.0
    lambda_adversarial: float = 1.0
    lambda_edit: float = 0.0
    perceptual_fires: int = 6
    look_dropout: float = 0.1
    no_look: float = 0.03
    warp: float = 0.0

    def __post_init__(self) -> None:
        for name, allowed in CHOICES.items():
            if getattr(self, name) not in allowed:
                raise ValueError(f"{name} must be one of {', '.join(allowed)}, not {getattr(self, name)!r}.")
        if self.phase == "g1" and self.generator.get("localEnhancer"):
            raise ValueError('phase = "g1" trains a generator without localEnhancer; leave it out here and add it in the next phase.')
        if self.phase == "g2" and not self.generator.get("localEnhancer"):
            raise ValueError('phase = "g2" needs [generator.localEnhancer] and init = a checkpoint of phase "g1".')

    @property
    def needs_init(self) -> bool:
        return self.phase == "g2"


def generator_fields(config: SketchFaceConfig, look_length: int) -> dict:
    """The look enters by modulation, or as so many more constant input planes."""
    channels = config.generator.get("inputChannels", 1)
    return config.generator | ({"lookLength": look_length} if config.look_entry == "modulation" else {"inputChannels": channels + look_length})


class SketchFace(Method):
    Config = SketchFaceConfig
    task = "sketchToFace"

    def __init__(self, config: SketchFaceConfig, place: Place) -> None:
        self.config, self.place = config, place
        self.pack = Pack(Path(config.pack), config.size)
        self.size = self.pack.photos.shape[1]
        self.look_fields = look_fields.of_length(self.pack.looks.shape[1])
        self.tolerant = config.generator.get("inputChannels", 1) == 2
        fields = generator_fields(config, self.pack.looks.shape[1])
        self.generator = place.placed(build(config.generator_family, fields))
        self.average = place.placed(build(config.generator_family, fields))
        self.average.load_state_dict(self.generator.state_dict())
        self.discriminator = place.placed(build("patchGan", {"scales": config.scales, "ndf": config.ndf}))
        if config.phase == "g2":
            for name, value in self.generator.named_parameters():
                value.requires_grad_(name.startswith("enhancer."))
        self.networks = {"generator": self.generator, "discriminator": self.discriminator}
        self.averages = {"generator": self.average}
        self.groups = {"discriminator": ("discriminator",), "generator": ("generator",)}
        self.rates = {"discriminator": config.discriminator_learning_rate, "generator": config.learning_rate}
        self.parallel = dict(self.networks)
        self.features = fixed_features(Path(config.perceptual_weights), config.perceptual_fires).to(place.device)
        self.tolerance_basis = torch.from_numpy(basis(self.size)).to(place.device)
        # What the two groups of one step share: its faces, and the discriminators' layers on the real pairs.
        self.fakes: tuple[Batch, Tensor] | None = None
        self.judged_real: losses.Scales | None = None

    def about(self) -> dict:
        return {"sizePx": self.size, "lookFields": self.look_fields}

    def sources(self, seed: int, seen: Mapping[str, int]) -> dict[str, Source]:
        c = self.config
        faces = SketchFaceDataset(self.pack, SketchStyle(**c.style), seed, seen.get("faces", 0), ENDLESS, c.look_dropout, c.no_look, c.warp, self.tolerant)
        edits = EditDataset(self.pack, seed, seen.get("edits", 0), ENDLESS, self.tolerant)
        return {"faces": Source(faces, c.batch)} | ({"edits": Source(edits, c.edit_batch)} if c.lambda_edit else {})

    # -- losses ------------------------------------------------------------------------------------------------------------------

    def losses(self, group: str, batch: Batch, step: int) -> dict[str, Tensor]:
        adversarial = step >= self.config.adversarial_from_step
        if group == "discriminator":
            return self.discriminator_losses(batch) if adversarial else {}
        faces, fake = batch["faces"], self.faces_of(batch)
        terms = self.picture_losses(fake, faces)
        if adversarial:
            terms |= self.adversarial_losses(fake, faces)
        if "edits" in batch:
            terms["edit"] = self.config.lambda_edit * self.edit_loss(batch["edits"], held=bool(step % 2))
        self.fakes = self.judged_real = None
        return terms

    def inputs(self, drawn: Tensor, item: Item) -> list[Tensor]:
        """What the generator takes of a sketch in [-1, 1] with its item's look and tolerance: planes in low precision, and the look, which may be among them."""
        look = item["look"].to(self.place.device)
        strength = torch.einsum("bp,phw->bhw", item["tolerance"].to(self.place.device), self.tolerance_basis)[:, None] if self.tolerant else None
        seen = planes(drawn, strength)
        if self.config.look_entry == "channels":
            seen.append(look[:, :, None, None].expand(-1, -1, *drawn.shape[2:]))
        return [torch.cat(seen, 1).to(self.place.low, memory_format=torch.channels_last), look]

    def faces_of(self, batch: Batch) -> Tensor:
        """The generator's faces for a batch, made once a step."""
        if self.fakes is None or self.fakes[0] is not batch:
            faces = batch["faces"]
            self.fakes = batch, self.parallel["generator"](*self.inputs(signed(faces["sketch"], self.place.device), faces))
        return self.fakes[1]

    def picture_losses(self, fake: Tensor, faces: Item) -> dict[str, Tensor]:
        c, real, low = self.config, signed(faces["photo"], self.place.device), self.place.low
        with torch.no_grad():
            real_features = self.features(real.to(low))
        return {"l1": c.lambda_l1 * losses.weighted_l1(fake, real, faces["weight"].to(self.place.device)),
                "perceptual": c.lambda_perceptual * losses.perceptual(self.features(fake.to(low)), real_features, self.features.weights, self.most)}

    @property
    def most(self) -> int:
        """Widest feature map that a loss looks at in full; 0: all of them."""
        return 0 if self.config.loss_weights == "pix2pixHD" else 64

    def judged(self, outputs: losses.Scales, real: bool) -> Tensor:
        return losses.adversarial(outputs, real, self.config.adversarial_form, summed=self.config.loss_weights == "pix2pixHD")

    def discriminator_losses(self, batch: Batch) -> dict[str, Tensor]:
        """Keeps the layers on the real pairs, which feature matching uses again: one pass less, one step old."""
        drawn, real = (signed(batch["faces"][name], self.place.device).to(self.place.low) for name in ("sketch", "photo"))
        fake, discriminator = self.faces_of(batch).detach(), self.parallel["discriminator"]
        outputs = discriminator(drawn, real)
        self.judged_real = [[layer.detach() for layer in layers] for layers in outputs]
        return {"discriminator": (self.judged(outputs, True) + self.judged(discriminator(drawn, fake.to(self.place.low)), False)) / 2}

    def adversarial_losses(self, fake: Tensor, faces: Item) -> dict[str, Tensor]:
        c, drawn = self.config, signed(faces["sketch"], self.place.device)
        if self.judged_real is None:
            raise RuntimeError("The discriminator's losses come first in a step.")
        with fixed(self.discriminator) as discriminator:
            outputs = discriminator(drawn.to(self.place.low), fake.to(self.place.low))
        return {"adversarial": c.lambda_adversarial * self.judged(outputs, True),
                "matching": c.lambda_feature_matching * losses.feature_matching(outputs, self.judged_real, c.loss_weights, self.most)}

    def edit_loss(self, edits: Item, held: bool) -> Tensor:
        """How far the change that an edit makes is from the change that it should make; with the statistics of the face before held, which is what
        "Hold the rest" does, or plain."""
        device = self.place.device
        before, after = (self.inputs(signed(edits[name], device), edits) for name in ("before", "after"))
        wanted = signed(edits["photoAfter"], device) - signed(edits["photoBefore"], device)
        with held_statistics(self.generator) if held else nullcontext(lambda: None) as hold:
            with torch.no_grad():
                face = self.generator(*before)
            hold()
            change = self.generator(*after) - face
        return losses.weighted_mean(((change - wanted).abs() - QUIET).clamp_min(0), edits["weight"].to(device))

    # -- what it shows -----------------------------------------------------------------------------------------------------------

    @torch.no_grad()
    def samples(self, batch: Batch) -> dict[str, Tensor]:
        """Sketches, the averaged generator's faces in float32, photos."""
        faces = batch["faces"]
        drawn = signed(faces["sketch"], self.place.device)
        planes_seen, look = self.inputs(drawn, faces)
        return {"sketch": drawn, "face": self.average(planes_seen.float(), look), "photo": signed(faces["photo"], self.place.device)}

    def validation(self, i: int, outlines: dict, style: SketchStyle, n: int) -> Batch:
        """Face `i` of the pack with an exact sketch."""
        drawn = sketch(self.pack.landmarks[i], outlines, self.size, style, np.random.default_rng(n))
        photo = torch.from_numpy(self.pack.photos[i].copy()).permute(2, 0, 1)
        return {"faces": {"sketch": torch.from_numpy(drawn)[None, None], "photo": photo[None], "look": torch.from_numpy(self.pack.looks[i])[None],
                          "tolerance": torch.zeros(1, 6)}}

    def examples(self) -> Sequence[Batch]:
        """People kept from training; every other sketch plain, the others as if by hand."""
        by_hand = SketchStyle(move=0, drop_part=0, sparse=0)
        return [self.validation(i, self.pack.outlines[i], by_hand if n % 2 else PLAIN, n) for n, i in enumerate(self.pack.validation[:EXAMPLES])]

    @torch.no_grad()
    def errors(self) -> dict[str, float]:
        """On plain contours of faces kept from training: l1 in [-1, 1], perceptual as in the loss."""
        sums = np.zeros(2)
        for i in self.pack.validation:
            shown = self.samples(self.validation(i, {}, PLAIN, 0))
            face, real = shown["face"], shown["photo"]
            features = (self.features(x.to(self.place.low)) for x in (face, real))
            sums += [float((face - real).abs().mean()), float(losses.perceptual(*features, self.features.weights, self.most))]
        l1, perceptual = sums / max(1, len(self.pack.validation))
        return {"validationL1": round(float(l1), 4), "validationPerceptual": round(float(perceptual), 4)}

    # -- checkpoints -------------------------------------------------------------------------------------------------------------

    def fitted(self, state: dict) -> dict:
        return look_fields.matched(state, self.look_fields)

    def start(self, state: dict) -> None:
        """The averaged generator, grown where this one is larger, and the discriminator where it has the same shape."""
        state = self.fitted(state)
        given = state["networks"].get("discriminator", {}).get("state", {})
        own = self.generator.state_dict()
        weights = FAMILIES[family_of(self.generator)].grown(state["averages"]["generator"], own)
        anew = {name for name in own if weights[name] is own[name]}
        frozen = sorted(name for name, value in self.generator.named_parameters() if name in anew and not value.requires_grad)
        if frozen:
            raise ValueError(f"The checkpoint lacks what this phase freezes: {', '.join(frozen[:3])}.")
        for network in (self.generator, self.average):
            take(network, weights, "generator")
        if {name: value.shape for name, value in given.items()} == {name: value.shape for name, value in self.discriminator.state_dict().items()}:
            self.discriminator.load_state_dict(given)

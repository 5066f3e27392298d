"""Sketch -> face: a generator and multi-scale discriminators (Wang et al. 2018, section 3; thesis, section 2), on pairs of pictures that differ in one part.

Each picture has the losses of pix2pixHD. What the pair adds is the difference between its two pictures (pairs.py): the generated change against the true one
inside the edited part, and no change outside.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from .. import look_fields, losses
from ..pack_files import Pack
from ..pairs import REGIONS, Mixture, PairDataset
from ..landmark_reader import LandmarkReader
from ..layers import held_statistics
from ..networks import FAMILIES, build, family_of
from ..perceptual import fixed_features
from ..sketches import PLAIN, SketchStyle, sketch
from ..tasks.sketch_to_face import planes
from .close_ups import CloseUps, Pictures
from .method import Batch, Item, Method, Place, Source, fixed, signed, take
from .sketch_face_config import SketchFaceConfig, generator_fields

# Steps whose second pass holds the norms' statistics of the first, as "Hold the rest" does: every third.
HELD_EVERY = 3
ENDLESS = 10**8
EXAMPLES = 16


class SketchFace(Method):
    Config = SketchFaceConfig
    task = "sketchToFace"

    def __init__(self, config: SketchFaceConfig, place: Place) -> None:
        self.config, self.place = config, place
        self.pack = Pack(Path(config.pack), config.size)
        self.size = self.pack.photos.shape[1]
        self.look_fields = look_fields.of_length(self.pack.looks.shape[1])
        self.channels = config.generator.get("inputChannels", 1)
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
        self.betas = {"discriminator": (0.5, 0.999), "generator": (config.beta1, 0.99 if config.beta1 > 0.5 else 0.999)}
        self.parallel = dict(self.networks)
        self.features = fixed_features(Path(config.perceptual_weights), config.perceptual_fires).to(place.device)
        self.reader = LandmarkReader(Path(config.reader), place.device, place.low) if config.reader else None
        self.close_ups = CloseUps(place, config.ndf, config.adversarial_form, self.features) if config.lambda_close_ups else None
        if self.close_ups:
            self.networks["closeUps"] = self.close_ups.discriminator
            self.parallel["closeUps"] = self.close_ups.discriminator
            self.groups["discriminator"] = ("discriminator", "closeUps")
        # What the two groups of one step share: its faces, and the discriminators' layers on the real pairs.
        self.fakes: tuple[Batch, Tensor] | None = None
        self.judged_real: losses.Scales | None = None

    def about(self) -> dict:
        return {"sizePx": self.size, "lookFields": self.look_fields}

    def pace(self, name: str) -> float:
        return self.config.look_rate if "look" in name.lower() else 1.0

    def sources(self, seed: int, seen: Mapping[str, int]) -> dict[str, Source]:
        c = self.config
        pairs = PairDataset(self.pack, SketchStyle(**c.style), Mixture(**c.mixture), seed, seen.get("pairs", 0), ENDLESS, c.look_dropout, c.no_look)
        return {"pairs": Source(pairs, c.pairs)}

    # -- losses ------------------------------------------------------------------------------------------------------------------

    def losses(self, group: str, batch: Batch, step: int) -> dict[str, Tensor]:
        c, pairs = self.config, batch["pairs"]
        judged = self.judged_pictures(pairs, step) if step >= c.adversarial_from_step else None
        if group == "discriminator":
            if judged is None:
                return {}
            fake = self.faces_of(batch, step)
            terms = self.discriminator_losses(pairs, fake, judged)
            return terms | (self.close_ups.discriminator_losses(self.seen_closely(pairs, judged), fake[judged], step) if self.close_ups else {})
        fake = self.faces_of(batch, step)
        terms = self.picture_losses(fake, pairs)
        follow, stay = losses.change(fake, self.photos(pairs), *(pairs[name].to(self.place.device) for name in ("inside", "outside")))
        terms |= {"follow": c.lambda_follow * follow, "stay": c.lambda_stay * stay}
        if c.lambda_colours:
            first = slice(0, len(pairs["look"]))
            terms["colours"] = c.lambda_colours * losses.region_colours(fake[first], self.photos(pairs)[first], pairs["regions"].to(self.place.device), REGIONS)
        if self.reader is not None:
            drawn = pairs["landmarks"].to(self.place.device)
            terms["landmarks"] = c.lambda_landmarks * self.reader.loss(fake, both(drawn), self.photos(pairs)[:len(drawn)], drawn[:, 0])
        if judged is not None:
            terms |= self.adversarial_losses(pairs, fake, judged)
            if self.close_ups:
                terms |= self.close_up_losses(self.close_ups, self.seen_closely(pairs, judged), fake[judged])
        self.fakes = self.judged_real = None
        return terms

    def sketches(self, pairs: Item) -> Tensor:
        """`[2 P, C, S, S]` in low precision: all pictures before, then all after; as all that is made of pairs here."""
        return both(pairs["sketches"][:, :, :self.channels]).to(self.place.device, self.place.low, memory_format=torch.channels_last)

    def photos(self, pairs: Item) -> Tensor:
        return signed(both(pairs["photos"]), self.place.device)

    def inputs(self, sketches: Tensor, look: Tensor) -> list[Tensor]:
        """What the generator takes: the planes of the sketch, and the look, which may be among them."""
        look = look.to(self.place.device)
        if self.config.look_entry == "channels":
            planes = look[:, :, None, None].expand(-1, -1, *sketches.shape[2:]).to(sketches.dtype)
            sketches = torch.cat([sketches, planes], 1).contiguous(memory_format=torch.channels_last)
        return [sketches, look]

    def faces_of(self, batch: Batch, step: int) -> Tensor:
        """The generator's faces for a batch, made once a step; now and then those after an edit with the statistics of those before (not where several
        processes share the network: each pass must be the network's only one)."""
        if self.fakes is None or self.fakes[0] is not batch:
            pairs, generate = batch["pairs"], self.parallel["generator"]
            sketches, look, count = self.sketches(pairs), pairs["look"], len(pairs["look"])
            if step % HELD_EVERY == HELD_EVERY - 1 and self.parallel["generator"] is self.generator:
                with held_statistics(self.generator) as hold:
                    before = generate(*self.inputs(sketches[:count], look))
                    hold()
                    fake = torch.cat([before, generate(*self.inputs(sketches[count:], look))])
            else:
                fake = generate(*self.inputs(sketches, look.repeat(2, 1)))
            self.fakes = batch, fake
        return self.fakes[1]

    def picture_losses(self, fake: Tensor, pairs: Item) -> dict[str, Tensor]:
        c, real, low = self.config, self.photos(pairs), self.place.low
        count = len(pairs["look"])
        seen = torch.arange(count) + count * pairs["judged"]
        with torch.no_grad():
            real_features = self.features(real[seen].to(low))
        return {"l1": c.lambda_l1 * losses.weighted_l1(fake, real, both(pairs["weights"]).to(self.place.device)),
                "perceptual": c.lambda_perceptual * losses.perceptual(self.features(fake[seen].to(low)), real_features, self.features.weights, self.most)}

    @property
    def most(self) -> int:
        """Widest feature map that a loss looks at in full; 0: all of them."""
        return 0 if self.config.loss_weights == "pix2pixHD" else 64

    def judged(self, outputs: losses.Scales, real: bool) -> Tensor:
        return losses.adversarial(outputs, real, self.config.adversarial_form, summed=self.config.loss_weights == "pix2pixHD")

    def judged_pictures(self, pairs: Item, step: int) -> Tensor:
        """Numbers of the pictures that the discriminators look at in a step, in turn; of swaps only the one that is known."""
        count = len(pairs["look"])
        known = torch.cat([torch.ones(count, dtype=torch.bool), pairs["weights"][:, 1].flatten(1).min(1).values > 0])
        order = (torch.arange(2 * count) + step * self.config.judged_pictures) % (2 * count)
        return order[known[order]][:self.config.judged_pictures]

    def discriminator_losses(self, pairs: Item, fake: Tensor, judged: Tensor) -> dict[str, Tensor]:
        """Keeps the layers on the real pairs, which feature matching uses again: one pass less, one step old."""
        low, discriminator = self.place.low, self.parallel["discriminator"]
        drawn, real = self.sketches(pairs)[judged, :1], self.photos(pairs)[judged].to(low)
        outputs = discriminator(drawn, real)
        self.judged_real = [[layer.detach() for layer in layers] for layers in outputs]
        return {"discriminator": (self.judged(outputs, True) + self.judged(discriminator(drawn, fake[judged].detach().to(low)), False)) / 2}

    def adversarial_losses(self, pairs: Item, fake: Tensor, judged: Tensor) -> dict[str, Tensor]:
        c = self.config
        if self.judged_real is None:
            raise RuntimeError("The discriminator's losses come first in a step.")
        with fixed(self.discriminator) as discriminator:
            outputs = discriminator(self.sketches(pairs)[judged, :1], fake[judged].to(self.place.low))
        return {"adversarial": c.lambda_adversarial * self.judged(outputs, True),
                "matching": c.lambda_feature_matching * losses.feature_matching(outputs, self.judged_real, c.loss_weights, self.most)}

    def seen_closely(self, pairs: Item, judged: Tensor) -> Pictures:
        landmarks = both(pairs["landmarks"])[judged].to(self.place.device)
        return Pictures(self.sketches(pairs)[judged, :1], self.photos(pairs)[judged], landmarks)

    def close_up_losses(self, close_ups: CloseUps, real: Pictures, fake: Tensor) -> dict[str, Tensor]:
        c = self.config
        weights = {"closeUpAdversarial": c.lambda_adversarial, "closeUpMatching": c.lambda_feature_matching, "closeUpPerceptual": c.lambda_perceptual}
        return {name: c.lambda_close_ups * weights[name] * term for name, term in close_ups.generator_losses(real, fake).items()}

    # -- what it shows -----------------------------------------------------------------------------------------------------------

    @torch.no_grad()
    def samples(self, batch: Batch) -> dict[str, Tensor]:
        """Sketches, the averaged generator's faces in float32, photos; before and after an edit."""
        pairs = batch["pairs"]
        sketches = both(pairs["sketches"]).to(self.place.device)
        face = self.average(*self.inputs(sketches[:, :self.channels].contiguous(memory_format=torch.channels_last), pairs["look"].repeat(2, 1)))
        return {"sketch": sketches[:, :1], "face": face, "photo": self.photos(pairs)}

    def validation(self, before: int, after: int, style: SketchStyle, n: int, outlines: bool = True) -> Batch:
        """Two faces of the pack with exact sketches by one hand."""
        sketches = []
        for i in (before, after):
            drawn = sketch(self.pack.landmarks[i], self.pack.outlines[i] if outlines else {}, self.size, style, np.random.default_rng(n))
            sketches.append(planes(torch.from_numpy(drawn)[None, None].float() / 127.5 - 1, None, 3))
        photos = np.stack([self.pack.photos[i].transpose(2, 0, 1) for i in (before, after)])
        return {"pairs": {"sketches": torch.cat(sketches)[None], "photos": torch.from_numpy(photos)[None],
                          "look": torch.from_numpy(self.pack.looks[before])[None]}}

    def examples(self) -> Sequence[Batch]:
        """People kept from training, where there are families before and after an edit; every other sketch plain, the others as if by hand."""
        kept = set(self.pack.validation)
        edits = [(family[0][0], i) for family in self.pack.families for i, _ in family[1:] if i in kept]
        faces = edits[::max(1, len(edits) // EXAMPLES)] or [(i, i) for i in self.pack.validation]
        by_hand = SketchStyle(move=0, drop_part=0, sparse=0, traced=0)
        return [self.validation(a, b, by_hand if n % 2 else PLAIN, n) for n, (a, b) in enumerate(faces[:EXAMPLES])]

    @torch.no_grad()
    def errors(self) -> dict[str, float]:
        """On plain contours of faces kept from training: l1 in [-1, 1], perceptual as in the loss; of families, how far a change is from the true one."""
        sums = np.zeros(2)
        for i in self.pack.validation:
            shown = self.samples(self.validation(i, i, PLAIN, 0, outlines=False))
            face, real = shown["face"][:1], shown["photo"][:1]
            features = (self.features(x.to(self.place.low)) for x in (face, real))
            sums += [float((face - real).abs().mean()), float(losses.perceptual(*features, self.features.weights, self.most))]
        l1, perceptual = sums / max(1, len(self.pack.validation))
        return {"validationL1": round(float(l1), 4), "validationPerceptual": round(float(perceptual), 4)}

    # -- checkpoints -------------------------------------------------------------------------------------------------------------

    def fitted(self, state: dict) -> dict:
        return look_fields.matched(state, self.look_fields)

    def start(self, state: dict) -> None:
        """The averaged generator, grown where this one is larger, and the discriminators where they have the same shape."""
        state = self.fitted(state)
        own = self.generator.state_dict()
        weights = FAMILIES[family_of(self.generator)].grown(state["averages"]["generator"], own)
        anew = {name for name in own if weights[name] is own[name]}
        frozen = sorted(name for name, value in self.generator.named_parameters() if name in anew and not value.requires_grad)
        if frozen:
            raise ValueError(f"The checkpoint lacks what this phase freezes: {', '.join(frozen[:3])}.")
        for network in (self.generator, self.average):
            take(network, weights, "generator")
        for role in self.groups["discriminator"]:
            given, network = state["networks"].get(role, {}).get("state", {}), self.networks[role]
            if {name: value.shape for name, value in given.items()} == {name: value.shape for name, value in network.state_dict().items()}:
                network.load_state_dict(given)


def both(pairs: Tensor) -> Tensor:
    """`[P, 2, …]` -> `[2 P, …]`: all pictures before, then all after."""
    return pairs.transpose(0, 1).flatten(0, 1)

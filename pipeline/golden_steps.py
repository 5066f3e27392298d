"""Reference steps of methods that are trained in the browser too (src/training/methods/).

    python -m pipeline.golden tests/golden

Each `step-METHOD.json` holds configuration, networks and three steps of a tiny run: batches, random draws, all losses; of the first step every gradient, after the last one
all parameters. They come from the method's own `losses` and from PyTorch's Adam. What the browser lacks (fixed networks that look at pictures) has the weight 0.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import torch
from torch import nn

from .drawing_parts import places_of
from .golden_tensors import packed, packed_input
from .methods.cartoon import Cartoon, CartoonConfig
from .methods.cycle_gan import CycleGan, CycleGanConfig
from .methods.method import Batch, Method, Place
from .methods.portrait_drawing import REGIONS, PortraitDrawing, PortraitDrawingConfig, judge_of
from .networks import build, family_of, parameter_kinds
from .weights_file import parameters, to_tensorflow

STEPS, SIZE = 3, 16
# Large enough for its smallest patch to be judged.
PORTRAIT = 64
# Random numbers that a group of a step may ask for.
DRAWS = 24
CARTOON = CartoonConfig(pack="", toons="", perceptual_weights="", generator={"ngf": 2, "residualBlocks": 1, "filterRadius": 0}, ndf=2, pairs=1, photos=1, adversarial_from_step=0,
                        lambda_perceptual=0.0, lambda_content=0.0, lambda_structure=0.0)
UNSEEN = ("perceptual", "content", "structure")
CYCLE = CycleGanConfig(pack="", anime="", perceptual_weights="", size=SIZE, ndf=2, batch=1, pool=1, adversarial_from_step=0, lambda_perceptual=0.0,
                       generator={"ngf": 2, "downSteps": 1, "residualBlocks": 1, "separable": True, "normsRemoved": 0, "inputChannels": 3, "outputChannels": 3, "upsampling": "resize"})
# Neither drops anything out: dice differ.
DRAWING = PortraitDrawingConfig(pack="", drawings="", stage=2, ndf=2, batch=1, adversarial_from_step=0,
                                generator={"ngf": 2, "multipliers": [1, 2, 2], "patchNgf": 2, "patchMultipliers": [1, 2, 2], "areaNgf": 2, "areaMultipliers": [1, 2, 2],
                                           "fusionNgf": 2, "fusionBlocks": 1, "dropout": 0.0})


class Unchanged(nn.Module):
    """Stands for the fixed features, whose losses weigh nothing here."""

    weights = (1.0,)

    def forward(self, x: torch.Tensor) -> list[torch.Tensor]:
        return [x]


def cartoon() -> Cartoon:
    """The method without its data, with networks far from their start."""
    method = Cartoon.__new__(Cartoon)
    method.config, method.place = replace(CARTOON), Place(torch.device("cpu"), torch.float32)
    method.size, method.features, method.reader, method.fakes = SIZE, Unchanged(), None, None
    method.generator = build("cartoonUnet", CARTOON.generator)
    channels = {"textureDiscriminator": 1, "surfaceDiscriminator": 3}
    method.networks = {"generator": method.generator, **{role: build("spectralPatch", {"ndf": CARTOON.ndf, "inputChannels": c}) for role, c in channels.items()}}
    method.parallel = dict(method.networks)
    method.groups = {"discriminators": tuple(channels), "generator": ("generator",)}
    method.rates = {"discriminators": CARTOON.discriminator_learning_rate, "generator": CARTOON.learning_rate}
    method.betas = {group: (0.5, 0.99) for group in method.groups}
    return shaken(method)


def shaken(method: Method) -> Method:
    """Far from where training begins, where too much is zero."""
    with torch.no_grad():
        for network in method.networks.values():
            for value in network.parameters():
                value.add_(torch.randn_like(value) * 0.1)
    return method


def cycle_gan() -> CycleGan:
    method = CycleGan.__new__(CycleGan)
    method.config, method.place, method.reader = CYCLE, Place(torch.device("cpu"), torch.float32), None
    method.networks = {f"generator{way}": build("pix2pixHd", CYCLE.generator) for way in ("AB", "BA")}
    method.networks |= {f"discriminator{domain}": build("patchGan", {"scales": 1, "ndf": CYCLE.ndf, "inputs": 3}) for domain in "AB"}
    method.parallel = dict(method.networks)
    method.groups = {"generators": ("generatorAB", "generatorBA"), "discriminators": ("discriminatorA", "discriminatorB")}
    method.rates = {"generators": CYCLE.learning_rate, "discriminators": CYCLE.discriminator_learning_rate}
    method.betas, method.pools, method.fakes = {}, {"a": [], "b": []}, {}
    return shaken(method)


def portrait_drawing() -> PortraitDrawing:
    method = PortraitDrawing.__new__(PortraitDrawing)
    method.config, method.place, method.size, method.features, method.fakes = DRAWING, Place(torch.device("cpu"), torch.float32), PORTRAIT, None, None
    method.generator = build("apDrawing", DRAWING.generator)
    judges = ["discriminator", *(judge_of(region) for region in REGIONS)]
    method.networks = {"generator": method.generator} | {role: build("patchGan", {"scales": 1, "ndf": DRAWING.ndf, "inputs": 4}) for role in judges}
    method.parallel = dict(method.networks)
    method.groups = {"discriminators": tuple(judges), "generator": ("generator",)}
    method.rates = {"discriminators": DRAWING.discriminator_learning_rate, "generator": DRAWING.learning_rate}
    method.betas = {}
    return shaken(method)


def state(method: Method) -> dict:
    """Parameters and remembered vectors of every network."""
    return {role: {name: packed(array.copy()) for name, array in parameters(network).items()} for role, network in method.networks.items()}


def gradients_of(method: Method, group: str) -> dict:
    found = {}
    for role in method.groups[group]:
        kinds = parameter_kinds(method.networks[role])
        # A network that has no turn in this step has none.
        found[role] = {name: packed(to_tensorflow(kinds[name], value.grad)) for name, value in method.networks[role].named_parameters() if value.grad is not None}
    return found


def pictures(*names: str, size: int = SIZE) -> dict[str, torch.Tensor]:
    return {name: torch.randint(0, 256, (1, 3, size, size), dtype=torch.uint8) for name in names}


def cartoon_batch() -> Batch:
    return {source: pictures("photo", "picture") for source in ("pairs", "photos")}


def cycle_batch() -> Batch:
    return {name: pictures("picture") | {"landmarks": torch.zeros(1, 68, 2)} for name in ("a", "b")}


def drawing_batch() -> Batch:
    item = pictures("photo", "picture", size=PORTRAIT) | {"landmarks": 0.25 + 0.5 * torch.rand(1, 68, 2), "foreground": torch.randint(0, 2, (1, 1, PORTRAIT, PORTRAIT), dtype=torch.uint8)}
    return {"portraits": item}


def shown(item: dict[str, torch.Tensor]) -> dict:
    """As the browser has them: pictures in [-1, 1], of drawings one channel, and of landmarks the places of the parts."""
    found = {name: packed_input(x.float() / 127.5 - 1) for name, x in item.items() if name in ("photo", "picture")}
    if "foreground" in item:
        found["picture"] = packed_input(item["picture"][:, :1].float() / 127.5 - 1)
        found["foreground"] = packed_input(2 * item["foreground"].float() - 1)
        found["places"] = packed(places_of(item["landmarks"].numpy()))
    return found


def case(name: str, make: Callable[[], Method], batch_of: Callable[[], Batch]) -> dict:
    """Every group of a step begins with the same random numbers."""
    torch.manual_seed(11)
    method = make()
    networks = {role: {"family": family_of(network), "config": network.config.to_json()} for role, network in method.networks.items()}
    optimizers = {group: torch.optim.Adam([v for role in roles for v in method.networks[role].parameters()], method.rates[group], method.betas.get(group, (0.5, 0.999)))
                  for group, roles in method.groups.items()}
    start, steps = state(method), []
    for step in range(STEPS):
        batch = batch_of()
        torch.manual_seed(100 + step)
        draws = [float(torch.rand(())) for _ in range(DRAWS)]
        losses, gradients = {}, {}
        for group, optimizer in optimizers.items():
            torch.manual_seed(100 + step)
            terms = method.losses(group, batch, step)
            optimizer.zero_grad(set_to_none=True)
            torch.stack(list(terms.values())).sum().backward()
            losses |= {name: float(term) for name, term in terms.items() if name not in UNSEEN}
            gradients |= gradients_of(method, group)
            optimizer.step()
        found = {source: shown(item) for source, item in batch.items()}
        steps.append({"batch": found, "draws": draws, "losses": losses} | ({"gradients": gradients} if step == 0 else {}))
    return {"method": name, "networks": networks, "groups": method.groups, "rates": dict(method.rates), "params": start, "steps": steps, "after": state(method)}


CASES = {"cartoon": (cartoon, cartoon_batch), "cycleGan": (cycle_gan, cycle_batch), "portraitDrawing": (portrait_drawing, drawing_batch)}


def write_steps(folder: Path) -> None:
    for name, (make, batch_of) in CASES.items():
        (folder / f"step-{name}.json").write_text(json.dumps(case(name, make, batch_of)) + "\n")

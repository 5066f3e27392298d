"""Reference steps of methods that are trained in the browser too (src/training/methods/).

    python -m pipeline.golden tests/golden

Each `step-METHOD.json` holds configuration, networks and three steps of a tiny run: batches, random draws, all losses; of the first step every gradient, after the last one
all parameters. They come from the method's own `losses` and from PyTorch's Adam. What the browser lacks (fixed networks that look at pictures) has the weight 0.
"""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import torch
from torch import nn

from .golden_tensors import packed, packed_input
from .methods.cartoon import Cartoon, CartoonConfig
from .methods.method import Place
from .networks import build, parameter_kinds
from .weights_file import parameters, to_tensorflow

STEPS, SIZE = 3, 16
CARTOON = CartoonConfig(pack="", toons="", perceptual_weights="", generator={"ngf": 2, "residualBlocks": 1, "filterRadius": 0}, ndf=2, pairs=1, photos=1, adversarial_from_step=0,
                        lambda_perceptual=0.0, lambda_content=0.0, lambda_structure=0.0)
UNSEEN = ("perceptual", "content", "structure")


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
    with torch.no_grad():
        for network in method.networks.values():
            for value in network.parameters():
                value.add_(torch.randn_like(value) * 0.1)
    return method


def state(method: Cartoon) -> dict:
    """Parameters and remembered vectors of every network."""
    return {role: {name: packed(array.copy()) for name, array in parameters(network).items()} for role, network in method.networks.items()}


def gradients_of(method: Cartoon, group: str) -> dict:
    found = {}
    for role in method.groups[group]:
        kinds = parameter_kinds(method.networks[role])
        found[role] = {name: packed(to_tensorflow(kinds[name], value.grad)) for name, value in method.networks[role].named_parameters()}
    return found


def cartoon_case() -> dict:
    torch.manual_seed(11)
    method = cartoon()
    networks = {role: {"family": "cartoonUnet" if role == "generator" else "spectralPatch", "config": network.config.to_json()} for role, network in method.networks.items()}
    rates = {"discriminators": CARTOON.discriminator_learning_rate, "generator": CARTOON.learning_rate}
    optimizers = {group: torch.optim.Adam([v for role in roles for v in method.networks[role].parameters()], rates[group], (0.5, 0.99)) for group, roles in method.groups.items()}
    start, steps = state(method), []
    for step in range(STEPS):
        batch = {source: {name: torch.randint(0, 256, (1, 3, SIZE, SIZE), dtype=torch.uint8) for name in ("photo", "picture")} for source in ("pairs", "photos")}
        torch.manual_seed(100 + step)
        draws = torch.rand(3).tolist()
        torch.manual_seed(100 + step)
        losses, gradients = {}, {}
        for group, optimizer in optimizers.items():
            terms = method.losses(group, batch, step)
            optimizer.zero_grad(set_to_none=True)
            torch.stack(list(terms.values())).sum().backward()
            losses |= {name: float(term) for name, term in terms.items() if name not in UNSEEN}
            gradients |= gradients_of(method, group)
            optimizer.step()
        # In [-1, 1], as the browser has them.
        pictures = {source: {name: packed_input(x.float() / 127.5 - 1) for name, x in item.items()} for source, item in batch.items()}
        steps.append({"batch": pictures, "draws": draws, "losses": losses} | ({"gradients": gradients} if step == 0 else {}))
    return {"method": "cartoon", "networks": networks, "rates": rates, "params": start, "steps": steps, "after": state(method)}


def write_steps(folder: Path) -> None:
    (folder / "step-cartoon.json").write_text(json.dumps(cartoon_case()) + "\n")

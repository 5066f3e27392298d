"""Looks change: a dial is added, a hair style, another order. Checkpoints say which fields their networks were trained with; here these are matched by id.

What a network reads of a field that both have goes on; a field or an option that is new starts at zero, so that it has no effect until it is trained.
"""

from __future__ import annotations

import torch

from .looks import FIELDS, field_length
from .networks import FAMILIES

# Of checkpoints and packs from before they said it.
FIRST_FIELDS: list[dict] = [
    {"id": "sex", "kind": "scalar", "min": 0, "max": 1, "default": 0.2},
    {"id": "age", "kind": "scalar", "min": 18, "max": 80, "default": 32},
    {"id": "skinColour", "kind": "colour", "default": [158, 130, 104]},
    {"id": "hairColour", "kind": "colour", "default": [62, 50, 42]},
    {"id": "grey", "kind": "scalar", "min": 0, "max": 1, "default": 0},
    {"id": "hairStyle", "kind": "choice", "default": "medium",
     "options": ["bald", "horseshoe", "buzz", "crop", "fadecurl", "curlshort", "quiff", "sidepart", "bangs", "medium", "bob", "tied", "long", "longwavy", "afro"]},
    {"id": "beard", "kind": "choice", "options": ["none", "stubble", "short", "goatee", "full"], "default": "none"},
    {"id": "eyeColour", "kind": "choice", "options": ["dark", "brown", "hazel", "green", "blue", "grey"], "default": "brown"},
    {"id": "light", "kind": "choice", "options": ["studio", "soft", "window", "outdoor"], "default": "soft"},
    {"id": "lightSide", "kind": "scalar", "min": -1, "max": 1, "default": 0},
    {"id": "background", "kind": "colour", "default": [118, 124, 128]},
]


def length_of(fields: list[dict]) -> int:
    return sum(field_length(field) for field in fields)


def of_length(length: int) -> list[dict]:
    """The fields of looks that are so many numbers long. Raises ValueError where none ever were."""
    for fields in (FIELDS, FIRST_FIELDS):
        if length_of(fields) == length:
            return fields
    raise ValueError(f"These looks have {length} numbers; today's have {length_of(FIELDS)}. Make the pack again with python -m pipeline.pack.")


def positions(old: list[dict], new: list[dict]) -> list[int | None]:
    """For each number of a look vector of `new` its place in one of `old`, or None where it has none."""
    begins, begin = {}, 0
    for field in old:
        begins[field["id"]] = (begin, field)
        begin += field_length(field)
    out: list[int | None] = []
    for field in new:
        first, known = begins.get(field["id"], (0, None))
        if known is None or known["kind"] != field["kind"]:
            out += [None] * field_length(field)
        elif field["kind"] == "choice":
            options = {option: first + k for k, option in enumerate(known["options"])}
            out += [*(options.get(option) for option in field["options"]), first + len(options)]  # the last one says that the field is set
        else:
            out += range(first, first + field_length(field))
    return out


def rows_of(x: torch.Tensor, at: list[int | None]) -> torch.Tensor:
    """Row i of the result is row `at[i]` of x, or zero."""
    return torch.stack([torch.zeros_like(x[0]) if i is None else x[i] for i in at])


def matched(state: dict, fields: list[dict]) -> dict:
    """A checkpoint whose networks take looks of `fields`: weights, averages and what optimisers remember of them. One that does not say its fields stays as it is."""
    old = state["about"].get("lookFields", fields)
    at = positions(old, fields)
    if at == list(range(length_of(old))):
        return state
    state = state | {name: dict(state[name]) for name in ("networks", "averages", "optimizers", "about")}
    for role, stored in state["networks"].items():
        name = FAMILIES[stored["family"]].look_rows
        if name is None or name not in stored["state"]:
            continue
        weights = {**stored["state"], name: rows_of(stored["state"][name], at)}
        state["networks"][role] = {"family": stored["family"], "config": stored["config"] | {"lookLength": len(at)}, "state": weights}
        if role in state["averages"]:
            state["averages"][role] = {**state["averages"][role], name: rows_of(state["averages"][role][name], at)}
        for group, moved in state["trained"].items():
            if f"{role}.{name}" in moved:
                state["optimizers"][group] = optimizer_matched(state["optimizers"][group], moved.index(f"{role}.{name}"), at)
    state["about"]["lookFields"] = fields
    return state


def optimizer_matched(optimizer: dict, index: int, at: list[int | None]) -> dict:
    """What Adam remembers of the parameter of that number, in the new order of its rows."""
    if index not in optimizer["state"]:
        return optimizer
    remembered = {key: rows_of(value, at) if isinstance(value, torch.Tensor) and value.dim() == 2 else value for key, value in optimizer["state"][index].items()}
    return optimizer | {"state": optimizer["state"] | {index: remembered}}

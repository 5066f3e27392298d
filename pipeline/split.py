"""Which faces train and which validate: the folder's `split.json`, otherwise every twentieth by number, or by a hash of a name that is no number.

`offline/node/split.ts` writes split.json by the same rule, held to it by tests/golden/split.json: `{"train": [names], "validation": [names], "leftOut": [names]}`.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

VALIDATION_EVERY = 20


def split_number(name: str) -> int:
    """The number that the rule goes by."""
    if name.isascii() and name.isdigit():
        return int(name)
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:4], "big")


def is_validation(name: str) -> bool:
    return split_number(name) % VALIDATION_EVERY == 0


def read_split(folder: Path) -> dict[str, str]:
    """`{name: "train" | "validation" | "leftOut"}` of a folder's split file; empty where there is none. A name may stand in one list only."""
    file = folder / "split.json"
    if not file.exists():
        return {}
    lists = json.loads(file.read_text())
    unknown = set(lists) - {"train", "validation", "leftOut"}
    if unknown:
        raise ValueError(f"{file}: there is no list {sorted(unknown)[0]!r}; there are train, validation and leftOut.")
    places: dict[str, str] = {}
    for place, names in lists.items():
        for name in names:
            if name in places:
                raise ValueError(f"{file}: {name} stands in {places[name]} and in {place}.")
            places[name] = place
    return places

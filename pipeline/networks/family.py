"""What the pipeline knows of a kind of network: the one description that export, import, checkpoints, fixtures and parity checks go by."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from typing import Any, Literal

from torch import Tensor, nn

# Of parameters, as in TypeScript's ParameterSpec; a kind says in which layout a parameter is written (see weights_file.py).
Kind = Literal["conv", "transposedConv", "depthwise", "dense", "vector"]
Kinds = Mapping[type[nn.Module], Mapping[str, Kind]]
# Channels, height, width of a picture or the length of a vector, without the batch; None: any.
Shape = tuple[int | None, ...]
Weights = dict[str, Tensor]


@dataclass(frozen=True)
class Family:
    """config: a dataclass with `to_json`, its fields named as in a manifest. network: built from a configuration, which it keeps as `config`.
    kinds: by layer, the kind of each parameter that the layer owns. inputs, outputs: by name, in the order of `forward`. grown: weights of another network of
    the family in the shapes of one that may be larger (given its fresh weights), so that it begins with the same function. look_rows: the parameter whose rows
    are the numbers of a look."""

    config: type
    network: type[nn.Module]
    kinds: Kinds
    inputs: Callable[[Any], dict[str, Shape]]
    outputs: Callable[[Any], dict[str, Shape]]
    grown: Callable[[Weights, Weights], Weights] = lambda source, fresh: source
    look_rows: str | None = None

    def parse(self, given: Mapping[str, object]) -> Any:
        """A configuration from a manifest or a checkpoint; fields that are missing have their defaults. Raises ValueError for fields that do not exist."""
        unknown = sorted(set(given) - {field.name for field in fields(self.config)})
        if unknown:
            raise ValueError(f"{self.network.__name__} has no {', '.join(unknown)}: the model comes from a newer version, or its configuration is misspelt.")
        return self.config(**given)

    def parameter_kinds(self, network: nn.Module) -> dict[str, Kind]:
        """The kind of everything that `network` stores, by name and in its order."""
        declared = {f"{path}.{name}".lstrip("."): kind for path, layer in network.named_modules() for base in type(layer).__mro__
                    for name, kind in self.kinds.get(base, {}).items()}
        stored = network.state_dict()
        missing = [name for name in stored if name not in declared]
        if missing:
            raise ValueError(f"{self.network.__name__} does not declare of what kind {', '.join(missing[:3])} is: add it to the kinds in its file.")
        return {name: declared[name] for name in stored}

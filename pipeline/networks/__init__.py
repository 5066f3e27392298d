"""Every network by the name of its family, as manifests and checkpoints give it. A new one is one file here and one line in `FAMILIES`."""

from __future__ import annotations

from collections.abc import Mapping

from torch import Tensor, nn

from . import ap_drawing, cartoon_unet, face_reader, identity_classifier, patch_gan, pix2pix_hd, spectral_patch, tp_gan, unet
from .family import Family, Kind

FAMILIES: dict[str, Family] = {
    "pix2pixHd": pix2pix_hd.FAMILY,
    "patchGan": patch_gan.FAMILY,
    "unet": unet.FAMILY,
    "faceReader": face_reader.FAMILY,
    "tpGan": tp_gan.FAMILY,
    "identityClassifier": identity_classifier.FAMILY,
    "apDrawing": ap_drawing.FAMILY,
    "cartoonUnet": cartoon_unet.FAMILY,
    "spectralPatch": spectral_patch.FAMILY,
}


def build(family: str, config: Mapping[str, object]) -> nn.Module:
    """A network with fresh weights. Raises ValueError for a family or a field that does not exist."""
    if family not in FAMILIES:
        raise ValueError(f"There is no network family {family!r}; there are {', '.join(FAMILIES)}.")
    known = FAMILIES[family]
    return known.network(known.parse(config))


def family_of(network: nn.Module) -> str:
    return next(name for name, family in FAMILIES.items() if isinstance(network, family.network))


def answer(network: nn.Module, inputs: Mapping[str, Tensor], **options: object) -> dict[str, Tensor]:
    """One pass with inputs and outputs by name; inputs that the network does not have are left out."""
    family = FAMILIES[family_of(network)]
    result = network(*(inputs[name] for name in family.inputs(network.config)), **options)
    return dict(zip(family.outputs(network.config), flat(result), strict=True))


def flat(result: Tensor | list | tuple) -> list[Tensor]:
    return [result] if isinstance(result, Tensor) else [y for inner in result for y in flat(inner)]


def parameter_kinds(network: nn.Module) -> dict[str, Kind]:
    return FAMILIES[family_of(network)].parameter_kinds(network)

"""`public/models/<id>/`, or a model fine-tuned in the browser and saved in the same form -> a checkpoint to go on from in PyTorch.

    python -m pipeline.import_weights public/models/live runs/mine/start.pt

Train from it with `init = "runs/mine/start.pt"`. Generator and discriminator come back as they were stored; optimisers start anew.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import torch

from .networks import build
from .weights_file import load_parameters, read_weights


def import_weights(folder: Path) -> dict:
    """A checkpoint's state. Raises ValueError where the files do not fit the manifest."""
    manifest = json.loads((folder / "manifest.json").read_text())
    if manifest.get("version") != 1 or manifest.get("family") != "pix2pixHd":
        raise ValueError(f"{folder} does not hold a sketch-to-face model of version 1.")
    generator = load_parameters(build("pix2pixHd", manifest["config"]), read_weights(folder, manifest))
    weights = generator.state_dict()
    state = {"config": generator.config.to_json(), "step": 0, "elapsed_s": 0.0, "size": manifest["sizePx"], "generator": weights,
             "average": {name: value.clone() for name, value in weights.items()}}
    stored = manifest.get("discriminator")
    if stored:
        discriminator = build("patchGan", stored["config"])
        state["discriminator"] = load_parameters(discriminator, read_weights(folder, stored)).state_dict()
    return state


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("checkpoint", type=Path)
    a = parser.parse_args()
    if a.checkpoint.exists():
        raise SystemExit(f"{a.checkpoint} exists already; name another file.")
    state = import_weights(a.folder)
    a.checkpoint.parent.mkdir(parents=True, exist_ok=True)
    torch.save(state, a.checkpoint)
    print(f"{a.checkpoint}: generator{' and discriminator' if 'discriminator' in state else ', no discriminator'}")


if __name__ == "__main__":
    main()

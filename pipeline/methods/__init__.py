"""Every method of training by the name that `python -m pipeline.train` takes. A new one is one file here and one line in `METHODS`."""

from __future__ import annotations

from .cartoon import Cartoon
from .cycle_gan import CycleGan
from .frontal import Frontal
from .face_reader import FaceReading
from .method import Method
from .portrait_drawing import PortraitDrawing
from .sketch_face import SketchFace

METHODS: dict[str, type[Method]] = {
    "sketch_face": SketchFace,
    "frontal": Frontal,
    "cycle_gan": CycleGan,
    "cartoon": Cartoon,
    "face_reader": FaceReading,
    "portrait_drawing": PortraitDrawing,
}


def method_named(name: str) -> type[Method]:
    """Raises ValueError for a method that does not exist."""
    if name not in METHODS:
        raise ValueError(f"There is no method {name!r}; there are {', '.join(METHODS)}.")
    return METHODS[name]

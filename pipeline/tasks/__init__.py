"""What the studio asks of a model, by the id that manifests give (twin of src/inference/tasks). A new task is one file here and one line in `TASKS`."""

from __future__ import annotations

from .photo_to_picture import PhotoToPicture
from .portrait_drawing import PortraitDrawing
from .read_face import ReadFace
from .sketch_to_face import SketchToFace
from .task import Task
from .turned_to_frontal import TurnedToFrontal

TASKS: dict[str, Task] = {
    "sketchToFace": SketchToFace(),
    "photoToPicture": PhotoToPicture(),
    "portraitDrawing": PortraitDrawing(),
    "turnedToFrontal": TurnedToFrontal(),
    "readFace": ReadFace(),
}

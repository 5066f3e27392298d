"""The look vector: what a sketch cannot say, as numbers that condition the generator (src/faces/look.ts encodes the same way).

Values come from a face's annotations and, for colours and the side that the light comes from, from its picture and region mask.
"""

from __future__ import annotations

import numpy as np

HAIR_STYLES = ["bald", "horseshoe", "buzz", "crop", "fadecurl", "curlshort", "quiff", "sidepart", "bangs", "medium", "bob", "tied", "long", "longwavy", "afro"]

FIELDS: list[dict] = [
    {"id": "sex", "kind": "scalar", "min": 0, "max": 1, "default": 0.2},
    {"id": "age", "kind": "scalar", "min": 18, "max": 80, "default": 32},
    {"id": "skinColour", "kind": "colour", "default": [158, 130, 104]},
    {"id": "hairColour", "kind": "colour", "default": [62, 50, 42]},
    {"id": "grey", "kind": "scalar", "min": 0, "max": 1, "default": 0},
    {"id": "hairStyle", "kind": "choice", "options": HAIR_STYLES, "default": "medium"},
    {"id": "beard", "kind": "choice", "options": ["none", "stubble", "short", "goatee", "full"], "default": "none"},
    {"id": "eyeColour", "kind": "choice", "options": ["dark", "brown", "hazel", "green", "blue", "grey"], "default": "brown"},
    {"id": "light", "kind": "choice", "options": ["studio", "soft", "window", "outdoor"], "default": "soft"},
    {"id": "lightSide", "kind": "scalar", "min": -1, "max": 1, "default": 0},
    {"id": "background", "kind": "colour", "default": [118, 124, 128]},
]


def field_length(field: dict) -> int:
    """Numbers that a field takes in the vector, its flag included."""
    return {"scalar": 2, "colour": 4}.get(field["kind"]) or len(field["options"]) + 1


LOOK_LENGTH = sum(field_length(f) for f in FIELDS)


def encode_look(look: dict, fields: list[dict] = FIELDS) -> np.ndarray:
    """A look `{field id: value or None}` as `[LOOK_LENGTH]` float32, the same as `encodeLook` in TypeScript."""
    out: list[float] = []
    for field in fields:
        value = look.get(field["id"])
        n = field_length(field)
        if value is None or (field["kind"] == "choice" and value not in field["options"]):
            out += [0.0] * n
        elif field["kind"] == "scalar":
            clamped = min(field["max"], max(field["min"], value))
            out += [2 * (clamped - field["min"]) / (field["max"] - field["min"]) - 1, 1.0]
        elif field["kind"] == "colour":
            out += [min(255, max(0, c)) / 127.5 - 1 for c in value] + [1.0]
        else:
            out += [1.0 if value == option else 0.0 for option in field["options"]] + [1.0]
    return np.asarray(out, dtype=np.float32)


def field_slices(fields: list[dict] = FIELDS) -> list[slice]:
    """Where each field lies in the vector, for dropout."""
    ends = np.cumsum([field_length(f) for f in fields])
    return [slice(int(e - field_length(f)), int(e)) for e, f in zip(ends, fields)]


def look_of(attributes: dict, photo: np.ndarray, mask: np.ndarray, landmarks: np.ndarray) -> dict:
    """The look of an annotated face; attributes that are not known stay open.

    photo `[H, W, 3]` uint8, mask `[H, W]` regions of the data's README, landmarks `[68, 2]` in 0-1.
    """

    def mean(where: np.ndarray) -> list[float] | None:
        return [round(float(c), 1) for c in photo[where].mean(axis=0)] if where.sum() > 60 else None

    height, width = mask.shape
    x = np.arange(width)[None, :]
    y = np.arange(height)[:, None]
    middle = landmarks[27:31, 0].mean() * width
    chin = landmarks[8, 1] * height
    skin = ((mask == 5) | (mask == 3)) & (y < chin)
    luminance = photo.astype(np.float32) @ np.float32([0.299, 0.587, 0.114])
    sides = [luminance[skin & (x < middle)], luminance[skin & (x >= middle)]]
    left, right = (float(s.mean()) if s.size else 1.0 for s in sides)
    return {
        "sex": attributes.get("male"),
        "age": attributes.get("age"),
        "skinColour": mean(skin),
        "hairColour": mean(mask == 6),
        "grey": attributes.get("grey"),
        "hairStyle": attributes.get("hair"),
        "beard": attributes.get("beard"),
        "eyeColour": attributes.get("eye"),
        "light": attributes.get("light"),
        "lightSide": round(float(np.clip(2 * (right - left) / max(1.0, right + left), -1, 1)), 3),
        "background": mean(mask == 0),
    }

"""Aligned picture of a face -> landmarks and regions: a photo `[S, S, 3]` uint8. The same as src/inference/tasks/readFace.ts."""

from __future__ import annotations

from typing import Any

from .photo_to_picture import PhotoToPicture, ends_of


class ReadFace(PhotoToPicture):
    role = "reader"

    def check(self, config: Any, about: dict) -> None:
        if list(map(list, ends_of(config))) != [["picture"], ["landmarks", "regions"]]:
            raise ValueError("The studio asks a reader for landmarks and regions of one picture, and this network has other inputs or outputs.")

    def manifest(self, config: Any, about: dict) -> dict:
        return {}

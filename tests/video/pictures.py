"""Textured pictures whose movement is known."""

from __future__ import annotations

from functools import lru_cache

import cv2
import numpy as np

SIZE_PX = (320, 240)


@lru_cache(maxsize=16)
def scenery(seed: int = 0, size_px: tuple[int, int] = (640, 480)) -> np.ndarray:
    """(h, w, 3): blobs of all sizes, as a still background might have."""
    rng = np.random.default_rng(seed)
    total = np.zeros((size_px[1], size_px[0]))
    for blob_px in (2, 6, 20, 60):
        coarse = rng.normal(size=(size_px[1] // blob_px + 4, size_px[0] // blob_px + 4))
        noise = cv2.resize(coarse, size_px, interpolation=cv2.INTER_CUBIC)
        total += noise / noise.std()
    grey = np.clip(128 + 30 * total, 0, 255).astype(np.uint8)
    return np.repeat(grey[..., None], 3, axis=2)


def window(
    wide: np.ndarray, x_px: float = 0.0, y_px: float = 0.0, rotation_deg: float = 0.0, zoom: float = 1.0,
    size_px: tuple[int, int] = SIZE_PX,
) -> np.ndarray:  # fmt: skip
    """The wide picture's middle, moved right and down, turned clockwise and enlarged about the window's middle."""
    angle = np.radians(rotation_deg)
    turn = zoom * np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    middle = np.array(size_px) / 2 - 0.5
    centre = np.array(wide.shape[1::-1]) / 2 - 0.5
    shift = middle + np.array([x_px, y_px]) - turn @ centre
    return cv2.warpAffine(wide, np.column_stack([turn, shift]), size_px, flags=cv2.INTER_CUBIC)


def person(rgb: np.ndarray, box_px: tuple[int, int, int, int], seed: int) -> np.ndarray:
    """The picture with a differently textured rectangle over the box."""
    left, top, right, bottom = box_px
    out = rgb.copy()
    out[top:bottom, left:right] = scenery(1000 + seed)[: bottom - top, : right - left]
    return out

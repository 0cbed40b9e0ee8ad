"""Pictures of one made-up room laid over those of another."""

from __future__ import annotations

import numpy as np

SIZE = (180, 320)
LOOKS = 5
PLACES = {
    "in the upper right corner": (220, 0, 320, 60),
    "near the lower left corner": (12, 110, 112, 170),
    "in the middle": (60, 30, 250, 150),
    "at the lower edge": (110, 120, 200, 180),
}


def scene(seed: int, size: tuple[int, int] = SIZE, still: bool = False) -> np.ndarray:
    """(LOOKS, h, w, 3) a room of soft lights with something dark and something light wandering through it."""
    rng = np.random.default_rng(seed)
    y, x = np.mgrid[: size[0], : size[1]]
    wave = [rng.uniform(0.5, 2.0, 2) / size for _ in range(4)]
    room = 128.0 + sum(25.0 * np.sin(2 * np.pi * (a * y + b * x) + rng.uniform(0, 6)) for a, b in wave)
    pictures = []
    for _ in range(LOOKS):
        picture = room.copy()
        for light in () if still else (20.0, 235.0):
            at = rng.uniform(0.25, 0.75, 2) * size
            picture[np.hypot((y - at[0]) / 1.6, x - at[1]) < 0.12 * min(size)] = light
        pictures.append(np.clip(picture + rng.normal(0, 2, size), 0, 255))
    return np.repeat(np.array(pictures)[..., None], 3, axis=3).astype(np.uint8)


def laid_over(behind: np.ndarray, inside: np.ndarray, place: tuple[int, int, int, int]) -> np.ndarray:
    left, top, right, bottom = place
    both = behind.copy()
    both[:, top:bottom, left:right] = inside
    return both


def size_of(place: tuple[int, int, int, int]) -> tuple[int, int]:
    return place[3] - place[1], place[2] - place[0]

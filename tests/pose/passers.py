"""Made-up glimpses of people."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

import numpy as np

from analyzer.pose.person import Glimpse, Person

LOOKS_HZ = 9.0
HEIGHT_PX = 400.0
GREY, RED = (50.0, 0.0, 0.0), (50.0, 40.0, 20.0)

Path: TypeAlias = Callable[[float], tuple[float, float]]
"""Place of the hips in body heights, by the time in seconds."""


def glimpse(
    time_s: float,
    at: tuple[float, float],
    *,
    height_px: float = HEIGHT_PX,
    colour: Sequence[float] = GREY,
    stride: float = 0.0,
) -> Glimpse:
    hips = np.array(at) * HEIGHT_PX
    feet = hips + [0.0, 0.5 * height_px]
    swing = stride * height_px * np.sin(2 * np.pi * 1.4 * time_s)
    return Glimpse(
        time_s=time_s,
        hips_px=hips,
        circle_px=hips - [0.0, 0.5 * height_px],
        box_px=np.concatenate(
            [hips - [0.15 * height_px, 0.45 * height_px], hips + [0.15 * height_px, 0.5 * height_px]]
        ),
        ankles_px=np.stack([feet + [swing, 0.0], feet - [swing, 0.0]]),
        colour=np.array(colour),
    )


def person(number: int, seconds: float, path: Path, start_s: float = 0.0, **looks: float) -> Person:
    times = start_s + np.arange(0.0, seconds, 1.0 / LOOKS_HZ)
    return Person.of(number, [glimpse(float(t), path(float(t)), **looks) for t in times])  # type: ignore[arg-type]


def standing(x: float, y: float = 1.0) -> Path:
    return lambda time_s: (x, y)


def walking(x: float, speed: float, y: float = 1.0) -> Path:
    return lambda time_s: (x + speed * time_s, y)

"""Made-up glimpses of people."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

import numpy as np

from analyzer.pose.person import Glimpse, Person
from analyzer.pose.subject import Survey

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
    up, aside = np.array([0.0, -0.5 * height_px]), np.array([0.15 * height_px, 0.0])
    swing = np.array([stride * height_px * np.sin(2 * np.pi * 1.4 * time_s), 0.0])
    return Glimpse(
        time_s=time_s,
        hips_px=hips,
        circle_px=hips + up,
        box_px=np.concatenate([hips + 0.9 * up - aside, hips - up + aside]),
        ankles_px=np.stack([hips - up + swing, hips - up - swing]),
        colour=np.array(colour),
    )


def person(number: int, seconds: float, path: Path, start_s: float = 0.0, **looks: float) -> Person:
    times = start_s + np.arange(0.0, seconds, 1.0 / LOOKS_HZ)
    return Person.of(number, [glimpse(float(t), path(float(t)), **looks) for t in times])  # type: ignore[arg-type]


def standing(x: float, y: float = 1.0) -> Path:
    return lambda time_s: (x, y)


def walking(x: float, speed: float, y: float = 1.0) -> Path:
    return lambda time_s: (x + speed * time_s, y)


def survey_of(*people: Person) -> Survey:
    """Of a clip ten body heights wide and two high, looked at for as long as anybody was seen."""
    looks = len(np.unique(np.concatenate([each.times_s for each in people])))
    return Survey(people, looks, (round(10 * HEIGHT_PX), round(2 * HEIGHT_PX)))

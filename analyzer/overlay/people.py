"""One picture that tells who was seen, and who of them was followed."""

from __future__ import annotations

from itertools import pairwise
from typing import Final

import cv2
import numpy as np

from analyzer.arrays import Floats, Picture
from analyzer.overlay.canvas import Pen, dashed, polyline
from analyzer.overlay.faces import Cover
from analyzer.overlay.palette import PALE, WHITE
from analyzer.overlay.raster import RgbSheet
from analyzer.overlay.stamps import label
from analyzer.pose.person import Person
from analyzer.pose.subject import Look, Survey
from analyzer.video.clip import Clip
from analyzer.video.reader import read_frame

LONGEST_SIDE_PX: Final = 960
CROWN: Final = 0.07
"""Height of the crown above the eyes and ears, which are the highest points that are tracked, in body heights (Drillis
& Contini 1966)."""


def people_picture(look: Look, clip: Clip, cover: Cover | None = None) -> Picture:
    """The frame that shows most people, each in a box with their number; the one who was followed in a solid one.

    Args:
        look: with a survey.
        clip: that was looked at.
        cover: hides faces.

    Raises:
        ClipError: the clip can no longer be read.
        ValueError: the clip was not surveyed.
    """
    if look.survey is None:
        raise ValueError("Nobody looked into who is who.")
    time_s = fullest_s(look.survey, look.chosen)
    read = read_frame(clip, time_s * clip.slow_motion_factor)
    frame = read.rgb
    if cover is not None:
        cover(RgbSheet(frame), read.time_s, 1.0)
    scale = min(1.0, LONGEST_SIDE_PX / max(frame.shape[:2]))
    size = (round(frame.shape[1] * scale), round(frame.shape[0] * scale))
    scene: Picture = np.asarray(cv2.resize(frame, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)
    for person in look.survey.people:
        here = np.flatnonzero(np.abs(person.times_s - time_s) < 1e-6)
        if len(here):
            _mark(scene, person, int(here[0]), scale, followed=person.number == look.chosen)
    return scene


def fullest_s(survey: Survey, chosen: int | None) -> float:
    """The look, in real seconds, that saw most people, the chosen one among them, near the middle of all such looks."""
    looks = np.unique(np.concatenate([person.times_s for person in survey.people]))
    seen = np.array([np.isin(looks, person.times_s) * (1.0 + (person.number == chosen)) for person in survey.people])
    fullest = looks[seen.sum(axis=0) == seen.sum(axis=0).max()]
    return float(fullest[len(fullest) // 2])


def _mark(scene: Picture, person: Person, look: int, scale: float, *, followed: bool) -> None:
    left, top, right, bottom = _box(person, look) * scale
    pen = Pen.fitting(scene, float(person.heights_px[look]) * scale)
    corners = [np.array(at) for at in ((left, top), (right, top), (right, bottom), (left, bottom), (left, top))]
    if followed:
        polyline(scene, corners, WHITE, pen.bold)
    else:
        for a, b in pairwise(corners):
            dashed(scene, a, b, PALE, pen.line)
    stamp = label(f"{person.number} · followed" if followed else str(person.number), pen.text)
    x = float(np.clip(left, 0, scene.shape[1] - stamp.width))
    stamp.put(scene, x, float(np.clip(top - stamp.height, 0, scene.shape[0] - stamp.height)))


def _box(person: Person, look: int) -> Floats:
    """(4,) px of the clip, with the crown of the head."""
    return np.asarray(person.box_px[look] - np.array([0.0, CROWN * person.heights_px[look], 0.0, 0.0]))

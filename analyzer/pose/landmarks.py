"""The 33 points of MediaPipe's BlazePose by name. Left and right are the person's own.

Source: Bazarevsky et al. 2020, BlazePose, doi:10.48550/arXiv.2006.10204.
"""

from __future__ import annotations

from enum import Enum
from typing import Final

COUNT: Final = 33

NAMES: Final = (
    "nose", "left_eye_inner", "left_eye", "left_eye_outer", "right_eye_inner", "right_eye", "right_eye_outer",
    "left_ear", "right_ear", "mouth_left", "mouth_right", "left_shoulder", "right_shoulder", "left_elbow",
    "right_elbow", "left_wrist", "right_wrist", "left_pinky", "right_pinky", "left_index", "right_index",
    "left_thumb", "right_thumb", "left_hip", "right_hip", "left_knee", "right_knee", "left_ankle", "right_ankle",
    "left_heel", "right_heel", "left_foot_index", "right_foot_index",
)  # fmt: skip

INDEX: Final = {name: index for index, name in enumerate(NAMES)}


class Side(str, Enum):
    """The person's own left or right, in every view."""

    LEFT = "left"
    RIGHT = "right"
    BOTH = "both"

    @property
    def other(self) -> Side:
        """The contralateral side; BOTH stays BOTH."""
        return {Side.LEFT: Side.RIGHT, Side.RIGHT: Side.LEFT, Side.BOTH: Side.BOTH}[self]


SIDES: Final = (Side.LEFT, Side.RIGHT)


def point(side: Side, name: str) -> int:
    """Index of a paired landmark, such as ``point(Side.LEFT, "knee")``.

    ``toe`` is short for ``foot_index``.
    """
    return INDEX[f"{side.value}_{'foot_index' if name == 'toe' else name}"]


def _partner(name: str) -> str:
    for here, there in (("left", "right"), ("right", "left")):
        if name.startswith(f"{here}_"):
            return there + name[len(here) :]
        if name.endswith(f"_{here}"):
            return name[: -len(here)] + there
    return name


MIRROR: Final = tuple(INDEX[_partner(name)] for name in NAMES)
"""MIRROR[i] is the landmark that i becomes when the picture is mirrored."""

LEGS_FROM: Final = INDEX["left_knee"]
LEG_POINTS: Final = tuple(range(LEGS_FROM, COUNT))
"""Knees, ankles, heels and toes, left and right in turn."""

LEG: Final = ("hip", "knee", "ankle", "heel", "toe")

BONES: Final = tuple(
    (INDEX[a], INDEX[b])
    for a, b in (
        ("left_shoulder", "right_shoulder"), ("left_hip", "right_hip"),
        ("left_shoulder", "left_hip"), ("right_shoulder", "right_hip"),
        ("left_shoulder", "left_elbow"), ("left_elbow", "left_wrist"),
        ("right_shoulder", "right_elbow"), ("right_elbow", "right_wrist"),
        ("left_hip", "left_knee"), ("left_knee", "left_ankle"), ("left_ankle", "left_heel"),
        ("left_heel", "left_foot_index"), ("left_ankle", "left_foot_index"),
        ("right_hip", "right_knee"), ("right_knee", "right_ankle"), ("right_ankle", "right_heel"),
        ("right_heel", "right_foot_index"), ("right_ankle", "right_foot_index"),
    )
)  # fmt: skip
"""Pairs of landmarks that a drawn skeleton joins."""

"""Whom a clip is about: who was seen in it, and which of them is the person to measure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from analyzer.arrays import Floats
from analyzer.errors import SubjectError
from analyzer.pose.landmarks import INDEX
from analyzer.pose.person import FASTEST, Person
from analyzer.pose.track import PoseTrack
from analyzer.video.inset import Inset

BRISK: Final = 0.5
"""Activity in body heights per second, as of slow exercise, that counts half: to move faster is not worth much more,
so that a passer-by does not outdo somebody who balances."""

THIRDS: Final = (1 / 3, 2 / 3)
PLACES: Final = ("on the left", "in the middle", "on the right")

SETTLED: Final = 5
"""Frames before and after a jump from which it is told that the person is somewhere else from then on."""

ELSEWHERE: Final = 0.3
"""Body heights by which hips may seem to leave their way without being another person's."""

OTHER_SIZE: Final = 1.6
"""Ratio of trunk lengths between which nobody can change from one moment to the next."""

TRUNK: Final = (("left_shoulder", "right_shoulder"), ("left_hip", "right_hip"))
TRUNK_SHARE: Final = 0.288
"""Length of the trunk in body heights: shoulders at 0.818 and hips at 0.530 of it (Drillis & Contini 1966)."""


@dataclass(frozen=True)
class Survey:
    """Everybody in a clip, followed over all of it.

    Attributes:
        people: by number.
        looks: how often the clip was looked at.
        size_px: width and height of the upright clip.
    """

    people: tuple[Person, ...]
    looks: int
    size_px: tuple[int, int]

    def share(self, person: Person) -> float:
        """Share of the clip in which somebody was seen, 0 to 1."""
        return len(person.times_s) / self.looks

    def place(self, person: Person) -> str:
        """Where somebody was most of the time, in words."""
        across = float(np.median(person.hips_px[:, 0])) / self.size_px[0]
        return PLACES[int(np.searchsorted(THIRDS, across))]


@dataclass(frozen=True)
class Look:
    """Who is in a clip, and in what light.

    Attributes:
        people: how many were seen.
        brightness: mean of the picture, 0 black to 1 white.
        crop_side_px: edge in the clip's px of the square around the largest person; None if nobody was seen.
        survey: everybody, where it mattered who is who.
        chosen: number of the one who is measured; None without a survey.
        inset: where another picture lies within the picture, with a person in it; None where none was noticed.
    """

    people: int
    brightness: float
    crop_side_px: float | None = None
    survey: Survey | None = None
    chosen: int | None = None
    inset: Inset | None = None


UNSEEN: Final = Look(people=1, brightness=float("nan"))
"""Where only a track is at hand."""


def parse_subject(text: str) -> int | tuple[float, float]:
    """A person's number, or a place as shares of the picture's width and height.

    Raises:
        SubjectError: it is neither.
    """
    if re.fullmatch(r"\s*[1-9]\d{0,3}\s*", text):
        return int(text)
    place = re.fullmatch(r"\s*(0?\.\d+|[01](?:\.\d*)?)\s*,\s*(0?\.\d+|[01](?:\.\d*)?)\s*", text)
    if place is None or max(float(place[1]), float(place[2])) > 1.0:
        raise SubjectError(
            f'"{text}" tells nobody: give a person\'s number, such as 2, or a point in the picture as shares of its '
            "width and height, such as 0.3,0.6."
        )
    return float(place[1]), float(place[2])


def choose(survey: Survey, subject: str | None = None) -> Person:
    """The person to measure.

    Unless the user says whom: whoever is large, there for long and moving, by the product of the three.

    Args:
        survey: with one person at least.
        subject: as `parse_subject` reads it.

    Raises:
        SubjectError: there is no such person.
    """
    if subject is None:
        return max(survey.people, key=lambda each: each.area_px * survey.share(each) * _involvement(each))
    wanted = parse_subject(subject)
    if isinstance(wanted, tuple):
        return _nearest(survey, np.array(wanted) * survey.size_px)
    for person in survey.people:
        if person.number == wanted:
            return person
    raise SubjectError(f"There is no person number {wanted} in this clip; seen were {_roll(survey)}.")


def broken(track: PoseTrack) -> bool:
    """Whether the one who was followed became somebody else: a jump that nobody makes, and that was not taken back."""
    shoulders, hips = (track.points_px[:, [INDEX[name] for name in pair]].mean(axis=1) for pair in TRUNK)
    trunk_px = np.linalg.norm(shoulders - hips, axis=1)
    seen = np.isfinite(trunk_px)
    if seen.sum() < 2 * SETTLED:
        return False

    def before_and_after(values: Floats) -> tuple[Floats, Floats]:
        settled = np.median(sliding_window_view(values[seen], SETTLED, axis=0), axis=-1)
        return settled[:-SETTLED], settled[SETTLED:]

    speed = np.full_like(hips, np.nan)
    speed[seen] = np.gradient(hips[seen], track.times_s[seen], axis=0)
    (was_px, is_px), (was_at, is_at), (went, goes) = map(before_and_after, (trunk_px, hips, speed))
    then_s, now_s = before_and_after(track.times_s)
    apart_s = now_s - then_s
    astray_px = np.linalg.norm(is_at - was_at - 0.5 * (went + goes) * apart_s[:, None], axis=1)
    hidden_s = np.maximum(apart_s - SETTLED / track.rate_hz, 0.0)
    room_px = (ELSEWHERE + FASTEST * hidden_s) * np.maximum(was_px, is_px) / TRUNK_SHARE
    grown = np.abs(np.log(np.maximum(is_px, 1.0) / np.maximum(was_px, 1.0)))
    return bool(((astray_px > room_px) | (grown > np.log(OTHER_SIZE * (1.0 + hidden_s)))).any())


def _involvement(person: Person) -> float:
    return person.activity / (person.activity + BRISK)


def _nearest(survey: Survey, place_px: Floats) -> Person:
    """Whoever's box holds a place (2,) for longest, or else comes nearest to it."""

    def away_px(person: Person) -> Floats:
        beyond = np.maximum(person.box_px[:, :2] - place_px, place_px - person.box_px[:, 2:])
        return np.asarray(np.linalg.norm(np.maximum(beyond, 0.0), axis=1))

    return min(survey.people, key=lambda each: (-int((away_px(each) == 0.0).sum()), float(away_px(each).min())))


def _roll(survey: Survey) -> str:
    """Everybody by number, place and time, in words."""
    each = [
        f"{person.number} {survey.place(person)} ({person.times_s[0]:.1f}-{person.times_s[-1]:.1f} s)"
        for person in survey.people
    ]
    return " and ".join(filter(None, (", ".join(each[:-1]), each[-1])))

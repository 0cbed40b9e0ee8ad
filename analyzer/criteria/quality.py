"""How well a clip could be read, in plain words, with advice for filming again.

Limits and sentences stand in ``quality.toml``; here is only what is held against them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import numpy as np

from analyzer.criteria.legibility import feet_hidden, leg_doubt, seen_s, share_of_height, tracked_fraction
from analyzer.criteria.quality_table import QualityTable, load_quality
from analyzer.filmed import Caution, Quality
from analyzer.motion.roll import is_clear
from analyzer.motion.types import FRONTAL, Activity, Motion, View
from analyzer.pose.landmarks import SIDES
from analyzer.video.camerapath import Moves
from analyzer.video.clip import Clip


def quality(clip: Clip, motion: Motion) -> Quality:
    """Grade the clip and collect its cautions."""
    table = load_quality()
    cautions = [Caution(code=n.code, message=n.message, advice=n.advice) for n in clip.notices]
    cautions += _about_tempo(clip, motion, table)
    cautions += _about_person(motion, table)
    cautions += _about_light(motion, table)
    cautions += _about_camera(motion, table)
    cautions += _about_view(motion, table)
    cautions += _about_length(clip, motion, table)
    return Quality(
        grade=_grade(motion, table, bool(cautions)),
        tracked_fraction=tracked_fraction(motion),
        repaired_fraction=motion.repaired_fraction,
        warnings=tuple(cautions),
    )


def _grade(motion: Motion, table: QualityTable, cautioned: bool) -> Literal["good", "usable", "poor"]:
    limits, tracked = table.grade, tracked_fraction(motion)
    hidden = feet_hidden(motion, table.limit("feet", "belief"))
    if tracked < limits.poor_tracked or motion.repaired_fraction > limits.poor_repaired or hidden > limits.poor_feet:
        return "poor"
    if cautioned or tracked < limits.usable_tracked or motion.repaired_fraction > limits.usable_repaired:
        return "usable"
    return "good"


def _about_tempo(clip: Clip, motion: Motion, table: QualityTable) -> Iterator[Caution]:
    """What to say of a movement that cannot have been as slow, or as fast, as the file's times have it."""
    tempo, code = motion.tempo, "unknown_slow_motion"
    if not tempo.unknown:
        return
    slow = tempo.factor > 1.0
    low, high = sorted(end if slow else 1.0 / end for end in tempo.range)
    yield table.caution(
        code,
        factor=tempo.factor if slow else 1.0 / tempo.factor,
        slower=table.word(code, "slower" if slow else "faster"),
        low=low,
        high=high,
        said=table.word(code, "untold" if clip.slow_motion_factor == 1.0 else "wrong"),
        rate=clip.capture_fps * tempo.factor,
    )


def _about_person(motion: Motion, table: QualityTable) -> Iterator[Caution]:
    tracked, share = tracked_fraction(motion), share_of_height(motion)
    if tracked < table.limit("lost", "tracked"):
        yield table.caution("lost", percent=100 * tracked)
    if share < table.limit("small", "share"):
        yield table.caution("small", percent=100 * share)
    if feet_hidden(motion, table.limit("feet", "belief")) > table.limit("feet", "hidden"):
        yield table.caution("feet")
    for side in SIDES:
        if leg_doubt(motion, side) >= table.limit("hidden_leg", "doubt"):
            yield table.caution("hidden_leg", side=side.value)
    look = motion.look
    if look.people > table.limit("people", "people"):
        whom = table.word("people", "unnumbered")
        if look.survey is not None and look.chosen is not None:
            person = look.survey.people[look.chosen - 1]
            whom = table.word("people", "numbered", number=person.number, place=look.survey.place(person))
        yield table.caution("people", people=look.people, whom=whom, another=2 if look.chosen == 1 else 1)
    if look.inset is not None:
        yield table.caution("inset", percent=100 * look.inset.share, where=table.word("inset", look.inset.place))


def _about_light(motion: Motion, table: QualityTable) -> Iterator[Caution]:
    brightness = motion.filming.brightness if motion.filming else motion.look.brightness
    if brightness < table.limit("dark", "brightness"):
        yield table.caution("dark")
    if motion.filming and motion.filming.sharpness < table.limit("blurred", "sharpness"):
        yield table.caution("blurred")


def _about_camera(motion: Motion, table: QualityTable) -> Iterator[Caution]:
    if motion.filming:
        filming = motion.filming
        if len(filming.shots) > table.limit("cut", "shots"):
            yield table.caution("cut", shots=len(filming.shots), start=filming.used.start_s, end=filming.used.end_s)
        if filming.path.moves is Moves.SHAKING:
            yield table.caution("shaken", percent=100 * filming.wander)
        if filming.path.moves is Moves.PANNING:
            yield table.caution("panned")
    roll_deg = motion.camera.roll_deg
    if motion.path is not None and np.isfinite(roll_deg) and is_clear(roll_deg, motion.camera.view):
        side = table.word("roll", "clockwise" if roll_deg > 0 else "anticlockwise")
        yield table.caution("roll", degrees=abs(roll_deg), side=side)


def _about_view(motion: Motion, table: QualityTable) -> Iterator[Caution]:
    camera = motion.camera
    if camera.view is View.OBLIQUE:
        yield table.caution("oblique")
    elif camera.view in FRONTAL and abs(camera.yaw_deg) > table.limit("yaw", "yaw_deg"):
        yield table.caution("yaw", degrees=abs(camera.yaw_deg))


def _about_length(clip: Clip, motion: Motion, table: QualityTable) -> Iterator[Caution]:
    if motion.activity is not Activity.RUNNING:
        if seen_s(motion) < table.limit("short", "seconds"):
            yield table.caution("short", seconds=seen_s(motion))
        return
    if len(motion.steps) < table.limit("few_steps", "steps"):
        yield table.caution("few_steps", steps=len(motion.steps))
    if clip.capture_fps < table.limit("frame_rate", "rate_hz") and not motion.tempo.unknown:
        yield table.caution("frame_rate", rate=clip.capture_fps)

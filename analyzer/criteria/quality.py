"""How well a clip could be read, in plain words, with advice for filming again."""

from __future__ import annotations

from typing import Final, Literal

import numpy as np

from analyzer.assessment import Caution, Quality
from analyzer.motion.types import FRONTAL, Activity, Motion, View
from analyzer.pose.landmarks import SIDES, point
from analyzer.pose.subject import Look
from analyzer.video.clip import Clip

SMALLEST_SHARE: Final = 0.35
FEWEST_STEPS: Final = 14
LOW_RATE_HZ: Final = 45.0
"""Below it the foot is blurred and its landing falls between frames."""

HIDDEN_FEET: Final = 0.2
FEET_BELIEF: Final = 0.6
"""Median of the pose model's own belief in the feet: 0.7-0.99 where they are plain to see, 0.25 where cut off."""

DARK: Final = 0.18
"""Mean of the picture: ordinary rooms read 0.36-0.63, a room in which the pose model errs 0.08."""

OFF_SQUARE_DEG: Final = 8.0


def quality(clip: Clip, motion: Motion) -> Quality:
    """Grade the clip and collect its cautions."""
    tracked = float(motion.raw.seen.mean()) if len(motion.raw) else 0.0
    cautions = [Caution(code=n.code, message=n.message, advice=n.advice) for n in clip.notices]
    cautions += _about_tempo(clip, motion) + _about_person(motion, tracked) + _about_view(motion)
    cautions += _about_steps(clip, motion)
    grade: Literal["good", "usable", "poor"] = "good"
    if tracked < 0.6 or motion.repaired_fraction > 0.25 or _feet_hidden(motion) > 0.5:
        grade = "poor"
    elif cautions or tracked < 0.9 or motion.repaired_fraction > 0.1:
        grade = "usable"
    return Quality(
        grade=grade,
        tracked_fraction=tracked,
        repaired_fraction=motion.repaired_fraction,
        warnings=tuple(cautions),
    )


def _about_tempo(clip: Clip, motion: Motion) -> list[Caution]:
    """What to say of a movement that cannot have been as slow, or as fast, as the file's times have it."""
    tempo = motion.tempo
    if not tempo.unknown:
        return []
    slow = tempo.factor > 1.0
    factor = tempo.factor if slow else 1.0 / tempo.factor
    low, high = sorted(end if slow else 1.0 / end for end in tempo.range)
    said = "The true rate is not in the file." if clip.slow_motion_factor == 1.0 else "The rate in the file is wrong."
    return [
        Caution(
            code="unknown_slow_motion",
            message=f"By gravity and the swing of the legs, this plays about {factor:.2g} times "
            f"{'slower' if slow else 'faster'} than life ({low:.1f} to {high:.1f}). {said}",
            advice="Give the frames per second that were recorded, by this estimate about "
            f"{clip.capture_fps * tempo.factor:.0f} (--captured-fps); without, nothing that hangs on time is measured.",
        )
    ]


def _about_person(motion: Motion, tracked: float) -> list[Caution]:
    found = []
    if tracked < 0.9:
        found.append(
            Caution(
                code="lost",
                message=f"The person was found in {100 * tracked:.0f} % of the frames.",
                advice="Keep the whole body in the picture, in good light, with clothes that stand out.",
            )
        )
    share = share_of_height(motion)
    if share < SMALLEST_SHARE:
        found.append(
            Caution(
                code="small",
                message=f"The person fills {100 * share:.0f} % of the picture's height.",
                advice="Come nearer or zoom in until the person fills at least half of it.",
            )
        )
    if _feet_hidden(motion) > HIDDEN_FEET:
        found.append(
            Caution(
                code="feet",
                message="The feet are outside the picture or hidden for part of the clip.",
                advice="Film again with some floor below the feet.",
            )
        )
    if motion.look.people > 1:
        found.append(
            Caution(
                code="people",
                message=_whom_of(motion.look),
                advice=f"Choose another with --subject {_another(motion.look)}; better still, film one at a time.",
            )
        )
    if motion.look.brightness < DARK:
        found.append(
            Caution(
                code="dark",
                message="The clip is very dark: joints are guessed and moving feet are blurred.",
                advice="Film in daylight or with the lamps on and behind the camera.",
            )
        )
    return found


def _whom_of(look: Look) -> str:
    if look.survey is None or look.chosen is None:
        return f"{look.people} people were seen; the one in the overlay was followed."
    person = look.survey.people[look.chosen - 1]
    return f"{look.people} people were seen; number {person.number}, {look.survey.place(person)}, was followed."


def _another(look: Look) -> int:
    return 2 if look.chosen == 1 else 1


def _about_view(motion: Motion) -> list[Caution]:
    if motion.camera.view is View.OBLIQUE:
        return [
            Caution(
                code="oblique",
                message="The camera stood at an angle: neither front, back nor side angles can be trusted.",
                advice="Film square on from the front, the back or the side.",
            )
        ]
    if motion.camera.view in FRONTAL and abs(motion.camera.yaw_deg) > OFF_SQUARE_DEG:
        return [
            Caution(
                code="yaw",
                message=f"The camera stood about {abs(motion.camera.yaw_deg):.0f}° aside; knee angles are corrected.",
                advice="Stand exactly in front of or behind the person.",
            )
        ]
    return []


def _about_steps(clip: Clip, motion: Motion) -> list[Caution]:
    if motion.activity is not Activity.RUNNING:
        return []
    found = []
    if len(motion.steps) < FEWEST_STEPS:
        found.append(
            Caution(
                code="few_steps",
                message=f"Only {len(motion.steps)} steps were seen; a stable mean needs seven of each leg.",
                advice="Film ten seconds or more of steady running.",
            )
        )
    if clip.capture_fps < LOW_RATE_HZ and not motion.tempo.unknown:
        found.append(
            Caution(
                code="frame_rate",
                message=f"The clip has {clip.capture_fps:.0f} frames per second: moving feet are blurred.",
                advice="Film at 60 frames per second or more, in bright light.",
            )
        )
    return found


def share_of_height(motion: Motion) -> float:
    """Share of the picture's height that the person fills, median over the clip; 0 if nobody was seen."""
    across = motion.track.points_px[..., 1]
    across = across[np.isfinite(across).any(axis=1)]
    if not len(across):
        return 0.0
    heights = np.nanmax(across, axis=1) - np.nanmin(across, axis=1)
    return float(np.median(heights)) / motion.track.size_px[1]


def _feet_hidden(motion: Motion) -> float:
    """Share of the tracked frames in which a foot is outside the picture; all, if the model hardly believes in feet."""
    width, height = motion.track.size_px
    feet = motion.raw.points_px[:, [point(side, part) for side in SIDES for part in ("heel", "toe")]]
    feet = feet[np.isfinite(feet).all(axis=(1, 2))]
    if not len(feet):
        return 0.0
    visibility = motion.raw.visibility[:, [point(side, part) for side in SIDES for part in ("ankle", "heel", "toe")]]
    if float(np.median(visibility[motion.raw.seen > 0])) < FEET_BELIEF:
        return 1.0
    outside = (feet[..., 0] < 0) | (feet[..., 0] > width) | (feet[..., 1] < 0) | (feet[..., 1] > height)
    return float(outside.any(axis=1).mean())

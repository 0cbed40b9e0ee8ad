"""When the overlay shows what: in step with the clip, or slower where there is something to see.

Times are seconds of the clip's file, as a player shows it, unless they are said to be real ones.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np

from analyzer.arrays import Floats
from analyzer.assessment import Assessment, MeasurementInfo, RepInfo, Verdict
from analyzer.motion.types import Motion, Step
from analyzer.overlay.palette import HARSHNESS
from analyzer.overlay.sketches import DRAWINGS
from analyzer.pose.landmarks import SIDES

MOST_FPS: Final = 60.0

BEFORE_S: Final = 0.15
AFTER_S: Final = 0.10
"""What is shown slowly before a foot lands and after it has left, in real seconds."""

JOINED_S: Final = 0.5
"""Slow parts with less than that between them, in real seconds, become one: a change of pace is unpleasant to watch."""

MOST_STEPS: Final = 4
"""Steps that are shown slowly of a run: those that decide, since each lasts as long as all the rest of a short clip."""


@dataclass(frozen=True)
class Pace:
    """A clip's time against the overlay's.

    Attributes:
        slow: how many times slower than the clip the parts are shown, 1 or more.
        parts: (k, 2) beginning and end of each, rising, apart from each other.
    """

    slow: float = 1.0
    parts: tuple[tuple[float, float], ...] = ()

    def __post_init__(self) -> None:
        if self.slow < 1.0 or any(end <= start for start, end in self.parts):
            raise ValueError("A part is shown at the clip's pace or slower, and ends after it begins.")
        if any(later[0] < earlier[1] for earlier, later in pairwise(self.parts)):
            raise ValueError("Slow parts do not overlap.")

    @property
    def is_the_clips(self) -> bool:
        """Whether the overlay is in step with the clip throughout."""
        return self.slow == 1.0 or not self.parts

    def is_slow(self, clip_s: float) -> bool:
        """Whether an instant of the clip is shown slowly."""
        return not self.is_the_clips and any(start <= clip_s < end for start, end in self.parts)

    def overlay_s(self, clip_s: float) -> float:
        """When the overlay shows an instant of the clip."""
        if self.is_the_clips:
            return clip_s
        slowed_s = sum(min(max(clip_s - start, 0.0), end - start) for start, end in self.parts)
        return clip_s + (self.slow - 1.0) * slowed_s

    def to_json(self, duration_s: float) -> str:
        """The text of ``overlay.json``: the knots of a clip of that length, for players that jump to an event."""
        knots = [{"clip_s": round(clip_s, 6), "overlay_s": round(at_s, 6)} for clip_s, at_s in self.knots(duration_s)]
        return json.dumps({"slow": self.slow, "knots": knots}, indent=2) + "\n"

    def knots(self, duration_s: float) -> list[tuple[float, float]]:
        """Clip and overlay time where the pace changes, from the beginning to the end; straight lines lie between."""
        edges = [0.0, *(edge for part in self.parts for edge in part if 0.0 < edge < duration_s), duration_s]
        return [(edge, self.overlay_s(edge)) for edge in edges]


def frame_step(fps: float) -> int:
    """Every how many frames one is shown where so many come a second, so that at most about 60 are shown."""
    return max(1, math.ceil(fps / MOST_FPS - 0.05))


def shown(times_s: Floats, nominal_fps: float, pace: Pace) -> list[int]:
    """Which of a clip's frames are shown: all of them where they do not come faster than a display can follow."""
    chosen: list[int] = []
    for index, time_s in enumerate(times_s):
        fps = nominal_fps / pace.slow if pace.is_slow(float(time_s)) else nominal_fps
        if not chosen or index - chosen[-1] >= frame_step(fps):
            chosen.append(index)
    return chosen


def pace_of(assessment: Assessment, slow: float) -> Pace:
    """The overlay's pace: what decides, so many times slower than the clip."""
    if slow <= 1.0:
        return Pace()
    motion = assessment.motion
    factor = assessment.clip.slow_motion_factor
    spans = _deciding_reps(assessment.reps) if assessment.reps else _deciding_steps(assessment, motion)
    joined = _joined(spans, JOINED_S * motion.tempo.factor)
    last_s = assessment.clip.duration_s
    parts = [(max(start * factor, 0.0), min(end * factor, last_s)) for start, end in joined]
    return Pace(slow, tuple((start, end) for start, end in parts if end > start))


def _deciding_reps(reps: Sequence[RepInfo]) -> list[tuple[float, float]]:
    """Of each side the repetition with most to work on, in real seconds; the first of several."""
    spans = []
    for side in dict.fromkeys(rep.side for rep in reps):
        worst = max((rep for rep in reps if rep.side is side), key=lambda rep: HARSHNESS.index(rep.verdict))
        spans.append((worst.start_s, worst.end_s))
    return spans


def _deciding_steps(assessment: Assessment, motion: Motion) -> list[tuple[float, float]]:
    """The steps that the gravest findings are shown at, and one of each side at least, in real seconds."""
    chosen: list[Step] = []
    told = [m for m in assessment.measurements if m.metric in DRAWINGS and m.evidence_s is not None]
    for measurement in sorted(told, key=lambda m: -HARSHNESS.index(m.verdict)):
        step = _step_at(motion.steps, measurement)
        grave = measurement.verdict in (Verdict.FAIL, Verdict.BORDERLINE)
        if step is None or step in chosen or len(chosen) >= MOST_STEPS:
            continue
        if grave or all(step.side is not other.side for other in chosen):
            chosen.append(step)
    for side in SIDES:
        if all(step.side is not side for step in chosen):
            of_side = [step for step in motion.steps if step.side is side]
            chosen += of_side[len(of_side) // 2 : len(of_side) // 2 + 1]
    stretch = motion.tempo.factor
    spans = [(s.contact_s - BEFORE_S * stretch, s.toe_off_s + AFTER_S * stretch) for s in chosen]
    return [span for span in spans if np.isfinite(span).all()]


def _step_at(steps: Sequence[Step], measurement: MeasurementInfo) -> Step | None:
    event = min(measurement.per_event, key=lambda event: abs(event.t_s - (measurement.evidence_s or 0.0)), default=None)
    return next((step for step in steps if event is not None and step.index == event.index), None)


def _joined(spans: list[tuple[float, float]], gap_s: float) -> list[tuple[float, float]]:
    joined: list[tuple[float, float]] = []
    for start, end in sorted(spans):
        if joined and start - joined[-1][1] < gap_s:
            joined[-1] = joined[-1][0], max(joined[-1][1], end)
        else:
            joined.append((start, end))
    return joined

"""Whether a gait can have happened as fast as its times say, and if not, about how many times slower it plays.

Two clocks tell, which nobody can set by practice. Gravity: over a whole step the ground carries the body's weight, so a
step of duration T lets the centre of mass rise and sink by about ``0.064 g T**2``, flight and stance together, and
slow motion by a factor f lets the same rise take f times as long. And the springs and pendulums that legs are: runners
take a step in 0.30-0.40 s. Both must say the same before anything is called slow motion.

The gait itself is recognised without a clock, by shapes, phases and lengths in body heights alone, since step-ups,
squats, marching and balance may be done as slowly as one likes. They fail because their centre of mass does not bounce
alike in every step, rises too far, or does so without the kick of the shank that swinging a leg through brings.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from analyzer.arrays import Floats
from analyzer.motion.body import ASSUMED_HEIGHT_CM, height_px
from analyzer.motion.peaks import maxima
from analyzer.motion.running import FIRST_PEAK, HALF_STANCE, Rhythm, find_rhythm
from analyzer.motion.signals import GRID_HZ, Signals, resample
from analyzer.motion.spectrum import autocorrelation
from analyzer.motion.types import FRONTAL, SAGITTAL, Camera, Motion, Tempo, View
from analyzer.pose.landmarks import SIDES, Side, point
from analyzer.pose.track import PoseTrack

GRAVITY_MPS2: Final = 9.81

RUNNING_STEP_S: Final = 0.355
"""169 steps a minute: 171 +- 8 and 177 +- 7 over school and college runners (Luedke et al. 2021), 170 +- 7 at the
metabolic optimum (Lieberman et al. 2015)."""

RUNNING_STEP_ERROR: Final = 0.08
"""Relative; twice it spans 145-198 steps a minute, easy jogging to racing."""

WALKING_STEP_S: Final = 0.55
WALKING_STEP_ERROR: Final = 0.15
"""Relative; twice it spans 84-157 steps a minute. Assumptions of this project."""

FALL_ERROR: Final = 0.12
"""Relative, of the time that gravity tells: half the error of the person's assumed size (3 %), the share of contact in
a step (0.6-0.75: 4 %) and half of what the pose model makes of a bounce of 5-10 cm."""

SLOWEST_REAL: Final = 1.6
"""Between life and half speed. A jogger who shuffles at 110 steps a minute and hardly leaves the ground reads 1.5."""

SLOWEST_WALK: Final = 2.8
"""The same for walking. That is 1.5 s a step, twice what a leg of 0.9 m takes to swing through by itself,
``pi sqrt(2 L / 3 g)``: slower, it would be carried rather than swung."""

AGREE: Final = {"running": (0.60, 1.50), "walking": (0.30, 0.80)}
"""Factor by the legs over that by gravity. Runners read 0.68-1.14, real ones 0.95-1.12, step-ups 1.6-1.9. Walkers,
whose legs hold them up like poles, bounce less than a runner of their step rate: 0.35-0.39."""

STEADY: Final = 0.5
"""Autocorrelation over one stride from which the legs are said to take turns, as for telling gait from exercise."""

ALIKE: Final = 0.7
"""Share of the centre of mass' vertical movement that every step repeats: 0.83-1.00 in running and walking, below 0.2
in step-ups and squats that rise as little."""

MOST_BOUNCE: Final = 0.075
"""In body heights: 13 cm, the least that a step-up rises."""

KICK: Final = 0.55
"""Height of the shank in the picture at its flattest, over its length: 0.05-0.51 in running from front and side, 0.59
or more in step-ups, squats and walking. From behind, where the foot kicks towards the camera, it tells nothing."""

PASSING: Final = 0.5
"""Of `Gait.passing` from the side: 0.9 or more in running, 0.25 or less in walking."""

REACH: Final = 0.25
"""In body heights: how far the ankles get from each other fore and aft; 0.36 or more in walking."""

FEWEST_STEPS: Final = 3
PHASES: Final = 20
FEWEST_FRAMES: Final = 12


@dataclass(frozen=True)
class Gait:
    """What a gait is like but for its speed; lengths in body heights.

    Attributes:
        view: side that the camera sees.
        step_s: duration of a step by the track's own times.
        strength: autocorrelation over one stride.
        bounce: of the centre of mass in a step, lowest to highest.
        alike: share of its vertical movement that every step repeats.
        kick: height of the shank at its flattest over its length.
        passing: above 1 where the ankles pass each other as the pelvis is lowest, as in running.
        reach: how far the ankles get from each other along the picture's swing axis.
    """

    view: View
    step_s: float
    strength: float
    bounce: float
    alike: float
    kick: float
    passing: float
    reach: float

    @property
    def regular(self) -> bool:
        """Whether it is a gait at all, rather than a slow exercise that takes turns."""
        return self.strength >= STEADY and self.alike >= ALIKE and 0.0 < self.bounce <= MOST_BOUNCE

    @property
    def runs(self) -> bool:
        """Whether the legs move as a runner's."""
        if self.view not in FRONTAL:
            return self.regular and self.kick < KICK and self.passing > PASSING
        return self.regular and (self.kick < KICK if self.view is View.FRONT else self.passing > 1.0)

    @property
    def walks(self) -> bool:
        """Whether the legs move as a walker's; told from the side only."""
        return self.regular and self.view in SAGITTAL and self.passing < PASSING and self.reach > REACH

    @property
    def fall_s(self) -> float:
        """Duration of a running step that bounces as much, by gravity.

        A half-sine push (Morin et al. 2005) over the share c of the step and free fall over the rest move the centre
        of mass by ``g T**2 (c / (2 pi) + (1 - 2 c) / 8)`` in all.
        """
        contact = 2.0 * HALF_STANCE
        share = contact / (2.0 * np.pi) + (1.0 - 2.0 * contact) / 8.0
        return float(np.sqrt(self.bounce * ASSUMED_HEIGHT_CM / 100.0 / (share * GRAVITY_MPS2)))


def judge_tempo(track: PoseTrack, camera: Camera) -> Tempo:
    """Hold the times of a track against gravity and the legs.

    Args:
        track: cleaned by its own times.
        camera: where the phone stood.

    Returns:
        Life speed unless a gait was seen that cannot have been so slow or so fast.
    """
    stride_s = _stride_s(track, camera)
    if stride_s is None:
        return Tempo()
    assumed = stride_s / (2.0 * RUNNING_STEP_S)
    if 1.0 / SLOWEST_REAL < assumed < SLOWEST_REAL:
        return Tempo()
    gait = _look(at_pace(track, 1.0 / assumed), camera)
    if gait is None:
        return Tempo()
    return _compare(replace(gait, step_s=gait.step_s * assumed))


def at_pace(track: PoseTrack, by: float) -> PoseTrack:
    """The track with all its times multiplied."""
    return replace(track, times_s=track.times_s * by)


def motion_at_pace(motion: Motion, by: float) -> Motion:
    """The movement with all its times multiplied, those of its events as well."""
    steps = tuple(
        replace(
            step,
            contact_s=step.contact_s * by,
            toe_off_s=step.toe_off_s * by,
            mid_stance_s=step.mid_stance_s * by,
            contact_error_s=step.contact_error_s * by,
            toe_off_error_s=step.toe_off_error_s * by,
        )
        for step in motion.steps
    )
    reps = tuple(
        replace(
            rep,
            start_s=rep.start_s * by,
            top_s=rep.top_s * by,
            end_s=rep.end_s * by,
            loaded=tuple((start_s * by, end_s * by) for start_s, end_s in rep.loaded),
        )
        for rep in motion.reps
    )
    return replace(motion, raw=at_pace(motion.raw, by), track=at_pace(motion.track, by), steps=steps, reps=reps)


def _compare(gait: Gait) -> Tempo:
    """The two clocks put together, if both say that the times cannot be real ones."""
    if gait.runs:
        clocks = gait.step_s / gait.fall_s, gait.step_s / RUNNING_STEP_S
        factor, error = _mean(*clocks)
        slowest, agree = SLOWEST_REAL, AGREE["running"]
    elif gait.walks:
        clocks = gait.step_s / gait.fall_s, gait.step_s / WALKING_STEP_S
        factor, error = clocks[1], WALKING_STEP_ERROR
        slowest, agree = SLOWEST_WALK, AGREE["walking"]
    else:
        return Tempo()
    impossible = min(clocks) > slowest or max(clocks) < 1.0 / SLOWEST_REAL
    if not impossible or not agree[0] <= clocks[1] / clocks[0] <= agree[1]:
        return Tempo()
    return Tempo(factor, error, unknown=True)


def _mean(by_fall: float, by_legs: float) -> tuple[float, float]:
    """Weighted geometric mean of the two factors and its relative standard error, wider where they differ."""
    weights = np.array([FALL_ERROR**-2, RUNNING_STEP_ERROR**-2])
    logs = np.log([by_fall, by_legs])
    apart = abs(logs[0] - logs[1]) / np.hypot(FALL_ERROR, RUNNING_STEP_ERROR)
    return float(np.exp((weights * logs).sum() / weights.sum())), float(max(1.0, apart) / np.sqrt(weights.sum()))


def _stride_s(track: PoseTrack, camera: Camera) -> float | None:
    """Time after which one ankle moves against the other as before, however long; None where it hardly ever does."""
    needed = [point(side, part) for side in SIDES for part in ("hip", "ankle")]
    known = np.isfinite(track.points_px[:, needed]).all(axis=(1, 2))
    if known.sum() < FEWEST_FRAMES:
        return None
    apart = track.points_px[known, point(Side.LEFT, "ankle")] - track.points_px[known, point(Side.RIGHT, "ankle")]
    interval_s = float(np.median(np.diff(track.times_s)))
    times_s = np.arange(track.times_s[known][0], track.times_s[known][-1], interval_s)
    swing = np.interp(times_s, track.times_s[known], apart[:, 0 if camera.view in SAGITTAL else 1])
    swing = swing - np.median(swing)
    power = autocorrelation(swing)
    window = power[FEWEST_STEPS : int(0.7 * len(swing))]
    tops = maxima(window)
    if not len(tops) or window[tops].max() < STEADY * power[0]:
        return None
    first = tops[window[tops] >= FIRST_PEAK * window[tops].max()][0]
    return float((FEWEST_STEPS + first) * interval_s)


def _look(track: PoseTrack, camera: Camera) -> Gait | None:
    """What the gait of a track is like whose steps take about as long as a runner's; None where there is none."""
    signals = resample(track)
    rhythm = find_rhythm(signals, camera) if signals else None
    if signals is None or rhythm is None or len(rhythm.lows_s) <= FEWEST_STEPS:
        return None
    tall_px = float(np.median(height_px(track.points_px, track.times_s)))
    bounce, alike = _bounce(signals, rhythm, tall_px)
    return Gait(
        view=camera.view,
        step_s=rhythm.step_s,
        strength=rhythm.strength,
        bounce=bounce,
        alike=alike,
        kick=max(_flattest_shank(signals, side) for side in SIDES),
        passing=_passing(signals, rhythm, camera),
        reach=float(np.percentile(np.abs(rhythm.swing), 95)) / tall_px,
    )


def _bounce(signals: Signals, rhythm: Rhythm, tall_px: float) -> tuple[float, float]:
    """Height of the mean bounce in body heights, and the share of all vertical movement that it explains.

    The mean over a stride goes with the runner: what approach, camera and drift do is taken off.
    """
    height = -signals.mass_centre()[:, 1] / tall_px
    stride = 2 * round(rhythm.step_s * GRID_HZ) | 1
    drift = np.convolve(np.pad(height, stride // 2, "edge"), np.full(stride, 1.0 / stride), "valid")
    inside = (signals.times_s > rhythm.lows_s[0]) & (signals.times_s < rhythm.lows_s[-1])
    phase = np.interp(signals.times_s[inside], rhythm.lows_s, np.arange(len(rhythm.lows_s))) % 1.0
    moved = (height - drift)[inside]
    place = (phase * PHASES).astype(int)
    mean = np.array([np.median(moved[place == k]) if (place == k).any() else np.nan for k in range(PHASES)])
    if not np.isfinite(mean).all() or moved.var() == 0.0:
        return float("nan"), 0.0
    expected = np.interp(phase, (np.arange(PHASES) + 0.5) / PHASES, mean, period=1.0)
    return float(np.ptp(mean)), float(1.0 - (moved - expected).var() / moved.var())


def _flattest_shank(signals: Signals, side: Side) -> float:
    """Height of the shank in the picture at its flattest over its length."""
    shank = signals.joint(side, "ankle") - signals.joint(side, "knee")
    length_px = np.percentile(np.linalg.norm(shank, axis=1), 90)
    return float(np.percentile(shank[:, 1], 4) / length_px)


def _passing(signals: Signals, rhythm: Rhythm, camera: Camera) -> float:
    """How far apart the ankles are between the pelvis' lows over how far at the lows; from the front the other way.

    A runner's pelvis is lowest in mid-stance, when the ankles pass each other seen from the side and one foot is high
    seen from the front; a walker's with both feet down.
    Source: Cavagna et al. 1977, doi:10.1152/ajpregu.1977.233.5.R243.
    """
    swing: Floats = np.abs(rhythm.swing)
    at_lows = float(np.interp(rhythm.lows_s, signals.times_s, swing).mean())
    between = float(np.interp(rhythm.lows_s[:-1] + 0.5 * rhythm.step_s, signals.times_s, swing).mean())
    over, under = (between, at_lows) if camera.view in SAGITTAL else (at_lows, between)
    return over / max(under, 1e-9)

"""Initial contact, toe-off and mid-stance of running steps, from any side.

The body bounces once per step: the lowest points of the pelvis' vertical movement, narrowed to the step frequency, are
the steps. Which leg carries each is read from the swing of one ankle against the other, by a vote over all steps, so
that left and right alternate by construction. From the side each event is then fused from several detectors; from the
front or the back, where the feet tell little, the bounce alone times them.

Contact: peak knee extension before it, the foot brought to half the belt's speed against the body, and half a stance
before the lowest pelvis (spring-mass running: Blickhan 1989, doi:10.1016/0021-9290(89)90224-8). Toe-off: the toes
rising, and half a stance after the lowest pelvis. Differs from the single detectors of Fellin et al. 2010
(doi:10.1016/j.jsams.2010.03.006) and Zeni et al. 2008 (doi:10.1016/j.gaitpost.2007.07.007): extremes of reach were left
out, since what they are off by hangs on how the person lands, -8 ms in force-plate runners and +10 in rendered ones.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from analyzer.arrays import Floats
from analyzer.motion.peaks import maxima
from analyzer.motion.signals import GRID_HZ, Signals, left_behind, nearest, peak_times, resample, rises
from analyzer.motion.spectrum import autocorrelation, band_pass
from analyzer.motion.types import SAGITTAL, Camera, Step
from analyzer.pose.landmarks import SIDES, Side
from analyzer.pose.track import PoseTrack

STEP_S: Final = (0.25, 0.75)
"""Time of one step, running or walking: 240 to 80 steps a minute."""

FIRST_PEAK: Final = 0.7
"""Two strides correlate as well as one: the first peak this near to the best is the stride."""

HALF_STANCE: Final = 0.335
"""Half a contact over one step, since the duty factor of running is near that: 0.32-0.39 in the force-plate runners,
0.30-0.37 in the rendered ones."""

KNEE_S: Final = 0.019
"""From the straightest knee to contact: 23 +- 4 ms in the force-plate runners of Fukuchi et al. 2017
(doi:10.7717/peerj.3298), 16 +- 5 in 18 rendered people, filtered as here."""

BRAKED: Final = ("ankle", "heel")
BELT_SHARE: Final = 0.5
"""Contact takes the foot from before the body to the belt's speed, so that half of it needs no offset: the ankle has it
1 +- 4 ms early in the force-plate runners and 4 +- 7 late in the rendered ones, the heel 4 +- 4 early and 4 +- 15 late;
their errors and those of the other detectors hardly go together, and all four have 4 ms where three had 5. After
toe-off it hangs on the person when the foot has lost half of that: 14 and 38 ms late in the two force-plate runners,
22 +- 30 in the rendered ones."""

TOES_RISE: Final = 1.0
TOES_RISE_S: Final = -0.044
"""Speed of toes that have left, in leg lengths per second, and the time from reaching it back to toe-off: 46 and 61 ms
in the force-plate runners, 35 +- 13 in the rendered ones; people who stay long on the ground are late here and early
after the lowest pelvis (4 and 23 ms early, 17 +- 9 late), so that the mean of both is 21, 19 and 26 +- 8 late."""

TOES_RISE_STEPS: Final = 0.9
"""The toes are fastest upwards within this share of a step after the lowest pelvis."""

RISE_S: Final = 0.015
"""The foot stays longer after the lowest pelvis than before it: 29 ms in force-plate runners, none in rendered ones."""

NEIGHBOURS: Final = 4
"""Steps of the same leg, before and after, that one is compared with: six seconds, in which nobody tires."""

DISSENT_S: Final = 0.05
"""A vote further than this from the median of all is not counted."""

CONTACT_ERROR_S: Final = {True: 0.007, False: 0.013}
TOE_OFF_ERROR_S: Final = {True: 0.010, False: 0.024}
"""Standard errors from the side or not: the spread between force-plate and rendered runners."""

CONTACT_TIME_S: Final = (0.12, 0.45)

CUT_OFF: Final = 0.4
"""A step whose lowest point is nearer to an end of the clip, in steps, is half seen and beyond the filter's reach."""


@dataclass(frozen=True)
class Rhythm:
    """How the legs take turns.

    Attributes:
        step_s: time from one foot's landing to the other's.
        strength: autocorrelation at one stride, 0 to 1.
        swing: (m,) px; from the side how far the left ankle is ahead of the right one, else how much lower it is.
        lows_s: times at which the pelvis is lowest.
    """

    step_s: float
    strength: float
    swing: Floats
    lows_s: Floats


def find_rhythm(signals: Signals, camera: Camera) -> Rhythm | None:
    """The alternation of the legs, None where there is none."""
    difference = signals.joint(Side.LEFT, "ankle") - signals.joint(Side.RIGHT, "ankle")
    swing = difference[:, 0] * camera.facing if camera.view in SAGITTAL else difference[:, 1]
    swing = swing - np.median(swing)
    low, high = (int(2 * s * GRID_HZ) for s in STEP_S)
    power = autocorrelation(swing)
    power = power / max(power[0], 1e-9)
    window = power[low : min(high, int(0.7 * len(swing)))]
    tops = maxima(window)
    if not len(tops) or window[tops].max() <= 0:
        return None
    best = int(tops[window[tops] >= FIRST_PEAK * window[tops].max()][0])
    step_s = (low + best) / GRID_HZ / 2.0
    return Rhythm(step_s, float(window[best]), swing, _lows(signals, step_s))


def _lows(signals: Signals, step_s: float) -> Floats:
    """Times of the lowest pelvis, once per step."""
    bounce = band_pass(signals.hips()[:, 1], GRID_HZ, 0.6 / step_s, 1.5 / step_s)
    return peak_times(bounce, signals.times_s, 0.6 * step_s)


def find_steps(track: PoseTrack, camera: Camera) -> tuple[Step, ...]:
    """Running steps in order of contact.

    Args:
        track: cleaned.
        camera: its view decides which cues are there.

    Returns:
        Steps seen from contact to toe-off; a toe-off that makes no sense is NaN.
    """
    signals = resample(track)
    rhythm = find_rhythm(signals, camera) if signals else None
    if signals is None or rhythm is None or len(rhythm.lows_s) < 2:
        return ()
    sagittal = camera.view in SAGITTAL
    sides = _carrying_sides(rhythm, signals.times_s, sagittal)
    events_s = rhythm.lows_s[:, None] + rhythm.step_s * np.array([-HALF_STANCE, HALF_STANCE]) + [0.0, RISE_S]
    if sagittal:
        events_s = _steadied(_fused(signals, camera, sides, rhythm, events_s), rhythm.lows_s, sides)
    flexion_deg = {side: signals.knee_flexion_deg(side) for side in SIDES} if sagittal else {}
    steps: list[Step] = []
    for low_s, side, (contact, toe_off) in zip(rhythm.lows_s, sides, events_s, strict=True):
        cut_off = min(low_s - signals.times_s[0], signals.times_s[-1] - low_s) < CUT_OFF * rhythm.step_s
        if cut_off or contact < signals.times_s[0]:
            continue
        known = toe_off <= signals.times_s[-1] and CONTACT_TIME_S[0] <= toe_off - contact <= CONTACT_TIME_S[1]
        steps.append(
            Step(
                index=len(steps),
                side=side,
                contact_s=float(contact),
                toe_off_s=float(toe_off) if known else float("nan"),
                mid_stance_s=_mid_stance(signals.times_s, flexion_deg.get(side), float(low_s), rhythm.step_s),
                contact_error_s=CONTACT_ERROR_S[sagittal],
                toe_off_error_s=TOE_OFF_ERROR_S[sagittal],
            )
        )
    return tuple(steps)


def _carrying_sides(rhythm: Rhythm, times_s: Floats, sagittal: bool) -> list[Side]:
    """The leg that carries each low point: the one ahead at contact, or the one whose foot is lower."""
    when = rhythm.lows_s - (HALF_STANCE * rhythm.step_s if sagittal else 0.0)
    count = np.round((rhythm.lows_s - rhythm.lows_s[0]) / rhythm.step_s).astype(int)
    turn = np.where(count % 2 == 0, 1.0, -1.0)
    left_first = float((np.interp(when, times_s, rhythm.swing) * turn).sum()) > 0
    return [SIDES[0] if (t > 0) == left_first else SIDES[1] for t in turn]


@dataclass(frozen=True)
class Cues:
    """What one foot and knee tell in side view.

    Attributes:
        straightest_s: (k,) times of the straightest knee.
        braked_s: (k,) times at which each of `BRAKED` reaches half the belt's speed.
        toes_rise: (m,) speed of the toes upwards, in leg lengths per second.
    """

    straightest_s: Floats
    braked_s: tuple[Floats, ...]
    toes_rise: Floats


def _cues(signals: Signals, camera: Camera, side: Side, step_s: float) -> Cues:
    times = signals.times_s
    against = [camera.facing * (signals.speed(side, part) - signals.hips_speed())[:, 0] for part in BRAKED]
    half = BELT_SHARE * float(np.percentile(against[0], 5))
    leg_px = float(np.median(signals.joint(side, "ankle")[:, 1] - signals.hips()[:, 1]))
    return Cues(
        straightest_s=peak_times(-signals.knee_flexion_deg(side), times, 0.5 * step_s),
        braked_s=tuple(rises(times, -speed, -half) for speed in against),
        toes_rise=-signals.speed(side, "toe")[:, 1] / leg_px,
    )


def _fused(signals: Signals, camera: Camera, sides: list[Side], rhythm: Rhythm, bounce_s: Floats) -> Floats:
    """Contacts and toe-offs from the side, (k, 2) s: those detectors averaged that agree."""
    step_s = rhythm.step_s
    cues = {side: _cues(signals, camera, side, step_s) for side in SIDES}
    events_s = bounce_s.copy()
    for row, (side, low_s, (contact, toe_off)) in enumerate(zip(sides, rhythm.lows_s, bounce_s, strict=True)):
        seen = cues[side]
        straight = nearest(seen.straightest_s, contact - KNEE_S, 0.25 * step_s) + KNEE_S
        braked = [nearest(times_s, contact, 0.2 * step_s) for times_s in seen.braked_s]
        rising = (signals.times_s >= low_s) & (signals.times_s <= low_s + TOES_RISE_STEPS * step_s)
        lifted = left_behind(signals.times_s[rising], seen.toes_rise[rising], TOES_RISE) + TOES_RISE_S
        events_s[row] = _agreed([contact, straight, *braked]), _agreed([toe_off, lifted])
    return events_s


def _steadied(events_s: Floats, lows_s: Floats, sides: list[Side]) -> Floats:
    """The same, each as long after its step's lowest pelvis as in the median of this leg's neighbouring steps.

    Runners vary by 5 ms from step to step (force plate), what is read off a track by 10 to 20.
    """
    delays_s, steady_s = events_s - lows_s[:, None], events_s.copy()
    for side in SIDES:
        own = np.flatnonzero([each is side for each in sides])
        for place, row in enumerate(own):
            around = own[max(0, place - NEIGHBOURS) : place + NEIGHBOURS + 1]
            steady_s[row] = lows_s[row] + np.median(delays_s[around], axis=0)
    return steady_s


def _agreed(votes_s: list[float]) -> float:
    """Mean of the votes near their median; where two contradict each other, the first."""
    votes = np.array([vote for vote in votes_s if np.isfinite(vote)])
    near = votes[np.abs(votes - np.median(votes)) <= DISSENT_S]
    return float(near.mean()) if len(near) else float(votes[0])


def _mid_stance(times_s: Floats, flexion_deg: Floats | None, low_s: float, step_s: float) -> float:
    """Time of the largest knee flexion in stance; from the front, where it is not seen, of the lowest pelvis."""
    if flexion_deg is None:
        return low_s
    inside = np.abs(times_s - low_s) <= 0.25 * step_s
    best = int(np.argmax(np.where(inside, flexion_deg, -1.0)))
    at_edge = best in (0, len(inside) - 1) or not (inside[best - 1] and inside[best + 1])
    return low_s if at_edge else float(times_s[best])


def cadence_steps_per_min(contacts_s: Floats) -> tuple[float, float]:
    """Cadence and its standard error from contact times, by the line through them over the step count."""
    count = np.arange(len(contacts_s), dtype=float)
    slope, level = np.polyfit(count, contacts_s, 1)
    residual = contacts_s - (level + slope * count)
    freedom = max(len(count) - 2, 1)
    spread = np.sqrt((residual**2).sum() / freedom / ((count - count.mean()) ** 2).sum())
    return float(60.0 / slope), float(60.0 / slope**2 * spread)

"""A track on an even, fine time grid, so that events can be read between frames."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from analyzer.arrays import Bools, Floats
from analyzer.motion.body import centre_of_mass
from analyzer.motion.peaks import maxima_apart
from analyzer.pose.landmarks import SIDES, Side, point
from analyzer.pose.spline import Spline, natural_spline
from analyzer.pose.track import PoseTrack

GRID_HZ: Final = 240.0

PARTS: Final = ("shoulder", "hip", "knee", "ankle")

LONGEST_GAP_S: Final = 0.25
"""A stance lasts as long: events may be read across shorter gaps."""


@dataclass(frozen=True)
class Signals:
    """Positions and velocities of trunk and legs at `GRID_HZ`, worked out where they are asked for.

    Attributes:
        times_s: (m,)
        spline: of the positions (33, 2) px over time.
    """

    times_s: Floats
    spline: Spline

    def joint(self, side: Side, name: str) -> Floats:
        """(m, 2) px."""
        return self._of(side, name)(self.times_s)

    def speed(self, side: Side, name: str) -> Floats:
        """(m, 2) px/s."""
        return self._of(side, name)(self.times_s, 1)

    def mass_centre(self) -> Floats:
        """(m, 2) px, the whole body's; a weighted mean of points, so that it is splined as they are."""
        return natural_spline(self.spline.times_s, centre_of_mass(self.spline.values))(self.times_s)

    def _of(self, side: Side, name: str) -> Spline:
        return self.spline.of(point(side, name))

    def hips(self) -> Floats:
        """(m, 2) px, midway between the hips."""
        return 0.5 * (self.joint(Side.LEFT, "hip") + self.joint(Side.RIGHT, "hip"))

    def hips_speed(self) -> Floats:
        """(m, 2) px/s."""
        return 0.5 * (self.speed(Side.LEFT, "hip") + self.speed(Side.RIGHT, "hip"))

    def knee_flexion_deg(self, side: Side) -> Floats:
        """(m,) unsigned angle between thigh and shank in the picture, 0 when straight."""
        thigh = self.joint(side, "knee") - self.joint(side, "hip")
        shank = self.joint(side, "ankle") - self.joint(side, "knee")
        cosine = (thigh * shank).sum(1) / (np.linalg.norm(thigh, axis=1) * np.linalg.norm(shank, axis=1))
        return np.asarray(np.degrees(np.arccos(np.clip(cosine, -1.0, 1.0))))


def resample(track: PoseTrack) -> Signals | None:
    """The longest stretch in which trunk and both legs are known, on the fine grid; None if there is hardly any."""
    needed = [point(side, part) for side in SIDES for part in PARTS]
    bridged = np.stack([_bridged(_seen(track.points_px[:, index]), track.times_s) for index in needed])
    known = longest_stretch(np.asarray(bridged.all(axis=0)), track.times_s)
    if known.sum() < 8:
        return None
    times = track.times_s[known]
    spline = natural_spline(times, _filled(track.points_px[known], times))
    grid = np.arange(times[0], times[-1], 1.0 / GRID_HZ)
    return Signals(grid, spline)


def _seen(place: Floats) -> Bools:
    return np.asarray(np.isfinite(place).all(axis=1))


def _bridged(seen: Bools, times_s: Floats) -> Bools:
    """(n,) True where a point was seen, and in gaps of its own short enough to read events across."""
    frames, out = np.flatnonzero(seen), seen.copy()
    for row in np.flatnonzero(np.diff(frames) > 1):
        first, last = frames[row : row + 2]
        out[first + 1 : last] = times_s[last] - times_s[first] <= LONGEST_GAP_S
    return out


def _filled(points: Floats, times_s: Floats) -> Floats:
    """Points (n, 33, 2) with what was not seen drawn from before to after; 0 for one that hardly was."""
    out = points.copy()
    for index in np.flatnonzero(np.isnan(points).any(axis=(0, 2))):
        seen = _seen(points[:, index])
        within = np.clip(times_s, *times_s[seen][[0, -1]]) if seen.any() else times_s
        drawn = natural_spline(times_s[seen], points[seen, index])(within) if seen.sum() >= 3 else 0.0
        out[:, index] = np.where(seen[:, None], points[:, index], drawn)
    return np.nan_to_num(out)


def longest_stretch(good: Bools, times_s: Floats, longest_gap_s: float = LONGEST_GAP_S) -> Bools:
    """(n,) True on the good frames of the longest stretch without a gap longer than allowed.

    Events may be read across gaps shorter than a stance; values at the events may not.
    """
    frames = np.flatnonzero(good)
    out = np.zeros(len(good), bool)
    if len(frames):
        pieces = np.split(frames, np.flatnonzero(np.diff(times_s[frames]) > longest_gap_s) + 1)
        out[max(pieces, key=len)] = True
    return out


def peak_times(values: Floats, times_s: Floats, apart_s: float) -> Floats:
    """Times of the maxima of an evenly sampled curve, between samples by a parabola through the top three."""
    step = float(times_s[1] - times_s[0])
    found = maxima_apart(values, int(apart_s / step))
    before, top, after = values[found - 1], values[found], values[found + 1]
    bow = before - 2.0 * top + after
    return np.asarray(times_s[found] + 0.5 * step * (before - after) / np.where(bow == 0, -1.0, bow))


def rises(times_s: Floats, values: Floats, level: float) -> Floats:
    """Times at which a curve rises through a level, between samples by a line."""
    before = np.flatnonzero((values[:-1] < level) & (values[1:] >= level))
    share = (level - values[before]) / (values[before + 1] - values[before])
    return np.asarray(times_s[before] + share * (times_s[before + 1] - times_s[before]))


def left_behind(times_s: Floats, values: Floats, level: float) -> float:
    """When a noisy curve rises to its top for good: from its last zero before, and all the time it is below the level.

    Where noise lets it cross the level several times this is their middle, while the first, the last or the one
    nearest to what is expected would each be off to its own side. NaN where the level is not reached.
    """
    if not len(values) or np.max(values) < level:
        return float("nan")
    top = int(np.argmax(values))
    first = int(np.flatnonzero(values[:top] <= 0).max(initial=0))
    rise = values[first : top + 1]
    low, high = np.minimum(rise[:-1], rise[1:]), np.maximum(rise[:-1], rise[1:])
    below = np.clip((level - low) / np.maximum(high - low, 1e-12), 0.0, 1.0)
    return float(times_s[first] + (below * np.diff(times_s[first : top + 1])).sum())


def nearest(candidates: Floats, to_s: float, within_s: float) -> float:
    """The candidate nearest to a time, NaN if none is near enough."""
    if not len(candidates):
        return float("nan")
    best = float(candidates[int(np.argmin(np.abs(candidates - to_s)))])
    return best if abs(best - to_s) <= within_s else float("nan")

"""What there is to draw at one instant: the pose between the track's samples, and where in the movement it is."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from analyzer.arrays import Floats
from analyzer.motion.body import height_px
from analyzer.motion.pelvis import clothes_tilt_deg
from analyzer.motion.steady import as_filmed
from analyzer.motion.types import Motion, Rep, Step
from analyzer.pose.landmarks import COUNT, Side, point

_GAP_S: Final = 0.2


@dataclass(frozen=True)
class Moment:
    """One instant, in px of the picture that is drawn on.

    Attributes:
        motion: the movement that the instant belongs to; its own points are px of the full-size picture.
        time_s: real seconds since the clip's first frame.
        points_px: (33, 2) NaN where not seen.
        com_px: (2,) centre of mass of the whole body.
        body_px: standing height, the size that strokes are fitted to.
        cm_per_px: at the person's depth, NaN where unknown.
        hips_tilt_deg: how the hips tilt as clothes show it, + lower at the picture's right; NaN where they do not.
    """

    motion: Motion
    time_s: float
    points_px: Floats
    com_px: Floats
    body_px: float
    cm_per_px: float
    hips_tilt_deg: float = float("nan")

    def joint(self, side: Side, name: str) -> Floats:
        """(2,) px of a paired landmark."""
        place: Floats = self.points_px[point(side, name)]
        return place

    def middle(self, name: str) -> Floats:
        """(2,) px midway between the left and the right landmark of that name."""
        return 0.5 * (self.joint(Side.LEFT, name) + self.joint(Side.RIGHT, name))

    @property
    def step(self) -> Step | None:
        """The running step whose stance it is."""
        return next((s for s in self.motion.steps if s.contact_s <= self.time_s <= s.toe_off_s), None)

    @property
    def rep(self) -> Rep | None:
        """The repetition that is under way."""
        return next((r for r in self.motion.reps if r.start_s <= self.time_s <= r.end_s), None)

    def seen(self, scale: float, origin_px: tuple[float, float] = (0.0, 0.0)) -> Moment:
        """The same instant in a picture that is cut off at origin_px and then scaled."""
        origin = np.asarray(origin_px, dtype=float)
        return replace(
            self,
            points_px=(self.points_px - origin) * scale,
            com_px=(self.com_px - origin) * scale,
            body_px=self.body_px * scale,
            cm_per_px=self.cm_per_px / scale,
        )


def _on_the_pictures(motion: Motion) -> tuple[Floats, Floats]:
    """All points (n, 33, 2) and the centre of mass (n, 2) where they are in the pictures, however the phone shook."""
    if motion.path is None:
        return motion.track.points_px, motion.com_px
    both = np.concatenate([motion.track.points_px, motion.com_px[:, None]], axis=1)
    filmed = as_filmed(replace(motion.track, points_px=both, places=None), motion.path).points_px
    return filmed[:, :-1], filmed[:, -1]


class Timeline:
    """A movement that can be asked for any instant."""

    def __init__(self, motion: Motion) -> None:
        self.motion = motion
        n = len(motion.track)
        cm_per_px = motion.scale.cm_per_px if motion.scale is not None else np.full(n, np.nan)
        points, com = _on_the_pictures(motion)
        self._curves = np.column_stack(
            [
                points.reshape(n, -1),
                com,
                height_px(motion.track.points_px, motion.times_s),
                cm_per_px,
                clothes_tilt_deg(motion),
            ]
        )
        self._times = motion.times_s

    def at(self, time_s: float) -> Moment:
        """The instant, in px of the full-size picture; unseen points and times off the track are NaN."""
        row = self._row(time_s)
        pose = 2 * COUNT
        return Moment(
            motion=self.motion,
            time_s=time_s,
            points_px=row[:pose].reshape(COUNT, 2),
            com_px=row[pose : pose + 2],
            body_px=float(row[pose + 2]),
            cm_per_px=float(row[pose + 3]),
            hips_tilt_deg=float(row[pose + 4]),
        )

    def _row(self, time_s: float) -> Floats:
        times, curves = self._times, self._curves
        after = int(np.clip(np.searchsorted(times, time_s), 1, len(times) - 1)) if len(times) > 1 else 0
        before = max(after - 1, 0)
        span = float(times[after] - times[before])
        nearest = before if time_s - times[before] <= times[after] - time_s else after
        off = abs(float(times[nearest] - time_s))
        if off < 1e-4:
            return np.asarray(curves[nearest], dtype=float)
        if not times[before] <= time_s <= times[after] or span > _GAP_S:
            close = off <= 0.5 * min(span, _GAP_S)
            return np.asarray(curves[nearest] if close else np.full(curves.shape[1], np.nan), dtype=float)
        share = (time_s - times[before]) / span
        return np.asarray((1.0 - share) * curves[before] + share * curves[after], dtype=float)

"""A metric over the normalised step, stride or repetition: all events folded on their phase into one smooth curve.

Frames of different steps fall on different phases, so that together they sample the cycle far more finely than the
clip's frame rate; a local parabola through the pooled samples then gives a smooth curve even at 30 frames per second.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from analyzer.arrays import Floats
from analyzer.metrics.measurement import Cycle
from analyzer.metrics.readings import Reading
from analyzer.motion.types import Motion

CYCLE_POINTS: Final = 101

FINEST_S: Final = 0.012
"""Half width of the window that a local parabola looks through; the cleaned track holds nothing faster."""

MARGIN: Final = 0.15
"""Samples this far beyond the cycle's ends keep the curve straight there, as a share of the cycle."""

FEWEST_IN_WINDOW: Final = 6
SINGULAR: Final = 1e-6

SEEN_SHARE: Final = 0.5
"""A point of the cycle is shown where at least this share of the events saw it."""


@dataclass(frozen=True)
class _Samples:
    """Frames of all events, (k,) each: phase in %, value, and which event."""

    phase: Floats
    value: Floats
    event: NDArray[np.intp]
    events: int
    length_s: float


def fold(motion: Motion, curve: Floats, readings: list[Reading], label: str, *, marked: bool) -> Cycle | None:
    """The curve over one cycle, mean and spread between events; None where no whole cycle was seen.

    Args:
        motion: has the times.
        curve: (n,) of the metric.
        readings: the events; each cycle lasts from its start to its end.
        label: what 0 to 100 % means.
        marked: whether the metric is read at a fixed place of the cycle.
    """
    whole = [reading for reading in readings if np.isfinite(reading.span_s).all() and np.ptp(reading.span_s) > 0]
    samples = _pooled(motion, curve, whole)
    if samples is None:
        return None
    percent = np.linspace(0.0, 100.0, CYCLE_POINTS)
    mean, seen = _smooth(samples, percent)
    off = samples.value - np.interp(samples.phase, percent, mean)
    known = np.isfinite(off)
    sd = _spread(samples.phase[known], off[known], percent, _window(samples))
    marks = [100.0 * (r.event.time_s - r.span_s[0]) / (r.span_s[1] - r.span_s[0]) for r in whole]
    return Cycle(
        label=label,
        percent=percent,
        mean=np.where(seen, mean, np.nan),
        sd=np.where(seen, sd, np.nan),
        mark_percent=float(np.median(marks)) if marked else None,
    )


def _pooled(motion: Motion, curve: Floats, whole: list[Reading]) -> _Samples | None:
    phases, values, events = [], [], []
    for count, reading in enumerate(whole):
        start_s, end_s = reading.span_s
        phase = 100.0 * (motion.times_s - start_s) / (end_s - start_s)
        inside = (np.abs(phase - 50.0) <= 50.0 + 100.0 * MARGIN) & np.isfinite(curve)
        phases.append(phase[inside])
        values.append(curve[inside])
        events.append(np.full(int(inside.sum()), count, dtype=np.intp))
    if not whole or sum(len(phase) for phase in phases) < FEWEST_IN_WINDOW:
        return None
    length_s = float(np.median([reading.span_s[1] - reading.span_s[0] for reading in whole]))
    return _Samples(np.concatenate(phases), np.concatenate(values), np.concatenate(events), len(whole), length_s)


def _window(samples: _Samples) -> float:
    """Half width of the local window in %, wide enough to hold several samples everywhere."""
    ordered = np.sort(samples.phase)
    apart = ordered[FEWEST_IN_WINDOW - 1 :] - ordered[: len(ordered) - FEWEST_IN_WINDOW + 1]
    return float(max(100.0 * FINEST_S / samples.length_s, 0.4 * np.percentile(apart, 95)))


def _smooth(samples: _Samples, percent: Floats) -> tuple[Floats, Floats]:
    """Height of a parabola fitted around each point, and where enough of the events were seen."""
    off = (samples.phase[None, :] - percent[:, None]) / _window(samples)
    near = np.abs(off) < 3.0
    weighted = [np.where(near, np.exp(-0.5 * off**2), 0.0)]
    for _ in range(4):  # by the powers of how far off, without raising to powers, which takes ten times as long
        weighted.append(weighted[-1] * off)
    moments = [each.sum(axis=1) for each in weighted]
    normal = np.stack([np.stack(moments[row : row + 3], axis=1) for row in range(3)], axis=1)
    right = np.stack([each @ samples.value for each in weighted[:3]], axis=1)
    enough = (near.sum(axis=1) >= FEWEST_IN_WINDOW) & (np.abs(np.linalg.det(normal)) > SINGULAR)
    mean = np.full(len(percent), np.nan)
    mean[enough] = np.linalg.solve(normal[enough], right[enough][..., None])[:, 0, 0]
    of_event = np.eye(samples.events)[samples.event]
    seen = ((near @ of_event) > 0).mean(axis=1)
    return mean, enough & (seen >= SEEN_SHARE)


def _spread(phase: Floats, off: Floats, percent: Floats, width: float) -> Floats:
    """Standard deviation of the samples about the curve, around each point."""
    weight = np.exp(-0.5 * ((percent[:, None] - phase[None, :]) / (2.0 * width)) ** 2)
    total = np.maximum(weight.sum(axis=1), 1e-12)
    return np.asarray(np.sqrt((weight * off**2).sum(axis=1) / total))

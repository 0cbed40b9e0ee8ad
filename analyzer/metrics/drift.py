"""Whether form changed while the clip ran, and single events unlike all the others.

A slope through all events that a few wild ones cannot turn (Theil-Sen),
and the median of the first third against that of the last. Differs: the intervals are widened by how far neighbouring
events resemble each other, instead of a bootstrap over blocks of events, which costs a hundred times as much.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from analyzer.arrays import Floats
from analyzer.metrics.measurement import Drift, EventValue
from analyzer.metrics.robust_line import robust_line

SHORTEST_S: Final = 10.0
FEWEST: Final = 12
"""Events of a side: four in each third."""

BEYOND_CHANCE: Final = 3.3
"""Standard errors. A clip shows some fifty measurements, so a change has to be rarer than one in a thousand."""

LEAST_FREEDOM: Final = 3.0
"""Below as many degrees of freedom the series for Student's t is no longer near it."""

MEDIAN_SPREAD: Final = 1.2533
"""A median's standard error over a mean's, for normal spread: the root of pi over 2."""

MAD_TO_SD: Final = 1.4826
OUTLYING: Final = 5.0
FEW: Final = 6.0
"""Robust standard deviations from the line through all events, and by how many events' worth the bound is wider for few
of them, since their own spread is hardly known: of ten normal events one in five hundred is told, of more far fewer."""

FEWEST_FOR_OUTLIERS: Final = 10


def drift_of(events: tuple[EventValue, ...], shared: int = 1) -> Drift | None:
    """How the events' values changed over the clip; None from a clip too short to tell.

    Args:
        events: of one side.
        shared: over how many events each value was steadied, so that they err alike without looking it.
    """
    times, values = _series(events)
    if len(times) < FEWEST or np.ptp(times) < SHORTEST_S:
        return None
    line = robust_line(times, values)
    slope = line.slope
    widened = max(_likeness(values - slope * times), float(np.sqrt(shared)))
    low, high = slope - widened * (slope - line.low), slope + widened * (line.high - slope)
    third = len(values) // 3
    first, last = float(np.median(values[:third])), float(np.median(values[-third:]))
    spread = float(np.std(values - slope * times, ddof=2))
    rare = _beyond_chance(len(values) / widened**2 - 2.0)
    detectable = rare * widened * MEDIAN_SPREAD * spread * np.sqrt(2.0 / third)
    beyond = rare / 1.96
    sure = bool(slope - beyond * (slope - low) > 0.0 or slope + beyond * (high - slope) < 0.0)
    return Drift(
        per_minute=60.0 * slope,
        low=60.0 * low,
        high=60.0 * high,
        first=first,
        last=last,
        detectable=float(detectable),
        clear=sure and bool(abs(last - first) > detectable),
    )


def outliers_of(events: tuple[EventValue, ...]) -> tuple[int, ...]:
    """Indices of the events far from the line through all of them."""
    times, values = _series(events)
    if len(times) < FEWEST_FOR_OUTLIERS:
        return ()
    line = robust_line(times, values)
    off = values - line.level - line.slope * times
    usual = MAD_TO_SD * float(np.median(np.abs(off - np.median(off))))
    far = np.abs(off) > OUTLYING * (1.0 + FEW / len(off)) * usual
    return tuple(event.index for event, wild in zip(events, far, strict=True) if wild and usual > 0.0)


def _series(events: tuple[EventValue, ...]) -> tuple[Floats, Floats]:
    return np.array([event.time_s for event in events]), np.array([event.value for event in events])


def _beyond_chance(freedom: float) -> float:
    """As many standard errors as are as rare as `BEYOND_CHANCE`, where the spread is known from few events alone.

    The first terms of Student's t; source: Abramowitz & Stegun 1964, 26.7.5.
    """
    z, few = BEYOND_CHANCE, max(freedom, LEAST_FREEDOM)
    terms = (z, (z**3 + z) / 4, (5 * z**5 + 16 * z**3 + 3 * z) / 96, (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384)
    return float(sum(term / few**power for power, term in enumerate(terms)))


def _likeness(off: Floats) -> float:
    """Factor by which likeness of neighbours widens an interval: the root of (1 + r) / (1 - r), at least 1."""
    off = off - off.mean()
    power = float((off**2).sum())
    alike = float((off[1:] * off[:-1]).sum()) / power if power > 0.0 else 0.0
    alike = float(np.clip(alike, 0.0, 0.8))
    return float(np.sqrt((1.0 + alike) / (1.0 - alike)))

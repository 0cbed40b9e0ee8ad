"""Exercises of drawn people against the truth: counts, sides, bounds, and what their checks come to.

The people are those of the tests, whose every joint is known; 6 mm of noise lie on each joint in each frame.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
from markdown import markdown

from analyzer.exercises.perform import performed
from analyzer.motion.types import Activity, Motion, View
from analyzer.motion.understand import understand

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.motion import figures
from tests.motion.exercisers import MAKERS

NOISE_M = 0.006
RATES_HZ = (5.0, 15.0, 30.0, 60.0, 240.0)
VIEWS = (View.FRONT, View.BACK, View.LEFT, View.RIGHT)


def drawn_table(rates_hz: tuple[float, ...] = RATES_HZ) -> str:
    """A row for each exercise and view: how many of how many at each frame rate, and how far bounds are off at 30."""
    rows = []
    for doing, make in MAKERS.items():
        for view in VIEWS:
            cells = []
            bounds = ""
            for rate_hz in rates_hz:
                figure = make(fps=rate_hz)
                motion = seen(figure, doing, view)
                alike = [rep.side for rep in motion.reps] == [rep.side for rep in figure.reps]
                cells.append(f"{len(motion.reps)}/{len(figure.reps)}{'' if alike else ' !'}")
                if rate_hz == 30.0 and alike:
                    bounds = _bounds(motion, figure)
            rows.append((doing.value, view.value, *cells, bounds))
    head = (
        "exercise",
        "seen from",
        *(f"{rate:g} fps" for rate in rates_hz),
        "start; turn; end off at 30 fps, s (median)",
    )
    return markdown(head, rows)


def seen(figure: figures.Figure, doing: Activity, view: View) -> Motion:
    """The figure as understood from a noisy clip."""
    track = figures.filmed(figure, view, noise_m=NOISE_M, seed=7)
    return performed(understand(track, clip_fps=track.rate_hz, activity=doing, view=view))


def _bounds(motion: Motion, figure: figures.Figure) -> str:
    pairs = zip(motion.reps, figure.reps, strict=True)
    off = np.array([[a.start_s - b.start_s, a.top_s - b.top_s, a.end_s - b.end_s] for a, b in pairs])
    return "; ".join(f"{value:+.2f}" for value in np.median(off, axis=0))

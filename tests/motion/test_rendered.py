"""Rendered people with exact truth, understood once each: where the phone stood, what they do, and how often."""

from __future__ import annotations

import numpy as np
import pytest

from analyzer.motion.types import SAGITTAL, Activity, Motion, View
from analyzer.motion.understand import understand
from tests.motion import figures, shared

WITHIN_S = 0.15
GAITS = ("walk", "side", "frontal", "overground")
KINDS = {
    "stepup": Activity.STEP_UP,
    "sls": Activity.SINGLE_LEG_SQUAT,
    "squat": Activity.SQUAT,
    "walk": Activity.WALKING,
} | dict.fromkeys(GAITS[1:], Activity.RUNNING)
"""What people do, by a part of the track's name."""


def view_of(azimuth_deg: float) -> View:
    return min(figures.AZIMUTH_DEG, key=lambda view: abs((azimuth_deg - figures.AZIMUTH_DEG[view] + 180) % 360 - 180))


@shared.needs_tracks
@pytest.mark.parametrize("name", shared.track_names("_"))
def test_rendered_people_are_understood(name: str) -> None:
    motion, truth = understand(shared.shared_track(name), clip_fps=60), shared.truth(name)
    seen, azimuth = motion.camera, truth["azimuth_deg"]
    assert seen.view is view_of(azimuth)
    off = (figures.AZIMUTH_DEG[seen.view] + seen.yaw_deg - azimuth + 180) % 360 - 180
    assert abs(off) < (20.0 if seen.view in SAGITTAL else 10.0)
    assert motion.activity is next((KINDS[kind] for kind in KINDS if kind in name), None)
    if motion.activity in (Activity.RUNNING, Activity.WALKING):
        assert not motion.reps
    elif motion.activity is Activity.STEP_UP:
        step_ups_are_counted_exactly(motion, truth["reps"])
    else:
        assert len(motion.reps) == len(truth["reps"])
    if motion.activity is Activity.SINGLE_LEG_SQUAT:
        assert [rep.side for rep in motion.reps] == [shared.SIDE_OF[rep["lead"]] for rep in truth["reps"]]


def step_ups_are_counted_exactly(motion: Motion, true: list[dict[str, float | str]]) -> None:
    assert [rep.side for rep in motion.reps] == [shared.SIDE_OF[str(rep["lead"])] for rep in true]
    ends = [(rep.top_s, rep.end_s) for rep in motion.reps]
    np.testing.assert_allclose(ends, [(rep["t_top"], rep["end"]) for rep in true], atol=WITHIN_S + 0.01)
    # in one of these tracks the pose model takes one foot for the other while a lead foot rises
    late_s = sorted(abs(rep.start_s - float(each["start"])) for rep, each in zip(motion.reps, true, strict=True))
    assert late_s[-3] < WITHIN_S

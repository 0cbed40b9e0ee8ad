from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.assessment import Verdict
from analyzer.overlay.pace import MOST_FPS, MOST_STEPS, Pace, pace_of, shown
from analyzer.pose.landmarks import SIDES
from tests.report import samples

EDGES = st.lists(st.integers(0, 1000), min_size=2, max_size=8, unique=True).map(sorted)


def paced(edges: list[int], slow: float) -> Pace:
    """Slow between every other pair of edges, given in hundredths of a second."""
    parts = [(a / 100, b / 100) for a, b in zip(edges[::2], edges[1::2], strict=False)]
    return Pace(slow, tuple(parts))


@given(EDGES, st.floats(1.0, 16.0), st.floats(0.0, 12.0), st.floats(0.001, 1.0))
def test_time_runs_on_and_never_faster_than_the_clip_nor_slower_than_asked(
    edges: list[int], slow: float, clip_s: float, step_s: float
) -> None:
    pace = paced(edges, slow)
    gained_s = pace.overlay_s(clip_s + step_s) - pace.overlay_s(clip_s)
    assert step_s * (1 - 1e-9) - 1e-9 <= gained_s <= slow * step_s * (1 + 1e-9) + 1e-9


@given(EDGES, st.floats(1.0, 16.0), st.floats(0.0, 10.0))
def test_the_knots_tell_all_there_is_to_know(edges: list[int], slow: float, clip_s: float) -> None:
    pace = paced(edges, slow)
    told = json.loads(pace.to_json(10.0))
    clip, overlay = ([knot[name] for knot in told["knots"]] for name in ("clip_s", "overlay_s"))
    assert told["slow"] == slow
    assert (clip[0], clip[-1]) == (0.0, 10.0)
    assert np.interp(clip_s, clip, overlay) == pytest.approx(pace.overlay_s(clip_s), abs=1e-4)


@pytest.mark.parametrize(("slow", "parts"), [(0.5, ()), (2.0, ((1.0, 1.0),)), (2.0, ((0.0, 2.0), (1.0, 3.0)))])
def test_a_pace_that_makes_no_sense_is_refused(slow: float, parts: tuple[tuple[float, float], ...]) -> None:
    with pytest.raises(ValueError, match="part"):
        Pace(slow, parts)


@pytest.mark.parametrize("fps", [24.0, 30.0, 59.94, 120.0, 240.0])
def test_a_slow_part_shows_frames_that_are_left_out_elsewhere(fps: float) -> None:
    pace = Pace(4.0, ((1.0, 1.5),))
    times = np.arange(round(3 * fps)) / fps
    chosen = times[shown(times, fps, pace)]
    at = np.array([pace.overlay_s(float(t)) for t in chosen])
    assert np.diff(at).min() >= 0.94 / MOST_FPS
    slow = ((chosen >= 1.0) & (chosen < 1.5)).sum() / 0.5
    assert slow == pytest.approx(min(fps, 4 * MOST_FPS), rel=0.05)
    rest = ((chosen < 1.0).sum() + (chosen >= 1.5).sum()) / 2.5
    assert rest == pytest.approx(min(fps, MOST_FPS), rel=0.05)


def test_no_frame_of_a_phone_that_stumbles_is_left_out() -> None:
    rng = np.random.default_rng(5)
    times = np.cumsum(rng.choice([0.008, 1 / 60, 0.05], 200))
    assert shown(times, 60.0, Pace()) == list(range(200))


def test_of_a_run_the_steps_that_decide_are_slow_and_both_feet_are_shown() -> None:
    assessment = samples.front_run(n=300)
    pace = pace_of(assessment, 4.0)
    knee = assessment.of("knee_valgus", "left")
    assert knee.verdict is Verdict.FAIL
    assert pace.is_slow(knee.evidence_s)
    slowed = {step.side for step in assessment.motion.steps if pace.is_slow(step.contact_s)}
    assert slowed == set(SIDES)
    assert sum(end - start for start, end in pace.parts) < 0.5 * assessment.clip.duration_s
    assert sum(pace.is_slow(step.contact_s) for step in assessment.motion.steps) <= 2 * MOST_STEPS


def test_of_repetitions_the_one_with_most_to_work_on_is_slow_on_each_side() -> None:
    assessment = samples.step_ups()
    pace = pace_of(assessment, 4.0)
    assert [pace.is_slow(rep.top_s) for rep in assessment.reps] == [True, True, False, False]


def test_parts_are_told_on_the_files_clock() -> None:
    plain, slow = samples.step_ups(), samples.step_ups()
    clip = slow.clip.model_copy(update={"slow_motion_factor": 4.0, "duration_s": 4.0 * slow.clip.duration_s})
    slow = slow.model_copy(update={"clip": clip}).with_motion(slow.motion)
    assert np.array(pace_of(slow, 2.0).parts) == pytest.approx(4.0 * np.array(pace_of(plain, 2.0).parts))


def test_nothing_is_slowed_unless_it_is_asked_for_or_where_nothing_happened() -> None:
    assessment = samples.front_run()
    assert pace_of(assessment, 1.0).is_the_clips
    idle = assessment.model_copy(update={"steps": (), "measurements": ()})
    assert pace_of(idle.with_motion(replace(assessment.motion, steps=())), 4.0).is_the_clips

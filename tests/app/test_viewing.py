"""What the viewer is given to draw."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from analyzer.app.recall import recall
from analyzer.app.viewing import MOST_POINTS, View, view_of
from analyzer.assessment import Assessment
from analyzer.errors import TrackError
from analyzer.folder import ASSESSMENT, PACE, TRACK
from analyzer.overlay.pace import Pace
from analyzer.pose.landmarks import INDEX, Side
from tests.report import samples


def kept(assessment: Assessment, folder: Path) -> tuple[Path, Assessment]:
    """A folder with track and assessment, and the assessment as it is read from there."""
    motion = assessment.motion
    motion.raw.save(folder / TRACK, cleaned=motion.track, cm_per_px=motion.scale.cm_per_px)
    (folder / ASSESSMENT).write_text(assessment.to_json(), encoding="utf-8")
    return folder, Assessment.model_validate_json((folder / ASSESSMENT).read_bytes())


def viewed(assessment: Assessment, folder: Path) -> View:
    return view_of(*kept(assessment, folder), title="clip")


def test_the_pose_is_that_of_the_track_frame_by_frame(tmp_path):
    made = samples.front_run(n=30)
    view = viewed(made, tmp_path)
    track = made.motion.track
    assert view.times_s == pytest.approx(track.times_s, abs=1e-5)
    assert np.array(view.points).reshape(30, 33, 2) == pytest.approx(track.points_px, abs=0.51)
    assert (view.width, view.height) == track.size_px
    assert view.hips == (INDEX["left_hip"], INDEX["right_hip"])


def test_what_was_not_seen_is_nothing(tmp_path):
    made = samples.front_run(n=30)
    motion = made.motion
    points = motion.raw.points_px.copy()
    points[10:20] = np.nan
    points[25, INDEX["left_knee"]] = np.nan
    track = replace(motion.raw, points_px=points)
    view = viewed(made.with_motion(replace(motion, raw=track, track=track)), tmp_path)
    assert [row is None for row in view.points] == [10 <= index < 20 for index in range(30)]
    assert view.points[25][2 * INDEX["left_knee"]] is None
    assert view.points[25][2 * INDEX["right_knee"]] is not None
    assert view.com[15] is None
    knee = next(c for c in view.curves if (c.metric, c.side) == ("knee_valgus", Side.LEFT))
    assert knee.values[25] is None
    assert knee.drawing[25] is None


def test_times_are_those_of_the_file_as_it_plays(tmp_path):
    view = viewed(samples.front_run(n=30, slow_motion_factor=4.0), tmp_path)
    assert view.times_s[-1] == pytest.approx(4.0 * 29 / 30, abs=1e-4)
    contact = next(each for each in view.happenings if each.kind == "contact" and each.t_s > 0)
    assert contact.t_s == pytest.approx(4.0 * 0.36)
    assert view.stretches[0].until_s == pytest.approx(4.0 * 0.36)
    assert view.curves[0].marks[0].t_s == pytest.approx(4.0 * 0.11)


def test_events_of_a_run_are_contacts_and_toe_offs_in_order(tmp_path):
    view = viewed(samples.front_run(n=60), tmp_path)
    assert [each.t_s for each in view.happenings] == sorted(each.t_s for each in view.happenings)
    assert [each.kind for each in view.happenings][:4] == ["contact", "toe_off", "contact", "toe_off"]
    assert view.happenings[0].label == "Contact, step 1, left"
    assert [stretch.label for stretch in view.stretches][:2] == ["Step 1, left", "Step 2, right"]


def test_repetitions_are_looped_from_beginning_to_end(tmp_path):
    view = viewed(samples.step_ups(), tmp_path)
    assert [(round(s.from_s, 3), round(s.until_s, 3)) for s in view.stretches] == [
        (0.1, 0.9), (1.1, 1.9), (2.1, 2.9), (3.1, 3.9),
    ]  # fmt: skip
    assert view.stretches[1].label == "Repetition 2, right"
    assert {each.kind for each in view.happenings} == {"start", "top", "end"}


def test_a_curve_reads_what_was_measured_in_the_middle_over_its_events(tmp_path):
    made = samples.front_run(n=60)
    view = viewed(made, tmp_path)
    curve = next(c for c in view.curves if (c.metric, c.side) == ("knee_valgus", Side.LEFT))
    measured = made.of("knee_valgus", "left")
    apart = [np.interp(m.t_s, view.times_s, curve.values) - m.value for m in curve.marks]
    assert len(apart) == measured.n
    # Within a frame's movement of the knee, and the sample's own scatter of a degree.
    assert np.median(apart) == pytest.approx(0.0, abs=1.5)
    assert (curve.pass_low, curve.pass_high) == (None, 7.0)
    assert curve.target == "at most 7°"
    assert curve.kind == "angle"


def test_the_drawing_of_an_angle_turns_by_what_the_curve_reads(tmp_path):
    view = viewed(samples.side_run(n=60), tmp_path)
    curve = next(c for c in view.curves if c.metric == "shank_angle")
    checked = 0
    for value, flat in zip(curve.values, curve.drawing, strict=True):
        if value is None or flat is None:
            continue
        _, joint, end, zero = np.array(flat).reshape(4, 2)
        a, b = end - joint, zero - joint
        turn = np.degrees(np.arctan2(a[0] * b[1] - a[1] * b[0], a @ b))
        assert abs(turn) == pytest.approx(abs(value), abs=2.0)
        checked += 1
    assert checked > 50


def test_the_heaviest_curve_comes_first(tmp_path):
    view = viewed(samples.front_run(n=60), tmp_path)
    assert [curve.verdict.value for curve in view.curves][:2] == ["fail", "borderline"]


def test_long_tracks_are_thinned(tmp_path, monkeypatch):
    assert MOST_POINTS > 60 * 60
    monkeypatch.setattr("analyzer.app.viewing.MOST_POINTS", 20)
    view = viewed(samples.front_run(n=50), tmp_path)
    assert len(view.times_s) == len(view.points) == 17
    assert view.times_s[1] == pytest.approx(3 / 30, abs=1e-5)


def test_a_folder_without_a_track_says_so(tmp_path):
    folder, assessment = kept(samples.front_run(n=10), tmp_path)
    (folder / TRACK).unlink()
    with pytest.raises(TrackError):
        view_of(folder, assessment, "clip")


def test_a_movement_is_put_together_where_nothing_else_is_kept(tmp_path):
    made = samples.side_run(n=30)
    motion = recall(*kept(made, tmp_path))
    assert motion.camera.facing == made.motion.camera.facing
    assert [s.contact_s for s in motion.steps] == [s.contact_s for s in made.motion.steps]
    assert motion.scale.cm_per_px == pytest.approx(made.motion.scale.cm_per_px)
    assert motion.com_px == pytest.approx(made.motion.com_px, abs=0.01)


@pytest.mark.parametrize(("moved_px", "cleaned"), [(2.0, True), (30.0, False)])
def test_the_smooth_track_is_drawn_only_where_it_lies_on_the_pictures(tmp_path, moved_px, cleaned):
    made = samples.side_run(n=30)
    motion = made.motion
    elsewhere = replace(motion.track, points_px=motion.track.points_px + moved_px)
    folder, assessment = kept(made.with_motion(replace(motion, track=elsewhere)), tmp_path)
    drawn = elsewhere if cleaned else motion.raw
    assert recall(folder, assessment).track.points_px == pytest.approx(drawn.points_px, abs=0.01)


def test_an_overlay_that_is_slower_is_followed_by_its_own_times(tmp_path):
    pace = Pace(4.0, ((0.2, 0.4),))
    (tmp_path / PACE).write_text(pace.to_json(1.0), encoding="utf-8")
    view = viewed(samples.front_run(n=30), tmp_path)
    assert view.overlay_s == pytest.approx([pace.overlay_s(time) for time in view.times_s], abs=1e-4)
    assert view.overlay_s[-1] == pytest.approx(view.times_s[-1] + 3 * 0.2, abs=1e-4)


@pytest.mark.parametrize("said", ["", "{", "[]", '{"knots": 3}', '{"knots": []}', '{"knots": [{"clip_s": null}]}'])
def test_a_damaged_note_on_the_overlay_s_pace_does_no_more(tmp_path, said):
    (tmp_path / PACE).write_text(said, encoding="utf-8")
    view = viewed(samples.front_run(n=10), tmp_path)
    assert view.overlay_s == view.times_s

"""Changes, outlying steps and differences between the sides, in sentences."""

from __future__ import annotations

from analyzer.assessment import Assessment, DriftInfo, SymmetryInfo
from analyzer.pose.landmarks import Side
from analyzer.report.changes import changes, sides
from analyzer.report.render import render_report
from tests.report import samples

RUN = samples.front_run()
DRIFT = DriftInfo(per_minute=10.0, low=6.0, high=14.0, first=3.0, last=9.0, detectable=2.0, clear=True)
APART = SymmetryInfo(
    metric="knee_valgus", title="Knee caving in", unit="deg", difference=8.0, uncertainty=4.0, index_percent=None,
    comparable=True, noted=True, sentence="Left and right differ by 8 degrees.",
)  # fmt: skip


def changed(**update: object) -> Assessment:
    measurements = tuple(
        m.model_copy(update=update) if (m.metric, m.side) == ("knee_valgus", Side.LEFT) else m for m in RUN.measurements
    )
    return RUN.model_copy(update={"measurements": measurements}).with_motion(RUN.motion)


def test_a_clear_change_is_told_with_both_thirds_and_an_unclear_one_is_not() -> None:
    (said,) = changes(changed(drift=DRIFT))
    title = RUN.of("knee_valgus", "left").title
    assert said == f"{title} (left) changed while the clip ran: 3.0° in its first third, 9.0° in its last."
    assert list(changes(changed(drift=DRIFT.model_copy(update={"clear": False})))) == []


def test_steps_unlike_the_others_are_told_with_their_time() -> None:
    event = RUN.of("knee_valgus", "left").per_event[1]
    (said,) = changes(changed(outliers=(event.index,)))
    assert f"{event.t_s:.1f} s" in said


def test_differences_are_told_only_where_noted_and_the_side_view_s_caution_once() -> None:
    quiet = APART.model_copy(update={"noted": False})
    far = APART.model_copy(update={"noted": False, "comparable": False, "sentence": "Compare two clips."})
    assert list(sides(RUN.model_copy(update={"symmetry": (quiet,)}))) == []
    (said,) = sides(RUN.model_copy(update={"symmetry": (APART,)}))
    assert "left side reads higher" in said
    assert list(sides(RUN.model_copy(update={"symmetry": (far, far)}))) == ["Compare two clips."]


def test_the_report_shows_them() -> None:
    told = changed(drift=DRIFT).model_copy(update={"symmetry": (APART,)}).with_motion(RUN.motion)
    page = render_report(told, {})
    assert "changed while the clip ran" in page
    assert "Left and right differ by 8 degrees" in page
    assert "From step to step" not in render_report(RUN, {})

"""Pictures of what the step-down scale's points were given for."""

from __future__ import annotations

from analyzer.assessment import Assessment
from analyzer.overlay.scaled import scale_pictures
from analyzer.pose.landmarks import Side
from analyzer.report.render import render_report
from analyzer.tested import ScaleInfo, ScaleItem
from tests.report import samples

JPEG = b"\xff\xd8\xff"


def scaled() -> Assessment:
    """Step-ups whose arms were seen at 0.5 s and whose hips were not."""
    items = (
        ScaleItem(name="arms", title="Arms lifted", points=1, least=1, most=1, evidence_s=0.5),
        ScaleItem(name="pelvis", title="Hips not level", points=None, least=0, most=1, evidence_s=None),
    )
    scale = ScaleInfo(
        title="Quality", side=Side.LEFT, items=items, points=None, least=1, most=2, grade="good", source="a study"
    )
    return samples.step_ups().model_copy(update={"scales": (scale,)})


def test_what_was_seen_has_a_picture_at_its_instant() -> None:
    assert scale_pictures(scaled()) == (("scale_arms_left.jpg", 0.5),)


def test_the_report_shows_it_where_there_is_one() -> None:
    without, shown = (render_report(scaled(), {}, decided=made) for made in ({}, {"scale_arms_left.jpg": JPEG}))
    assert "Frame of the clip at 0.5 s: arms lifted, left." in shown
    assert "Frame of the clip at 0.5 s: arms lifted" not in without
    assert "see 0.5 s" in without

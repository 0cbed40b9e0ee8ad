"""The ghost stands on the edge of the target, moves nothing that need not move, and is left out where unsure."""

from __future__ import annotations

import numpy as np
import pytest

from analyzer.assessment import Limits
from analyzer.criteria.tables import load_criteria
from analyzer.overlay.canvas import Pen
from analyzer.overlay.ghost import BENDS, CLOSE, Bend, bent, edge_beyond, ghost
from analyzer.overlay.limbs import paint_ghost
from analyzer.overlay.moment import Moment, Timeline
from analyzer.overlay.sketch import AngleSketch
from analyzer.overlay.sketches import DRAWINGS
from analyzer.pose.landmarks import COUNT, Side, point
from tests.report import samples

RUNS = {"front": samples.front_run(), "side": samples.side_run()}
FROM_THE_SIDE = {
    "trunk_lean_forward", "trunk_shank_angle", "foot_strike_position", "knee_flexion_contact", "knee_flexion_midstance",
    "full_extension", "shank_angle",
}  # fmt: skip
WITHOUT = {"squat_depth"}
"""Drawn and judged, but the way to a deeper squat is no turn about one joint."""


def instant(metric: str) -> Moment:
    run = RUNS["side" if metric in FROM_THE_SIDE else "front"]
    return Timeline(run.motion).at(0.43)


def reads(moment: Moment, metric: str, side: Side, offset: float) -> float:
    sketch = DRAWINGS[metric].shown(moment, side, offset)
    return sketch.value_deg if isinstance(sketch, AngleSketch) else sketch.value_px * moment.cm_per_px


@pytest.mark.parametrize("side", [Side.LEFT, Side.RIGHT])
@pytest.mark.parametrize("metric", sorted(BENDS))
@pytest.mark.parametrize(("value", "edge"), [(13.0, 8.0), (2.0, 5.0), (-6.0, -4.0)])
def test_the_ghost_reads_the_edge_of_the_target(metric: str, side: Side, value: float, edge: float) -> None:
    moment, drawing = instant(metric), DRAWINGS[metric]
    moved = ghost(moment, metric, drawing, side, value, edge)
    assert moved is not None
    assert reads(moved, metric, side, drawing.offset(moment, side, value)) == pytest.approx(edge, abs=CLOSE)


@pytest.mark.parametrize("bend", list(Bend))
def test_a_bend_moves_only_its_own_part_and_keeps_its_bones(bend: Bend) -> None:
    moment = instant("knee_valgus")
    moved = bent(moment, bend, Side.LEFT, 9.0)
    went = {i for i in range(COUNT) if not np.allclose(moved.points_px[i], moment.points_px[i])}
    left = {name: point(Side.LEFT, name) for name in ("knee", "ankle", "heel", "toe")}
    expected = {
        Bend.LEG: set(left.values()),
        Bend.SHANK: set(left.values()) - {left["knee"]},
        Bend.KNEE: {left["knee"]},
        Bend.TRUNK: set(range(point(Side.LEFT, "hip"))),
        Bend.PELVIS: {point(Side.RIGHT, "hip")},
    }[bend]
    assert went == expected
    if bend is not Bend.KNEE:
        ends = {Bend.LEG: ("hip", "knee"), Bend.SHANK: ("knee", "ankle"), Bend.TRUNK: ("shoulder", "elbow")}
        a, b = ends.get(bend, ("knee", "ankle"))
        lengths = [np.linalg.norm(m.joint(Side.LEFT, a) - m.joint(Side.LEFT, b)) for m in (moment, moved)]
        assert lengths[0] == pytest.approx(lengths[1])


def test_where_a_joint_is_not_seen_or_nothing_brings_it_there_is_no_ghost() -> None:
    hidden = samples.lost(RUNS["front"], 0.0, 9.0)
    moment = Timeline(hidden.motion).at(0.43)
    drawing = DRAWINGS["knee_valgus"]
    assert ghost(moment, "knee_valgus", drawing, Side.LEFT, 13.0, 7.0) is None
    seen = instant("knee_valgus")
    assert ghost(seen, "knee_valgus", drawing, Side.LEFT, 13.0, 170.0) is None
    assert ghost(seen, "hip_adduction", DRAWINGS["hip_adduction"], Side.LEFT, 13.0, 7.0) is None


@pytest.mark.parametrize(
    ("limits", "value", "edge"),
    [
        (Limits(pass_high=7.0, source="x"), 7.5, 7.0),
        (Limits(pass_high=7.0, source="x"), 7.0, None),
        (Limits(pass_low=4.0, pass_high=12.0, source="x"), 3.0, 4.0),
        (Limits(pass_low=4.0, pass_high=12.0, source="x"), 20.0, 12.0),
        (Limits(source="x"), 20.0, None),
        (Limits(pass_high=7.0, source="x"), float("nan"), None),
        (None, 20.0, None),
    ],
)
def test_only_a_value_off_target_has_an_edge_to_go_to(limits: Limits | None, value: float, edge: float | None) -> None:
    assert edge_beyond(limits, value) == edge


def test_every_judged_number_that_is_drawn_has_a_ghost_or_says_why_not() -> None:
    judged = {name for name, words in load_criteria().metric.items() if words.limits}
    assert (judged & DRAWINGS.keys()) - BENDS.keys() == WITHOUT


@pytest.mark.parametrize(
    "metric", ["knee_valgus", "trunk_lean_forward", "foot_strike_position", "pelvic_drop", "shank_angle"]
)
def test_painting_stays_with_the_part_that_moved(metric: str) -> None:
    moment = instant(metric)
    moved = ghost(moment, metric, DRAWINGS[metric], Side.LEFT, 13.0, 8.0)
    assert moved is not None
    scene = np.full((640, 360, 3), 90, np.uint8)
    paint_ghost(scene, moved, metric, Side.LEFT, Pen.fitting(scene, moment.body_px))
    touched = np.argwhere((scene != 90).any(axis=2))[:, ::-1]
    assert len(touched) > 200
    places = moved.points_px[np.isfinite(moved.points_px).all(axis=1)]
    assert (touched >= places.min(axis=0) - 20).all()
    assert (touched <= places.max(axis=0) + 20).all()

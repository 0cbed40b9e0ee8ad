"""When a foot is in the air, of feet whose way is drawn by hand; lengths in body heights."""

from __future__ import annotations

import numpy as np
import pytest

from analyzer.arrays import Floats
from analyzer.motion.feet import REST_S, Heights, Swing, filled, swings, toe_off, travel
from analyzer.pose.landmarks import SIDES, Side

RATE_HZ = 30.0
REST = round(REST_S * RATE_HZ) + 2
STEP = 0.3
"""How far the foot steps, in body heights."""


def there(moving: int, before: int = REST, after: int = REST) -> Floats:
    """(n, 2) places of a point that rests, goes STEP to the right within so many frames, and rests again."""
    way = np.concatenate([np.zeros(before), np.linspace(0.0, STEP, moving + 2)[1:-1], np.full(after, STEP)])
    return np.stack([way, np.zeros(len(way))], axis=1)


def feet(ankle: Floats, toe: Floats | None = None) -> Heights:
    """The left foot on its way, the right one at rest."""
    still = np.zeros_like(ankle)
    return Heights(
        times_s=np.arange(len(ankle)) / RATE_HZ, hips=still[:, 0], thigh_to_shank=still[:, 0] + 1.0,
        foot=dict.fromkeys(SIDES, still[:, 0]), ankle={Side.LEFT: ankle, Side.RIGHT: still},
        toe={Side.LEFT: ankle if toe is None else toe, Side.RIGHT: still},
    )  # fmt: skip


def test_a_step_is_from_the_last_frame_of_rest_to_the_first_of_the_next() -> None:
    high = feet(there(moving=6))
    assert swings(high, Side.LEFT) == (Swing(REST - 1, REST + 6),)
    assert swings(high, Side.RIGHT) == ()


@pytest.mark.parametrize(("before", "after", "swing"), [(0, REST, Swing(0, 6)), (REST, 0, Swing(REST - 1, REST + 5))])
def test_a_step_that_the_clip_cuts_off_begins_or_ends_with_it(before: int, after: int, swing: Swing) -> None:
    assert swings(feet(there(6, before, after)), Side.LEFT) == (swing,)


def test_a_foot_that_nobody_saw_makes_no_step() -> None:
    unseen = np.full((3 * REST, 2), np.nan)
    assert np.isnan(filled(unseen, np.arange(len(unseen)) / RATE_HZ)).all()
    assert swings(feet(unseen), Side.LEFT) == ()


def test_what_was_not_seen_on_the_way_is_a_straight_line() -> None:
    place = there(moving=6)
    hidden = place.copy()
    hidden[REST + 1 : REST + 5] = np.nan
    assert filled(hidden, np.arange(len(place)) / RATE_HZ) == pytest.approx(place)
    assert travel(feet(hidden), Side.LEFT, (0, len(place) - 1)) == pytest.approx(STEP)


def test_the_toe_leaves_later_than_the_ankle_by_as_much_as_it_rests_on() -> None:
    ankle = there(moving=9)
    toe = there(moving=5, before=REST + 4)
    high = feet(ankle, toe)
    (swing,) = swings(high, Side.LEFT)
    assert toe_off(high, Side.LEFT, swing) == REST + 3


def test_of_a_step_that_begins_with_the_clip_the_toe_rests_where_it_is_seen_first() -> None:
    toe = there(moving=0, before=5, after=REST)
    assert toe_off(feet(toe, toe), Side.LEFT, Swing(0, 12)) == 4

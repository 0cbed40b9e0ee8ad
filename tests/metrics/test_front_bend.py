"""The bend of a knee told by how short thigh and shank appear, on figures whose joints are known."""

from __future__ import annotations

import numpy as np
import pytest

from analyzer.metrics.front_bend import bend_from_front_deg
from analyzer.motion.types import View
from tests.metrics.test_at_bend import true_bend_deg
from tests.motion import figures


@pytest.mark.parametrize("view", [View.FRONT, View.BACK])
def test_the_more_a_carrying_knee_is_bent_the_more_it_is_said_to_be(view: View) -> None:
    figure = figures.step_up()
    motion = figures.shown(figure, view)
    for rep in figure.reps:
        alone = (motion.times_s >= rep.loaded[0][0]) & (motion.times_s <= rep.loaded[0][1])
        told, true = bend_from_front_deg(motion, rep.side)[alone], true_bend_deg(figure, rep.side)[alone]
        assert np.corrcoef(told, true)[0, 1] > 0.98

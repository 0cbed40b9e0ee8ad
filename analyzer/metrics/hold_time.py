"""How long somebody stands on one leg before the other foot touches down.

Positive always. From any view. Source: the single-leg balance of the articles, which comes before the step-up test.
Differs: eyes open or closed cannot be seen, it is what the person says.
"""

from __future__ import annotations

from analyzer.metrics.registry import ANY_VIEW, RepMetric
from analyzer.motion.types import Activity, Motion, Rep

HOLDS = frozenset(
    {
        Activity.BALANCE, Activity.HIP_HINGE_HOLD, Activity.HAMSTRING_BRIDGE, Activity.WALL_CALF_STRIDE,
        Activity.DOOR_FRAME,
    }
)  # fmt: skip


@RepMetric(
    unit="s", views=ANY_VIEW, activities=HOLDS, pose_error=0.1, event_error=0.15,
    lower_is_worse=True,
)  # fmt: skip
def hold_time(_motion: Motion, rep: Rep) -> float:
    """Seconds from lifting the other foot to its touching down, or to the clip's end."""
    return rep.end_s - rep.start_s

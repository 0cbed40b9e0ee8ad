"""What a metric declares, and the list of all metrics.

A metric's file says only what is particular to it: a curve over the clip for one side, when it is read, from which
views, and how well the pose model sees it. `analyzer.metrics.measure` turns that into values with uncertainty.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from importlib import import_module
from pkgutil import iter_modules
from typing import TypeAlias

from analyzer.arrays import Floats
from analyzer.metrics.measurement import Measurement
from analyzer.motion.types import Activity, Motion, Rep, Step, View
from analyzer.pose.landmarks import Side

Curve: TypeAlias = Floats
"""(n,) over the frames of the track, NaN where the metric cannot be seen."""

CurveFunction: TypeAlias = Callable[[Motion, Side], Curve]
StepFunction: TypeAlias = Callable[[Motion, Step], float]
RepFunction: TypeAlias = Callable[[Motion, Rep], float]
WholeFunction: TypeAlias = Callable[[Motion], list[Measurement]]


class Phase(Enum):
    """When a curve is read. In repetitions every phase means: the largest value of the single-leg phase."""

    CONTACT = "initial contact"
    MID_STANCE = "mid-stance"
    CONTACT_TO_MID_STANCE = "the change from initial contact to mid-stance"
    PUSH_OFF = "the largest value around toe-off"
    EARLY_SWING = "the mean just after toe-off"
    SWING = "the largest value of the swing"

    @property
    def in_swing(self) -> bool:
        """Whether it is read after the foot has left, so that only the whole stride shows it."""
        return self in (Phase.EARLY_SWING, Phase.SWING)


REPETITIONS = frozenset(
    {Activity.STEP_UP, Activity.SINGLE_LEG_SQUAT, Activity.LUNGE, Activity.SPLIT_SQUAT, Activity.SINGLE_LEG_SKIP}
)
"""On one leg at a time, the trunk about upright."""

TWO_LEGGED = frozenset(
    {
        Activity.SQUAT, Activity.RDL, Activity.HIP_THRUST, Activity.BOX_JUMP, Activity.DOUBLE_LEG_SKIP,
        Activity.HAMSTRING_BRIDGE,
    }
)  # fmt: skip
"""Both legs do the same at the same time."""

RUNNING = frozenset({Activity.RUNNING})

HIDDEN_AT_CONTACT = 1.2
"""How much worse the leg on the far side is seen at contact, in side views. Over 18 rendered people it is read no worse
than the near one; the rest is for real ones, whose far leg was further from a second pose model than their near leg."""

BEHIND = frozenset({View.BACK})
ANY_VIEW = frozenset(View)


@dataclass(frozen=True)
class Metric:
    """A metric read from a curve.

    Attributes:
        name: stable name.
        unit: of the curve.
        views: from which it can be seen.
        phase: when it is read in a step.
        activities: in which it means something.
        pose_error: standard error of a clip's mean that the pose model brings, in the unit; the spread between people.
        event_error: standard error of a single event's value, in the unit.
        per_yaw: change of the value per degree of camera yaw, in the unit.
        per_roll: the same for camera roll.
        timed: whether an error in the event's time moves the value.
        scaled: whether it hangs on the person's height.
        zeroed: whether, in repetitions, the person's own standing between them counts as zero, which takes off camera
            roll and what the pose model gets wrong in this person.
        hidden: how much larger `pose_error` and `event_error` are for the leg on the far side, in side views.
        of_leg: whether it hangs on the side's leg, so that it is as doubtful as that leg's points.
        curve: the metric itself.
    """

    name: str
    unit: str
    views: frozenset[View]
    phase: Phase
    activities: frozenset[Activity]
    pose_error: float
    event_error: float
    per_yaw: float
    per_roll: float
    timed: bool
    scaled: bool
    zeroed: bool
    hidden: float
    of_leg: bool
    curve: CurveFunction


@dataclass(frozen=True)
class StepMetric:
    """A metric that each running step has one value of, such as how long the foot is on the ground.

    Attributes:
        name: stable name.
        unit: of the value.
        views: from which it can be seen.
        activities: in which it means something.
        pose_error: as in `Metric`.
        event_error: as in `Metric`.
        per_contact_s: change of the value per second by which contacts are mistimed, in the unit.
        per_toe_off_s: the same for toe-offs.
        scaled: whether it hangs on the person's height.
        value: of one step, NaN where it was not seen.
    """

    name: str
    unit: str
    views: frozenset[View]
    activities: frozenset[Activity]
    pose_error: float
    event_error: float
    per_contact_s: float
    per_toe_off_s: float
    scaled: bool
    value: StepFunction


@dataclass(frozen=True)
class RepMetric:
    """A metric that each repetition has one value of, such as how long it takes to lower the body.

    Attributes:
        name: stable name.
        unit: of the value.
        views: from which it can be seen.
        activities: in which it means something.
        pose_error: as in `Metric`.
        event_error: as in `Metric`.
        scaled: whether it hangs on the person's height.
        lower_is_worse: whether the smallest value shows best what there is to work on.
        hidden: as in `Metric`.
        value: of one repetition, NaN where it was not seen.
    """

    name: str
    unit: str
    views: frozenset[View]
    activities: frozenset[Activity]
    pose_error: float
    event_error: float
    scaled: bool
    lower_is_worse: bool
    hidden: float
    value: RepFunction


@dataclass(frozen=True)
class WholeMetric:
    """A metric read from the whole clip, such as cadence."""

    name: str
    unit: str
    activities: frozenset[Activity]
    measure: WholeFunction


EventMetric: TypeAlias = Metric | StepMetric | RepMetric
"""Has a value at each step or repetition of a side."""

AnyMetric: TypeAlias = EventMetric | WholeMetric

_METRICS: dict[str, AnyMetric] = {}


def metric(
    *,
    unit: str,
    views: frozenset[View],
    phase: Phase,
    pose_error: float,
    event_error: float,
    activities: frozenset[Activity] = RUNNING,
    per_yaw: float = 0.0,
    per_roll: float = 0.0,
    timed: bool = False,
    scaled: bool = False,
    zeroed: bool = False,
    hidden: float | None = None,
    of_leg: bool = False,
) -> Callable[[CurveFunction], CurveFunction]:
    """Register a curve as the metric of the function's name; see `Metric` for the arguments."""

    def register(function: CurveFunction) -> CurveFunction:
        _METRICS[function.__name__] = Metric(
            name=function.__name__, unit=unit, views=views, phase=phase, activities=activities, pose_error=pose_error,
            event_error=event_error, per_yaw=per_yaw, per_roll=per_roll, timed=timed, scaled=scaled, zeroed=zeroed,
            hidden=hidden or (HIDDEN_AT_CONTACT if phase is Phase.CONTACT else 1.0),
            of_leg=of_leg or hidden is not None or phase is Phase.CONTACT, curve=function,
        )  # fmt: skip
        return function

    return register


def step_metric(
    *,
    unit: str,
    views: frozenset[View],
    pose_error: float,
    event_error: float,
    per_contact_s: float = 0.0,
    per_toe_off_s: float = 0.0,
    scaled: bool = False,
) -> Callable[[StepFunction], StepFunction]:
    """Register a function that measures one running step; see `StepMetric` for the arguments."""

    def register(function: StepFunction) -> StepFunction:
        _METRICS[function.__name__] = StepMetric(
            name=function.__name__, unit=unit, views=views, activities=RUNNING, pose_error=pose_error,
            event_error=event_error, per_contact_s=per_contact_s, per_toe_off_s=per_toe_off_s, scaled=scaled,
            value=function,
        )  # fmt: skip
        return function

    return register


def rep_metric(
    *,
    unit: str,
    views: frozenset[View],
    activities: frozenset[Activity],
    pose_error: float,
    event_error: float,
    scaled: bool = False,
    lower_is_worse: bool = False,
    hidden: float = 1.0,
) -> Callable[[RepFunction], RepFunction]:
    """Register a function that measures one repetition; see `RepMetric` for the arguments."""

    def register(function: RepFunction) -> RepFunction:
        _METRICS[function.__name__] = RepMetric(
            name=function.__name__, unit=unit, views=views, activities=activities, pose_error=pose_error,
            event_error=event_error, scaled=scaled, lower_is_worse=lower_is_worse, hidden=hidden, value=function,
        )  # fmt: skip
        return function

    return register


def whole_metric(*, unit: str, activities: frozenset[Activity]) -> Callable[[WholeFunction], WholeFunction]:
    """Register a function that measures the whole clip as the metric of its name."""

    def register(function: WholeFunction) -> WholeFunction:
        _METRICS[function.__name__] = WholeMetric(function.__name__, unit, activities, function)
        return function

    return register


def all_metrics() -> tuple[AnyMetric, ...]:
    """Every metric there is, by name; each module of this package that defines one is loaded."""
    import analyzer.metrics as room

    for module in iter_modules(room.__path__):
        import_module(f"analyzer.metrics.{module.name}")
    return tuple(_METRICS[name] for name in sorted(_METRICS))

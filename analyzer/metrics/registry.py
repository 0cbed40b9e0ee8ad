"""What a metric declares, and the list of all metrics.

A metric's file says only what is particular to it: a curve over the clip for one side, when it is read, from which
views, and how well the pose model sees it. `analyzer.metrics.measure` turns that into values with uncertainty.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import Enum
from importlib import import_module
from pkgutil import iter_modules
from typing import Any, TypeAlias

from analyzer.arrays import Floats
from analyzer.metrics.measurement import Measurement
from analyzer.motion.pelvis import by_clothes
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


def _none_yet(*_: Any) -> Any:
    raise TypeError("A metric has no function before it is called with one.")


@dataclass(frozen=True, kw_only=True)
class Declared:
    """What every metric declares. Called with a function, it becomes the metric of that function's name.

    Attributes:
        name: stable name, the function's.
        unit: of the value.
        activities: in which it means something.
    """

    name: str = ""
    unit: str
    activities: frozenset[Activity] = RUNNING


@dataclass(frozen=True)
class Errors:
    """Standard errors of a metric, in its unit: of a clip's mean, of a single event, and per degree of unknown yaw."""

    pose_error: float
    event_error: float
    per_yaw: float = 0.0


@dataclass(frozen=True, kw_only=True)
class OfEvents(Declared):
    """A metric that has a value at each step or repetition of a side.

    Attributes:
        views: from which it can be seen.
        pose_error: standard error of a clip's mean that the pose model brings, in the unit; the spread between people.
        event_error: standard error of a single event's value, in the unit.
        scaled: whether it hangs on the person's height.
    """

    views: frozenset[View]
    pose_error: float
    event_error: float
    scaled: bool = False

    def errors(self, motion: Motion) -> Errors:  # noqa: ARG002
        """What makes it unsure there."""
        return Errors(self.pose_error, self.event_error)


@dataclass(frozen=True, kw_only=True)
class Metric(OfEvents):
    """A metric read from a curve.

    Attributes:
        phase: when it is read in a step.
        per_yaw: change of the value per degree of camera yaw, in the unit.
        per_roll: the same for camera roll.
        timed: whether an error in the event's time moves the value.
        zeroed: whether, in repetitions, the person's own standing between them counts as zero, which takes off camera
            roll and what the pose model gets wrong in this person.
        hidden: how much larger `pose_error` and `event_error` are for the leg on the far side, in side views; at
            contact `HIDDEN_AT_CONTACT` unless another is given.
        of_leg: whether it hangs on the side's leg, so that it is as doubtful as that leg's points; so it is at contact
            and where `hidden` is given.
        repeated: what stands for `pose_error`, `event_error` and `per_yaw` in repetitions, where the leg bends deeper.
        clothed: the same in runners whose pelvis is seen by the edges of their clothes.
        curve: the metric itself.
    """

    phase: Phase
    per_yaw: float = 0.0
    per_roll: float = 0.0
    timed: bool = False
    zeroed: bool = False
    hidden: float = 1.0
    of_leg: bool = False
    repeated: Errors | None = None
    clothed: Errors | None = None
    curve: CurveFunction = _none_yet

    def errors(self, motion: Motion) -> Errors:
        """What makes it unsure there."""
        if self.repeated is not None and motion.activity is not Activity.RUNNING:
            return self.repeated
        if self.clothed is not None and by_clothes(motion):
            return self.clothed
        return Errors(self.pose_error, self.event_error, self.per_yaw)

    def __call__(self, curve: CurveFunction) -> CurveFunction:
        """Register a curve."""
        at_contact = self.phase is Phase.CONTACT
        hidden = HIDDEN_AT_CONTACT if at_contact and self.hidden == 1.0 else self.hidden
        _register(replace(self, name=curve.__name__, curve=curve, hidden=hidden, of_leg=self.of_leg or hidden != 1.0))
        return curve


@dataclass(frozen=True, kw_only=True)
class StepMetric(OfEvents):
    """A metric that each running step has one value of, such as how long the foot is on the ground.

    Attributes:
        per_contact_s: change of the value per second by which contacts are mistimed, in the unit.
        per_toe_off_s: the same for toe-offs.
        value: of one step, NaN where it was not seen.
    """

    per_contact_s: float = 0.0
    per_toe_off_s: float = 0.0
    value: StepFunction = _none_yet

    def __call__(self, value: StepFunction) -> StepFunction:
        """Register a function that measures one running step."""
        _register(replace(self, name=value.__name__, value=value))
        return value


@dataclass(frozen=True, kw_only=True)
class RepMetric(OfEvents):
    """A metric that each repetition has one value of, such as how long it takes to lower the body.

    Attributes:
        lower_is_worse: whether the smallest value shows best what there is to work on.
        hidden: as in `Metric`.
        value: of one repetition, NaN where it was not seen.
    """

    lower_is_worse: bool = False
    hidden: float = 1.0
    value: RepFunction = _none_yet

    def __call__(self, value: RepFunction) -> RepFunction:
        """Register a function that measures one repetition."""
        _register(replace(self, name=value.__name__, value=value))
        return value


@dataclass(frozen=True, kw_only=True)
class WholeMetric(Declared):
    """A metric read from the whole clip, such as cadence.

    Attributes:
        measure: the metric itself.
    """

    measure: WholeFunction = _none_yet

    def __call__(self, measure: WholeFunction) -> WholeFunction:
        """Register a function that measures the whole clip."""
        _register(replace(self, name=measure.__name__, measure=measure))
        return measure


EventMetric: TypeAlias = Metric | StepMetric | RepMetric
"""Has a value at each step or repetition of a side."""

AnyMetric: TypeAlias = EventMetric | WholeMetric

_METRICS: dict[str, AnyMetric] = {}


def _register(metric: AnyMetric) -> None:
    _METRICS[metric.name] = metric


def all_metrics() -> tuple[AnyMetric, ...]:
    """Every metric there is, by name; each module of this package that defines one is loaded."""
    import analyzer.metrics as room

    for module in iter_modules(room.__path__):
        import_module(f"analyzer.metrics.{module.name}")
    return tuple(_METRICS[name] for name in sorted(_METRICS))

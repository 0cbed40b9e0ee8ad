"""The criteria as typed data, read from ``criteria.toml``."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from typing import Any, Literal

from pydantic import Field, ValidationError

from analyzer.errors import CriteriaError
from analyzer.motion.types import Activity
from analyzer.tables import Table, read_toml


class Target(Table):
    """A training target: pass within ``pass_*``, missed beyond ``fail_*``, borderline between.

    ``up_to_mps`` is the running speed up to which it holds; an unknown speed is taken as easy. ``own`` marks a target
    that a coach has set.
    """

    activities: tuple[Activity, ...]
    unit: Literal["deg", "cm", "% leg", "%", "% height", "ratio", "s"]
    pass_low: float | None = None
    pass_high: float | None = None
    fail_low: float | None = None
    fail_high: float | None = None
    up_to_mps: float | None = None
    published: bool
    source: str
    own: bool = False

    def scaled(self, factor: float) -> Target:
        """The same target with every bound multiplied."""
        bounds = ("pass_low", "pass_high", "fail_low", "fail_high")
        return self.model_copy(update={b: v * factor for b in bounds if (v := getattr(self, b)) is not None})


class MetricCriteria(Table):
    """Words and targets of one metric.

    ``biased``: the pose model misses part of it in one direction, so that even a value far from the limits proves
    nothing while its interval is wide.
    """

    title: str
    chain: Literal["foot", "knee", "hip", "trunk", "rhythm"]
    digits: int
    weight: int
    meaning: str
    film: str
    say: dict[Literal["pass", "borderline", "fail", "info"], str]
    biased: bool = False
    limits: tuple[Target, ...] = ()


class Strike(Table):
    """Foot strike classes by the foot's angle."""

    rearfoot_above_deg: float
    forefoot_below_deg: float
    rearfoot: str
    midfoot: str
    forefoot: str
    unsure: str
    unsure_low: str


class StepUpWords(Table):
    """Why a side passed the step-up test or not; what stands in braces is filled in."""

    box: str
    missed: str
    not_judged: str
    too_few: str
    unseen: str
    borderline: str
    passed: str
    one: str
    several: str
    hesitated: str
    unjudged: str
    cut_off: str
    not_to_the_top: str
    verdict: str
    beside: str


class StepUpTest(Table):
    """The step-up test."""

    title: str
    title_strict: str
    needed: int
    borderline_allowed: int
    hesitation_s: float
    lowest_box_cm: float
    highest_box_cm: float
    judged: tuple[str, ...]
    decisive: tuple[str, ...]
    say: StepUpWords


class ScaleItemRule(Table):
    """An item of the step-down scale that a metric tells, with the most points that it can have."""

    title: str
    metric: str
    most: int


class StepDownScale(Table):
    """The published quality scale of the step-down."""

    title: str
    arms: str
    arm_lift_deg: float
    items: dict[str, ScaleItemRule]
    good_to: int
    medium_to: int
    good: str
    medium: str
    poor: str
    between: str
    source: str

    def grade(self, points: int) -> str:
        """The word for so many points."""
        return self.good if points <= self.good_to else self.medium if points <= self.medium_to else self.poor


class ScreenWords(Table):
    """Why a side passed the running screen or not; what stands in braces is filled in."""

    missed: str
    unseen: str
    borderline: str
    within: str
    within_some: str
    frontal_only: str
    sagittal_only: str


class RunningScreen(Table):
    """The running screen."""

    title: str
    frontal: tuple[str, ...]
    sagittal: tuple[str, ...]
    say: ScreenWords


class HeadlineWords(Table):
    """The first sentence of a report; what stands in braces is filled in."""

    step_ups_passed: str
    step_ups_missed: str
    step_ups_open: str
    running_missed: str
    running_missed_side: str
    running_within: str
    running_open: str
    counted: str
    cut_off: str
    held: str
    unseen: str
    other: str
    names: dict[Activity, str]


class SymmetryRules(Table):
    """From when a difference between left and right is told."""

    angle_deg: float
    index_percent: float
    noted: str
    alike: str
    side_view: str


class CadenceCardTable(Table):
    """Words and numbers of the cadence card."""

    title: str
    more_percent: tuple[float, ...]
    low_below: float
    slow_below_mps: float
    with_any_of: tuple[str, ...]
    consider: str
    leave: str
    laboratory: str
    source: str
    distance_km: float
    article_impacts: int
    impacts: str
    no_speed: str


class ExerciseFormWords(Table):
    """What is said of how an exercise was done; what stands in braces is filled in."""

    title: str
    missed: str
    borderline: str
    within: str
    unsure: str
    unseen: str
    counted: str
    held: str
    none: str
    missing: str
    other_view: str
    front: str
    side: str
    dose: str
    dose_proposed: str
    each_side: str
    never_seen: str
    cut_off: str
    broken_off: str
    touched_down: str
    touched_down_once: str
    eyes: str
    eyes_unknown: str
    few_frames: str
    name_it: str
    passed_headline: str
    missed_headline: str
    open_headline: str
    worth_work: str


class Guard(Table):
    """How sure a miss has to be, and what is said where nothing can be."""

    one_sided: float
    too_wide: str


class OwnLimitWords(Table):
    """What is said of limits that a coach has set; ``{what}``, ``{file}`` and ``{was}`` are filled in."""

    mark: str
    note: str
    source: str
    reason: str


class Own(Table):
    """A coach's own file: its name, the metrics whose limits it changes, and what it says, metric by metric."""

    file: str
    metrics: tuple[str, ...]
    asked: dict[str, Any] = Field(default_factory=dict)


class DocumentWords(Table):
    """Words of the criteria as a document: of verdicts, units, and what makes a number unsure."""

    verdicts: dict[Literal["pass", "borderline", "fail", "info"], str]
    units: dict[str, str]
    activities: dict[Activity, str]
    pose: str
    hidden: str
    leg: str
    yaw: str
    roll: str
    clothed: str
    repeated: str
    time: str
    scale: str
    spread: str
    zeroed: str
    readings: dict[str, str]
    legs: dict[str, str]
    seen_from: dict[str, str]
    loaded: str
    standing: str
    recognised: str
    unchecked: str


class Criteria(Table):
    """All criteria; ``own`` says whose limits they are, where a coach has changed some."""

    metric: dict[str, MetricCriteria]
    strike: Strike
    step_up_test: StepUpTest
    step_down_scale: StepDownScale
    running_screen: RunningScreen
    headline: HeadlineWords
    symmetry: SymmetryRules
    cadence_card: CadenceCardTable
    exercise_form: ExerciseFormWords
    guard: Guard
    own_limits: OwnLimitWords
    document: DocumentWords
    own: Own | None = None


@lru_cache(maxsize=1)
def load_criteria() -> Criteria:
    """The criteria that come with the package.

    Raises:
        CriteriaError: the file breaks its own rules.
    """
    try:
        room = files("analyzer.criteria")
        table = read_toml(room.joinpath("criteria.toml"))
        exercises = read_toml(room.joinpath("exercises.toml"))
        table |= {"metric": table["metric"] | exercises["metric"], "exercise_form": exercises["exercise_form"]}
        return Criteria.model_validate(table)
    except (ValidationError, ValueError) as error:
        raise CriteriaError(f"The criteria file cannot be used: {error}") from error

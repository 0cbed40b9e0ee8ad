"""The exercises as typed data, read from ``exercises.toml``."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from typing import Literal, TypeAlias

from pydantic import ValidationError

from analyzer.errors import CriteriaError
from analyzer.motion.types import FRONTAL, SAGITTAL, Activity, View
from analyzer.tables import Table, read_toml

SignalName: TypeAlias = Literal[
    "hips_down", "hips_up", "trunk_pitch", "feet_apart", "feet_clear", "both_up", "thigh_raised", "stillness"
]
CurveName: TypeAlias = Literal[
    "knee_bend", "hip_bend", "trunk_forward", "head_line", "hands_from_shins", "hands_height", "hands_over_head",
    "shin_inward", "shin_forward", "stance_over_hips", "hips_beside_feet", "hips_line", "knees_over_ankles",
    "knee_over_toe", "pelvic_drop", "heel_height", "hips_over_foot", "thigh_level",
]  # fmt: skip
SideRule: TypeAlias = Literal["both", "front_knee", "standing_foot", "travel", "same", "low_foot"]


class Phase(Table):
    """What a repetition is: a stretch in which a physical quantity leaves rest and comes back.

    Attributes:
        signal: the quantity; see `analyzer.exercises.signals`.
        least: how far it has to go for anything to count, in the quantity's unit.
        natural_zero: whether the quantity is zero at rest, so that ``least`` and half of it are the thresholds
            themselves; else they are shares of how far it goes in the clip.
        side: whose repetition it is.
        bounds: where it begins and ends: where the movement comes to rest, or where a threshold is crossed.
        hold: whether it is a time to be held, which the clip may cut off.
        alone: of repetitions on one leg and on both only one kind counts.
        shortest_s: what takes less is none.
        because: the physical reason for the threshold.
    """

    signal: SignalName
    least: float
    natural_zero: bool
    side: SideRule
    bounds: Literal["settled", "crossing"]
    hold: bool = False
    alone: Literal["one_leg", "both_legs"] | None = None
    shortest_s: float = 0.3
    because: str


class Dose(Table):
    """How much, as the articles say it; ``proposed`` where they do not and the numbers are this project's."""

    low: float
    high: float
    unit: Literal["repetitions", "s"]
    each_side: bool
    proposed: bool
    source: str


class Exercise(Table):
    """One exercise.

    Attributes:
        title: its name, and ``many`` the same for several repetitions.
        programme: its names in the programme.
        phase: what counts; None where `analyzer.motion` recognises and counts it by itself.
        checks: what its form is held against, in order of weight: metrics and quantities by name.
        film: how to film it.
        cues: hints on form.
        unseen: what no phone sees of it.
        dose: how much.
        eyes: whether it is told if the eyes were open.
        source: the article that names it.
    """

    title: str
    many: str
    programme: tuple[str, ...] = ()
    phase: Phase | None = None
    checks: tuple[str, ...]
    film: str
    cues: tuple[str, ...]
    unseen: tuple[str, ...]
    dose: Dose | None = None
    eyes: bool = False
    source: str

    @property
    def quick(self) -> bool:
        """Whether it takes fractions of a second."""
        return self.phase is not None and self.phase.shortest_s < 0.3


class Quantity(Table):
    """Something read from a curve at each repetition; its words and limits are in the criteria.

    Attributes:
        curve: which one; see `analyzer.exercises.curves`.
        unit: of it.
        seen_from: views that show it; ``askew`` is any but the front and the back, where something better is there.
        reading: at the turn, its largest or smallest lasting value, the one furthest from zero either way, how far it
            goes, its median, or its standard deviation.
        legs: of which leg: the repetition's own, each of them at every repetition, or of the whole body.
        loaded: whether it is read only while the legs carry, else over the whole repetition.
        zeroed: whether the person's own standing counts as zero.
        pose_error: standard error of a clip's value, in the unit.
        event_error: the same of a single reading.
        because: where both come from.
    """

    curve: CurveName
    unit: Literal["deg", "cm", "% height", "ratio"]
    seen_from: Literal["front", "side", "any", "askew"]
    reading: Literal["turn", "most", "least", "furthest", "change", "median", "spread"]
    legs: Literal["own", "each", "body"]
    loaded: bool = False
    zeroed: bool = False
    pose_error: float
    event_error: float
    because: str

    @property
    def views(self) -> frozenset[View]:
        """From which it is seen."""
        return {"front": FRONTAL, "side": SAGITTAL, "any": frozenset(View), "askew": frozenset(View) - FRONTAL}[
            self.seen_from
        ]


class Exercises(Table):
    """The whole table."""

    exercise: dict[Activity, Exercise]
    quantity: dict[str, Quantity]


@lru_cache(maxsize=1)
def load_exercises() -> Exercises:
    """The exercises that come with the package.

    Raises:
        CriteriaError: the file breaks its own rules.
    """
    try:
        return Exercises.model_validate(read_toml(files("analyzer.exercises").joinpath("exercises.toml")))
    except (ValidationError, ValueError) as error:
        raise CriteriaError(f"The table of exercises cannot be used: {error}") from error

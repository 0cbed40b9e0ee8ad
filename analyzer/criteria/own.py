"""A coach's own limits: a small file that changes limits which are there already, and nothing else.

The file has one table for each metric and movement, such as ``[knee_valgus.running]``, with the limits that differ.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import pairwise
from math import isfinite
from pathlib import Path
from typing import Final

from analyzer.criteria.describe import target_words
from analyzer.criteria.tables import Criteria, MetricCriteria, Own, Target, load_criteria
from analyzer.errors import CriteriaError
from analyzer.motion.types import Activity
from analyzer.tables import read_toml

BOUNDS: Final = ("fail_low", "pass_low", "pass_high", "fail_high")
"""In the order in which they have to rise."""
SOURCE: Final = "source"


@dataclass(frozen=True)
class Place:
    """Where in the coach's file something stands."""

    file: str
    metric: str
    activity: str = ""

    def wrong(self, what: str) -> CriteriaError:
        """The error that names the place."""
        table = f"{self.metric}.{self.activity}" if self.activity else self.metric
        return CriteriaError(f"{self.file}, [{table}]: {what}")


def read_own_limits(path: Path) -> Criteria:
    """Stridecheck's criteria with the limits of a coach's file in place of its own.

    Raises:
        CriteriaError: the file cannot be read, or asks for something that cannot be; says what and what to do.
    """
    try:
        asked = read_toml(path)
    except OSError as error:
        raise CriteriaError(f"{path} cannot be read ({error.strerror or error}); check the name.") from error
    except ValueError as error:
        raise CriteriaError(
            f"{path.name} is not TOML ({error}); write a line such as [knee_valgus.running], and below it "
            "pass_high = 8.0."
        ) from error
    return with_own_limits(load_criteria(), asked, path.name)


def with_own_limits(criteria: Criteria, asked: Mapping[str, object], file: str) -> Criteria:
    """The criteria with other limits; ``asked`` holds, by metric and movement, the bounds that differ.

    Raises:
        CriteriaError: an unknown name, a limit that is not there, or limits that contradict each other.
    """
    if not asked:
        raise CriteriaError(f"{file} sets no limits; write a line such as [knee_valgus.running], and below it "
                            "pass_high = 8.0, or leave --criteria out.")  # fmt: skip
    changed = {name: _changed(criteria, Place(file, name), tables) for name, tables in asked.items()}
    return criteria.model_copy(
        update={
            "metric": {**criteria.metric, **changed},
            "own": Own(file=file, metrics=tuple(changed), asked=dict(asked)),
        }
    )


def _changed(criteria: Criteria, place: Place, tables: object) -> MetricCriteria:
    words = criteria.metric.get(place.metric)
    if words is None:
        near = get_close_matches(place.metric, criteria.metric, n=1)
        meant = f"; did you mean {near[0]}?" if near else ";"
        raise place.wrong(f"there is no metric of this name{meant} stridecheck criteria lists them all.")
    if not words.limits:
        raise place.wrong("this metric is for information only, so it has no limits to change; leave it out.")
    if not isinstance(tables, Mapping) or not tables:
        raise place.wrong(f"name the movement too, such as [{place.metric}.{words.limits[0].activities[0].value}].")
    left = list(words.limits)
    own = []
    for name, bounds in tables.items():
        here = Place(place.file, place.metric, name)
        activity = _activity(words, here)
        target = next(each for each in words.limits if activity in each.activities)
        own.append(_own_target(target, activity, bounds, here, criteria))
        left = [_without(each, activity) for each in left]
    return words.model_copy(update={"limits": (*own, *(each for each in left if each.activities))})


def _activity(words: MetricCriteria, place: Place) -> Activity:
    known = {activity.value: activity for target in words.limits for activity in target.activities}
    found = known.get(place.activity.replace("-", "_"))
    if found is None:
        raise place.wrong(f"there are limits for {' and '.join(known)} only; use one of these names.")
    return found


def _own_target(target: Target, activity: Activity, bounds: object, place: Place, criteria: Criteria) -> Target:
    has = [bound for bound in BOUNDS if getattr(target, bound) is not None]
    if not isinstance(bounds, Mapping) or not bounds:
        raise place.wrong(f"it sets nothing; give {' or '.join(has)}.")
    for key in bounds:
        if key not in (*has, SOURCE):
            raise place.wrong(f"{key} cannot be set here; it has {', '.join(has)} and source.")
    reason = bounds.get(SOURCE, "")
    if not isinstance(reason, str):
        raise place.wrong("source has to be text in quotation marks.")
    values = {key: _number(value, key, place) for key, value in bounds.items() if key != SOURCE}
    if not values:
        raise place.wrong(f"it sets no limit; give {' or '.join(has)}.")
    words, was = criteria.own_limits, target_words(target)
    source = (words.reason if reason else words.source).format(reason=reason, file=place.file, was=was)
    own = target.model_copy(
        update={**values, "activities": (activity,), "published": False, "own": True, SOURCE: source}
    )
    _in_order(own, place)
    return own


def _number(value: object, key: str, place: Place) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not isfinite(value):
        raise place.wrong(f"{key} has to be a number, such as {key} = 8.0.")
    return float(value)


def _in_order(target: Target, place: Place) -> None:
    """What misses the target has to lie beyond what passes."""
    known = [(bound, value) for bound in BOUNDS if (value := getattr(target, bound)) is not None]
    for (low, lower), (high, higher) in pairwise(known):
        if lower >= higher:
            raise place.wrong(f"{low} ({lower:g}) has to be below {high} ({higher:g}); change one of them.")


def _without(target: Target, activity: Activity) -> Target:
    return target.model_copy(update={"activities": tuple(each for each in target.activities if each is not activity)})

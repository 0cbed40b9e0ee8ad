"""Limits and wording of the quality verdict as typed data, read from ``quality.toml``."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files

from pydantic import Field, ValidationError

from analyzer.errors import CriteriaError
from analyzer.filmed import Caution
from analyzer.tables import Table, read_toml


class Grade(Table):
    """From where on a clip is only usable, or poor."""

    poor_tracked: float
    poor_repaired: float
    poor_feet: float
    usable_tracked: float
    usable_repaired: float
    source: str


class Warned(Table):
    """One thing to be cautious about."""

    message: str
    advice: str
    source: str
    limits: dict[str, float] = Field(default_factory=dict)
    words: dict[str, str] = Field(default_factory=dict)


class QualityTable(Table):
    """Everything about quality."""

    grade: Grade
    warning: dict[str, Warned]

    def limit(self, code: str, name: str) -> float:
        """A limit of a warning."""
        return self.warning[code].limits[name]

    def word(self, code: str, name: str, **values: float | str) -> str:
        """A part of a sentence that depends on the clip, filled in."""
        return self.warning[code].words[name].format(**values)

    def caution(self, code: str, **values: float | str) -> Caution:
        """The warning's sentences, filled in."""
        said = self.warning[code]
        return Caution(code=code, message=said.message.format(**values), advice=said.advice.format(**values))


@lru_cache(maxsize=1)
def load_quality() -> QualityTable:
    """The limits and words that come with the package.

    Raises:
        CriteriaError: the file breaks its own rules.
    """
    try:
        return QualityTable.model_validate(read_toml(files("analyzer.criteria").joinpath("quality.toml")))
    except (ValidationError, ValueError) as error:
        raise CriteriaError(f"The quality file cannot be used: {error}") from error

"""What came of the questionnaire, as options and the assessment keep it."""

from __future__ import annotations

from analyzer.schema import Model, Number


class RedFlag(Model):
    """Something the person said that a professional should look at first."""

    name: str
    said: str
    advice: str
    urgent: bool = False


class Intake(Model):
    """What came of the questionnaire: the flags that were raised, and how many questions were left open."""

    flags: tuple[RedFlag, ...] = ()
    unanswered: int = 0
    pain_now: Number | None = None

"""The questionnaire before the analysis: answers raise flags, and a raised flag comes before everything else."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from analyzer.assessment import Assessment
from analyzer.errors import IntakeError
from analyzer.measured import RepInfo
from analyzer.planned import Plan
from analyzer.safety.flags import Intake, RedFlag
from analyzer.tables import Table, read_toml
from analyzer.verdicts import Verdict


class Words(Table):
    """What the report says; ``{count}`` is filled in."""

    headline: str
    urgent_headline: str
    why: str
    reason: str
    plan: str
    open: str
    advice: str
    urgent_advice: str


class Flag(Table):
    """A question with yes or no; ``checked`` tells whether a source was read for it."""

    ask: str
    said: str
    source: str
    urgent: bool = False
    checked: bool = True


class Scale(Table):
    """A question with a number, which raises a flag above a value; ``{value}`` is filled in."""

    ask: str
    low: float
    high: float
    raises_above: float
    said: str
    source: str
    checked: bool = True


class Questionnaire(Table):
    """All questions."""

    words: Words
    flag: dict[str, Flag]
    number: dict[str, Scale]


@lru_cache(maxsize=1)
def load_questionnaire() -> Questionnaire:
    """The questions that come with the package."""
    return Questionnaire.model_validate(read_toml(files("analyzer.safety").joinpath("intake.toml")))


def blank() -> str:
    """A questionnaire to fill in, as TOML; nothing is answered beforehand."""
    questions = load_questionnaire()
    lines = ["# Answer with true or false; leave out what you do not know.", ""]
    for name, flag in questions.flag.items():
        lines += [f"# {flag.ask}", f"# {name} = false", ""]
    for name, scale in questions.number.items():
        lines += [f"# {scale.ask}", f"# {name} = 0", ""]
    return "\n".join(lines)


def read_intake(path: Path) -> Intake:
    """The flags that a file of answers raises.

    Raises:
        IntakeError: the file cannot be read, asks nothing we know, or answers a question with something else.
    """
    try:
        answers = read_toml(path)
    except OSError as error:
        raise IntakeError(f"{path} cannot be read ({error.strerror or error}); check the name.") from error
    except ValueError as error:
        raise IntakeError(
            f"{path.name} is not TOML ({error}); write lines such as gives_way = false, or begin with the output of "
            "stridecheck intake."
        ) from error
    return intake_of(answers, path.name)


def intake_of(answers: dict[str, object], source: str = "The answers") -> Intake:
    """The flags that answers raise; ``answers`` holds true, false or a number by question.

    Raises:
        IntakeError: an unknown question, or an answer that does not fit it.
    """
    questions = load_questionnaire()
    unknown = sorted(answers.keys() - questions.flag.keys() - questions.number.keys())
    if unknown:
        raise IntakeError(f"{source}: {unknown[0]} is not one of the questions; stridecheck intake prints them all.")
    raised = [
        RedFlag(name=name, said=flag.said, advice=_advice(questions.words, flag.urgent), urgent=flag.urgent)
        for name, flag in questions.flag.items()
        if _yes(answers, name, source)
    ]
    values = {name: _value(answers, name, scale, source) for name, scale in questions.number.items()}
    for name, scale in questions.number.items():
        value = values[name]
        if value is not None and value > scale.raises_above:
            said = scale.said.format(value=f"{value:g}")
            raised.append(RedFlag(name=name, said=said, advice=_advice(questions.words, urgent=False)))
    return Intake(
        flags=tuple(sorted(raised, key=lambda flag: not flag.urgent)),
        unanswered=len(questions.flag) + len(questions.number) - len(answers),
        pain_now=values.get("pain_now"),
    )


def _yes(answers: dict[str, object], name: str, source: str) -> bool:
    answer = answers.get(name, False)
    if not isinstance(answer, bool):
        raise IntakeError(f"{source}: answer {name} with true or false.")
    return answer


def _value(answers: dict[str, object], name: str, scale: Scale, source: str) -> float | None:
    answer = answers.get(name)
    if answer is None:
        return None
    if isinstance(answer, bool) or not isinstance(answer, (int, float)) or not scale.low <= answer <= scale.high:
        raise IntakeError(f"{source}: answer {name} with a number from {scale.low:g} to {scale.high:g}.")
    return float(answer)


def _advice(words: Words, urgent: bool) -> str:
    return words.urgent_advice if urgent else words.advice


def with_intake(assessment: Assessment, intake: Intake) -> Assessment:
    """The assessment with the answers; where a flag is raised, without verdicts, tests, plan and advice.

    The numbers stay, because a professional may want them.
    """
    if not intake.flags:
        return assessment.model_copy(update={"intake": intake})
    words = load_questionnaire().words
    urgent = any(flag.urgent for flag in intake.flags)
    measurements = tuple(
        measurement.model_copy(update={"verdict": Verdict.INFO, "reason": words.reason, "sentence": "", "limits": None})
        if measurement.value is not None
        else measurement
        for measurement in assessment.measurements
    )
    return assessment.model_copy(
        update={
            "headline": words.urgent_headline if urgent else words.headline,
            "measurements": measurements,
            "reps": tuple(_unjudged(rep) for rep in assessment.reps),
            "tests": (),
            "scales": (),
            "plan": Plan(withheld=words.plan),
            "cadence_card": None,
            "own_limits": None,
            "intake": intake,
        }
    )


def _unjudged(rep: RepInfo) -> RepInfo:
    return rep.model_copy(update={"verdict": Verdict.NOT_MEASURED, "reasons": ()})

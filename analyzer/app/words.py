"""What is a page's own, and how jobs and results are said on it."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined

from analyzer.app.jobs import Job, State
from analyzer.app.library import Client, Result
from analyzer.overlay.palette import HEX, WORDS
from analyzer.report.page import activity_text
from analyzer.report.plan_page import day_text
from analyzer.report.words import load_words
from analyzer.schema import Model

STATES = {
    State.UPLOADING: "Uploading",
    State.QUEUED: "Waiting",
    State.RUNNING: "At work",
    State.DONE: "Done",
    State.FAILED: "Not analysed",
    State.CANCELLED: "Cancelled",
}


class JobCard(Model):
    """A job as the page shows it; ``result`` is the number of what came of it."""

    id: str
    file: str
    person: str
    state: State
    word: str
    stage: str
    share: float
    said: str
    result: str


def job_card(job: Job, result: str) -> JobCard:
    """A job for the page: what was typed, and no place on the disk."""
    return JobCard(
        id=job.id,
        file=job.wish.file,
        person=job.wish.person,
        state=job.state,
        word=STATES[job.state],
        stage=job.stage,
        share=round(job.share, 3),
        said=job.said,
        result=result,
    )


@lru_cache(maxsize=1)
def environment() -> Environment:
    """The page's templates."""
    made = Environment(
        loader=ChoiceLoader([PackageLoader("analyzer.app"), PackageLoader("analyzer.report")]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals["colours"] = {verdict.value: code for verdict, code in HEX.items()}
    made.filters["said"] = result_text
    made.filters["day"] = day_text
    made.filters["counted"] = lambda client: _counted(client)
    made.filters["verdict"] = lambda look: WORDS[look]
    return made


def result_text(result: Result) -> str:
    """What a clip shows, from where, and when."""
    return f"{activity_text(result.activity)}, filmed {load_words().views[result.view]}, {day_text(result.day)}"


def _counted(client: Client) -> str:
    number = len(client.results)
    return "1 clip" if number == 1 else f"{number} clips"


@lru_cache(maxsize=1)
def style() -> str:
    """The look that the page shares with the reports."""
    return files("analyzer.report").joinpath("templates/style.css").read_text(encoding="utf-8")


@lru_cache(maxsize=1)
def signs() -> str:
    """The verdicts' symbols as a picture of its own."""
    text = environment().get_template("signs.html.j2").render()
    return text.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1).replace(
        ' style="position:absolute"', ""
    )

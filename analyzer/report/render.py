"""From an assessment to the text of ``report.html``."""

from __future__ import annotations

from functools import lru_cache
from pathlib import PurePath

from jinja2 import Environment, PackageLoader, StrictUndefined

from analyzer.assessment import Assessment
from analyzer.overlay.palette import HEX
from analyzer.report.page import Pictures, page_of
from analyzer.safety.intake import load_questionnaire


@lru_cache(maxsize=1)
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("analyzer.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["file_name"] = lambda path: PurePath(path.replace("\\", "/")).name
    environment.globals["colours"] = {verdict.value: code for verdict, code in HEX.items()}
    environment.globals["safety"] = load_questionnaire().words
    return environment


def render_report(assessment: Assessment, pictures: Pictures) -> str:
    """One self-contained page: no script, nothing fetched from anywhere.

    Args:
        assessment: what to report.
        pictures: key frames as JPEG, by metric and side; findings without one go without.
    """
    template = _environment().get_template("report.html.j2")
    return template.render(page=page_of(assessment, pictures))

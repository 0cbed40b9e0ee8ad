"""From an assessment to the text of ``report.html``."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import PurePath

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from analyzer.assessment import Assessment
from analyzer.overlay.palette import HEX
from analyzer.report.compiled import CompiledTemplates
from analyzer.report.deciders import NO_PICTURES
from analyzer.report.findings import Pictures
from analyzer.report.page import page_of
from analyzer.safety.intake import load_questionnaire


@lru_cache(maxsize=1)
def environment() -> Environment:
    """The templates, with what all pages share."""
    made = Environment(
        loader=PackageLoader("analyzer.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        bytecode_cache=CompiledTemplates(),
    )
    made.filters["file_name"] = lambda path: PurePath(path.replace("\\", "/")).name
    made.filters["whole"] = _whole
    made.filters["options_whole"] = _options_whole
    made.globals["colours"] = {verdict.value: code for verdict, code in HEX.items()}
    made.globals["safety"] = load_questionnaire().words
    return made


def _whole(value: float) -> str:
    """A whole number, with narrow spaces between thousands."""
    return f"{value:,.0f}".replace(",", "\N{NARROW NO-BREAK SPACE}")


def _options_whole(text: str) -> Markup:
    """A sentence whose options, such as ``--activity``, no line's end parts."""
    return Markup(re.sub(r"--[a-z-]+", r'<span class="option">\g<0></span>', str(escape(text))))


def render_report(
    assessment: Assessment,
    pictures: Pictures,
    people: bytes = b"",
    beside: Sequence[str] = (),
    decided: Mapping[str, bytes] = NO_PICTURES,
) -> str:
    """One self-contained page: no script, nothing fetched from anywhere.

    Args:
        assessment: what to report.
        pictures: key frames as JPEG, by metric and side; findings without one go without.
        people: who was seen, as JPEG; empty where there was only one person.
        beside: names of the files that lie beside the page, to link to.
        decided: repetitions that decided a test, as JPEG, by the names of their pictures.
    """
    template = environment().get_template("report.html.j2")
    return template.render(page=page_of(assessment, pictures, people, beside, decided))

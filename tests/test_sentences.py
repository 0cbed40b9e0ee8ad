"""Every sentence that a client may read, from data, templates, code and whole pages, against the list of words."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache
from html import unescape
from pathlib import Path

import pytest

import analyzer
from analyzer.compare.history import history_of
from analyzer.compare.trial import compare_clips
from analyzer.compare.types import Role
from analyzer.program.calendar import dated
from analyzer.report.compare_page import render_comparison
from analyzer.report.history_page import render_history
from analyzer.report.render import render_report
from analyzer.safety.intake import blank, intake_of, load_questionnaire, with_intake
from analyzer.tables import tomllib  # the standard library has it from Python 3.11 on
from tests.compare.clips import around, clip_of, labelled, values
from tests.program.test_plan import MISSED, WELL, climbing, plan
from tests.report import samples

PACKAGE = Path(analyzer.__file__).parent
WORDS = tomllib.loads((Path(__file__).parent / "words.toml").read_text(encoding="utf-8"))
AVOID = [(re.compile(entry["words"], re.IGNORECASE), entry["why"]) for entry in WORDS["avoid"]]
AMERICAN = [(re.compile(entry["american"], re.IGNORECASE), entry["british"]) for entry in WORDS["british"]]
ALLOWED = [entry["text"] for entry in WORDS["allow"]]

NOT_SHOWN = {"source", "articles", "article", "activities", "file_words"}
"""Keys of data that hold names of sources or of data."""
NAMES = re.compile(r"stridecheck \w+|\banalyze --|`[^`]*`|\(\.\./[^)]*\)|analyzer\.\w+|^# \w+ = \w+$", re.MULTILINE)
"""Of commands, files, modules and questions, which are no wording."""
TODAY = date(2026, 3, 1)


def of_data() -> Iterator[tuple[str, str]]:
    for path in sorted(PACKAGE.rglob("*.toml")):
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        yield from ((path.name, text) for text in _texts(table))


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            if key not in NOT_SHOWN and not key.endswith("file_words"):
                yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)


def of_templates() -> Iterator[tuple[str, str]]:
    for path in sorted(PACKAGE.rglob("*.j2")):
        source = re.sub(r"{%.*?%}|{{.*?}}", " ", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        yield path.name, _plain(source)


@cache
def of_code() -> tuple[tuple[str, str], ...]:
    """Strings of three words and more; docstrings and comments are no client's."""
    return tuple(_of_code())


def _of_code() -> Iterator[tuple[str, str]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        told = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        for node in ast.walk(tree):
            text = node.value if isinstance(node, ast.Constant) and id(node) not in told else None
            if isinstance(text, str) and len(text.split()) > 2:
                yield path.name, text


def _plain(html: str) -> str:
    html = re.sub(r"<(style|svg)\b.*?</\1>", " ", html, flags=re.DOTALL)
    labels = re.findall(r'(?:alt|aria-label|title)="([^"]*)"', html)
    return " ".join(unescape(" ".join([re.sub(r"<[^>]+>", " ", html), *labels])).split())


@cache
def pages() -> tuple[tuple[str, str], ...]:
    """Whole pages as a client gets them: reports with each kind of plan and with red flags, a trial, a history."""
    reports = {
        name: render_report(made.model_copy(update={"plan": dated(found, TODAY)}), {})
        for name, made, found in (
            ("front", samples.front_run(), plan(MISSED)), ("side", samples.side_run(), plan(WELL)),
            ("step-ups", samples.step_ups(), climbing()),
        )
    }  # fmt: skip
    yes = intake_of(dict.fromkeys(load_questionnaire().flag, True))
    reports["flags"] = render_report(with_intake(samples.front_run(), yes), {})
    return (*((name, _plain(page)) for name, page in reports.items()), ("questions", blank()))


def compared(folder: Path) -> Iterable[tuple[str, str]]:
    clips = [
        clip_of(values("knee_valgus", around(at)), mark=mark) for at, mark in ((12.0, "a"), (4.0, "b"), (18.0, "c"))
    ]
    roles = (Role.BASELINE, Role.HIPS, Role.FEET)
    trial = compare_clips([labelled(clip, role, 5.0) for clip, role in zip(clips, roles, strict=True)], TODAY)
    for clip, day in zip(clips, ("2026-01-01", "2026-02-01", "2026-03-01"), strict=True):
        (folder / day).mkdir()
        (folder / day / "assessment.json").write_text(clip.to_json(), encoding="utf-8")
    yield "trial", _plain(render_comparison(trial))
    yield "history", _plain(render_history(history_of(folder, TODAY)))


def offences(texts: Iterable[tuple[str, str]], rules: list[tuple[re.Pattern[str], str]]) -> list[str]:
    found = []
    for where, text in texts:
        for allowed in ALLOWED:
            text = text.replace(allowed, "")
        text = NAMES.sub("", text)
        for rule, why in rules:
            found += [
                f"{where}: {text[max(0, hit.start() - 40) : hit.end() + 30]!r}: {why}" for hit in rule.finditer(text)
            ]
    return found


SHOWN = {"data": of_data, "templates": of_templates, "pages": pages}


@pytest.mark.parametrize("kind", SHOWN)
def test_nothing_shown_to_a_client_diagnoses_frightens_or_promises(kind: str) -> None:
    assert offences(SHOWN[kind](), AVOID) == []


@pytest.mark.parametrize("kind", [*SHOWN, "code"])
def test_spelling_is_british_throughout(kind: str) -> None:
    assert offences({**SHOWN, "code": of_code}[kind](), AMERICAN) == []


def test_comparisons_and_histories_keep_to_the_words_too(tmp_path: Path) -> None:
    texts = list(compared(tmp_path))
    assert offences(texts, AVOID) == []
    assert offences(texts, AMERICAN) == []


def test_the_list_finds_what_it_should() -> None:
    for said in ("a high injury risk", "an abnormal knee", "diagnosed", "weak hips", "this heals the knee"):
        assert offences([("here", said)], AVOID), said
    for said in ("analyze the clip", "recognized", "labeled", "the center", "color", "two meters", "toward it"):
        assert offences([("here", said)], AMERICAN), said
    for said in ("the size of the sizes", "analyse", "recognised", "centimetres", "the brisk pace", "exercise"):
        assert not offences([("here", said)], AVOID + AMERICAN), said


def test_all_four_sources_are_read() -> None:
    assert all(len(list(found())) > 5 for found in (of_data, of_templates, of_code))
    assert all(len(text) > 400 for _, text in pages())

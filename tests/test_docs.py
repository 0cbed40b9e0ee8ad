"""README and docs: what is made from the code is not stale, links lead somewhere, commands exist."""

from __future__ import annotations

import ast
import json
import re
import runpy
import shlex
from pathlib import Path
from xml.etree import ElementTree

import pytest
import typer
from typer.testing import CliRunner

import analyzer
from analyzer.assessment import Assessment, json_schema
from analyzer.cli import app
from analyzer.criteria.document import criteria_document
from analyzer.criteria.tables import load_criteria
from analyzer.exercises.tables import Exercise
from analyzer.folder import OURS
from analyzer.metrics.measure import measure_one
from analyzer.metrics.registry import _METRICS, all_metrics
from analyzer.motion.types import View
from analyzer.tables import read_toml
from tests.motion import figures

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
PAGES = [README, ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md")), ROOT / "sample_videos" / "README.md"]
LARGEST_PICTURE_BYTES = 250_000
LARGEST_DRAWING_BYTES = 10_000
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
OF_EXPORT = {"--to"}
OF_BATCH = {"--watch"}


def readme() -> str:
    return README.read_text(encoding="utf-8")


def test_the_published_schema_is_not_stale():
    published = json.loads((ROOT / "docs" / "assessment.schema.json").read_text(encoding="utf-8"))

    assert published == json_schema(), "make docs brings it up to date"


def test_the_criteria_as_a_document_are_not_stale():
    published = (ROOT / "docs" / "criteria.md").read_text(encoding="utf-8")

    assert published == criteria_document(load_criteria()), "make docs brings it up to date"


def test_the_readme_table_is_not_stale():
    script = runpy.run_path(str(ROOT / "scripts" / "readme_table.py"))

    assert script["renewed"](readme()) == readme(), "make docs brings it up to date"


@pytest.mark.parametrize("metric", all_metrics(), ids=lambda metric: metric.name)
def test_the_readme_tells_of_every_metric(metric):
    (row,) = (line for line in readme().splitlines() if line.startswith("|") and f"`{metric.name}`" in line)
    what, film, when, usual, *_ = (cell.strip() for cell in row.strip("|").split("|"))

    assert what
    assert film
    assert when
    assert usual


def numbers_page(monkeypatch) -> dict:
    monkeypatch.syspath_prepend(str(ROOT / "scripts"))
    return runpy.run_path(str(ROOT / "scripts" / "numbers_page.py"))


def test_the_page_of_numbers_is_not_stale(monkeypatch):
    published = (ROOT / "docs" / "numbers.md").read_text(encoding="utf-8")

    assert published == numbers_page(monkeypatch)["page"](), "make docs brings it up to date"


def test_the_page_of_numbers_tells_of_every_metric_and_every_key_of_an_assessment():
    published = (ROOT / "docs" / "numbers.md").read_text(encoding="utf-8")
    keys = {key for shape in [json_schema(), *json_schema()["$defs"].values()] for key in shape.get("properties", {})}

    assert [each.name for each in all_metrics() if published.count(f"(`{each.name}`,") != 1] == []
    assert [key for key in sorted(keys) if f"`{key}`" not in published] == []


def test_a_changed_limit_makes_the_table_stale():
    script = runpy.run_path(str(ROOT / "scripts" / "readme_table.py"))
    old = readme()
    row = next(line for line in old.splitlines() if "`knee_valgus`" in line)

    assert script["renewed"](old.replace(row, row.replace("missed above", "missed beyond"))) == old


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_lead_to_files(page):
    links = re.findall(r"\]\(([^)#\s]+)\)", page.read_text(encoding="utf-8"))
    local = [link for link in links if not link.startswith("https://")]

    assert [link for link in local if not (page.parent / link).exists()] == []


def test_the_drawings_are_small_adapt_to_the_dark_and_say_what_they_show():
    drawings = sorted((ROOT / "docs" / "drawings").iterdir())
    guide = (ROOT / "docs" / "filming.md").read_text(encoding="utf-8")

    for drawing in drawings:
        text = drawing.read_text(encoding="utf-8")
        assert len(text) < LARGEST_DRAWING_BYTES
        assert "prefers-color-scheme: dark" in text
        assert ElementTree.fromstring(text).find("{http://www.w3.org/2000/svg}title").text
        assert f"](drawings/{drawing.name})" in guide
    assert len(drawings) == len(re.findall(r"!\[", guide))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_commands_in_code_are_understood(page):
    commands = typer.main.get_command(app).commands
    for typed in re.findall(r"^    stridecheck ([^>|#\n]+)", page.read_text(encoding="utf-8"), flags=re.MULTILINE):
        name, *words = shlex.split(typed.replace("…", ""))
        command = commands[name]
        if hasattr(command, "commands"):
            name, *words = words
            command = command.commands[name]
        with command.make_context(name, words) as context:
            assert not context.args


def test_the_commands_page_tells_of_every_command():
    told = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")

    assert [name for name in typer.main.get_command(app).commands if f"`{name}`" not in told] == []


@pytest.mark.parametrize("table", re.findall(r"```toml\n(.*?)```", CONTRIBUTING, flags=re.DOTALL))
def test_the_example_of_an_exercise_has_the_keys_that_there_are(table, tmp_path):
    (tmp_path / "example.toml").write_text(table, encoding="utf-8")
    (example,) = read_toml(tmp_path / "example.toml")["exercise"].values()

    assert Exercise.model_validate(example)


def test_the_example_of_a_metric_can_be_measured():
    (source,) = re.findall(r"```python\n(.*?)```", CONTRIBUTING, flags=re.DOTALL)
    module: dict = {"__name__": "shin_splay"}
    try:
        exec(compile(source, "shin_splay.py", "exec"), module)
        (mine,) = (each for each in all_metrics() if each.name == "shin_splay")
        motion = figures.shown(figures.run(figures.Runner(duration_s=3.0)), View.FRONT)
        left, right = measure_one(mine, motion)
    finally:
        _METRICS.pop("shin_splay", None)

    assert left.value is not None
    assert right.value is not None


def test_the_api_reference_is_made_without_a_warning(tmp_path):
    pytest.importorskip("pdoc", reason="pdoc is not installed")
    script = runpy.run_path(str(ROOT / "scripts" / "api_reference.py"))

    assert {"analyzer", "analyzer.exports", "analyzer.pipeline"} <= set(script["modules"]())
    script["write"](tmp_path, ["analyzer.exports"])
    assert "Joint angles over the clip" in (tmp_path / "analyzer" / "exports" / "angles.html").read_text(
        encoding="utf-8"
    )


def test_pictures_are_small():
    pictures = sorted((ROOT / "docs" / "pictures").iterdir())

    assert pictures
    assert [p.name for p in pictures if p.stat().st_size > LARGEST_PICTURE_BYTES] == []
    assert [p.name for p in pictures if p.name not in readme()] == []


@pytest.mark.parametrize(
    "command",
    [(), ("analyze",), ("batch",), ("export",), ("models",)],
    ids=lambda command: " ".join(command) or "itself",
)
def test_every_option_in_the_readme_is_one(command):
    run = CliRunner().invoke(app, [*command, "--help"], env={"COLUMNS": "200"})
    spoken = {
        "": set(re.findall(r"stridecheck (\w+)", readme())) - {"is"},
        "analyze": set(re.findall(r"(?<![\w-])(--[a-z][a-z-]+)", readme())) - OF_EXPORT - OF_BATCH,
        "batch": OF_BATCH.intersection(re.findall(r"--\w+", readme())),
        "export": OF_EXPORT.intersection(re.findall(r"--\w+", readme())),
        "models": set(re.findall(r"stridecheck models (\w+)", readme())),
    }[" ".join(command)]

    assert spoken
    assert [word for word in sorted(spoken) if word not in run.stdout] == []


def test_the_python_example_uses_names_that_exist():
    (example,) = re.findall(r"```python\n(.*?)```", readme(), flags=re.DOTALL)
    used = {
        (node.value.id, node.attr)
        for node in ast.walk(ast.parse(example))
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)
    }

    assert {name for owner, name in used if owner == "analyzer"} <= set(analyzer.__all__)
    known = set(Assessment.model_fields) | set(dir(Assessment))
    assert {name for owner, name in used if owner == "assessment"} <= known


def test_the_readme_tells_of_every_file_in_a_result_folder():
    told = readme()

    assert [name for name in sorted(OURS) if f"`{name}" not in told] == []

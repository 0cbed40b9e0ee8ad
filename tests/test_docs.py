"""README and docs: what is made from the code is not stale, links lead somewhere, commands exist."""

from __future__ import annotations

import ast
import json
import os
import re
import runpy
import subprocess
import sys
from pathlib import Path

import pytest

import analyzer
from analyzer.assessment import Assessment, json_schema
from analyzer.criteria.document import criteria_document
from analyzer.criteria.tables import load_criteria
from analyzer.folder import OURS
from analyzer.metrics.registry import all_metrics

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
PAGES = [README, *sorted((ROOT / "docs").glob("*.md")), ROOT / "sample_videos" / "README.md"]
LARGEST_PICTURE_BYTES = 250_000
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


def test_pictures_are_small():
    pictures = sorted((ROOT / "docs" / "pictures").iterdir())

    assert pictures
    assert [p.name for p in pictures if p.stat().st_size > LARGEST_PICTURE_BYTES] == []
    assert [p.name for p in pictures if p.name not in readme()] == []


@pytest.mark.parametrize(
    "command", [(), ("analyze",), ("batch",), ("export",), ("models",)], ids=lambda command: " ".join(command) or "itself"
)
def test_every_option_in_the_readme_is_one(command):
    run = subprocess.run(
        [sys.executable, "-m", "analyzer", *command, "--help"],
        capture_output=True, text=True, encoding="utf-8", check=True, timeout=60, env={**os.environ, "COLUMNS": "200"},
    )  # fmt: skip
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

from __future__ import annotations

from pathlib import Path

import pytest
from jinja2 import DictLoader, Environment

from analyzer.report import compiled
from analyzer.report.compiled import CompiledTemplates

GREETING = "Good {{ part }} of the day{% for name in names %}, {{ name }}{% endfor %}"
SAID = "Good start of the day, Ann, Ben"


def said(folder: Path, text: str = GREETING) -> str:
    environment = Environment(loader=DictLoader({"greeting": text}), bytecode_cache=CompiledTemplates(folder))
    return environment.get_template("greeting").render(part="start", names=("Ann", "Ben"))


def no_compiling(*_: object, **__: object) -> None:
    raise AssertionError("it was compiled again")


def test_what_was_compiled_once_is_not_compiled_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "not" / "there yet"
    assert said(folder) == SAID
    monkeypatch.setattr(Environment, "_parse", no_compiling)
    assert said(folder) == SAID
    with pytest.raises(AssertionError):
        said(folder, "Another text")


def test_nothing_that_was_shown_is_kept(tmp_path: Path) -> None:
    said(tmp_path)
    (kept,) = tmp_path.iterdir()
    assert b"Good" in kept.read_bytes()
    assert b"Ann" not in kept.read_bytes()


def test_a_changed_template_shows_its_change(tmp_path: Path) -> None:
    assert said(tmp_path) == SAID
    assert said(tmp_path, "Changed: {{ part }}") == "Changed: start"


def test_another_version_compiles_for_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said(tmp_path)
    monkeypatch.setattr(compiled, "__version__", "999.0")
    said(tmp_path)
    assert len(list(tmp_path.iterdir())) == 2


@pytest.mark.parametrize("damage", [b"", b"nonsense", None])
def test_what_is_damaged_is_compiled_again(tmp_path: Path, damage: bytes | None) -> None:
    said(tmp_path)
    (kept,) = tmp_path.iterdir()
    kept.write_bytes(kept.read_bytes()[:-40] if damage is None else damage)
    assert said(tmp_path) == SAID


def test_a_folder_that_cannot_be_is_done_without(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    assert said(tmp_path / "file") == SAID
    assert said(tmp_path / "file" / "below") == SAID

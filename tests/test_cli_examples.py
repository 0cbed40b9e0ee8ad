"""The examples in the help hold: each names a command that is there, with options that it has."""

from __future__ import annotations

import re
import shlex

import pytest
import typer
from typer.testing import CliRunner

from analyzer.cli import app, main
from analyzer.cli_examples import EXAMPLES

COMMANDS = typer.main.get_command(app)
TYPED = [typed for examples in EXAMPLES.values() for typed, _ in examples]


def test_every_command_has_an_example():
    assert set(COMMANDS.commands) - {"models"} == set(EXAMPLES)


@pytest.mark.parametrize("typed", TYPED)
def test_what_is_typed_in_an_example_is_understood(typed):
    words = shlex.split(re.split(r"[|>]", typed)[0])
    assert words[0] == "stridecheck"
    command = COMMANDS.commands[words[1]]
    with command.make_context(words[1], words[2:]) as context:
        assert not context.args


@pytest.mark.parametrize("name", list(EXAMPLES))
def test_the_help_shows_the_examples_line_by_line(name):
    shown = CliRunner().invoke(app, [name, "--help"]).output
    for typed, what in EXAMPLES[name]:
        assert re.search(rf"^ +{re.escape(typed)}$", shown, re.MULTILINE)
        assert re.search(rf"^ +{re.escape(what)}$", shown, re.MULTILINE)


@pytest.mark.parametrize(
    ("typed", "offered"),
    [("ana", {"analyze"}), ("analyze --activity st", {"step-up"}), ("analyze --view f", {"front"}), ("v", {"view"})],
)
def test_the_shell_completes(typed, offered, monkeypatch, capsys):
    words = f"stridecheck {typed}"
    monkeypatch.setenv("_STRIDECHECK_COMPLETE", "complete_bash")
    monkeypatch.setenv("COMP_WORDS", words)
    monkeypatch.setenv("COMP_CWORD", str(len(words.split()) - 1))
    with pytest.raises(SystemExit):
        main()
    assert set(capsys.readouterr().out.split()) == offered

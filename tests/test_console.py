"""Progress and sentences on standard error."""

import io
import os
import threading

from rich.console import Console

from analyzer.console import own_stderr, say, stages
from analyzer.pose.quiet import engine_quiet


def test_speaks_while_the_engine_is_kept_quiet(capfd):
    with own_stderr() as console, engine_quiet():
        os.write(2, b"chatter")
        say(console, "a sentence")

    assert capfd.readouterr().err == "a sentence\n"


def test_says_text_as_it_is(capfd):
    sentence = "[bold]clip[/bold] :thumbs_up: 12 " + "long " * 60 + "end"
    with own_stderr() as console:
        say(console, sentence)

    assert capfd.readouterr().err == sentence + "\n"


def test_plain_lines_without_a_terminal():
    told = io.StringIO()

    with stages(Console(file=told), "run.mp4") as progress:
        for share in (0.0, 0.1, 0.26, 0.3, 0.9, 1.0):
            progress("Finding the pose", share)
        progress("Measuring", 0.0)

    assert told.getvalue().splitlines() == [
        "run.mp4: Finding the pose",
        "run.mp4: Finding the pose 25 %",
        "run.mp4: Finding the pose 75 %",
        "run.mp4: Measuring",
    ]


def test_bars_with_shares_on_a_terminal():
    told = io.StringIO()
    console = Console(file=told, force_terminal=True, width=100, _environ={"TERM": "xterm"})

    with stages(console, "run.mp4") as progress:
        progress("Finding the pose", 0.5)
        progress("Measuring", 1.0)

    shown = told.getvalue()
    assert "run.mp4: Finding the pose" in shown
    assert "100%" in shown


def test_lines_of_several_threads_are_each_said_once():
    told = io.StringIO()

    with stages(Console(file=told), "run.mp4") as progress:
        threads = [threading.Thread(target=progress, args=("Finding the pose", 0.5)) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    assert told.getvalue() == "run.mp4: Finding the pose\n"

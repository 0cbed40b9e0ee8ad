"""The quiet context: nothing on descriptor 2 inside, everything as before outside."""

import os
import threading

import pytest

from analyzer.pose.quiet import engine_quiet


def say(text: str) -> None:
    os.write(2, text.encode())


def test_drops_what_the_engine_writes(capfd):
    say("before ")
    with engine_quiet():
        say("chatter ")
    say("after")

    assert capfd.readouterr().err == "before after"


def test_speaks_again_after_an_error(capfd):
    with pytest.raises(ZeroDivisionError), engine_quiet():
        say(f"chatter {1 / 0}")
    say("after")

    assert capfd.readouterr().err == "after"


def test_a_duplicate_made_before_still_speaks(capfd):
    own = os.dup(2)
    with engine_quiet():
        os.write(own, b"progress ")
    os.close(own)

    assert capfd.readouterr().err == "progress "


def test_stays_quiet_until_the_last_thread_leaves(capfd):
    first_in, second_done = threading.Event(), threading.Event()

    def long_work():
        with engine_quiet():
            first_in.set()
            second_done.wait(30)
            say("chatter of the first ")

    thread = threading.Thread(target=long_work)
    thread.start()
    assert first_in.wait(30)
    with engine_quiet():
        say("chatter of the second ")
    say("still inside the first ")
    second_done.set()
    thread.join()
    say("after")

    assert capfd.readouterr().err == "after"


def test_leaves_no_descriptor_open():
    lowest_free = os.dup(0)
    os.close(lowest_free)

    with engine_quiet(), engine_quiet():
        pass

    again = os.dup(0)
    os.close(again)
    assert again == lowest_free

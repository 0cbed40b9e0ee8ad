"""The set-up script: silent where all is there, one command to run where it may not install."""

import runpy
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

SCRIPT = Path(__file__).parents[2] / "scripts" / "system_libraries.py"

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux needs the libraries")


@pytest.fixture
def script(monkeypatch):
    """The script's own names, on a machine that lacks one library and whose apt-get is only recorded."""
    names = runpy.run_path(str(SCRIPT))
    module = names["main"].__globals__
    module["PACKAGES"] = {"libc.so.6": "libc6", "libnowhere.so.9": "libnowhere9"}
    ran = []
    monkeypatch.setattr(subprocess, "run", lambda command, **_: ran.append(command))
    return SimpleNamespace(main=names["main"], names=module, ran=ran)


def test_says_nothing_where_all_is_there(script, capsys):
    script.names["PACKAGES"] = {"libc.so.6": "libc6"}

    assert script.main() == 0
    assert script.ran == []
    assert capsys.readouterr().err == ""


def test_names_the_command_where_it_may_not_install(script, monkeypatch, capsys):
    monkeypatch.setattr(script.names["os"], "geteuid", lambda: 1000)

    assert script.main() == 1
    assert script.ran == []
    assert "sudo apt-get install libnowhere9 (" in capsys.readouterr().err


def test_installs_as_root_and_looks_again(script, monkeypatch, capsys):
    monkeypatch.setattr(script.names["os"], "geteuid", lambda: 0)
    monkeypatch.setattr(script.names["shutil"], "which", lambda name: f"/usr/bin/{name}")

    assert script.main() == 1, "the library is still missing"
    assert [command[-1] for command in script.ran] == ["update", "libnowhere9"]
    assert "install them and try again" in capsys.readouterr().err

"""The page as a process, and what is asked of it over bare connections."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys

import httpx
import pytest
from typer.testing import CliRunner

from analyzer.app import serving
from analyzer.app.serving import serve
from analyzer.cli import app
from analyzer.errors import OutputError
from tests.app.running import result, running

SERVE = (sys.executable, "-m", "analyzer", "serve", "--no-browser", "--out")


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGINT for a single process")
def test_the_command_serves_one_folder_once_and_ends_with_ctrl_c(tmp_path):
    process = subprocess.Popen(
        [*SERVE, str(tmp_path / "root")], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        # A suite that a script started in the background was born deaf to Ctrl-C, and so would this process be.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )  # fmt: skip
    try:
        address = process.stdout.readline().strip()
        assert address.startswith("http://127.0.0.1:")
        with httpx.Client(verify=False, follow_redirects=True, timeout=30) as client:
            assert "Drop clips of one person here" in client.get(address).text
        with pytest.raises(OutputError, match="is being served already"):
            serve(tmp_path / "root", browser=False)
    finally:
        process.send_signal(signal.SIGINT)
        _, told = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "Traceback" not in told
    state = tmp_path / "root" / ".stridecheck"
    assert state.stat().st_mode & 0o077 == 0
    assert (state / "token").stat().st_mode & 0o077 == 0


def test_a_port_that_is_taken_is_a_sentence(tmp_path):
    with (
        socket.create_server(("127.0.0.1", 0)) as taken,
        pytest.raises(OutputError, match="choose another with --port"),
    ):
        serve(tmp_path, port=taken.getsockname()[1], browser=False)


def test_a_host_that_is_not_ours_is_a_sentence(tmp_path):
    with pytest.raises(OutputError, match="--host"):
        serve(tmp_path, host="192.0.2.1", browser=False)


def test_view_wants_a_result_folder(tmp_path):
    run = CliRunner().invoke(app, ["view", str(tmp_path)])
    assert run.exit_code == 2
    assert "holds no results" in run.output


def test_the_viewer_alone_takes_in_nothing(tmp_path):
    folder = result(tmp_path / "root" / "run", "Ana")
    result(tmp_path / "root" / "another", "Ben")
    with running(tmp_path / "root", only=folder) as page:
        answer = page.client.get("/")
        assert answer.status_code == 303
        shown = page.client.get(answer.headers["location"])
        assert "run" in shown.text
        assert "Ben" not in shown.text
        assert page.client.get(f"{answer.headers['location']}view.json").status_code == 200
        for method, path in (("POST", "/api/jobs"), ("GET", "/api/events"), ("DELETE", "/api/results/x")):
            assert page.client.request(method, path).status_code == 404
    assert not (tmp_path / "root" / ".stridecheck").exists()


@pytest.mark.parametrize("sent", [b"", b"GET / HTTP/1.1\r\nHost: 127", b"\x16\x03\x01\x02\x00"])
def test_a_connection_without_a_request_is_closed(tmp_path, monkeypatch, sent):
    monkeypatch.setattr(serving, "PATIENCE_S", 0.3)
    with running(tmp_path / "root") as page, socket.create_connection(("127.0.0.1", page.key.port), timeout=20) as wire:
        wire.sendall(sent)
        while wire.recv(4000):
            pass


def test_a_header_without_end_is_refused(tmp_path):
    with running(tmp_path / "root") as page, socket.create_connection(("127.0.0.1", page.key.port), timeout=20) as wire:
        wire.sendall(b"GET / HTTP/1.1\r\nX: " + b"x" * 60_000)
        assert wire.recv(4000).startswith(b"HTTP/1.1 400")

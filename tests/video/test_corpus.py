"""Every file of the corpus gets one sentence and the documented status, or is read; nothing is written or followed."""

from __future__ import annotations

import io
import os
import socket
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import av
import pytest
from rich.console import Console

from analyzer.boundary import attempt
from analyzer.video.probe import probe
from analyzer.video.reader import read_frames
from analyzer.video.source import CONTAINERS
from tests.video.corpus import Case, cases, containing, with_other_file

CORPUS = dict(cases())
NOT_HERE = {
    "unreadable": "root may read everything" if hasattr(os, "geteuid") and os.geteuid() == 0 else "",
    "name that is no text": "names are always text here" if sys.platform != "linux" else "",
}
POSIX_ONLY = ("link", "socket", "device", "line break", "quotes", "colour", "unreadable")


def looked_at(path: Path) -> tuple[int, str]:
    """Exit status and standard error, as the command line would have them."""
    told = io.StringIO()
    console = Console(file=told, soft_wrap=True, width=10_000)
    outcome = attempt(partial(probe, path), console, about=path.name)
    return outcome.status, told.getvalue()


def written(name: str, folder: Path) -> Path:
    if NOT_HERE.get(name) or (sys.platform == "win32" and any(word in name for word in POSIX_ONLY)):
        pytest.skip(NOT_HERE.get(name) or "there is no such thing on Windows")
    return CORPUS[name].write(folder)


@pytest.mark.parametrize("name", CORPUS)
def test_it_is_read_or_gets_one_sentence(name: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    case: Case = CORPUS[name]
    path = written(name, tmp_path)
    before = sorted(entry.name for entry in tmp_path.iterdir())
    capfd.readouterr()
    status, told = looked_at(path)

    assert capfd.readouterr() == ("", "")
    assert sorted(entry.name for entry in tmp_path.iterdir()) == before
    if case.said:
        assert status == (2 if case.said != "?" or told else 0), told
        assert case.said == "?" or case.said in told
        assert told == "" or (told.count("\n") == 1 and told.strip().isprintable() and len(told) > 20)
    else:
        assert (status, told) == (0, "")


def test_truncated_clips_are_read_as_far_as_they_go(tmp_path: Path) -> None:
    found = [probe(CORPUS[f"matroska.mkv cut at {share}"].write(tmp_path)).frames for share in (0.8, 0.9, 0.999)]
    assert found == sorted(found)
    assert 10 <= found[0] < found[-1] <= 30


def test_what_is_left_of_a_corrupt_clip_is_decoded(tmp_path: Path) -> None:
    clip = probe(CORPUS["corrupt in the middle"].write(tmp_path))
    indices = [frame.index for frame in read_frames(clip, max_side_px=64)]
    assert 10 < len(indices) < clip.frames
    assert indices == sorted(set(indices))


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    """Somebody on this machine who would notice a call."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        yield server


ADDRESSED = {
    "list.m3u8": "#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\n{url}\n#EXT-X-ENDLIST\n",
    "list.mp4": "#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\n{url}\n#EXT-X-ENDLIST\n",
    "list.ffconcat": "ffconcat version 1.0\nfile '{url}'\n",
    "list.mpd": '<?xml version="1.0"?><MPD><Period><BaseURL>{url}</BaseURL></Period></MPD>',
    "list.sdp": "v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=video {port} RTP/AVP/TCP 96\n",
    "list.xspf": '<?xml version="1.0"?><playlist><trackList><track><location>{url}</location>',
    "list.asx": '<asx version="3.0"><entry><ref href="{url}"/></entry></asx>',
    "list.asf": "[Reference]\r\nRef1={url}\r\nRef2={url}\r\n",
    "list.mov": "RTSPtext{url}",
    "list.url": "[InternetShortcut]\nURL={url}\n",
}


def called(server: socket.socket) -> bool:
    try:
        server.accept()[0].close()
    except BlockingIOError:
        return False
    return True


@pytest.mark.parametrize("name", ADDRESSED)
def test_addresses_in_files_are_not_called(name: str, tmp_path: Path, listener: socket.socket) -> None:
    port = listener.getsockname()[1]
    text = ADDRESSED[name].format(url=f"http://127.0.0.1:{port}/clip.mp4", port=port)
    status, told = looked_at(containing(text.encode(), name)(tmp_path))

    assert status == 2
    assert told.count("\n") == 1
    assert not called(listener)


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:{port}/a.mov", "tcp://127.0.0.1:{port}", "rtmp://127.0.0.1:{port}/a"]
)
def test_an_address_within_a_movie_is_not_called(url: str, tmp_path: Path, listener: socket.socket) -> None:
    path = with_other_file(tmp_path, url.format(port=listener.getsockname()[1]))
    assert looked_at(path)[0] == 2
    assert not called(listener)


def test_the_listener_would_notice(listener: socket.socket) -> None:
    with socket.create_connection(listener.getsockname()):
        assert called(listener)


def test_ffmpeg_would_follow_the_movie_s_reference_if_it_were_let(tmp_path: Path) -> None:
    """So that the corpus's refusal of such a movie says something."""
    path = with_other_file(tmp_path)
    let = {"enable_drefs": "1", "use_absolute_path": "1"}
    with av.open(str(path), options=let) as container:
        assert sum(1 for _ in container.decode(video=0)) == 30
    assert looked_at(path)[0] == 2


def test_no_container_that_names_other_files_is_let_in() -> None:
    refused = {
        "hls",
        "concat",
        "dash",
        "sdp",
        "rtsp",
        "image2",
        "applehttp",
        "vobsub",
        "lavfi",
        "imf",
        "tty",
        "subviewer",
    }
    assert not refused & set(CONTAINERS.split(","))

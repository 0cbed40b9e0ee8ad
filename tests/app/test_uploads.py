"""Clips on their way in, over real HTTP on this machine, with a bounded load."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from analyzer.app.desk import STATE
from analyzer.app.guard import HEADER
from tests.app.running import SECRET, Running, result, running


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Running]:
    with running(tmp_path / "root", most_bytes=2_000_000, slow_s=0.5) as page:
        yield page


def states(jobs):
    return [job["state"] for job in jobs]


def uploads(served: Running) -> list[Path]:
    return list(served.desk.uploads.glob("*")) if served.desk.uploads.exists() else []


def test_a_clip_is_kept_and_analysed(served):
    served.add(b"good" + bytes(100), file="run.mov", person="Ana")
    (job,) = served.until(lambda jobs: states(jobs) == ["done"])
    root = served.desk.root
    assert (root / "Ana" / "clips" / "run.mov").stat().st_size == 104
    assert (root / "Ana" / "run" / "report.html").exists()
    assert served.client.get(f"/results/{job['result']}/").status_code == 200
    assert uploads(served) == []


def test_no_answer_about_health_is_kept_when_the_clip_is_done(served):
    served.add(b"good", file="run.mp4", person="Ana", answers={"gives_way": True})
    served.until(lambda jobs: states(jobs) == ["done"])
    assert "gives_way" not in "".join(p.read_text() for p in (served.desk.root / STATE / "jobs").iterdir())


def test_of_a_clip_that_fails_nothing_is_kept(served):
    for kind in ("bad", "crash"):
        served.add(kind.encode(), file=f"{kind}.mp4", person="Ana")
    jobs = served.until(lambda jobs: states(jobs) == ["failed", "failed"])
    assert jobs[0]["said"] == "bad.mp4: it is not a video; film again."
    assert jobs[1]["said"].startswith("crash.mp4: the analysis broke off")
    assert not (served.desk.root / "Ana").exists()


REFUSED = {
    "no video": ({"file": "notes.txt"}, 422),
    "no ending": ({"file": "clip"}, 422),
    "no name": ({"file": ""}, 422),
    "empty": ({"size_bytes": 0}, 422),
    "negative": ({"size_bytes": -5}, 422),
    "too large": ({"size_bytes": 2_000_001}, 413),
    "endless": ({"size_bytes": 10**30}, 413),
    "tall": ({"height_cm": 1000}, 422),
    "not a number": ({"height_cm": "NaN"}, 422),
    "flying": ({"activity": "flying"}, 422),
    "long name": ({"person": "x" * 201}, 422),
    "unknown": ({"folder": "/etc"}, 422),
    "unknown question": ({"answers": {"a": True}}, 422),
    "number for yes": ({"answers": {"gives_way": 3}}, 422),
    "too much": ({"cue": "x" * 70_000}, 413),
}


@pytest.mark.parametrize(("wish", "status"), list(REFUSED.values()), ids=list(REFUSED))
def test_what_cannot_be_is_refused_with_a_sentence(served, wish, status):
    answer = served.client.post("/api/jobs", json={"file": "a.mp4", "size_bytes": 10, **wish})
    assert answer.status_code == status
    assert answer.json()["said"]
    assert served.desk.jobs() == []


@pytest.mark.parametrize("body", [b"", b"[]", b"null", b"{", b"\xff\xfe", b'{"file": 1}', b"[" * 20_000])
def test_what_is_no_message_is_refused(served, body):
    answer = served.client.post("/api/jobs", content=body, headers={"content-type": "application/json"})
    assert answer.status_code == 422


def test_a_clip_must_be_as_large_as_was_said(served):
    job = served.client.post("/api/jobs", json={"file": "a.mp4", "size_bytes": 10}).json()["id"]
    assert served.client.put(f"/api/jobs/{job}/clip", content=bytes(11)).status_code == 413
    assert served.client.put(f"/api/jobs/{job}/clip", content=iter([bytes(10)])).status_code == 411
    assert served.client.put(f"/api/jobs/{job}/clip", content=bytes(10)).status_code == 201
    assert served.client.put(f"/api/jobs/{job}/clip", content=bytes(10)).status_code == 409
    assert served.client.put("/api/jobs/nobody/clip", content=bytes(10)).status_code == 404


def begun(served: Running, said: int, sent: int) -> socket.socket:
    """A connection over which a part of a clip has been sent."""
    job = served.client.post("/api/jobs", json={"file": "a.mp4", "size_bytes": said}).json()["id"]
    wire = socket.create_connection(("127.0.0.1", served.key.port), timeout=20)
    wire.sendall(
        f"PUT /api/jobs/{job}/clip HTTP/1.1\r\nHost: 127.0.0.1:{served.key.port}\r\nContent-Length: {said}\r\n"
        f"Cookie: {served.key.cookie}={SECRET}\r\n{HEADER}: {served.key.for_pages}\r\n\r\n".encode()
        + bytes(sent)
    )
    return wire


def test_an_upload_that_breaks_off_leaves_nothing(served):
    with begun(served, 1_500_000, 1_200_000):
        served.until(lambda jobs: any(job["share"] > 0.5 for job in jobs))
        assert len(uploads(served)) == 1
    served.until(lambda jobs: jobs == [])
    assert uploads(served) == []


def test_an_upload_that_trickles_is_given_up(served):
    start = time.monotonic()
    with begun(served, 1_000_000, 1000) as wire:
        assert b" 408 " in wire.recv(4000)
    assert time.monotonic() - start < 10
    assert uploads(served) == []
    assert served.desk.jobs() == []


def test_an_upload_that_is_cancelled_leaves_nothing(served):
    with begun(served, 1_500_000, 1_200_000) as wire:
        (job,) = served.until(lambda jobs: any(job["share"] > 0.5 for job in jobs))
        assert served.client.delete(f"/api/jobs/{job['id']}").status_code == 204
        wire.sendall(bytes(100))
        assert b" 409 " in wire.recv(4000)
    assert uploads(served) == []


def test_what_was_on_its_way_at_a_crash_is_gone_at_the_next_start(tmp_path):
    half = tmp_path / "root" / STATE / "uploads" / "abc.part"
    half.parent.mkdir(parents=True)
    half.write_bytes(bytes(100))
    (tmp_path / "root" / STATE / "jobs").mkdir()
    (tmp_path / "root" / STATE / "jobs" / "broken.json").write_text("{")
    with running(tmp_path / "root") as page:
        assert page.desk.jobs() == []
    assert not half.exists()


def test_jobs_survive_a_restart(tmp_path):
    root = tmp_path / "root"
    with running(root) as page:
        page.add(b"wait", file="first.mp4", person="Ana")
        page.until(lambda jobs: any(job["stage"] == "Working" for job in jobs))
        page.add(b"good", file="second.mp4", person="Ana")
    # The clip that was being worked on now is one that comes to an end.
    (root / "Ana" / "clips" / "first.mp4").write_bytes(b"good")
    with running(root) as page:
        jobs = page.until(lambda jobs: states(jobs) == ["done", "done"])
    assert [job["file"] for job in jobs] == ["first.mp4", "second.mp4"]
    assert sorted(entry.name for entry in (root / "Ana").iterdir()) == ["clips", "first", "second"]


def test_cancelling_stops_the_worker_and_the_next_goes_on(served):
    first = served.add(b"wait", file="first.mp4", person="Ana")
    served.until(lambda jobs: any(job["stage"] == "Working" for job in jobs))
    second = served.add(b"good", file="second.mp4", person="Ana")
    third = served.add(b"good", file="third.mp4", person="Ana")
    assert served.client.delete(f"/api/jobs/{third}").status_code == 204
    assert served.client.delete(f"/api/jobs/{first}").status_code == 204
    jobs = served.until(lambda jobs: sorted(states(jobs)) == ["cancelled", "cancelled", "done"])
    assert {job["id"]: job["state"] for job in jobs} == {first: "cancelled", second: "done", third: "cancelled"}
    assert sorted(entry.name for entry in (served.desk.root / "Ana").iterdir()) == ["clips", "second"]
    assert [entry.name for entry in (served.desk.root / "Ana" / "clips").iterdir()] == ["second.mp4"]


def test_a_worker_that_does_not_listen_is_ended(served, monkeypatch):
    monkeypatch.setattr("analyzer.app.runner.GRACE_S", 0.2)
    job = served.add(b"deaf", file="deaf.mp4", person="Ana")
    served.until(lambda jobs: any(job["stage"] == "Working" for job in jobs))
    served.client.delete(f"/api/jobs/{job}")
    served.until(lambda jobs: states(jobs) == ["cancelled"])
    assert not (served.desk.root / "Ana").exists()


def test_the_same_names_again_replace_nothing(served):
    for size in (10, 20):
        served.add(b"good" + bytes(size), file="run.mp4", person="Ana")
    served.add(b"good" + bytes(30), file="RUN.mp4", person="ANA")
    served.until(lambda jobs: states(jobs) == ["done"] * 3)
    assert sorted(p.name for p in (served.desk.root / "Ana").iterdir()) == ["RUN-3", "clips", "run", "run-2"]
    assert sorted(p.stat().st_size for p in (served.desk.root / "Ana" / "clips").iterdir()) == [14, 24, 34]


def test_results_of_two_people_are_not_compared(served):
    for person in ("Ana", "Ben"):
        result(served.desk.root / person / "run", person)
    ids = [each.id for client in served.site.state.library.clients() for each in client.results]
    for choice in (ids, ids[:1] * 2, ["x", "y"], [ids[0], "x"]):
        answer = served.client.post("/api/compare", json={"results": choice})
        assert answer.status_code == 400
        assert "of one person" in answer.json()["said"]
    assert served.client.post("/api/compare", json={"results": []}).status_code == 422


def test_deleting_somebody_leaves_what_is_not_ours(served):
    home = served.desk.root / "Ana"
    result(home / "run", "Ana")
    (home / "notes.txt").write_text("a coach's own")
    (client,) = served.site.state.library.clients()
    answer = served.client.delete(f"/api/clients/{client.id}")
    assert answer.json() == {"left": ["notes.txt"]}
    assert [entry.name for entry in home.iterdir()] == ["notes.txt"]


def test_somebody_whose_clip_is_being_analysed_is_not_deleted(served):
    result(served.desk.root / "Ana" / "old run", "Ana")
    served.add(b"wait", file="run.mp4", person="Ana")
    (client,) = served.site.state.library.clients()
    assert served.client.delete(f"/api/clients/{client.id}").status_code == 409
    assert (served.desk.root / "Ana" / "old run").exists()


def test_deleting_a_result_takes_its_clip_along(served):
    served.add(b"good", file="run.mp4", person="Ana")
    served.add(b"good", file="other.mp4", person="Ana")
    jobs = served.until(lambda jobs: states(jobs) == ["done", "done"])
    assert served.client.delete(f"/api/results/{jobs[0]['result']}").status_code == 204
    left = sorted(p.relative_to(served.desk.root / "Ana").as_posix() for p in (served.desk.root / "Ana").glob("*"))
    assert left == ["clips", "other"]
    assert [p.name for p in (served.desk.root / "Ana" / "clips").iterdir()] == ["other.mp4"]


def test_many_at_once_all_get_an_answer(served, capsys):
    result(served.desk.root / "Ana" / "run", "Ana")
    stop = threading.Event()

    def one(number: int) -> float:
        begun_at = time.monotonic()
        with httpx.Client(
            verify=False, base_url=served.address, cookies={served.key.cookie: SECRET}, timeout=60
        ) as client:
            assert client.get("/").status_code == 200
            assert client.get("/static/app.css").status_code == 200
        return time.monotonic() - begun_at

    with ThreadPoolExecutor(20) as pool:
        took = sorted(pool.map(one, range(60)))
    stop.set()
    with capsys.disabled():
        print(f"\n60 clients, 20 at once: median {1000 * took[30]:.0f} ms, slowest {1000 * took[-1]:.0f} ms")


def test_listeners_are_limited(served):
    wires = []
    try:
        for _ in range(32):
            wire = socket.create_connection(("127.0.0.1", served.key.port), timeout=20)
            wires.append(wire)
            wire.sendall(
                f"GET /api/events HTTP/1.1\r\nHost: 127.0.0.1:{served.key.port}\r\n"
                f"Cookie: {served.key.cookie}={SECRET}\r\n\r\n".encode()
            )
            assert b" 200 " in wire.recv(4000)
        assert served.client.get("/api/events").status_code == 503
        assert served.client.get("/").status_code == 200
    finally:
        for wire in wires:
            wire.close()


def test_news_are_json_without_places_on_the_disk(served):
    served.add(b"good", file="run.mp4", person="Ana")
    (job,) = served.until(lambda jobs: states(jobs) == ["done"])
    assert str(served.desk.root) not in json.dumps(job)
    assert set(job) == {"id", "file", "person", "state", "word", "stage", "share", "said", "result"}


def test_a_deaf_worker_does_not_keep_the_page_from_ending(tmp_path, monkeypatch):
    monkeypatch.setattr("analyzer.app.runner.GRACE_S", 0.2)
    with running(tmp_path / "root") as page:
        page.add(b"deaf", file="deaf.mp4", person="Ana")
        page.until(lambda jobs: any(job["stage"] == "Working" for job in jobs))
        begun_at = time.monotonic()
    assert time.monotonic() - begun_at < 20
    with running(tmp_path / "root", worker=("no such program",)) as page:
        # Taken up again, after what was half written is gone; this time there is nobody to do it.
        (job,) = page.until(lambda jobs: states(jobs) == ["failed"])
        assert "no process could be started" in job["said"]
    assert not (tmp_path / "root" / "Ana").exists()

"""The page as it is met: served over real HTTP on this machine, in a thread."""

from __future__ import annotations

import atexit
import json
import shutil
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import httpx
import uvicorn
from fastapi import FastAPI

from analyzer.app.desk import Desk
from analyzer.app.guard import HEADER, Key, allowed_hosts
from analyzer.app.serving import config_of
from analyzer.app.site import Settings, make_site
from analyzer.results import write_results
from tests.report import samples

SECRET = "the-secret-of-the-tests-is-long-enough"
WORKER = Path(__file__).with_name("quick_worker.py")


@dataclass(frozen=True)
class Running:
    """A page that is being served; ``client`` may enter and change things."""

    address: str
    key: Key
    site: FastAPI
    client: httpx.Client

    @property
    def desk(self) -> Desk:
        return self.site.state.desk

    @property
    def entrance(self) -> str:
        return f"{self.address}/?token={SECRET}"

    def until(self, reached: Callable[[list[dict[str, Any]]], bool], seconds: float = 30.0) -> list[dict[str, Any]]:
        """Follow the news until the jobs are as wanted."""
        with self.client.stream("GET", "/api/events", timeout=seconds) as news:
            for line in news.iter_lines():
                if line.startswith("data: ") and reached(jobs := json.loads(line.removeprefix("data: "))):
                    return jobs
        raise AssertionError("the news ended")

    def add(self, content: bytes, **wish: Any) -> str:
        """Hand in a clip; returns the job's number."""
        said = {"file": "clip.mp4", "size_bytes": len(content), **wish}
        job = self.client.post("/api/jobs", json=said).raise_for_status().json()["id"]
        self.client.put(f"/api/jobs/{job}/clip", content=content).raise_for_status()
        return str(job)


@contextmanager
def running(root: Path, **settings: Any) -> Iterator[Running]:
    """Serve a folder; analyses are pretended by `quick_worker` unless another worker is given."""
    listening = socket.create_server(("127.0.0.1", 0))
    port = listening.getsockname()[1]
    key = Key(SECRET, port)
    settings.setdefault("worker", (sys.executable, "-S", "-E", str(WORKER), str(template())))
    site = make_site(Settings(root=root, key=key, hosts=allowed_hosts("127.0.0.1"), **settings))
    server = uvicorn.Server(config_of(site))
    begun = threading.Event()
    startup = server.startup

    async def started(sockets: list[socket.socket] | None = None) -> None:
        await startup(sockets)
        begun.set()

    server.startup = started  # type: ignore[method-assign]
    thread = threading.Thread(target=server.run, args=([listening],))
    thread.start()
    assert begun.wait(30)
    address = f"http://127.0.0.1:{port}"
    try:
        with httpx.Client(
            verify=False, base_url=address, headers={HEADER: key.for_pages}, cookies={key.cookie: SECRET}, timeout=30
        ) as client:
            yield Running(address, key, site, client)
    finally:
        site.state.desk.close()
        server.should_exit = True
        thread.join(30)
    assert not thread.is_alive()


@lru_cache(maxsize=1)
def template() -> Path:
    """A result folder to copy from, with a clip of 40 frames beside it; made once for all tests."""
    place = TemporaryDirectory()
    atexit.register(place.cleanup)
    folder = Path(place.name)
    assessment, _ = samples.filmed(samples.front_run(n=40), folder / "clip.mp4")
    return write_results(assessment, folder / "template")


def result(folder: Path, person: str | None = None, **clip: Any) -> Path:
    """A copy of the template as a result of somebody."""
    shutil.copytree(template(), folder)
    path = folder / "assessment.json"
    content = json.loads(path.read_text(encoding="utf-8"))
    content["subject"]["name"] = person
    content["clip"] |= clip
    path.write_text(json.dumps(content), encoding="utf-8")
    return folder

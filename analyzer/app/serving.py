"""Serves the page on this machine."""

from __future__ import annotations

import asyncio
import errno
import os
import socket
import webbrowser
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from types import FrameType
from typing import Any, Final

import uvicorn
from fastapi import FastAPI
from filelock import FileLock, Timeout
from uvicorn.protocols.http.h11_impl import H11Protocol

from analyzer.app.desk import STATE
from analyzer.app.guard import TOKEN, Key, allowed_hosts, kept_secret
from analyzer.app.site import Settings, make_site
from analyzer.errors import OutputError

PORT: Final = 8765
TRIED: Final = 20
"""Ports after the usual one that are tried where it is taken."""
PATIENCE_S: Final = 20
"""A connection over which no whole request has come by then is closed."""
MOST_CONNECTIONS: Final = 200


class ImpatientProtocol(H11Protocol):
    """Closes connections whose first request does not arrive whole in time."""

    def connection_made(self, transport: Any) -> None:
        """Begin to wait."""
        super().connection_made(transport)
        self._late = asyncio.get_running_loop().call_later(PATIENCE_S, self._close_if_idle)

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop waiting."""
        self._late.cancel()
        super().connection_lost(exc)

    def _close_if_idle(self) -> None:
        if self.cycle is None and not self.transport.is_closing():
            self.transport.close()


class _Server(uvicorn.Server):
    """Lets go of open event streams as soon as it is told to stop; else it would wait for them."""

    def __init__(self, config: uvicorn.Config, site: FastAPI, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._site = site
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Say when it listens."""
        await super().startup(sockets)
        self._ready()

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Stop."""
        self._site.state.desk.close()
        super().handle_exit(sig, frame)


def serve(
    root: Path, *, host: str = "127.0.0.1", port: int | None = None, only: Path | None = None,
    ready: Callable[[str], None] = lambda _: None, browser: bool = True,
) -> None:  # fmt: skip
    """Serve results until Ctrl-C.

    Args:
        root: folder with the results.
        host: address to listen on; that of this machine alone unless somebody asks for more.
        port: to listen on; the usual one or a free one after it if None.
        only: show this one result and take in no clips.
        ready: is told the address when the page can be opened.
        browser: open it in the browser.

    Raises:
        OutputError: the port is taken, or the folder cannot be written or is being served already.
    """
    root = root.resolve()
    with _for_the_owner(), served_alone(root) if only is None else nullcontext():
        listening = _socket(host, port)
        found = listening.getsockname()[1]
        secret = kept_secret(root / STATE / TOKEN) if only is None else os.urandom(24).hex()
        key = Key(secret, found)
        site = make_site(Settings(root, key, allowed_hosts(host), only))
        address = f"http://{_spoken(host)}:{found}/?{TOKEN}={secret}"

        def opened() -> None:
            ready(address)
            if browser:
                webbrowser.open(address)

        _Server(config_of(site), site, opened).run([listening])


def config_of(site: FastAPI) -> uvicorn.Config:
    """How the page is served: nothing about requests is written down."""
    return uvicorn.Config(
        site, http=ImpatientProtocol, ws="none", log_config=None, log_level="critical", access_log=False,
        server_header=False, date_header=False, limit_concurrency=MOST_CONNECTIONS, timeout_graceful_shutdown=5,
        proxy_headers=False, h11_max_incomplete_event_size=32_000,
    )  # fmt: skip


def _spoken(host: str) -> str:
    if host in ("0.0.0.0", "::"):
        return "127.0.0.1"
    return f"[{host}]" if ":" in host else host


def _socket(host: str, port: int | None) -> socket.socket:
    """A socket that listens, so that nobody can take the port between looking and listening."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    error: OSError | None = None
    for candidate in (port,) if port is not None else (*range(PORT, PORT + TRIED), 0):
        try:
            return socket.create_server((host, candidate or 0), family=family)
        except OSError as taken:
            error = taken
            if taken.errno not in (errno.EADDRINUSE, errno.EACCES):
                break
    why = error.strerror if error is not None else ""
    raise OutputError(
        f"Nobody can listen on {host}, port {port or PORT} ({why}); choose another with --port or --host."
    )


@contextmanager
def _for_the_owner() -> Iterator[None]:
    """Let files that are made meanwhile be read by their owner alone."""
    before = os.umask(0o077)
    try:
        yield
    finally:
        os.umask(before)


@contextmanager
def served_alone(root: Path) -> Iterator[None]:
    """Make sure that no other process serves the same folder: two would work on the same queue.

    Raises:
        OutputError: one does, or the folder cannot be written.
    """
    lock = FileLock(root / STATE / "lock")
    try:
        (root / STATE).mkdir(parents=True, exist_ok=True)
        lock.acquire(timeout=0)
    except Timeout:
        raise OutputError(
            f"{root} is being served already; use the page that is open, or stop the other one."
        ) from None
    except OSError as error:
        raise OutputError(
            f"{root} cannot be written ({error.strerror or error}); choose a folder that you may write to."
        ) from error
    with lock:
        lock.release()
        yield

"""Runs Stridecheck where nobody may call anybody: ``python -m tests.guarded [import] WORDS...``.

``import`` loads all that it leans on beforehand. Any attempt to look up or call an address ends the process with status
99 and says whom it would have called.
"""

from __future__ import annotations

import os
import sys
from importlib import import_module
from typing import Any

CALLS = frozenset(
    {"socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr", "socket.sendto",
     "socket.sendmsg", "urllib.Request", "http.client.connect"}
)  # fmt: skip
CALLED = 99
IMPORTED = ("mediapipe", "cv2", "av", "scipy.signal", "distributed", "fastapi", "pydantic")


def watch(event: str, args: tuple[Any, ...]) -> None:
    if event in CALLS and "/" not in str(args[-1:])[:3]:  # a path is a socket of this machine's file system
        sys.stderr.write(f"{event} {args[1:]}\n")
        sys.stderr.flush()
        os._exit(CALLED)


def main(words: list[str]) -> None:
    sys.addaudithook(watch)
    if words == ["call"]:
        import socket

        socket.create_connection(("127.0.0.1", 9))
        return
    if words[0] == "import":
        for name in IMPORTED:
            import_module(name)
        del words[0]
    sys.argv[1:] = words
    from analyzer.cli import main as stridecheck

    stridecheck()


if __name__ == "__main__":
    main(sys.argv[1:])

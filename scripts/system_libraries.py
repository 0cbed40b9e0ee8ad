"""See to it that the system libraries of MediaPipe and OpenCV are there; needs nothing but Python.

On Linux both want graphics libraries that no Python package brings and slim servers lack. Where they are missing this
installs them if it may (apt-get, as root: containers, CI), else it says which command does.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys

PACKAGES = {"libEGL.so.1": "libegl1", "libGLESv2.so.2": "libgles2", "libGL.so.1": "libgl1"}
"""Debian's package of each library."""


def missing_packages() -> list[str]:
    """The packages whose library cannot be loaded."""
    return [package for library, package in PACKAGES.items() if not _loads(library)]


def main() -> int:
    """Install what is missing, or say how; returns the exit status."""
    if not sys.platform.startswith("linux") or not missing_packages():
        return 0
    packages = missing_packages()
    if shutil.which("apt-get") and os.geteuid() == 0:
        _say(f"Installing the system packages {', '.join(packages)}")
        quietly = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for step in (["update"], ["install", "--yes", "--no-install-recommends", *packages]):
            subprocess.run(["apt-get", "-qq", *step], env=quietly, stdout=subprocess.DEVNULL, check=False)
        packages = missing_packages()
        if not packages:
            return 0
    command = f"sudo apt-get install {' '.join(packages)}"
    _say(f"System libraries are missing; install them and try again: {command} (Debian and Ubuntu)")
    return 1


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _say(text: str) -> None:
    sys.stderr.write(f"{text}\n")


if __name__ == "__main__":
    sys.exit(main())

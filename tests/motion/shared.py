"""The project's shared measurements, which lie beside a checkout; tests that need them are skipped elsewhere."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

from analyzer.pose.landmarks import Side
from analyzer.pose.track import PoseTrack, load_track

SHARED = Path(__file__).parents[2].parent / "shared"
TRACKS = SHARED / "tracks"
MOCAP = SHARED / "mocap"

needs_tracks = pytest.mark.skipif(not TRACKS.is_dir(), reason="the shared pose tracks are not beside this checkout")
needs_mocap = pytest.mark.skipif(not MOCAP.is_dir(), reason="the force-plate runners are not beside this checkout")

SIDE_OF = {"L": Side.LEFT, "R": Side.RIGHT}


def track_names(*kinds: str) -> list[str]:
    """Names of the shared tracks whose file name has one of these kinds in it."""
    if not TRACKS.is_dir():
        return ["absent"]
    names = sorted(path.name.removesuffix(".track.npz") for path in TRACKS.glob("*.track.npz"))
    return [name for name in names if any(kind in name for kind in kinds)]


@lru_cache(maxsize=2)
def shared_track(name: str) -> PoseTrack:
    return load_track(TRACKS / f"{name}.track.npz")


def truth(name: str) -> dict[str, Any]:
    return json.loads((TRACKS / f"{name}.truth.json").read_text())

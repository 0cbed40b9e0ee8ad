"""Stridecheck: honest movement feedback from a phone clip of step-ups or running."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from analyzer.assessment import Assessment
    from analyzer.pipeline import Options, analyze
    from analyzer.pose.track import PoseTrack, load_track

__version__ = "0.1.0"

__all__ = ["Assessment", "Options", "PoseTrack", "__version__", "analyze", "load_track"]

_HOMES = {
    "Assessment": "analyzer.assessment",
    "Options": "analyzer.pipeline",
    "PoseTrack": "analyzer.pose.track",
    "analyze": "analyzer.pipeline",
    "load_track": "analyzer.pose.track",
}


def __getattr__(name: str) -> Any:
    """Load a public name when it is first used, so that ``import analyzer`` stays quick."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)

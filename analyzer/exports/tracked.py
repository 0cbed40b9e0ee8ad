"""What is handed over: a person's track, raw and cleaned, in px and in metres.

Metres are those of the picture's plane at the person's depth: x to the picture's right from its middle, y up from the
floor, that is from where the feet are lowest, and z, towards the camera, 0 throughout, since one camera does not tell.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from pydantic import ValidationError

from analyzer.arrays import Floats
from analyzer.assessment import Assessment, StepInfo
from analyzer.errors import TrackError
from analyzer.folder import ASSESSMENT
from analyzer.motion.types import View
from analyzer.motion.understand import understand
from analyzer.pose.landmarks import SIDES, point
from analyzer.pose.track import PoseTrack, load_scale, load_track

IN_FOLDER: Final = "pose.npz"
"""The track's name in a result folder."""

FLOOR_PERCENTILE: Final = 2.0
FEET: Final = [point(side, part) for side in SIDES for part in ("heel", "toe")]


@dataclass(frozen=True)
class Tracked:
    """A track to hand over.

    Attributes:
        name: of the file that is written.
        raw: as the pose model gave it.
        cleaned: the same frames repaired, smoothed, upright.
        cm_per_px: (n,) at the person's depth; None where the person's size is not known.
        view: from which side the person was seen; None where that was not looked into.
        steps: of a runner, where an assessment tells of them.
    """

    name: str
    raw: PoseTrack
    cleaned: PoseTrack
    cm_per_px: Floats | None
    view: View | None = None
    steps: tuple[StepInfo, ...] = ()

    def metres(self) -> Floats:
        """Positions (n, 33, 2), x and y; NaN where unseen or where the person's size is not known."""
        if self.cm_per_px is None:
            return np.full_like(self.cleaned.points_px, np.nan)
        metres = (self.cleaned.points_px - np.array(self.cleaned.size_px) / 2) * self.cm_per_px[:, None, None] / 100.0
        metres[..., 1] *= -1.0
        heights = metres[:, FEET, 1]
        heights = heights[np.isfinite(heights)]
        if len(heights):
            metres[..., 1] -= np.percentile(heights, FLOOR_PERCENTILE)
        return np.asarray(metres)


def read_tracked(path: Path, height_cm: float | None = None) -> Tracked:
    """Read a result folder or a saved track.

    Args:
        path: of the folder or the file.
        height_cm: standing height, where the file holds a raw track only; an average one is assumed without it.

    Raises:
        TrackError: there is no track, or it is not usable.
    """
    file = path / IN_FOLDER if path.is_dir() else path
    name = path.resolve().name if path.is_dir() else path.stem
    raw = load_track(file)
    said = read_assessment(path) if (path / ASSESSMENT).is_file() else None
    try:
        known = (None, ()) if said is None else (said.camera.view, said.steps)
        return Tracked(name, raw, load_track(file, cleaned=True), load_scale(file), *known)
    except TrackError:
        pass
    if len(raw) < 2:
        raise TrackError(f"{file.name} holds no movement: it has {len(raw)} frames.")
    motion = understand(raw, clip_fps=raw.rate_hz, height_cm=height_cm)
    scale = motion.scale.cm_per_px if motion.scale else None
    return Tracked(name, raw, motion.track, scale, motion.camera.view)


def read_assessment(path: Path) -> Assessment:
    """Read the assessment in a result folder, or the file itself.

    Raises:
        TrackError: there is none, or it cannot be read.
    """
    file = path / ASSESSMENT if path.is_dir() else path
    try:
        return Assessment.model_validate_json(file.read_bytes())
    except FileNotFoundError:
        raise TrackError(f"{file} does not exist; name a result folder.") from None
    except (OSError, ValidationError) as error:
        raise TrackError(
            f"{file} is no assessment, or one of another version of Stridecheck; analyse the clip again."
        ) from error

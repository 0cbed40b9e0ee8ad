"""A pose track: where 33 points of one person were, frame by frame."""

from __future__ import annotations

import json
import zipfile
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import numpy as np

from analyzer.arrays import Floats
from analyzer.errors import TrackError
from analyzer.pose.landmarks import COUNT, MIRROR

FORMAT_VERSION: Final = 1


@dataclass(frozen=True)
class PoseTrack:
    """One person's points over a clip. What was not seen is NaN, never 0.

    Attributes:
        times_s: (n,) real seconds since the first frame of the clip, strictly rising.
        points_px: (n, 33, 2) x right and y down, in px of the upright frame.
        visibility: (n, 33) 0 to 1, the pose model's own belief.
        world_m: (n, 33, 3) the model's metric guess, origin between the hips, x right, y down, z away.
        size_px: width and height of the upright frame.
        source: what made the track, such as ``mediapipe full``.
    """

    times_s: Floats
    points_px: Floats
    visibility: Floats
    world_m: Floats
    size_px: tuple[int, int]
    source: str = "unknown"

    def __len__(self) -> int:
        return len(self.times_s)

    @property
    def seen(self) -> Floats:
        """(n,) 1.0 where the person was found in the frame, else 0.0."""
        return np.isfinite(self.points_px).all(axis=(1, 2)).astype(float)

    @property
    def rate_hz(self) -> float:
        """Median sampling rate, in frames per real second."""
        return float(1.0 / np.median(np.diff(self.times_s))) if len(self) > 1 else float("nan")

    def validate(self) -> list[str]:
        """Every fault of the track as a sentence; an empty list means none."""
        n = len(self.times_s)
        faults = []
        for name, shape in (
            ("times_s", (n,)),
            ("points_px", (n, COUNT, 2)),
            ("visibility", (n, COUNT)),
            ("world_m", (n, COUNT, 3)),
        ):
            found = getattr(self, name).shape
            if found != shape:
                faults.append(f"{name} has shape {found}, expected {shape}.")
        if not np.isfinite(self.times_s).all():
            faults.append("times_s holds values that are not numbers.")
        elif (np.diff(self.times_s) <= 0).any():
            faults.append("times_s does not rise from frame to frame.")
        if np.isinf(self.points_px).any():
            faults.append("points_px holds infinite values.")
        if min(self.size_px) < 1:
            faults.append(f"size_px {self.size_px} is not a picture size.")
        return faults

    def mirrored(self) -> PoseTrack:
        """The track as if the picture had been mirrored left to right: sides exchange."""
        order = list(MIRROR)
        points = self.points_px[:, order].copy()
        points[..., 0] = self.size_px[0] - points[..., 0]
        world = self.world_m[:, order].copy()
        world[..., 0] *= -1.0
        return replace(self, points_px=points, visibility=self.visibility[:, order].copy(), world_m=world)

    def save(self, path: Path) -> None:
        """Write the track to one ``.npz`` file."""
        header = {"format": "stridecheck-track", "version": FORMAT_VERSION, "source": self.source}
        with path.open("wb") as file:
            np.savez_compressed(
                file,
                header=np.array(json.dumps(header)),
                times_s=self.times_s,
                points_px=self.points_px.astype(np.float32),
                visibility=self.visibility.astype(np.float32),
                world_m=self.world_m.astype(np.float32),
                size_px=np.array(self.size_px),
            )


def load_track(path: str | Path) -> PoseTrack:
    """Read a track that `PoseTrack.save` wrote.

    Files without a header (arrays by the same names) are read as well.

    Raises:
        TrackError: the file is missing, damaged, from a newer version, or breaks a rule of tracks.
    """
    path = Path(path)
    try:
        # numpy leaves a file that it opened itself open where it is no archive
        with path.open("rb") as file, np.load(file, allow_pickle=False) as data:
            header = json.loads(str(data["header"])) if "header" in data else {"version": 0}
            if header["version"] > FORMAT_VERSION:
                raise TrackError(f"{path.name} was saved by a newer Stridecheck; update Stridecheck to read it.")
            width, height = (int(v) for v in data["size_px"])
            track = PoseTrack(
                times_s=data["times_s"].astype(float),
                points_px=data["points_px"].astype(float),
                visibility=data["visibility"].astype(float),
                world_m=data["world_m"].astype(float),
                size_px=(width, height),
                source=str(header.get("source", "unknown")),
            )
    except FileNotFoundError:
        raise TrackError(f"{path} does not exist.") from None
    except (OSError, ValueError, KeyError, TypeError, AttributeError, EOFError, zipfile.BadZipFile) as error:
        raise TrackError(f"{path.name} is not a saved pose track ({error}).") from error
    faults = track.validate()
    if faults:
        raise TrackError(f"{path.name} is not a usable pose track: {' '.join(faults)}")
    return track

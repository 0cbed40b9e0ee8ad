"""A pose track: where 33 points of one person were, frame by frame."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import numpy as np

from analyzer.archive import DAMAGED, numbers, read_archive, whole_numbers
from analyzer.arrays import Floats
from analyzer.errors import TrackError
from analyzer.pose.landmarks import COUNT, LEG_POINTS, MIRROR

FORMAT_VERSION: Final = 2
CLEANED: Final = "cleaned_px"
CM_PER_PX: Final = "cm_per_px"
WAIST: Final = "waist_deg"


@dataclass(frozen=True)
class Places:
    """Every place where the pose model thought that a point of a leg might be.

    Attributes:
        px: (n, 8, k, 2) for `LEG_POINTS`, NaN where there are fewer than k.
        belief: (n, 8, k, 2) 0 to 1, that the point of this leg is there, and that its partner of the other leg is.
    """

    px: Floats
    belief: Floats

    def mirrored(self, width_px: int) -> Places:
        """The places as if the picture had been mirrored left to right."""
        order = [index ^ 1 for index in range(len(LEG_POINTS))]
        px = self.px[:, order].copy()
        px[..., 0] = width_px - px[..., 0]
        return Places(px, self.belief[:, order].copy())


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
        places: what else the pose model thought of the legs; None where that is not known.
        waist_deg: (n,) tilt of the clothes' edges at the hips against the usual, + lower at the right of the picture,
            NaN where unseen; None where the pictures are not known.
    """

    times_s: Floats
    points_px: Floats
    visibility: Floats
    world_m: Floats
    size_px: tuple[int, int]
    source: str = "unknown"
    places: Places | None = None
    waist_deg: Floats | None = None

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
        if self.places is not None and (
            self.places.px.shape != (n, len(LEG_POINTS), *self.places.px.shape[2:3], 2)
            or self.places.belief.shape != self.places.px.shape
        ):
            faults.append(f"places have shapes {self.places.px.shape} and {self.places.belief.shape}.")
        if self.waist_deg is not None and self.waist_deg.shape != (n,):
            faults.append(f"waist_deg has shape {self.waist_deg.shape}, expected {(n,)}.")
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
        return replace(
            self,
            points_px=points,
            visibility=self.visibility[:, order].copy(),
            world_m=world,
            places=self.places and self.places.mirrored(self.size_px[0]),
            waist_deg=None if self.waist_deg is None else -self.waist_deg,
        )

    def part(self, rows: slice) -> PoseTrack:
        """Some of the frames, on the clip's clock."""
        return replace(
            self,
            times_s=self.times_s[rows],
            points_px=self.points_px[rows],
            visibility=self.visibility[rows],
            world_m=self.world_m[rows],
            places=self.places and Places(self.places.px[rows], self.places.belief[rows]),
            waist_deg=None if self.waist_deg is None else self.waist_deg[rows],
        )

    def rounded(self) -> PoseTrack:
        """The track as a file keeps it, in single precision: what is worked out from both is the same."""
        places = self.places
        return replace(
            self,
            points_px=_single(self.points_px),
            visibility=_single(self.visibility),
            world_m=_single(self.world_m),
            places=places and Places(_single(places.px), _single(places.belief)),
            waist_deg=None if self.waist_deg is None else _single(self.waist_deg),
        )

    def save(self, path: Path, *, cleaned: PoseTrack | None = None, cm_per_px: Floats | None = None) -> None:
        """Write the track to one ``.npz`` file.

        Args:
            path: of the file.
            cleaned: the same frames repaired and smoothed, to be kept beside the raw ones.
            cm_per_px: (n,) size of a px of the cleaned track at the person's depth.
        """
        header = {"format": "stridecheck-track", "version": FORMAT_VERSION, "source": self.source}
        places: dict[str, Any] = (
            {} if self.places is None else {"places_px": self.places.px, "places_belief": self.places.belief}
        )
        beside = {
            CLEANED: None if cleaned is None else cleaned.points_px, CM_PER_PX: cm_per_px, WAIST: self.waist_deg
        }  # fmt: skip
        places |= {name: array for name, array in beside.items() if array is not None}
        with path.open("wb") as file:
            np.savez_compressed(
                file,
                header=np.array(json.dumps(header)),
                times_s=self.times_s,
                points_px=self.points_px.astype(np.float32),
                visibility=self.visibility.astype(np.float32),
                world_m=self.world_m.astype(np.float32),
                size_px=np.array(self.size_px),
                **{name: array.astype(np.float32) for name, array in places.items()},
            )


def _single(values: Floats) -> Floats:
    return values.astype(np.float32).astype(float)


def _places(data: Mapping[str, Floats]) -> Places | None:
    if "places_px" not in data:
        return None
    return Places(numbers(data["places_px"]), numbers(data["places_belief"]))


def load_track(path: str | Path, *, cleaned: bool = False) -> PoseTrack:
    """Read a track that `PoseTrack.save` wrote.

    Files without a header (arrays by the same names) are read as well.

    Args:
        path: of the file.
        cleaned: give the points repaired, smoothed, and as if the phone had been still and upright, rather than as the
            pose model gave them.

    Raises:
        TrackError: the file is missing, damaged, from a newer version, breaks a rule of tracks, or holds no cleaned
            points that were asked for.
    """
    track, beside = _read(Path(path))
    if not cleaned:
        return track
    if CLEANED not in beside:
        raise TrackError(f"{Path(path).name} holds only the raw track; give the {Path(path).name} of a result folder.")
    return replace(track, points_px=beside[CLEANED], places=None, waist_deg=None)


def load_scale(path: str | Path) -> Floats | None:
    """Size (n,) in cm of a px of the cleaned track that a file holds; None where the person's size is not known.

    Raises:
        TrackError: as `load_track`.
    """
    return _read(Path(path))[1].get(CM_PER_PX)


def _read(path: Path) -> tuple[PoseTrack, dict[str, Floats]]:
    """The raw track, and what else the file holds of it."""
    try:
        header, data = read_archive(path)
        version = header.get("version", 0)
        if not isinstance(version, int) or version > FORMAT_VERSION:
            raise TrackError(f"{path.name} was saved by a newer Stridecheck; update Stridecheck to read it.")
        width, height = whole_numbers(data["size_px"])
        track = PoseTrack(
            times_s=numbers(data["times_s"]),
            points_px=numbers(data["points_px"]),
            visibility=numbers(data["visibility"]),
            world_m=numbers(data["world_m"]),
            size_px=(width, height),
            source=str(header.get("source", "unknown")),
            places=_places(data),
            waist_deg=numbers(data[WAIST]) if WAIST in data else None,
        )
        beside: dict[str, Floats] = {name: numbers(data[name]) for name in (CLEANED, CM_PER_PX) if name in data}
        faults = track.validate()
    except FileNotFoundError:
        raise TrackError(f"{path} does not exist.") from None
    except DAMAGED as error:
        raise TrackError(f"{path.name} is not a saved pose track ({error}).") from error
    shapes = {CLEANED: track.points_px.shape, CM_PER_PX: track.times_s.shape}
    faults += [
        f"{name} has shape {a.shape}, expected {shapes[name]}." for name, a in beside.items() if a.shape != shapes[name]
    ]
    if faults:
        raise TrackError(f"{path.name} is not a usable pose track: {' '.join(faults)}")
    return track, beside

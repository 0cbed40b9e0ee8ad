"""What is known of a clip before anybody looks at its pictures."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from analyzer.arrays import Floats


@dataclass(frozen=True)
class Notice:
    """Something about the clip that the coach should know, and what to do about it."""

    code: str
    message: str
    advice: str


@dataclass(frozen=True)
class Clip:
    """A video file that can be analysed.

    Attributes:
        path: where the file is.
        sha256: of the file's bytes, hexadecimal.
        width: px of the upright picture, after rotation.
        height: px of the upright picture, after rotation.
        times_s: (n,) presentation time of every frame as the file plays it, first frame at 0, rising.
        nominal_fps: frames per second as played, from the frame times.
        capture_fps: frames per real second, as the container or the user says; equals nominal_fps if neither does.
        rotation_deg: clockwise turn that the container asks for: 0, 90, 180 or 270.
        codec: FFmpeg's name of the video codec.
        has_audio: whether the file carries sound.
        notices: what is odd about the file.
        start_s: the container's own time of the first frame, which `times_s` calls 0.
        mirrored: whether the container asks for a left-to-right mirroring after the turn.
    """

    path: Path
    sha256: str
    width: int
    height: int
    times_s: Floats
    nominal_fps: float
    capture_fps: float
    rotation_deg: int
    codec: str
    has_audio: bool
    notices: tuple[Notice, ...] = ()
    start_s: float = 0.0
    mirrored: bool = False

    @property
    def frames(self) -> int:
        """Number of frames in the file."""
        return len(self.times_s)

    @property
    def slow_motion_factor(self) -> float:
        """How many times slower than life the file plays; 1 for an ordinary clip."""
        return self.capture_fps / self.nominal_fps

    @property
    def duration_s(self) -> float:
        """Playing time, the last frame included."""
        return float(self.times_s[-1] - self.times_s[0]) + 1.0 / self.nominal_fps

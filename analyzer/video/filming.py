"""How a clip was filmed, put together from what its pictures show besides the person."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analyzer.arrays import Bools, Floats
from analyzer.video.camerapath import CameraPath, camera_path
from analyzer.video.scenetrack import SceneTrack
from analyzer.video.shots import Shot, find_shots


@dataclass(frozen=True, eq=False)
class Filming:
    """How a clip was filmed.

    Attributes:
        shots: what it was cut together from; one for an uncut clip.
        used: the shot that is analysed.
        brightness: mean of the pictures used, 0 black to 1 white.
        sharpness: median over the pictures used, 0 blurred to 1 sharp; NaN if unknown.
        path: how the phone moved, (n,) of the frames of ``used``.
        longer_side_px: of the upright full-size picture.
    """

    shots: tuple[Shot, ...]
    used: Shot
    brightness: float
    sharpness: float
    path: CameraPath
    longer_side_px: int

    @property
    def wander(self) -> float:
        """How far the background wandered, as a share of the picture's longer side."""
        return self.path.range_px / self.longer_side_px


def see_filming(scene: SceneTrack, times_s: Floats, seen: Bools | None = None) -> Filming | None:
    """Put together how the clip was filmed, and choose the shot in which the person is seen longest.

    Args:
        scene: of the whole clip.
        times_s: (n,) real seconds of its frames.
        seen: (n,) whether the person was found; None: in all of them.

    Returns:
        None where there is no picture that is not empty.
    """
    shots = find_shots(scene, times_s)
    if not shots:
        return None
    found = np.ones(len(scene), bool) if seen is None else np.asarray(seen, bool)
    lasting = np.gradient(times_s) if len(times_s) > 1 else np.ones(len(times_s))
    used = max(shots, key=lambda shot: float(lasting[shot.rows][found[shot.rows]].sum()))
    within = scene.part(used.rows)
    sharp = within.sharpness[np.isfinite(within.sharpness)]
    return Filming(
        shots=shots,
        used=used,
        brightness=float(within.brightness.mean()),
        sharpness=float(np.median(sharp)) if len(sharp) else float("nan"),
        path=camera_path(within, times_s[used.rows]),
        longer_side_px=max(scene.size_px),
    )

"""Single pictures of a clip, picked out while it is decoded for something else."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from av.video.frame import VideoFrame

from analyzer.video.clip import Clip
from analyzer.video.picture import Upright
from analyzer.video.reader import Frame, read_frame


class Stills:
    """The frames shown nearest to some times; to look for each by itself would decode the clip many times over.

    Args:
        clip: from `probe`.
        times_s: of the file, at which pictures will be asked for.
    """

    def __init__(self, clip: Clip, times_s: Iterable[float]) -> None:
        self._clip = clip
        self._wanted = {self._index(time_s) for time_s in times_s}
        self._kept: dict[int, VideoFrame] = {}
        self._upright = Upright(clip)

    @property
    def wanted(self) -> frozenset[int]:
        """The frames that should be shown to it, by index."""
        return frozenset(self._wanted)

    def see(self, index: int, frame: VideoFrame) -> None:
        """Take note of a decoded frame; it must not be drawn on."""
        if index in self._wanted:
            self._kept[index] = frame

    def at(self, time_s: float) -> Frame:
        """A picture of its own, full-size; from the file where the frame was not seen on the way.

        Raises:
            ClipError: as `read_frame`.
        """
        index = self._index(time_s)
        if index not in self._kept:
            return read_frame(self._clip, time_s)
        return Frame(index, float(self._clip.times_s[index]), self._upright.picture(self._kept[index]))

    def _index(self, time_s: float) -> int:
        return int(np.argmin(np.abs(self._clip.times_s - time_s)))

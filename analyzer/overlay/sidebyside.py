"""Two overlays in one picture, in step with each other: baseline beside cue, before beside after."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from av.video.frame import VideoFrame

from analyzer.assessment import Assessment
from analyzer.errors import CompareError
from analyzer.folder import OVERLAY, PACE
from analyzer.overlay.align import Piece, aligned
from analyzer.overlay.palette import INK, PALE
from analyzer.overlay.raster import PlaneSheet, draw
from analyzer.overlay.shapes import Layer, Placed
from analyzer.overlay.stamps import Stamp, bar, fit, words
from analyzer.progress import Progress, silent
from analyzer.video.clip import Clip
from analyzer.video.planes import FORMAT, UprightPlanes, planes
from analyzer.video.probe import probe
from analyzer.video.reader import read_stored
from analyzer.video.writer import VideoWriter

WIDEST_PX: Final = 1920
TALLEST_PX: Final = 1080
GAP_PX: Final = 4
STAGE: Final = "Putting two clips side by side"

FAR_S: Final = 3.0
"""It is quicker to look for a frame further on than that anew than to decode all before it."""


@dataclass(frozen=True, eq=False)
class Pane:
    """One of the two.

    Attributes:
        assessment: of the clip.
        folder: with its overlay.
        label: what it is called in the video.
    """

    assessment: Assessment
    folder: Path
    label: str


def side_by_side(first: Pane, second: Pane, path: Path, progress: Progress = silent) -> Path:
    """Write a video of two results, aligned by step or repetition; returns its path.

    The first clip plays at its own pace, the second is stretched to it and says by how much.

    Raises:
        CompareError: an overlay is missing, or the clips share no steps or repetitions.
        ClipError: an overlay can no longer be read.
        OutputError: the video cannot be written.
    """
    pieces = aligned(first.assessment, second.assessment)
    films = _Film(first), _Film(second)
    edges = _pane_edges([film.clip for film in films])
    views = [_View(film.clip, edge) for film, edge in zip(films, edges, strict=True)]
    sheet = _Sheet([view.size_px for view in views])
    with VideoWriter(path, sheet.size_px) as writer:
        at_s = 0.0
        for done, piece in enumerate(pieces):
            start_s, end_s = (films[0].overlay_s(edge) for edge in piece.first_s)
            for index, until_s in _frames_between(films[0].clip, start_s, end_s):
                shown_s = max(float(films[0].clip.times_s[index]), start_s)
                beside_s = films[1].overlay_s(piece.beside(films[0].clip_s(shown_s)))
                frame = sheet.frame(views[0].at(index), views[1].nearest(beside_s))
                draw(PlaneSheet(frame), [sheet.titles(first.label, second.label, piece)])
                writer.write_frame(frame, at_s, until_s - shown_s)
                at_s += until_s - shown_s
            progress(STAGE, (done + 1) / len(pieces))
    return path


class _Film:
    """An overlay, and how its time goes with its clip's."""

    def __init__(self, pane: Pane) -> None:
        path = pane.folder / OVERLAY
        if not path.is_file():
            raise CompareError(f"{pane.folder} holds no {OVERLAY}; analyse the clip again, with its overlay.")
        self.clip = probe(path)
        self._knots = _knots(pane.folder / PACE)

    def overlay_s(self, clip_s: float) -> float:
        """When the overlay shows an instant of the clip."""
        return clip_s if self._knots is None else float(np.interp(clip_s, *self._knots))

    def clip_s(self, overlay_s: float) -> float:
        """The instant of the clip that the overlay shows then."""
        return overlay_s if self._knots is None else float(np.interp(overlay_s, *self._knots[::-1]))


def _knots(path: Path) -> tuple[list[float], list[float]] | None:
    """Clip and overlay times at which the pace changes; None where the overlay keeps the clip's.

    Raises:
        CompareError: the file is damaged.
    """
    if not path.is_file():
        return None
    try:
        knots = json.loads(path.read_text(encoding="utf-8"))["knots"]
        return [float(knot["clip_s"]) for knot in knots], [float(knot["overlay_s"]) for knot in knots]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise CompareError(f"{path} is damaged; analyse the clip again.") from error


class _View:
    """Frames of one overlay at the size of its pane, asked for mostly in their order."""

    def __init__(self, clip: Clip, longest_px: int) -> None:
        self._clip = clip
        self._upright = UprightPlanes(clip, longest_px)
        self.size_px = self._upright.size_px
        self._frames: Iterator[tuple[int, VideoFrame]] = iter(())
        self._here: tuple[int, VideoFrame] | None = None

    def nearest(self, time_s: float) -> VideoFrame:
        """The frame shown nearest to a time."""
        return self.at(int(np.argmin(np.abs(self._clip.times_s - time_s))))

    def at(self, index: int) -> VideoFrame:
        """The frame of that index, or the next one that can be decoded."""
        before = -1 if self._here is None else self._here[0]
        if index < before or self._clip.times_s[index] - self._clip.times_s[max(before, 0)] > FAR_S or before < 0:
            self._frames = read_stored(self._clip, start=index)
            self._here = None
        while self._here is None or self._here[0] < index:
            found = next(self._frames, None)
            if found is None:
                break
            if found[0] >= index:
                self._here = found[0], self._upright.frame(found[1])
        if self._here is None:
            raise CompareError(f"{self._clip.path} is damaged; analyse the clip again.")
        return self._here[1]


class _Sheet:
    """A dark picture with a title strip and two panes beneath it."""

    def __init__(self, panes: Sequence[tuple[int, int]]) -> None:
        (left, tall_left), (right, tall_right) = panes
        tall = max(tall_left, tall_right)
        self._size = max(14, round(0.035 * min(tall, left, right))) & ~1
        self._top = round(2.0 * self._size) & ~1
        self._right_at = left + GAP_PX
        self.size_px = left + GAP_PX + right, self._top + tall
        self._ground = PlaneSheet(VideoFrame(2, 2, FORMAT)).mix(INK)
        self._bar: Stamp = bar(self.size_px[0], self._top, INK, 255)

    def frame(self, left: VideoFrame, right: VideoFrame) -> VideoFrame:
        """A new picture with both in their panes."""
        frame = VideoFrame(*self.size_px, FORMAT)
        for channel, (sheet, one, other) in enumerate(zip(*map(planes, (frame, left, right)), strict=True)):
            half = 1 if channel == 0 else 2
            sheet[:] = self._ground[channel]
            for x, pane in ((0, one), (self._right_at, other)):
                top, at = self._top // half, x // half
                sheet[top : top + pane.shape[0], at : at + pane.shape[1]] = pane
        return frame

    def titles(self, left: str, right: str, piece: Piece) -> Layer:
        """Both labels; beside the left one which step or repetition it is, beside the right one how fast it plays."""
        layer: Layer = [Placed(self._bar, (0, 0))]
        speed = f"played at {piece.speed:.2f}× to stay in step"
        ends = self._right_at - GAP_PX, self.size_px[0]
        for start, end, name, note in zip((0, self._right_at), ends, (left, right), (piece.name, speed), strict=True):
            aside = words(note, self._small, PALE)
            room = end - start - aside.width - 3 * self._small
            title = words(fit(name, self._size, room, bold=True), self._size, bold=True)
            middle = self._top / 2
            layer.append(Placed(title, (start + self._small, middle - title.height / 2)))
            layer.append(Placed(aside, (end - aside.width - self._small, middle - aside.height / 2)))
        return layer

    @property
    def _small(self) -> int:
        return round(0.75 * self._size)


def _pane_edges(clips: Sequence[Clip]) -> list[int]:
    """The longer edge in px of each pane: of equal height, together as large as fits, and never larger than life."""
    tall = float(min(TALLEST_PX, *(clip.height for clip in clips)))
    wide = sum(tall * clip.width / clip.height for clip in clips)
    tall *= min(1.0, (WIDEST_PX - GAP_PX) / wide)
    return [round(tall * max(clip.width / clip.height, 1.0)) for clip in clips]


def _frames_between(clip: Clip, start_s: float, end_s: float) -> Iterator[tuple[int, float]]:
    """The frames that are on the screen between two times, and until when each of them is."""
    first = max(int(np.searchsorted(clip.times_s, start_s, side="right")) - 1, 0)
    last = int(np.searchsorted(clip.times_s, end_s, side="left"))
    for index in range(first, last):
        until_s = float(clip.times_s[index + 1]) if index + 1 < clip.frames else end_s
        until_s = min(until_s, end_s)
        if until_s - max(float(clip.times_s[index]), start_s) > 1e-4:
            yield index, until_s


def default_label(folder: Path) -> str:
    """What the folder is called."""
    return folder.resolve().name

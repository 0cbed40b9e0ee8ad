"""H.264 files that play in a browser, with true frame times."""

from __future__ import annotations

import uuid
from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, suppress
from fractions import Fraction
from pathlib import Path
from types import TracebackType
from typing import Final

import av
import numpy as np
from av.container import OutputContainer
from av.video.frame import VideoFrame
from av.video.reformatter import ColorRange, VideoReformatter
from av.video.stream import VideoStream

from analyzer.arrays import Picture
from analyzer.cores import has_core_to_spare
from analyzer.errors import OutputError
from analyzer.privacy import FILE
from analyzer.video.planes import FORMAT, as_planes
from analyzer.video.sound import Sound

TIME_BASE: Final = Fraction(1, 90000)
KEYFRAME_EVERY: Final = 30
"""Frames between keyframes: a player can jump within the overlay, and step back, without a wait."""
NOMINAL_RATE: Final = 30
"""The encoder's idea of the frame rate; the times written do not depend on it."""

TUNED: Final = "deblock=0,0:no-dct-decimate=1:cabac=1:aq-mode=1:threads=1"
"""What the fastest preset leaves out and is worth its time: without it flat walls show blocks, and what was drawn in
one picture leaves ghosts in the next ones. One thread takes a third less of all cores' time than several, and drawing
takes longer still."""

AHEAD: Final = 4
"""Pictures that may wait for the encoder, which works in a thread of its own if there is a core for it."""

_BT709: Final = 1


class VideoWriter:
    """Writes one video, whole or not at all; use it as a context manager.

    Pictures go to a temporary file beside the target, which takes the target's name when the block ends well.

    Args:
        path: target, MP4 whatever its suffix; an existing file is replaced.
        size_px: width and height of the pictures; the last column or row of an odd size is cut off, since H.264
            wants even sizes.
        codec: FFmpeg's name of an encoder.
        crf: quality, lower is better and larger.
        preset: the encoder's trade of speed for size.
        start_s: when the video begins, with the first picture even if that one's time is later; None: at that time.
        sound: what is heard, on the video's own clock.
    """

    def __init__(
        self,
        path: str | Path,
        size_px: tuple[int, int],
        *,
        codec: str = "libx264",
        crf: int = 25,
        preset: str = "ultrafast",
        start_s: float | None = None,
        sound: Sound | None = None,
    ) -> None:
        self.path = Path(path)
        self.size_px = size_px
        self._codec = codec
        self._options = {"crf": str(crf), "preset": preset, "x264-params": TUNED}
        self._part = self.path.with_name(f".{self.path.name}.{uuid.uuid4().hex[:8]}.part")
        self._scaler = VideoReformatter()
        self._start_s = start_s
        self._last_ticks: int | None = None
        self._broken: OutputError | None = None
        self._sound = sound
        self._open = ExitStack()
        self._worker = ThreadPoolExecutor(1, "encoder") if has_core_to_spare() else None
        self._under_way: deque[Future[None]] = deque()

    def __enter__(self) -> VideoWriter:
        """Open the temporary file.

        Raises:
            OutputError: the folder is missing or may not be written to.
        """
        try:
            self._container = self._open.enter_context(
                av.open(str(self._part.absolute()), mode="w", format="mp4", options={"movflags": "+faststart"})
            )
            self._stream = self._add_stream(self._container)
            if self._sound is not None:
                self._open.enter_context(self._sound)
                self._sound.join(self._container)
            self._part.touch(FILE)  # FFmpeg would say only at the first picture that it may not write here
        except (av.FFmpegError, OSError) as error:
            self._abandon()
            raise self._failed(error) from error
        except BaseException:
            self._abandon()
            raise
        return self

    def write(self, rgb: Picture, time_s: float, lasts_s: float | None = None) -> None:
        """Add a picture.

        Args:
            rgb: (h, w, 3) of the writer's size.
            time_s: when it is shown; rising from picture to picture.
            lasts_s: for how long; of the last picture it counts, and is else as of the one before.

        Raises:
            OutputError: it cannot be written, such as on a full disk.
        """
        width, height = self.size_px
        if rgb.shape != (height, width, 3):
            raise ValueError(f"A picture of shape {rgb.shape} does not fit a video of {width}x{height}.")
        even = np.ascontiguousarray(rgb[: height & ~1, : width & ~1])
        self.write_frame(as_planes(even, self._scaler), time_s, lasts_s)

    def write_frame(self, frame: VideoFrame, time_s: float, lasts_s: float | None = None) -> None:
        """Add a picture that is ready to be encoded, and must not be changed any more.

        Args:
            frame: as from `analyzer.video.planes`, of the writer's size made even.
            time_s: as in `write`.
            lasts_s: as in `write`.

        Raises:
            OutputError: as `write`; it may be said only some pictures later.
        """
        if (frame.width, frame.height) != (self._stream.width, self._stream.height):
            raise ValueError(f"A picture of {frame.width}x{frame.height} px does not fit this video.")
        if self._start_s is None:
            self._start_s = time_s
        ticks = 0 if self._last_ticks is None else round((time_s - self._start_s) / TIME_BASE)
        if self._last_ticks is not None and ticks <= self._last_ticks:
            raise ValueError(f"The picture at {time_s} s does not come after the one before it.")
        frame.pts, frame.time_base = ticks, TIME_BASE
        frame.duration = round(lasts_s / TIME_BASE) if lasts_s is not None else ticks - (self._last_ticks or 0)
        self._last_ticks = ticks
        self._hand_over(frame)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Finish the file and give it its name; after an exception, or without a picture, remove it.

        Raises:
            OutputError: it cannot be finished, or there was no picture.
        """
        try:
            if error is None:
                self._finish()
        finally:
            self._abandon()

    def _abandon(self) -> None:
        """Let go of everything; what was not finished vanishes."""
        if self._worker is not None:
            self._worker.shutdown(cancel_futures=True)
        with suppress(av.FFmpegError, OSError):
            self._open.close()
        with suppress(OSError):
            self._part.unlink(missing_ok=True)

    def _finish(self) -> None:
        if self._last_ticks is None:
            raise OutputError(f"{self.path.name} was not written: there is no picture to put into it.")
        self._hand_over(None, ahead=0)
        try:
            self._container.close()
            self._part.replace(self.path)
        except (av.FFmpegError, OSError) as error:
            raise self._failed(error) from error

    def _add_stream(self, container: OutputContainer) -> VideoStream:
        width, height = self.size_px
        stream = container.add_stream(self._codec, rate=NOMINAL_RATE, options=self._options)
        assert isinstance(stream, VideoStream)
        stream.width, stream.height, stream.pix_fmt = width & ~1, height & ~1, FORMAT
        context = stream.codec_context
        context.time_base = TIME_BASE
        context.gop_size = KEYFRAME_EVERY
        context.colorspace = context.color_primaries = context.color_trc = _BT709
        context.color_range = ColorRange.MPEG
        return stream

    def _hand_over(self, frame: VideoFrame | None, ahead: int = AHEAD) -> None:
        """Have a picture encoded, now or later, and wait until at most so many are left to do."""
        if self._worker is None:
            self._encode(frame)
            return
        self._under_way.append(self._worker.submit(self._encode, frame))
        while len(self._under_way) > ahead:
            self._under_way.popleft().result()

    def _encode(self, frame: VideoFrame | None) -> None:
        """Write the picture, and what is heard until then; None: what is left."""
        until_s = float("inf") if frame is None or frame.pts is None else float(frame.pts * TIME_BASE)
        if self._broken is not None:  # FFmpeg crashes where more is written after a fault
            raise self._broken
        try:
            if self._sound is not None:
                for packet in self._sound.until(until_s):
                    self._container.mux(packet)
            self._container.mux(self._stream.encode(frame))
        except (av.FFmpegError, OSError) as error:
            self._broken = self._failed(error)
            raise self._broken from error

    def _failed(self, error: Exception) -> OutputError:
        why = getattr(error, "strerror", None) or str(error)
        return OutputError(
            f"{self.path} cannot be written ({why}); choose a folder with free space that you may write to."
        )

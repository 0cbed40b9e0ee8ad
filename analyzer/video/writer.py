"""H.264 files that play in a browser, with true frame times."""

from __future__ import annotations

import uuid
from contextlib import suppress
from fractions import Fraction
from pathlib import Path
from types import TracebackType
from typing import Final

import av
import numpy as np
from av.container import OutputContainer
from av.video.frame import VideoFrame
from av.video.reformatter import ColorRange, Colorspace, VideoReformatter
from av.video.stream import VideoStream

from analyzer.arrays import Picture
from analyzer.errors import OutputError

TIME_BASE: Final = Fraction(1, 90000)
KEYFRAME_EVERY: Final = 60
"""Frames between keyframes: a player can jump within the overlay without a wait."""
NOMINAL_RATE: Final = 30
"""The encoder's idea of the frame rate; the times written do not depend on it."""

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
    """

    def __init__(
        self,
        path: str | Path,
        size_px: tuple[int, int],
        *,
        codec: str = "libx264",
        crf: int = 20,
        preset: str = "veryfast",
        start_s: float | None = None,
    ) -> None:
        self.path = Path(path)
        self.size_px = size_px
        self._codec = codec
        self._options = {"crf": str(crf), "preset": preset}
        self._part = self.path.with_name(f".{self.path.name}.{uuid.uuid4().hex[:8]}.part")
        self._scaler = VideoReformatter()
        self._start_s = start_s
        self._last_ticks: int | None = None

    def __enter__(self) -> VideoWriter:
        """Open the temporary file.

        Raises:
            OutputError: the folder is missing or may not be written to.
        """
        try:
            self._container = av.open(
                str(self._part.absolute()), mode="w", format="mp4", options={"movflags": "+faststart"}
            )
            self._stream = self._add_stream(self._container)
            self._part.touch()  # FFmpeg would say only at the first picture that it may not write here
        except (av.FFmpegError, OSError) as error:
            raise self._failed(error) from error
        return self

    def write(self, rgb: Picture, time_s: float) -> None:
        """Add a picture.

        Args:
            rgb: (h, w, 3) of the writer's size.
            time_s: when it is shown; rising from picture to picture.

        Raises:
            OutputError: it cannot be written, such as on a full disk.
        """
        width, height = self.size_px
        if rgb.shape != (height, width, 3):
            raise ValueError(f"A picture of shape {rgb.shape} does not fit a video of {width}x{height}.")
        if self._start_s is None:
            self._start_s = time_s
        ticks = 0 if self._last_ticks is None else round((time_s - self._start_s) / TIME_BASE)
        if self._last_ticks is not None and ticks <= self._last_ticks:
            raise ValueError(f"The picture at {time_s} s does not come after the one before it.")
        frame = self._scaler.reformat(
            VideoFrame.from_numpy_buffer(np.ascontiguousarray(rgb[: height & ~1, : width & ~1]), format="rgb24"),
            format="yuv420p",
            dst_colorspace=Colorspace.ITU709,
            dst_color_range=ColorRange.MPEG,
        )
        frame.pts, frame.time_base = ticks, TIME_BASE
        frame.duration = ticks - (self._last_ticks or 0)
        self._last_ticks = ticks
        self._encode(frame)

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
            with suppress(av.FFmpegError, OSError):
                self._container.close()
            with suppress(OSError):
                self._part.unlink(missing_ok=True)

    def _finish(self) -> None:
        if self._last_ticks is None:
            raise OutputError(f"{self.path.name} was not written: there is no picture to put into it.")
        self._encode(None)
        try:
            self._container.close()
            self._part.replace(self.path)
        except (av.FFmpegError, OSError) as error:
            raise self._failed(error) from error

    def _add_stream(self, container: OutputContainer) -> VideoStream:
        width, height = self.size_px
        stream = container.add_stream(self._codec, rate=NOMINAL_RATE, options=self._options)
        assert isinstance(stream, VideoStream)
        stream.width, stream.height, stream.pix_fmt = width & ~1, height & ~1, "yuv420p"
        context = stream.codec_context
        context.time_base = TIME_BASE
        context.gop_size = KEYFRAME_EVERY
        context.colorspace = context.color_primaries = context.color_trc = _BT709
        context.color_range = ColorRange.MPEG
        return stream

    def _encode(self, frame: VideoFrame | None) -> None:
        try:
            self._container.mux(self._stream.encode(frame))
        except (av.FFmpegError, OSError) as error:
            raise self._failed(error) from error

    def _failed(self, error: Exception) -> OutputError:
        why = getattr(error, "strerror", None) or str(error)
        return OutputError(
            f"{self.path} cannot be written ({why}); choose a folder with free space that you may write to."
        )

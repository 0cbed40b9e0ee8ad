"""A part of a sample clip: a person who runs, for tests that want somebody in the picture."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import av

SAMPLE = Path(__file__).parents[2] / "sample_videos" / "run_left.mp4"


def excerpt(path: Path, count: int = 45, height: int = 480) -> Path:
    """Write the sample's first pictures, every other one if it has 60 a second, shrunk to a height."""
    with av.open(str(SAMPLE)) as source, av.open(str(path), "w") as target:
        shown = source.streams.video[0]
        every = max(1, round(float(shown.average_rate or 30) / 30))
        stream: Any = target.add_stream("libx264", rate=30, options={"x264-params": "keyint=15", "preset": "veryfast"})
        stream.height, stream.width = height, round(height * shown.width / shown.height / 2) * 2
        stream.pix_fmt = "yuv420p"
        for index, frame in enumerate(source.decode(shown)):
            if index == count * every:
                break
            if index % every == 0:
                small = frame.reformat(stream.width, height, "yuv420p")
                small.pts, small.time_base = index // every, Fraction(1, 30)
                target.mux(stream.encode(small))
        target.mux(stream.encode(None))
    return path


def beginning(path: Path, seconds: float) -> Path:
    """Write the sample's first seconds, its packets as they are."""
    with av.open(str(SAMPLE)) as source, av.open(str(path), "w") as target:
        shown = source.streams.video[0]
        copy = target.add_stream_from_template(shown)
        for packet in source.demux(shown):
            if packet.dts is not None and packet.pts is not None and packet.pts * packet.time_base < seconds:
                packet.stream = copy
                target.mux(packet)
    return path

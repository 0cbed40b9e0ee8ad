"""What a pose track costs in time and memory."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import av
from av.video.reformatter import VideoReformatter

from analyzer.pose.estimate import estimate_pose
from analyzer.pose.models import ModelFile
from analyzer.video.probe import probe
from analyzer.video.reader import read_frames

PEAK_MB = """
import sys
from pathlib import Path
from analyzer.motion.understand import understand
from analyzer.pose.estimate import estimate_pose
from analyzer.pose.models import find_model
from analyzer.video.probe import probe
clip = probe(sys.argv[1])
understand(estimate_pose(clip, find_model(), lambda share: None).track, clip_fps=clip.capture_fps)
status = Path("/proc/self/status").read_text()  # getrusage would tell the parent's peak, kept over fork and exec
print(next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM")) / 1024)
"""


def looped(source: Path, target: Path, fps: int, seconds: float, long_side_px: int | None = None) -> Path:
    """A clip of that rate and length made of a faster one's frames, shown again and again to and fro.

    One that is not as fast is shown as fast motion; ``long_side_px`` makes its pictures larger or smaller.
    """
    clip = probe(source)
    step = max(1, round(clip.capture_fps / fps))
    pictures = [frame.rgb for frame in read_frames(clip, step=step)]
    there_and_back = [*pictures, *pictures[-2:0:-1]]
    with av.open(str(target), "w") as container:
        stream = container.add_stream("libx264", rate=Fraction(fps), options={"preset": "veryfast", "crf": "23"})
        grow = 1.0 if long_side_px is None else long_side_px / max(pictures[0].shape[:2])
        stream.height, stream.width = (2 * round(side * grow / 2) for side in pictures[0].shape[:2])
        stream.pix_fmt, scaler = "yuv420p", VideoReformatter()
        for index in range(round(fps * seconds)):
            frame = av.VideoFrame.from_ndarray(there_and_back[index % len(there_and_back)], format="rgb24")
            sized = scaler.reformat(frame, width=stream.width, height=stream.height, format="yuv420p")
            container.mux(stream.encode(sized))
        container.mux(stream.encode(None))
    return target


def seconds_of(work: Callable[[], object]) -> float:
    """How long a piece of work takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def silent_share(share: float) -> None:
    """Nobody is told how far it is."""


def track_seconds(path: Path, model: ModelFile) -> float:
    """How long our raw track takes, decoding included."""
    return seconds_of(lambda: estimate_pose(probe(path), model, silent_share))


def peak_mb(path: Path) -> float:
    """The most memory that a process uses that finds, cleans and understands a track; NaN where
    the system does not tell (other than Linux)."""
    done = subprocess.run([sys.executable, "-c", PEAK_MB, str(path)], capture_output=True, text=True, check=False)
    return float(done.stdout.split()[-1]) if done.returncode == 0 else float("nan")

"""Faces are found and hidden in pictures of people, by the model that looks for everybody."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest

from analyzer.assessment import Assessment
from analyzer.overlay.privacy import face_cover
from analyzer.overlay.raster import RgbSheet
from analyzer.pose.models import stored_model
from analyzer.pose.subject import UNSEEN
from analyzer.video.clip import Clip
from analyzer.video.probe import probe
from analyzer.video.reader import read_frames
from analyzer.video.writer import VideoWriter
from tests.report import samples

SAMPLE = Path(__file__).parents[2] / "sample_videos" / "run_front.mp4"
FRAMES = 42


@pytest.fixture(scope="module")
def short(tmp_path_factory: pytest.TempPathFactory) -> Clip:
    """The first 0.7 s of a sample clip."""
    clip = probe(SAMPLE)
    path = tmp_path_factory.mktemp("faces") / "short.mp4"
    with VideoWriter(path, (clip.width, clip.height), crf=14) as writer:
        for frame in read_frames(clip, stop=FRAMES):
            writer.write(frame.rgb, frame.time_s)
    return probe(path)


def unseen(clip: Clip) -> Assessment:
    """Of a clip in which nobody was measured, and nobody has looked who else is there."""
    made = samples.lost(samples.front_run(n=clip.frames), -1.0, 99.0)
    return made.with_motion(replace(made.motion, raw=made.motion.track, look=UNSEEN))


def sharpness(picture: np.ndarray) -> float:
    """Variance of the Laplacian."""
    return float(cv2.Laplacian(picture.mean(axis=2), cv2.CV_64F).var())


def test_a_face_is_gone_in_every_frame_and_the_body_is_not(short: Clip) -> None:
    if stored_model("full") is None:
        pytest.skip("the pose model is not on this machine")
    cover = face_cover(unseen(short), short, "full")
    with np.load(SAMPLE.with_suffix(".truth.npz")) as truth:
        names, places = list(truth["joints"]), truth["px"]
    for frame in read_frames(short, step=6):
        ears = places[frame.index, [names.index("earL"), names.index("earR")]]
        (x, y), half = ears.mean(axis=0), 0.5 * float(np.ptp(ears[:, 0]))
        face = np.s_[round(y - half) : round(y + half), round(x - half) : round(x + half)]
        shoulders_y = places[frame.index, [names.index("shoulderL"), names.index("shoulderR")], 1].min()
        before = frame.rgb.copy()
        cover(RgbSheet(frame.rgb), frame.time_s, 1.0)
        assert sharpness(frame.rgb[face]) < 0.1 * sharpness(before[face])
        below = np.s_[round(shoulders_y + 0.3 * half) :]
        assert (frame.rgb[below] == before[below]).all()

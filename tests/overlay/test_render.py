from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import av
import numpy as np
import pytest

from analyzer.assessment import Assessment, Verdict
from analyzer.errors import OutputError
from analyzer.overlay.hud import BannerAnnotator
from analyzer.overlay.pace import frame_step
from analyzer.overlay.palette import rgb
from analyzer.overlay.raster import Sheet, draw
from analyzer.overlay.render import OverlayWishes, max_side_px, render_overlay
from analyzer.overlay.shapes import Disc
from analyzer.pose.landmarks import Side, point
from analyzer.video.clip import Clip
from analyzer.video.probe import probe
from analyzer.video.reader import read_frame, read_frames
from tests.report import samples
from tests.video.drawn import make_clip, set_display_matrix


@pytest.fixture(scope="module")
def overlay(front: tuple[Assessment, Clip], tmp_path_factory: pytest.TempPathFactory) -> Clip:
    path = tmp_path_factory.mktemp("overlay") / "overlay.mp4"
    render_overlay(*front, path)
    return probe(path)


def test_the_overlay_has_the_clips_frames_at_the_clips_times(front: tuple[Assessment, Clip], overlay: Clip) -> None:
    _, clip = front
    assert (overlay.frames, overlay.width, overlay.height) == (clip.frames, clip.width, clip.height)
    assert overlay.times_s == pytest.approx(clip.times_s, abs=1e-3)
    assert overlay.codec == "h264"


@pytest.mark.parametrize("index", [0, 7, 30, 59])
def test_drawn_joints_stand_on_the_joints(front: tuple[Assessment, Clip], overlay: Clip, index: int) -> None:
    assessment, _ = front
    points = assessment.motion.track.points_px[index]
    picture = next(iter(read_frames(overlay, start=index, stop=index + 1))).rgb
    for name in ("shoulder", "elbow", "wrist"):
        x, y = points[point(Side.LEFT, name)].round().astype(int)
        assert picture[y - 1 : y + 2, x - 1 : x + 2].mean() > samples.GROUND + 60
    corner = picture[300:340, 4:24].astype(int)
    assert np.abs(corner - samples.GROUND).max() < 12


def test_the_missed_knee_is_drawn_in_its_colour(front: tuple[Assessment, Clip], overlay: Clip) -> None:
    assessment, _ = front
    step = next(s for s in assessment.motion.steps if s.side is Side.LEFT)
    index = round(step.mid_stance_s * 30)
    x, y = assessment.motion.track.points_px[index, point(Side.LEFT, "knee")].round().astype(int)
    picture = read_frame(overlay, index / 30).rgb
    patch = picture[y - 2 : y + 3, x - 2 : x + 3].reshape(-1, 3).astype(int)
    assert np.abs(patch - rgb(Verdict.FAIL)).max(axis=1).min() < 50


def test_slow_motion_is_drawn_on_the_clips_own_clock(tmp_path: Path) -> None:
    assessment, clip = samples.filmed(samples.front_run(n=80, rate_hz=120.0), tmp_path / "slow.mp4", 4.0)
    assert clip.slow_motion_factor == pytest.approx(4.0, rel=1e-3)
    render_overlay(assessment, clip, tmp_path / "overlay.mp4")
    made = probe(tmp_path / "overlay.mp4")
    assert made.duration_s == pytest.approx(clip.duration_s, rel=0.02)
    x, y = assessment.motion.track.points_px[25, point(Side.LEFT, "wrist")].round().astype(int)
    picture = next(iter(read_frames(made, start=25, stop=26))).rgb
    assert picture[y - 1 : y + 2, x - 1 : x + 2].mean() > samples.GROUND + 60


def test_where_nobody_was_seen_the_picture_is_left_alone(front: tuple[Assessment, Clip], tmp_path: Path) -> None:
    assessment, clip = front
    render_overlay(samples.lost(assessment, 0.9, 1.2), clip, tmp_path / "overlay.mp4")
    picture = read_frame(probe(tmp_path / "overlay.mp4"), 1.0).rgb[130:540, :200].astype(int)  # beside the panel
    assert np.abs(picture - samples.GROUND).max() < 12


@pytest.mark.parametrize(("fps", "step"), [(24.0, 1), (59.94, 1), (60.0, 1), (61.0, 1), (120.0, 2), (240.0, 4)])
def test_at_most_about_sixty_frames_are_shown_a_second(fps: float, step: int) -> None:
    assert frame_step(fps) == step


@pytest.mark.parametrize(
    ("width", "height", "side"),
    [(1280, 720, 1280), (3840, 2160, 1920), (2160, 3840, 1920), (1440, 1080, 1440), (4032, 3024, 1440)],
)
def test_at_most_1080p(front: tuple[Assessment, Clip], width: int, height: int, side: int) -> None:
    assert max_side_px(replace(front[1], width=width, height=height)) == side


def test_progress_rises_to_the_end(front: tuple[Assessment, Clip], tmp_path: Path) -> None:
    shares: list[float] = []
    render_overlay(*front, tmp_path / "overlay.mp4", lambda _, share: shares.append(share))
    assert shares == sorted(shares)
    assert shares[-1] == 1.0


def test_a_failure_on_the_way_leaves_no_file(
    front: tuple[Assessment, Clip], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = []

    def fail_later(self: BannerAnnotator, moment: object, size_px: object) -> list[object]:
        seen.append(moment)
        if len(seen) == 20:
            raise RuntimeError("pulled the plug")
        return []

    monkeypatch.setattr(BannerAnnotator, "shapes", fail_later)
    with pytest.raises(RuntimeError, match="plug"):
        render_overlay(*front, tmp_path / "overlay.mp4")
    assert list(tmp_path.iterdir()) == []


def test_a_missing_folder_is_said(front: tuple[Assessment, Clip], tmp_path: Path) -> None:
    with pytest.raises(OutputError):
        render_overlay(*front, tmp_path / "nowhere" / "overlay.mp4")


UNEVEN_S = np.cumsum(np.tile([0.02, 0.05, 0.03, 0.034], 12)) - 0.02


def clip_with(path: Path, *, times_s: np.ndarray | None = None, audio: bool = False) -> tuple[Assessment, Clip]:
    """A clip of a numbered picture for each frame, and somebody made up to have been seen in it."""
    clip = probe(make_clip(path, 48, times_s=None if times_s is None else list(times_s), audio=audio))
    made = samples.front_run(n=clip.frames)
    track = replace(made.motion.track, times_s=clip.times_s, size_px=(clip.width, clip.height))
    made = made.with_motion(replace(made.motion, track=track, raw=track))
    info = made.clip.model_copy(update={"duration_s": clip.duration_s, "nominal_fps": clip.nominal_fps})
    return made.model_copy(update={"clip": info}).with_motion(made.motion), clip


def test_uneven_frame_times_are_kept(tmp_path: Path) -> None:
    assessment, clip = clip_with(tmp_path / "clip.mp4", times_s=UNEVEN_S)
    render_overlay(assessment, clip, tmp_path / "overlay.mp4")
    made = probe(tmp_path / "overlay.mp4")
    assert made.times_s == pytest.approx(clip.times_s, abs=1e-4)
    with av.open(str(made.path)) as container:
        stream = container.streams.video[0]
        assert stream.duration is not None
        assert stream.time_base is not None
        assert float(stream.duration * stream.time_base) == pytest.approx(clip.duration_s, abs=1e-3)


def test_sound_is_kept_and_ends_with_the_pictures(tmp_path: Path) -> None:
    assessment, clip = clip_with(tmp_path / "clip.mp4", audio=True)
    assert clip.has_audio
    render_overlay(assessment, clip, tmp_path / "overlay.mp4")
    with av.open(str(tmp_path / "overlay.mp4")) as container:
        assert [stream.type for stream in container.streams] == ["video", "audio"]
        assert container.duration is not None
        assert container.duration / av.time_base == pytest.approx(clip.duration_s, abs=1 / 30)


def test_what_decides_lasts_longer_without_sound(tmp_path: Path) -> None:
    assessment, clip = clip_with(tmp_path / "clip.mp4", audio=True)
    pace = render_overlay(assessment, clip, tmp_path / "overlay.mp4", wishes=OverlayWishes(slow=4.0))
    made = probe(tmp_path / "overlay.mp4")
    assert made.times_s == pytest.approx([pace.overlay_s(float(t)) for t in clip.times_s], abs=1e-4)
    assert made.duration_s > 1.5 * clip.duration_s
    assert not made.has_audio


@pytest.mark.parametrize(("matrix", "size_px"), [((0, 1, -1, 0), (160, 192)), ((-1, 0, 0, -1), (192, 160))])
def test_a_turned_clip_stands_upright_by_itself(
    matrix: tuple[int, int, int, int], size_px: tuple[int, int], tmp_path: Path
) -> None:
    clip = probe(set_display_matrix(make_clip(tmp_path / "clip.mp4", 20), matrix))
    assessment = samples.front_run(n=20)
    render_overlay(assessment, clip, tmp_path / "overlay.mp4")
    made = probe(tmp_path / "overlay.mp4")
    assert (made.width, made.height, made.rotation_deg) == (*size_px, 0)


def test_what_is_covered_is_covered_before_anything_is_drawn(front: tuple[Assessment, Clip], tmp_path: Path) -> None:
    told: list[float] = []

    def cover(sheet: Sheet, clip_s: float, _scale: float) -> None:
        told.append(clip_s)
        draw(sheet, [[Disc(np.array([180.0, 320.0]), 500.0, (255, 255, 255))]])

    render_overlay(*front, tmp_path / "overlay.mp4", wishes=OverlayWishes(cover=cover))
    assert told == pytest.approx(list(front[1].times_s))
    picture = read_frame(probe(tmp_path / "overlay.mp4"), 0.5).rgb
    assert picture[200:500, 20:40].min() > 240
    assert picture.min() < 60

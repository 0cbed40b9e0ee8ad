from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from analyzer.assessment import Assessment
from analyzer.cli import app
from analyzer.errors import CompareError
from analyzer.folder import ASSESSMENT, OVERLAY, PACE
from analyzer.overlay.align import aligned
from analyzer.overlay.pace import Pace
from analyzer.overlay.sidebyside import GAP_PX, Pane, side_by_side
from analyzer.video.probe import probe
from analyzer.video.reader import read_frames
from analyzer.video.writer import VideoWriter
from tests.report import samples
from tests.video.drawn import number_in, numbered

SIZE_PX = (192, 160)
FRAMES = 60


def results(folder: Path, assessment: Assessment, pace: Pace | None = None) -> Path:
    """A result folder whose overlay shows the number of each of its frames, 30 a second of the clip."""
    folder.mkdir()
    with VideoWriter(folder / OVERLAY, SIZE_PX, start_s=0.0) as writer:
        for index in range(FRAMES):
            writer.write(numbered(index), (pace or Pace()).overlay_s(index / 30))
    (folder / ASSESSMENT).write_text(assessment.to_json(), encoding="utf-8")
    if pace is not None:
        (folder / PACE).write_text(pace.to_json(FRAMES / 30), encoding="utf-8")
    return folder


def later(assessment: Assessment, by_s: float, stretch: float) -> Assessment:
    """With every step later and longer."""
    steps = tuple(
        step.model_copy(update={"contact_s": by_s + stretch * (step.contact_s or 0.0)}) for step in assessment.steps
    )
    return assessment.model_copy(update={"steps": steps})


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> tuple[Pane, Pane]:
    folder = tmp_path_factory.mktemp("pair")
    first, second = samples.front_run(), later(samples.front_run(), 0.1, 1.05)
    return (
        Pane(first, results(folder / "a", first), "Baseline"),
        Pane(second, results(folder / "b", second), "Toes <b>curled</b>"),
    )


def panes_of(rgb: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    top = rgb.shape[0] - SIZE_PX[1]
    return rgb[top:, : SIZE_PX[0]], rgb[top:, SIZE_PX[0] + GAP_PX :]


def test_frames_that_belong_together_stand_side_by_side(pair: tuple[Pane, Pane], tmp_path: Path) -> None:
    clip = probe(side_by_side(*pair, tmp_path / "out.mp4"))
    pieces = aligned(pair[0].assessment, pair[1].assessment)
    assert clip.width == 2 * SIZE_PX[0] + GAP_PX
    lasts_s = sum(piece.first_s[1] - piece.first_s[0] for piece in pieces)
    assert clip.duration_s == pytest.approx(lasts_s, abs=1 / 30)
    begins_s = pieces[0].first_s[0]
    for frame in read_frames(clip):
        left, right = (number_in(np.ascontiguousarray(pane)) / 30 for pane in panes_of(frame.rgb))
        first_s = begins_s + frame.time_s
        piece = next(p for p in pieces if first_s < p.first_s[1] + 1e-3)
        assert left == pytest.approx(first_s, abs=1.1 / 30)
        assert right == pytest.approx(piece.beside(first_s), abs=1.1 / 30)


def test_an_overlay_in_slow_motion_is_shown_at_the_clips_instants(pair: tuple[Pane, Pane], tmp_path: Path) -> None:
    slow = Pace(4.0, ((0.3, 0.7),))
    folder = results(tmp_path / "slow", pair[1].assessment, slow)
    clip = probe(side_by_side(pair[0], Pane(pair[1].assessment, folder, "x"), tmp_path / "out.mp4"))
    pieces = aligned(pair[0].assessment, pair[1].assessment)
    begins_s = pieces[0].first_s[0]
    for frame in read_frames(clip, step=5):
        first_s = begins_s + frame.time_s
        piece = next(p for p in pieces if first_s < p.first_s[1] + 1e-3)
        right = number_in(np.ascontiguousarray(panes_of(frame.rgb)[1])) / 30
        assert right == pytest.approx(piece.beside(first_s), abs=1.1 / 30)


def test_both_are_called_by_their_names(pair: tuple[Pane, Pane], tmp_path: Path) -> None:
    picture = next(read_frames(probe(side_by_side(*pair, tmp_path / "out.mp4")))).rgb
    strip = picture[: picture.shape[0] - SIZE_PX[1]]
    for half in (strip[:, : SIZE_PX[0]], strip[:, SIZE_PX[0] :]):
        assert (half.max(axis=2) > 180).any()


def test_a_missing_overlay_is_said(pair: tuple[Pane, Pane], tmp_path: Path) -> None:
    with pytest.raises(CompareError, match="analyse the clip again, with its overlay"):
        side_by_side(pair[0], Pane(pair[1].assessment, tmp_path, "x"), tmp_path / "out.mp4")
    assert list(tmp_path.iterdir()) == []


def test_a_damaged_pace_is_said(pair: tuple[Pane, Pane], tmp_path: Path) -> None:
    folder = results(tmp_path / "slow", pair[1].assessment)
    (folder / PACE).write_text("{}", encoding="utf-8")
    with pytest.raises(CompareError, match="damaged"):
        side_by_side(pair[0], Pane(pair[1].assessment, folder, "x"), tmp_path / "out.mp4")


def test_as_typed(pair: tuple[Pane, Pane], tmp_path: Path) -> None:
    out = tmp_path / "both.mp4"
    words = ["sidebyside", str(pair[0].folder), str(pair[1].folder), "--label", "easy", "--out", str(out)]
    run = CliRunner().invoke(app, words)
    assert (run.exit_code, run.stdout.strip()) == (0, str(out))
    assert probe(out).frames > 20


@pytest.mark.parametrize("labels", [["a", "b", "c"], []])
def test_bad_usage_is_a_sentence_and_status_2(labels: list[str], tmp_path: Path) -> None:
    given = [word for label in labels for word in ("--label", label)]
    run = CliRunner().invoke(
        app, ["sidebyside", str(tmp_path), str(tmp_path), *given, "--out", str(tmp_path / "o.mp4")]
    )
    assert run.exit_code == 2
    assert "Traceback" not in run.output
    assert list(tmp_path.iterdir()) == []

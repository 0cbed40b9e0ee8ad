"""The networks themselves, on a sample clip: unchanged by being cut down, and right about where the body is."""

from __future__ import annotations

import zipfile
from pathlib import Path

import cv2
import numpy as np
import pytest
from ai_edge_litert.interpreter import Interpreter

from analyzer.arrays import Picture
from analyzer.errors import ModelError
from analyzer.pose.bundle import DETECTOR, LANDMARKS
from analyzer.pose.crop import CROP_PX
from analyzer.pose.detect import Detector
from analyzer.pose.landmarks import SIDES, point
from analyzer.pose.models import ModelFile, stored_model
from analyzer.pose.networks import Bundle, Landmarker, read_bundle
from analyzer.pose.prune import without_outline
from analyzer.pose.quiet import engine_quiet
from analyzer.pose.tracker import Tracker, sight
from analyzer.video.planar import Planar
from analyzer.video.probe import probe
from analyzer.video.reader import read_frame

SAMPLE = Path(__file__).parents[2] / "sample_videos" / "run_left.mp4"
AT_S = 1.0


@pytest.fixture(scope="module")
def model() -> ModelFile:
    found = stored_model("full")
    if found is None:
        pytest.skip("the pose model is not on this machine")
    return found


@pytest.fixture(scope="module")
def bundle(model: ModelFile) -> Bundle:
    return read_bundle(model.path)


@pytest.fixture(scope="module")
def picture() -> Picture:
    return read_frame(probe(SAMPLE), AT_S).rgb


def true_px(name: str) -> np.ndarray:
    with np.load(SAMPLE.with_suffix(".truth.npz")) as truth:
        row = int(np.argmin(np.abs(truth["t"] - truth["t"][0] - AT_S)))
        return np.asarray(truth["px"][row, [str(joint) for joint in truth["joints"]].index(name)])


def height_px() -> float:
    return float(np.hypot(*(true_px("hipL") - true_px("ankleL")))) / 0.49


def outputs(network: bytes, crop: Picture) -> dict[tuple[int, ...], np.ndarray]:
    run = Interpreter(model_content=network, num_threads=1)
    run.allocate_tensors()
    run.set_tensor(run.get_input_details()[0]["index"], (crop / np.float32(255.0))[None])
    run.invoke()
    return {tuple(each["shape"]): run.get_tensor(each["index"]) for each in run.get_output_details()}


def test_without_the_outline_the_network_says_the_same(model: ModelFile) -> None:
    with zipfile.ZipFile(model.path) as file:
        whole = file.read(LANDMARKS)
    crop = np.random.default_rng(2).integers(0, 255, (CROP_PX, CROP_PX, 3), dtype=np.uint8)
    with engine_quiet():
        before, after = outputs(whole, crop), outputs(without_outline(whole), crop)
    assert set(before) - set(after) == {(1, 256, 256, 1)}
    for shape, values in after.items():
        np.testing.assert_array_equal(values, before[shape])


def test_what_is_no_network_is_refused() -> None:
    with pytest.raises(ModelError, match="fetch the pose model again"):
        without_outline(b"0123456789")


def test_a_file_that_is_no_bundle_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "model.task"
    path.write_bytes(b"nothing")
    with pytest.raises(ModelError, match="get it again"):
        read_bundle(path)


def test_the_runner_is_found_and_the_near_leg_is_where_it_is(bundle: Bundle, picture: Picture) -> None:
    with engine_quiet():
        found = Detector(bundle).find(picture)
        assert len(found) == 1
        seen = sight(Landmarker(bundle), picture, found[0].crop)
    assert seen is not None
    for joint in ("knee", "ankle"):
        off = seen.points_px[point(SIDES[0], joint)] - true_px(f"{joint}L")
        assert np.hypot(*off) < 0.05 * height_px()


@pytest.mark.parametrize("share", [0.3, 0.15])
def test_a_small_runner_is_found_and_followed(bundle: Bundle, picture: Picture, share: float) -> None:
    """A person that takes up no more than that share of the picture's height."""
    small = _Shrunk(picture, share)
    with engine_quiet():
        seen = Tracker(Landmarker(bundle), Detector(bundle)).see(Planar.of_rgb(small.picture))
    assert seen is not None
    off = seen.points_px[point(SIDES[0], "knee")] - (small.corner_px + small.scale * true_px("kneeL"))
    assert np.hypot(*off) < 0.06 * small.scale * height_px()


class _Shrunk:
    """The picture inside a larger, grey one."""

    def __init__(self, picture: Picture, share: float) -> None:
        self.scale = share * picture.shape[0] / height_px()
        inner = cv2.resize(picture, None, fx=self.scale, fy=self.scale, interpolation=cv2.INTER_AREA)
        self.corner_px = np.array([500.0, 350.0])
        self.picture = np.full((picture.shape[0], max(picture.shape[1], 900), 3), 128, np.uint8)
        inner = inner[: self.picture.shape[0] - 350, : self.picture.shape[1] - 500]
        self.picture[350 : 350 + inner.shape[0], 500 : 500 + inner.shape[1]] = inner


def test_an_empty_picture_holds_nobody(bundle: Bundle) -> None:
    with engine_quiet():
        grey = Planar.of_rgb(np.full((240, 320, 3), 128, np.uint8))
        assert Tracker(Landmarker(bundle), Detector(bundle)).see(grey) is None


def test_a_mirrored_look_sees_the_same_body(bundle: Bundle, picture: Picture) -> None:
    with engine_quiet():
        crop = Detector(bundle).find(picture)[0].crop
        straight, mirrored = (Landmarker(bundle)(each.cut(picture)) for each in (crop, crop.mirror()))
    hips = crop.place(straight.marks[[23, 24]]).mean(axis=0)
    again = crop.mirror().place(mirrored.marks[[23, 24]]).mean(axis=0)
    assert np.hypot(*(hips - again)) < 0.05 * height_px()


@pytest.mark.parametrize("seed", range(20))
def test_a_network_of_noise_is_a_sentence(tmp_path: Path, seed: int) -> None:
    """The archive is sound, so that its checksum tells nothing."""
    rng = np.random.default_rng(seed)
    path = tmp_path / "noise.task"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(DETECTOR, b"noise")
        archive.writestr(LANDMARKS, rng.bytes(4) + b"TFL3" + rng.integers(0, 40, 400, np.uint8).tobytes())
    with pytest.raises(ModelError, match="get it again"):
        Landmarker(read_bundle(path))

"""The model store: what it takes, what it refuses, and that it leaves nothing half-done."""

import hashlib
import os
import subprocess
import sys
import threading
import zipfile
from collections import Counter
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from analyzer.errors import ModelError
from analyzer.pose import catalogue, fetch
from analyzer.pose.bundle import DETECTOR, LANDMARKS
from analyzer.pose.models import find_model, models_folder, stored_model

CONTENT = bytes(range(256)) * 4096
LITE = replace(catalogue.KNOWN["lite"], sha256=hashlib.sha256(CONTENT).hexdigest(), size_bytes=len(CONTENT))
CLOSED = "http://127.0.0.1:9"


class Mirror(ThreadingHTTPServer):
    """Stands in for the official address; ``manner`` says how it answers."""

    daemon_threads = True
    manner = "good"

    def __init__(self):
        super().__init__(("127.0.0.1", 0), MirrorHandler)
        self.asked = Counter()
        self.go_on = threading.Event()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class MirrorHandler(BaseHTTPRequestHandler):
    def log_message(self, *words):
        pass

    def do_GET(self):
        self.server.asked[self.path] += 1
        manner = self.server.manner
        if manner == "missing":
            self.send_error(404)
            return
        if manner == "waiting":
            self.server.go_on.wait(60)
        content = {"corrupt": b"?" + CONTENT[1:], "larger": CONTENT + b"?"}.get(manner, CONTENT)
        self.send_response(200)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if manner in ("truncated", "stalled"):
            self.wfile.write(content[: len(content) // 2])
            self.wfile.flush()
            if manner == "stalled":
                self.server.go_on.wait(60)
            return
        self.wfile.write(content)


@pytest.fixture
def mirror(monkeypatch):
    with Mirror() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        monkeypatch.setenv("STRIDECHECK_MODELS_URL", server.address)
        yield server
        server.go_on.set()
        server.shutdown()
        thread.join()


@pytest.fixture
def folder(tmp_path, monkeypatch) -> Path:
    """An empty models folder, with a "lite" small enough to be served."""
    monkeypatch.setenv("STRIDECHECK_MODELS", str(tmp_path / "models"))
    monkeypatch.setitem(catalogue.KNOWN, "lite", LITE)
    return tmp_path / "models"


@pytest.fixture
def no_index(monkeypatch):
    """A package index that nobody answers for."""
    for name in [name for name in os.environ if name.startswith("PIP_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("PIP_INDEX_URL", f"{CLOSED}/simple")
    monkeypatch.setenv("PIP_RETRIES", "1")


def left_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_fetches_from_the_official_address_once(mirror, folder):
    shares = []

    model = find_model("lite", lambda stage, share: shares.append(share))
    again = find_model("lite")

    assert model == again
    assert model.name == "lite"
    assert model.path == folder / "pose_landmarker_lite.task"
    assert model.path.read_bytes() == CONTENT
    assert model.sha256 == LITE.sha256
    assert left_in(folder) == ["pose_landmarker_lite.task"]
    assert mirror.asked == {"/pose_landmarker_lite/float16/1/pose_landmarker_lite.task": 1}
    assert shares == sorted(shares)
    assert shares[-1] == 1.0


@pytest.mark.parametrize(
    ("manner", "reason"),
    [
        ("corrupt", "SHA-256 differs"),
        ("larger", "larger than the model"),
        ("truncated", "broke off"),
        ("missing", "404"),
        ("stalled", "timed out"),
    ],
)
def test_a_bad_download_leaves_nothing_behind(mirror, folder, monkeypatch, manner, reason):
    mirror.manner = manner
    if manner == "stalled":
        monkeypatch.setattr(fetch, "TIMEOUT_S", 0.2)

    with pytest.raises(ModelError, match=reason) as caught:
        find_model("lite")

    assert left_in(folder) == []
    assert "stridecheck models fetch lite" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_an_interrupted_download_leaves_nothing_behind(mirror, folder):
    def interrupt(stage, share):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        find_model("lite", interrupt)

    assert left_in(folder) == []


def test_a_damaged_cached_file_is_fetched_again(mirror, folder):
    folder.mkdir()
    cached = folder / "pose_landmarker_lite.task"
    cached.write_bytes(CONTENT[:-1])
    assert stored_model("lite") is None

    assert find_model("lite").path.read_bytes() == CONTENT
    assert left_in(folder) == ["pose_landmarker_lite.task"]


def test_a_damaged_cached_file_that_cannot_be_replaced_is_called_damaged(mirror, folder):
    mirror.manner = "missing"
    folder.mkdir()
    (folder / "pose_landmarker_lite.task").write_bytes(b"half")

    with pytest.raises(ModelError, match="is damaged and cannot be fetched"):
        find_model("lite")


FETCH_LITE = """
import sys
from dataclasses import replace
from analyzer.pose import catalogue
from analyzer.pose.models import find_model
catalogue.KNOWN["lite"] = replace(catalogue.KNOWN["lite"], sha256=sys.argv[1], size_bytes=int(sys.argv[2]))
print("ready", flush=True)
print(find_model("lite").sha256)
"""


def test_two_processes_fetch_once(mirror, folder):
    mirror.manner = "waiting"
    command = [sys.executable, "-c", FETCH_LITE, LITE.sha256, str(LITE.size_bytes)]
    processes = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    for process in processes:
        assert process.stdout.readline() == "ready\n"
    mirror.go_on.set()

    assert [process.communicate(timeout=60)[0].strip() for process in processes] == [LITE.sha256] * 2
    assert sum(mirror.asked.values()) == 1
    assert left_in(folder) == ["pose_landmarker_lite.task"]


@pytest.mark.usefixtures("no_index")
def test_without_network_one_sentence_says_what_to_do(folder, monkeypatch):
    monkeypatch.setenv("STRIDECHECK_MODELS_URL", CLOSED)

    with pytest.raises(ModelError) as caught:
        find_model("full")

    sentence = str(caught.value)
    assert "\n" not in sentence
    for noise in ("Retry", "Error", "<", ">"):
        assert noise not in sentence
    for part in ("the package index: ", "the official address: ", "stridecheck models fetch full", str(folder)):
        assert part in sentence
    assert left_in(folder) == []


def test_a_folder_that_cannot_be_made_is_a_sentence(tmp_path, monkeypatch):
    (tmp_path / "file").touch()
    monkeypatch.setenv("STRIDECHECK_MODELS", str(tmp_path / "file"))

    with pytest.raises(ModelError, match="STRIDECHECK_MODELS"):
        find_model("lite")


def bundle(path: Path, *members: str) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for member in members:
            archive.writestr(member, b"network " + member.encode())
    return path


def test_a_given_file_comes_before_everything(tmp_path):
    path = bundle(tmp_path / "mine.task", DETECTOR, LANDMARKS)

    model = find_model(path)

    assert (model.path, model.name) == (path, "mine.task")
    assert model.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()


def test_a_given_file_that_is_no_model_is_refused(tmp_path):
    with pytest.raises(ModelError, match="lite, full, heavy"):
        find_model(tmp_path / "nothing.task")
    with pytest.raises(ModelError, match="There is no pose model called medium"):
        find_model("medium")
    (tmp_path / "text.task").write_text("a text")
    with pytest.raises(ModelError, match="damaged or no"):
        find_model(tmp_path / "text.task")
    with pytest.raises(ModelError, match=LANDMARKS):
        find_model(bundle(tmp_path / "half.task", DETECTOR))


def test_a_given_file_that_is_damaged_is_refused(tmp_path):
    path = bundle(tmp_path / "mine.task", DETECTOR, LANDMARKS)
    path.write_bytes(path.read_bytes().replace(b"network " + DETECTOR.encode(), b"NETWORK " + DETECTOR.encode()))

    with pytest.raises(ModelError, match="damaged"):
        find_model(path)


def test_a_checkout_keeps_its_models_beside_the_package(monkeypatch):
    monkeypatch.delenv("STRIDECHECK_MODELS", raising=False)
    root = Path(fetch.__file__).parents[2]

    assert (models_folder() == root / "models") == (root / "pyproject.toml").is_file()


def test_the_cards_name_the_pinned_hashes():
    cards = Path(__file__).parents[2] / "models"
    for model in catalogue.KNOWN.values():
        card = (cards / f"{model.name}.md").read_text(encoding="utf-8")
        assert "Apache-2.0" in card
        assert f"{model.size_bytes:,}" in card
        for sha256 in model.accepted_sha256:
            assert sha256 in card


@pytest.fixture(scope="module")
def fetched(tmp_path_factory):
    asked = [sys.executable, "-m", "pip", "index", "versions", "mediapipe"]
    index = subprocess.run(asked, capture_output=True, text=True, timeout=120)
    if index.returncode != 0:
        pytest.skip(f"the package index cannot be reached: {index.stderr.strip().splitlines()[-1:]}")
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("STRIDECHECK_MODELS", str(shared / "models"))
        patch.setenv("STRIDECHECK_MODELS_URL", CLOSED)
        return find_model("full")


class TestTheRealPackageIndex:
    """The default model out of the old wheel: 36 MB, fetched once for all workers."""

    def test_gives_the_pinned_bundle(self, fetched):
        assert fetched.name == "full"
        assert fetched.sha256 == catalogue.KNOWN["full"].wheel.bundle_sha256
        assert left_in(fetched.path.parent) == ["pose_landmarker_full.task"]

    def test_finds_a_runner(self, fetched):
        av = pytest.importorskip("av")
        mediapipe = pytest.importorskip("mediapipe")
        root = Path(__file__).parents[2]
        clips = (
            root / "sample_videos" / "run_left.mp4",
            root.parent / "shared" / "clips" / "real" / "treadmill_side.mp4",
        )
        clip = next((clip for clip in clips if clip.exists()), None)
        if clip is None:
            pytest.skip("needs a clip of a runner who faces left")
        with av.open(str(clip)) as container:
            picture = next(container.decode(video=0)).to_ndarray(format="rgb24")
        vision = mediapipe.tasks.vision
        options = vision.PoseLandmarkerOptions(
            base_options=mediapipe.tasks.BaseOptions(model_asset_path=str(fetched.path))
        )
        with vision.PoseLandmarker.create_from_options(options) as landmarker:
            found = landmarker.detect(mediapipe.Image(image_format=mediapipe.ImageFormat.SRGB, data=picture))

        (points,) = found.pose_landmarks
        nose, hip, knee, ankle = (points[index] for index in (0, 23, 25, 27))
        assert 0.0 < nose.y < hip.y < knee.y < ankle.y < 1.0
        assert nose.x < hip.x, "the runner faces left"

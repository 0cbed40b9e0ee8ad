"""Whatever stands in a file, reading it gives what it should or a sentence: never another error."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from pathlib import Path, PurePosixPath

import numpy as np
import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from analyzer.archive import MOST_ARRAYS
from analyzer.assessment import read_assessment
from analyzer.basis import load_basis
from analyzer.batch.config import Settings
from analyzer.batch.record import read_record
from analyzer.comparing import Wishes, compare_places
from analyzer.criteria.own import read_own_limits
from analyzer.errors import StridecheckError, TrackError
from analyzer.folder import check_free
from analyzer.forgetting import find_client
from analyzer.options import Options
from analyzer.pose.landmarks import COUNT
from analyzer.pose.track import load_scale, load_track
from analyzer.safety.intake import read_intake
from tests.depth import examples
from tests.test_forgetting import TODAY

VERSIONS = Path(__file__).parent / "fixtures" / "versions"
FEW = examples(60, suppress_health_check=[HealthCheck.function_scoped_fixture])

KEYS = st.sampled_from(
    ["knee_valgus", "running", "pass_high", "source", "pain_now", "gives_way", "clip", "client", "height_cm", "a.mp4",
     "file", "label", "subject", "activity", "cue", "ä", "", "\0"]
)  # fmt: skip
SCALARS = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.just(10**400)
)  # fmt: skip
TREES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=4), max_leaves=8
)


def as_toml(value: object) -> str:
    """TOML, more or less: what cannot be said in it comes out wrong, which is as good here."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(key)} = {as_toml(each)}" for key, each in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(as_toml(each) for each in value) + "]"
    return json.dumps(value)


TOML = st.one_of(
    st.binary(max_size=60),
    st.text(max_size=60).map(lambda text: text.encode("utf-8", "surrogatepass")),
    st.dictionaries(KEYS, TREES, max_size=4).map(
        lambda tree: "\n".join(f"{json.dumps(key)} = {as_toml(value)}" for key, value in tree.items()).encode()
    ),
    st.sampled_from(
        [b"a = " + b"[" * 5000, b"a = " + b"{a=" * 3000, b"[" + b"a." * 3000 + b"a]", b"\xff\xfe", b"a=1_"]
    ),
)


def read_trial(file: Path) -> object:
    return compare_places(Wishes((file,), file.parent / "out", Options(), TODAY))


def read_batch(file: Path) -> object:
    file.rename(file.with_name("batch.toml"))
    return Settings(file.parent).of(PurePosixPath("Ana/a.mp4"), "Ana")


@pytest.mark.parametrize("read", [read_own_limits, read_intake, read_batch, read_trial], ids=lambda read: read.__name__)
@FEW
@given(content=TOML)
def test_no_toml_gives_more_than_a_sentence(tmp_path: Path, read: Callable[[Path], object], content: bytes) -> None:
    path = tmp_path / "asked.toml"
    path.write_bytes(content)
    said_or_read(read, path)


def said_or_read(read: Callable[[Path], object], path: Path) -> None:
    try:
        read(path)
    except StridecheckError as said:
        if not str(said).strip() or said.exit_status not in (1, 2):
            raise AssertionError("it says nothing") from said


JSON = st.one_of(
    st.binary(max_size=60),
    st.dictionaries(st.sampled_from(["schema_version", "stridecheck_version", "plan", "clip"]), TREES, max_size=4).map(
        lambda tree: json.dumps(tree).encode()
    ),
    st.sampled_from([b"[" * 100_000, b'{"plan":' * 100_000, b'{"schema_version": 1e999}', b'"\xed\xa0\x80"', b"\xff"]),
)


@st.composite
def spoilt(draw: st.DrawFn, file: Path) -> bytes:
    """A file that is right, but for a few bytes, or with a value in it exchanged."""
    data = bytearray(file.read_bytes())
    if file.suffix == ".json" and draw(st.booleans()):
        tree = json.loads(data)
        place = tree
        while True:
            key = draw(st.sampled_from(sorted(place) if isinstance(place, dict) else range(len(place))))
            if not (isinstance(place[key], (dict, list)) and place[key]) or draw(st.integers(0, 3)) == 0:
                place[key] = draw(TREES)
                return json.dumps(tree).encode()
            place = place[key]
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(data) - 1))
        cut = draw(st.integers(0, 8))
        data[at : at + cut] = draw(st.binary(max_size=8))
        data = data or bytearray(b"\0")
    return bytes(data)


ASSESSMENTS = sorted(VERSIONS.glob("assessment_*.json"))[-2:]


@FEW
@given(content=JSON | spoilt(ASSESSMENTS[0]) | spoilt(ASSESSMENTS[1]))
def test_no_json_gives_more_than_a_sentence(tmp_path: Path, content: bytes) -> None:
    folder = tmp_path / "results" / "run"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "assessment.json").write_bytes(content)
    (folder / "job.json").write_bytes(content)
    said_or_read(lambda path: read_assessment(path / "assessment.json"), folder)
    said_or_read(check_free, folder)
    said_or_read(lambda path: find_client(path.parent, "Ana"), folder)
    read_record(folder)


def load_both(path: Path) -> None:
    track = load_track(path)
    assert track.validate() == []
    load_scale(path)


TRACKS = sorted(VERSIONS.glob("pose_*.npz"))


@FEW
@given(content=st.one_of(st.binary(max_size=100), *(spoilt(file) for file in TRACKS)))
def test_no_damage_to_a_track_gives_more_than_a_sentence(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "pose.npz"
    path.write_bytes(content)
    said_or_read(load_both, path)
    said_or_read(lambda place: load_basis(place, load_track(TRACKS[0])), path)


ARRAYS = st.sampled_from(
    [np.zeros(0), np.zeros(3), np.full((3, COUNT, 2), np.inf), np.array("text"), np.array([1 + 2j]), np.array(True),
     np.array([np.inf, 1]), np.array([-5, 2**62]), np.array(["720", "1280"]), np.zeros((3, COUNT, 3)), np.array(None),
     np.array('{"version": []}'), np.array('{"version": 1e999}'), np.array("[1]"), np.array("[" * 9999)]
)  # fmt: skip


@FEW
@given(
    changed=st.dictionaries(
        st.sampled_from(["header", "times_s", "points_px", "visibility", "world_m", "size_px", "places_px",
                         "places_belief", "cleaned_px", "cm_per_px", "other"]), ARRAYS, min_size=1, max_size=4,
    ),
    left_out=st.sampled_from(["header", "times_s", "size_px", "nothing"]),
)  # fmt: skip
def test_no_array_in_a_track_gives_more_than_a_sentence(
    tmp_path: Path, changed: dict[str, np.ndarray], left_out: str
) -> None:
    with np.load(TRACKS[-1]) as data:
        arrays = {name: data[name] for name in data.files if name != left_out}
    np.savez(tmp_path / "pose.npz", **(arrays | changed))
    said_or_read(load_both, tmp_path / "pose.npz")
    said_or_read(lambda path: load_basis(path, load_track(TRACKS[0])), tmp_path / "pose.npz")


def test_a_track_that_would_unpack_without_end_is_refused_at_once(tmp_path: Path) -> None:
    path = tmp_path / "pose.npz"
    zeros = bytes(1 << 20)
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("times_s.npy", "w", force_zip64=True) as file,
    ):
        file.write(zeros)
    content = path.read_bytes()
    size = len(zeros).to_bytes(4, "little")
    assert content.count(size) == 2
    path.write_bytes(content.replace(size, (2**31 - 1).to_bytes(4, "little")))

    with pytest.raises(TrackError, match="unpack to more"):
        load_track(path)


def test_a_track_of_very_many_arrays_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "pose.npz", "w") as archive:
        for number in range(MOST_ARRAYS + 1):
            archive.writestr(f"{number}.npy", b"")
    with pytest.raises(TrackError, match="unpack to more"):
        load_track(tmp_path / "pose.npz")

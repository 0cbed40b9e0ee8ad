"""What every version of Stridecheck has saved, and what one that is still to come might.

The files in ``fixtures/versions`` were written by the code of the commits in their names, before that code changed what
it writes: ``assessment_<schema version>_<order>_<commit>.json``, ``pose_<format version>.npz`` and
``clip_<version>_<commit>.npz``. Add one whenever a file changes shape; none may ever be taken away.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from analyzer.assessment import SCHEMA_VERSION, read_assessment
from analyzer.basis import load_basis
from analyzer.compare.history import read_folder
from analyzer.errors import AssessmentError, TrackError
from analyzer.pose.track import FORMAT_VERSION, load_scale, load_track

VERSIONS = Path(__file__).parent / "fixtures" / "versions"


def kept(pattern: str) -> list[Path]:
    return sorted(VERSIONS.glob(pattern))


@pytest.mark.parametrize("file", kept("assessment_*.json"), ids=lambda file: file.stem)
def test_an_assessment_of_every_version_is_read_with_its_numbers(file: Path) -> None:
    written = json.loads(file.read_bytes())
    read = read_assessment(file)

    assert [(m.metric, m.side.value, m.value, m.uncertainty) for m in read.measurements] == [
        (m["metric"], m["side"], m["value"], m["uncertainty"]) for m in written["measurements"]
    ]
    assert (read.headline, read.subject.name) == (written["headline"], written["subject"]["name"])
    assert len(read.reps) == len(written["reps"])


@pytest.mark.parametrize("file", kept("pose_*.npz"), ids=lambda file: file.stem)
def test_a_track_of_every_version_is_read_with_its_points(file: Path) -> None:
    with np.load(file) as data:
        written = {name: data[name] for name in data.files}
    read = load_track(file)

    np.testing.assert_array_equal(read.points_px, written["points_px"])
    np.testing.assert_array_equal(read.times_s, written["times_s"])
    assert list(read.size_px) == written["size_px"].tolist()
    assert (read.places is not None) == ("places_px" in written)
    assert (load_scale(file) is not None) == ("cm_per_px" in written)


@pytest.mark.parametrize("file", kept("clip_*.npz"), ids=lambda file: file.stem)
def test_what_a_clip_was_scored_from_is_read_in_every_version(file: Path) -> None:
    basis = load_basis(file, load_track(VERSIONS / "pose_1.npz"))

    assert (basis.clip.codec, basis.options.height_cm, basis.options.name) == ("h264", 175.0, "Ann")
    assert basis.look.people == 2
    assert basis.filming is not None


def test_today_s_versions_are_among_them() -> None:
    assert kept(f"assessment_{SCHEMA_VERSION}_*.json")
    assert kept(f"pose_{FORMAT_VERSION}*.npz")
    assert len(kept("*")) == 16


def from_the_future(folder: Path) -> Path:
    content = json.loads(kept("assessment_*.json")[-1].read_bytes())
    content |= {"schema_version": SCHEMA_VERSION + 1, "tomorrow": {"unknown": 1}}
    path = folder / "assessment.json"
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


def test_an_assessment_from_the_future_is_refused_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(AssessmentError, match=r"newer Stridecheck; update"):
        read_assessment(from_the_future(tmp_path))


@pytest.mark.parametrize("version", [0, -1, "1.5", None, []])
def test_a_version_that_never_was_is_refused(tmp_path: Path, version: object) -> None:
    content = json.loads(kept("assessment_*.json")[-1].read_bytes()) | {"schema_version": version}
    (tmp_path / "a.json").write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(AssessmentError, match="analyse the clip again"):
        read_assessment(tmp_path / "a.json")


def test_a_history_leaves_out_what_it_cannot_read_and_says_so(tmp_path: Path) -> None:
    (tmp_path / "new").mkdir()
    (tmp_path / "old").mkdir()
    from_the_future(tmp_path / "new")
    (tmp_path / "old" / "assessment.json").write_bytes(kept("assessment_*.json")[0].read_bytes())
    found, skipped = read_folder(tmp_path)

    assert [each.folder.name for each in found] == ["old"]
    assert len(skipped) == 1
    assert "new" in skipped[0]


def test_a_track_from_the_future_is_refused_with_what_to_do(tmp_path: Path) -> None:
    with np.load(kept("pose_2*.npz")[0]) as data:
        arrays = {name: data[name] for name in data.files}
    header = json.loads(str(arrays["header"])) | {"version": FORMAT_VERSION + 1}
    np.savez(tmp_path / "pose.npz", **{**arrays, "header": np.array(json.dumps(header))})

    with pytest.raises(TrackError, match="newer Stridecheck; update"):
        load_track(tmp_path / "pose.npz")

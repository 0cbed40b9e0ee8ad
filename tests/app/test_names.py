"""Names made from what people type."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from analyzer.app.names import clip_name, free, identity, safe_name

FORBIDDEN = set('<>:"/\\|?*\0')


@given(st.text(max_size=300))
def test_a_name_is_one_part_of_a_path_on_every_system(text):
    name = safe_name(text, "clip")
    assert name
    assert not FORBIDDEN.intersection(name)
    assert not any(ord(letter) < 32 for letter in name)
    assert name not in (".", "..")
    assert name == name.strip(" .")
    assert not name.startswith((".", "-"))
    assert len(f"{name}-999.mp4".encode()) < 255
    assert Path("root", name).parent == Path("root")
    assert safe_name(name, "clip") == name


@given(st.text(max_size=100))
def test_a_clip_s_name_never_leads_elsewhere(text):
    stem, suffix = clip_name(f"{text}.MP4")
    assert suffix == ".mp4"
    assert Path(stem).name == stem


def test_words_that_systems_keep_for_themselves_are_not_used():
    for name in ("CON", "nul.txt", "Lpt1", "clips", "Comparisons", "...", "../..", "", "💃"):
        assert safe_name(name, "client") == "client"


def test_letters_of_all_scripts_stay():
    for name in ("Zoë", "عداءة سريعة", "สมหญิง", "王小明", "O Hara", "run_1.2"):
        assert safe_name(name, "client") == name


def test_the_ending_tells_the_kind():
    assert clip_name("C:\\Users\\me\\run.MOV") == ("run", ".mov")
    assert clip_name("run.mp4.exe") == ("run.mp4", "")
    assert clip_name("mp4") == ("mp4", "")


def test_a_free_name_is_free_whatever_the_case(tmp_path):
    (tmp_path / "Run").mkdir()
    assert free(tmp_path, "run").name == "run-2"
    assert free(tmp_path, "run", promised=["RUN-2"]).name == "run-3"
    assert free(tmp_path / "not there", "run").name == "run"


@given(st.text(min_size=1, max_size=30).filter(lambda t: "/" not in t and "\0" not in t and t not in (".", "..")))
def test_a_number_tells_nothing(name):
    number = identity(Path("root") / name, Path("root"))
    assert len(number) == 20
    assert number.isalnum()

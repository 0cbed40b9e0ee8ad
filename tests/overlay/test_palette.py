from __future__ import annotations

from analyzer.assessment import TestVerdict, Verdict
from analyzer.overlay.palette import HARSHNESS, HEX, STROKES, TEST_LOOKS, TEST_WORDS, WORDS, overall, rgb
from tests.report import samples

OKABE_ITO = {Verdict.PASS: (0, 158, 115), Verdict.BORDERLINE: (230, 159, 0), Verdict.FAIL: (213, 94, 0)}


def test_every_verdict_has_looks_and_words() -> None:
    for table in (HEX, STROKES, WORDS):
        assert set(table) == set(Verdict)
    assert set(HARSHNESS) == set(Verdict)
    assert set(TEST_LOOKS) == set(TEST_WORDS) == set(TestVerdict)


def test_judged_colours_are_those_of_okabe_and_ito() -> None:
    assert {verdict: rgb(verdict) for verdict in OKABE_ITO} == OKABE_ITO


def test_judged_lines_differ_without_colour() -> None:
    assert len({STROKES[verdict] for verdict in OKABE_ITO}) == 3


def test_words_stay_calm() -> None:
    said = " ".join([*WORDS.values(), *TEST_WORDS.values()])
    assert not any(harsh in said for harsh in ("fail", "bad", "abnormal", "wrong"))


def test_tests_speak_for_the_clip_and_measurements_where_there_is_none() -> None:
    screened = samples.front_run()
    assert overall(screened) is Verdict.FAIL
    passed = screened.tests[0].model_copy(update={"verdict": TestVerdict.PASS})
    assert overall(screened.model_copy(update={"tests": (passed,)})) is Verdict.PASS
    assert overall(samples.side_run()) is Verdict.BORDERLINE
    assert overall(screened.model_copy(update={"tests": (), "measurements": ()})) is Verdict.NOT_MEASURED

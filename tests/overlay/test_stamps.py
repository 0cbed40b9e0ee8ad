from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.assessment import Verdict
from analyzer.overlay.stamps import bar, fit, label, symbol, text_width, words


def scene(height: int = 60, width: int = 80, grey: int = 100) -> np.ndarray:
    return np.full((height, width, 3), grey, np.uint8)


def test_text_is_drawn_once_and_kept() -> None:
    assert label("12°", 20, Verdict.PASS) is label("12°", 20, Verdict.PASS)


@pytest.mark.parametrize(("bold", "of_2048"), [(False, 1303), (True, 1425)])
def test_letters_are_dejavu_whose_digits_are_known(bold: bool, of_2048: int) -> None:
    assert text_width("1234567890", 40, bold=bold) == pytest.approx(10 * 40 * of_2048 / 2048, rel=0.01)


def test_words_leave_the_ground_between_letters() -> None:
    ground = scene()
    words("ill", 30).put(ground, 5, 5)
    assert (ground == 100).all(axis=2).mean() > 0.5
    assert ground.max() == 255


def test_a_bar_darkens_evenly() -> None:
    ground = scene()
    bar(80, 20).put(ground, 0, 0)
    assert len(np.unique(ground[:20].reshape(-1, 3), axis=0)) == 1
    assert ground[:20].max() < 100
    assert (ground[20:] == 100).all()


@given(st.integers(-200, 200), st.integers(-200, 200))
def test_what_falls_outside_is_cut_off(x: int, y: int) -> None:
    ground, whole = scene(), scene(500, 500)
    stamp = label("Knee in 12°", 18, Verdict.FAIL)
    stamp.put(ground, x, y)
    stamp.put(whole, x + 200, y + 200)
    assert np.array_equal(ground, whole[200:260, 200:280])


@given(st.text(max_size=60), st.integers(30, 400))
def test_fitted_text_is_no_wider_than_asked(text: str, width: int) -> None:
    found = fit(text, 14, width)
    assert found == text or text_width(found, 14) <= width or found == "…"


def test_symbols_differ_in_shape() -> None:
    shapes = [symbol(verdict, 24).keep[..., 0] < 128 for verdict in Verdict if verdict is not Verdict.INFO]
    for i, one in enumerate(shapes):
        for other in shapes[i + 1 :]:
            assert (one != other).mean() > 0.05


@pytest.mark.parametrize("verdict", list(Verdict))
def test_a_symbol_shows_its_verdicts_colour(verdict: Verdict) -> None:
    from analyzer.overlay.palette import rgb

    paint = symbol(verdict, 40).paint.reshape(-1, 3).astype(int)
    assert (np.abs(paint - rgb(verdict)).max(axis=1) <= 2).sum() > 50

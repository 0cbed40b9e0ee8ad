from __future__ import annotations

from string import Formatter

import pytest

from analyzer.criteria import quality_table
from analyzer.criteria.quality_table import load_quality
from analyzer.errors import CriteriaError

TABLE = load_quality()
CODES = {
    "unknown_slow_motion", "lost", "small", "feet", "people", "dark", "oblique", "yaw", "few_steps", "frame_rate",
}  # fmt: skip
"""Names that programs may know."""


def test_no_code_has_gone() -> None:
    assert TABLE.warning.keys() >= CODES


@pytest.mark.parametrize("code", sorted(TABLE.warning))
def test_every_warning_says_what_is_wrong_what_to_do_and_where_its_limit_is_from(code: str) -> None:
    said = TABLE.warning[code]
    assert said.message[0].isupper() or said.message[0] == "{"
    assert said.message.endswith((".", "{said}"))
    assert said.advice.endswith(".")
    assert len(said.source) > 10


def test_sentences_are_filled_in() -> None:
    caution = TABLE.caution("small", percent=21.4)
    assert caution.code == "small"
    assert "21 %" in caution.message
    assert not [name for _, name, _, _ in Formatter().parse(caution.message + caution.advice) if name]


def test_a_broken_table_is_refused_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    load_quality.cache_clear()
    monkeypatch.setattr(quality_table, "read_toml", lambda _: {"grade": {}, "warning": {}})
    with pytest.raises(CriteriaError, match="quality file"):
        load_quality()
    load_quality.cache_clear()

"""The table of smallest changes and words."""

from __future__ import annotations

import re

from analyzer.compare.tables import load_compare
from analyzer.compare.types import Basis
from analyzer.metrics.registry import all_metrics

TABLE = load_compare()
AVOIDED = re.compile(r"diagnos|\brisk|abnormal|\bweak|injur", re.IGNORECASE)


def test_it_names_metrics_that_exist_in_their_own_units() -> None:
    units = {each.name: each.unit for each in all_metrics()}
    assert {name: row.unit for name, row in TABLE.metric.items()} == {name: units[name] for name in TABLE.metric}


def test_every_smallest_change_has_a_source_and_says_whether_it_is_published() -> None:
    for name, row in TABLE.metric.items():
        assert row.smallest > 0.0, name
        assert row.source, name
        assert ("no published figure" in row.source) == (not row.published), name


def test_both_cues_are_judged_by_metrics_of_which_less_is_better() -> None:
    assert {TABLE.metric[name].better for name in TABLE.words.judged} == {"lower"}


def test_the_words_of_the_two_cues_do_not_overlap() -> None:
    known = [TABLE.cue["hips"].file_words, TABLE.cue["feet"].file_words, TABLE.words.baseline_file_words,
             TABLE.words.last_file_words, TABLE.words.after_file_words]  # fmt: skip
    words = [word for group in known for word in group]
    assert len(words) == len(set(words))


def test_nothing_said_frightens_or_diagnoses() -> None:
    assert not AVOIDED.search(TABLE.model_dump_json())


def test_every_basis_of_an_interval_has_words() -> None:
    assert set(load_compare().words.change.basis) == set(Basis)

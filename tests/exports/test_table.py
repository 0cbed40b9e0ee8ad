from __future__ import annotations

import builtins
import csv
import io
from pathlib import Path
from typing import Any

import pytest

from analyzer.errors import OutputError
from analyzer.exports.table import Column, Table, csv_text, write_parquet

TABLE = Table(
    (
        Column("index", int, [0, 1, 2]),
        Column("side", str, ["left", "right", None]),
        Column("knee_valgus_deg", float, [4.25, float("nan"), None], decimals=2),
    )
)


def test_text_has_the_decimals_that_are_asked_for_and_blanks_for_what_was_not_seen() -> None:
    assert list(csv.reader(io.StringIO(csv_text(TABLE)))) == [
        ["index", "side", "knee_valgus_deg"],
        ["0", "left", "4.25"],
        ["1", "right", ""],
        ["2", "", ""],
    ]


def test_parquet_keeps_kinds_and_has_nulls_for_what_was_not_seen(tmp_path: Path) -> None:
    pandas = pytest.importorskip("pandas", reason="pandas comes with the extra 'movement'")
    pytest.importorskip("pyarrow", reason="the extra 'parquet' is not installed")
    write_parquet(TABLE, tmp_path / "t.parquet")
    found = pandas.read_parquet(tmp_path / "t.parquet")
    assert [kind.kind for kind in found.dtypes[["index", "knee_valgus_deg"]]] == ["i", "f"]
    assert found["index"].tolist() == [0, 1, 2]
    assert found["side"].isna().tolist() == [False, False, True]
    assert found["knee_valgus_deg"].isna().tolist() == [False, True, True]
    assert found["knee_valgus_deg"][0] == 4.25


def test_without_pyarrow_it_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    load = builtins.__import__

    def without(name: str, *rest: Any, **more: Any) -> Any:
        if name == "pyarrow":
            raise ImportError(name)
        return load(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(OutputError, match=r"stridecheck\[parquet\]"):
        write_parquet(TABLE, tmp_path / "t.parquet")
    assert not list(tmp_path.iterdir())

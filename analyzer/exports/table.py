"""Tables for other programs: columns of one kind each, as CSV or as Parquet."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeAlias

import numpy as np

from analyzer.errors import OutputError

Cell: TypeAlias = str | int | float | None

PARQUET: Final = ".parquet"


@dataclass(frozen=True)
class Column:
    """A column, its unit in its name.

    Attributes:
        name: of the column.
        kind: of all its cells.
        cells: None or NaN where nothing was seen.
        decimals: as many as a number has in text.
    """

    name: str
    kind: type[str] | type[int] | type[float]
    cells: Sequence[Cell]
    decimals: int = 4


@dataclass(frozen=True)
class Table:
    """Columns of the same length."""

    columns: tuple[Column, ...]


def csv_text(table: Table) -> str:
    """The table's text; what was not seen is blank."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow([column.name for column in table.columns])
    shown = ([_shown(cell, column.decimals) for cell in column.cells] for column in table.columns)
    writer.writerows(zip(*shown, strict=True))
    return file.getvalue()


def write_parquet(table: Table, path: Path) -> None:
    """Write the table to a Parquet file; what was not seen is null.

    Raises:
        OutputError: pyarrow is not installed.
    """
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError:
        raise OutputError(
            'Parquet needs the package pyarrow: install it with pip install "stridecheck[parquet]", or export as CSV.'
        ) from None
    kinds = {str: pyarrow.string(), int: pyarrow.int64(), float: pyarrow.float64()}
    columns = {
        column.name: pyarrow.array([None if _unseen(cell) else cell for cell in column.cells], type=kinds[column.kind])
        for column in table.columns
    }
    pyarrow.parquet.write_table(pyarrow.table(columns), path)


def _unseen(cell: Cell) -> bool:
    return cell is None or (isinstance(cell, float) and not np.isfinite(cell))


def _shown(cell: Cell, decimals: int) -> str | int:
    if cell is None or _unseen(cell):
        return ""
    return f"{cell:.{decimals}f}" if isinstance(cell, float) else cell

"""Take the person's outline out of the landmark network: it costs more than a third of the time and nobody needs it.

Nothing else changes: what is left computes the same numbers (`tests/pose/test_prune.py`).
"""

from __future__ import annotations

from typing import Any, Final

from ai_edge_litert import schema_py_generated as schema

from analyzer.errors import ModelError
from analyzer.pose.flatbuffer import Kept, Part, Table, read_number, read_root, with_root

_VERSION, _SUBGRAPHS, _SIGNATURES = 0, 2, 7
"""Slots of a TFLite model's root table; a signature would name the outputs that are gone."""

_TENSORS, _INPUTS, _OUTPUTS, _OPERATORS, _NAME = 0, 1, 2, 3, 4
"""Slots of a subgraph's table."""


def without_outline(network: bytes) -> bytes:
    """A landmark network without the output that is a whole picture, and without the operators that only it needs.

    Raises:
        ModelError: the bytes are not a TFLite model of one graph.
    """
    if network[4:8] != b"TFL3":
        raise ModelError("The landmark network is not a TFLite model; fetch the pose model again.")
    graph = schema.Model.GetRootAs(network, 0).Subgraphs(0)
    outputs = [int(tensor) for tensor in graph.OutputsAsNumpy() if not _is_picture(graph.Tensors(int(tensor)))]
    kept: list[Part] = [Kept(graph.Operators(index)._tab.Pos) for index in _needed(graph, outputs)]
    old = {slot: _vector(graph, slot) for slot in (_TENSORS, _INPUTS, _NAME)}
    pruned: Table = {slot: part for slot, part in old.items() if part is not None}
    pruned |= {_OUTPUTS: list(outputs), _OPERATORS: kept}
    root = read_root(network)
    root.pop(_SIGNATURES, None)
    root[_VERSION] = read_number(network, _VERSION)
    root[_SUBGRAPHS] = [pruned]
    return with_root(root, b"TFL3", network)


_SMALLEST_PICTURE: Final = 128


def _is_picture(tensor: Any) -> bool:
    """Whether a tensor is one picture, rather than a map per landmark or a list of numbers."""
    shape = [int(size) for size in tensor.ShapeAsNumpy()]
    return len(shape) == 4 and shape[3] == 1 and min(shape[1:3]) >= _SMALLEST_PICTURE


def _needed(graph: Any, outputs: list[int]) -> list[int]:
    """The operators that the outputs depend on, in their order."""
    maker = {
        int(tensor): index
        for index in range(graph.OperatorsLength())
        for tensor in graph.Operators(index).OutputsAsNumpy()
    }
    needed: set[int] = set()
    open_tensors = list(outputs)
    while open_tensors:
        index = maker.get(open_tensors.pop())
        if index is not None and index not in needed:
            needed.add(index)
            open_tensors += [int(tensor) for tensor in graph.Operators(index).InputsAsNumpy()]
    return sorted(needed)


def _vector(graph: Any, slot: int) -> Kept | None:
    """Where the vector or text in a field of the graph's table lies."""
    table = graph._tab
    offset = table.Offset(4 + 2 * slot)
    return Kept(table.Indirect(table.Pos + offset)) if offset else None

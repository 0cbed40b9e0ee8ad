"""The geometry of what is drawn: an angle at a joint, or a distance from a plumb line.

Turns are those seen on the screen: +1 is clockwise, since x runs right and y down.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Final, TypeAlias

import numpy as np

from analyzer.arrays import Floats

UP: Final = np.array([0.0, -1.0])
RIGHT: Final = np.array([1.0, 0.0])
"""Metrics are read against the picture's own vertical and horizontal, and so they are drawn."""


@dataclass(frozen=True)
class AngleSketch:
    """An angle at a joint.

    Attributes:
        vertex: (2,) px.
        zero: (2,) unit vector of the line at which the metric reads 0.
        end: (2,) px, far end of the judged line.
        turn: +1 if positive values turn clockwise from zero, else -1.
        start: (2,) px where the judged line begins before it runs through the vertex; the vertex if it begins there.
        reach_px: length of the zero line.
        label_at: (2,) px beside which the number stands.
        label_towards: (2,) unit vector in which the number is pushed clear of the body.
    """

    vertex: Floats
    zero: Floats
    end: Floats
    turn: float
    start: Floats
    reach_px: float
    label_at: Floats
    label_towards: Floats

    @property
    def value_deg(self) -> float:
        """The angle as drawn, in the metric's sign."""
        ray = self.end - self.vertex
        cross = self.zero[0] * ray[1] - self.zero[1] * ray[0]
        return self.turn * math.degrees(math.atan2(float(cross), float(self.zero @ ray)))

    def corrected(self, offset_deg: float) -> AngleSketch:
        """The same judged line with the zero line turned, so that it reads that much less."""
        return replace(self, zero=rotated(self.zero, self.turn * offset_deg))

    def ray(self, value_deg: float, length_px: float) -> Floats:
        """(2,) px of the point at that value and distance from the vertex."""
        return self.vertex + length_px * rotated(self.zero, self.turn * value_deg)

    def arc(self, value_deg: float, radius_px: float, count: int) -> Floats:
        """(count, 2) px of points at that distance from the vertex, from the zero line to that value."""
        turns = np.exp(1j * np.radians(np.linspace(0.0, self.turn * value_deg, count)))
        along = radius_px * complex(*self.zero) * turns
        return np.asarray(self.vertex + np.stack([along.real, along.imag], axis=1))


@dataclass(frozen=True)
class GapSketch:
    """A distance from a plumb line.

    Attributes:
        top: (2,) px, upper end of the plumb line.
        foot: (2,) px, lower end.
        mark: (2,) px, the judged point.
        positive: (2,) unit vector in which the metric grows.
        com: whether the plumb line hangs from the centre of mass.
        label_at: (2,) px beside which the number stands.
        label_towards: (2,) unit vector in which the number is pushed clear of the body.
    """

    top: Floats
    foot: Floats
    mark: Floats
    positive: Floats
    com: bool
    label_at: Floats
    label_towards: Floats

    @property
    def base(self) -> Floats:
        """(2,) px of the point on the plumb line level with the mark."""
        return self.mark - float((self.mark - self.foot) @ self.positive) * self.positive

    @property
    def value_px(self) -> float:
        """The distance as drawn, in the metric's sign."""
        return float((self.mark - self.foot) @ self.positive)

    def corrected(self, offset_px: float) -> GapSketch:
        """The same judged point with the plumb line moved, so that it reads that much less."""
        shift = offset_px * self.positive
        return replace(self, top=self.top + shift, foot=self.foot + shift)


Sketch: TypeAlias = AngleSketch | GapSketch


def rotated(vector: Floats, clockwise_deg: float) -> Floats:
    """The vector turned on the screen."""
    c, s = math.cos(math.radians(clockwise_deg)), math.sin(math.radians(clockwise_deg))
    return np.array([c * vector[0] - s * vector[1], s * vector[0] + c * vector[1]])


def unit(vector: Floats) -> Floats:
    """The vector at length 1, NaN where it has none."""
    length = math.hypot(*vector)
    return vector / length if length > 0 else np.full(2, np.nan)

"""The shape of everything that is drawn over a clip."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TypeAlias

from analyzer.arrays import Picture
from analyzer.overlay.moment import Moment
from analyzer.overlay.raster import RgbSheet, draw
from analyzer.overlay.shapes import Layer

Size: TypeAlias = tuple[int, int]
"""Width and height in px."""


class Annotator(ABC):
    """Draws one thing."""

    @abstractmethod
    def shapes(self, moment: Moment, size_px: Size) -> Layer:
        """What to draw at a moment.

        Args:
            moment: in px of the picture.
            size_px: of the picture.
        """

    def annotate(self, scene: Picture, moment: Moment) -> None:
        """Draw on an RGB picture in place."""
        draw(RgbSheet(scene), [self.shapes(moment, (scene.shape[1], scene.shape[0]))])

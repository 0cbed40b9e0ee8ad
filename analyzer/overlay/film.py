"""What the overlay shows at any time of the clip: a scene of plain values, before anything is drawn."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analyzer.arrays import Floats
from analyzer.assessment import Assessment
from analyzer.overlay.annotator import Annotator, Size
from analyzer.overlay.canvas import Pen
from analyzer.overlay.guides import GuideAnnotator
from analyzer.overlay.hud import BannerAnnotator, FooterAnnotator, OutcomeAnnotator, SlowNote
from analyzer.overlay.judged import JudgedAnnotator
from analyzer.overlay.moment import Moment, Timeline
from analyzer.overlay.pace import Pace
from analyzer.overlay.panel import PanelAnnotator, free_corner, panel_size, shown_curve
from analyzer.overlay.shapes import Layer, Placed, joints
from analyzer.overlay.skeleton import SkeletonAnnotator
from analyzer.overlay.trails import TrailAnnotator


@dataclass(frozen=True, eq=False)
class Scene:
    """What is drawn on one picture.

    Attributes:
        moment: what is shown, in px of the picture.
        layers: from the bottom to the top.
    """

    moment: Moment
    layers: tuple[Layer, ...]

    @property
    def joints(self) -> dict[int, Floats]:
        """Where the joint markers stand, (2,) px by landmark; those of unseen joints are not numbers."""
        return {index: at for layer in self.layers for index, at in joints(layer).items()}


class Film:
    """All scenes of a clip.

    Args:
        assessment: of the clip, with its movement.
        size_px: width and height of the pictures that are drawn on.
        scale: by how much they are smaller than the clip's own.
        pace: of the video.
    """

    def __init__(self, assessment: Assessment, size_px: Size, scale: float = 1.0, pace: Pace | None = None) -> None:
        self._size = size_px
        self._pace = pace or Pace()
        self._factor = assessment.clip.slow_motion_factor
        motion = assessment.motion
        self._timeline = Timeline(motion)
        self._scale = scale
        banner, footer = BannerAnnotator(assessment), FooterAnnotator(assessment)
        top, bottom = banner.height(size_px), footer.height(size_px)
        judged = JudgedAnnotator(assessment, (top, bottom))
        self._on_body: tuple[Annotator, ...] = (
            TrailAnnotator(motion, scale),
            SkeletonAnnotator(),
            GuideAnnotator(assessment, judged),
            judged,
        )
        panel = _panel(assessment, scale, size_px, top, bottom)
        self._behind: tuple[Annotator, ...] = (banner, footer, *panel)
        at_left = all(each.is_at_right(size_px) for each in panel)
        self._outcome = OutcomeAnnotator(assessment, top, at_left=at_left)
        lower = 2.0 * Pen.of(size_px, float("nan")).text if assessment.reps else 0.0
        self._note = SlowNote(self._pace.slow * self._factor, top + lower, at_left=at_left)

    def at(self, clip_s: float) -> Scene:
        """The scene at a time of the clip's file."""
        moment = self._timeline.at(clip_s / self._factor).seen(self._scale)
        layers = [annotator.shapes(moment, self._size) for annotator in self._behind]
        body = [shape for annotator in self._on_body for shape in annotator.shapes(moment, self._size)]
        layers.append([shape for shape in body if not isinstance(shape, Placed)])
        layers.append([shape for shape in body if isinstance(shape, Placed)])
        layers.append(self._outcome.shapes(moment, self._size))
        if self._pace.is_slow(clip_s):
            layers.append(self._note.shapes(moment, self._size))
        return Scene(moment, tuple(layers))


def _panel(assessment: Assessment, scale: float, size_px: Size, top: float, bottom: float) -> list[PanelAnnotator]:
    shown = shown_curve(assessment)
    if shown is None:
        return []
    points = assessment.motion.track.points_px * scale
    panel = panel_size(size_px)
    corner = free_corner(np.asarray(points), size_px, panel, top, bottom)
    return [PanelAnnotator(assessment, shown, corner, panel)]

"""What a user may wish of the overlay and the pictures."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Drawing:
    """How overlay and pictures are to be made.

    Attributes:
        slow: how many times slower than the clip what decides is shown in the overlay; 1 keeps the clip's pace.
        blur_faces: whether every face that is found is hidden, in the overlay and in all pictures.
        model: the pose model that looks for other people's faces, as in `analyzer.options.Options`.
    """

    slow: float = 1.0
    blur_faces: bool = False
    model: str = "full"

"""Between what a number that somebody types is believed; beyond it is a slip of the finger or of the unit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Range:
    """The lowest and highest value that is believed, and what is asked for, in words that end a sentence."""

    low: float
    high: float
    meaning: str


HEIGHT_CM: Final = Range(80.0, 250.0, "the standing height in centimetres, in shoes")
MASS_KG: Final = Range(15.0, 300.0, "the body mass in kilograms")
SPEED_MPS: Final = Range(0.5, 13.0, "the running speed in metres per second, which is km/h divided by 3.6")
BOX_CM: Final = Range(5.0, 120.0, "the height of the step-up box in centimetres")
CAPTURED_FPS: Final = Range(10.0, 2000.0, "the frames per second that the phone recorded, such as 240 for slow motion")

"""BlazePose's two networks, run one frame at a time.

They are run directly rather than through MediaPipe's landmarker, which keeps the heat maps to itself, cannot be told
where to look, smooths with a lag and computes an outline that nobody here needs.
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from ai_edge_litert.interpreter import Interpreter

from analyzer.arrays import Floats, Picture
from analyzer.errors import ModelError
from analyzer.pose.bundle import DETECTOR, LANDMARKS
from analyzer.pose.heat import sigmoid
from analyzer.pose.landmarks import COUNT
from analyzer.pose.prune import without_outline

_DAMAGED: Final = (
    struct.error,
    zlib.error,
    ValueError,
    TypeError,
    IndexError,
    AttributeError,
    OverflowError,
    MemoryError,
)
"""What reading a FlatBuffer may raise over bytes that are none."""

MARKS: Final = COUNT + 6
"""The body's points, two that tell the next crop, and four that nobody uses."""

_OUTPUTS: Final = {(1, 5 * MARKS), (1, 1), (1, 64, 64, MARKS), (1, 3 * MARKS)}


@dataclass(frozen=True)
class Answer:
    """What the landmark network says of one crop.

    Attributes:
        marks: (39, 2) in the crop's px.
        visibility: (33,) 0 to 1.
        presence: 0 to 1 that there is a body at all.
        heat: (64, 64, 39) logits of belief.
        world_m: (33, 3) metric guess in the crop's axes, origin between the hips.
    """

    marks: Floats
    visibility: Floats
    presence: float
    heat: Floats
    world_m: Floats


@dataclass(frozen=True)
class Bundle:
    """The bytes of both networks, ready to run."""

    detector: bytes
    landmarks: bytes


def read_bundle(path: Path) -> Bundle:
    """Both networks of a ``.task`` file.

    Raises:
        ModelError: the file is not a bundle of both.
    """
    try:
        with zipfile.ZipFile(path) as bundle:
            return Bundle(bundle.read(DETECTOR), without_outline(bundle.read(LANDMARKS)))
    except (OSError, KeyError, zipfile.BadZipFile, *_DAMAGED) as error:
        raise ModelError(f"The pose model {path} is damaged: get it again.") from error


class Network:
    """A network with its memory; one per thread."""

    def __init__(self, network: bytes) -> None:
        try:
            self._run = Interpreter(model_content=network, num_threads=1)
            self._run.allocate_tensors()
        except (ValueError, RuntimeError) as error:
            raise ModelError("The pose model holds a network that cannot be run: get it again.") from error
        self._input = self._run.get_input_details()[0]["index"]
        self._outputs = {self._key(each): each["index"] for each in self._run.get_output_details()}

    @staticmethod
    def _key(output: dict[str, Any]) -> tuple[int, ...]:
        return tuple(int(size) for size in output["shape"])

    def __call__(self, picture: Floats) -> dict[tuple[int, ...], Floats]:
        """The outputs by shape, for a picture (h, w, 3) scaled as the network wants it."""
        self._run.set_tensor(self._input, picture[None].astype(np.float32, copy=False))
        self._run.invoke()
        return {shape: np.asarray(self._run.get_tensor(index)[0]) for shape, index in self._outputs.items()}


class Landmarker:
    """Finds the points of a body in a crop."""

    def __init__(self, bundle: Bundle) -> None:
        self._network = Network(bundle.landmarks)

    def __call__(self, crop_rgb: Picture) -> Answer:
        """Read a crop of (256, 256, 3)."""
        out = self._network(crop_rgb / np.float32(255.0))
        if _OUTPUTS - out.keys():
            raise ModelError("The pose model gives something else than a body's points: get it again.")
        marks = out[1, 5 * MARKS].reshape(MARKS, 5)
        return Answer(
            marks=marks[:, :2].astype(float),
            visibility=sigmoid(marks[:COUNT, 3]),
            presence=float(out[1, 1][0]),
            heat=out[1, 64, 64, MARKS],
            world_m=out[1, 3 * MARKS].reshape(MARKS, 3)[:COUNT].astype(float),
        )

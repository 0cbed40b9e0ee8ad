"""Make a MediaPipe ``.task`` bundle of the two networks inside an old mediapipe wheel.

A bundle is a stored zip of a detector and a landmark network. The wheel's detector is complete; its landmark network
lacks the TFLite metadata that tell the Tasks API how to scale a picture, so they are put in front of it. mediapipe's
own tool for that is broken in 1.2, and its schema classes would pack the whole network anew and lose the alignment of
the weights. The bundle is the same on every machine, which lets its hash be pinned.

Sources: schema.fbs of TensorFlow Lite (version 3) and metadata_schema.fbs of TFLite Support, for the slot numbers.
"""

from __future__ import annotations

import io
import struct
import zipfile
from typing import Final

from analyzer.errors import ModelError
from analyzer.pose.flatbuffer import ALIGNMENT, Table, read_number, read_root, read_tables, with_root

DETECTOR: Final = "pose_detector.tflite"
LANDMARKS: Final = "pose_landmarks_detector.tflite"

_VERSION, _BUFFERS, _METADATA = 0, 4, 6
"""Slots of a TFLite model's root table."""

_LOCAL_HEADER, _EXTRA_HEADER = 30, 4
"""Bytes of a zip member's header before its name, and of an extra field's before its content."""


def task_bundle(detector: bytes, landmarks: bytes) -> bytes:
    """The bytes of a ``.task`` file of the wheel's two networks; the same on every machine.

    Raises:
        ModelError: the landmark network is not a TFLite model.
    """
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as bundle:
        for name, content in ((DETECTOR, detector), (LANDMARKS, with_metadata(landmarks, landmark_metadata()))):
            bundle.writestr(_member(name, file.tell()), content)
    return file.getvalue()


def landmark_metadata() -> bytes:
    """TFLite metadata of BlazePose's landmark network: RGB scaled to 0..1 goes in, five tensors come out."""
    rgb: Table = {0: 2, 1: {0: 1}}
    zero_to_one: Table = {0: 1, 1: {0: (0.0,), 1: (255.0,)}}
    image: Table = {0: "image", 3: rgb, 4: [zero_to_one]}
    network: Table = {2: [image], 3: [{0: f"output_{index}"} for index in range(5)]}
    return with_root({0: "BlazePose landmarks, full", 3: [network], 5: "Apache License 2.0"}, b"M001")


def with_metadata(network: bytes, metadata: bytes) -> bytes:
    """A TFLite network with metadata in front of its own, untouched bytes.

    Raises:
        ModelError: the bytes are not a TFLite model.
    """
    if network[4:8] != b"TFL3":
        raise ModelError("The landmark network is not a TFLite model; fetch the pose model again.")
    buffers, notes = read_tables(network, _BUFFERS), read_tables(network, _METADATA)
    root = read_root(network)
    root[_VERSION] = read_number(network, _VERSION)
    root[_BUFFERS] = [*buffers, {0: metadata}]
    root[_METADATA] = [*notes, {0: "TFLITE_METADATA", 1: len(buffers)}]
    return with_root(root, b"TFL3", network)


def _member(name: str, position: int) -> zipfile.ZipInfo:
    """A zip header that says nothing of machine or day and lets the content begin where TFLite wants it."""
    member = zipfile.ZipInfo(name)
    member.create_system = 3
    member.external_attr = 0o644 << 16
    padding = -(position + _LOCAL_HEADER + len(name) + _EXTRA_HEADER) % ALIGNMENT
    member.extra = struct.pack("<HH", 0xD935, padding) + bytes(padding)
    return member

"""The pose models that Stridecheck knows, and how to tell that a file is the right one."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

DEFAULT: Final = "full"


@dataclass(frozen=True)
class ModelFile:
    """A pose model on this machine.

    Attributes:
        path: the ``.task`` file.
        name: ``lite``, ``full`` or ``heavy`` if its hash is known, else the file's name.
        sha256: of the file's bytes, hexadecimal.
    """

    path: Path
    name: str
    sha256: str


@dataclass(frozen=True)
class WheelMember:
    """A data file inside the wheel, and its hash."""

    name: str
    sha256: str


@dataclass(frozen=True)
class Wheel:
    """An old mediapipe wheel that still carries a model. Only data are taken, so it serves every platform.

    Attributes:
        requirement: what to ask the package index for.
        tags: pip's options that name this one wheel wherever they run.
        sha256: of the wheel.
        size_bytes: of the wheel.
        detector: finds the person.
        landmarks: finds the points.
        bundle_sha256: of the ``.task`` file that `analyzer.pose.bundle` makes of the two.
    """

    requirement: str
    tags: tuple[str, ...]
    sha256: str
    size_bytes: int
    detector: WheelMember
    landmarks: WheelMember
    bundle_sha256: str


@dataclass(frozen=True)
class KnownModel:
    """A pose model that Google publishes under Apache-2.0.

    Attributes:
        name: what the user calls it.
        summary: when to use it.
        sha256: of the official ``.task`` file.
        size_bytes: of the official ``.task`` file.
        wheel: where else it comes from, if anywhere.
    """

    name: str
    summary: str
    sha256: str
    size_bytes: int
    wheel: Wheel | None = None

    @property
    def file_name(self) -> str:
        """Name of the file, in the cache and at the official address."""
        return f"pose_landmarker_{self.name}.task"

    @property
    def address(self) -> str:
        """Where the file is, below the official base address."""
        return f"pose_landmarker_{self.name}/float16/1/{self.file_name}"

    @property
    def accepted_sha256(self) -> tuple[str, ...]:
        """Hashes of every file that is this model."""
        return (self.sha256, self.wheel.bundle_sha256) if self.wheel else (self.sha256,)


_WHEEL: Final = Wheel(
    requirement="mediapipe==0.10.21",
    tags=(
        "--platform", "manylinux_2_28_x86_64", "--python-version", "3.11", "--implementation", "cp", "--abi", "cp311",
    ),
    sha256="05dc4a9e593655a79558d05d6227d31018c2537a4bd3362b51e230cf22aecfe3",
    size_bytes=35_622_638,
    detector=WheelMember(
        "mediapipe/modules/pose_detection/pose_detection.tflite",
        "9ba9dd3d42efaaba86b4ff0122b06f29c4122e756b329d89dca1e297fd8f866c",
    ),
    landmarks=WheelMember(
        "mediapipe/modules/pose_landmark/pose_landmark_full.tflite",
        "e9a5c5cb17f736fafd4c2ec1da3b3d331d6edbe8a0d32395855aeb2cdfd64b9f",
    ),
    bundle_sha256="a204f75eaf17416cb8501216007173f8b0ced0054aa1acd7bc2543f38308d862",
)  # fmt: skip

KNOWN: Final = {
    model.name: model
    for model in (
        KnownModel(
            "lite",
            "quickest, least exact",
            "59929e1d1ee95287735ddd833b19cf4ac46d29bc7afddbbf6753c459690d574a",
            5_777_746,
        ),
        KnownModel(
            "full",
            "the default",
            "5134a3aad27a58b93da0088d431f366da362b44e3ccfbe3462b3827a839011b1",
            9_398_198,
            _WHEEL,
        ),
        KnownModel(
            "heavy",
            "slowest, most exact",
            "64437af838a65d18e5ba7a0d39b465540069bc8aae8308de3e318aad31fcbc7b",
            30_664_242,
        ),
    )
}
"""Every known model by name."""

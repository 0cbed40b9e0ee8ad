"""What an assessment was worked out from, and the file that keeps it, so that it can be worked out again."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from enum import Enum
from pathlib import Path
from typing import Any, Final

import numpy as np
from pydantic import BaseModel, ConfigDict, ValidationError

from analyzer.archive import DAMAGED, read_archive
from analyzer.arrays import AnyArray
from analyzer.criteria.own import with_own_limits
from analyzer.criteria.tables import load_criteria
from analyzer.errors import TrackError
from analyzer.options import Calendar, Options
from analyzer.overlay.wishes import Drawing
from analyzer.pose.catalogue import ModelFile
from analyzer.pose.subject import Look
from analyzer.pose.track import PoseTrack
from analyzer.video.clip import Clip
from analyzer.video.filming import Filming

FORMAT: Final = "stridecheck-basis"
VERSION: Final = 1
ARRAY: Final = "array"
"""Key that stands, alone in an object, where an array was taken out."""


@dataclass(frozen=True, eq=False)
class Basis:
    """All that an assessment follows from: what was seen, and what the user says.

    Attributes:
        clip: the file.
        model: what found the body.
        track: raw, of the shot that is analysed.
        look: who else is in the clip.
        filming: how the clip was filmed; None where that could not be told.
        options: what the user says.
        calendar: where the plan's days lie; None while it has none.
        drawing: how overlay and pictures were made; None before they are.
    """

    clip: Clip
    model: ModelFile
    track: PoseTrack
    look: Look
    filming: Filming | None
    options: Options
    calendar: Calendar | None = None
    drawing: Drawing | None = None

    def save(self, path: Path) -> None:
        """Write everything but the track, which has a file of its own."""
        arrays: dict[str, AnyArray] = {}
        own = self.options.criteria.own if self.options.criteria else None
        content = _Kept(
            clip=self.clip,
            model=self.model,
            look=self.look,
            filming=self.filming,
            options=replace(self.options, criteria=None),
            calendar=self.calendar,
            drawing=self.drawing,
            own_file=own.file if own else "",
            own_limits=dict(own.asked) if own else {},
        )
        tree = {"format": FORMAT, "version": VERSION, "content": _taken_apart(content, arrays)}
        with path.open("wb") as file:
            np.savez_compressed(file, **{"header": np.array(json.dumps(tree)), **arrays})  # type: ignore[arg-type]


def load_basis(path: Path, track: PoseTrack) -> Basis:
    """Read what `Basis.save` wrote, to go with a track.

    Raises:
        TrackError: the file is missing, damaged, or from another version.
        CriteriaError: limits of the coach's own no longer fit Stridecheck's criteria.
    """
    kept = _read(path)
    options = kept.options
    if kept.own_limits:
        options = replace(options, criteria=with_own_limits(load_criteria(), kept.own_limits, kept.own_file))
    return Basis(kept.clip, kept.model, track, kept.look, kept.filming, options, kept.calendar, kept.drawing)


class _Kept(BaseModel):
    """The file's content; a coach's limits as they were asked for, since the rest of the criteria may move on."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)

    clip: Clip
    model: ModelFile
    look: Look
    filming: Filming | None
    options: Options
    calendar: Calendar | None
    drawing: Drawing | None = None
    own_file: str
    own_limits: dict[str, Any]


def _read(path: Path) -> _Kept:
    again = "analyse the clip again"
    try:
        tree, arrays = read_archive(path)
        if tree["format"] != FORMAT:
            raise ValueError("it holds something else")
        if tree["version"] != VERSION:
            raise TrackError(f"{path.name} was saved by another version of Stridecheck; {again}.")
        return _Kept.model_validate(_put_together(tree["content"], arrays))
    except FileNotFoundError:
        raise TrackError(f"{path} does not exist, so there is nothing to score again; {again}.") from None
    except (*DAMAGED, ValidationError) as error:
        raise TrackError(f"{path} is damaged, or of another version of Stridecheck; {again}.") from error


def _taken_apart(value: object, arrays: dict[str, AnyArray]) -> Any:
    """The value as JSON knows it, its arrays moved to ``arrays``."""
    if isinstance(value, np.ndarray):
        name = f"a{len(arrays)}"
        arrays[name] = value
        return {ARRAY: name}
    if is_dataclass(value):
        return {field.name: _taken_apart(getattr(value, field.name), arrays) for field in fields(value)}
    if isinstance(value, BaseModel):
        return {name: _taken_apart(getattr(value, name), arrays) for name in type(value).model_fields}
    if isinstance(value, Mapping):
        return {str(key): _taken_apart(each, arrays) for key, each in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [_taken_apart(each, arrays) for each in value]
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, np.generic):
        return value.item()
    return value if value is None or isinstance(value, (bool, int, float, str)) else str(value)


def _put_together(value: Any, arrays: Mapping[str, AnyArray]) -> Any:
    if isinstance(value, dict):
        if value.keys() == {ARRAY}:
            return arrays[value[ARRAY]]
        return {key: _put_together(each, arrays) for key, each in value.items()}
    return [_put_together(each, arrays) for each in value] if isinstance(value, list) else value

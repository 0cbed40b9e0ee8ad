"""From what a coach names, clips or results, to a comparison or a history on disk."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from analyzer.assessment import Assessment, read_assessment
from analyzer.compare.history import ASSESSMENT, History, history_of
from analyzer.compare.labels import role_of
from analyzer.compare.trial import compare_clips
from analyzer.compare.types import Comparison, Labelled, Role
from analyzer.errors import AssessmentError, CompareError, OutputError
from analyzer.privacy import make_folders, write_text
from analyzer.progress import Progress, silent
from analyzer.tables import read_toml

if TYPE_CHECKING:
    from analyzer.pipeline import Options

TRIAL: Final = "trial.toml"
PAGE, DATA = "compare.html", "compare.json"
PROGRESS_PAGE, PROGRESS_DATA = "progress.html", "progress.json"
MOST_PAIN: Final = 10.0


class TrialClip(BaseModel):
    """One clip of a trial file; ``file`` is seen from the file's own folder."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    file: Path
    label: str = ""
    pain: float | None = Field(default=None, ge=0.0, le=MOST_PAIN)
    shoes: str = ""


class Trial(BaseModel):
    """What a small file beside the clips says of them, the first clip first."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    clip: tuple[TrialClip, ...] = ()
    distance_km: float | None = Field(default=None, gt=0.0)


@dataclass(frozen=True)
class Wishes:
    """What is wanted of a comparison.

    Attributes:
        places: clips, result folders or assessment files, the first clip first.
        labels: labels of the clips after the first, in order; fewer than clips is fine.
        pain: 0 to 10 by label.
        shoes: by label.
        distance_km: the runner's own distance.
        out: folder for results of clips and for the comparison.
        options: for clips that have to be analysed first.
        overlay: whether those get an overlay video.
        today: the day of the comparison.
    """

    places: tuple[Path, ...]
    out: Path
    options: Options
    today: date
    labels: tuple[str, ...] = ()
    pain: Mapping[str, float] = field(default_factory=dict)
    shoes: Mapping[str, str] = field(default_factory=dict)
    distance_km: float | None = None
    overlay: bool = False


def compare_places(wishes: Wishes, progress: Progress = silent) -> tuple[Comparison, Path]:
    """Gather, compare and write; returns the comparison and its page.

    Raises:
        CompareError: a place holds nothing that can be compared, or labels do not fit.
        OutputError: the page cannot be written.
        StridecheckError: a clip cannot be analysed.
    """
    from analyzer.report.compare_page import render_comparison

    trial, places = _trial_of(wishes.places)
    entries = [_entry(trial, place, index, wishes) for index, place in enumerate(places)]
    unknown = sorted((wishes.pain.keys() | wishes.shoes.keys()) - {entry.label for entry in entries})
    if unknown:
        raise CompareError(
            f"No clip is called {unknown[0]}; the clips are called {', '.join(entry.label for entry in entries)}."
        )
    assessments = [
        read_place(entry.file, wishes.out / f"{index + 1}-{entry.file.stem}", wishes, progress)
        for index, entry in enumerate(entries)
    ]
    clips = [
        Labelled(assessment, entry.label, _role(entry, index), entry.pain, entry.shoes)
        for index, (assessment, entry) in enumerate(zip(assessments, entries, strict=True))
    ]
    comparison = compare_clips(clips, wishes.today, wishes.distance_km or trial.distance_km)
    write_texts(wishes.out, {PAGE: render_comparison(comparison, (DATA,)), DATA: comparison.to_json()})
    return comparison, wishes.out / PAGE


def show_history(folder: Path, today: date) -> tuple[History, Path]:
    """Read a client's folder and write its progress page there; returns the history and the page.

    Raises:
        CompareError: the folder holds no results.
        OutputError: the page cannot be written.
    """
    from analyzer.report.history_page import render_history

    history = history_of(folder, today)
    write_texts(folder, {PROGRESS_PAGE: render_history(history, (PROGRESS_DATA,)), PROGRESS_DATA: history.to_json()})
    return history, folder / PROGRESS_PAGE


def read_place(place: Path, results: Path, wishes: Wishes, progress: Progress = silent) -> Assessment:
    """The assessment that a place stands for; a clip is analysed, with its results in ``results``.

    Raises:
        CompareError: the place holds no assessment that can be read.
        StridecheckError: the clip cannot be analysed.
    """
    file = place / ASSESSMENT if place.is_dir() else place
    if place.is_dir() and not file.exists():
        raise CompareError(f"{place} holds no {ASSESSMENT}; name a result folder, or the clip itself.")
    if file.suffix.lower() == ".json":
        return _read_assessment(file)
    from analyzer.pipeline import analyze
    from analyzer.results import write_results

    assessment = analyze(place, wishes.options, progress)
    write_results(assessment, results, overlay=wishes.overlay, progress=progress)
    return assessment


def read_results(folder: Path) -> Assessment:
    """The assessment in a result folder.

    Raises:
        CompareError: there is none that can be read.
    """
    if not (folder / ASSESSMENT).is_file():
        raise CompareError(f"{folder} holds no {ASSESSMENT}; name a result folder.")
    return _read_assessment(folder / ASSESSMENT)


def _read_assessment(file: Path) -> Assessment:
    try:
        return read_assessment(file)
    except AssessmentError as error:
        raise CompareError(str(error)) from error


def _trial_of(places: Sequence[Path]) -> tuple[Trial, list[Path]]:
    """The small file that says what the clips are, and the clips: a file named instead of them, or beside the first."""
    if len(places) == 1 and places[0].suffix.lower() == ".toml":
        trial = _read_trial(places[0])
        return trial, [clip.file for clip in trial.clip]
    beside = places[0].parent / TRIAL
    return (_read_trial(beside) if beside.is_file() else Trial()), list(places)


def _read_trial(path: Path) -> Trial:
    try:
        trial = Trial.model_validate(read_toml(path))
    except OSError as error:
        raise CompareError(f"{path} cannot be read ({error.strerror or error}); check the name.") from error
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise CompareError(
            f"{path.name}: {where}: {first['msg']}; give file, label, pain and shoes of each [[clip]]."
        ) from error
    except ValueError as error:
        raise CompareError(f"{path.name} is not TOML ({error}).") from error
    clips = tuple(clip.model_copy(update={"file": path.parent / clip.file}) for clip in trial.clip)
    return trial.model_copy(update={"clip": clips})


def _entry(trial: Trial, place: Path, index: int, wishes: Wishes) -> TrialClip:
    """What is known of one clip; options count more than the file beside."""
    noted = next((clip for clip in trial.clip if clip.file.resolve() == place.resolve()), TrialClip(file=place))
    asked = wishes.labels[index - 1] if 0 < index <= len(wishes.labels) else ""
    label = asked or noted.label or ("baseline" if index == 0 else _named(place))
    return TrialClip(
        file=place,
        label=label,
        pain=wishes.pain.get(label, noted.pain),
        shoes=wishes.shoes.get(label, noted.shoes),
    )


def _named(place: Path) -> str:
    """The name to go by: of the folder where the file's own says nothing."""
    return place.parent.name if place.name == ASSESSMENT else place.stem


def _role(entry: TrialClip, index: int) -> Role:
    if index == 0:
        return Role.BASELINE
    said = role_of(entry.label)
    found = said if said is not Role.OTHER else role_of(_named(entry.file))
    return Role.OTHER if found is Role.BASELINE else found


def write_texts(folder: Path, texts: Mapping[str, str]) -> None:
    """Write files under temporary names and move them into place.

    Raises:
        OutputError: the folder cannot be written to.
    """
    parts: list[Path] = []
    try:
        make_folders(folder)
        for name, text in texts.items():
            part = folder / f".{name}.{uuid.uuid4().hex[:8]}.part"
            parts.append(part)
            write_text(part, text)
        for part, name in zip(parts, texts, strict=True):
            part.replace(folder / name)
    except OSError as error:
        raise OutputError(
            f"{folder} cannot be written ({error.strerror or error}); choose a folder that you may write to."
        ) from error
    finally:
        for part in parts:
            part.unlink(missing_ok=True)

"""How near the measurements come to the truth, on pose tracks of rendered people and of force-plate runners.

    python benchmarks/accuracy.py FOLDER [--runners FOLDER] [--write docs/accuracy.md]

FOLDER holds NAME.track.npz with NAME.truth.npz and NAME.truth.json beside each; the runners' folder holds one .npz per
runner (see `virtual_phone`). Prints tables in Markdown; ``--write`` puts them between the marks of a document.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from event_errors import EventErrors, compare_events
from markdown import markdown, put_between_marks
from naive import naive_value
from truth import MASS_KG, Case, Event, read_cases, side_of, true_value
from virtual_phone import film

from analyzer.metrics.measure import measure
from analyzer.motion.types import FRONTAL, Activity, Motion, View
from analyzer.motion.understand import understand
from analyzer.pose.landmarks import Side

RATES_HZ = (30, 60, 120)
GAIT = (Activity.RUNNING, Activity.WALKING)


@dataclass(frozen=True)
class Comparison:
    """One metric of one side of one clip."""

    activity: str
    view: str
    metric: str
    unit: str
    error: float
    printed: float
    naive_error: float


def understood(case: Case) -> Motion:
    """The case as the pipeline understands it, told only the person's height, and a mass that figures do not have."""
    seen = understand(case.track, clip_fps=case.truth["fps"], height_cm=case.height_cm)
    return replace(seen, mass_kg=MASS_KG)


def comparisons(case: Case, motion: Motion) -> list[Comparison]:
    """Every measured value of a clip against its truth; none where the activity was mistaken."""
    if motion.activity is not case.activity:
        return []
    found = []
    for m in measure(motion):
        true = true_value(case, m.metric, m.side)
        if m.value is None or m.uncertainty is None or true is None or m.metric == "rep_count":
            continue
        naive = naive_value(motion, m.metric, m.side)
        found.append(
            Comparison(
                activity="running" if motion.activity is Activity.RUNNING else "repetitions",
                view="any" if m.side is Side.BOTH else "front, back" if motion.camera.view in FRONTAL else "side",
                metric=m.metric,
                unit=m.unit,
                error=m.value - true,
                printed=m.uncertainty,
                naive_error=np.nan if naive is None else naive - true,
            )
        )
    return found


def metric_table(found: list[Comparison]) -> str:
    """Per activity, view and metric: the errors, the printed interval, and the naive reading's errors."""
    rows = []
    for key in sorted({(c.activity, c.view, c.metric, c.unit) for c in found}, reverse=True):
        of = [c for c in found if (c.activity, c.view, c.metric, c.unit) == key]
        error, naive = np.array([c.error for c in of]), np.array([c.naive_error for c in of])
        printed = np.array([c.printed for c in of])
        digits = 3 if key[-1] == "fraction" else 1
        rows.append(
            (
                *key, len(of), f"{np.median(np.abs(error)):.{digits}f}", f"{error.mean():+.{digits}f}",
                f"{error[np.argmax(np.abs(error))]:+.{digits}f}", f"{np.median(printed):.{digits}f}",
                f"{100 * (np.abs(error) <= printed).mean():.0f} %", f"{np.nanmedian(np.abs(naive)):.{digits}f}",
                f"{np.nanmean(naive):+.{digits}f}",
            )
        )  # fmt: skip
    head = ("activity", "seen from", "metric", "unit", "clip-sides", "median error", "bias", "worst", "printed ±",
            "truth within ±", "naive: median error", "naive: bias")  # fmt: skip
    return markdown(head, rows)


def reading_table(cases: Iterable[tuple[Case, Motion]]) -> str:
    """Per kind of clip: whether activity and view were recognised, and the repetitions counted, with their sides."""
    rows = []
    cases = list(cases)
    for kind in sorted({case.activity.value for case, _ in cases}):
        of = [(case, motion) for case, motion in cases if case.activity.value == kind]
        activity = sum(motion.activity is case.activity for case, motion in of)
        view = sum(motion.camera.view is case.view for case, motion in of)
        cells = [kind, len(of), f"{activity}/{len(of)}", f"{view}/{len(of)}"]
        rows.append((*cells, *rep_cells(of)))
    head = ("movement", "clips", "activity right", "view right", "repetitions", "counted", "clips counted exactly",
            "sides right", "start, end: median error")  # fmt: skip
    return markdown(head, rows)


def rep_cells(of: list[tuple[Case, Motion]]) -> tuple[str, ...]:
    """True and counted repetitions, clips with the right number, and in those the sides and times."""
    if of[0][0].activity in GAIT or not any(case.truth.get("reps") for case, _ in of):
        return ("",) * 5
    exact = [(c.truth["reps"], m.reps) for c, m in of if len(c.truth["reps"]) == len(m.reps)]
    pairs = [pair for true, seen in exact for pair in zip(true, seen, strict=True)]
    sides = sum(side_of(true) is rep.side for true, rep in pairs)
    off_s = [abs(rep.start_s - true["start"]) for true, rep in pairs]
    off_s += [abs(rep.end_s - true["end"]) for true, rep in pairs]
    true_count, seen_count = sum(len(c.truth["reps"]) for c, _ in of), sum(len(m.reps) for _, m in of)
    return (
        str(true_count), str(seen_count), f"{len(exact)}/{len(of)}", f"{sides}/{len(pairs)}",
        f"{np.median(off_s):.2f} s" if off_s else "",
    )  # fmt: skip


def event_table(found: dict[tuple[str, str], list[EventErrors]]) -> str:
    """Per source and view: steps missed and invented, and how late contact, toe-off and cadence are."""
    rows = []
    for (source, view), clips in found.items():
        contact = np.concatenate([clip.contact_ms for clip in clips])
        toe_off = np.concatenate([clip.toe_off_ms for clip in clips])
        naive = np.concatenate([clip.naive_contact_ms for clip in clips])
        cadence = np.array([clip.cadence_error for clip in clips])
        rows.append(
            (
                source, view, len(clips), sum(clip.true_steps for clip in clips), sum(clip.missed for clip in clips),
                sum(clip.invented for clip in clips), sum(clip.wrong_foot for clip in clips), spread(contact),
                spread(toe_off), spread(naive), f"{np.nanmax(np.abs(cadence)):.2f}",
            )
        )  # fmt: skip
    head = ("source", "seen from", "clips", "steps", "missed", "invented", "wrong foot", "contact, ms", "toe-off, ms",
            "naive contact, ms", "cadence per min, worst")  # fmt: skip
    return markdown(head, rows)


def spread(errors_ms: np.ndarray) -> str:
    """Median error, and the size that 95 % of them stay below."""
    errors_ms = errors_ms[np.isfinite(errors_ms)]
    if not len(errors_ms):
        return ""
    return f"{np.median(errors_ms):+.0f} (95 %: {np.percentile(np.abs(errors_ms), 95):.0f})"


def rendered_events(cases: Iterable[tuple[Case, Motion]]) -> dict[tuple[str, str], list[EventErrors]]:
    """Event errors of the rendered runs, by view."""
    found: dict[tuple[str, str], list[EventErrors]] = {}
    for case, motion in cases:
        if case.activity is Activity.RUNNING:
            add_events(found, "rendered", case.events, motion)
    return found


def force_plate_events(folder: Path) -> dict[tuple[str, str], list[EventErrors]]:
    """Event errors of the force-plate runners, filmed by a virtual phone."""
    found: dict[tuple[str, str], list[EventErrors]] = {}
    for path in sorted(folder.glob("*.npz")):
        for view in (View.LEFT, View.RIGHT, View.FRONT, View.BACK):
            for rate_hz in RATES_HZ:
                track, events = film(path, view, rate_hz, seed=rate_hz)
                add_events(found, "force plate", events, understand(track, clip_fps=rate_hz))
    return found


def add_events(
    found: dict[tuple[str, str], list[EventErrors]], source: str, events: list[Event], motion: Motion
) -> None:
    view = "front, back" if motion.camera.view in FRONTAL else "side"
    found.setdefault((source, view), []).append(compare_events(events, motion))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, help="tracks of rendered people with truth beside them")
    parser.add_argument("--runners", type=Path, help="force-plate runners")
    parser.add_argument("--write", type=Path, help="document that gets the tables")
    wishes = parser.parse_args()
    cases = [(case, understood(case)) for case in read_cases(wishes.folder)]
    events = rendered_events(cases) | (force_plate_events(wishes.runners) if wishes.runners else {})
    found = [comparison for case, motion in cases for comparison in comparisons(case, motion)]
    tables = "\n\n".join(
        f"### {title}\n\n{table}"
        for title, table in (
            ("Measurements", metric_table(found)),
            ("Steps", event_table(events)),
            ("Movement, view and repetitions", reading_table(cases)),
        )
    )
    print(tables)
    if wishes.write:
        put_between_marks(wishes.write, tables)


if __name__ == "__main__":
    main()

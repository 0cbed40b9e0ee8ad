"""Running against the truth: events, metrics beside the naive reading, intervals on both halves, verdicts and drift.

    python benchmarks/running.py FOLDER [FOLDER ...] [--runners FOLDER]

A FOLDER holds NAME.track.npz with NAME.truth.npz and NAME.truth.json beside each, or clips NAME.mp4 with the same
truth, whose pose is then estimated. The clips are halved by name, every other one, to show that what holds does not
hang on a few of them; widths and offsets of the landing metrics were set over the forty tracks of both halves, so that
only clips kept apart test those. The runners' folder holds one .npz per force-plate runner (see
`virtual_phone`). Prints tables in Markdown.
"""

from __future__ import annotations

import argparse
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from accuracy import Comparison, comparisons, understood
from event_errors import compare_events
from markdown import markdown
from truth import Case, clip_cases, read_cases, true_series, true_value
from virtual_phone import film

from analyzer.arrays import Floats
from analyzer.assessment import Verdict
from analyzer.criteria.symmetry import symmetries
from analyzer.criteria.tables import load_criteria
from analyzer.criteria.verdict import judge, strike_kind, verdict_of
from analyzer.metrics.contact_time import contact_time
from analyzer.metrics.measure import measure
from analyzer.metrics.measurement import Measurement
from analyzer.motion.types import FRONTAL, Activity, Motion, View
from analyzer.motion.understand import understand
from analyzer.pose.landmarks import SIDES, Side

RATES_HZ = (30, 60, 120, 240)
WANTED = {
    "cadence": 0.5, "foot_strike_position": 1.5, "knee_flexion_contact": 3.0, "shank_angle": 2.0,
    "foot_strike_angle": 3.0, "trunk_lean_forward": 2.0, "knee_valgus": 2.5, "pelvic_drop": 2.0,
    "vertical_oscillation": 1.0,
}  # fmt: skip
"""Median errors that this project asks of itself, in the metric's unit."""

NEAR_BORDER_DEG = 3.0
GOES_ON_TIRING = "tiring"
"""Part of the names of clips whose form changes on purpose."""


@dataclass(frozen=True)
class Runner:
    """A rendered runner as understood.

    Attributes:
        case: with the truth.
        motion: what was made of the track.
        half: ``first`` or ``second``, by name, every other one.
        found: the measurements.
    """

    case: Case
    motion: Motion
    half: str
    found: tuple[Measurement, ...]


def runners_in(folders: list[Path]) -> list[Runner]:
    """All running clips of the folders, by name."""
    cases = sorted((c for f in folders for c in (*read_cases(f), *clip_cases(f))), key=lambda case: case.name)
    runs = [case for case in cases if case.activity is Activity.RUNNING]
    out = []
    for count, case in enumerate(runs):
        motion = understood(case)
        out.append(Runner(case, motion, ("first", "second")[count % 2], measure(motion)))
    return out


def force_plate_table(folder: Path) -> str:
    """Contact and toe-off against the force plate, by view and frame rate."""
    rows = []
    for name, views in (("side", (View.LEFT, View.RIGHT)), ("front, back", (View.FRONT, View.BACK))):
        for rate_hz in RATES_HZ:
            errors, times = [], []
            for path in sorted(folder.glob("*.npz")):
                for view in views:
                    track, events = film(path, view, rate_hz, seed=rate_hz)
                    motion = understand(track, clip_fps=rate_hz)
                    errors.append(compare_events(events, motion))
                    true_ms = np.median([1e3 * (event.toe_off_s - event.contact_s) for event in events])
                    times.append(float(np.nanmedian([contact_time(motion, step) for step in motion.steps]) - true_ms))
            contact, toe_off = (
                np.abs(np.concatenate([getattr(e, key) for e in errors])) for key in ("contact_ms", "toe_off_ms")
            )
            rows.append(
                (
                    name, rate_hz, sum(e.true_steps for e in errors), sum(e.missed for e in errors),
                    sum(e.invented for e in errors), sum(e.wrong_foot for e in errors), *_middle_and_most(contact),
                    *_middle_and_most(toe_off), f"{np.abs(times).max():.0f}",
                )
            )  # fmt: skip
    head = ("seen from", "frames/s", "steps", "missed", "invented", "wrong foot", "contact: median, ms", "95 %, ms",
            "toe-off: median, ms", "95 %, ms", "contact time of a clip, worst, ms")  # fmt: skip
    wanted = ("wanted, side, 60 and more", "", "", 0, 0, 0, 8, 20, 12, 25, 10)
    return markdown(head, [*rows, wanted])


def _middle_and_most(errors: Floats) -> tuple[str, str]:
    errors = errors[np.isfinite(errors)]
    return f"{np.median(errors):.0f}", f"{np.percentile(errors, 95):.0f}"


def metric_table(runs: list[Runner]) -> str:
    """Per view and metric: the errors, what is wanted, the naive reading, and the intervals on both halves."""
    found = [(run.half, each) for run in runs for each in comparisons(run.case, run.motion)]
    rows = []
    for key in sorted({(c.view, c.metric, c.unit) for _, c in found}, reverse=True):
        of = [(half, c) for half, c in found if (c.view, c.metric, c.unit) == key]
        error = np.array([c.error for _, c in of])
        naive = np.array([c.naive_error for _, c in of])
        digits = 3 if key[2] == "fraction" else 0 if key[2] in ("ms", "steps/km") else 1
        rows.append(
            (
                *key, len(of), f"{np.median(np.abs(error)):.{digits}f}", WANTED.get(key[1], ""),
                f"{error.mean():+.{digits}f}", f"{error[np.argmax(np.abs(error))]:+.{digits}f}",
                f"{np.nanmedian(np.abs(naive)):.{digits}f}" if np.isfinite(naive).any() else "",
                f"{np.median([c.printed for _, c in of]):.{digits}f}", _held(of, "first"), _held(of, "second"),
            )
        )  # fmt: skip
    head = ("seen from", "metric", "unit", "clip-sides", "median error", "wanted", "bias", "worst",
            "naive: median error", "printed ±", "truth within ±, first half", "second half")  # fmt: skip
    return markdown(head, rows)


def _held(of: list[tuple[str, Comparison]], half: str) -> str:
    inside = [abs(c.error) <= c.printed for which, c in of if which == half]
    return f"{100 * np.mean(inside):.0f} % of {len(inside)}" if inside else ""


def coverage_line(runs: list[Runner]) -> str:
    """How often all intervals together hold the truth, on both halves."""
    words = []
    for half in ("first", "second"):
        inside = [
            abs(c.error) <= c.printed for run in runs if run.half == half for c in comparisons(run.case, run.motion)
        ]
        words.append(f"{half} half {100 * np.mean(inside):.1f} % of {len(inside)}")
    return "All intervals together: " + ", ".join(words) + "."


def strike_table(runs: list[Runner]) -> str:
    """How the foot lands: the true class against the one that was told, left out near a border."""
    criteria = load_criteria()
    borders = (criteria.strike.rearfoot_above_deg, criteria.strike.forefoot_below_deg)
    counts: Counter[tuple[str, str, bool]] = Counter()
    for run in runs:
        for each in run.found:
            true = true_value(run.case, each.metric, each.side)
            if each.metric != "foot_strike_angle" or each.value is None or true is None:
                continue
            if min(abs(true - border) for border in borders) <= NEAR_BORDER_DEG:
                continue
            said, sure = strike_kind(each, criteria)
            really, _ = strike_kind(Measurement(each.metric, each.side, "deg", value=true, uncertainty=0.0), criteria)
            counts[really, said, sure] += 1
    rows = [(really, said, "sure" if sure else "unsure", n) for (really, said, sure), n in sorted(counts.items())]
    return markdown(("truth", "told", "how", "clip-sides"), rows)


def verdict_table(runs: list[Runner]) -> str:
    """Per judged metric: what the truth deserves against what was said."""
    criteria = load_criteria()
    counts: dict[str, Counter[tuple[Verdict, Verdict]]] = {}
    for run in runs:
        for each in run.found:
            said = judge(each, run.motion, criteria)
            true = true_value(run.case, each.metric, each.side)
            if said.target is None or true is None or each.value is None:
                continue
            deserved = verdict_of(true, 0.0, said.target, criteria.guard.one_sided)
            counts.setdefault(each.metric, Counter())[deserved, said.verdict] += 1
    rows = []
    for metric, of in sorted(counts.items()):
        cells = [
            f"{of[deserved, Verdict.PASS]} / {of[deserved, Verdict.BORDERLINE]} / {of[deserved, Verdict.FAIL]} / "
            f"{of[deserved, Verdict.INFO]}"
            for deserved in (Verdict.PASS, Verdict.BORDERLINE, Verdict.FAIL)
        ]
        rows.append((metric, *cells, of[Verdict.FAIL, Verdict.PASS], of[Verdict.PASS, Verdict.FAIL]))  # fmt: skip
    head = ("metric", "truth passes: said pass / borderline / fail / info", "truth borderline: the same",
            "truth fails: the same", "passed though it fails", "failed though it passes")  # fmt: skip
    return markdown(head, rows)


def symmetry_table(runs: list[Runner]) -> str:
    """Left less right from the front and the back: the interval against the truth, and what was noted."""
    found: dict[str, list[tuple[float, float, bool, bool]]] = {}
    criteria = load_criteria()
    for run in runs:
        for each in symmetries(run.found, run.motion, criteria):
            true = [true_value(run.case, each.metric, side) for side in SIDES]
            if not each.comparable or true[0] is None or true[1] is None:
                continue
            error = each.difference - (true[0] - true[1])
            alike = abs(true[0] - true[1]) <= criteria.symmetry.angle_deg
            found.setdefault(each.metric, []).append((error, each.uncertainty, each.noted, alike))
    rows = []
    for metric, of in sorted(found.items()):
        inside = np.mean([abs(error) <= width for error, width, _, _ in of])
        noted = sum(noted for _, _, noted, _ in of)
        rows.append((metric, len(of), f"{np.median([abs(e) for e, *_ in of]):.2f}", f"{100 * inside:.0f} %", noted))
    return markdown(("left less right", "clips", "median error", "truth within ±", "noted"), rows)


def drift_table(runs: list[Runner], folder: Path | None) -> str:
    """Changes over the clip that were told: where form changes on purpose, and where nothing is known to change."""
    rows = []
    for run in runs:
        told = [each for each in run.found if each.drift is not None]
        if told:
            rows.append(_drift_row(run.case.name, told, run.case))
    for path in sorted(folder.glob("*.npz")) if folder else ():
        for view in (View.LEFT, View.FRONT):
            track, _ = film(path, view, 60, seed=60)
            told = [each for each in measure(understand(track, clip_fps=60)) if each.drift is not None]
            rows.append(_drift_row(f"{path.stem}, {view.value}", told, None))
    head = ("clip", "form changes on purpose", "series", "told to change", "which: per minute, truth where known")
    return markdown(head, rows)


def _drift_row(name: str, told: list[Measurement], case: Case | None) -> tuple[object, ...]:
    clear = [each for each in told if each.drift is not None and each.drift.clear]
    words = []
    for each in clear:
        true = _true_slope(case, each.metric, each.side) if case else None
        known = "" if true is None else f" (truth {true:+.1f})"
        words.append(f"{each.metric} {each.side.value} {each.drift.per_minute:+.1f}{known}" if each.drift else "")
    on_purpose = "yes" if GOES_ON_TIRING in name else "no"
    return name, on_purpose, len(told), len(clear), "; ".join(words)


def _true_slope(case: Case, metric: str, side: Side) -> float | None:
    series = true_series(case, metric, side)
    if len(series) < 3:
        return None
    times, values = np.array(series).T
    return float(60.0 * np.polyfit(times, values, 1)[0])


def by_view(runs: list[Runner]) -> str:
    """How many clips there are."""
    front = sum(run.case.view in FRONTAL for run in runs)
    return f"{len(runs)} rendered running clips: {front} from front or back, {len(runs) - front} from the side."


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "folders", type=Path, nargs="+", help="tracks or clips of rendered people with truth beside them"
    )
    parser.add_argument("--runners", type=Path, help="force-plate runners")
    wishes = parser.parse_args()
    runs = runners_in(wishes.folders)
    print(by_view(runs))
    if wishes.runners:
        print(f"\n### Events against the force plate\n\n{force_plate_table(wishes.runners)}")
    print(f"\n### Metrics\n\n{metric_table(runs)}\n\n{coverage_line(runs)}")
    print(f"\n### How the foot lands, more than {NEAR_BORDER_DEG:.0f}° from a border\n\n{strike_table(runs)}")
    print(f"\n### Verdicts\n\n{verdict_table(runs)}")
    print(f"\n### Left against right\n\n{symmetry_table(runs)}")
    print(f"\n### Changes over the clip\n\n{drift_table(runs, wishes.runners)}")


if __name__ == "__main__":
    main()

"""Repetitions against the truth: counts, sides, times, values of each one, the box, and which ones are failed.

    python benchmarks/repetitions.py FOLDER [FOLDER ...] [--others FOLDER] [--drawn]

A FOLDER holds NAME.track.npz with NAME.truth.npz and NAME.truth.json beside each, or clips NAME.mp4 with the same
truth, whose pose is then estimated. ``--others`` holds clips or tracks without truth (NAME.npz); of these only what was
counted is printed. ``--drawn`` adds the exercises of drawn people. Prints tables in Markdown.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from accuracy import understood
from drawn import drawn_table
from markdown import markdown
from truth import Case, at_rep, clip_cases, read_cases, side_of

from analyzer.arrays import Floats
from analyzer.assessment import Verdict
from analyzer.criteria.step_up_test import judge_reps
from analyzer.criteria.tables import load_criteria
from analyzer.criteria.verdict import judge
from analyzer.metrics.measure import measure, measure_one
from analyzer.metrics.measurement import Measurement
from analyzer.metrics.registry import all_metrics
from analyzer.motion.types import FRONTAL, Activity, Motion, Rep
from analyzer.motion.understand import understand
from analyzer.pose.landmarks import SIDES
from analyzer.pose.track import load_track

WANTED = {
    "knee_over_toe": 1.0, "knee_over_toe_at_bend": 1.0, "knee_valgus": 3.0, "knee_valgus_at_bend": 3.0,
    "pelvic_drop": 2.5, "trunk_lean_lateral": 2.5,
}  # fmt: skip
"""Errors of single repetitions that this project asks of itself, in the metric's unit."""

BOX_WANTED_CM = {"side": 2.0, "front, back": 4.0}
WITHIN_S = 0.15
CAVES_IN_DEG = 10.0
"""Repetitions made to fail: the figure's own angle is at least so large; those below half of it are made well."""

YAWS_DEG = (-10.0, -5.0, 5.0, 10.0)
PHASES = ("placed_s", "trail_off_s", "joined_s", "lowering_s", "floor_s")
PHASE_TRUTH = ("t_lead_on", "t_trail_off", "t_trail_on_box", "t_descent", "t_trail_on")


@dataclass(frozen=True)
class Seen:
    """A clip of repetitions as understood; ``half`` is by name, every other one."""

    case: Case
    motion: Motion
    half: str
    found: tuple[Measurement, ...]

    @property
    def view(self) -> str:
        return "front, back" if self.motion.camera.view in FRONTAL else "side"

    @property
    def pairs(self) -> list[tuple[dict[str, object], Rep]]:
        """True and seen repetitions, where there are as many of both."""
        true = self.case.truth.get("reps", [])
        return list(zip(true, self.motion.reps, strict=True)) if len(true) == len(self.motion.reps) else []


def seen_in(folders: list[Path]) -> list[Seen]:
    """Every clip of the folders, by name."""
    cases = sorted((c for f in folders for c in (*read_cases(f), *clip_cases(f))), key=lambda case: case.name)
    out = []
    for count, case in enumerate(cases):
        motion = understood(case)
        out.append(Seen(case, motion, ("first", "second")[count % 2], measure(motion)))
    return out


def count_table(clips: list[Seen]) -> str:
    """Counts, sides, and how far starts, tops and ends are off."""
    rows = []
    for clip in (clip for clip in clips if clip.case.truth.get("reps")):
        off = np.array([_offsets(true, rep) for true, rep in clip.pairs] or [[np.nan] * 3])
        sides = sum(side_of(true) is rep.side for true, rep in clip.pairs)
        cut = ", ".join(f"{each.why.value} {each.time_s:.1f} s" for each in clip.motion.unfinished)
        cells = [f"{np.median(np.abs(o)):.2f}; {np.abs(o).max():.2f}" if np.isfinite(o).all() else "" for o in off.T]
        rows.append((clip.case.name, clip.view, clip.motion.activity.value, len(clip.case.truth["reps"]),
                     len(clip.motion.reps), f"{sides}/{len(clip.pairs)}", *cells, cut))  # fmt: skip
    head = ("clip", "seen from", "taken for", "true", "counted", "sides right", "start off, s: median; most",
            "top or lowest", "end", "not counted")  # fmt: skip
    return markdown(head, rows)


def _offsets(true: dict[str, object], rep: Rep) -> list[float]:
    tops = (rep.top_s - float(true["t_top"])) if "t_top" in true else np.nan  # type: ignore[arg-type]
    return [rep.start_s - float(true["start"]), tops, rep.end_s - float(true["end"])]  # type: ignore[arg-type]


def phase_table(clips: list[Seen]) -> str:
    """How far the phases of step-ups are off, by view."""
    rows = []
    for view in BOX_WANTED_CM:
        pairs = [(t, r.phases) for clip in clips if clip.view == view for t, r in clip.pairs if r.phases]
        for name, key in zip(PHASES, PHASE_TRUTH, strict=True):
            off = np.array([getattr(phases, name) - float(true[key]) for true, phases in pairs])  # type: ignore[arg-type]
            off = off[np.isfinite(off)]
            if len(off):
                within = f"{100 * (np.abs(off) <= WITHIN_S).mean():.0f} %"
                rows.append((view, name, len(off), f"{np.median(off):+.2f}",
                             f"{np.percentile(np.abs(off), 95):.2f}", within))  # fmt: skip
    return markdown(("seen from", "phase", "repetitions", "median, s", "95 %, s", f"within {WITHIN_S} s"), rows)


def value_table(clips: list[Seen]) -> str:
    """Errors of single repetitions and how often the printed interval holds the truth, on both halves."""
    found: dict[str, list[tuple[str, float, float]]] = {}
    for clip in clips:
        for each in clip.found:
            for error in _errors(clip, each):
                found.setdefault(each.metric, []).append((clip.half, error, each.event_uncertainty or np.nan))
    rows = []
    for name in sorted(found):
        error = np.array([e for _, e, _ in found[name]])
        held = [_share([abs(e) <= u for half, e, u in found[name] if half == h]) for h in ("first", "second")]
        wanted = WANTED.get(name)
        met = "" if wanted is None else _share([abs(e) <= wanted for e in error])
        rows.append((name, len(error), f"{np.median(np.abs(error)):.1f}", f"{error.mean():+.1f}",
                     f"{np.percentile(np.abs(error), 95):.1f}", wanted or "", met, *held))  # fmt: skip
    head = ("metric", "repetitions", "median error", "bias", "95 %", "wanted", "of these within",
            "truth within ±: first half", "second half")  # fmt: skip
    return markdown(head, rows)


def parts_table(clips: list[Seen]) -> str:
    """The same errors in parts: alike in all, alike in a leg of a clip, and left from one repetition to the next."""
    rows = []
    for name in WANTED:
        legs = [list(_errors(clip, each)) for clip in clips for each in clip.found if each.metric == name]
        legs = [errors for errors in legs if errors]
        means = np.array([np.mean(errors) for errors in legs])
        left = np.concatenate([np.array(errors) - np.mean(errors) for errors in legs])
        scatter = float(np.sqrt((left**2).sum() / (len(left) - len(legs))))
        bias = float(np.mean(np.concatenate(legs)))
        rows.append((name, len(left), f"{bias:+.1f}", len(legs), f"{means.std(ddof=1):.1f}", f"{scatter:.1f}"))
    head = ("metric", "repetitions", "bias", "legs", "spread between legs", "scatter within a leg")
    return markdown(head, rows)


def _errors(clip: Seen, measured: Measurement) -> Iterator[float]:
    true = {rep.index: each for each, rep in clip.pairs}
    for event in measured.per_event:
        if event.index in true and (value := at_rep(clip.case, measured.metric, true[event.index])) is not None:
            yield event.value - value


def _share(good: list[bool]) -> str:
    return f"{100 * float(np.mean(good)):.0f} % of {len(good)}" if good else ""


def box_table(clips: list[Seen]) -> str:
    """The height of the box, by view."""
    rows = []
    for view, wanted in BOX_WANTED_CM.items():
        off, printed = [], []
        for clip in (clip for clip in clips if clip.view == view and clip.case.activity is Activity.STEP_UP):
            for each in (m for m in clip.found if m.metric == "box_height" and m.value is not None):
                off.append((each.value or 0.0) - 100.0 * float(clip.case.truth["reps"][0]["box_m"]))
                printed.append(each.uncertainty or np.nan)
        if off:
            error = np.abs(off)
            rows.append((view, len(off), f"{np.median(error):.1f}", f"{np.mean(off):+.1f}", f"{error.max():.1f}",
                         wanted, f"± {np.median(printed):.1f}",
                         f"{100 * (error <= printed).mean():.0f} %"))  # fmt: skip
    return markdown(("seen from", "clips", "median error, cm", "bias", "worst", "wanted", "printed", "truth in it"),
                    rows)  # fmt: skip


def verdict_table(clips: list[Seen]) -> str:
    """Whether the repetitions made to fail are the ones failed, from the front or the back."""
    criteria = load_criteria()
    rows = []
    for name, made in (("made to cave in", True), ("made well", False)):
        verdicts: list[Verdict] = []
        for clip in (c for c in clips if c.view == "front, back" and c.case.activity is Activity.STEP_UP):
            judged = tuple(judge(each, clip.motion, criteria) for each in clip.found)
            reps = {each.rep.index: each.verdict for each in judge_reps(clip.motion, judged, criteria)}
            for true, rep in clip.pairs:
                angle = float(true["valgus"])  # type: ignore[arg-type]
                if angle >= CAVES_IN_DEG if made else angle < CAVES_IN_DEG / 2.0:
                    verdicts.append(reps[rep.index])
        counts = [sum(v is each for v in verdicts) for each in (Verdict.PASS, Verdict.BORDERLINE, Verdict.FAIL)]
        rows.append((name, len(verdicts), *counts, len(verdicts) - sum(counts)))
    return markdown(("repetitions", "number", "pass", "borderline", "missed", "not judged"), rows)


def yaw_table(clips: list[Seen]) -> str:
    """What a mistaken yaw of the camera does: little to knee over toe, since a bent knee stands about over the toe."""
    metrics = [each for each in all_metrics() if each.name in ("knee_over_toe", "knee_valgus")]
    frontal = [c for c in clips if c.view == "front, back" and c.case.activity is Activity.STEP_UP and c.pairs]
    rows = []
    for metric in metrics:
        for yaw in YAWS_DEG:
            moved: list[float] = []
            for clip in frontal:
                camera = replace(clip.motion.camera, yaw_deg=clip.motion.camera.yaw_deg + yaw)
                here, there = (
                    {each.side: each.value for each in measure_one(metric, motion)}
                    for motion in (clip.motion, replace(clip.motion, camera=camera))
                )
                both = ((there.get(side), here.get(side)) for side in SIDES)
                moved += [abs(a - b) for a, b in both if a is not None and b is not None]
            rows.append((metric.name, metric.unit, f"{yaw:+.0f}", f"{np.median(moved):.2f}" if moved else ""))
    return markdown(("metric", "unit", "yaw mistaken by, deg", "value moves by"), rows)


def geometry_table() -> str:
    """What an uncorrected yaw fakes on a step-up's first frame: thigh 50 degrees forward, shank 18."""
    thigh, shank, shank_cm, foot_cm = np.radians(50.0), np.radians(18.0), 43.0, 17.0
    rows = []
    for yaw in (2.0, 5.0, 10.0):
        sine = np.sin(np.radians(yaw))
        angle = np.degrees(np.arctan(np.tan(thigh) * sine) + np.arctan(np.tan(shank) * sine))
        ankle_cm, toe_cm = shank_cm * np.sin(shank) * sine, (shank_cm * np.sin(shank) - foot_cm) * sine
        rows.append((f"{yaw:.0f}", f"{angle:.1f}", f"{100 * angle / 5.0:.0f} %", f"{ankle_cm:.1f}",
                     f"{abs(toe_cm):.1f}", f"{100 * abs(toe_cm) / 3.8:.0f} %"))  # fmt: skip
    return markdown(("yaw, deg", "fake valgus, deg", "of its borderline zone", "fake knee over ankle, cm",
                     "fake knee over toe, cm", "of its borderline zone"), rows)  # fmt: skip


def others_table(folder: Path) -> str:
    """What is counted in clips without truth in which somebody is seen."""
    rows = []
    for path in sorted(folder.glob("*.npz")):
        if path.name.endswith((".truth.npz", ".track.npz")):
            continue
        track = load_track(path)
        if not (track.seen > 0).any():
            continue
        motion = understand(track, clip_fps=30.0)
        held = _durations(motion)
        rows.append((path.name.removesuffix(".npz"), motion.activity.value, motion.camera.view.value, len(motion.reps),
                     ", ".join(each.why.value for each in motion.unfinished), held))  # fmt: skip
    return markdown(("clip", "taken for", "view", "repetitions", "not counted", "lasting, s"), rows)


def _durations(motion: Motion) -> str:
    lasted: Floats = np.array([rep.end_s - rep.start_s for rep in motion.reps])
    return f"{lasted.min():.1f}-{lasted.max():.1f}" if len(lasted) else ""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folders", type=Path, nargs="+", help="clips or tracks with truth beside them")
    parser.add_argument("--others", type=Path, help="tracks without truth")
    parser.add_argument("--drawn", action="store_true", help="exercises of drawn people too")
    asked = parser.parse_args()
    clips = seen_in(asked.folders)
    repeating = [clip for clip in clips if clip.case.truth.get("reps")]
    invented = [clip for clip in clips if not clip.case.truth.get("reps") and clip.motion.reps]
    tables = [
        ("Counts, sides and bounds", count_table(clips)),
        ("Phases of step-ups", phase_table(repeating)),
        ("Values of single repetitions", value_table(repeating)),
        ("Their errors in parts", parts_table(repeating)),
        ("Height of the box", box_table(repeating)),
        ("Repetitions made to fail", verdict_table(repeating)),
        ("A mistaken yaw, on the clips", yaw_table(repeating)),
        ("A yaw that nobody takes off, by projection", geometry_table()),
    ]
    for title, table in tables:
        print(f"### {title}\n\n{table}\n")
    still = len(clips) - len(repeating)
    print(f"Of {still} clips without repetitions {len(invented)} were given some: {[c.case.name for c in invented]}\n")
    if asked.others:
        print(f"### Clips without truth\n\n{others_table(asked.others)}\n")
    if asked.drawn:
        print(f"### Exercises of drawn people: counted of made, ! where a side differs\n\n{drawn_table()}")


if __name__ == "__main__":
    main()

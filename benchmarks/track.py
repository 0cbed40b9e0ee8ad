"""How far the pose track can be trusted, beside plain MediaPipe on the same frames.

    python benchmarks/track.py FOLDER [--write docs/track.md] [--only errors,witness,transforms,people,cost]

FOLDER holds ``rendered/`` with NAME.mp4, NAME.truth.npz and NAME.truth.json; ``real/`` with ``treadmill_side.mp4`` and
what was derived of it; and clips of several people in ``real/`` and ``bad/``. What is missing is left out. Prints
tables in Markdown; ``--write`` puts them between the marks of a document.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
from cost import looped, peak_mb, seconds_of, silent_share, track_seconds
from markdown import markdown, put_between_marks
from plain_mediapipe import plain_points
from track_errors import LEGS, TrackErrors, errors_of, read_truth

from analyzer.motion.body import bend_deg, lean_deg
from analyzer.motion.curves import between
from analyzer.motion.types import Motion, Step
from analyzer.motion.understand import understand
from analyzer.pose.clean import body_height_px
from analyzer.pose.estimate import estimate_pose
from analyzer.pose.follow import follow_subject
from analyzer.pose.landmarks import SIDES, Side, point
from analyzer.pose.models import ModelFile, find_model
from analyzer.progress import silent
from analyzer.video.filming import see_filming
from analyzer.video.probe import probe

ORIGINAL = "treadmill_side.mp4"
WITNESS = "treadmill_side.rtmpose.json"
SLOWED = {"treadmill_side_8x_slowmo_untagged.mp4": 30.0}
"""Clips whose rate at recording has to be told."""

SAME_STEP_S = 0.17
"""Half the time of a step at the original's cadence."""

PEOPLE = ("bad/two_people.mp4", "real/garden_two_people.mp4", "real/balance_two_people.mp4")
RATES = (30, 60, 120, 240)
LENGTHS_S = (10, 120)


def error_tables(folder: Path, model: ModelFile) -> Iterator[str]:
    """Joint errors and exchanged legs on rendered clips: plain MediaPipe, our raw track, and the repaired one."""
    rows, shares = [], []
    for path in sorted((folder / "rendered").glob("*.mp4")):
        plain, raw, ours = clip_errors(path, model)
        cells = [f"{plain.far[k]:.1f} → {ours.far[k]:.1f}" for k in range(len(LEGS))]
        exchanged = f"{plain.exchanged:.0f} / {raw.exchanged:.0f} / {ours.exchanged:.1f}"
        means = f"{plain.typical.mean():.2f} → {ours.typical.mean():.2f}"
        rows.append((path.stem, means, *cells, exchanged, f"{100 * ours.seen / max(raw.seen, 1e-9):.0f} %"))
        shares.append((plain.far, ours.far))
    if rows:
        before, after = (np.mean(each, axis=0) for each in zip(*shares, strict=True))
        cells = [f"{before[k]:.1f} → {after[k]:.1f} ({100 * (after[k] / before[k] - 1):+.0f} %)" for k in range(5)]
        rows.append(("mean of the clips", "", *cells, "", ""))
        head = ("clip", "median, all", *(f"{part}, 95 %" for part in LEGS), "exchanged", "known")
        yield "Joint error in % of body height, plain MediaPipe VIDEO mode → ours; legs exchanged per 1,000 frames"
        yield "(plain / our raw track / ours); share of the points seen that ours gives.\n"
        yield markdown(head, rows)


def clip_errors(path: Path, model: ModelFile) -> tuple[TrackErrors, TrackErrors, TrackErrors]:
    """Errors of plain MediaPipe, of our raw track and of the track that everything is measured on."""
    truth, clip = read_truth(path), probe(path)
    times_s, points = plain_points(path, model)
    track, scene = estimate_pose(clip, model, silent_share)
    filming = see_filming(scene, track.times_s, track.seen > 0)
    motion = understand(track, clip_fps=clip.capture_fps, filming=filming)
    return (
        errors_of(points, times_s / clip.slow_motion_factor, truth),
        errors_of(track.points_px, track.times_s, truth),
        errors_of(motion.track.points_px, motion.track.times_s, truth),
    )


def witness_tables(folder: Path, model: ModelFile) -> Iterator[str]:
    """How far a second pose model's opinion of real pictures is: not truth, but independent."""
    opinion = folder / "real" / WITNESS
    if not opinion.is_file():
        return
    path = folder / "real" / ORIGINAL
    theirs = json.loads(opinion.read_text(encoding="utf-8"))
    names = {"hip": "hip", "knee": "knee", "ankle": "ankle", "heel": "heel", "toe": "big_toe"}
    columns = [[theirs["keypoint_names"].index(f"{letter}_{names[part]}") for part in LEGS] for letter in "lr"]
    witness = np.array(theirs["frames"], float)[:, columns, :2]
    motion = read_clip(path, model)
    tall_px = body_height_px(motion.raw.points_px)
    rows = []
    tracks = {"plain": plain_points(path, model)[1], "raw": motion.raw.points_px, "ours": motion.track.points_px}
    for name, points in tracks.items():
        ours = np.stack([points[:, [point(side, part) for part in LEGS]] for side in SIDES], axis=1)
        away = 100.0 * np.linalg.norm(ours - witness[: len(ours)], axis=-1) / tall_px
        far = np.nanpercentile(away, 95, axis=0)
        rows.append((name, *(f"{far[0, k]:.1f} / {far[1, k]:.1f}" for k in range(len(LEGS)))))
    yield "The same real run against a second pose model (RTMPose), % of body height at the 95th percentile, left"
    yield "(near) and right (far) leg. Both models err; where they agree neither jumped.\n"
    yield markdown(("track", *LEGS), rows)


def transform_tables(folder: Path, model: ModelFile) -> Iterator[str]:
    """Steps and angles of one real run however its file was made."""
    paths = sorted((folder / "real").glob("treadmill_side*.m*")) + sorted(
        (folder / "real").glob("treadmill_side*.webm")
    )
    seen = {path.name: read_clip(path, model) for path in paths}
    if ORIGINAL not in seen:
        return
    first = seen[ORIGINAL]
    rows = []
    for name, motion in seen.items():
        pairs = same_steps(first, motion)
        late_ms = 1000.0 * np.array([ours.contact_s - theirs.contact_s for theirs, ours in pairs] or [np.nan])
        angles = [told(angle_offsets_deg(first, motion, part)) for part in ("knee", "trunk")]
        rows.append(
            (
                name, motion.camera.view.value, f"{len(pairs)} of {len(motion.steps)}",
                f"{np.median(np.abs(late_ms)):.0f}", f"{np.abs(late_ms).max():.0f}", *angles, side_word(pairs),
            )
        )  # fmt: skip
    yield "The same real run in other files, step by step: what the file reads less what the original reads at the same"
    yield "instant, the median over the steps, and in brackets how far from it 95 % of them lie. One frame is 33 ms.\n"
    yield markdown(
        ("file", "view", "steps found again", "contacts off, median ms", "most, ms", "knee at contact off, deg",
         "trunk lean at contact off, deg", "sides"), rows
    )  # fmt: skip


def read_clip(path: Path, model: ModelFile) -> Motion:
    """A clip as the pipeline understands it."""
    clip = probe(path, captured_fps=SLOWED.get(path.name))
    track, scene = estimate_pose(clip, model, silent_share)
    return understand(
        track,
        clip_fps=clip.capture_fps,
        rate_stated=path.name in SLOWED,
        filming=see_filming(scene, track.times_s, track.seen > 0),
    )


def same_steps(a: Motion, b: Motion) -> list[tuple[Step, Step]]:
    """The steps of the second clip, which began at the same time, each with the same step of the first."""
    nearest = [(min(a.steps, key=lambda one: abs(one.contact_s - step.contact_s)), step) for step in b.steps]
    return [(theirs, ours) for theirs, ours in nearest if abs(ours.contact_s - theirs.contact_s) < SAME_STEP_S]


def angle_offsets_deg(a: Motion, b: Motion, part: str) -> np.ndarray:
    """By how much the second clip reads an angle otherwise at the contacts of the first, step by step.

    Of the knee, the near leg's steps; it is called by its other name in a mirrored clip.
    """
    offsets = []
    for theirs, ours in same_steps(a, b):
        if part == "trunk" or ours.side.value == b.camera.view.value:
            at_s = np.array([theirs.contact_s])
            before = between(a.times_s, curve(a, theirs.side, part), at_s)
            offsets.append(between(b.times_s, curve(b, ours.side, part), at_s) - before)
    return np.concatenate(offsets) if offsets else np.array([np.nan])


def told(offsets_deg: np.ndarray) -> str:
    """Their median, and the distance from it that 95 % of them keep to."""
    median = float(np.nanmedian(offsets_deg))
    return f"{median:+.2f} ({np.nanpercentile(np.abs(offsets_deg - median), 95):.1f})"


def curve(motion: Motion, side: Side, part: str) -> np.ndarray:
    """Knee flexion of a leg or forward lean of the trunk, (n,) deg."""
    if part == "trunk":
        return motion.camera.facing * lean_deg(motion.middle("shoulder"), motion.middle("hip"))
    return np.abs(bend_deg(motion.joint(side, "hip"), motion.joint(side, "knee"), motion.joint(side, "ankle")))


def side_word(pairs: list[tuple[Step, Step]]) -> str:
    """Whether the steps that both clips hold have the same side."""
    share = float(np.mean([theirs.side is ours.side for theirs, ours in pairs])) if pairs else float("nan")
    return "same" if share == 1.0 else "exchanged" if share == 0.0 else f"{100 * share:.0f} % same"


def people_tables(folder: Path, model: ModelFile) -> Iterator[str]:
    """Whether one person is followed where several are to be seen."""
    rows = []
    for name in PEOPLE:
        if not (folder / name).is_file():
            continue
        track, look, _ = follow_subject(probe(folder / name), model, None, silent)
        seen = np.flatnonzero(track.seen)
        hips = track.points_px[seen][:, [point(side, "hip") for side in SIDES]].mean(axis=1)
        moved = np.linalg.norm(np.diff(hips, axis=0), axis=1) / np.diff(track.times_s[seen])
        fastest = float(moved.max() / body_height_px(track.points_px)) if len(moved) else float("nan")
        first_s, last_s = track.times_s[seen[[0, -1]]]
        between = float(track.seen[seen[0] : seen[-1] + 1].mean())
        rows.append((name, look.people, look.chosen or "-", f"{first_s:.1f}-{last_s:.1f}", f"{100 * between:.0f} %",
                     f"{fastest:.1f}"))  # fmt: skip
    if rows:
        yield "Several people: who was followed, and whether the track ever jumps.\n"
        yield markdown(("clip", "people seen", "followed", "from-to, s", "of these seen",
                        "fastest hips, body heights/s"), rows)  # fmt: skip


def cost_tables(folder: Path, model: ModelFile) -> Iterator[str]:
    """Time per second of video beside the serial loop, and memory by length."""
    source = max((folder / "rendered").glob("*240*.mp4"), default=None)
    if source is None:
        return
    rows = []
    with tempfile.TemporaryDirectory() as name:
        for fps in RATES:
            path = looped(source, Path(name) / f"{fps}.mp4", fps, 6.0)
            ours = min(track_seconds(path, model) for _ in range(2))
            plain = min(seconds_of(lambda path=path: plain_points(path, model)) for _ in range(2))
            rows.append((fps, f"{ours / 6.0:.2f}", f"{plain / 6.0:.2f}", f"{ours / plain:.2f}"))
        yield "Seconds of work per second of video (1280 x 720), decoding included, the better of two runs.\n"
        yield markdown(("frames/s", "ours, all cores", "plain serial loop", "ratio"), rows)
        peaks = [peak_mb(looped(source, Path(name) / f"{s}s.mp4", 30, s)) for s in LENGTHS_S]
    yield "\nPeak memory by length of a 30 frames/s clip.\n"
    yield markdown(("length, s", "MB"), [(s, f"{mb:.0f}") for s, mb in zip(LENGTHS_S, peaks, strict=True)])


TABLES: dict[str, Callable[[Path, ModelFile], Iterator[str]]] = {
    "errors": error_tables,
    "witness": witness_tables,
    "transforms": transform_tables,
    "people": people_tables,
    "cost": cost_tables,
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--write", type=Path)
    parser.add_argument("--only", default=",".join(TABLES))
    asked = parser.parse_args()
    model = find_model()
    parts = ["\n".join(TABLES[name](asked.folder, model)) for name in asked.only.split(",")]
    text = "\n\n".join(part for part in parts if part)
    print(text)
    if asked.write:
        put_between_marks(asked.write, text)


if __name__ == "__main__":
    main()

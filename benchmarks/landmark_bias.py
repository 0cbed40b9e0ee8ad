"""How far the pose model's points lie from the true joints, by view, on tracks of rendered people.

    python benchmarks/landmark_bias.py FOLDER [--write]

FOLDER holds NAME.track.npz, NAME.truth.npz and NAME.truth.json. Prints the mean offset of each landmark in % of body
height and its spread between people, for both halves of the clips and for all of them; ``--write`` stores the latter in
``analyzer/motion/calibration.toml``, and 0 for a mean smaller than its standard error. From the front and the back,
heights of ankles and heels count where the shank hangs. From the side the ankle's offset is across and along the shank.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np

from analyzer.motion.body import PARTS, height_px, nearness
from analyzer.motion.calibrate import LIFTED, axes, hanging
from analyzer.motion.camera import see_camera
from analyzer.motion.types import SAGITTAL, Camera, View
from analyzer.pose.clean import clean
from analyzer.pose.landmarks import SIDES, point
from analyzer.pose.track import PoseTrack, load_track

HANGING = 0.8
TABLE = Path(__file__).parents[1] / "analyzer" / "motion" / "calibration.toml"
Key = tuple[str, str, str]


def offsets(track: PoseTrack, camera: Camera, truth: Path) -> dict[Key, tuple[float, float]]:
    """Median offset of every leg and shoulder point of one clip, in % of body height: outward or forward, and up."""
    data = np.load(truth)
    steps = json.loads(truth.with_suffix(".json").read_text(encoding="utf-8")).get("steps", [])
    joints = [str(name) for name in data["joints"]]
    distance = np.median(np.linalg.norm(data["xyz"][:, joints.index("com")] - data["eye"], axis=1))
    true_height_px = float(data["f"]) * float(data["body_height"]) / distance
    found: dict[Key, tuple[float, float]] = {}
    tall_px = height_px(track.points_px, track.times_s)
    for side in SIDES:
        place = nearness(camera, side)
        hangs = hanging(track.points_px, side, tall_px) > HANGING
        for part in PARTS:
            true_px = data["px"][:, joints.index(part + side.value[0].upper())]
            missed = (track.points_px[:, point(side, part)] - true_px) / true_height_px * 100.0
            away = np.stack([(missed * axis).sum(axis=1) for axis in axes(track.points_px, camera, side, part)], axis=1)
            key = (camera.view.value if camera.view not in SAGITTAL else "side", place, part)
            up = away[hangs, 1] if part in LIFTED and camera.view not in SAGITTAL and hangs.any() else away[:, 1]
            value = (float(np.nanmedian(away[:, 0])), float(np.nanmedian(up)))
            _add(found, key, value)
            mids = [step["mid"] for step in steps if part == "ankle" and step["side"] == side.value[0].upper()]
            if mids and camera.view not in SAGITTAL:
                at = [float(np.median([np.interp(mid, track.times_s, away[:, i]) for mid in mids])) for i in (0, 1)]
                _add(found, (camera.view.value, "stance", part), (at[0], at[1]))
    return found


def _add(found: dict[Key, tuple[float, float]], key: Key, value: tuple[float, float]) -> None:
    """Take the mean of both sides."""
    old = found.get(key, value)
    found[key] = ((old[0] + value[0]) / 2, (old[1] + value[1]) / 2)


def gather(paths: list[Path]) -> dict[Key, np.ndarray]:
    """Offsets of all clips, (clips, 2) for each view, nearness and landmark."""
    rows: dict[Key, list[tuple[float, float]]] = {}
    for path in paths:
        truth = path.with_name(path.name.replace(".track.npz", ".truth.npz"))
        if json.loads(truth.with_suffix(".json").read_text())["frames"] != len(load_track(path)):
            continue
        track = clean(load_track(path)).track
        camera = see_camera(track)
        if camera.view is View.OBLIQUE:
            continue
        for key, value in offsets(track, camera, truth).items():
            rows.setdefault(key, []).append(value)
    return {key: np.array(value) for key, value in sorted(rows.items())}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--write", action="store_true")
    wishes = parser.parse_args()
    paths = sorted(wishes.folder.glob("*.track.npz"))
    halves = [gather(paths[::2]), gather(paths[1::2])]
    whole = gather(paths)
    print(
        f"{'view':6} {'leg':5} {'point':9} {'first half':>14} {'second half':>14} {'all, mean ± SD between people':>34}"
    )
    lines = [
        "# Mean offset of the pose model's points from the joints, in % of body height, and its spread between people:",
        "# [out or forward, up], ankles from the side [across, up the shank]. Made by benchmarks/landmark_bias.py from",
        "# rendered people; see docs/accuracy.md.",
    ]
    for (view, place, part), values in whole.items():
        mean, spread = values.mean(axis=0), values.std(axis=0)
        first, second = (half.get((view, place, part), np.full((1, 2), np.nan)).mean(axis=0) for half in halves)
        print(
            f"{view:6} {place:5} {part:9} {first[0]:6.2f} {first[1]:6.2f}  {second[0]:6.2f} {second[1]:6.2f}  "
            f"{mean[0]:6.2f} ± {spread[0]:.2f}  {mean[1]:6.2f} ± {spread[1]:.2f}  n={len(values)}"
        )
        mean = np.where(np.abs(mean) < spread / np.sqrt(len(values)), 0.0, mean)
        lines.append(
            f"\n[{view}.{place}.{part}]\nmean = [{mean[0]:.2f}, {mean[1]:.2f}]\nsd = [{spread[0]:.2f}, {spread[1]:.2f}]"
        )
    if wishes.write:
        TABLE.write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()

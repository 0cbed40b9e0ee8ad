"""Assessments of clips that tests make up: by hand, and of figures of known movement."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from analyzer.assess import assess
from analyzer.assessment import Assessment, EventInfo, Limits, MeasurementInfo, Plan, Subject, Verdict
from analyzer.compare.types import Labelled, Role
from analyzer.criteria.tables import load_criteria
from analyzer.metrics.measure import measure
from analyzer.motion.types import View
from analyzer.pose.landmarks import Side
from analyzer.pose.models import ModelFile
from analyzer.video.clip import Clip
from tests.motion import figures
from tests.report import samples

TARGET = Limits(pass_high=7.0, fail_high=11.0, source="test")
DURATION_S = 4.0


def values(
    metric: str, steps: np.ndarray, *, side: Side = Side.LEFT, unit: str = "deg", uncertainty: float = 6.0,
    verdict: Verdict = Verdict.INFO, limits: Limits | None = TARGET,
) -> MeasurementInfo:  # fmt: skip
    """A measurement of single steps."""
    return MeasurementInfo(
        metric=metric, title=metric.replace("_", " ").capitalize(), side=side, value=float(np.median(steps)), unit=unit,
        uncertainty=uncertainty, n=len(steps), evidence_s=None, verdict=verdict, reason="", sentence="", limits=limits,
        per_event=tuple(EventInfo(index=i, t_s=float(i), value=float(v)) for i, v in enumerate(steps)),
    )  # fmt: skip


def around(value: float, n: int = 12, spread: float = 0.5) -> np.ndarray:
    """(n,) values whose median is the given one."""
    offsets = spread * np.sin(np.arange(n) * 2.1)
    return value + offsets - np.median(offsets)


def clip_of(
    *measurements: MeasurementInfo, mark: str = "0", view: View = View.FRONT, fps: float = 30.0, yaw_deg: float = 1.0,
    share: float | None = 0.6, speed_mps: float | None = 3.0, created: str = "2026-03-01T10:00:00+00:00",
    path: str = "clip.mp4", recorded: str | None = None, plan: Plan | None = None,
) -> Assessment:  # fmt: skip
    """A running clip with those measurements; ``mark`` tells recordings apart."""
    made = samples.front_run(Path(path))
    camera = made.camera.model_copy(update={"view": view, "yaw_deg": yaw_deg, "person_share": share})
    info = made.clip.model_copy(update={"sha256": mark * 64, "capture_fps": fps, "path": path, "recorded": recorded})
    subject = made.subject.model_copy(update={"speed_mps": speed_mps})
    return made.model_copy(
        update={
            "measurements": measurements, "camera": camera, "clip": info, "subject": subject, "created": created,
            "plan": plan if plan is not None else made.plan,
        }
    )  # fmt: skip


def labelled(assessment: Assessment, role: Role, pain: float | None = None, shoes: str = "") -> Labelled:
    return Labelled(assessment, role.value, role, pain, shoes)


def runner(
    valgus: float, drop_deg: float, *, seed: int, yaw_deg: float = 0.0, noise_m: float = 0.006, mark: str | None = None
) -> Assessment:
    """A figure that runs towards the phone, both sides alike; swivel turns the knee in. ``yaw_deg`` goes unnoticed."""
    how = figures.Runner(
        swivel_deg=dict.fromkeys((Side.LEFT, Side.RIGHT), valgus),
        drop_deg=dict.fromkeys((Side.LEFT, Side.RIGHT), drop_deg),
        duration_s=DURATION_S,
    )
    figure = figures.run(how)
    track = figures.filmed(figure, View.FRONT, yaw_deg=yaw_deg, noise_m=noise_m, seed=seed)
    motion = figures.motion(figure, track, figures.camera(View.FRONT))
    clip = Clip(
        path=Path(f"{seed}.mp4"), sha256=(mark or f"{seed:x}").rjust(64, "0"), width=1280, height=1280,
        times_s=track.times_s, nominal_fps=60.0, capture_fps=60.0, rotation_deg=0, codec="h264", has_audio=False,
    )  # fmt: skip
    model = ModelFile(name="full", path=Path("full.task"), sha256="1" * 64)
    subject = Subject(speed_mps=3.0)
    with pytest.MonkeyPatch.context() as patch:
        # Curves over the cycle take most of the time and are not compared.
        patch.setattr("analyzer.metrics.measure._cycle", lambda *_, **__: None, raising=False)
        measured = measure(motion)
    return assess(clip, motion, measured, subject=subject, model=model, criteria=load_criteria())

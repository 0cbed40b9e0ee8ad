"""Assessments with a synthetic person behind them, as a pipeline would make them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np

from analyzer.arrays import Floats
from analyzer.assessment import (
    Assessment,
    CameraInfo,
    Caution,
    ClipInfo,
    CycleInfo,
    EventInfo,
    Limits,
    MeasurementInfo,
    ModelInfo,
    PersonInfo,
    Plan,
    PlanItem,
    Quality,
    RepInfo,
    StepInfo,
    Subject,
    TestInfo,
    TestVerdict,
    Verdict,
)
from analyzer.motion.body import centre_of_mass
from analyzer.motion.types import Activity, Camera, Motion, Rep, Scale, Step, View
from analyzer.pose.landmarks import COUNT, INDEX, Side, point
from analyzer.pose.subject import Look, Survey
from analyzer.pose.track import PoseTrack
from analyzer.video.clip import Clip
from analyzer.video.probe import probe
from analyzer.video.writer import VideoWriter
from tests.pose.passers import person, standing

SIZE_PX = (360, 640)
HEIGHT_CM = 172.0
BODY_PX = 460.0

FRONT_STANDING = {  # x to the person's left of the midline, y down from the crown, both as shares of the height
    "nose": (0.0, 0.07), "ear": (0.04, 0.07), "eye": (0.02, 0.06), "mouth": (0.015, 0.09), "shoulder": (0.11, 0.18),
    "elbow": (0.14, 0.36), "wrist": (0.15, 0.51), "index": (0.15, 0.55), "pinky": (0.155, 0.55), "thumb": (0.14, 0.53),
    "hip": (0.055, 0.51), "knee": (0.055, 0.75), "ankle": (0.055, 0.95), "heel": (0.055, 0.985),
    "foot_index": (0.065, 0.995),
}  # fmt: skip

SIDE_STANDING = {  # x ahead of the hip
    **{name: (0.0, y) for name, (_, y) in FRONT_STANDING.items()},
    "nose": (0.05, 0.07), "foot_index": (0.09, 0.99), "heel": (-0.04, 0.985),
}  # fmt: skip


def standing_px(view: View = View.FRONT, size_px: tuple[int, int] = SIZE_PX, body_px: float = BODY_PX) -> Floats:
    """(33, 2) px of a person who stands upright in the middle of the picture."""
    points = np.full((COUNT, 2), np.nan)
    middle, top = size_px[0] / 2, (size_px[1] - body_px) / 2
    ahead = {View.LEFT: -1.0, View.RIGHT: 1.0}.get(view)
    table = FRONT_STANDING if ahead is None else SIDE_STANDING
    left_is_right = 1.0 if view is not View.BACK else -1.0
    for name, index in INDEX.items():
        side = 1.0 if "left" in name else -1.0
        part = name.replace("left_", "").replace("right_", "").replace("_left", "").replace("_right", "")
        x, y = table[part.removesuffix("_inner").removesuffix("_outer")]
        direction = ahead if ahead is not None else left_is_right * (side if part != "nose" else 0.0)
        points[index] = middle + direction * x * body_px, top + y * body_px
    return points


def bent(points: Floats, side: Side, inwards_px: float) -> Floats:
    """The front pose with that side's knee moved towards the other leg."""
    moved = points.copy()
    towards = np.sign(points[point(side.other, "knee"), 0] - points[point(side, "knee"), 0])
    moved[point(side, "knee"), 0] += towards * inwards_px
    return moved


def track_of(frames: Floats, rate_hz: float, size_px: tuple[int, int] = SIZE_PX) -> PoseTrack:
    """A track through points (n, 33, 2)."""
    n = len(frames)
    return PoseTrack(
        times_s=np.arange(n) / rate_hz,
        points_px=frames,
        visibility=np.where(np.isfinite(frames[..., 0]), 0.95, 0.0),
        world_m=np.zeros((n, COUNT, 3)),
        size_px=size_px,
        source="synthetic",
    )


def motion_of(
    track: PoseTrack,
    view: View = View.FRONT,
    activity: Activity = Activity.RUNNING,
    steps: tuple[Step, ...] = (),
    reps: tuple[Rep, ...] = (),
) -> Motion:
    """The movement of a track seen from that side."""
    return Motion(
        raw=track,
        track=track,
        clip_fps=track.rate_hz,
        camera=Camera(view, 1.0, 3.0, float("nan"), {View.LEFT: -1, View.RIGHT: 1}.get(view, 0), 0.9),
        scale=Scale(np.full(len(track), HEIGHT_CM / BODY_PX), 0.03, "stated", 0.53 * HEIGHT_CM),
        activity=activity,
        com_px=centre_of_mass(track.points_px),
        steps=steps,
        reps=reps,
        repaired_fraction=0.02,
    )


def run_frames(view: View, n: int, rate_hz: float, step_s: float = 0.36) -> Floats:
    """(n, 33, 2) px of somebody bobbing on alternate legs: no runner, but every point moves smoothly."""
    still = standing_px(view)
    frames = np.repeat(still[None], n, axis=0)
    t = np.arange(n) / rate_hz
    frames[..., 1] += 8.0 * np.cos(2 * np.pi * t / step_s)[:, None]
    for side, shift in ((Side.LEFT, 0.0), (Side.RIGHT, np.pi)):
        swing = np.sin(np.pi * t / step_s + shift)
        lift = np.maximum(0.0, -swing)
        for name, share in (("knee", 0.4), ("ankle", 1.0), ("heel", 1.0), ("toe", 1.0)):
            index = point(side, name)
            if view in (View.LEFT, View.RIGHT):
                ahead = -1.0 if view is View.LEFT else 1.0
                frames[:, index, 0] += ahead * 60.0 * share * np.cos(np.pi * t / step_s + shift)
            frames[:, index, 1] -= 70.0 * share * lift
        if view not in (View.LEFT, View.RIGHT):
            frames[:, point(side, "knee"), 0] += (-1 if side is Side.LEFT else 1) * 12.0 * np.maximum(0.0, swing)
    return frames


def steps_between(duration_s: float, step_s: float = 0.36) -> tuple[Step, ...]:
    """Alternating steps, left first."""
    starts = np.arange(0.0, duration_s - 0.24, step_s)
    return tuple(
        Step(i, (Side.LEFT, Side.RIGHT)[i % 2], float(s), float(s + 0.24), float(s + 0.11), 0.01, 0.02)
        for i, s in enumerate(starts)
    )


AT_MOST_7 = Limits(pass_high=7.0, fail_high=11.0, published=False, source="Proposed by Stridecheck")
LEAN = Limits(pass_low=4.0, pass_high=12.0, fail_low=1.0, fail_high=16.0, source="Teng & Powers 2014")


@dataclass(frozen=True)
class Spec:
    """A measurement to make up."""

    metric: str
    title: str
    side: Side
    value: float | None
    verdict: Verdict
    unit: str = "deg"
    uncertainty: float | None = 3.2
    limits: Limits | None = None
    sentence: str = ""
    reason: str = ""
    spread: float = 1.0
    cycle: bool = True
    extras: dict[str, object] = field(default_factory=dict)

    def made(self, times: list[tuple[int, float]], label: str) -> MeasurementInfo:
        """The measurement with a value at each event (index, time)."""
        if self.value is None:
            times = []
        offsets = self.spread * np.sin(np.arange(len(times)) * 2.1)
        offsets -= np.median(offsets) if len(times) else 0.0
        events = tuple(
            EventInfo(index=i, t_s=t, value=round(self.value + o, 3))  # type: ignore[operator]
            for (i, t), o in zip(times, offsets, strict=True)
        )
        percent = np.linspace(0.0, 100.0, 51)
        curve = None
        if self.cycle and self.value is not None and events:
            mean = self.value * (0.4 + 0.6 * np.sin(np.pi * percent / 100.0))
            curve = CycleInfo(label=label, percent=tuple(percent), mean=tuple(mean), sd=(1.2,) * 51, mark_percent=50.0)
        return MeasurementInfo(
            metric=self.metric,
            title=self.title,
            side=self.side,
            value=self.value,
            unit=self.unit,
            uncertainty=self.uncertainty if self.value is not None else None,
            n=len(events),
            per_event=events,
            evidence_s=events[len(events) // 2].t_s if events else None,
            verdict=self.verdict,
            reason=self.reason,
            sentence=self.sentence,
            limits=self.limits,
            cycle=curve,
        )


def assessment_of(
    motion: Motion,
    measurements: tuple[MeasurementInfo, ...],
    clip_path: Path = Path("clip.mp4"),
    *,
    headline: str = "Running screen: not yet. The left knee moves inwards.",
    tests: tuple[TestInfo, ...] = (),
    rep_verdicts: tuple[tuple[Verdict, tuple[str, ...]], ...] = (),
    name: str | None = None,
    slow_motion_factor: float = 1.0,
) -> Assessment:
    """Everything put together."""
    n, rate = len(motion.track), motion.track.rate_hz
    return Assessment(
        created="2026-03-01T10:00:00+00:00",
        stridecheck_version="0.1.0",
        headline=headline,
        clip=ClipInfo(
            path=str(clip_path), sha256="0" * 64, width=motion.track.size_px[0], height=motion.track.size_px[1],
            duration_s=n / rate * slow_motion_factor, frames=n, nominal_fps=rate / slow_motion_factor,
            capture_fps=rate, slow_motion_factor=slow_motion_factor, rotation_deg=0, codec="h264",
        ),
        subject=Subject(name=name, height_cm=172.0),
        camera=CameraInfo(view=motion.camera.view, yaw_deg=motion.camera.yaw_deg, roll_deg=None, confidence=0.9),
        activity=motion.activity,
        quality=Quality(
            grade="usable", tracked_fraction=0.98, repaired_fraction=0.02,
            warnings=(
                Caution(code="low_rate", message="The clip has 30 frames per second.", advice="Film with 60."),
            ),
        ),
        steps=tuple(
            StepInfo(index=s.index, side=s.side, contact_s=s.contact_s, toe_off_s=s.toe_off_s) for s in motion.steps
        ),
        reps=tuple(
            RepInfo(
                index=r.index, side=r.side, start_s=r.start_s, top_s=r.top_s, end_s=r.end_s, verdict=v, reasons=why
            )
            for r, (v, why) in zip(motion.reps, rep_verdicts, strict=True)
        ),
        measurements=measurements,
        tests=tests,
        plan=Plan(
            focus=("Keeping the knee over the foot",),
            items=(
                PlanItem(
                    exercise="crab_walk", title="Crab-walk", dose="10-15 each way, 3 sets, once a week or more",
                    why="Trains the hip to hold the knee out.", source="S4",
                ),
            ),
            notes=("Leave a day of rest between lifting and a hard run.",),
        ),
        model=ModelInfo(name="full", sha256="1" * 64),
    ).with_motion(motion)  # fmt: skip


def front_run(clip_path: Path = Path("clip.mp4"), n: int = 60, rate_hz: float = 30.0, **more: object) -> Assessment:
    """Seen from the front: one knee not yet, one on target, hips borderline, side-view metrics not measured."""
    motion = motion_of(
        track_of(run_frames(View.FRONT, n, rate_hz), rate_hz), View.FRONT, steps=steps_between(n / rate_hz)
    )
    left, right = (
        [(s.index, s.mid_stance_s) for s in motion.steps if s.side is side] for side in Side if side.value != "both"
    )
    both = [(s.index, s.mid_stance_s) for s in motion.steps]
    label = "Stance, from contact (0 %) to toe-off (100 %)"
    specs = (
        (Spec("knee_valgus", "Knee moving inwards", Side.LEFT, 13.4, Verdict.FAIL, limits=AT_MOST_7,
              sentence="The left knee moves inwards by 13° while the foot is down."), left),
        (Spec("knee_valgus", "Knee moving inwards", Side.RIGHT, 3.1, Verdict.PASS, limits=AT_MOST_7,
              sentence="The right knee stays in line."), right),
        (Spec("pelvic_drop", "Hip drop", Side.LEFT, 6.2, Verdict.BORDERLINE, uncertainty=3.0,
              limits=Limits(pass_high=5.0, fail_high=8.0, source="Proposed by Stridecheck"),
              sentence="Standing on the left leg the right hip drops by 6°."), left),
        (Spec("pelvic_drop", "Hip drop", Side.RIGHT, 2.0, Verdict.PASS, uncertainty=3.0,
              limits=Limits(pass_high=5.0, fail_high=8.0, source="Proposed by Stridecheck"),
              sentence="Standing on the right leg the hips stay level."), right),
        (Spec("cadence", "Cadence", Side.BOTH, 166.7, Verdict.INFO, unit="steps/min", uncertainty=1.0, cycle=False,
              sentence="167 steps a minute."), both),
        (Spec("trunk_lean_lateral", "Sideways lean", Side.LEFT, 3.0, Verdict.INFO, uncertainty=9.0, limits=AT_MOST_7,
              sentence="Some lean.", reason="Too wide to judge; prop the phone upright."), left),
        (Spec("foot_strike_position", "Foot landing ahead of the body", Side.LEFT, None, Verdict.NOT_MEASURED,
              unit="cm", reason="Cannot be seen from the front; film from the side."), []),
    )  # fmt: skip
    made = tuple(spec.made(times, label) for spec, times in specs)
    screen = TestInfo(
        name="running_screen", title="Running screen", verdict=TestVerdict.NOT_YET,
        sides={"left": TestVerdict.NOT_YET, "right": TestVerdict.PASS}, reasons=("The left knee moves inwards.",),
    )  # fmt: skip
    return assessment_of(motion, made, clip_path, tests=(screen,), **more)  # type: ignore[arg-type]


def side_run(clip_path: Path = Path("clip.mp4"), n: int = 60, rate_hz: float = 30.0, **more: object) -> Assessment:
    """Seen from the left: contact metrics of the near leg."""
    motion = motion_of(
        track_of(run_frames(View.LEFT, n, rate_hz), rate_hz), View.LEFT, steps=steps_between(n / rate_hz)
    )
    at_contact = [(s.index, s.contact_s) for s in motion.steps if s.side is Side.LEFT]
    label = "Stance, from contact (0 %) to toe-off (100 %)"
    specs = (
        Spec("foot_strike_position", "Foot landing ahead of the body", Side.LEFT, 24.0, Verdict.BORDERLINE, unit="cm",
             limits=Limits(pass_high=22.0, fail_high=30.0, source="Proposed by Stridecheck"), sentence="24 cm ahead."),
        Spec("foot_strike_angle", "Foot angle at contact", Side.LEFT, 12.0, Verdict.INFO, sentence="Heel first."),
        Spec("knee_flexion_contact", "Knee bend at contact", Side.LEFT, 12.0, Verdict.PASS,
             limits=Limits(pass_low=8.0, fail_low=4.0, source="Fukuchi 2017"), sentence="A soft knee."),
        Spec("shank_angle", "Shin angle at contact", Side.LEFT, 9.0, Verdict.BORDERLINE,
             limits=Limits(pass_high=8.0, fail_high=12.0, source="Souza 2016"), sentence="The shin leans."),
        Spec("trunk_lean_forward", "Forward lean", Side.BOTH, 8.0, Verdict.PASS, limits=LEAN, sentence="A good lean."),
    )  # fmt: skip
    made = tuple(spec.made(at_contact, label) for spec in specs)
    return assessment_of(motion, made, clip_path, **more)  # type: ignore[arg-type]


def step_ups(clip_path: Path = Path("clip.mp4"), n: int = 120, rate_hz: float = 30.0) -> Assessment:
    """Four repetitions, the second of which is not yet there."""
    still = standing_px(View.FRONT)
    frames = np.repeat(still[None], n, axis=0)
    reps = tuple(
        Rep(i, (Side.LEFT, Side.RIGHT)[i % 2], i * 1.0 + 0.1, i * 1.0 + 0.5, i * 1.0 + 0.9, ((i + 0.3, i + 0.7),))
        for i in range(4)
    )
    t = np.arange(n) / rate_hz
    frames[..., 1] -= 60.0 * (np.sin(np.pi * (t % 1.0)) ** 2)[:, None]
    motion = motion_of(track_of(frames, rate_hz), View.FRONT, Activity.STEP_UP, reps=reps)
    limits = Limits(pass_high=8.0, fail_high=15.0, source="Proposed by Stridecheck")
    left, right = ([(r.index, r.top_s - 0.1) for r in reps if r.side is s] for s in (Side.LEFT, Side.RIGHT))
    label = "Repetition, from lift-off (0 %) to both feet down (100 %)"
    made = (
        Spec("knee_valgus", "Knee moving inwards", Side.LEFT, 4.0, Verdict.PASS, limits=limits,
             sentence="The left knee stays over the foot.").made(left, label),
        Spec("knee_valgus", "Knee moving inwards", Side.RIGHT, 16.0, Verdict.FAIL, limits=limits,
             sentence="The right knee moves inwards.").made(right, label),
        Spec("rep_count", "Repetitions", Side.LEFT, 2.0, Verdict.INFO, unit="count", uncertainty=0.0,
             cycle=False).made([], label),
    )  # fmt: skip
    good, bad = (Verdict.PASS, ()), (Verdict.FAIL, ("knee moving inwards", "hip drop"))
    test = TestInfo(
        name="step_up_test", title="Step-up test", verdict=TestVerdict.NOT_YET,
        sides={"left": TestVerdict.CANNOT_TELL, "right": TestVerdict.NOT_YET}, reasons=("Repetition 2 is not yet.",),
    )  # fmt: skip
    return assessment_of(
        motion, made, clip_path, headline="Step-up test: not yet.", tests=(test,), rep_verdicts=(good, bad, good, bad)
    )


GROUND = 96
"""Grey of the made clips, 0 to 255."""


def filmed(assessment: Assessment, path: Path, slow_motion_factor: float = 1.0) -> tuple[Assessment, Clip]:
    """The assessment of a clip that exists: plain grey, with the assessment's frames, size and times."""
    track = assessment.motion.track
    width, height = track.size_px
    with VideoWriter(path, (width, height), crf=8) as writer:
        for time_s in track.times_s:
            writer.write(np.full((height, width, 3), GROUND, np.uint8), float(time_s * slow_motion_factor))
    rate = track.rate_hz if slow_motion_factor != 1.0 else None
    clip = probe(path, captured_fps=rate)
    info = assessment.clip.model_copy(
        update={
            "path": str(path), "sha256": clip.sha256, "frames": clip.frames, "duration_s": clip.duration_s,
            "nominal_fps": clip.nominal_fps, "capture_fps": clip.capture_fps,
            "slow_motion_factor": clip.slow_motion_factor,
        }
    )  # fmt: skip
    return assessment.model_copy(update={"clip": info}).with_motion(assessment.motion), clip


def lost(assessment: Assessment, from_s: float, until_s: float) -> Assessment:
    """The same, with nobody seen in that interval."""
    motion = assessment.motion
    gone = (motion.times_s >= from_s) & (motion.times_s < until_s)
    points, com = motion.track.points_px.copy(), motion.com_px.copy()
    points[gone], com[gone] = np.nan, np.nan
    return assessment.with_motion(replace(motion, track=replace(motion.track, points_px=points), com_px=com))


def in_company(assessment: Assessment) -> Assessment:
    """The same person, followed as number 2, with somebody smaller to the left."""
    people = person(1, 0.5, standing(0.2, 0.8), height_px=250.0), person(2, 0.5, standing(0.7, 0.8))
    survey = Survey(people, len(people[0].times_s), assessment.motion.track.size_px)
    made = assessment.model_copy(
        update={
            "people": tuple(
                PersonInfo(number=each.number, place=survey.place(each), share=survey.share(each)) for each in people
            ),
            "subject": assessment.subject.model_copy(update={"number": 2}),
        }
    )
    return made.with_motion(replace(assessment.motion, look=Look(2, 0.5, 500.0, survey, chosen=2)))

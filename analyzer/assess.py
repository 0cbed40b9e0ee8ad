"""From measurements to an `Assessment`: verdicts, tests, quality, headline and plan put together."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime, timezone

import numpy as np

from analyzer import __version__
from analyzer.assessment import Assessment
from analyzer.criteria.cadence_card import cadence_card
from analyzer.criteria.exercise_form import exercise_form
from analyzer.criteria.headline import headline
from analyzer.criteria.legibility import share_of_height
from analyzer.criteria.quality import quality
from analyzer.criteria.step_down_scale import step_down_scales
from analyzer.criteria.step_up_test import JudgedRep, judge_reps
from analyzer.criteria.symmetry import symmetries
from analyzer.criteria.tables import Criteria
from analyzer.criteria.tests import run_tests
from analyzer.criteria.verdict import Judged, judge, strike_kind
from analyzer.filmed import CameraInfo, ClipInfo, ModelInfo, PersonInfo, Subject
from analyzer.measured import CycleInfo, DriftInfo, EventInfo, MeasurementInfo, OwnLimits, RepInfo, StepInfo
from analyzer.metrics.measurement import Cycle, Drift, Measurement
from analyzer.motion.types import Motion, Step
from analyzer.pose.catalogue import ModelFile
from analyzer.pose.subject import Survey
from analyzer.program.plan import plan_for
from analyzer.video.clip import Clip


def assess(
    clip: Clip,
    motion: Motion,
    measurements: tuple[Measurement, ...],
    *,
    subject: Subject,
    model: ModelFile,
    criteria: Criteria,
    file: ClipInfo | None = None,
) -> Assessment:
    """Judge the measurements and put everything that a report needs into one value.

    Args:
        clip: that was seen.
        motion: what was understood of it.
        measurements: of the movement.
        subject: what the user says of the person.
        model: what found the body.
        criteria: limits and wording.
        file: what an earlier assessment says of the file; None looks at it.
    """
    judged = tuple(judge(each, motion, criteria) for each in measurements)
    reps = judge_reps(motion, judged, criteria)
    form = exercise_form(motion, judged, subject, criteria)
    tests = (*run_tests(motion, judged, reps, criteria), *(form.tests if form else ()))
    card = cadence_card(judged, motion, criteria)
    seen = quality(clip, motion)
    return Assessment(
        created=datetime.now(timezone.utc).isoformat(timespec="seconds"),
        stridecheck_version=__version__,
        headline=headline(motion, tests, judged, seen, criteria, form),
        clip=file or _clip_info(clip),
        subject=subject,
        people=_people_info(motion.look.survey),
        camera=CameraInfo(
            view=motion.camera.view,
            yaw_deg=_number(motion.camera.yaw_deg),
            roll_deg=_number(motion.camera.roll_deg),
            confidence=motion.camera.confidence,
            person_share=share_of_height(motion) or None,
        ),
        activity=motion.activity,
        quality=seen,
        steps=tuple(_step_info(step) for step in motion.steps),
        reps=tuple(_rep_info(rep) for rep in reps),
        measurements=tuple(_measurement_info(each, motion, criteria) for each in judged),
        tests=tests,
        plan=plan_for(judged, tests, more_cadence=card is not None and card.consider),
        model=ModelInfo(name=model.name, sha256=model.sha256),
        symmetry=symmetries(measurements, motion, criteria),
        cadence_card=card,
        own_limits=_own_limits(criteria),
        scales=step_down_scales(motion, judged, criteria),
        exercise=form.exercise if form else None,
    ).with_motion(motion)


def _own_limits(criteria: Criteria) -> OwnLimits | None:
    own = criteria.own
    if own is None:
        return None
    what = ", ".join(criteria.metric[name].title.lower() for name in own.metrics)
    note = criteria.own_limits.note.format(what=what, file=own.file)
    return OwnLimits(file=own.file, metrics=own.metrics, note=note)


def _clip_info(clip: Clip) -> ClipInfo:
    from analyzer.video.recorded import recorded_at  # with all that reads videos; scoring again does without

    filmed = recorded_at(clip.path) if clip.path.exists() else None
    return ClipInfo(
        path=str(clip.path),
        sha256=clip.sha256,
        width=clip.width,
        height=clip.height,
        duration_s=clip.duration_s,
        frames=clip.frames,
        nominal_fps=clip.nominal_fps,
        capture_fps=clip.capture_fps,
        slow_motion_factor=clip.slow_motion_factor,
        rotation_deg=clip.rotation_deg,
        codec=clip.codec,
        recorded=filmed.isoformat() if filmed is not None else None,
    )


def _people_info(survey: Survey | None) -> tuple[PersonInfo, ...]:
    if survey is None:
        return ()
    return tuple(
        PersonInfo(number=each.number, place=survey.place(each), share=survey.share(each)) for each in survey.people
    )


def _step_info(step: Step) -> StepInfo:
    return StepInfo(
        index=step.index, side=step.side, contact_s=_number(step.contact_s), toe_off_s=_number(step.toe_off_s)
    )


def _rep_info(judged: JudgedRep) -> RepInfo:
    rep = judged.rep
    return RepInfo(
        index=rep.index,
        side=rep.side,
        start_s=rep.start_s,
        top_s=rep.top_s,
        end_s=rep.end_s,
        verdict=judged.verdict,
        reasons=judged.reasons,
        loaded=rep.loaded,
    )


def _measurement_info(judged: Judged, motion: Motion, criteria: Criteria) -> MeasurementInfo:
    measured = judged.measurement
    lands = measured.metric == "foot_strike_angle" and measured.value is not None
    kind, sure = strike_kind(measured, criteria) if lands else (None, None)
    return MeasurementInfo(
        metric=measured.metric,
        title=criteria.metric[measured.metric].title,
        side=measured.side,
        value=measured.value,
        unit=measured.unit,
        uncertainty=measured.uncertainty,
        n=measured.n,
        per_event=tuple(EventInfo(index=e.index, t_s=e.time_s, value=e.value) for e in measured.per_event),
        evidence_s=measured.evidence_s,
        verdict=judged.verdict,
        reason=judged.reason,
        sentence=judged.sentence,
        limits=judged.limits,
        cycle=_cycle_info(measured.cycle),
        percent_leg=_percent_leg(measured, motion, criteria),
        category=kind,
        category_sure=sure,
        drift=_drift_info(measured.drift),
        outliers=measured.outliers,
    )


def _percent_leg(measured: Measurement, motion: Motion, criteria: Criteria) -> float | None:
    """A length in % of leg length, where its target is told so."""
    told = any(target.unit == "% leg" for target in criteria.metric[measured.metric].limits)
    if not told or measured.value is None or motion.scale is None:
        return None
    return 100.0 * measured.value / motion.scale.leg_length_cm


def _drift_info(drift: Drift | None) -> DriftInfo | None:
    return None if drift is None else DriftInfo(**asdict(drift))


def _cycle_info(cycle: Cycle | None) -> CycleInfo | None:
    if cycle is None:
        return None
    return CycleInfo(
        label=cycle.label,
        percent=tuple(float(p) for p in cycle.percent),
        mean=tuple(_number(v) for v in cycle.mean),
        sd=tuple(_number(v) for v in cycle.sd),
        mark_percent=cycle.mark_percent,
    )


def _number(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None

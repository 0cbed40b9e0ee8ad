"""Leg stiffness: how hard the spring is that the leg acts as.

Positive always; needs speed and body mass. Source: Morin et al. 2005, from contact and flight time as a half sine of
force: ``Fmax = m g pi / 2 (tf / tc + 1)``, ``dy = Fmax tc^2 / (m pi^2) - g tc^2 / 8``,
``dL = L - sqrt(L^2 - (v tc / 2)^2) + dy``, stiffness ``Fmax / dL``. Differs: times are this pose model's.
Uncertainty: what the errors of contact and flight time, speed and leg length do to it, and the spread between steps.
"""

from __future__ import annotations

import numpy as np

from analyzer.metrics.contact_time import contact_time
from analyzer.metrics.flight_time import flight_time
from analyzer.metrics.measurement import EventValue, Measurement
from analyzer.metrics.registry import RUNNING, WholeMetric
from analyzer.motion.speed import NO_SPEED, Speed, running_speed
from analyzer.motion.types import Motion
from analyzer.pose.landmarks import SIDES, Side

UNIT = "kN/m"
GRAVITY = 9.81
FEWEST = 3
NO_MASS = "Leg stiffness needs the body mass; state it with --mass-kg."
NO_SIZE = "The legs were never seen whole, so their length is unknown; keep the whole body in the picture."
NO_FLIGHT = "Too few steps with a clear flight were seen; film ten seconds or more from the side."


@WholeMetric(unit=UNIT, activities=RUNNING)
def leg_stiffness(motion: Motion) -> list[Measurement]:
    """One measurement per stance leg."""
    speed = running_speed(motion)
    if motion.mass_kg is None or speed is None or motion.scale is None:
        reason = NO_MASS if motion.mass_kg is None else NO_SPEED if speed is None else NO_SIZE
        return [Measurement("leg_stiffness", side, UNIT, reason=reason) for side in SIDES]
    return [_of_leg(motion, side, motion.mass_kg, speed, motion.scale.leg_length_cm / 100.0) for side in SIDES]


def stiffness_kn_m(contact_s: float, flight_s: float, mass_kg: float, speed_mps: float, leg_m: float) -> float:
    """Leg stiffness in kN/m; NaN where the leg would not reach the ground at toe-off.

    Args:
        contact_s: time of contact.
        flight_s: time of flight.
        mass_kg: body mass.
        speed_mps: running speed.
        leg_m: length of the standing leg.
    """
    force_n = mass_kg * GRAVITY * np.pi / 2.0 * (flight_s / contact_s + 1.0)
    sinks_m = force_n * contact_s**2 / (mass_kg * np.pi**2) - GRAVITY * contact_s**2 / 8.0
    rest = leg_m**2 - (speed_mps * contact_s / 2.0) ** 2
    if rest <= 0.0:
        return float("nan")
    return float(force_n / (leg_m - np.sqrt(rest) + sinks_m) / 1000.0)


def _of_leg(motion: Motion, side: Side, mass_kg: float, speed: Speed, leg_m: float) -> Measurement:
    steps = [(s, contact_time(motion, s) / 1e3, flight_time(motion, s) / 1e3) for s in motion.steps if s.side is side]
    events = tuple(
        EventValue(step.index, step.mid_stance_s, stiffness_kn_m(contact, flight, mass_kg, speed.mps, leg_m))
        for step, contact, flight in steps
        if np.isfinite(flight) and flight > 0.0
    )
    events = tuple(event for event in events if np.isfinite(event.value))
    if len(events) < FEWEST:
        return Measurement("leg_stiffness", side, UNIT, reason=NO_FLIGHT)
    values = np.array([event.value for event in events])
    value = float(np.median(values))
    contact_s, flight_s = (float(np.median([row[i] for row in steps if np.isfinite(row[2])])) for i in (1, 2))
    common = _common_error(motion, contact_s, flight_s, mass_kg, speed, leg_m)
    shown = events[int(np.argmin(np.abs(values - value)))]
    return Measurement(
        metric="leg_stiffness", side=side, unit=UNIT, value=value,
        uncertainty=float(1.96 * np.hypot(common, values.std(ddof=1) / np.sqrt(len(values)))), n=len(values),
        per_event=events, event_uncertainty=float(1.96 * np.hypot(common, values.std(ddof=1))),
        evidence_s=shown.time_s,
    )  # fmt: skip


def _common_error(
    motion: Motion, contact_s: float, flight_s: float, mass_kg: float, speed: Speed, leg_m: float
) -> float:
    """Standard error in kN/m from mistimed events, speed and leg length, each moved by its own."""
    here = stiffness_kn_m(contact_s, flight_s, mass_kg, speed.mps, leg_m)
    late_s = float(np.hypot(motion.steps[0].contact_error_s, motion.steps[0].toe_off_error_s))
    size = motion.scale.relative_error if motion.scale else 0.0
    moved = [
        stiffness_kn_m(contact_s + late_s, flight_s - late_s, mass_kg, speed.mps, leg_m),
        stiffness_kn_m(contact_s, flight_s, mass_kg, speed.mps + speed.error_mps, leg_m),
        stiffness_kn_m(contact_s, flight_s, mass_kg, speed.mps, leg_m * (1.0 + size)),
    ]
    return float(np.sqrt(np.nansum([(there - here) ** 2 for there in moved])))

from __future__ import annotations

from itertools import pairwise

import pytest

from analyzer.assessment import Assessment, RepInfo, StepInfo, Verdict
from analyzer.errors import CompareError
from analyzer.overlay.align import aligned
from analyzer.pose.landmarks import Side
from tests.report import samples

LEFT, RIGHT = Side.LEFT, Side.RIGHT


def with_steps(contacts: list[tuple[Side, float]], factor: float = 1.0) -> Assessment:
    made = samples.front_run()
    steps = tuple(StepInfo(index=i, side=s, contact_s=t, toe_off_s=t + 0.2) for i, (s, t) in enumerate(contacts))
    clip = made.clip.model_copy(update={"slow_motion_factor": factor})
    return made.model_copy(update={"steps": steps, "reps": (), "clip": clip})


def every(step_s: float, count: int, first: Side = LEFT, start_s: float = 0.0) -> list[tuple[Side, float]]:
    return [(first if i % 2 == 0 else first.other, start_s + i * step_s) for i in range(count)]


def test_the_same_foot_lands_at_the_same_instant() -> None:
    a, b = with_steps(every(0.36, 9)), with_steps(every(0.33, 9, RIGHT, 0.1))
    pieces = aligned(a, b)
    assert len(pieces) == 7  # the second clip's first step is of the other foot
    theirs = {round(step.contact_s or 0.0, 6): step.side for step in b.steps}
    ours = {round(step.contact_s or 0.0, 6): step.side for step in a.steps}
    for piece in pieces:
        assert ours[round(piece.first_s[0], 6)] is theirs[round(piece.second_s[0], 6)]
        assert piece.speed == pytest.approx(0.33 / 0.36)
        assert piece.beside(piece.first_s[1]) == pytest.approx(piece.second_s[1])


def test_pieces_follow_each_other_without_a_gap() -> None:
    pieces = aligned(with_steps(every(0.36, 9)), with_steps(every(0.33, 12)))
    for one, other in pairwise(pieces):
        assert one.first_s[1] == pytest.approx(other.first_s[0])
        assert one.second_s[1] == pytest.approx(other.second_s[0])


@pytest.mark.parametrize("missing", [3, 4])
def test_a_step_that_was_not_found_does_not_bring_the_feet_out_of_step(missing: int) -> None:
    contacts = every(0.33, 12)
    del contacts[missing]
    a, b = with_steps(every(0.36, 12)), with_steps(contacts)
    sides = {step.contact_s: step.side for step in (*a.steps, *b.steps)}
    pieces = aligned(a, b)
    assert len(pieces) >= 7
    for piece in pieces:
        assert sides[piece.first_s[0]] is sides[piece.second_s[0]]
        assert 0.8 < piece.speed < 1.1


def test_repetitions_of_a_side_are_paired_by_their_number() -> None:
    def with_reps(sides: list[Side], lasts_s: float) -> Assessment:
        made = samples.step_ups()
        reps = tuple(
            RepInfo(index=i, side=side, start_s=4.0 * i, top_s=4.0 * i + 0.4 * lasts_s, end_s=4.0 * i + lasts_s,
                    verdict=Verdict.PASS)
            for i, side in enumerate(sides)
        )  # fmt: skip
        return made.model_copy(update={"reps": reps})

    pieces = aligned(with_reps([LEFT, LEFT, RIGHT], 3.0), with_reps([RIGHT, LEFT, LEFT, LEFT], 2.4))
    assert [piece.name for piece in pieces] == ["Left 1", "Left 1", "Left 2", "Left 2", "Right 1", "Right 1"]
    assert [round(piece.second_s[0], 6) for piece in pieces] == [4.0, 4.96, 8.0, 8.96, 0.0, 0.96]
    assert all(piece.speed == pytest.approx(0.8) for piece in pieces)


def test_slow_motion_is_taken_on_the_files_clock() -> None:
    a, b = with_steps(every(0.36, 6)), with_steps(every(0.36, 6), factor=8.0)
    assert aligned(a, b)[2].speed == pytest.approx(8.0)


@pytest.mark.parametrize("other", [samples.step_ups(), with_steps([]), with_steps(every(0.3, 1))])
def test_clips_that_share_nothing_are_refused(other: Assessment) -> None:
    with pytest.raises(CompareError, match="same activity"):
        aligned(with_steps(every(0.36, 6)), other.model_copy(update={"steps": other.steps}))

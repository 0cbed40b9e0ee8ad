from __future__ import annotations

import pytest

from analyzer.compare.labels import role_of
from analyzer.compare.types import Role


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("hips", Role.HIPS), ("run_glutes_2", Role.HIPS), ("Core-cue", Role.HIPS), ("toe curl", Role.FEET),
        ("feet", Role.FEET), ("last_km", Role.LAST), ("first_km", Role.BASELINE), ("before", Role.BASELINE),
        ("retest 2026-03-01", Role.AFTER), ("run_front_60", Role.OTHER), ("hips_and_feet", Role.OTHER),
        ("", Role.OTHER),
        ("shipshape", Role.OTHER), ("toe_curl_after", Role.FEET),
    ],
)  # fmt: skip
def test_names_tell_what_a_clip_is_for(text: str, role: Role) -> None:
    assert role_of(text) is role

"""For all tests: how many examples hypothesis draws where a test does not say."""

from __future__ import annotations

from hypothesis import settings

from tests.depth import DEPTH

settings.register_profile("stridecheck", max_examples=40 * DEPTH, deadline=None)
settings.load_profile("stridecheck")

from __future__ import annotations

import pytest

from analyzer.assessment import Assessment
from analyzer.video.clip import Clip
from tests.report import samples


@pytest.fixture(scope="session")
def front(tmp_path_factory: pytest.TempPathFactory) -> tuple[Assessment, Clip]:
    return samples.filmed(samples.front_run(), tmp_path_factory.mktemp("clips") / "front.mp4")


@pytest.fixture(scope="session")
def reps(tmp_path_factory: pytest.TempPathFactory) -> tuple[Assessment, Clip]:
    return samples.filmed(samples.step_ups(), tmp_path_factory.mktemp("clips") / "reps.mp4")

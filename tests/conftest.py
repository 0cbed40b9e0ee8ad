"""For all tests: how many examples hypothesis draws where a test does not say, and clips that are looked at once."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from filelock import FileLock
from hypothesis import settings

from tests.depth import DEPTH

settings.register_profile("stridecheck", max_examples=40 * DEPTH, deadline=None)
settings.load_profile("stridecheck")


@pytest.fixture
def seen_once(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """The pictures of a clip are looked at once in the whole run, however many processes share it, and kept.

    By the clip's name: nothing may be said of it that changes what is seen.
    """
    from analyzer import pipeline

    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "seen"
    folder.mkdir(exist_ok=True)
    monkeypatch.setattr(pipeline, "see", _keeping(pipeline.see, folder))


def _keeping(see: Callable[..., object], folder: Path) -> Callable[..., object]:
    from analyzer.basis import load_basis
    from analyzer.pose.track import load_track

    def seen(path: Path, options: object, *more: object) -> object:
        basis_file, track_file = (folder / f"{path.stem}.{kind}.npz" for kind in ("basis", "track"))
        with FileLock(folder / f"{path.stem}.lock"):
            if not basis_file.exists():
                basis = see(path, options, *more)
                basis.track.save(track_file)
                basis.save(basis_file)
        kept = load_basis(basis_file, load_track(track_file))
        return replace(kept, clip=replace(kept.clip, path=path), options=options)

    return seen

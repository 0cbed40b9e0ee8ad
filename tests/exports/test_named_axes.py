from __future__ import annotations

import builtins
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from analyzer.errors import OutputError
from analyzer.exports.named_axes import AXES, to_dataset, write_netcdf
from analyzer.pose.landmarks import NAMES
from tests.exports.samples import tracked


def test_the_axes_are_those_of_movement(tmp_path: Path) -> None:
    xarray = pytest.importorskip("xarray", reason="the extra 'movement' is not installed")
    source = tracked()
    write_netcdf(source, tmp_path / "run.nc")
    with xarray.open_dataset(tmp_path / "run.nc", engine="scipy") as found:
        assert found["position"].dims == AXES
        assert found["confidence"].dims == ("time", "keypoints", "individuals")
        assert (found.attrs["ds_type"], found.attrs["time_unit"], found.attrs["fps"]) == ("poses", "seconds", 60.0)
        assert found["keypoints"].values.tolist() == list(NAMES)
        knee = found["position"].sel(keypoints="left_knee", individuals="run")
        assert knee.values == pytest.approx(source.cleaned.points_px[:, NAMES.index("left_knee")])
        assert found["position_m"].sel(space="y", keypoints="nose").values[:, 0] == pytest.approx(
            source.metres()[:, 0, 1]
        )


def test_uneven_times_are_kept_and_have_no_rate() -> None:
    pytest.importorskip("xarray", reason="the extra 'movement' is not installed")
    source = tracked()
    times_s = source.cleaned.times_s + 0.004 * (np.arange(len(source.cleaned)) % 3)
    found = to_dataset(replace(source, cleaned=replace(source.cleaned, times_s=times_s)))
    assert "fps" not in found.attrs
    assert found["time"].values == pytest.approx(times_s)


def test_without_xarray_it_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    load = builtins.__import__

    def without(name: str, *rest: Any, **more: Any) -> Any:
        if name == "xarray":
            raise ImportError(name)
        return load(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(OutputError, match=r"stridecheck\[movement\]"):
        to_dataset(tracked())

"""Loader errors become a sentence that names the packages to install; other errors stay what they are."""

import pytest

from analyzer.errors import SystemLibraryError
from analyzer.pose.engine import naming_missing_libraries


@pytest.mark.parametrize("error", [ImportError, OSError])
def test_names_the_missing_library_and_its_packages(error):
    with (
        pytest.raises(SystemLibraryError, match=r"libGLESv2\.so\.2 .*libegl1, libgles2 and libgl1"),
        naming_missing_libraries(),
    ):
        raise error("libGLESv2.so.2: cannot open shared object file: No such file or directory")


@pytest.mark.parametrize("error", [ImportError("no module named cv2"), OSError(28, "No space left on device")])
def test_leaves_other_errors_alone(error):
    with pytest.raises(type(error)) as caught, naming_missing_libraries():
        raise error

    assert caught.value is error

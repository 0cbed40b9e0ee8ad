"""Names for the array types that pass between rooms."""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

Floats: TypeAlias = NDArray[np.float64]
Ints: TypeAlias = NDArray[np.int64]
Bools: TypeAlias = NDArray[np.bool_]
Picture: TypeAlias = NDArray[np.uint8]
AnyArray: TypeAlias = NDArray[Any]

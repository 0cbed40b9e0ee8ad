"""What all parts of ``assessment.json`` and ``compare.json`` are made of."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

Number = Annotated[float, Field(allow_inf_nan=False)]


class Model(BaseModel):
    """Base of all parts: no unknown keys, nothing changed after the fact."""

    model_config = ConfigDict(extra="forbid", frozen=True)

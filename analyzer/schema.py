"""What all parts of ``assessment.json`` and ``compare.json`` are made of."""

from __future__ import annotations

from typing import Annotated, Any, Final

from pydantic import BaseModel, ConfigDict, Field
from pydantic_core import PydanticCustomError

NEWER: Final = "newer_version"
"""Kind of the error that tells of a file from the future."""

Number = Annotated[float, Field(allow_inf_nan=False)]


class Model(BaseModel):
    """Base of all parts: no unknown keys, nothing changed after the fact."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def of_this_version(content: Any, newest: int) -> Any:
    """What an older Stridecheck wrote, in today's shape.

    Raises:
        PydanticCustomError: `NEWER`, if a newer one wrote it.
    """
    if not isinstance(content, dict):
        return content
    version = content.get("schema_version", newest)
    if isinstance(version, int) and version > newest:
        raise PydanticCustomError(NEWER, "it was written by a newer Stridecheck")
    if isinstance(version, int) and version < 1:
        raise PydanticCustomError("no_version", "there never was a version {version}", {"version": version})
    plan = content.get("plan")
    if isinstance(plan, dict) and "cadence" in plan:  # the card moved out of the plan before the first release
        content = {**content, "plan": {name: value for name, value in plan.items() if name != "cadence"}}
    return content

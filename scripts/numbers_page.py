"""docs/numbers.md, what each number means: made from the criteria, the accuracy tables and the shape of the assessment.

python scripts/numbers_page.py            print the page
python scripts/numbers_page.py --write    put it into docs/
"""

from __future__ import annotations

import argparse
import inspect
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

from readme_table import ACCURACY, printed_uncertainties, usual

from analyzer import assessment, planned
from analyzer.assessment import json_schema
from analyzer.compare.tables import load_compare
from analyzer.criteria.describe import UNITS, moment_words, target_words, view_words
from analyzer.criteria.document import PARTS
from analyzer.criteria.tables import Criteria, load_criteria
from analyzer.metrics.registry import AnyMetric, all_metrics

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "numbers.md"

HEADINGS = {"foot": "The foot", "knee": "The knee", "hip": "The hip", "trunk": "The trunk", "rhythm": "Rhythm and time"}

START = """# What each number means

Made by `scripts/numbers_page.py` from the criteria, the benchmark's tables and the code, so it cannot say anything
else than they do. [criteria.md](criteria.md) has the sources, limits and formulas of each metric,
[accuracy.md](accuracy.md) how near they come to the truth.

## Reading a number

- **62 ± 6** means: with 95 % confidence the true value lies between 56 and 68. A wide ± is honesty, not a fault of
  the runner; film as [filming.md](filming.md) says, and it shrinks.
- **A number is the median** over the steps or repetitions of one side. Each single one is in `steps.csv` or
  `reps.csv`.
- **Left and right** are the person's own. What is read while standing on one leg is named after the leg that carries.
- **No number** comes with a reason: the view does not show it, too little was seen, or the size is not known. It is
  never 0 instead.
- **On target, borderline, not yet, for information** follow from the value, its ± and the limits; see the README.
- **A change** between two clips means something from the *smallest change* on, in the same set-up.

## The metrics
"""

TABLES = """
## Columns of the tables

`steps.csv`, `reps.csv` and `stridecheck export --to events` have a row for each step or repetition: `index` over both
sides in order of time, `side`, its times in seconds of the clip (`contact_s` the foot lands, `toe_off_s` it leaves;
`start_s` the lead foot leaves the floor or the hips start down, `top_s` hips highest, of squats lowest, `end_s`
standing again), the repetition's `verdict` and `reasons`, and a column for each metric, named by metric and unit.

`--to curves` has a row for each `metric`, `side` and `percent` of its `cycle`: the `mean` over all steps or
repetitions, and their spread `sd`, in `unit`.

`--to csv` has a row for each landmark in each frame: `x_px`, `y_px` in the picture (x right, y down), `x_m`, `y_m` in
metres (x right from the picture's middle, y up from the floor), `visibility` as the pose model believes it, 0 to 1,
and `raw_x_px`, `raw_y_px` before cleaning.

`--to mot` has OpenSim's coordinates in degrees. From the side: `pelvis_tilt` (+ backwards; trunk and pelvis taken for
one piece), `hip_flexion_l/r` (thigh against trunk), `knee_angle_l/r` (+ bent), `ankle_angle_l/r` (+ toes up). From
the front or the back: `pelvis_list` (+ right hip lower), `lumbar_bending` (+ to the right), `hip_adduction_l/r` (+
towards the other leg). They are angles in the picture, as film shows them, not those of a fitted skeleton.

`--to c3d` has the landmarks as markers in mm (y up, z 0, residual -1 where unseen) and the steps as events `Foot
Strike` and `Foot Off`.

## Names in assessment.json

Its whole shape is [assessment.schema.json](assessment.schema.json). Times are in seconds of the clip.
"""


def page() -> str:
    """The page in Markdown."""
    criteria = load_criteria()
    printed = printed_uncertainties(ACCURACY.read_text(encoding="utf-8"))
    metrics = sorted(all_metrics(), key=lambda each: (-criteria.metric[each.name].weight, each.name))
    parts = [START]
    for part in PARTS:
        parts.append(f"\n### {HEADINGS[part]}\n")
        parts += [entry(each, criteria, printed) for each in metrics if criteria.metric[each.name].chain == part]
    parts += [TABLES, *(f"\n{line}" for line in named_fields())]
    return "\n".join("".join(parts).rstrip().splitlines()) + "\n"


def entry(metric: AnyMetric, criteria: Criteria, printed: dict[tuple[str, str], str]) -> str:
    """One metric in a coach's words."""
    words, spoken = criteria.metric[metric.name], criteria.document.activities
    unit = UNITS[metric.unit].strip() or {"fraction": "a share, 0 to 1"}.get(metric.unit, "a number")
    lines = [f"**{words.title}** (`{metric.name}`, {unit}). {words.meaning}", ""]
    lines.append(f"- Film from: {view_words(metric)}. Read: {moment_words(metric) or 'each repetition'}.")
    if not usual(metric, printed).startswith(("–", "counted")):
        lines.append(f"- Usual ±: {usual(metric, printed)}.")
    lines += [
        f"- Target, {', '.join(spoken[activity] for activity in target.activities)}: {target_words(target)}."
        for target in words.limits
    ]
    change = load_compare().metric.get(metric.name)
    if change is not None:
        lines.append(f"- Smallest change that means something: {change.smallest:g}{UNITS[change.unit]}.")
    return "\n" + "\n".join(lines) + "\n"


def named_fields() -> list[str]:
    """Every object of assessment.json with what its docstring says, and its keys."""
    schema = json_schema()
    objects: dict[str, Any] = {"Assessment": schema, **schema["$defs"]}
    told = []
    for name, shape in objects.items():
        if "properties" not in shape:
            continue
        keys = ", ".join(f"`{key}`" for key in shape["properties"])
        told.append(f"- **{name}**: {docstring(name)} Keys: {keys}.")
    return told


def docstring(name: str) -> str:
    """What a class of the assessment says of itself, on one line."""
    homes: tuple[ModuleType, ...] = (assessment, planned)
    found = next(getattr(home, name) for home in homes if hasattr(home, name))
    return " ".join((inspect.getdoc(found) or "").replace("``", "`").replace("Attributes:", "").split())


def main() -> int:
    """Print the page, or write it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--write", action="store_true", help="put it into docs/")
    if parser.parse_args().write:
        PAGE.write_text(page(), encoding="utf-8", newline="\n")
    else:
        sys.stdout.write(page())
    return 0


if __name__ == "__main__":
    sys.exit(main())

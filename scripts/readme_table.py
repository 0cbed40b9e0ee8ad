"""The README's table of what is measured, made from the metrics themselves, the criteria and the accuracy tables.

python scripts/readme_table.py            print the table
python scripts/readme_table.py --write    put it into the README
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from analyzer.criteria.tables import MetricCriteria, Target, load_criteria
from analyzer.metrics.registry import ANY_VIEW, BEHIND, AnyMetric, Metric, Phase, WholeMetric, all_metrics
from analyzer.motion.types import FRONTAL, SAGITTAL, Activity

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
ACCURACY = ROOT / "docs" / "accuracy.md"
MARKS = ("<!-- metrics: begin, made by scripts/readme_table.py -->", "<!-- metrics: end -->")

HEAD = (
    "what", "film from", "when it is read", "usual ± (running; step-ups)", "target, running", "target, step-ups",
    "name in the data",
)  # fmt: skip
UNITS = {
    "deg": "°", "cm": " cm", "% leg": " % of leg length", "steps/min": " steps/min", "count": "", "ms": " ms",
    "%": " %", "fraction": "", "kN/m": " kN/m", "steps/km": " steps/km",
}  # fmt: skip


MOMENTS = {
    Phase.CONTACT: "as the foot lands",
    Phase.MID_STANCE: "at mid-stance",
    Phase.CONTACT_TO_MID_STANCE: "from landing to mid-stance",
    Phase.PUSH_OFF: "largest around toe-off",
    Phase.EARLY_SWING: "just after toe-off",
    Phase.SWING: "largest in the swing",
}


def table() -> str:
    """The table in Markdown, ordered from the ground up as the criteria are."""
    criteria = load_criteria().metric
    printed = printed_uncertainties(ACCURACY.read_text(encoding="utf-8"))
    metrics = sorted(all_metrics(), key=lambda each: (view_words(each), -criteria[each.name].weight))
    lines = [HEAD, ("---",) * len(HEAD), *(row(each, criteria[each.name], printed) for each in metrics)]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def row(metric: AnyMetric, words: MetricCriteria, printed: dict[tuple[str, str], str]) -> tuple[str, ...]:
    """One metric's cells."""
    targets = [
        " ".join(target_words(t) for t in words.limits if activity in t.activities)
        or ("no target" if activity in metric.activities else "")
        for activity in (Activity.RUNNING, Activity.STEP_UP)
    ]
    return (
        words.title, view_words(metric), moment_words(metric), usual(metric, printed), *targets, f"`{metric.name}`"
    )  # fmt: skip


def view_words(metric: AnyMetric) -> str:
    """Where to film it from."""
    if isinstance(metric, WholeMetric) or metric.views == ANY_VIEW:
        return "any side"
    return {FRONTAL: "front or back", SAGITTAL: "side", BEHIND: "back"}[metric.views]


def moment_words(metric: AnyMetric) -> str:
    """When it is read."""
    if isinstance(metric, WholeMetric):
        return "over the clip"
    if not isinstance(metric, Metric):
        return "each step"
    words = []
    if Activity.RUNNING in metric.activities:
        words.append(MOMENTS[metric.phase])
    if Activity.STEP_UP in metric.activities:
        words.append("largest while on one leg")
    return "; ".join(words)


def usual(metric: AnyMetric, printed: dict[tuple[str, str], str]) -> str:
    """The uncertainty that is usually printed, where it was found out."""
    unit = UNITS[metric.unit]
    found = [printed[key] for key in (("running", metric.name), ("repetitions", metric.name)) if key in printed]
    return "; ".join(dict.fromkeys(f"{value}{unit}" for value in found)) or "counted"


def target_words(target: Target) -> str:
    """A target in words: what passes, and what misses it."""
    unit = UNITS[target.unit]
    low, high = target.pass_low, target.pass_high
    if low is not None and high is not None:
        passes = f"{low:g} to {high:g}{unit}"
    else:
        passes = f"{high:g}{unit} or less" if high is not None else f"{low:g}{unit} or more"
    bounds = ((target.fail_low, "below"), (target.fail_high, "above"))
    missed = " or ".join(f"{word} {bound:g}{unit}" for bound, word in bounds if bound is not None)
    return f"{passes}; missed {missed}" if missed else passes


def printed_uncertainties(accuracy: str) -> dict[tuple[str, str], str]:
    """The column "printed ±" of the accuracy page, by activity and metric."""
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in accuracy.splitlines() if line[:1] == "|"]
    head = next(cells for cells in rows if "printed ±" in cells)
    at = {name: head.index(name) for name in ("activity", "metric", "printed ±")}
    body = [cells for cells in rows[rows.index(head) + 2 :] if len(cells) == len(head)]
    return {(cells[at["activity"]], cells[at["metric"]]): cells[at["printed ±"]] for cells in body}


def renewed(readme: str) -> str:
    """The README with the table between its marks."""
    before, rest = readme.split(MARKS[0])
    _, after = rest.split(MARKS[1])
    return f"{before}{MARKS[0]}\n\n{table()}\n\n{MARKS[1]}{after}"


def main() -> int:
    """Print the table, or write it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--write", action="store_true", help="put it into the README")
    if parser.parse_args().write:
        README.write_text(renewed(README.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")
    else:
        sys.stdout.write(table() + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())

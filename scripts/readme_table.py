"""The README's table of what is measured, made from the metrics themselves, the criteria and the accuracy tables.

python scripts/readme_table.py            print the table
python scripts/readme_table.py --write    put it into the README
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from analyzer.criteria.describe import UNITS, moment_words, target_words, view_words
from analyzer.criteria.tables import MetricCriteria, load_criteria
from analyzer.metrics.registry import AnyMetric, all_metrics
from analyzer.motion.types import Activity

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
ACCURACY = ROOT / "docs" / "accuracy.md"
MARKS = ("<!-- metrics: begin, made by scripts/readme_table.py -->", "<!-- metrics: end -->")

HEAD = (
    "what", "film from", "when it is read", "usual ± (running; step-ups)", "target, running", "target, step-ups",
    "name in the data",
)  # fmt: skip


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


def usual(metric: AnyMetric, printed: dict[tuple[str, str], str]) -> str:
    """The uncertainty that is usually printed, where it was found out."""
    unit = UNITS[metric.unit]
    found = [printed[key] for key in (("running", metric.name), ("repetitions", metric.name)) if key in printed]
    told = "; ".join(dict.fromkeys(f"{value}{unit}" for value in found))
    return told or ("counted" if metric.unit == "count" else "–")


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

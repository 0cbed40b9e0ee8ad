"""What the ladder's page says, and the page itself."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from analyzer.assessment import TestVerdict, Verdict
from analyzer.compare.ladder import Ladder, LadderClip, Rung
from analyzer.compare.ladder_table import load_ladder
from analyzer.report.marks import Mark, mark_of_test
from analyzer.report.page import activity_text
from analyzer.report.plan_page import day_text
from analyzer.report.render import environment
from analyzer.report.words import load_words


@dataclass(frozen=True)
class ClipPart:
    """One clip in its rung's row; ``sides`` tells the verdict of each side that has one."""

    clip: LadderClip
    title: str
    day: str
    mark: Mark
    sides: str


@dataclass(frozen=True)
class RungPart:
    """One row; ``first`` is the first rung that is not passed yet."""

    rung: Rung
    mark: Mark
    first: bool
    clips: tuple[ClipPart, ...]


@dataclass(frozen=True)
class LadderPage:
    """The whole page."""

    ladder: Ladder
    title: str
    look: Verdict
    today: str
    rungs: tuple[RungPart, ...]
    nothing: str


def render_ladder(ladder: Ladder) -> str:
    """One self-contained page: no script, nothing fetched from anywhere."""
    return environment().get_template("ladder.html.j2").render(page=page_of_ladder(ladder))


def page_of_ladder(ladder: Ladder) -> LadderPage:
    """Everything the template needs."""
    say = load_ladder().words
    looks = {rung.verdict for rung in ladder.rungs}
    verdict = (
        TestVerdict.NOT_YET if ladder.first
        else TestVerdict.PASS if looks == {TestVerdict.PASS}
        else TestVerdict.CANNOT_TELL
    )  # fmt: skip
    return LadderPage(
        ladder=ladder,
        title=f"{ladder.person}: {say.title.lower()}" if ladder.person else say.title,
        look=mark_of_test(verdict).look,
        today=day_text(ladder.created),
        rungs=tuple(_rungs(ladder)),
        nothing="" if ladder.faults else say.nothing,
    )


def _rungs(ladder: Ladder) -> Iterable[RungPart]:
    for rung in ladder.rungs:
        clips = tuple(
            ClipPart(
                clip=clip,
                title=f"{activity_text(clip.activity)}, filmed {load_words().views[clip.view]}",
                day=day_text(clip.day),
                mark=_mark(clip.verdict),
                sides=", ".join(f"{side.value} {mark_of_test(verdict).word}" for side, verdict in clip.sides.items()),
            )
            for clip in rung.clips
        )
        yield RungPart(rung, _mark(rung.verdict, filmed=bool(clips)), rung.name == ladder.first, clips)


def _mark(verdict: TestVerdict | None, *, filmed: bool = True) -> Mark:
    if not filmed:
        return Mark(Verdict.NOT_MEASURED, load_ladder().words.not_filmed)
    return mark_of_test(verdict or TestVerdict.CANNOT_TELL)


def ladder_summary(ladder: Ladder, page: Path) -> list[str]:
    """A few plain lines for the terminal."""
    lines = [ladder.headline]
    for part in page_of_ladder(ladder).rungs:
        lines.append(f"  {part.rung.title}: {part.mark.word}")
        for each in part.clips:
            missed = f" ({', '.join(each.clip.missed).lower()})" if each.clip.missed else ""
            lines.append(f"    {each.title}, {each.clip.counted}: {each.mark.word}{missed}")
    lines += [f"  {fault.said}" for fault in ladder.faults]
    return [*lines, f"  {ladder.apart}", *(f"  {note}" for note in ladder.notes), f"  Page: {page}"]

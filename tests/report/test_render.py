from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from itertools import pairwise

import numpy as np
import pytest

from analyzer.assessment import Assessment, MeasurementInfo, Plan, Verdict
from analyzer.pose.landmarks import Side
from analyzer.report.page import page_of
from analyzer.report.render import render_report
from analyzer.wording import reading_text
from tests.report import samples

HOSTILE = "<script>alert('x')</script>\"><b onload=\"y\">&amp; 'quoted' {{ 7*7 }}"
VOID = {"meta", "img", "br", "link", "input", "hr"}


@dataclass
class Element:
    tag: str
    attributes: dict[str, str]
    text: str = ""
    inside: tuple[str, ...] = ()


@dataclass
class Document(HTMLParser):
    """Every element with its text, its children's included."""

    elements: list[Element] = field(default_factory=list)
    open_: list[Element] = field(default_factory=list)
    unbalanced: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs}, inside=tuple(e.tag for e in self.open_))
        self.elements.append(element)
        if tag not in VOID:
            self.open_.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(Element(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        if not self.open_ or self.open_[-1].tag != tag:
            self.unbalanced.append(tag)
            return
        self.open_.pop()

    def handle_data(self, data: str) -> None:
        for element in self.open_:
            element.text += data

    def all(self, *tags: str) -> list[Element]:
        return [element for element in self.elements if element.tag in tags]

    @property
    def text(self) -> str:
        return next(iter(self.all("body"))).text


def parsed(html: str) -> Document:
    document = Document()
    document.feed(html)
    document.close()
    assert not document.unbalanced
    assert not document.open_
    return document


def pictures_of(assessment: Assessment) -> dict[tuple[str, Side], bytes]:
    return {(m.metric, m.side): b"\xff\xd8not really a picture" for m in assessment.measurements if m.value is not None}


def report(assessment: Assessment) -> Document:
    return parsed(render_report(assessment, pictures_of(assessment)))


ALL = {"front": samples.front_run, "side": samples.side_run, "reps": samples.step_ups}


@pytest.fixture(scope="module", params=sorted(ALL))
def made(request: pytest.FixtureRequest) -> tuple[Assessment, Document]:
    assessment = ALL[request.param]()
    return assessment, report(assessment)


def test_nothing_is_fetched_and_nothing_runs(made: tuple[Assessment, Document]) -> None:
    document = made[1]
    assert not document.all("script", "link", "iframe", "object", "embed", "base", "form")
    for element in document.elements:
        for name, value in element.attributes.items():
            assert not name.startswith("on")
            if name in ("src", "href", "xlink:href", "srcset", "data", "action", "poster"):
                assert value.startswith(("#", "data:image/jpeg;base64,"))
            assert not re.search(r"url\((?!#)", value)
    style = document.all("style")
    assert len(style) == 1
    assert not re.search(r"@import|url\(|https?:", style[0].text)


def test_links_and_drawings_find_their_targets(made: tuple[Assessment, Document]) -> None:
    document = made[1]
    ids = [element.attributes["id"] for element in document.elements if "id" in element.attributes]
    assert len(ids) == len(set(ids))
    for element in document.elements:
        named = [value[1:] for name, value in element.attributes.items() if name == "href" and value.startswith("#")]
        named += re.findall(r"url\(#([^)]+)\)", " ".join(element.attributes.values()))
        named += element.attributes.get("aria-labelledby", "").split()
        assert set(named) <= set(ids)


def test_headings_go_down_one_level_at_a_time(made: tuple[Assessment, Document]) -> None:
    assessment, document = made
    levels = [int(element.tag[1]) for element in document.all("h1", "h2", "h3", "h4")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert document.all("h1")[0].text == assessment.headline


def test_it_reads_aloud_in_british_english(made: tuple[Assessment, Document]) -> None:
    document = made[1]
    assert document.all("html")[0].attributes["lang"] == "en-GB"
    assert document.all("title")[0].text
    assert document.all("main")
    assert all(len(image.attributes["alt"]) > 20 for image in document.all("img"))
    for drawing in document.all("svg"):
        assert drawing.attributes.get("aria-hidden") == "true" or drawing.attributes.get("aria-label")
    assert all(cell.attributes.get("scope") in ("col", "row") for cell in document.all("th"))


def test_every_measurement_is_there_with_its_uncertainty(made: tuple[Assessment, Document]) -> None:
    assessment, document = made
    for measurement in assessment.measurements:
        assert measurement.title in document.text
        assert measurement.sentence in document.text
        assert measurement.reason in document.text
        if measurement.value is not None:
            assert reading_text(measurement) in document.text


def test_limits_are_said_in_words_with_their_source(made: tuple[Assessment, Document]) -> None:
    assessment, document = made
    for measurement in assessment.measurements:
        if measurement.limits is not None:
            assert measurement.limits.source in document.text
    if assessment.activity.value == "running" and assessment.camera.view.value == "front":
        assert "Training target: at most 7°" in " ".join(document.text.split())


def test_what_went_well_comes_before_what_is_worth_working_on(made: tuple[Assessment, Document]) -> None:
    titles = [heading.text for heading in made[1].all("h2")]
    assert titles.index("What went well") < titles.index("What is worth working on")
    assert titles[0] == "At a glance"


def test_findings_come_heaviest_first_and_the_first_is_marked() -> None:
    page = page_of(samples.front_run(), {})
    assert [(f.anchor, [r.side for r in f.readings]) for f in page.work] == [
        ("knee_valgus", ["left", "right"]),
        ("pelvic_drop", ["left", "right"]),
    ]
    assert [f.priority for f in page.work] == [1, None]
    assert page.work[0].tag == "Work on this first"


def test_the_chain_tells_each_part_and_side() -> None:
    figure = page_of(samples.front_run(), {}).figure
    assert figure is not None
    chain = {row.part: [cell.mark.look for cell in row.cells] for row in figure.rows}
    assert list(chain) == ["Foot", "Knee", "Hip", "Trunk"]
    assert chain["Knee"] == [Verdict.FAIL, Verdict.PASS]
    assert chain["Hip"] == [Verdict.BORDERLINE, Verdict.PASS]
    assert chain["Foot"] == [Verdict.NOT_MEASURED, Verdict.NOT_MEASURED]


def test_every_repetition_has_a_row_with_its_reason() -> None:
    assessment = samples.step_ups()
    rows = [row.text for row in report(assessment).all("tr") if "knee moving inwards, hip drop" in row.text]
    assert len(rows) == 2
    assert all("not yet" in row and "right" in row for row in rows)
    assert len(page_of(assessment, {}).reps) == 4


def test_what_made_repetitions_miss_is_worth_working_on_even_if_the_clip_cannot_tell() -> None:
    assessment = samples.step_ups()
    knees = tuple(
        m.model_copy(update={"verdict": Verdict.INFO, "reason": "Too wide."}) if m.verdict is Verdict.FAIL else m
        for m in assessment.measurements
    )
    page = page_of(without(assessment, measurements=knees), {})
    (found,) = page.work
    assert (found.readings[0].side, found.mark.look) == ("right", Verdict.FAIL)
    assert found.told.startswith("2 of 2 repetitions missed the target.")
    assert page.figure is not None
    assert [cell.mark.look for cell in page.figure.rows[1].cells] == [Verdict.PASS, Verdict.FAIL]
    assert [row.who for row in page.reps] == ["left 1", "right 1", "left 2", "right 2"]


def test_single_borderline_repetitions_are_not_called_nothing() -> None:
    assessment = samples.step_ups()
    good = tuple(m for m in assessment.measurements if m.side is Side.LEFT)
    reps = tuple(rep.model_copy(update={"verdict": Verdict.BORDERLINE}) for rep in assessment.reps)
    text = report(without(assessment, measurements=good, reps=reps)).text
    assert "Single repetitions were borderline" in text


def test_times_are_those_of_the_clip_as_it_plays() -> None:
    slow = samples.front_run(slow_motion_factor=8.0)
    evidence_s = slow.of("knee_valgus", "left").evidence_s
    assert evidence_s is not None
    assert f"The clip at {8 * evidence_s:.1f} s" in report(slow).text


def test_the_dropping_hip_is_spelt_out() -> None:
    assert "standing on the left leg: right hip drops" in report(samples.front_run()).text


def test_numbers_for_information_stand_in_a_table() -> None:
    rows = [row for row in report(samples.front_run()).all("tr") if "Cadence" in row.text]
    assert len(rows) == 1
    assert "166.7 ± 1.0 steps/min" in rows[0].text


def test_what_it_is_and_what_it_is_not() -> None:
    text = " ".join(report(samples.front_run()).text.split())
    assert "not a medical device" in text
    assert "does not diagnose" in text
    assert "abnormal" not in text
    assert "fail" not in text.lower()


def hostile_assessment() -> Assessment:
    front = samples.front_run(name=HOSTILE, headline=HOSTILE)
    spoilt = tuple(
        m.model_copy(
            update={
                "title": HOSTILE,
                "sentence": HOSTILE,
                "reason": HOSTILE if m.value is None else "",
                "limits": m.limits.model_copy(update={"source": HOSTILE}) if m.limits else None,
                "cycle": m.cycle.model_copy(update={"label": HOSTILE}) if m.cycle else None,
            }
        )
        for m in front.measurements
    )
    plan = Plan(focus=(HOSTILE,), items=(front.plan.items[0].model_copy(update={"title": HOSTILE}),), withheld=HOSTILE)
    clip = front.clip.model_copy(update={"path": f"/somewhere/{HOSTILE}.mp4"})
    return front.model_copy(update={"measurements": spoilt, "plan": plan, "clip": clip})


def test_hostile_names_are_text() -> None:
    document = report(hostile_assessment())
    assert not document.all("script")
    assert not [e for e in document.elements if any(name.startswith("on") for name in e.attributes)]
    assert not [e for e in document.all("b") if e.attributes]
    assert document.all("h1")[0].text == HOSTILE
    assert HOSTILE in document.all("title")[0].text
    assert document.text.count(HOSTILE) > 10
    assert "49" not in document.all("h1")[0].text


def without(assessment: Assessment, **parts: object) -> Assessment:
    return assessment.model_copy(update=parts)


def test_nothing_measured_at_all_still_makes_a_page() -> None:
    front = samples.front_run()
    only_missing: tuple[MeasurementInfo, ...] = tuple(m for m in front.measurements if m.value is None)
    bare = without(front, measurements=only_missing, tests=(), plan=Plan(), steps=())
    text = report(bare).text
    assert "Nothing in this clip could be judged" in text
    assert "Cannot be seen from the front; film from the side." in text
    assert "From the ground up" not in text
    assert "At a glance" not in text


def test_repetitions_without_targets_are_not_judged() -> None:
    assessment = samples.step_ups()
    reps = tuple(rep.model_copy(update={"verdict": Verdict.NOT_MEASURED, "reasons": ()}) for rep in assessment.reps)
    assert report(without(assessment, reps=reps)).text.count("not judged") == 4


def test_all_on_target_is_said() -> None:
    front = samples.front_run()
    good = tuple(m for m in front.measurements if m.verdict is Verdict.PASS)
    assert "all that could be judged in this clip is on target" in report(without(front, measurements=good)).text


def test_a_finding_without_picture_goes_without() -> None:
    document = parsed(render_report(samples.front_run(), {}))
    assert not document.all("img")


def test_a_normal_report_is_small() -> None:
    noise = np.random.default_rng(0).bytes(110_000)
    assessment = samples.side_run()
    pictures = {(m.metric, m.side): noise for m in assessment.measurements}
    assert len(render_report(assessment, pictures).encode()) < 3_000_000


def test_slow_motion_and_assumed_height_are_said() -> None:
    slow = samples.front_run(slow_motion_factor=8.0)
    bare = without(slow, subject=slow.subject.model_copy(update={"height_cm": None, "speed_mps": 2.8}))
    text = report(bare).text
    assert "played 8 times slower" in text
    assert "state the height" in text
    assert "2.8 m/s" in text


def test_an_odd_date_is_shown_as_it_is() -> None:
    assert "yesterday" in report(without(samples.front_run(), created="yesterday")).text
    assert "1 March 2026" in report(samples.front_run()).text


def test_a_picture_of_no_side_says_when_it_is() -> None:
    made = samples.step_ups()
    both = made.measurements[0].model_copy(update={"side": Side.BOTH, "evidence_s": 0.4})
    assessment = made.model_copy(update={"measurements": (both, *made.measurements[2:])})
    page = render_report(assessment, {(both.metric, Side.BOTH): b"\xff\xd8\xff"})
    assert "<figcaption>At 0.4 s.</figcaption>" in page
    assert "<figcaption>, " not in page


def test_no_line_ends_within_an_option() -> None:
    made = samples.step_ups()
    test = made.tests[0].model_copy(update={"reasons": ("Say so: --eyes open, <never> by guess.",)})
    page = render_report(made.model_copy(update={"tests": (test,)}), {})
    assert 'Say so: <span class="option">--eyes</span> open, &lt;never&gt; by guess.' in page

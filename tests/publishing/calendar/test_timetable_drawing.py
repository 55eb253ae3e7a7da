"""The timetable as a picture: true, legible, the same every time, and told in sentences for those who cannot see it."""

from __future__ import annotations

import datetime as dt
import re
from itertools import combinations, pairwise
from typing import NamedTuple
from xml.etree import ElementTree

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from staffelstab.documents.rendering import svg
from staffelstab.documents.rendering.timeline_page import WIDTH
from staffelstab.documents.rendering.typeset import png
from staffelstab.publishing.calendar.timetable_drawing import timetable
from staffelstab.timetable.plan.load import load_plan
from staffelstab.timetable.plan.model import Plan
from staffelstab.timetable.plan.when import When
from tests.conftest import ROOT
from tests.publishing.calendar import made_up_plans
from tests.publishing.calendar.test_editions import MOVED, PARTY
from tests.publishing.calendar.test_timetable import EXAMPLES, example

A4 = 24.7 / 16.2
"""Height and width of the text on a page: a picture may not be higher."""
TODAY = dt.date(2018, 3, 5)
HOSTILE = (
    "<b>&\"'</text>" + "x" * 200,
    "😀🎉 Feier",
    "שלום עולם ועוד מילים",
    "会議の準備と開催についての名前",
    "a\u202eb\x00c",
    "",
)


class Box(NamedTuple):
    """Where a piece of text stands, and what it says."""

    left: float
    top: float
    right: float
    bottom: float
    words: str

    def meets(self, other: Box) -> bool:
        return min(self.right, other.right) - max(self.left, other.left) > 0.5 and (
            min(self.bottom, other.bottom) - max(self.top, other.top) > 0.5
        )


def texts(drawing: str) -> list[Box]:
    """Every text with the room it takes; letters reach from 0.75 above to 0.2 below the line they stand on."""
    found = []
    for element in ElementTree.fromstring(drawing).iter("{http://www.w3.org/2000/svg}text"):
        words, size = element.text or "", float(element.get("font-size", svg.SIZE))
        width = svg.measure(words, size, bold=element.get("font-weight") == "bold")
        if moved := re.match(r"translate\(([\d.-]+) ([\d.-]+)\) rotate\(-90\)", element.get("transform", "")):
            x, y = float(moved[1]), float(moved[2])
            found.append(Box(x - size * 0.75, y - width, x + size * 0.2, y, words))
            continue
        x, y = float(element.get("x", "0")), float(element.get("y", "0"))
        left = {"start": x, "middle": x - width / 2, "end": x - width}[element.get("text-anchor", "start")]
        found.append(Box(left, y - size * 0.75, left + width, y + size * 0.2, words))
    return found


def assert_legible(plan: Plan, today: dt.date | None, language: str | None = None) -> None:
    """No text on another, none over the edge, and the whole no higher than a page."""
    drawing = timetable(plan, today, language).svg
    boxes = texts(drawing)
    height = float(re.findall(r'height="([\d.]+)" viewBox', drawing)[0])
    assert height <= WIDTH * A4
    outside = [box for box in boxes if box.left < -1 or box.right > WIDTH + 1 or box.top < -1 or box.bottom > height]
    assert outside == []
    assert [(one.words, other.words) for one, other in combinations(boxes, 2) if one.meets(other)] == []


@pytest.mark.parametrize("name", EXAMPLES)
@pytest.mark.parametrize("language", ["de", "en"])
def test_labels_of_the_examples_never_collide_on_any_day(name: str, language: str) -> None:
    plan = example(name)
    first = plan.phases[0].start.day
    for offset in range(-40, 700, 9):
        assert_legible(plan, first + dt.timedelta(days=offset), language)
    assert_legible(plan, None, language)


@pytest.mark.parametrize(
    "plan",
    [
        pytest.param(lambda: made_up_plans.plan(21, 3, [3, 10, 20]), id="three weeks"),
        pytest.param(lambda: made_up_plans.plan(180, 6, range(0, 180, 7)), id="a session every week"),
        pytest.param(lambda: made_up_plans.plan(30, 2, range(30), walls=range(5, 20)), id="a session every day"),
        pytest.param(
            lambda: made_up_plans.plan(3650, 20, range(0, 3650, 30), walls=[1000, 1010, 3650]), id="ten years"
        ),
        pytest.param(lambda: made_up_plans.plan(700, 60, range(10, 700, 70)), id="sixty phases"),
        pytest.param(lambda: made_up_plans.plan(3000, 1000, range(0, 3000, 10)), id="a thousand phases"),
        pytest.param(lambda: made_up_plans.plan(1, 1), id="one day"),
        pytest.param(
            lambda: made_up_plans.plan(200, 6, [10, 100, 190], names=HOSTILE, walls=[150]), id="hostile names"
        ),
        pytest.param(lambda: made_up_plans.plan(200, 6, [10, 100, 190], names=HOSTILE, language="en"), id="in English"),
    ],
)
def test_labels_of_odd_plans_never_collide_either(plan: object) -> None:
    assert callable(plan)
    assert_legible(plan(), made_up_plans.day(8))


@settings(max_examples=60, deadline=None)
@given(
    days=st.integers(21, 3650),
    phases=st.integers(1, 60),
    sessions=st.lists(st.integers(0, 3650), max_size=40, unique=True),
    walls=st.lists(st.integers(-100, 4000), max_size=6),
    today=st.integers(-100, 4000),
)
def test_labels_of_any_plan_never_collide(
    days: int, phases: int, sessions: list[int], walls: list[int], today: int
) -> None:
    near = sorted(offset for offset in sessions if offset < days)
    assert_legible(made_up_plans.plan(days, min(phases, days), near, walls=walls), made_up_plans.day(today))


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_same_plan_gives_the_same_bytes(name: str) -> None:
    place = ROOT / "examples" / name
    one, two = (timetable(load_plan(place), TODAY) for _ in range(2))
    assert one == two
    assert png(one.svg) == png(two.svg)


def test_what_is_uncertain_is_drawn_broken_with_all_its_candidates() -> None:
    drawing = timetable(example()).svg
    broken = [line for line in drawing.splitlines() if line.startswith("<line") and 'stroke-dasharray="4 3"' in line]
    places = {re.findall(r'x1="([\d.]+)"', line)[0] for line in broken}
    assert "17.8./18.8. ?" in [box.words for box in texts(drawing)]
    assert len(places) == 4, "both candidates, the stem of their label between them, and the sign that explains it"


def test_a_confirmed_day_is_drawn_like_any_other() -> None:
    plan = example()
    sessions = tuple(msgspec.structs.replace(item, date=When(item.date.day, "confirmed")) for item in plan.sessions)
    drawing = timetable(msgspec.structs.replace(plan, sessions=sessions)).svg
    assert 'stroke-dasharray="4 3"' not in drawing
    assert "17.8." in [box.words for box in texts(drawing)]


def test_a_moved_session_shows_where_it_was() -> None:
    figure = timetable(load_plan(PARTY, [MOVED.change]), TODAY)
    words = [box.words for box in texts(figure.svg)]
    assert "16.3. statt 9.3." in words
    assert "verlegt" in words
    assert 'stroke-dasharray="1 3"' in figure.svg
    assert "Sitzung des Landesvorstands (Vorstellung und Diskussion): 16. März 2018 statt 9. März 2018." in figure.alt


def test_an_open_end_fades_an_uncertain_one_is_hatched_and_nothing_else_is() -> None:
    plan = example()
    assert timetable(plan).svg.count('fill="url(#fade)"') == 2  # the last phase, and the sign that explains it
    assert 'fill="url(#hatch)"' not in timetable(plan).svg
    candidates = (dt.date(2018, 6, 22), dt.date(2018, 7, 6))
    phases = tuple(
        msgspec.structs.replace(item, end=When(item.end.date, "assumed", candidates=candidates))
        if item.number == 4
        else item
        for item in plan.phases
    )
    drawing = timetable(msgspec.structs.replace(plan, phases=phases)).svg
    assert drawing.count('fill="url(#hatch)"') == 2
    assert "Ende oder Beginn unsicher" in [box.words for box in texts(drawing)]


def test_overlap_gap_walls_holidays_and_deadlines_are_there_and_explained() -> None:
    words = [box.words for box in texts(timetable(example(), TODAY).svg)]
    for sign in (
        "Sitzung",
        "Tag noch nicht bestätigt",
        "Vorlage steht fest",
        "Einsendeschluss",
        "unverrückbar",
        "ohne Ende",
        "zwei Phasen zugleich",
        "Tage ohne Phase",
        "Ferien",
        "heute",
        "Stand: 5. März 2018",
        "25.8.",
        "25.08.2018: 3. Tagung des 14. Landesparteitags",
        "14.06.2019 / 20.09.2019, noch offen: Auswertung der Wahlen des Jahres 2019",
    ):
        assert sign in words


def test_only_signs_that_occur_are_explained() -> None:
    words = [box.words for box in texts(timetable(made_up_plans.plan(100, 2)).svg)]
    assert not {"Sitzung", "Vorlage steht fest", "Einsendeschluss", "unverrückbar", "Ferien", "verlegt"} & set(words)


def test_the_sentences_say_what_the_picture_shows() -> None:
    plan = example("choir-statute")
    figure = timetable(plan, dt.date(2026, 1, 10))
    assert figure.name == "timetable"
    assert figure.alt == (
        "Timetable “A new statute: how we shall go about it”. As of 10 January 2026. "
        "Phase 1, Asking the sections: 14 October 2025 to 30 November 2025. It is over. "
        "Phase 2, Bringing it together: 1 December 2025 to 30 January 2026. It is under way. "
        "Phase 3, The text: 2 February 2026 to 11 April 2026. It is to come. "
        "Deadline of What must the new statute contain?: 30 November 2025. "
        "Committee meeting in January (presentation and review): 30 January 2026. "
        "The paper for it is final on 23 January 2026. "
        "Committee meeting before the Annual General Meeting (decision): 11 April 2026 (derived). "
        "The paper for it is final on 2 April 2026. "
        "Annual General Meeting, which cannot be moved: 25 April 2026. "
        "Christmas: 22 December 2025 to 4 January 2026."
    )
    root = ElementTree.fromstring(figure.svg)
    assert [element.text for element in root if element.tag.endswith(("title", "desc"))] == ["Timetable", figure.alt]


def test_an_english_picture_of_a_german_plan_has_english_words() -> None:
    words = " ".join(box.words for box in texts(timetable(example(), TODAY, "en").svg))
    assert "19 Jan" in words
    assert "presentation" in words
    assert not re.search(r"\b(Sitzung|Stand|heute|Vorstellung|Ferien|Mär|Okt|Dez)\b", words)


def test_hostile_names_stay_text() -> None:
    figure = timetable(made_up_plans.plan(200, 6, [10, 100, 190], names=HOSTILE, walls=[150]), made_up_plans.day(50))
    root = ElementTree.fromstring(figure.svg)
    assert {element.tag.rpartition("}")[2] for element in root.iter()} <= {
        *(
            "svg",
            "title",
            "desc",
            "defs",
            "pattern",
            "linearGradient",
            "stop",
            "rect",
            "line",
            "polygon",
            "circle",
            "text",
        ),
    }
    assert "‹U+202E›" in figure.svg
    assert png(figure.svg).startswith(b"\x89PNG")


def test_a_session_whose_day_is_not_known_at_all_is_named() -> None:
    plan = made_up_plans.plan(100, 2, [10, 50], names=("Erste Sitzung", "Zweite Sitzung"))
    second = msgspec.structs.replace(plan.sessions[1], date=When(status="unknown"), papers_due=When(status="unknown"))
    figure = timetable(msgspec.structs.replace(plan, sessions=(plan.sessions[0], second)))
    assert "Sitzungen noch ohne Tag: Zweite Sitzung" in [box.words for box in texts(figure.svg)]
    assert "Zweite Sitzung (Diskussion): ein noch unbekannter Tag." in figure.alt.replace("Vorstellung und ", "")


def test_where_not_all_sessions_can_be_labelled_it_says_so() -> None:
    words = [box.words for box in texts(timetable(made_up_plans.plan(3650, 5, range(0, 3650, 30))).svg)]
    assert "Beschriftete Sitzungen: 36 von 122." in words


def test_grey_is_enough() -> None:
    """What is over, what is to come, a break and white differ in lightness, as a photocopier sees them."""

    def lightness(colour: str) -> float:
        red, green, blue = (int(colour[n : n + 2], 16) for n in (1, 3, 5))
        return 0.299 * red + 0.587 * green + 0.114 * blue

    shades = sorted(lightness(colour) for colour in ("#14304f", "#3b6ea5", "#dcdcdc", "#ffffff"))
    assert min(after - before for before, after in pairwise(shades)) > 30

"""Days and periods: every notation is read back exactly, the text around does not matter, and what is no date gives none."""

from __future__ import annotations

import datetime as dt
import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from staffelstab.timetable.reading.dates import Mention, mentions, spans
from tests.timetable.reading.notations import DAY_NOTATIONS, SEED, YEARLESS_NOTATIONS

FIRST, LAST = dt.date(2016, 1, 1), dt.date(2030, 12, 31)
NEAR = dt.date(2018, 4, 1)
DAYS = st.dates(FIRST, LAST)


def days(text: str, near: dt.date | None = None) -> list[dt.date]:
    """The days named in a text; a period that is no day would show as two."""
    return [day for found in mentions(text, near) for day in sorted({found.first, found.last})]


def periods(text: str, near: dt.date | None = NEAR) -> list[tuple[str, str, str]]:
    """First day, last day and grain of all that is named, "?" behind an inferred year."""
    return [
        (str(found.first), str(found.last), found.grain + ("?" if found.added else ""))
        for found in mentions(text, near)
    ]


def ranges(text: str, near: dt.date | None = NEAR) -> list[tuple[str, str | None, str | None]]:
    """The words of each range, its first and its last day."""
    return [
        (
            " ".join(text[span.start : span.end].split()),
            str(span.first.first) if span.first else None,
            str(span.last.last) if span.last else None,
        )
        for span in spans(text, near)
    ]


@pytest.mark.parametrize("notation", DAY_NOTATIONS)
def test_every_day_of_fifteen_years_is_read_back_in_every_notation(notation: str) -> None:
    write = DAY_NOTATIONS[notation]
    all_days = [FIRST + dt.timedelta(n) for n in range((LAST - FIRST).days + 1)]
    wrong = [day for day in all_days if days(write(day)) != [day]]
    assert wrong == []


@pytest.mark.parametrize("notation", YEARLESS_NOTATIONS)
@given(day=DAYS.filter(lambda day: (day.month, day.day) != (2, 29)), distance=st.integers(-180, 180))
def test_a_day_without_a_year_is_the_one_nearest_to_the_text_and_marked(
    notation: str, day: dt.date, distance: int
) -> None:
    text = YEARLESS_NOTATIONS[notation](day)
    assert mentions(text) == ()
    [found] = mentions(text, day + dt.timedelta(distance))
    assert (found.first, found.added) == (day, "year")


@given(day=DAYS, notation=st.sampled_from(sorted(DAY_NOTATIONS)), edge=st.sampled_from(["", " ", "(", "„", "\n\n"]))
def test_the_text_around_does_not_matter(day: dt.date, notation: str, edge: str) -> None:
    before, after = f"Die Vorstellung findet statt {edge}", f"{edge} und wird danach diskutiert."
    written = DAY_NOTATIONS[notation](day)
    [found] = mentions(before + written + after)
    assert found.first == found.last == day
    assert written in (before + written + after)[found.start - 4 : found.end + 1]


@given(
    one=DAYS,
    other=DAYS,
    notation=st.sampled_from(sorted(set(DAY_NOTATIONS) - {"am 1.2.17"})),
    link=st.sampled_from([" bis ", " – ", " to "]),
)
@example(dt.date(2017, 12, 15), dt.date(2018, 1, 14), "05. Dez. 2017", " bis ")
def test_two_days_in_order_are_a_range(one: dt.date, other: dt.date, notation: str, link: str) -> None:
    first, last = sorted((one, other))
    write = DAY_NOTATIONS[notation]
    found = [(span.first, span.last) for span in spans(f"Phase 1: {write(first)}{link}{write(last)} im Saal")]
    assert [(a.first, b.last) for a, b in found if a and b] == [(first, last)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1. bis 14. Mai 2027", ("1. bis 14. Mai 2027", "2027-05-01", "2027-05-14")),
        ("12.–14.05.2027", ("12.–14.05.2027", "2027-05-12", "2027-05-14")),
        ("12.5.-14.5.2027", ("12.5.-14.5.2027", "2027-05-12", "2027-05-14")),
        ("vom 3. April bis zum 5. Mai 2027", ("vom 3. April bis zum 5. Mai 2027", "2027-04-03", "2027-05-05")),
        (
            "vom Freitag, 3. bis Sonntag, 5. Mai 2018",
            ("vom Freitag, 3. bis Sonntag, 5. Mai 2018", "2018-05-03", "2018-05-05"),
        ),
        ("zwischen dem 3. und 10. Juni", ("zwischen dem 3. und 10. Juni", "2018-06-03", "2018-06-10")),
        ("ab 25. August 2018", ("ab 25. August 2018", "2018-08-25", None)),
        ("bis (spätestens) zum 14. Januar 2018", ("bis (spätestens) zum 14. Januar 2018", None, "2018-01-14")),
        ("bis spätestens *14. Januar 2018*", ("bis spätestens *14. Januar 2018", None, "2018-01-14")),
        ("DEZ 17 / JAN 18\tPhase 0", ("DEZ 17 / JAN 18", "2017-12-01", "2018-01-31")),
        ("JAN 18 bis MÄR 18\tPhase 1", ("JAN 18 bis MÄR 18", "2018-01-01", "2018-03-31")),
        ("| Sep 22 – Jan 23 |", ("Sep 22 – Jan 23", "2022-09-01", "2023-01-31")),
        ("August / September 2018", ("August / September 2018", "2018-08-01", "2018-09-30")),
        ("15. Dezember bis 14. Januar 2018", ("15. Dezember bis 14. Januar 2018", "2017-12-15", "2018-01-14")),
        ("15. Dezember 2017 bis 14. Januar", ("15. Dezember 2017 bis 14. Januar", "2017-12-15", "2018-01-14")),
        ("from 3 to 14 May 2027", ("from 3 to 14 May 2027", "2027-05-03", "2027-05-14")),
        ("May 3–14, 2027", ("May 3–14, 2027", "2027-05-03", "2027-05-14")),
        ("between 3 and 10 June 2027", ("between 3 and 10 June 2027", "2027-06-03", "2027-06-10")),
        ("by the end of June 2027", ("by the end of June 2027", None, "2027-06-30")),
        ("2015 bis 2019", ("2015 bis 2019", "2015-01-01", "2019-12-31")),
    ],
)
def test_a_range_is_read_with_the_words_that_make_it_one(
    text: str, expected: tuple[str, str | None, str | None]
) -> None:
    assert ranges(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "Sitzung vom 15. Dezember 2017",
        "am 3. und 10. Juni",
        "14. Mai 2018 bis 3. Mai 2018",
        "14. Mai 2018\n- 16. Mai 2018",
    ],
)
def test_what_is_no_range_gives_none(text: str) -> None:
    assert ranges(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ende Mai", ("2018-05-01", "2018-05-31", "month?")),
        ("in May", ("2018-05-01", "2018-05-31", "month?")),
        ("ab AUG 18\tPhase 6", ("2018-08-01", "2018-08-31", "month")),
        ("Mai ’18", ("2018-05-01", "2018-05-31", "month")),
        ("im Verlauf des ersten Halbjahres 2018", ("2018-01-01", "2018-06-30", "half")),
        ("ab der zweiten Jahreshälfte 2018", ("2018-07-01", "2018-12-31", "half")),
        ("the first half of 2027", ("2027-01-01", "2027-06-30", "half")),
        ("2. Quartal 2027", ("2027-04-01", "2027-06-30", "quarter")),
        ("im dritten Quartal", ("2018-07-01", "2018-09-30", "quarter?")),
        ("the third quarter of 2027", ("2027-07-01", "2027-09-30", "quarter")),
        ("Q2 2027", ("2027-04-01", "2027-06-30", "quarter")),
        ("im Laufe des Jahres 2019", ("2019-01-01", "2019-12-31", "year")),
        ("Wahlkampf für 2019 unsere Energie", ("2019-01-01", "2019-12-31", "year")),
    ],
)
def test_periods_are_read_from_their_first_to_their_last_day(text: str, expected: tuple[str, str, str]) -> None:
    assert periods(text) == [expected]


def test_days_that_share_their_month_are_all_named() -> None:
    assert days("am 3., 4. und 7. Mai 2018") == [dt.date(2018, 5, day) for day in (3, 4, 7)]


@pytest.mark.parametrize(
    "text",
    [
        "3. Tagung des 14. LPT",
        "§ 3 und § 14 Abs. 2",
        "Version 1.2.18, Python 3.11.12, 10.12.12.1",
        "um 19.30 Uhr, 14.05 Uhr, 8:30",
        "Tel. 0351 85 32 720, 0351/8532-14",
        "1.000.000 Euro, 12.05.20 Euro, 3,50 €",
        "31. Februar 2018, 30.2.2018, 2018-02-30, 31st of June, 2018, 42. Mai 2018",
        "Mitgliederoffensive 2015",
        "bis 2000 Mitglieder, in 2000 households",
        "May I march? They may march.",
        "1. Mai-Demo, Maifeier, Juniorprofessur, Augustin",
        "Straße des 17. Juni",
        "Mai 20 Mitglieder",
        "5/6/2027",
        "siehe https://example.org/2018-05-18/plan_22.12.2011.pdf und Urteil_2008-05-18.pdf",
        "3.2.18 Begriffe",
        "Sommer 2018",
    ],
)
def test_what_is_no_date_gives_none(text: str) -> None:
    assert periods(text) == []


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyzäöüß ABCDEFGHIJ.,;:*\n-–()", max_size=300))
def test_a_text_without_figures_names_no_day(text: str) -> None:
    assert mentions(text) == ()


@given(st.text(alphabet="0123456789./- \nbisJan MaivonDezundto,*§:", max_size=200))
def test_whatever_is_written_the_offsets_lie_in_order_within_the_text(text: str) -> None:
    found = mentions(text, NEAR)
    edges = [edge for mention in found for edge in (mention.start, mention.end)]
    assert edges == sorted(edges)
    assert all(0 <= mention.start < mention.end <= len(text) and mention.first <= mention.last for mention in found)


def test_a_number_that_counts_phases_is_no_day() -> None:
    assert periods("Phase 2 March 2018") == [("2018-03-01", "2018-03-31", "month")]


def test_days_that_only_follow_one_another_share_no_year_backwards() -> None:
    assert periods("am 13. April und am 9. März 2018", None) == [("2018-03-09", "2018-03-09", "day")]


def test_a_year_that_a_range_implies_is_marked() -> None:
    assert periods("15. Dezember bis 14. Januar 2018")[0] == ("2017-12-15", "2017-12-15", "day?")
    assert periods("15. Dezember 2017 bis 14. Januar")[1] == ("2018-01-14", "2018-01-14", "day?")


def test_two_months_in_a_row_tell_the_year_and_english_days_stay_days() -> None:
    assert periods("| Apr 23 – Aug 23 |") == [
        ("2023-04-01", "2023-04-30", "month"),
        ("2023-08-01", "2023-08-31", "month"),
    ]
    assert periods("from Apr 23 to Aug 23") == [
        ("2018-04-23", "2018-04-23", "day?"),
        ("2018-08-23", "2018-08-23", "day?"),
    ]


def test_a_weekday_decides_between_two_years() -> None:
    assert mentions("Freitag, 19. Januar", dt.date(2017, 10, 1)) == (
        Mention(dt.date(2018, 1, 19), dt.date(2018, 1, 19), "day", 0, 19, "year"),
    )
    assert days("Donnerstag, 19. Januar", dt.date(2018, 1, 1)) == [dt.date(2017, 1, 19)]


def test_the_resolution_names_the_thirteen_days_of_its_phases_as_ranges() -> None:
    of_days = [
        (str(span.first.first), str(span.last.last) if span.last else None)
        for span in spans(SEED)
        if span.first and span.first.grain == "day"
    ]
    assert of_days == [
        ("2017-12-15", "2018-01-14"),
        ("2018-01-02", "2018-03-09"),
        ("2018-03-12", "2018-04-13"),
        ("2018-04-16", "2018-05-18"),
        ("2018-05-21", "2018-06-29"),
        ("2018-07-02", "2018-08-17"),
        ("2018-08-25", None),
    ]


def test_the_days_the_resolution_names_without_a_year_are_marked() -> None:
    inferred = [(str(found.first), SEED[found.start : found.end]) for found in mentions(SEED, NEAR) if found.added]
    assert inferred == [("2018-04-13", "13. April"), ("2018-05-18", "18. Mai"), ("2018-06-29", "29. Juni")]


@pytest.mark.parametrize(
    "piece", ["1", ".", "1.", "1. ", "1. bis ", "Mai ", "Mai / ", "1/", "bis zum ", "\n1. -", "1 und "]
)
def test_hostile_text_is_read_in_a_time_that_grows_with_its_length_only(piece: str) -> None:
    spent = [cpu_seconds(piece * (size // len(piece))) for size in (40_000, 320_000)]
    assert (
        spent[1] < 8 * max(spent[0], 0.05) * 3
    )  # eight times the text: linear with room; squared would be sixty-four times


def cpu_seconds(text: str) -> float:
    """The work of reading a text."""
    started = time.process_time()
    spans(text, NEAR)
    return time.process_time() - started


def test_ten_million_figures_do_not_hang() -> None:
    assert cpu_seconds("1" * 10_000_000) < 20


def test_a_part_of_a_month_is_kept_in_its_own_words() -> None:
    text = "Anfang Mai bis Mitte November 2025, bis Ende Juni 2026, early July 2026, by the end of March 2026, Mai 2026"
    parts = [found.part for found in mentions(text)]
    assert parts == ["Anfang Mai", "Mitte November 2025", "Ende Juni 2026", "early July 2026", "end of March 2026", ""]

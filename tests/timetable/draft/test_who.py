"""Who acts, in plain sentences: responsible and coordinating offices, a body written small, whom a call is meant for."""

from __future__ import annotations

from staffelstab.timetable.draft.compose import draft_of
from staffelstab.timetable.draft.plan_entries import Draft, Office
from staffelstab.timetable.plan.model import Audience

STEPS = (
    "\n\nSchritt 1: Gespräche (11. Januar bis 26. März 2027)\nReden.{within}\n\n"
    "Schritt 2: Konzept (1. April bis 31. August 2027)\nSchreiben.\n\n{after}\n"
)
TENANTS = """Elm Court Tenants' Association

Minutes of the committee meeting held on 3 February 2027
Item 4: Repairs charter

The committee resolved unanimously to draw up a repairs charter.

Step 1 - Collecting complaints (8 February to 14 March 2027)
Every household is invited to send in its experience to the secretary by Sunday 14 March.

Step 2 - Sorting (15 March to 30 April 2027)
The findings shall be discussed at the committee meeting on 5 May.
"""


def test_whoever_a_sentence_of_its_own_makes_responsible_is_entered_and_asked_for() -> None:
    draft = _draft("Verantwortlich ist die Schriftführerin.")
    assert _coordinator(draft) == ("Schriftführerin", "Verantwortlich ist die Schriftführerin.")
    assert "„Verantwortlich ist die Schriftführerin.“" in _asked(draft)
    responsible = draft.responsible
    assert (responsible.quote, responsible.questions) == ("Verantwortlich ist die Schriftführerin.", ())


def test_an_office_behind_the_verb_coordinates() -> None:
    draft = _draft("", after="Bis dahin koordiniert das Gemeindebüro.")
    assert _coordinator(draft) == ("Gemeindebüro", "Bis dahin koordiniert das Gemeindebüro.")
    assert _asked(draft) == ""


def test_who_answers_for_a_part_is_quoted_in_the_question_and_nobody_is_named_outside_it() -> None:
    draft = _draft("", within=" Zuständig ist Pfarrerin Weber gemeinsam mit dem Bauausschuss.")
    assert draft.offices[0].name == "Koordination"
    assert "„Zuständig ist Pfarrerin Weber gemeinsam mit dem Bauausschuss.“" in _asked(draft)


def test_minutes_in_english_tell_the_body_the_audience_and_the_address() -> None:
    draft, _ = draft_of(TENANTS, "en")
    assert draft is not None
    [body] = draft.bodies
    [call] = draft.calls
    assert (body.name, draft.resolution.text) == (
        "Committee",
        "The committee resolved unanimously to draw up a repairs charter.",
    )
    assert call.audience == Audience(proposed=("households",), note="In the text: “Every household”; a proposal.")
    assert call.address == "secretary"
    assert [office.name for office in draft.offices] == ["Coordination", "Secretary"]


def _draft(head: str, within: str = "", after: str = "") -> Draft:
    first = f"Beschluss des Vorstands vom 9. September 2026\n\nDer Vorstand beschließt einen Zeitplan. {head}"
    draft, _ = draft_of(first + STEPS.format(within=within, after=after), "de")
    assert draft is not None
    return draft


def _coordinator(draft: Draft) -> tuple[str, str]:
    office = _office(draft)
    return office.name, office.quote


def _asked(draft: Draft) -> str:
    return " ".join(_office(draft).questions)


def _office(draft: Draft) -> Office:
    return next(office for office in draft.offices if office.id == draft.head.coordinator)

"""Letters on paper: each person's on pages of its own, the address where the window of an envelope shows it (DIN 5008, form B)."""

from __future__ import annotations

import pypdfium2 as pdfium
import pytest

from staffelstab.mailing.paper import on_paper
from staffelstab.people.contact import Contact
from staffelstab.publishing.outbox.stored_letters import Heading, StoredLetter
from staffelstab.timetable.plan.load import plan_from
from staffelstab.timetable.plan.model import Plan
from tests.conftest import at
from tests.timetable.plan.conftest import SMALL

MM = 72 / 25.4
WINDOW = (20 * MM, 105 * MM, (297 - 90) * MM, (297 - 45) * MM)
"""Left, right, bottom, top of the window on the page, in points from its lower left corner."""
LONGEST = Contact(
    "Dr. Maximiliane von und zu Musterberg-Beispielhausen",
    post=(
        "Landesarbeitsgemeinschaft",
        "Hinterhaus, 3. Stock",
        "Straße der Jugend 123 a",
        "01234 Musterstadt",
        "Frankreich",
    ),
)
KARL = Contact("Karl Klein", post=("Weg 1", "09111 Chemnitz"))
LETTER = StoredLetter(
    Heading("Einladung", "Vorstand", ("Kreis",)), "Guten Tag,\n\nbitte kommen.\n- erstens\n- zweitens\n", ()
)


@pytest.fixture
def plan() -> Plan:
    return plan_from(SMALL)


def made(plan: Plan, *contacts: Contact, letter: StoredLetter = LETTER) -> pdfium.PdfDocument:
    data = on_paper(plan, [(letter, contact) for contact in contacts], ("Verein", "Weg 9"), at("2017-12-20 08:00"))
    return pdfium.PdfDocument(data)


@pytest.mark.parametrize("contact", [KARL, LONGEST])
def test_the_address_stands_inside_the_window_and_nothing_else_does(plan: Plan, contact: Contact) -> None:
    page = made(plan, contact)[0].get_textpage()
    left, right, bottom, top = WINDOW
    seen = page.get_text_bounded(left=left, bottom=bottom, right=right, top=top)
    seen = seen.replace("\x02", "-")  # how it tells of a hyphen at the end of a line
    assert seen.split() == " ".join(("Verein · Weg 9", contact.name, *contact.post)).split()
    for number in range(page.count_rects()):
        x0, y0, x1, y1 = page.get_rect(number)
        if y1 > bottom and y0 < top and x0 < right:
            assert (x0 >= left + 4 * MM, x1 <= right, y0 >= bottom, y1 <= top) == (True,) * 4


def test_each_person_has_pages_of_their_own_beginning_with_the_first(plan: Plan) -> None:
    long = StoredLetter(LETTER.heading, "Guten Tag,\n\n" + "Ein langer Satz ohne Ende. " * 200, ())
    found = made(plan, KARL, LONGEST, letter=long)
    texts = [found[number].get_textpage().get_text_range() for number in range(len(found))]
    assert len(texts) == 4
    assert [KARL.name in text for text in texts] == [True, False, False, False]
    assert LONGEST.post[0] in texts[2]
    assert [text.strip().splitlines()[-1][-1] for text in texts] == ["1", "2", "1", "2"]


def test_what_somebody_wrote_is_no_instruction(plan: Plan) -> None:
    evil = '#panic("x") \\u{1F600} $a$ *b* `c` <d> @e "f" \u202e'
    letter = StoredLetter(Heading(evil, "", ()), f'{evil}\n\n#read("/etc/passwd")', ())
    text = made(plan, Contact(evil[:60], post=('#import "x"',)), letter=letter)[0].get_textpage().get_text_range()
    assert '#panic("x")' in text
    assert '#read("/etc/passwd")' in text
    assert "root:" not in text


def test_the_same_letters_are_the_same_bytes(plan: Plan) -> None:
    one, other = (on_paper(plan, [(LETTER, KARL)], ("Verein",), at("2017-12-20 08:00")) for _ in range(2))
    assert one == other

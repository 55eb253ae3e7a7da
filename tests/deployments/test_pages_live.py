"""Our pages on a real server whose runs really happen: from signing in to letters that leave, by keyboard, two people at once."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser as Chromium

from staffelstab.people.contact import Contact
from staffelstab.publishing.outbox.stored_letters import heading_of
from tests.conftest import at, require
from tests.deployments.club import Club, left_over, serving
from tests.deployments.keyboard import Keyboard, chromium, person_at
from tests.mailing.conftest import hold, leave_through
from tests.mailing.mail_server import MailServer, mail_server
from tests.service.small_folder import put

pytestmark = [
    pytest.mark.slow,
    pytest.mark.server,
    require("cc"),
    require("chromium"),
    pytest.mark.xdist_group("live-pages"),
]
PAGES = ("Heute", "Eingänge", "Sitzungen", "Postausgang", "Termine", "Akte", "Einstellungen")
WRITER = "amsel"
CANARY = "Der Zaunkönig wohnt am Kompost."


def link(club: Club) -> str:
    return club.tell("Europe/Berlin", "login", str(club.root)).split()[-1]


def choose(person: Keyboard, outcome: str, votes: str) -> None:
    """Fill in the form for a session's result, up to its preview."""
    person.reach("Ergebnis eintragen")
    person.page.keyboard.press("Enter")
    person.page.get_by_role("group").first.wait_for()
    person.reach("zur Kenntnis genommen")
    person.page.get_by_label(outcome).press("Space")
    person.type("Ja", votes)
    person.follow("Weiter: zeigen, was daraus folgt", "Noch ist nichts eingetragen.")


def letter_leaves(club: Club, person: Keyboard, server: MailServer) -> None:
    """The session's letter is released, and the next pass hands it to the mail server."""
    [draft] = (club.root / "outbox").glob("*-papers-*.eml")
    heading = heading_of(draft)
    assert heading is not None
    person.follow("Postausgang", heading.subject)
    person.follow(heading.subject, "Oder selbst verschicken")
    person.follow("Von Staffelstab verschicken lassen …", "Heute bekäme diesen Brief eine Person")
    assert person.faults() == []
    person.follow("Freigeben", "Der Brief ist freigegeben.")
    person.follow("Heute", "Heute zu tun")
    person.follow("Tageslauf jetzt starten", "Der Tageslauf ist bestellt und")
    club.wait_for("the mail", lambda: server.taken)
    assert [address for address, _ in server.taken] == [f"{WRITER}@example.org"]


def by_keyboard(club: Club, browser: Chromium, server: MailServer) -> None:
    """Everything two people do."""
    with person_at(browser, link(club)) as one, person_at(browser, link(club), width=390) as other:
        assert "Heute zu tun" in one.page.title()
        for name in PAGES:
            one.follow(name, "Stand:")
            assert one.faults() == [], name

        one.follow("Eingänge", "B01")
        one.follow("B01", CANARY)
        assert one.faults() == []
        one.reach("Von wem")
        one.page.keyboard.type("Birkenweg")
        one.follow("Weiter: zeigen, was daraus folgt", "Noch ist nichts eingetragen.")
        assert one.faults() == []
        one.follow("Eintragen", "Eingetragen.")
        assert [entry.facts["actor"] for entry in club.journal("assigned")] == ["birkenweg"]

        for person in (one, other):
            person.follow("Heute", "Heute zu tun")
            choose(person, "zur Kenntnis genommen", "5" if person is one else "4")
            assert person.faults() == []
        one.follow("Eintragen", "Der Tageslauf ist bestellt")
        other.reach("Eintragen")
        other.page.keyboard.press("Enter")
        other.page.locator(".refused").wait_for()
        assert [entry.facts["yes"] for entry in club.journal("decided")] == [5], "of two at once the second is told"

        club.wait_for("the hand-over", lambda: club.journal("handed_over"))
        club.wait_for("the next phase", lambda: "phase-2" in {entry.phase for entry in club.journal("surveyed")})
        one.follow("Heute", "übergeben")
        letter_leaves(club, one, server)

        assert (one.foreign, other.foreign) == (set(), set())
        assert one.said == []
        assert {("422" in line) for line in other.said} == {True}, "the console notes the one refusal, and nothing else"
    with person_at(browser, link(club)) as person:
        address = person.page.url
        person.follow("Abmelden", "staffelstab login")
        person.page.goto(address)
        person.page.get_by_text("staffelstab login").first.wait_for()
        assert CANARY not in person.page.content()


@pytest.mark.timeout(600)
def test_from_signing_in_to_letters_that_leave_by_keyboard_alone(club: Club) -> None:
    club.clock.turn_to(at("2027-03-22 08:00"))
    hold(
        club.root, [("schriftfuehrung", Contact("Erika Drosselbart", mail=f"{WRITER}@example.org"))], "2027-03-22 07:59"
    )
    put(club.root, "beitraege/kompost.txt", f"{CANARY}\n", at("2027-03-20 18:00"))
    with serving(club, "Europe/Berlin") as runs:
        club.clock.turn_to(at("2027-03-23 06:29:58"))
        club.wait_for("the freeze", lambda: club.journal("frozen"))
        club.clock.turn_to(at("2027-03-24 20:00"))
        # What a pass makes between a preview and its entry is told as news: here nothing shall.
        club.wait_for("the runs of the day", lambda: not left_over(club, runs))
        with chromium() as browser, mail_server() as server:
            leave_through(club.root, server)
            by_keyboard(club, browser, server)
    home = club.root.with_name(f".{club.root.name}-prefect")
    words = (b"Zaunk", b"Drosselbart", WRITER.encode(), b"example.org")
    kept = [
        path.name for path in home.rglob("*") if path.is_file() and any(word in path.read_bytes() for word in words)
    ]
    assert kept == [], "nothing of what people wrote, no name and no address is in Prefect's files"

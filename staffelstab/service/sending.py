"""Letting letters go and sending them: once to each person, whatever breaks in between (R05, R60, U8, U12).

What a person has released leaves word for word as it lay in the outbox then; to whom, the role list says on the day of sending.
Each step is an entry of the journal before the next begins, so that after any crash it is known what is with the mail server, what
is not, and what nobody can know.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from staffelstab.errors import RecordError, StaffelstabError
from staffelstab.files import alone_in, make_private, read_inside
from staffelstab.ledger.entries import Concluding, recipients_of
from staffelstab.ledger.store import Ledger
from staffelstab.ledger.values import Content
from staffelstab.mailing.mail_settings import FILE, MailSettings, read_mail_settings
from staffelstab.mailing.message import message_id, personal_mail
from staffelstab.mailing.paper import on_paper
from staffelstab.mailing.smtp import MailLine, Outcome, mail_line
from staffelstab.people.contact import Contact
from staffelstab.people.holdings import Holding, Recipient, Unreached, holdings, resolve
from staffelstab.publishing.outbox.deliveries import Delivery, Release, releases
from staffelstab.publishing.outbox.stored_letters import LARGEST, StoredLetter, letter_of
from staffelstab.service.phase_run import Run
from staffelstab.service.sent_letters import Kept, letters, mark_sent
from staffelstab.timetable.plan.actors import find_actor, name_of, office_at

MAIL = "message/rfc822"
CAN_BE_SAID: Mapping[str, tuple[Concluding, ...]] = {
    "unknown": ("sent", "later", "posted"),
    "to_post": ("posted",),
    "refused": ("later", "posted"),
}
"""What a person can say of a delivery, by its state."""


@dataclass(frozen=True, slots=True)
class Preview:
    """A letter as it would leave today: its words, who would get it and how, and which offices would not be reached."""

    letter: Kept
    words: StoredLetter
    people: tuple[Recipient, ...]
    unreached: tuple[Unreached, ...]


@dataclass
class Sending:
    """What one round of sending came to; `problem` is why the mail server could not be used."""

    results: Counter[str] = field(default_factory=Counter)
    problem: StaffelstabError | None = None


def preview(run: Run, letter: str) -> Preview:
    """What releasing a letter would mean today. Raises RecordError for a letter nobody knows, or whose draft cannot be read."""
    with run.workspace.open(read_only=True) as ledger:
        found = _lying(run, ledger, letter)
        known = holdings(ledger, run.now)
        to = _to(ledger, found)
    data = _draft(found)
    people, unreached = resolve(run.plan, known, to, run.now.date())
    return Preview(found, letter_of(data), people, unreached)


def release(run: Run, letter: str, by: str = "") -> Preview:
    """Let a letter go in the name of an office, as it lies in the outbox now. Harmless if repeated.

    Raises RecordError as `preview`, for an office nobody knows, and in a rehearsal, which nothing leaves.
    """
    if run.workspace.rehearsal:
        raise RecordError("mailing.error.rehearsal")
    actor = find_actor(run.plan, by) if by else None
    if by and actor is None:
        raise RecordError("steps.unknown_actor", actor=by)
    meant = preview(run, letter)
    data = _draft(meant.letter)
    with run.workspace.open() as ledger:
        said = len(ledger.entries("released", subject=meant.letter.key))
        if meant.letter.key not in releases(ledger, run.now):
            ledger.append(
                "released",
                at=run.now,
                office=run.office,
                subject=meant.letter.key,
                key=f"released:{meant.letter.key}:{said}",
                facts={"by": actor.id if actor else run.office},
                content=Content("letter", MAIL, data),
            )
    return meant


def take_back(run: Run, letter: str) -> Release:
    """Keep back what has not left yet. Raises RecordError for a letter that was not released."""
    with run.workspace.open() as ledger:
        found = _released(run, ledger, letter)
        said = len(ledger.entries("released", subject=found.letter))
        ledger.append(
            "released",
            at=run.now,
            office=run.office,
            subject=found.letter,
            key=f"released:{found.letter}:{said}",
            facts={"by": run.office, "withdrawn": True},
        )
    return found


def conclude(run: Run, letter: str, person: str, said: str) -> Delivery:
    """What a person says of a delivery: that it was posted, has arrived ("sent"), or has not and is to be sent again ("later").

    Raises RecordError for a letter or person nobody knows, or where there is nothing to say.
    """
    with run.workspace.open() as ledger:
        found = _released(run, ledger, letter)
        delivery = next((item for item in found.deliveries if item.person == person), None)
        result = (
            next((item for item in CAN_BE_SAID.get(delivery.state, ()) if item == said), None) if delivery else None
        )
        if delivery is None or result is None:
            raise RecordError("mailing.error.nothing_to_say")
        _note(ledger, run, delivery, result)
        return delivery


def print_run(run: Run, letter: str) -> bytes:
    """One PDF with the letter for each person to whom it is still to be posted. Raises RecordError if there is none."""
    with run.workspace.open(read_only=True) as ledger:
        found = _released(run, ledger, letter)
        held = holdings(ledger, run.now)
        data = ledger.content(found.content)
    known = {item.person: item.contact for item in held if item.contact}
    people = [known[one.person] for one in found.deliveries if one.state == "to_post" and one.person in known]
    if data is None or not people:
        raise RecordError("mailing.error.nothing_to_print", letter=letter)
    words, office = letter_of(data), office_at(run.plan, run.now.date())
    back, _ = resolve(run.plan, held, (office,), run.now.date())
    address = next((person.contact.post for person in back if person.contact.post), (name_of(run.plan, office),))
    sender = (run.plan.organisation, *address)
    return on_paper(run.plan, [(words, contact) for contact in people], sender, run.now)


def send(run: Run) -> Sending:
    """Send what was released and is due, once each; what is for the post waits for somebody to post it.

    A server that cannot be reached is told in the result, and everything stays due. Raises LedgerError.
    """
    done = Sending()
    if run.workspace.rehearsal:
        return done
    make_private(run.workspace.sent)
    with alone_in(run.workspace.sent), run.workspace.open() as ledger:
        for item in releases(ledger, run.now).values():
            _intend(ledger, run, item)
        open_now = [item for item in releases(ledger, run.now).values() if not item.over]
        due = [(item, one) for item in open_now for one in item.deliveries if one.is_due(run.now)]
        if due:
            _send_all(ledger, run, due, done)
    _put_away(run)
    return done


def _intend(ledger: Ledger, run: Run, item: Release) -> None:
    """Who is to get it, decided on the day of sending; whoever becomes reachable later is not sent it by surprise."""
    if item.deliveries:
        return
    kept = next(kept for kept in letters(run, ledger) if kept.key == item.letter)
    people, _ = resolve(run.plan, holdings(ledger, run.now), _to(ledger, kept), run.now.date())
    with ledger.writing() as transaction:
        for one in people:
            transaction.append(
                "delivery",
                at=run.now,
                office=run.office,
                subject=item.letter,
                key=f"delivery:{item.letter}:{one.person}",
                facts={
                    "person": one.person,
                    "way": one.contact.by or "",
                    "offices": [office.id for office in one.offices][:100],
                },
            )


def _send_all(ledger: Ledger, run: Run, due: Iterable[tuple[Release, Delivery]], done: Sending) -> None:
    try:
        settings = read_mail_settings(run.workspace.root)
        if settings is None:
            raise StaffelstabError("mailing.error.no_settings", file=FILE)
        known = {(item.person): item for item in holdings(ledger, run.now) if item.contact}
        with mail_line(settings) as line:
            for item, delivery in due:
                if line.is_broken:  # the rest stays due
                    break
                done.results[_send_one(ledger, run, item, delivery, known, line, settings).result] += 1
    except StaffelstabError as problem:
        done.problem = problem


def _send_one(
    ledger: Ledger,
    run: Run,
    item: Release,
    delivery: Delivery,
    known: dict[str, Holding],
    line: MailLine,
    settings: MailSettings,
) -> Outcome:
    contact = known[delivery.person].contact if delivery.person in known else None
    data = ledger.content(item.content)
    if contact is None or not contact.mail or data is None:
        _note(ledger, run, delivery, "refused")
        return Outcome("refused")
    mail = _mail(run, item, delivery, contact, letter_of(data), settings)
    delivery.tried += 1
    ledger.append(
        "attempt",
        at=run.now,
        office=run.office,
        subject=item.letter,
        key=f"attempt:{item.letter}:{delivery.person}:{delivery.tried}",
        facts={"person": delivery.person, "number": delivery.tried},
    )
    outcome = line.send(contact.mail, mail)
    _note(ledger, run, delivery, outcome.result, outcome.code)
    return outcome


def _mail(
    run: Run, item: Release, delivery: Delivery, contact: Contact, words: StoredLetter, settings: MailSettings
) -> bytes:
    office = name_of(run.plan, office_at(run.plan, run.now.date()))
    identity = message_id(run.plan, item.letter, delivery.person)
    return personal_mail(run.plan, words, contact, (office, settings.sender), identity, run.now)


def _note(ledger: Ledger, run: Run, delivery: Delivery, result: Concluding, code: int = 0) -> None:
    said = len(ledger.entries("outcome", subject=delivery.letter))
    ledger.append(
        "outcome",
        at=run.now,
        office=run.office,
        subject=delivery.letter,
        key=f"outcome:{delivery.letter}:{delivery.person}:{said}",
        facts={"person": delivery.person, "result": result, "code": code},
    )


def _put_away(run: Run) -> None:
    """Drafts of letters that everybody has go where sent ones lie."""
    with run.workspace.open(read_only=True) as ledger:
        over = [item for item in releases(ledger, run.now).values() if item.over]
        lying = {kept.key for kept in letters(run, ledger) if kept.state == "lying"}
    for item in over:
        if item.letter in lying and any(one.state in ("sent", "posted") for one in item.deliveries):
            mark_sent(run, item.letter, item.by)


def open_questions(run: Run, ledger: Ledger) -> Iterator[Delivery]:
    """Deliveries of which nobody knows whether they arrived, that were refused, or that are to be posted."""
    for item in releases(ledger, run.now).values():
        yield from (one for one in item.deliveries if one.state in ("unknown", "refused", "to_post"))


def _lying(run: Run, ledger: Ledger, letter: str) -> Kept:
    found = next((item for item in letters(run, ledger) if letter in (item.key, item.name)), None)
    if found is None:
        raise RecordError("steps.unknown_letter", letter=letter)
    return found


def _released(run: Run, ledger: Ledger, letter: str) -> Release:
    found = releases(ledger, run.now).get(_lying(run, ledger, letter).key)
    if found is None:
        raise RecordError("mailing.error.not_released", letter=letter)
    return found


def _draft(letter: Kept) -> bytes:
    data = read_inside(letter.path.parent, letter.path.name, LARGEST) if letter.path else None
    if data is None:
        raise RecordError("mailing.error.no_draft", letter=letter.name)
    return data


def _to(ledger: Ledger, letter: Kept) -> tuple[str, ...]:
    found = ledger.find(f"letter:{letter.key}")
    return tuple(recipients_of(found)) if found else ()


def released(run: Run) -> dict[str, Release]:
    """Every letter that is let go, by its key, with what became of it for each person."""
    with run.workspace.open(read_only=True) as ledger:
        return releases(ledger, run.now)

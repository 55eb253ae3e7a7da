"""Letting letters go and sending them: once to each person, whatever breaks in between (R05, R60, U8, U12).

What a person has released leaves word for word as it lay in the outbox then; to whom, the role list says on the day of sending.
Each step is an entry of the journal before the next begins, so that after any crash it is known what is with the mail server, what
is not, and what nobody can know.
"""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from staffelstab.errors import RecordError, RenderError, StaffelstabError
from staffelstab.files import alone_in, make_private, read_inside
from staffelstab.ledger.entries import Concluding, recipients_of
from staffelstab.ledger.store import Ledger
from staffelstab.ledger.transaction import Transaction
from staffelstab.ledger.values import Content, Known
from staffelstab.mailing.mail_settings import FILE, MailSettings, read_mail_settings
from staffelstab.mailing.message import message_id, personal_mail
from staffelstab.mailing.paper import on_paper
from staffelstab.mailing.smtp import MailLine, mail_line
from staffelstab.people.contact import Contact
from staffelstab.people.holdings import Holding, Recipient, Unreached, contact_on, holdings, resolve
from staffelstab.publishing.outbox.deliveries import GAPS, KINDS, Delivery, Release, releases, releases_in
from staffelstab.publishing.outbox.stored_letters import LARGEST, StoredLetter, letter_of
from staffelstab.service.phase_run import Run
from staffelstab.service.sent_letters import Kept, letters, mark_sent
from staffelstab.timetable.plan.actors import find_actor, name_of, office_at

MAIL = "message/rfc822"
MOST_OFFICES = 100
"""So many offices of a person are noted with a delivery."""
GRACE = dt.timedelta(minutes=5)
"""So long what was just released can still be kept back before it leaves by itself."""
WINDOW = dt.timedelta(hours=1)
"""So long after it has become due a letter is looked after between the daily passes; then it waits for the next one."""
CAN_BE_SAID: Mapping[str, tuple[Concluding, ...]] = {
    "unknown": ("sent", "later"),
    "to_post": ("posted", "settled"),
    "refused": ("later", "settled"),
    "no_address": ("later", "settled"),
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
    """What releasing a letter would mean today; of one that is released, the words that leave.

    Raises RecordError for a letter nobody knows, or whose draft cannot be read.
    """
    with run.workspace.open(read_only=True) as ledger:
        found = _named(run, ledger, letter)
        let_go = releases(ledger, run.now).get(found.key)
        kept = ledger.content(let_go.content) if let_go and let_go.is_open else None
        known, to = holdings(ledger, run.now), _to(ledger, found)
    people, unreached = resolve(run.plan, known, to, run.now.date())
    return Preview(found, letter_of(kept if kept is not None else _draft(found)), people, unreached)


def release(run: Run, letter: str, by: str = "") -> Preview:
    """Let a letter go in the name of an office, as it lies in the outbox now. Harmless if repeated.

    Raises RecordError as `preview`, for an office nobody knows, for a letter that would reach nobody or was sent by hand, and in a
    rehearsal, which nothing leaves.
    """
    if run.workspace.rehearsal:
        raise RecordError("mailing.error.rehearsal")
    actor = find_actor(run.plan, by) if by else None
    if by and actor is None:
        raise RecordError("steps.unknown_actor", actor=by)
    meant = preview(run, letter)
    if not meant.people:
        raise RecordError("mailing.error.nobody", letter=meant.letter.name)
    if meant.letter.sent:
        raise RecordError("mailing.error.sent_by_hand", letter=meant.letter.name)
    data = _draft(meant.letter)
    with run.workspace.open() as ledger, ledger.writing() as transaction:
        known = releases_in(transaction.entries(*KINDS)).get(meant.letter.key)
        if known is None or not known.is_open:
            content = Content("letter", MAIL, data)
            _decide(transaction, run, meant.letter.key, content, by=actor.id if actor else run.office)
    return meant


def take_back(run: Run, letter: str) -> Release:
    """Keep back what has not left yet. Raises RecordError for a letter that was not released."""
    with run.workspace.open() as ledger:
        found = _released(run, ledger, letter)
        with ledger.writing() as transaction:
            _decide(transaction, run, found.letter, None, by=run.office, withdrawn=True)
    return found


def _decide(transaction: Transaction, run: Run, letter: str, content: Content | None, **facts: Known) -> None:
    """The next entry about letting a letter go; numbered in its transaction, so that none takes the place of another."""
    number = len(transaction.entries("released", subject=letter))
    _enter(transaction, run, "released", letter, str(number), content, **facts)


def conclude(run: Run, letter: str, person: str, said: str) -> Delivery:
    """What a person says of a delivery, one of `CAN_BE_SAID`.

    Raises RecordError for a letter or person nobody knows, or where there is nothing to say.
    """
    with run.workspace.open() as ledger:
        found = _released(run, ledger, letter)
        delivery = found.delivery_to(person)
        result = (
            next((item for item in CAN_BE_SAID.get(delivery.state, ()) if item == said), None) if delivery else None
        )
        if delivery is None or result is None:
            raise RecordError("mailing.error.nothing_to_say")
        _note(ledger, run, delivery, result, said=True)
        return delivery


def print_run(run: Run, letter: str) -> bytes:
    """One PDF with the letter for each person to whom it is still to be posted and whose postal address is known.

    Raises RecordError if there is none.
    """
    with run.workspace.open(read_only=True) as ledger:
        found = _released(run, ledger, letter)
        held, data = holdings(ledger, run.now), ledger.content(found.content)
    meant = [contact_on(held, one.person, run.now.date()) for one in found.deliveries if one.state == "to_post"]
    people = [contact for contact in meant if contact and contact.post]
    if data is None or not people:
        raise RecordError("mailing.error.nothing_to_print", letter=letter)
    words, office = letter_of(data), name_of(run.plan, office_at(run.plan, run.now.date()))
    return on_paper(run.plan, [(words, contact) for contact in people], (run.plan.organisation, office), run.now)


def send(run: Run) -> Sending:
    """Send what was released and is due, once each; what is for the post waits for somebody to post it.

    One process at a time sends, and looks at how things stand before each mail, whatever others enter meanwhile. A server that
    cannot be reached is told in the result, and everything stays due. Raises LedgerError.
    """
    done = Sending()
    if run.workspace.rehearsal:
        return done
    make_private(run.workspace.sent)
    with alone_in(run.workspace.sent), run.workspace.open() as ledger:
        for item in releases(ledger).values():
            if item.is_open and not item.is_addressed:
                _address(ledger, run, item)
        due = [
            one for item in releases(ledger).values() if item.is_open for one in item.deliveries if one.is_due(run.now)
        ]
        if due:
            _send_all(ledger, run, due, done)
    _put_away(run)
    return done


def is_anything_due(run: Run) -> bool:
    """Whether letters are to leave by mail now, between the daily passes: just released, or deferred by a server a while ago.

    Raises StaffelstabError for settings that cannot be used.
    """
    if run.workspace.rehearsal or read_mail_settings(run.workspace.root) is None:
        return False
    with run.workspace.open(read_only=True) as ledger:
        let_go = [item for item in releases(ledger).values() if item.leaves]
    for item in let_go:
        fresh = GRACE <= run.now - item.at <= WINDOW
        if fresh and (not item.is_addressed or any(one.state == "to_send" for one in item.deliveries)):
            return True
        deferred = (one for one in item.deliveries if one.state == "later" and one.is_due(run.now))
        if any(one.last and run.now - one.last <= GAPS[one.in_row - 1] + WINDOW for one in deferred):
            return True
    return False


def _address(ledger: Ledger, run: Run, item: Release) -> None:
    """Who is to get it, decided on the day of sending; nothing for a letter that no longer holds (a clock was corrected)."""
    kept = next((kept for kept in letters(run, ledger) if kept.key == item.letter), None)
    if kept is None:
        return
    people, _ = resolve(run.plan, holdings(ledger, run.now), _to(ledger, kept), run.now.date())
    with ledger.writing() as transaction:
        for one in people:
            offices = [office.id for office in one.offices][:MOST_OFFICES]
            way = one.contact.by or ""
            key = f"{item.times}:{one.person}"
            _enter(transaction, run, "delivery", item.letter, key, person=one.person, way=way, offices=offices)
        _enter(transaction, run, "addressed", item.letter, str(item.times), people=len(people))


def _send_all(ledger: Ledger, run: Run, due: Iterable[Delivery], done: Sending) -> None:
    try:
        settings = read_mail_settings(run.workspace.root)
        if settings is None:
            raise StaffelstabError("mailing.error.no_settings", file=FILE)
        known = holdings(ledger, run.now)
        with mail_line(settings) as line:
            for delivery in due:
                if line.is_broken:  # the rest stays due
                    break
                if result := _send_one(ledger, run, delivery, known, line, settings):
                    done.results[result] += 1
    except StaffelstabError as problem:
        done.problem = problem


def _send_one(
    ledger: Ledger, run: Run, meant: Delivery, known: Iterable[Holding], line: MailLine, settings: MailSettings
) -> str:
    """What became of it; "" if it is no longer due by now."""
    begun = _begin(ledger, run, meant, contact_on(known, meant.person, run.now.date()), settings)
    if begun is None:
        return ""
    delivery, contact, mail = begun
    if mail is None or contact is None:
        _note(ledger, run, delivery, "no_address")
        return "no_address"
    outcome = line.send(contact.mail, mail)
    _note(ledger, run, delivery, outcome.result, outcome.code)
    return outcome.result


def _begin(
    ledger: Ledger, run: Run, meant: Delivery, contact: Contact | None, settings: MailSettings
) -> tuple[Delivery, Contact | None, bytes | None] | None:
    """The attempt, entered if the delivery is due as things stand at this very moment: nobody else can begin it then.

    Without a mail if there is none to make: nobody to write to, or an address that no mail can bear.
    """
    with ledger.writing() as transaction:
        item = releases_in(transaction.entries(*KINDS))[meant.letter]
        delivery = item.delivery_to(meant.person)
        if not item.is_open or delivery is None or not delivery.is_due(run.now):
            return None
        data = transaction.contents([item.content]).get(item.content)
        mail = None if data is None or contact is None else _mail(run, delivery, contact, letter_of(data), settings)
        if mail is not None:
            person, number = delivery.person, delivery.tried + 1
            _enter(transaction, run, "attempt", delivery.letter, f"{person}:{number}", person=person, number=number)
    return delivery, contact, mail


def _mail(run: Run, delivery: Delivery, contact: Contact, words: StoredLetter, settings: MailSettings) -> bytes | None:
    office = name_of(run.plan, office_at(run.plan, run.now.date()))
    identity = message_id(run.plan, delivery.letter, delivery.person)
    if not contact.mail:
        return None
    try:
        return personal_mail(run.plan, words, contact, (office, settings.sender), identity, run.now)
    except RenderError:
        return None


def _enter(
    transaction: Transaction, run: Run, kind: str, letter: str, key: str, content: Content | None = None, **facts: Known
) -> None:
    """An entry about a letter, under a key of its own."""
    key = f"{kind}:{letter}:{key}"
    transaction.append(kind, at=run.now, office=run.office, subject=letter, key=key, facts=facts, content=content)


def _note(
    ledger: Ledger, run: Run, delivery: Delivery, result: Concluding, code: int = 0, *, said: bool = False
) -> None:
    with ledger.writing() as transaction:
        before = len(transaction.entries("outcome", subject=delivery.letter))
        key, person = f"{delivery.person}:{before}", delivery.person
        _enter(transaction, run, "outcome", delivery.letter, key, person=person, result=result, code=code, said=said)


def _put_away(run: Run) -> None:
    """Drafts of letters of which nothing is left to be done go where sent ones lie, if anybody got them."""
    with run.workspace.open(read_only=True) as ledger:
        over = [item for item in releases(ledger).values() if item.over]
        lying = {kept.key for kept in letters(run, ledger) if kept.state == "lying"}
    for item in over:
        if item.letter in lying and any(one.state in ("sent", "posted") for one in item.deliveries):
            mark_sent(run, item.letter, item.by)


def _named(run: Run, ledger: Ledger, letter: str) -> Kept:
    found = next((item for item in letters(run, ledger) if letter in (item.key, item.name)), None)
    if found is None:
        raise RecordError("steps.unknown_letter", letter=letter)
    return found


def _released(run: Run, ledger: Ledger, letter: str) -> Release:
    found = releases(ledger).get(_named(run, ledger, letter).key)
    if found is None:
        raise RecordError("mailing.error.not_released", letter=letter)
    return found


def _draft(letter: Kept) -> bytes:
    data = read_inside(letter.path.parent, letter.path.name, LARGEST) if letter.path else None
    if data is None:
        raise RecordError("mailing.error.no_draft", letter=letter.name)
    return data


def _to(ledger: Ledger, letter: Kept) -> tuple[str, ...]:
    """The ids of those whom the letter is for."""
    found = ledger.find(f"letter:{letter.key}")
    if found is None:
        return ()
    whole = ledger.content(found.object) if found.object else None
    return tuple(recipients_of(found)) if whole is None else tuple(map(str, json.loads(whole)))


def released(run: Run) -> dict[str, Release]:
    """Every letter that is let go, by its key, with what became of it for each person."""
    with run.workspace.open(read_only=True) as ledger:
        return releases(ledger, run.now)

"""Letting a letter go: who would get it today and how, the button, and afterwards what became of it for each person."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from starlette.responses import Response

from pages.documents import document
from pages.entering import entering, for_pages
from pages.forms import SEEN, seen
from pages.visit import Visit
from staffelstab.errors import RecordError, StaffelstabError
from staffelstab.mailing.mail_settings import read_mail_settings
from staffelstab.people.holdings import office_name
from staffelstab.publishing.outbox.deliveries import Delivery
from staffelstab.service.role_lists import people_of
from staffelstab.service.sending import CAN_BE_SAID, Preview, conclude, preview, print_run, release, released, take_back
from staffelstab.timetable.plan.actors import name_of


@dataclass(frozen=True, slots=True)
class Row:
    """A person in the list of those who have the letter or are to get it; `says` is what somebody can say of it."""

    person: str
    name: str
    offices: tuple[str, ...]
    told: str
    says: tuple[str, ...] = ()


def show(visit: Visit) -> Response:
    """The page."""
    return _shown(visit)


def _shown(visit: Visit, refused: str = "") -> Response:
    meant = _meant(visit)
    found = released(visit.run).get(meant.letter.key)
    known = found if found and found.is_open else None
    names = {item.person: item.contact.name for item in people_of(visit.run) if item.contact}
    rows = (
        [_row(visit, one, names.get(one.person, "")) for one in known.deliveries] if known else [*_would(visit, meant)]
    )
    return visit.shown(
        "release",
        status=422 if refused else 200,
        letter=meant.letter,
        subject=meant.words.heading.subject,
        is_released=known is not None,
        by=name_of(visit.plan, known.by) if known else "",
        at=known.at.astimezone(visit.plan.zone) if known else None,
        rows=rows,
        waits=known is not None and not known.is_addressed,
        to_post=known is not None and any(one.state == "to_post" for one in known.deliveries),
        can_be_kept_back=known is not None and known.leaves,
        unreached=[]
        if known
        else [visit.words.say(f"people.why.{item.why}", office=item.office.name) for item in meant.unreached],
        problem=_problem(visit),
        hidden={SEEN: seen(visit.run)},
        refused=refused,
    )


def enter(visit: Visit) -> Response:
    """Let it go, keep back what has not left, or say what became of it for a person."""
    letter, do = _meant(visit).letter, visit.fields.text("do")
    try:
        with entering(visit) as run:
            if do == "release":
                release(run, letter.key)
            elif do == "keep":
                take_back(run, letter.key)
            else:
                conclude(run, letter.key, visit.fields.text("person"), do)
    except StaffelstabError as error:
        return _shown(visit, for_pages(error, visit.plan.language))
    return visit.go(f"outbox/{letter.name}/release", {"release": "released", "keep": "kept_back"}.get(do, "concluded"))


def letters_to_print(visit: Visit) -> Response:
    """One PDF with the letter for everybody to whom it is to be posted."""
    letter = _meant(visit).letter
    return document(print_run(visit.run, letter.key), f"{letter.name}.pdf")


def _meant(visit: Visit) -> Preview:
    try:
        return preview(visit.run, visit.given["letter"])
    except RecordError:
        raise RecordError("pages.error.nothing_here") from None


def _problem(visit: Visit) -> str:
    """Why nothing could leave today."""
    if visit.run.workspace.rehearsal:
        return visit.words.say("mailing.error.rehearsal")
    try:
        settings = read_mail_settings(visit.run.workspace.root)
    except StaffelstabError as error:
        return error.text(visit.plan.language)
    return "" if settings else visit.words.say("pages.release.no_settings")


def _would(visit: Visit, meant: Preview) -> Iterator[Row]:
    for person in meant.people:
        offices = tuple(office.name for office in person.offices)
        yield Row(person.person, person.contact.name, offices, visit.words.say(f"pages.release.by.{person.contact.by}"))


def _row(visit: Visit, one: Delivery, name: str) -> Row:
    at = one.last.astimezone(visit.plan.zone) if one.last else None
    told = visit.words.say(f"pages.release.state.{one.state}", at=at, code=one.code)
    offices = tuple(office_name(visit.plan, office) for office in one.offices)
    return Row(
        one.person, name or visit.words.say("pages.release.erased"), offices, told, CAN_BE_SAID.get(one.state, ())
    )

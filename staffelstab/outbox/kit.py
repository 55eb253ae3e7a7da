"""The publication kit: what everybody may see, as files (R97, R101, R103).

Nothing anybody sent in is in it, and nothing that says who did (R106): answers to contributors are letters, not publications.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from staffelstab.calendar import ics
from staffelstab.calendar.editions import Edition
from staffelstab.case.values import Case
from staffelstab.documents.markdown import inert, inert_line
from staffelstab.documents.readable import readable
from staffelstab.documents.spreadsheet import as_csv
from staffelstab.language import Language
from staffelstab.phases.publication import PublicationPicture
from staffelstab.plan.actors import name_of
from staffelstab.records.values import GroupChange, Milestone

COLUMNS = ("id", "year", "date", "title", "owner", "criterion", "binding")


def publication_kit(case: Case, picture: PublicationPicture, editions: Sequence[Edition] = ()) -> dict[str, bytes]:
    """The files of the folder publication/ by name, in a fixed order; files that would be empty are left out.

    `editions` are the plan's, so that calendars take a moved day for the same entry.
    """
    words = Language(case.plan.language)
    files = {
        words.say("outbox.file.milestones"): milestone_csv(case),
        words.say("outbox.file.changes"): changes_markdown(case, picture),
        ics.TIMETABLE: ics.timetable(case.plan, editions=editions),
        ics.MILESTONES: ics.milestones(case),
        ics.RESUBMISSION: ics.resubmission(case.plan, editions=editions),
    }
    return {name: data for name, data in files.items() if data}


def milestone_csv(case: Case) -> bytes:
    """The milestones as a spreadsheet opens them: UTF-8 with a mark, one row each, no cell a formula; b"" without any."""
    if not case.milestones:
        return b""
    words = Language(case.plan.language)
    head = [words.say(f"outbox.column.{name}") for name in COLUMNS]
    body = sorted((_milestone(case, row, words) for row in case.milestones), key=lambda cells: (cells[2], cells[0]))
    return as_csv([head, *body], words.forms.cell_separator)


def changes_markdown(case: Case, picture: PublicationPicture) -> bytes:
    """What changes for whom: one section per group, in the order in which the groups hear of it (R97)."""
    words = Language(case.plan.language)
    parts = [f"# {inert_line(words.say('outbox.changes.title'))}", inert_line(words.say("outbox.changes.intro"))]
    changes = sorted(picture.changes, key=lambda row: row.date or dt.date.max)
    for row in changes:
        parts.extend(_change(case, row, words))
    if not changes:
        parts.append(inert_line(words.say("outbox.changes.none")))
    text = "\n\n".join(parts)
    return f"{readable(text)}\n".encode()


def _milestone(case: Case, row: Milestone, words: Language) -> list[str]:
    """The cells below COLUMNS."""
    binding = words.say(f"outbox.binding.{'yes' if row.binding == 'yes' else 'no'}")
    owner = name_of(case.plan, row.owner)
    return [row.id, str(row.year), row.date.isoformat(), row.title, owner, row.criterion, binding]


def _change(case: Case, row: GroupChange, words: Language) -> Iterator[str]:
    yield f"## {inert_line(row.group)}"
    yield inert(row.text)
    facts = [words.say("outbox.changes.date", day=row.date) if row.date else words.say("outbox.changes.undated")]
    if row.channel:
        facts.insert(0, words.say("outbox.changes.channel", channel=row.channel))
    if row.owner:
        facts.append(words.say("outbox.changes.owner", owner=name_of(case.plan, row.owner)))
    yield "\n".join(f"- {inert_line(fact)}" for fact in facts)

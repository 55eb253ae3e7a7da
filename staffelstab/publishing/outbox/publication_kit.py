"""The publication kit: what everybody may see, as files (R97, R101, R103).

Nothing anybody sent in is in it, and nothing that says who did (R106): answers to contributors are letters, not publications.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from staffelstab.documents.rendering.markdown import inert, inert_line
from staffelstab.documents.rendering.readable import readable
from staffelstab.documents.rendering.spreadsheet import as_csv
from staffelstab.language import Language
from staffelstab.phases.kinds.publication import PublicationContent
from staffelstab.publishing.calendar import calendar_files
from staffelstab.publishing.calendar.editions import Edition
from staffelstab.submissions.case.contents import Case
from staffelstab.submissions.records.typed_records import GroupChange, Milestone
from staffelstab.timetable.plan.actors import name_of

COLUMNS = ("id", "year", "date", "title", "owner", "criterion", "binding")


def publication_kit(case: Case, content: PublicationContent, editions: Sequence[Edition] = ()) -> dict[str, bytes]:
    """The files of the folder publication/ by name, in a fixed order; files that would be empty are left out.

    `editions` are the plan's, so that calendars take a moved day for the same entry.
    """
    words = case.plan.words
    files = {
        words.say("outbox.file.milestones"): milestone_csv(case),
        words.say("outbox.file.changes"): changes_markdown(case, content),
        calendar_files.TIMETABLE: calendar_files.timetable(case.plan, editions=editions),
        calendar_files.MILESTONES: calendar_files.milestones(case),
        calendar_files.RESUBMISSION: calendar_files.resubmission(case.plan, editions=editions),
    }
    return {name: data for name, data in files.items() if data}


def milestone_csv(case: Case) -> bytes:
    """The milestones as a spreadsheet opens them: UTF-8 with a mark, one row each, no cell a formula; b"" without any."""
    if not case.milestones:
        return b""
    words = case.plan.words
    head = [words.say(f"outbox.column.{name}") for name in COLUMNS]
    body = sorted((_milestone(case, row, words) for row in case.milestones), key=lambda cells: (cells[2], cells[0]))
    return as_csv([head, *body], words.forms.cell_separator)


def changes_markdown(case: Case, content: PublicationContent) -> bytes:
    """What changes for whom: one section per group, in the order in which the groups hear of it (R97)."""
    words = case.plan.words
    parts = [f"# {inert_line(words.say('outbox.changes.title'))}", inert_line(words.say("outbox.changes.intro"))]
    changes = sorted(content.changes, key=lambda row: row.date or dt.date.max)
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

"""Letters and calendars that are due: drafted into the outbox, once each; nothing is sent from here."""

from __future__ import annotations

import json

from staffelstab.files import read_inside, write
from staffelstab.ledger.values import Content
from staffelstab.publishing.calendar.calendar_files import MILESTONES, milestones
from staffelstab.publishing.outbox.due_letters import due_letters
from staffelstab.publishing.outbox.letter import Letter
from staffelstab.publishing.outbox.mail_draft import as_eml, file_name
from staffelstab.service.calendars import write_calendars
from staffelstab.service.phase_run import Run
from staffelstab.submissions.case.contents import Case

MOST = 100
"""So many recipients stand in the entry itself; of more the whole list is its content."""
LARGEST = 100_000_000
"""So many bytes an enclosure may have."""


def post(run: Run, case: Case) -> int:
    """Write every letter that is due and not written yet, and the calendars as they stand. Returns how many letters are new."""
    new = 0
    write_calendars(run.workspace, run.now)
    with run.workspace.open() as ledger:
        known = {entry.key for entry in ledger.entries("letter")}
        for letter in due_letters(case):
            key = f"letter:{letter.key}"
            if key in known:
                continue
            to = [actor.id for actor in letter.to]
            write(run.workspace.outbox / file_name(letter), as_eml(letter, run.plan, run.now, _enclosed(run, letter)))
            ledger.append(
                "letter",
                at=run.now,
                office=run.office,
                key=key,
                facts={"occasion": letter.occasion, "to": to[:MOST]},
                content=Content("recipients", "application/json", json.dumps(to).encode()) if len(to) > MOST else None,
            )
            new += 1
    if case.milestones:
        write(run.workspace.calendar / MILESTONES, milestones(case))
    return new


def _enclosed(run: Run, letter: Letter) -> dict[str, bytes]:
    """The letter's enclosures that lie in the working folder."""
    found = {name: read_inside(run.workspace.root, name, LARGEST) for name in letter.attachments}
    return {name: data for name, data in found.items() if data is not None}

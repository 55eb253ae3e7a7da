"""What comes in during a rehearsal, and when: an example's inbox with its arrival times, and its sessions' decisions."""

from __future__ import annotations

import csv
import datetime as dt
import io
from dataclasses import dataclass, field
from pathlib import Path

from staffelstab.errors import RecordError
from staffelstab.files import BESIDE, read_inside
from staffelstab.service.decide import OUTCOMES, Outcome
from staffelstab.submissions.sources.sweep import SIZE_LIMIT
from staffelstab.timetable.plan.actors import folded
from staffelstab.timetable.plan.model import Count, Plan, Session
from staffelstab.timetable.plan.toml_file import parsed
from staffelstab.workspace import inbox_folders

ARRIVALS, DECISIONS, INBOX = "arrivals.csv", "decisions.toml", "inbox"
FIRST_HOUR = dt.time(12)
SESSION_ENDS = dt.time(21, 30)
USUAL: dict[str, Outcome] = {
    "presentation": "noted",
    "report": "noted",
    "discussion": "discussed",
    "review": "discussed",
    "debate": "discussed",
    "adoption": "adopted",
}
"""What a session does when nobody has written down otherwise: an assumption of the rehearsal, and shown as such."""


NO_VOTE = Count()


@dataclass(frozen=True, slots=True)
class Delivery:
    """A file that arrives at `at` (plan's zone) under `path` in the inbox."""

    at: dt.datetime
    path: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a session does, and when it is recorded."""

    at: dt.datetime
    session: Session
    outcome: Outcome
    vote: Count = NO_VOTE
    notes: tuple[str, ...] = ()
    assumed: bool = True


def deliveries(plan: Plan, folder: Path) -> tuple[Delivery, ...]:
    """The example's inbox in the order of arrival. Raises RecordError for a list that does not fit its files."""
    listed = read_inside(folder, ARRIVALS, BESIDE)
    if listed is None:
        return ()
    found = [_delivery(plan, folder, number, row) for number, row in _rows(listed)]
    return tuple(sorted(found, key=lambda item: (item.at, item.path)))


def papers(plan: Plan, folder: Path) -> tuple[Delivery, ...]:
    """Every file of a folder as a paper of the first call, all on the day after it opens; names are data."""
    if not folder.is_dir():
        raise RecordError("rehearsal.no_papers", folder=str(folder))
    day = min((call.opens.day for call in plan.calls), default=plan.phases[0].start.day) + dt.timedelta(days=1)
    at = dt.datetime.combine(day, FIRST_HOUR, plan.zone)
    into = inbox_folders(plan.language)["papers"]
    files = sorted(path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
    return tuple(Delivery(at, f"{into}/{path.relative_to(folder).as_posix()}", path.read_bytes()) for path in files)


def _rows(listed: bytes) -> list[tuple[int, tuple[str, str]]]:
    try:
        rows = list(csv.reader(io.StringIO(listed.decode("utf-8-sig"), newline=""), delimiter=";"))
    except (UnicodeDecodeError, csv.Error):
        raise RecordError("rehearsal.arrivals_head", file=ARRIVALS) from None
    head = [folded(cell) for cell in rows[0]] if rows else []
    if head[:2] not in (["datei", "eingang"], ["file", "arrived"]):
        raise RecordError("rehearsal.arrivals_head", file=ARRIVALS)
    return [(number, (row[0], row[1])) for number, row in enumerate(rows[1:], 2) if len(row) >= 2]


def _delivery(plan: Plan, folder: Path, number: int, row: tuple[str, str]) -> Delivery:
    path, text = row
    try:
        at = dt.datetime.fromisoformat(text).replace(tzinfo=plan.zone)
    except ValueError:
        raise RecordError("rehearsal.arrivals_row", file=ARRIVALS, line=number, path=path) from None
    content = read_inside(folder, f"{INBOX}/{path}", SIZE_LIMIT)
    if content is None:
        raise RecordError("rehearsal.arrivals_row", file=ARRIVALS, line=number, path=path)
    return Delivery(at, path, content)


def verdicts(plan: Plan, folder: Path) -> tuple[Verdict, ...]:
    """What each session does: as written in the example's decisions, otherwise the usual, assumed. Raises RecordError."""
    written = _written(plan, folder / DECISIONS)
    return tuple(
        sorted(
            (written.get(session.id) or _usual(plan, session) for session in plan.sessions), key=lambda item: item.at
        )
    )


def usual(plan: Plan) -> tuple[Verdict, ...]:
    """What each session does when nobody has written anything down."""
    return tuple(sorted((_usual(plan, session) for session in plan.sessions), key=lambda item: item.at))


def _usual(plan: Plan, session: Session) -> Verdict:
    at = dt.datetime.combine(session.date.day, SESSION_ENDS, plan.zone)
    return Verdict(at, session, USUAL[session.item])


def _written(plan: Plan, path: Path) -> dict[str, Verdict]:
    data = read_inside(path.parent, path.name, BESIDE)
    if data is None:
        return {}
    try:
        rows = parsed(data.decode()).get("decisions", [])
        return {row["session"]: _verdict(plan, row) for row in rows}
    except (ValueError, RecursionError, KeyError, TypeError, AttributeError) as error:
        raise RecordError("rehearsal.decisions", file=path.name) from error


def _verdict(plan: Plan, row: dict[str, object]) -> Verdict:
    at, outcome, vote, notes = row["at"], row["outcome"], row.get("vote", {}), row.get("notes", [])
    if not isinstance(at, dt.datetime) or outcome not in OUTCOMES:
        raise TypeError("decision")
    if not isinstance(vote, dict) or not isinstance(notes, list):
        raise TypeError("decision")
    return Verdict(
        at=at if at.tzinfo else at.replace(tzinfo=plan.zone),
        session=plan.session(str(row["session"])),
        outcome=outcome,
        vote=_vote(vote),
        notes=tuple(str(note) for note in notes),
        assumed=False,
    )


def _vote(counts: dict[str, object]) -> Count:
    known = {name: count for name, count in counts.items() if isinstance(count, int)}
    if known.keys() != counts.keys() or not known.keys() <= {"yes", "no", "abstentions"}:
        raise TypeError("vote")
    return Count(yes=known.get("yes"), no=known.get("no"), abstentions=known.get("abstentions"))

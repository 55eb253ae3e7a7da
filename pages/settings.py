"""Settings: how this plan is set up, what belongs where, and whether everything is as it should be; mostly to be read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote

from starlette.responses import Response

from pages.documents import document
from pages.visit import Visit
from staffelstab import __version__
from staffelstab.backup.last import told
from staffelstab.documents.rendering.spreadsheet import as_csv
from staffelstab.errors import LedgerError, RecordError, StaffelstabError
from staffelstab.publishing.artifacts.todo import KINDS, Walls, last_walls
from staffelstab.service.clock import Corrected, confirm_clock, correct_clock, refuse_doubtful_clock, would_correct
from staffelstab.service.inspection import Findings, inspect
from staffelstab.submissions.records.record_kinds import RECORDS, Field, RecordKind
from staffelstab.submissions.records.sheets import choice, heading
from staffelstab.timetable.lint.finding import Finding
from staffelstab.timetable.lint.rules import SEVERITIES, lint
from staffelstab.timetable.plan.actors import name_of
from staffelstab.timetable.plan.load import PLAN, plan_text
from staffelstab.timetable.plan.locate import index, nearest
from staffelstab.timetable.plan.model import Office, Plan
from staffelstab.timetable.reading.source import source_beside
from staffelstab.workspace import inbox_folders

CLEAN = ("must", "should", "may")
"""The severities that ask for something."""

_CONFIRM = re.compile(r":?\s*staffelstab confirm (?P<item>\S+)(?: .*)?$", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a sheet: its heading, the words it takes if it takes only some, what else belongs there."""

    heading: str
    required: bool
    choices: tuple[str, ...]
    hint: str


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder of the inbox: what belongs into it; for a sheet its columns and an empty one to begin with."""

    kind: str
    folder: str
    columns: tuple[Column, ...]
    template: str


@dataclass(frozen=True, slots=True)
class Question:
    """What the check of the plan asks: a sentence, what is proposed, the line of the plan file.

    `address` is the page on which a day or a reading is confirmed, in place of the command.
    """

    severity: str
    text: str
    proposal: str
    line: int
    address: str = ""


@dataclass(frozen=True, slots=True)
class Clock:
    """The clock against the journal: `doubt` is a sentence if it is doubtful, `correction` what a correction would undo."""

    doubt: str = ""
    ahead: bool = False
    correction: Corrected | None = None
    refused: str = ""


def show(visit: Visit, checked: Findings | None = None) -> Response:
    """The page; with what a check of the record found, if one was asked for."""
    plan, run = visit.plan, visit.run
    with run.workspace.open(read_only=True) as ledger:
        last = ledger.latest_time().astimezone(plan.zone)
        walls = last_walls(ledger.entries(*KINDS, until=visit.now))
    return visit.shown(
        "settings",
        folder=str(run.workspace.root),
        inbox=str(run.workspace.inbox),
        file=PLAN,
        questions=[*_questions(visit)],
        severities=CLEAN,
        folders=[*_folders(visit)],
        wanted=visit.asked.get("sheet", ""),
        last_entry=last,
        clock=_clock(visit),
        walls=walls,
        missing_walls=_missing(plan, walls),
        checked=checked,
        coordinating=name_of(plan, run.office),
        coordinator=_office(plan, run.office),
        successor=_successor(plan, run.office),
        coming=visit.site.runs.to_come(plan),
        backup="" if run.workspace.rehearsal else told(visit.words, plan.zone, run.workspace.root, visit.now),
        version=__version__,
        everywhere=f"{visit.home}sign-out-everywhere",
    )


def act(visit: Visit) -> Response:
    """Check the record, or say something about the clock. Raises RecordError for a form of nobody's."""
    run = visit.site.open(visit.run.workspace.root)
    match visit.fields.text("do"):
        case "check":
            return show(visit, inspect(run.workspace, run.workspace.adopted()))
        case "confirm_clock":
            confirm_clock(run)
            return visit.go("settings", "clock_confirmed")
        case "correct_clock":
            correct_clock(run)
            return visit.go("settings", "clock_corrected")
    raise RecordError("pages.error.form")


def template(visit: Visit) -> Response:
    """An empty sheet with the headings that are understood, for a spreadsheet program."""
    kind = next((kind for kind in RECORDS.values() if _file_of(visit, kind) == visit.given["file"]), None)
    if kind is None:
        raise RecordError("pages.error.nothing_here")
    heads = [heading(visit.words, field.name) for field in kind.fields]
    return document(as_csv([heads], visit.words.forms.cell_separator), _file_of(visit, kind))


def _file_of(visit: Visit, kind: RecordKind) -> str:
    return f"{visit.words.say(f'records.folders.{kind.name}')}.csv"


def _questions(visit: Visit) -> Iterator[Question]:
    """What the check of the plan, as it holds now, finds to be settled."""
    path = visit.run.workspace.plan_file
    try:
        source = source_beside(path, visit.plan.source)
    except (UnicodeDecodeError, PermissionError):
        source = None
    lines = index(plan_text(path))
    for finding in sorted(lint(visit.plan, source), key=lambda item: SEVERITIES.index(item.severity)):
        if finding.severity in CLEAN:
            yield _question(visit, finding, nearest(lines, finding.path) or 1)


def _question(visit: Visit, finding: Finding, line: int) -> Question:
    facts = {**finding.facts, "folder": str(visit.run.workspace.root)}
    text, proposal = (visit.words.say(f"lint.{finding.code}.{part}", **facts) for part in ("text", "proposal"))
    command = _CONFIRM.search(proposal)
    if command is None:
        return Question(finding.severity, text, proposal, line)
    said = f"{proposal[: command.start()].rstrip()}."
    return Question(finding.severity, text, said, line, visit.link(f"dates/{quote(command['item'])}"))


def _folders(visit: Visit) -> Iterator[Folder]:
    for folder, kind in _by_folder(visit.plan):
        sheet = RECORDS.get(kind)
        columns = tuple(_column(visit, field) for field in sheet.fields) if sheet else ()
        link = visit.link(f"settings/sheets/{_file_of(visit, sheet)}") if sheet else ""
        yield Folder(kind, folder, columns, link)


def _by_folder(plan: Plan) -> Iterator[tuple[str, str]]:
    for kind, folder in inbox_folders(plan.language).items():
        yield folder, kind


def _column(visit: Visit, field: Field) -> Column:
    choices = tuple(choice(visit.words, name) for name in field.choices)
    key = f"pages.settings.cell.{field.type}"
    hint = "" if choices or not visit.words.knows(key) else visit.words.say(key)
    return Column(heading(visit.words, field.name), field.required, choices, hint)


def _clock(visit: Visit) -> Clock:
    """Nothing about a plan that is shown frozen: its clock is ours."""
    if visit.site.frozen is not None:
        return Clock()
    try:
        refuse_doubtful_clock(visit.run)
    except LedgerError as error:
        if error.key == "ledger.clock_ahead":
            return Clock(error.text(visit.words.code), ahead=True)
        return _behind(visit, error)
    return Clock()


def _behind(visit: Visit, doubt: StaffelstabError) -> Clock:
    text = doubt.text(visit.words.code)
    try:
        return Clock(text, correction=would_correct(visit.run))
    except RecordError as error:
        return Clock(text, refused=error.text(visit.words.code))


def _missing(plan: Plan, walls: Walls) -> str:
    return plan.words.listed(plan.words.say(f"intake.wall_name.{wall}") for wall in walls.missing)


def _office(plan: Plan, office: str) -> Office | None:
    return next((item for item in plan.offices if item.id == office), None)


def _successor(plan: Plan, office: str) -> str:
    found = _office(plan, office)
    return name_of(plan, found.successor) if found and found.successor else ""

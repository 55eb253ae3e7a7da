"""Submissions: the register of papers and minutes, what lies in the inbox untaken and why, and rows nobody could read (U17)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from starlette.responses import Response

from pages.visit import Visit
from staffelstab.documents.rendering.characters import line
from staffelstab.language import Language
from staffelstab.legible import legible_name
from staffelstab.publishing.artifacts.working_folder import look
from staffelstab.publishing.dossier.phrasing import Phrasing
from staffelstab.submissions.case.contents import Case, Rejected, Submission
from staffelstab.submissions.case.left_lying import LyingThere

AT_ONCE = 100
"""So many lines are shown on a page."""
SHEETS = 50
"""So many rows of sheets are named."""


@dataclass(frozen=True, slots=True)
class Row:
    """A paper in the register, in words; `sure` says what the sender rests on, `remarks` what else is to be known."""

    ref: str
    address: str
    arrived: dt.datetime
    form: str
    sender: str
    sure: str
    call: str
    remarks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Left:
    """Something in the inbox that was not taken."""

    name: str
    since: dt.date
    why: str
    waits: bool


FILTERS: Mapping[str, Callable[[Submission], bool]] = {
    "all": lambda paper: True,
    "nameless": lambda paper: not (paper.sender or paper.unit or paper.automatic or paper.withdrawn or paper.newer),
    "doubted": lambda paper: paper.attribution == "contradicted" and not paper.withdrawn,
    "unread": lambda paper: not paper.readable,
    "care": lambda paper: bool(paper.notices or paper.parts_left_out),
    "late": lambda paper: paper.source == "papers" and (paper.late or paper.doubtful),
    "aside": lambda paper: bool(paper.automatic),
    "withdrawn": lambda paper: paper.withdrawn is not None,
}
"""What the register can be narrowed to, each by its word below `pages.submissions.filter`."""


def show(visit: Visit) -> Response:
    """The page."""
    run = visit.run
    with run.workspace.open(read_only=True) as ledger:
        case = visit.case(ledger)
    lying = look(run.workspace).left_lying
    everything = register(case)
    chosen = visit.asked.get("only", "all")
    chosen = chosen if chosen in FILTERS else "all"
    found = [paper for paper in everything if FILTERS[chosen](paper)]
    start = first_shown(visit.asked.get("from", ""), len(found), AT_ONCE)
    return visit.shown(
        "submissions",
        rows=[_row(visit, case, paper) for paper in found[start : start + AT_ONCE]],
        total=len(found),
        start=start,
        at_once=AT_ONCE,
        chosen=chosen,
        filters=[(name, sum(map(test, everything))) for name, test in FILTERS.items()],
        lying=[_left(visit, item) for item in lying.things],
        more_lying=lying.more,
        system=lying.system,
        sheets=[_rejected(visit.words, row) for row in case.rejected[:SHEETS]],
        more_sheets=max(0, len(case.rejected) - SHEETS),
    )


def register(case: Case) -> tuple[Submission, ...]:
    """Everything that was received as text, in the order of its arrival in the ledger."""
    return tuple(sorted((*case.papers, *case.minutes, *case.set_aside), key=lambda paper: paper.seq))


def remarks(visit: Visit, paper: Submission) -> tuple[str, ...]:
    """What is to be known of a paper beside who sent it and when, in a few words each."""
    words = visit.words
    is_paper = paper.source == "papers"
    own = [
        (not is_paper, "minutes"),
        (paper.late and is_paper, "late"),
        (paper.doubtful and is_paper, "doubtful"),
        (paper.automatic, "aside"),
        (paper.withdrawn, "withdrawn"),
    ]
    said = [words.say(f"pages.submissions.remark.{key}") for holds, key in own if holds]
    if paper.newer:
        said.append(words.say("pages.submissions.remark.newer", ref=paper.newer))
    if paper.waiting or not paper.readable:
        said.append(words.say(f"case.remark.{'waiting' if paper.waiting else 'unread'}"))
    said += [words.say(f"intake.remark.{notice}") for notice in paper.notices]
    if paper.parts_left_out:
        said.append(words.say("intake.parts_left_out", n=len(paper.parts_left_out)))
    return tuple(said)


def sender_of(visit: Visit, paper: Submission) -> tuple[str, str]:
    """Who sent a paper in words, and how sure that is, as a key below `pages.submissions.sure`."""
    sure = paper.attribution or ("stated" if paper.unit else "nobody")
    return Phrasing(visit.plan).author(paper), sure


def call_of(visit: Visit, paper: Submission) -> str:
    """To which call a paper belongs, by name; minutes belong to none."""
    return visit.plan.call(paper.call).name if paper.call and paper.source == "papers" else ""


def _row(visit: Visit, case: Case, paper: Submission) -> Row:
    who, sure = sender_of(visit, paper)
    return Row(
        ref=paper.ref,
        address=visit.link(f"submissions/{paper.ref}"),
        arrived=paper.arrived,
        form=paper.form.upper(),
        sender=line(who),
        sure=visit.words.say(f"pages.submissions.brief.{sure}"),
        call=call_of(visit, paper),
        remarks=remarks(visit, paper),
    )


def _left(visit: Visit, item: LyingThere) -> Left:
    since = item.since.astimezone(visit.plan.zone).date()
    return Left(legible_name(item.name), since, visit.words.say(f"intake.skipped.{item.reason}"), item.waits)


def _rejected(words: Language, row: Rejected) -> str:
    """A row that could not be taken: where it stands, and why."""
    key = f"case.row.{row.reason}"
    why = words.say(key, **{name: line(fact) for name, fact in row.facts.items()}) if words.knows(key) else ""
    return f"{words.say('pages.submissions.row', sheet=line(row.sheet), row=row.row)} {why}".strip()


def first_shown(given: str, total: int, at_once: int) -> int:
    """From which line on is shown, by what stands behind the address: the beginning of a page that there is."""
    wanted = int(given) if given.isascii() and given.isdigit() and len(given) < 8 else 0
    return min(wanted, max(0, total - 1)) // at_once * at_once

"""What was not taken or not wholly read, and what to do: for a dossier without a name, for the coordinator by name.

A dossier goes to a board and names nobody, and a file's name may be a person's; so it tells numbers (B07), folders and reasons.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby

from staffelstab.language import Language
from staffelstab.legible import legible_name
from staffelstab.submissions.case.contents import Case, Cautions, PartLeftOut, Rejected, Skipped, Submission

MOST = 20
"""So many numbers are told in a row."""

ROWS = 10
"""So many rows of a sheet that could not be taken are told one by one."""


def for_the_board(case: Case) -> list[str]:
    """The sentences of a dossier."""
    words = case.plan.words
    return [
        *(_passed_over(words, item) for item in case.skipped),
        *_by_notice(words, case.cautions),
        *_by_reason(words, case.cautions),
    ]


def concerned(case: Case) -> dict[str, str]:
    """The ids of papers, minutes and sheets with which something is the matter, by what people call them."""
    ids = {paper.ref: paper.id for paper in (*case.papers, *case.minutes)} | dict(case.sheets)
    refs = (
        *(paper.ref for paper in _unread(case)),
        *(item.ref for item in case.cautions),
        *(item.sheet for item in case.rejected),
    )
    return {ref: ids[ref] for ref in dict.fromkeys(refs)}


def by_name(case: Case, files: Mapping[str, str]) -> list[str]:
    """The sentences for the coordinator, paper by paper and sheet by sheet, with the names of what could not be read.

    `files` are the names under which they came in, by what people call them.
    """
    words = case.plan.words
    return [
        *(_unreadable(words, paper, files) for paper in _unread(case)),
        *(sentence for sheet, rows in groupby(case.rejected, _sheet) for sentence in _rows(words, sheet, files, rows)),
        *(sentence for item in case.cautions for sentence in _about(words, item)),
    ]


def _unread(case: Case) -> list[Submission]:
    """Papers and minutes of which nothing could be read."""
    everything = (*case.papers, *case.minutes)
    return [paper for paper in everything if not (paper.newer or paper.readable or paper.waiting)]


def _sheet(item: Rejected) -> str:
    return item.sheet


def _unreadable(words: Language, paper: Submission, files: Mapping[str, str]) -> str:
    what = words.say(f"intake.reason.{paper.reason or 'empty'}")
    return words.say("dossier.left_out.about", which=_called(words, paper.ref, paper.ref, files), what=what)


def _rows(words: Language, sheet: str, files: Mapping[str, str], rows: Iterable[Rejected]) -> Iterator[str]:
    """What of a sheet could not be taken."""
    found = list(rows)
    for item in found[:ROWS]:
        ref = words.say("dossier.left_out.row", sheet=sheet, row=item.row) if item.row else sheet
        facts = {name: legible_name(value) for name, value in item.facts.items()}
        what = words.say(f"intake.reason.{item.unread}" if item.unread else f"case.row.{item.reason}", **facts)
        yield words.say("dossier.left_out.about", which=_called(words, ref, sheet, files), what=what)
    if (more := len(found) - ROWS) > 0:
        yield words.say("dossier.left_out.more_rows", sheet=sheet, n=more)


def _called(words: Language, ref: str, paper: str, files: Mapping[str, str]) -> str:
    """A reference with the name under which its file came in, if that is known."""
    file = files.get(paper)
    return f"{ref} ({words.quoted(legible_name(file))})" if file else ref


def remarks(words: Language, notices: Iterable[str], parts: tuple[PartLeftOut, ...]) -> list[str]:
    """The same about one paper, as short as a register needs it."""
    short = [words.say(f"intake.remark.{notice}") for notice in notices if notice != "ocr"]
    return [*short, words.say("intake.parts_left_out", n=len(parts))] if parts else short


def by_notices(words: Language, notices: Iterable[str], parts: Iterable[PartLeftOut]) -> list[str]:
    """The same about one paper that is named already."""
    said = [words.say(f"intake.notice.{notice}") for notice in notices]
    named = [(words.quoted(part.name), words.say(f"intake.reason.{part.reason}")) for part in parts]
    return [*said, *(words.say("dossier.left_out.about", which=which, what=what) for which, what in named)]


def _passed_over(words: Language, item: Skipped) -> str:
    folder = words.say(f"records.folders.{item.source}")
    what = words.say(f"intake.skipped.{item.reason}")
    return words.say("dossier.left_out.passed_over", folder=folder, count=item.count, what=what)


def _by_notice(words: Language, cautions: Iterable[Cautions]) -> Iterator[str]:
    found = sorted((notice, number, item.ref) for number, item in enumerate(cautions) for notice in item.notices)
    for notice, group in groupby(found, key=lambda entry: entry[0]):
        which = _some(words, [ref for _, _, ref in group])
        yield words.say("dossier.left_out.about", which=which, what=words.say(f"intake.notice.{notice}"))


def _by_reason(words: Language, cautions: Iterable[Cautions]) -> Iterator[str]:
    found = sorted((part.reason, n, item.ref) for n, item in enumerate(cautions) for part in item.parts_left_out)
    for reason, group in groupby(found, key=lambda entry: entry[0]):
        refs = [ref for _, _, ref in group]
        which = _some(words, list(dict.fromkeys(refs)))
        what = words.say(f"intake.reason.{reason}")
        yield words.say("dossier.left_out.parts", which=which, count=len(refs), what=what)


def _about(words: Language, item: Cautions) -> Iterator[str]:
    for notice in item.notices:
        yield words.say("dossier.left_out.about", which=item.ref, what=words.say(f"intake.notice.{notice}"))
    for part in item.parts_left_out:
        which = f"{item.ref}, {words.quoted(part.name)}"
        yield words.say("dossier.left_out.about", which=which, what=words.say(f"intake.reason.{part.reason}"))


def _some(words: Language, refs: list[str]) -> str:
    row = ", ".join(refs[:MOST])
    return f"{row} {words.say('dossier.more', n=len(refs) - MOST)}" if len(refs) > MOST else row

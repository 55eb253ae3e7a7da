"""What was not taken or not wholly read, and what to do: for a dossier without a name, for the coordinator by name.

A dossier goes to a board and names nobody, and a file's name may be a person's; so it tells numbers (B07), folders and reasons.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from staffelstab.language import Language
from staffelstab.submissions.case.contents import Case, Cautions, PartLeftOut, Skipped

MOST = 20
"""So many numbers are told in a row."""


def for_the_board(case: Case) -> list[str]:
    """The sentences of a dossier."""
    words = case.plan.words
    return [
        *(_passed_over(words, item) for item in case.skipped),
        *_by_notice(words, case.cautions),
        *_by_reason(words, case.cautions),
    ]


def by_name(case: Case) -> list[str]:
    """The sentences for the coordinator, paper by paper, with the names of what could not be read."""
    words = case.plan.words
    return [sentence for item in case.cautions for sentence in _about(words, item)]


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

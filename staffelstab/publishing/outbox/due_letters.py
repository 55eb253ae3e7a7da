"""Every letter that is due, derived from the case and never stored: ask again and the same letters come.

Each occasion has its subject below `outbox.subject` in the catalogue and its text in `letters/<occasion>.txt.j2`, in each language.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from staffelstab.publishing.outbox.call_letters import call_letters, reminder_letters
from staffelstab.publishing.outbox.change_letters import moving_letters
from staffelstab.publishing.outbox.closing_letters import answer_letters, resubmission_letters
from staffelstab.publishing.outbox.distribution_letters import distribution_letters, publicity_letters
from staffelstab.publishing.outbox.letter import Letter
from staffelstab.publishing.outbox.report_letters import report_letters
from staffelstab.publishing.outbox.session_letters import paper_letters, result_letters
from staffelstab.submissions.case.contents import Case

OCCASIONS: Mapping[str, Callable[[Case], Iterator[Letter]]] = {
    "distribution": distribution_letters,
    "publicity": publicity_letters,
    "call": call_letters,
    "reminder": reminder_letters,
    "papers": paper_letters,
    "results": result_letters,
    "moved": moving_letters,
    "report": report_letters,
    "answer": answer_letters,
    "resubmission": resubmission_letters,
}
"""Every occasion of a letter and what writes its letters; their keys begin with the occasion."""


def due_letters(case: Case) -> tuple[Letter, ...]:
    """Every letter whose occasion has come by the case's moment, by day, then in the order of the occasions.

    Whoever drafts them keeps the keys and drafts each once. Calls, reminders, reports and resubmissions are due only until the
    deadline, the session or the next one overtakes them: late they would be wrong (U12, U16). All others are due late, too, and
    then speak of a day that is over as of one that is over.
    """
    found = (letter for letters in OCCASIONS.values() for letter in letters(case))
    return tuple(sorted(found, key=lambda letter: letter.day))

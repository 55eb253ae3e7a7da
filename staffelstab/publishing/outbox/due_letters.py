"""Every letter that is due, derived from the case and never stored: ask again and the same letters come."""

from __future__ import annotations

from collections.abc import Mapping

from staffelstab.phases.report import PhaseReport
from staffelstab.publishing.outbox.call_letters import call_letters, reminder_letters
from staffelstab.publishing.outbox.change_letters import moving_letters
from staffelstab.publishing.outbox.closing_letters import answer_letters, resubmission_letters
from staffelstab.publishing.outbox.distribution_letters import distribution_letters
from staffelstab.publishing.outbox.letter import Letter
from staffelstab.publishing.outbox.report_letters import report_letters
from staffelstab.publishing.outbox.session_letters import paper_letters, result_letters
from staffelstab.submissions.case.contents import Case


def due_letters(case: Case, surveys: Mapping[int, PhaseReport] | None = None) -> tuple[Letter, ...]:
    """Every letter whose occasion has come by the case's moment, by day, then in the order of the occasions.

    Whoever drafts them keeps the keys and drafts each once. Calls, reminders, reports and resubmissions are due only until the
    deadline, the session or the next one overtakes them: late they would be wrong (U12, U16). All others are due late, too, and
    then speak of a day that is over as of one that is over. `surveys` by phase number enrich the letters.
    """
    found = (
        *distribution_letters(case),
        *call_letters(case, surveys or {}),
        *reminder_letters(case),
        *paper_letters(case),
        *result_letters(case),
        *moving_letters(case),
        *report_letters(case),
        *answer_letters(case),
        *resubmission_letters(case),
    )
    return tuple(sorted(found, key=lambda letter: letter.day))

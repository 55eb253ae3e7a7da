"""What is known of a plan, kept in memory for whoever looks again: gathering everything received takes long, looking does not.

A case is made of the plan, the entries of the journal until a moment, and their contents; nothing else goes into it. So it holds as
long as the journal's last entry, by number and hash, and the plan are the same, it is the same day, and no entry was written with a
time that has only come since. All of that is looked at each time: whoever wrote, a form, a command in another process or a pass,
the next look knows it, and what was erased is let go with the entry that says so.
"""

from __future__ import annotations

import datetime as dt
import threading
from collections import OrderedDict, defaultdict
from dataclasses import dataclass, replace

from staffelstab.ledger.heads import Head
from staffelstab.ledger.store import Ledger
from staffelstab.service.phase_run import Run
from staffelstab.submissions.case.contents import Case

MOST = 100_000_000
"""So many bytes, about, are kept of all plans together; the case looked at last always is."""
_EACH = 400
"""So many bytes, about, a paragraph takes beside its text, and a row of a sheet."""


@dataclass(frozen=True, slots=True)
class _Kept:
    case: Case
    head: Head
    until: dt.datetime | None
    size: int

    def holds(self, run: Run, head: Head) -> bool:
        """Whether a case gathered now for this run, whose journal ends so, would be the same but for its moment."""
        case = self.case
        since = case.now <= run.now and (self.until is None or run.now < self.until)
        return (
            self.head == head
            and since
            and case.today == run.now.astimezone(run.plan.zone).date()
            and case.plan == run.plan
        )


class KeptCases:
    """The last case of each plan that was looked at, the one longest unseen let go first. May be shared by threads."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._kept: OrderedDict[str, _Kept] = OrderedDict()
        self._one = threading.Lock()
        self._gathering: defaultdict[str, threading.Lock] = defaultdict(threading.Lock)

    def case(self, run: Run, ledger: Ledger) -> Case:
        """What is known at the run's moment, as `Run.case` has it.

        Of two who ask at once for the same plan one waits for what the other gathers. Raises LedgerError.
        """
        place = str(run.workspace.ledger)
        with self._gathering[place]:
            head = (
                ledger.newest()
            )  # before anything else is read: what is written meanwhile is gathered at the next look
            known = self._find(place)
            if known is None or not known.holds(run, head):
                self._let_go(place)
                known = self._keep(place, run.case(ledger), head, ledger.next_time(run.now))
            return known.case if known.case.now == run.now else replace(known.case, now=run.now, incomplete=False)

    def _find(self, place: str) -> _Kept | None:
        with self._one:
            known = self._kept.get(place)
            if known is not None:
                self._kept.move_to_end(place)
            return known

    def _let_go(self, place: str) -> None:
        with self._one:
            self._kept.pop(place, None)

    def _keep(self, place: str, case: Case, head: Head, until: dt.datetime | None) -> _Kept:
        made = _Kept(case, head, until, _size(case))
        with self._one:
            self._kept[place] = made
            while len(self._kept) > 1 and sum(known.size for known in self._kept.values()) > self._most:
                self._kept.popitem(last=False)
        return made


CASES = KeptCases()


def _size(case: Case) -> int:
    """How many bytes a case takes, about: nearly all of it is what people wrote."""
    papers = (*case.papers, *case.minutes, *case.set_aside)
    written = sum(2 * len(statement.text) + _EACH for paper in papers for statement in paper.statements)
    return written + _EACH * (len(papers) + 4 * len(case.rows) + len(case.rejected))

"""What a phase makes of everything received, kept in memory as long as nothing was entered: of many papers it takes seconds."""

from __future__ import annotations

import threading
from collections import OrderedDict

from staffelstab.ledger.store import Ledger
from staffelstab.phases.report import PhaseReport
from staffelstab.service.phase_run import Run
from staffelstab.service.survey import survey_of
from staffelstab.submissions.case.contents import Case

MOST = 16
"""So many reports are kept."""


class KeptSurveys:
    """The last report of each phase that was looked at. May be shared by threads."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[str, str], tuple[object, PhaseReport]] = OrderedDict()
        self._one = threading.Lock()

    def survey(self, run: Run, ledger: Ledger, case: Case) -> PhaseReport:
        """The phase's report on a case that was gathered from this ledger at the run's moment.

        A report also goes by the day it is; within one it stands as long as ledger and plan are what they were. Two who ask at
        once are answered one after the other. Raises RecordError for a codebook that cannot be used.
        """
        place = (str(run.workspace.ledger), run.of.id)
        state = (ledger.newest().hash, case.last_seq, run.edition, case.today)
        with self._one:
            known = self._kept.get(place)
            if known is None or known[0] != state:
                self._kept.pop(place, None)
                known = self._kept[place] = (state, survey_of(run, case))
                while len(self._kept) > MOST:
                    self._kept.popitem(last=False)
            return known[1]


SURVEYS = KeptSurveys()

"""Ideas: what papers and sheets propose, each tied to findings or flagged (R84–R87)."""

from __future__ import annotations

import datetime as dt

from staffelstab.service.pass_work import PhaseOutcome
from tasks.begin import begin
from tasks.decorators import procedure
from tasks.examine import check_ideas, find_unused, register_ideas, tie_ideas
from tasks.phase import compile_dossier, conclude, gather, hand_off


@procedure("ideas", called="phase")
def ideas(phase: int, now: dt.datetime | None = None) -> PhaseOutcome:
    """Gather the ideas, tie them to findings, and show who took part."""
    run = begin(phase, now)
    case = gather(run)
    calls = register_ideas(run, case)
    tied = tie_ideas(run, case)
    unused = find_unused(run, case, calls)
    report = check_ideas(run, case, calls, tied, unused)
    compiled = compile_dossier(run, case, report)
    handed = hand_off(run, case, report)
    return conclude(run, case, report, compiled, handed)

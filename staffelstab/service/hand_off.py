"""Hand-off: when the gate is open, the baton, once.

The moment of hand-over is entered first; the bag is then made of what the journal held before that entry. A run that was killed
in between and repeated, at the same moment or tomorrow, arrives at the very same bytes, whatever has come in meanwhile. The bag
names that entry, number and hash: a copy of it somewhere else vouches for the ledger as it then was.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from staffelstab.documents.rendering.characters import json_text, line
from staffelstab.documents.rendering.manuscript import Manuscript
from staffelstab.documents.rendering.render import FORMATS
from staffelstab.documents.rendering.spreadsheet import as_csv
from staffelstab.ledger.entries import ALL_PRINTED, Sealed, Unprinted
from staffelstab.ledger.store import Ledger
from staffelstab.ledger.values import Entry
from staffelstab.phases.gate import GateState, gate
from staffelstab.phases.report import PhaseReport
from staffelstab.publishing.baton.packing import pack
from staffelstab.publishing.baton.reference import HEAD, Baton
from staffelstab.publishing.dossier.annex import annex, whole
from staffelstab.publishing.dossier.assemble import dossier
from staffelstab.publishing.dossier.phrasing import Phrasing
from staffelstab.service.compile_dossier import (
    frozen_files,
    handed_without,
    keep_manuscript,
    unprinted_of,
    write_report,
)
from staffelstab.service.phase_run import Run, baton_name, predecessor
from staffelstab.service.survey import survey_of
from staffelstab.submissions.case.contents import Case, Decision
from staffelstab.timetable.plan.actors import name_of


@dataclass(frozen=True, slots=True)
class HandOff:
    """Where the phase stands before its gate, and its baton once it has handed over.

    `now` is the entry of the hand-over if this run made it; `unprinted` is what is missing of the report that went into the baton.
    """

    gate: GateState
    baton: Baton | None = None
    now: Entry | None = None
    unprinted: Unprinted = ALL_PRINTED


def hand_off(run: Run, case: Case, report: PhaseReport) -> HandOff:
    """Hand over if the gate is open. Raises BatonError, RenderError, LedgerError."""
    state = gate(case, run.of, report)
    with run.workspace.open() as ledger:
        entry = ledger.find(f"handed_over:{run.of.number}")
        if entry is not None:
            return HandOff(state)
        sealed = ledger.find(f"sealed:{run.of.number}")
        if sealed is None and not state.open:
            return HandOff(state)
        if sealed is None:
            sealed = ledger.append(
                "sealed",
                at=run.now,
                office=run.office,
                phase=run.of.id,
                key=f"sealed:{run.of.number}",
                facts={"debts": state.debts},
            )
        baton, unprinted = _pack(run, ledger, sealed)
        if run.plan.session_of(run.of) is None:
            write_report(run, run.workspace.report(run.of))
        handed = ledger.append(
            "handed_over",
            at=run.now,
            office=run.office,
            phase=run.of.id,
            key=f"handed_over:{run.of.number}",
            facts={"number": run.of.number, "hash": baton.hash, "debts": Sealed.of(sealed).debts},
        )
    return HandOff(state, baton, now=handed, unprinted=unprinted)


def _pack(run: Run, ledger: Ledger, sealed: Entry) -> tuple[Baton, Unprinted]:
    """The baton, and what is missing of the report in it, which is final with it."""
    case = run.case(ledger, sealed)
    report = survey_of(run, case)
    files, unprinted = _dossier(run, ledger, case, report)
    baton = pack(
        run.workspace.batons / baton_name(run.of),
        {
            **files,
            **_account(case, report),
            "plan.toml": run.workspace.plan_file.read_bytes(),
        },
        info={
            "Source-Organization": line(run.plan.organisation),
            "External-Identifier": f"{run.plan.id}/{run.of.id}",
            "External-Description": line(f"{run.plan.title}: {run.of.name}"),
            "Contact-Name": line(name_of(run.plan, run.office)),
            HEAD: f"{sealed.seq} {sealed.hash}",
        },
        predecessor=predecessor(run, ledger),
        on=case.today,
        language=run.plan.language,
    )
    return baton, unprinted


def _dossier(run: Run, ledger: Ledger, case: Case, report: PhaseReport) -> tuple[dict[str, bytes], Unprinted]:
    """The files of the dossier, and what is missing of a report, which is final with the hand-over."""
    session = run.plan.session_of(run.of)
    files: Mapping[str, bytes] = frozen_files(ledger, session.id) if session else {}
    unprinted = ALL_PRINTED
    if not files and session:
        files = whole(dossier(case, report, session, final=False), annex(report)).files
    elif not files:
        files, unprinted = _report(run, ledger, dossier(case, report, None, final=True), report)
    return {f"dossier/dossier.{name}": data for name, data in files.items()}, unprinted


def _report(
    run: Run, ledger: Ledger, manuscript: Manuscript, report: PhaseReport
) -> tuple[Mapping[str, bytes], Unprinted]:
    """The report in the formats that can be made; if one cannot, its manuscript is kept, before there is a baton.

    A run that was killed after that and is repeated makes the same baton, though the format could be printed now.
    """
    before = handed_without(ledger, run.of)
    done = whole(manuscript, annex(report), [name for name in FORMATS if name not in before.formats])
    found = unprinted_of(done)
    if found.formats and not before.formats:
        with ledger.writing() as transaction:
            keep_manuscript(run, transaction, manuscript, found)
    return done.files, Unprinted((*before.formats, *found.formats), found.passages)


def _account(case: Case, report: PhaseReport) -> dict[str, bytes]:
    """Tables and notes as they stood at the moment of hand-over, readable without any software of ours (R22)."""
    files = {f"tables/{name}.csv": as_csv(rows) for name, rows in report.tables.items()}
    phrasing = Phrasing(case.plan)
    notes = [{"level": note.level, "key": note.key, "text": phrasing.note(note)} for note in report.notes]
    files["notes.json"] = _json(notes)
    files["figures.json"] = _json(dict(report.counts))
    session = case.plan.session_of(report.phase)
    decision = case.decision(session.id) if session else None
    if session and decision:
        files["decision.json"] = _json(_decision(decision))
    return files


def _decision(decision: Decision) -> dict[str, object]:
    """A decision with both its days, and what it corrected."""
    corrected = {"corrects": _decision(decision.former)} if decision.former else {}
    return {
        "session": decision.session,
        "met": decision.day.isoformat(),
        "at": decision.at.isoformat(),
        "outcome": decision.outcome,
        "vote": {"yes": decision.vote.yes, "no": decision.vote.no, "abstentions": decision.vote.abstentions},
        "notes": list(decision.notes),
        "assumed": decision.assumed,
        **corrected,
    }


def _json(value: object) -> bytes:
    return f"{json_text(value, 2, sort_keys=True)}\n".encode()

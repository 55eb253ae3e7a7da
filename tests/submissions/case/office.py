"""A coordinator's office in a temporary folder: files are dropped at a moment, passes look at another, the case tells."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from staffelstab.submissions.case.contents import Case, Submission
from staffelstab.submissions.case.gather import gather
from staffelstab.submissions.case.receive import Intake, receive
from staffelstab.timetable.plan.model import Plan
from staffelstab.workspace import Workspace
from tests.conftest import at


@dataclass(frozen=True, slots=True)
class Office:
    """The working folder of the party's example, from the vote on. Moments are wall times in Berlin."""

    workspace: Workspace
    plan: Plan

    def drop(self, path: str, content: bytes | str, moment: str) -> Path:
        """Put a file into the inbox that was changed last at `moment`."""
        file = self.workspace.inbox / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode() if isinstance(content, str) else content)
        seconds = at(moment).timestamp()
        os.utime(file, (seconds, seconds))
        return file

    def look(self, moment: str) -> Intake:
        """One pass: receive, and note that it was here."""
        with self.workspace.open() as ledger:
            intake = receive(self.workspace, ledger, self.plan, at(moment), "koordination")
            ledger.append("pass", at=at(moment))
        return intake

    def case(self, moment: str = "2018-12-31") -> Case:
        """What is known at a moment."""
        with self.workspace.open(read_only=True) as ledger:
            return gather(ledger, self.plan, at(moment))

    def only_paper(self) -> Submission:
        """The one paper there is."""
        [paper] = self.case().papers
        return paper

    def kinds(self) -> dict[str, int]:
        """How many entries of each kind the ledger has."""
        with self.workspace.open(read_only=True) as ledger:
            kinds = [entry.kind for entry in ledger.entries()]
        return {kind: kinds.count(kind) for kind in sorted(set(kinds))}


def sheet(*rows: str) -> str:
    """A sheet as CSV."""
    return "\n".join(rows) + "\n"


def texts(paper: Submission) -> list[str]:
    """The statements of a paper."""
    return [statement.text for statement in paper.statements]

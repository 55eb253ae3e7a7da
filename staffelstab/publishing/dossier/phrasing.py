"""How a dossier names things: papers, sources, people's choices, in the plan's language."""

from __future__ import annotations

import re
from collections.abc import Iterable

from staffelstab.language import Fact
from staffelstab.phases.concept.provenance import Source
from staffelstab.phases.report import Note
from staffelstab.publishing.dossier.left_out import remarks
from staffelstab.submissions.case.contents import Decision, Submission
from staffelstab.submissions.records.sheets import choice
from staffelstab.timetable.plan.actors import name_of
from staffelstab.timetable.plan.model import Count, Plan
from staffelstab.timetable.plan.when import When

NUMBERS = frozenset({"record", "ref", "finding", "idea", "trial"})
"""Facts of notes that come from a sheet's cells."""
NUMBER = re.compile(r"[^\W\d_]{1,3}-?\d{1,4}(\.\d{1,4})?")


class Phrasing:
    """What templates call to name things. `discreet`, for the Prefect UI: cells of sheets are repeated only if they are numbers."""

    def __init__(self, plan: Plan, *, discreet: bool = False) -> None:
        self._plan = plan
        self._words = plan.words
        self._roles = {role.id: role.name for role in plan.roles}
        self._discreet = discreet

    def name(self, actor: str) -> str:
        """The name of an office, body or unit."""
        return name_of(self._plan, actor) if actor else ""

    def names(self, actors: tuple[str, ...]) -> str:
        """Several of them in a row."""
        return self._words.listed(self.name(actor) for actor in actors)

    def role(self, role: str) -> str:
        """The name of a role."""
        return self._roles.get(role, role)

    def heads(self, first: str, roles: tuple[str, ...]) -> list[str]:
        """The heads of a table with a column per role."""
        return [first, *(self.role(role) for role in roles)]

    def author(self, paper: Submission) -> str:
        """Who speaks in a paper: the sender's office, or for minutes the unit and role."""
        if paper.source == "interviews" and paper.unit:
            return ", ".join(filter(None, (self.name(paper.unit), self.role(paper.role))))
        return paper.sender.name if paper.sender else self._words.say("dossier.nameless")

    def remarks(self, paper: Submission) -> list[str]:
        """What a register says of a paper beside who sent it and when: how far it was read, and how sure the sender is."""
        said = []
        if paper.waiting or not (paper.readable or paper.withdrawn):
            said.append("waiting" if paper.waiting else "unread")
        if paper.attribution in ("contradicted", "confirmed"):
            said.append(paper.attribution)
        return [self._words.say(f"case.remark.{key}") for key in said]

    def set_aside(self, papers: Iterable[Submission], most: int) -> str:
        """What programs sent and is nobody's contribution; "" if there is nothing."""
        found = list(papers)
        if not found:
            return ""
        shown = [
            self._words.say(
                "case.set_aside.paper" if paper.sender else "case.set_aside.nameless",
                ref=paper.ref,
                what=self._words.say(f"case.automatic.{paper.automatic}"),
                who=self.author(paper),
            )
            for paper in found[:most]
        ]
        return self._words.say("case.set_aside.said", n=len(found), which=self.some(shown, most))

    def some(self, refs: Iterable[str], most: int) -> str:
        """References in a row as far as one reads them, and how many more there are."""
        found = list(refs)
        row = ", ".join(found[:most])
        return f"{row} {self._words.say('dossier.more', n=len(found) - most)}" if len(found) > most else row

    def origin(self, source: Source) -> str:
        """A source in brackets' length: B07.3 (Beisitz 3); a record by its number alone."""
        return f"{source.ref} ({self.author(source.paper)})" if source.paper else source.ref

    def origins(self, sources: tuple[Source, ...]) -> str:
        """Several sources in a row."""
        return "; ".join(self.origin(source) for source in sources)

    def cautions(self, paper: Submission) -> list[str]:
        """What to know about the reading of a paper, in a few words each."""
        return remarks(self._words, paper.notices, paper.parts_left_out)

    def choice(self, word: str | None) -> str:
        """The plan's word for a choice; "—" if none was made."""
        return choice(self._words, word) if word else "—"

    def status(self, status: str) -> str:
        """The word for the state of a talk."""
        return self._words.say(f"analysis.status.{status}")

    def perspective(self, perspective: str) -> str:
        """The name of a perspective."""
        return next((item.name for item in self._plan.perspectives if item.id == perspective), perspective)

    def perspectives(self, perspectives: frozenset[str]) -> str:
        """Several perspectives in the plan's order."""
        return self._words.listed(item.name for item in self._plan.perspectives if item.id in perspectives)

    def votes(self, vote: Count, *, whole: bool = False) -> str:
        """A vote as far as it is known, "" if nothing is; `whole` says what is not known, and nothing is computed (R14)."""
        counts = {"yes": vote.yes, "no": vote.no, "abstentions": vote.abstentions}
        known = [
            self._words.say(f"dossier.vote.{name}", n=count) for name, count in counts.items() if count is not None
        ]
        unknown = [self._words.say(f"dossier.vote_unknown.{name}") for name, count in counts.items() if count is None]
        told = self._words.listed(known)
        if not (whole and known and unknown):
            return told
        return f"{told}; {self._words.say('dossier.vote_unknown.said', what=self._words.listed(unknown))}"

    def outcome(self, decision: Decision) -> str:
        """What a session did, with its votes as far as they are known."""
        said = self._words.say(f"dossier.outcome.{decision.outcome}")
        votes = self.votes(decision.vote)
        return self._words.say("dossier.decided", outcome=said, votes=votes) if votes else said

    def corrected(self, decision: Decision) -> str:
        """That an entry was corrected, on which day, and what stood there before; "" if it was not."""
        former = decision.former
        if former is None:
            return ""
        same = (former.outcome, former.vote, former.assumed) == (decision.outcome, decision.vote, decision.assumed)
        key = "dossier.corrected_points" if same else "dossier.corrected"
        return self._words.say(key, on=decision.at.date(), what=self.outcome(former))

    def note(self, note: Note) -> str:
        """A note as a sentence."""
        facts = {name: self._number(fact) if name in NUMBERS else fact for name, fact in note.facts.items()}
        if note.key == "unread":
            facts["reason"] = self._words.say(f"intake.reason.{facts['reason']}")
        return self._words.say(f"phases.note.{note.key}", **facts)

    def _number(self, fact: Fact) -> Fact:
        """What a sheet gives as a number; to the discreet anything else could be a name or a text."""
        if not self._discreet or NUMBER.fullmatch(str(fact)):
            return fact
        return self._words.say("dossier.unnumbered")

    def how(self, note: Note) -> str:
        """What the coordinator can do about a note, where there is a command for it; not for the board's eyes."""
        key = f"phases.how.{note.key}"
        return f" {self._words.say(key, **note.facts)}" if self._words.knows(key) else ""

    def day(self, when: When) -> str:
        """A day in a title or in passing; one that is still to be confirmed says so. Raises ValueError if there is none."""
        day = self._words.day(when.day)
        return self._words.say("dossier.when.expected", day=day) if when.unsettled else day

    def when(self, when: When) -> str:
        """A date with what is known about it: never an uncertain one as a fact (U4)."""
        if when.candidates and (when.date is None or when.status == "unknown"):
            return self._words.say(
                "dossier.when.unknown_candidates",
                days=self._words.listed(self._words.day(item) for item in when.candidates),
            )
        if when.date is None:
            return self._words.say(f"dossier.when.{when.status}")
        day = self._words.day(when.date)
        if when.candidates:
            return self._words.say(
                "dossier.when.proposed",
                day=day,
                days=self._words.listed(self._words.day(item) for item in when.candidates),
            )
        if when.former and when.former != when.date:
            return self._words.say("dossier.when.moved", day=day, former=when.former)
        if when.status in {"derived", "assumed"}:
            return self._words.say(f"dossier.when.{when.status}", day=day)
        return day

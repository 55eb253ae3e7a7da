"""How well a draft does beside what a person wrote down, kind by kind: `python -m tests.timetable.draft.score` prints the table."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from staffelstab.timetable.draft.compose import draft_of
from staffelstab.timetable.draft.guess import language_of
from staffelstab.timetable.draft.resolution_text import receive
from staffelstab.timetable.draft.write import toml_of
from staffelstab.timetable.plan.actors import folded, name_of
from staffelstab.timetable.plan.load import load_plan, plan_from
from staffelstab.timetable.plan.model import Plan, Session
from staffelstab.timetable.plan.when import When
from tests.conftest import ROOT

TIMETABLES = Path(__file__).with_name("timetables")
SEED = ROOT / "examples/mitgliederarbeit-2018"
UNSEEN = Path(__file__).with_name("unseen")
FOREIGN = ("party.txt", "union.md", "city.txt")
LATER = ("synod.txt", "ngo.md", "coop.txt", "club.txt", "senate.txt")

Facts = dict[str, set[str]]


@dataclass(frozen=True, slots=True)
class Score:
    """One kind of item: what was right, what was missed, what stands in the draft and not in the gold."""

    right: frozenset[str]
    missed: frozenset[str]
    wrong: frozenset[str]

    @property
    def recall(self) -> float:
        """Share of the gold's values that the draft has."""
        return len(self.right) / ((len(self.right) + len(self.missed)) or 1) if self.right or self.missed else 1.0

    @property
    def precision(self) -> float:
        """Share of the draft's values that the gold has."""
        return len(self.right) / ((len(self.right) + len(self.wrong)) or 1) if self.right or self.wrong else 1.0


def facts(plan: Plan) -> Facts:
    """What a plan says, as short lines by kind."""
    found: Facts = {}
    for kind, value in _facts(plan):
        found.setdefault(kind, set()).add(folded(value))
    return found


def _facts(plan: Plan) -> Iterator[tuple[str, str]]:
    yield "title", plan.title
    yield "state", plan.state
    yield from _sheet(plan)
    yield from (("recipient", item.name) for item in plan.recipients)
    for phase in plan.phases:
        yield "phase", f"{phase.number} {phase.name}"
        yield "phase_kind", f"{phase.number} {phase.kind}"
        yield "phase_date", f"{phase.number} start {_day(phase.start)}"
        yield "phase_date", f"{phase.number} end {_day(phase.end)}"
        if phase.overview:
            yield "overview", f"{phase.number} {phase.overview}"
    for session in plan.sessions:
        yield from _session(plan, session)
    for call in plan.calls:
        yield "call", f"{call.phase} {'?' if call.deadline.rule else _day(call.deadline)}"
        yield from (("audience", f"{call.phase} {name_of(plan, actor)}") for actor in call.audience.adopted)
    yield from (("event", event.date.day.isoformat() if event.date.date else "undated") for event in plan.events)
    for table in ("offices", "bodies", "groups", "roles", "perspectives", "materials", "responsibilities"):
        kind = {"bodies": "body", "responsibilities": "responsibility"}.get(table, table.removesuffix("s"))
        yield from (
            (kind, item.short if table == "roles" and item.short.isupper() else item.name)
            for item in getattr(plan, table)
        )
    yield from (("hearing", f"{item.phase} {name_of(plan, item.group)}") for item in plan.hearings)
    if plan.occasion:
        yield "resubmission", plan.occasion.name


def _sheet(plan: Plan) -> Iterator[tuple[str, str]]:
    sheet = plan.resolution
    yield "adopted", sheet.date.isoformat()
    counted = {"yes": sheet.vote.yes, "no": sheet.vote.no, "abstentions": sheet.vote.abstentions}
    yield "vote", " ".join([sheet.vote.result, *(f"{name} {n}" for name, n in counted.items() if n is not None)])
    for name in ("text", "grounds", "publicity", "further_measures", "finances", "coordinated_with"):
        if said := getattr(sheet, name):
            yield "sheet", f"{name}: {said}"
    if sheet.responsible and sheet.responsible.quote:
        yield "sheet", f"responsible: {name_of(plan, sheet.responsible.office)}"
    if sheet.certified.office:
        yield (
            "sheet",
            f"certified: {sheet.certified.place} {sheet.certified.date} {name_of(plan, sheet.certified.office)}",
        )


def _session(plan: Plan, session: Session) -> Iterator[tuple[str, str]]:
    day = _day(session.date)
    yield "session", day
    yield "session_body", f"{day.rstrip('?')} {name_of(plan, session.body)}"
    yield "session_item", f"{day.rstrip('?')} {session.item}"
    yield "session_phase", f"{day.rstrip('?')} {session.phase}"


def _day(when: When) -> str:
    if when.date is None:
        return when.status
    return when.date.isoformat() + ("" if when.certain else "?")


def drafted(file: Path) -> Plan:
    """The draft of a resolution, loaded as a plan."""
    text = receive(file).text
    draft, _ = draft_of(text, language_of(text))
    assert draft is not None
    return plan_from(toml_of(draft, language_of(text)))


def gold_of(file: Path) -> Facts:
    """What a person wrote down about a timetable; kinds that they did not look at are absent."""
    raw: Mapping[str, object] = tomllib.loads(file.read_text(encoding="utf-8"))
    return {kind: {folded(str(value)) for value in values} for kind, values in raw.items() if isinstance(values, list)}


def compare(found: Facts, gold: Facts) -> dict[str, Score]:
    """A score for every kind of the gold."""
    return {
        kind: Score(
            frozenset(wanted & found.get(kind, set())),
            frozenset(wanted - found.get(kind, set())),
            frozenset(found.get(kind, set()) - wanted),
        )
        for kind, wanted in gold.items()
    }


def seed_scores(file: Path = SEED / "resolution.txt") -> dict[str, Score]:
    """The draft of the seed beside the plan written by hand."""
    gold = facts(load_plan(SEED))
    return compare(facts(drafted(file)), gold)


@cache
def foreign_scores(name: str) -> dict[str, Score]:
    """The draft of one of the other timetables beside its gold."""
    file = (TIMETABLES if name in FOREIGN else UNSEEN) / name
    return compare(facts(drafted(file)), gold_of(file.with_suffix(".gold.toml")))


def table(scores: Mapping[str, Score], details: bool = False) -> str:
    """Recall and precision of each kind, in percent; with `details` what was missed (-) and what was too much (+)."""
    lines = [f"{'':16}{'recall':>8}{'precision':>11}"]
    for kind, score in scores.items():
        lines.append(f"{kind:16}{score.recall:8.0%}{score.precision:11.0%}")
        if details:
            lines += [f"    - {item[:110]}" for item in sorted(score.missed)]
            lines += [f"    + {item[:110]}" for item in sorted(score.wrong)]
    return "\n".join(lines)


if __name__ == "__main__":
    print(f"mitgliederarbeit-2018\n{table(seed_scores(), details=True)}")  # noqa: T201 -- a tool for the terminal
    for timetable in FOREIGN + LATER:
        print(f"\n{timetable}\n{table(foreign_scores(timetable), details=True)}")  # noqa: T201 -- as above

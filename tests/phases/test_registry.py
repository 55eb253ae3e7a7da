"""The table of kinds is complete: plan, flows, templates and catalogue know every kind, and every word it can need."""

from __future__ import annotations

import ast
import importlib
import inspect
from collections.abc import Iterator, Mapping
from dataclasses import replace
from string import Formatter
from types import ModuleType

import pytest
from msgspec.structs import replace as replaced

from flows.daily_pass import PHASES
from staffelstab.language import LANGUAGES, Language
from staffelstab.phases.gate import gate
from staffelstab.phases.kinds import finalisation
from staffelstab.phases.methods.codebook import Codebook
from staffelstab.phases.registry import PHASE_KINDS, PhaseKind
from staffelstab.phases.report import ReportOf, note
from staffelstab.publishing.artifacts.phase_overview import overview
from staffelstab.publishing.dossier.assemble import dossier
from staffelstab.submissions.case.contents import Case
from staffelstab.submissions.records.typed_records import Idea
from staffelstab.timetable.plan.consistency import KINDS
from staffelstab.timetable.plan.model import Phase
from staffelstab.timetable.vocabulary.words import words
from tests.conftest import ROOT, at
from tests.phases.made_cases import PLAN
from tests.submissions.records.made import holding, record

every_kind = pytest.mark.parametrize("kind", PHASE_KINDS.values(), ids=PHASE_KINDS)
every_language = pytest.mark.parametrize("language", LANGUAGES)

NOW = at("2018-08-17 08:00")


def module_of(kind: PhaseKind) -> ModuleType:
    module = inspect.getmodule(kind.make)
    assert module is not None
    return module


def phase_of(kind: PhaseKind) -> Phase:
    """A phase of this kind: the party's own, or one that might be."""
    own = (phase for phase in PLAN.phases if phase.kind == kind.name)
    return next(own, replaced(PLAN.phases[-1], kind=kind.name))


def calls(module: ModuleType, name: str) -> Iterator[ast.Call]:
    """Where a module calls the function of this name."""
    for node in ast.walk(ast.parse(inspect.getsource(module))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name:
            yield node


def helpers(module: ModuleType) -> Iterator[ModuleType]:
    """The modules beside it whose notes it hands on: `hearings.notes(…)`."""
    for node in ast.walk(ast.parse(inspect.getsource(module))):
        match node:
            case ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr="notes")):
                yield getattr(module, name)


def keys(node: ast.expr, declared: tuple[str, ...]) -> set[str]:
    """The keys an argument can be; of one put together (`f"unmet_{key}"`) those declared that begin like it."""
    match node:
        case ast.Constant(value=str(key)):
            return {key}
        case ast.IfExp(body=body, orelse=other):
            return keys(body, declared) | keys(other, declared)
        case ast.JoinedStr(values=[ast.Constant(value=str(beginning)), *_]):
            return {key for key in declared if key.startswith(beginning)}
    raise AssertionError(f"a key nobody can know beforehand: {ast.unparse(node)}")


def emitted(module: ModuleType, declared: tuple[str, ...]) -> dict[str, set[str]]:
    """Every note the code can write, with the facts it is given each time."""
    found: dict[str, set[str]] = {}
    for call in calls(module, "note"):
        facts = {word.arg for word in call.keywords if word.arg}
        for key in keys(call.args[1], declared):
            found[key] = found.get(key, facts) & facts
    for helper in helpers(module):
        found |= emitted(helper, declared)
    return found


def test_plan_table_and_flows_name_the_same_kinds_in_the_same_order() -> None:
    assert tuple(PHASE_KINDS) == KINDS == tuple(PHASES)


@every_kind
def test_a_kind_has_a_flow_of_its_name(kind: PhaseKind) -> None:
    flow = getattr(importlib.import_module(f"flows.{kind.name}"), kind.name)

    assert flow.name == kind.name
    assert PHASES[kind.name] is flow


@every_language
@every_kind
def test_a_kind_is_shown_in_each_language_from_its_first_day_on(kind: PhaseKind, language: str) -> None:
    """Dossier and overview of a phase of which nothing is known yet."""
    case = Case(replaced(PLAN, language=language), NOW)
    phase = phase_of(kind)
    report = kind.survey(case, phase, Codebook.default(language))

    assert dossier(case, report, case.plan.session_of(phase), final=False).markdown.count("\n# ") > 5
    assert overview(case, report, gate(case, phase, report)).startswith("# ")


@every_language
@every_kind
def test_a_draft_can_guess_a_kind_by_words_of_each_language(kind: PhaseKind, language: str) -> None:
    assert words(f"phases.kinds.{kind.name}", language)


@every_kind
def test_the_page_about_plans_says_what_is_done_in_each_kind(kind: PhaseKind) -> None:
    assert f"\n| `{kind.name}` | " in (ROOT / "docs/plan.md").read_text(encoding="utf-8")


@every_language
@every_kind
def test_every_count_and_note_has_its_words(kind: PhaseKind, language: str) -> None:
    language_words = Language(language)
    needed = [f"overview.count.{key}" for key in kind.counts] + [f"phases.note.{key}" for key in kind.notes]

    assert [key for key in needed if not language_words.knows(key)] == []


@every_kind
def test_what_a_kind_declares_is_what_its_code_can_say(kind: PhaseKind) -> None:
    assert set(emitted(module_of(kind), kind.notes)) == set(kind.notes)


@every_kind
def test_every_survey_of_a_kind_counts_what_it_declares(kind: PhaseKind) -> None:
    assert tuple(kind.survey(Case(PLAN, NOW), phase_of(kind), Codebook.default("de")).counts) == kind.counts


@every_kind
def test_what_an_assumed_kind_asks_for_is_a_question_and_no_duty(kind: PhaseKind) -> None:
    """A draft guessed "analysis", and the papers called needs nobody had resolved to rate a duty not met."""
    assumed = replaced(phase_of(kind), kind_assumed=True)
    said, supposed = (
        kind.survey(Case(PLAN, NOW), phase, Codebook.default("de")).notes for phase in (phase_of(kind), assumed)
    )

    assert supposed[0] == note("ask", "kind_assumed", kind=kind.name)
    assert [(item.key, item.facts) for item in supposed[1:]] == [(item.key, item.facts) for item in said]
    assert [item.level for item in supposed[1:]] == ["ask" if item.key in kind.duties else item.level for item in said]
    assert set(kind.duties) <= set(kind.notes)


@every_language
def test_an_assumed_kind_has_its_words(language: str) -> None:
    assert "analysis" in Language(language).say("phases.note.kind_assumed", kind="analysis")


@every_language
@every_kind
def test_a_note_is_given_the_facts_its_words_ask_for(kind: PhaseKind, language: str) -> None:
    """Conditions bring their own facts: see the next test."""
    given = emitted(module_of(kind), kind.notes)
    asked = {key: facts(Language(language).entry(f"phases.note.{key}")) for key in kind.notes}

    assert {key: names - given[key] for key, names in asked.items() if names - given[key] and key not in UNMET} == {}


UNMET = {f"unmet_{key}" for key in finalisation.CONDITIONS}


@every_language
def test_every_condition_has_its_words_met_and_unmet(language: str) -> None:
    """The party's plan asks for every kind of condition; with one idea nobody judged, none is met."""
    case = holding(Case(PLAN, NOW), record(Idea, NOW, id="V01"))
    conditions = finalisation.survey(case, PLAN.phases[5], Codebook.default("de")).content.conditions
    say = Language(language).say

    assert {item.key for item in conditions if not item.met} == set(finalisation.CONDITIONS)
    assert all(say(f"phases.condition.{item.key}", **item.facts) for item in conditions)
    assert all(say(f"phases.note.unmet_{item.key}", **item.facts) for item in conditions)


def test_the_conditions_are_those_the_code_can_set() -> None:
    found = [keys(call.args[0], finalisation.CONDITIONS) for call in calls(finalisation, "Condition")]

    assert set().union(*found) == set(finalisation.CONDITIONS)


def test_what_is_not_declared_is_refused_by_name() -> None:
    """A word that is missing is found by whoever adds it, not by a coordinator."""
    trials = PHASE_KINDS["trials"]

    def make(case: Case, phase: object, codebook: object) -> ReportOf[object]:
        return ReportOf(PLAN.phases[0], None, (note("ask", "surprise"),), {"wonders": 1})

    with pytest.raises(ValueError, match="trials: surprise, wonders"):
        replace(trials, make=make).survey(Case(PLAN, NOW), PLAN.phases[0], Codebook.default("de"))


def facts(message: object) -> set[str]:
    """The facts a message asks for, in one or several forms."""
    texts = message.values() if isinstance(message, Mapping) else [message]
    return {name for text in texts for _, name, _, _ in Formatter().parse(str(text)) if name}

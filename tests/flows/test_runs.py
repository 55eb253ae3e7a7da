"""What a coordinator sees of the flows in Prefect: names, states, overviews; and what a run does that may not go on."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from deployments.server.process import rehearsal_server
from flows.daily_pass import daily_pass
from flows.decision import decision
from staffelstab.errors import BatonError, RecordError, StaffelstabError
from staffelstab.workspace import find
from tests.acceptance.eve import AFTER_THE_SESSION, FREEZE, before_the_freeze
from tests.acceptance.outputs import deliverables, journal
from tests.conftest import at, within
from tests.prepared_server import prepared

pytestmark = [pytest.mark.server, pytest.mark.slow, pytest.mark.xdist_group("runs")]

STEPS = {
    "Posteingang leeren",
    "Eingänge sichten",
    "Eingänge den Aufgerufenen zuordnen",
    "Ähnliche Aussagen finden",
    "Fachfremdes beiseitelegen",
    "Gespräche sichten",
    "Aussagen einordnen",
    "Mitgliederzahlen zusammenführen",
    "Bedürfnisse gewichten",
    "Fristen und Lücken prüfen",
    "Sitzungsergebnis festhalten",
    "Vorlage zusammenstellen",
    "Übergabe prüfen",
    "Überblick zeigen",
    "Briefe und Kalender bereitlegen",
    "„Heute zu tun“ schreiben",
    "Freigegebene Briefe verschicken",
    "Tageslauf abschließen",
}

FAILED = """
SELECT flow_run.name, flow_run_state.message FROM flow_run JOIN flow_run_state ON flow_run.state_id = flow_run_state.id
WHERE flow_run.state_type = 'FAILED'
"""


@dataclass
class Days:
    """Some days of the example, played on a real server: the folder, the server's own, what was seen on the way."""

    root: Path
    home: Path
    errors: dict[str, str] = field(default_factory=dict)
    second: tuple[list[str], list[str]] = ([], [])
    documents: tuple[dict[str, str], dict[str, str]] = ({}, {})
    after_refusal: list[str] = field(default_factory=list)

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """What Prefect's database answers."""
        with closing(sqlite3.connect(self.home / "prefect.db")) as database:
            return database.execute(query).fetchall()


@pytest.fixture(scope="module")
def days(tmp_path_factory: pytest.TempPathFactory) -> Days:
    """The dossier is frozen twice (the second time nothing happens), the session notes it, the baton is handed over and damaged."""
    folder = tmp_path_factory.mktemp("flows")
    seen = Days(before_the_freeze(folder / "akte").root, folder / "prefect")
    root = str(seen.root)
    with rehearsal_server(prepared(seen.home)):
        within(root, daily_pass, FREEZE)
        once, documents = kinds(seen.root), deliverables(seen.root)
        within(root, daily_pass, FREEZE)
        seen.second, seen.documents = (once, kinds(seen.root)), (documents, deliverables(seen.root))

        with pytest.raises(RecordError) as unknown:
            within(root, decision, "lv-2018-01-20", "noted", now=at("2018-01-19 21:30"))
        within(root, decision, "lv-2018-01-19", "noted", abstentions=2, now=at("2018-01-19 21:30"))
        within(root, daily_pass, AFTER_THE_SESSION)

        damaged = shutil.copytree(seen.root, folder / "damaged")
        with (damaged / "batons/0-call/data/notes.json").open("a", encoding="utf-8") as file:
            file.write(" ")
        late = damaged / "inbox" / "beitraege" / "nachtrag.txt"
        late.write_text("Noch etwas zu den Wegen.", encoding="utf-8")
        os.utime(late, (at("2018-01-19 23:00").timestamp(),) * 2)
        with pytest.raises(BatonError) as refused:
            within(damaged, daily_pass, at("2018-01-20 07:00"))
        seen.after_refusal = kinds(damaged)[len(kinds(seen.root)) :]
        with pytest.raises(StaffelstabError) as nowhere:
            within(folder, daily_pass, at("2018-01-20 07:00"))
        seen.errors = {"unknown": str(unknown.value), "refused": str(refused.value), "nowhere": str(nowhere.value)}
    return seen


def kinds(root: Path) -> list[str]:
    """The journal as a list of kinds."""
    return [entry.kind for entry in journal(root)]


def test_runs_are_called_by_what_they_do_and_the_day_of_the_plan(days: Days) -> None:
    names = [
        str(name) for (name,) in days.rows("SELECT name FROM flow_run WHERE state_type = 'COMPLETED' ORDER BY created")
    ]
    assert names == [
        "Tageslauf · 17. Januar 2018",
        "Phase 0: Take-Off · 17. Januar 2018",
        "Phase 1: Analyse · 17. Januar 2018",
        "Tageslauf · 17. Januar 2018",
        "Sitzungsergebnis eintragen · lv-2018-01-19 (19. Januar 2018)",
        "Tageslauf · 19. Januar 2018",
        "Phase 0: Take-Off · 19. Januar 2018",
        "Phase 1: Analyse · 19. Januar 2018",
    ]


def test_steps_are_called_in_plain_german(days: Days) -> None:
    """Beside them Prefect keeps a row for each run that a run has started, under a name of its own."""
    rows = days.rows("SELECT name, state_type FROM task_run WHERE task_key NOT LIKE '%.%' OR name NOT GLOB '*-[0-9]*'")
    assert {name for name, _ in rows if not name.rsplit("-", 1)[-1].isdigit()} == STEPS
    recorded = "Sitzungsergebnis festhalten"
    assert {state for name, state in rows if name in STEPS - {recorded}} == {"COMPLETED"}
    assert sorted(state for name, state in rows if name == recorded) == ["COMPLETED", "FAILED"]


def test_a_pass_at_the_same_moment_again_does_nothing(days: Days) -> None:
    once, twice = days.second
    assert (once, days.documents[0]) == (twice, days.documents[1])


def test_a_decision_is_recorded_and_the_phase_handed_over(days: Days) -> None:
    [entry] = journal(days.root, "decided")
    assert dict(entry.facts) == {
        "outcome": "noted",
        "yes": None,
        "no": None,
        "abstentions": 2,
        "assumed": False,
        "met": "2018-01-19",
    }
    assert [entry.facts["number"] for entry in journal(days.root, "handed_over")] == [0]


def test_what_may_not_go_on_fails_with_one_clear_sentence(days: Days) -> None:
    assert days.errors["refused"] == (
        "Die Übergabe „0-call“ ist beschädigt: Die Datei „data/notes.json“ ist nicht mehr die, die übergeben wurde. Bitte "
        "den Ordner aus der Sicherung oder vom Absender neu holen; solange beginnt die nächste Phase nicht."
    )
    failed = dict(days.rows(FAILED))
    assert failed == {
        "Sitzungsergebnis eintragen · lv-2018-01-20": days.errors["unknown"],
        "Phase 1: Analyse · 20. Januar 2018": days.errors["refused"],
        "Tageslauf · 20. Januar 2018": days.errors["refused"],
        "daily_pass": days.errors["nowhere"],
    }


def test_a_phase_that_fails_does_not_stop_the_rest_of_the_pass(days: Days) -> None:
    assert days.after_refusal == ["received", "arrived", "read", "pass"]


def test_each_phase_and_the_day_leave_an_overview(days: Days) -> None:
    found = dict(days.rows("SELECT key, data FROM artifact WHERE type = 'markdown' ORDER BY created"))
    names = {"phase-0", "phase-1", "heute-zu-tun"}
    assert found.keys() == names
    assert "(data:image/svg+xml;base64," in json.loads(found["phase-0"])


def test_no_overview_quotes_a_paper(days: Days) -> None:
    with find(days.root).open(read_only=True) as ledger:
        extracts = ledger.contents(entry.object for entry in ledger.entries("read") if entry.object)
    passages = [
        item["text"] for data in extracts.values() for item in json.loads(data)["paragraphs"] if len(item["text"]) > 30
    ]
    shown = " ".join(json.loads(data) for (data,) in days.rows("SELECT data FROM artifact WHERE type = 'markdown'"))
    assert len(passages) > 50
    assert [text for text in passages if text in shown] == []


def test_prefect_keeps_no_logs_and_no_results_and_of_failures_only_our_sentences(days: Days) -> None:
    assert days.rows("SELECT count(*) FROM log") == [(0,)]
    assert list(days.home.glob("results/*")) == []
    failures = days.rows("SELECT DISTINCT message FROM flow_run_state WHERE type = 'FAILED'")
    failures += days.rows("SELECT DISTINCT message FROM task_run_state WHERE type = 'FAILED'")
    assert {str(message) for (message,) in failures} == set(days.errors.values())


def test_every_run_has_ended(days: Days) -> None:
    states = Counter(state for (state,) in days.rows("SELECT state_type FROM flow_run"))
    assert set(states) == {"COMPLETED", "FAILED"}

"""An unforeseen mistake may quote a paper in its message; Prefect learns only where it happened, in the plan's language."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Generator
from contextlib import closing
from pathlib import Path

import pytest

from deployments.server.process import Server, rehearsal_server
from flows.decision import decision
from staffelstab.errors import RecordError, StaffelstabError
from tasks.decorators import attempt, procedure, step
from tasks.redaction import redacted
from tests.conftest import at, within
from tests.prepared_server import prepared
from tests.service.small_folder import folder
from tests.year import CHOIR

pytestmark = [pytest.mark.server, pytest.mark.slow, pytest.mark.xdist_group("redaction")]

SENTENCE = "Der Leuchtturmwärter zählt heimlich siebzehn Kanarienvögel."
WORDS = [word.encode() for word in ("Leuchtturm", "Kanarienv", "heimlich")]


@step("gather")
def stumble(text: str) -> float:
    """Do what goes wrong with a text."""
    return float(text)


@procedure("stumbling", called="phase")
def stumbling(inside_a_step: bool, phase: int = 0, now: dt.datetime | None = None) -> float:
    """Stumble over a text that no parameter of the flow holds, in a step or beside one."""
    return stumble(SENTENCE) if inside_a_step else float(SENTENCE)


@procedure("outer", called="daily_pass")
def outer(now: dt.datetime | None = None) -> str:
    """Go on after the failure of another procedure."""
    failure = attempt(stumbling, False, now=now)
    assert isinstance(failure, StaffelstabError)
    return failure.key


def kept(home: Path) -> dict[str, bytes]:
    """Everything the server keeps."""
    return {path.name: path.read_bytes() for path in home.rglob("*") if path.is_file()}


def messages(home: Path) -> dict[str, str]:
    """What Prefect says of each failed flow run."""
    query = (
        "SELECT run.name, state.message FROM flow_run AS run JOIN flow_run_state AS state ON run.state_id = state.id"
    )
    with closing(sqlite3.connect(home / "prefect.db")) as database:
        return dict(database.execute(query + " WHERE run.state_type = 'FAILED'").fetchall())


def test_a_mistake_is_told_by_kind_and_place_alone(tmp_path: Path) -> None:
    """In a step and beside one; what the server keeps is looked at when it has ended."""
    root, home = folder(tmp_path / "akte"), tmp_path / "prefect"
    with rehearsal_server(prepared(home)):
        for day, inside_a_step in ((10, True), (11, False)):
            with pytest.raises(StaffelstabError) as raised:
                within(root, stumbling, inside_a_step, now=at(f"2018-01-{day}"))
            assert isinstance(raised.value.__cause__, ValueError)
    assert [name for name, data in kept(home).items() if any(word in data for word in WORDS)] == []
    told = messages(home)
    assert sorted(told) == [f"Phase 0: Take-Off · {day}. Januar 2018" for day in (10, 11)]
    place = "Etwas Unvorhergesehenes ist geschehen (ValueError, tests/flows/test_redaction.py:"
    assert [message for message in told.values() if not message.startswith(place)] == []


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Generator[Server]:
    """A server for the tests below, each of which has a folder of its own."""
    with rehearsal_server(prepared(tmp_path_factory.mktemp("redaction") / "prefect")) as running:
        yield running


@pytest.mark.usefixtures("server")
def test_a_procedure_goes_on_after_the_failure_of_another(tmp_path: Path) -> None:
    root = str(folder(tmp_path / "akte"))
    assert within(root, outer, now=at("2018-01-10")) == "tasks.unforeseen"


def test_an_english_plan_never_speaks_german(server: Server, tmp_path: Path) -> None:
    """Neither in the state of a run that refuses, nor in that of one that stumbles."""
    root = str(folder(tmp_path / "folder", CHOIR))
    before, now = messages(server.home), at("2027-02-01 10:00")
    with pytest.raises(RecordError):
        within(root, decision, "no-such-session", "noted", now=now)
    with pytest.raises(StaffelstabError):
        within(root, stumbling, True, now=now)
    told = messages(server.home)
    said = " ".join(told[name] for name in told.keys() - before.keys())
    assert "The timetable has no meeting “no-such-session”" in said
    assert "Something unforeseen has happened (ValueError" in said
    assert [word for word in ("gibt es", "Etwas", "Sitzung", "Phase 0: Take-Off") if word in said] == []


def test_no_traceback_and_no_result_is_kept(server: Server, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    root = str(folder(tmp_path / "akte"))
    with pytest.raises(RecordError):
        within(root, decision, "lv-2018-01-20", "noted", now=at("2018-01-19 21:30"))
    assert list(server.home.glob("results/*")) == []
    assert "Traceback" not in "".join(capfd.readouterr())


def test_our_own_sentences_pass_unchanged() -> None:
    error = RecordError("steps.unknown_phase", phase=9)
    assert redacted(error) is error


@pytest.mark.usefixtures("server")
def test_an_interruption_passes_unchanged(tmp_path: Path) -> None:
    @procedure("interrupted", called="daily_pass")
    def interrupted(now: dt.datetime | None = None) -> None:
        raise KeyboardInterrupt

    root = str(folder(tmp_path / "akte"))
    with pytest.raises(KeyboardInterrupt):
        within(root, interrupted, now=at("2018-01-10"))

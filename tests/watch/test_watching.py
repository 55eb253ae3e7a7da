"""A round of the watch with real receivers: one message per matter, quiet at night, and a heartbeat after each pass."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from pathlib import Path

import pytest

from deployments.notify import beat, problems, send
from deployments.watching import Watch
from staffelstab.service.phase_run import open_run
from staffelstab.watch.matters import RunMatter, RunState
from staffelstab.watch.memory import recall
from staffelstab.watch.whom_to_tell import FILE, Settings
from tests.conftest import at
from tests.service.small_folder import folder
from tests.watch.receiver import Receiver, receiving
from tests.year import PARTY, DirectExecutor


@pytest.fixture
def root(tmp_path: Path) -> Path:
    made = folder(tmp_path / "akte", PARTY)
    DirectExecutor().daily_pass(str(made), at("2018-01-19 07:00"))
    shutil.rmtree(made / "outbox")
    return made


def watch(
    root: Path,
    receiver: Receiver,
    moment: str,
    *more: Receiver,
    quiet: tuple[str, ...] = (),
    runs: tuple[RunMatter, ...] | None = (),
) -> None:
    """One round at a moment."""
    settings = Settings(tuple(one.address for one in (receiver, *more)), quiet, receiver.heartbeat)
    Watch(root, print)._tell(open_run(root, at(moment)), settings, runs)


def run_matter(state: RunState) -> RunMatter:
    return RunMatter("1", "Tageslauf", state, at("2018-01-19 07:00").astimezone(dt.UTC))


def test_a_matter_is_told_once_and_without_a_name(root: Path) -> None:
    with receiving() as receiver:
        watch(root, receiver, "2018-01-20 08:00")
        watch(root, receiver, "2018-01-20 08:01")
    [message] = receiver.messages
    assert message["title"] == "Staffelstab: Vorschlag zur Entwicklung eines Konzepts zur Mitgliederarbeit"
    assert "Ergebnis der Sitzung vom 19. Januar 2018 eintragen." in message["message"]
    assert message["message"].endswith("Nachsehen, was zu tun ist: staffelstab status")


def test_at_night_nothing_is_sent_and_in_the_morning_everything(root: Path) -> None:
    with receiving() as receiver:
        watch(root, receiver, "2018-01-20 06:59", quiet=("21:00", "07:00"))
        assert receiver.messages == []
        watch(root, receiver, "2018-01-20 07:00", quiet=("21:00", "07:00"))
    assert len(receiver.messages) == 1


def test_a_receiver_that_refuses_gets_it_later(root: Path) -> None:
    with receiving() as receiver:
        receiver.status = 500
        watch(root, receiver, "2018-01-20 08:00")
        receiver.status = 200
        watch(root, receiver, "2018-01-20 08:00")
        assert receiver.messages == [], "it is tried again a minute later"
        watch(root, receiver, "2018-01-20 08:01")
    assert len(receiver.messages) == 1


def test_an_address_that_is_dead_makes_nobody_else_get_it_twice(root: Path) -> None:
    with receiving() as good, receiving() as dead:
        dead.status = 500
        for minute in range(10):
            watch(root, good, f"2018-01-20 08:{minute:02}", dead)
        assert (len(good.messages), dead.refused) == (1, 4), "tried at once, and after 1, 3 and 7 minutes"
        dead.status = 200
        watch(root, good, "2018-01-20 08:15", dead)
        watch(root, good, "2018-01-20 08:59", dead)
    assert (len(good.messages), len(dead.messages)) == (1, 1)


def test_addresses_in_one_line_are_told_one_by_one(root: Path) -> None:
    with receiving() as good, receiving() as dead:
        dead.status = 500
        settings = Settings((f"{dead.address}, {good.address}",))
        for minute in range(4):
            Watch(root, print)._tell(open_run(root, at(f"2018-01-20 08:0{minute}")), settings, ())
    assert len(good.messages) == 1


def test_while_the_server_is_silent_no_run_has_ended_and_a_short_silence_is_not_told(root: Path) -> None:
    failed = (run_matter("failed"),)
    with receiving() as receiver:
        for minute in range(30):
            watch(root, receiver, f"2018-01-19 08:{minute:02}", runs=None if minute % 2 else failed)
        assert len(receiver.messages) == 1
        for minute in range(30, 45):
            watch(root, receiver, f"2018-01-19 08:{minute:02}", runs=None)
        watch(root, receiver, "2018-01-19 12:00", runs=failed)
    [first, second] = receiver.messages
    assert "ist gescheitert" in first["message"]
    assert "Der Server für die Läufe gibt keine Auskunft." in second["message"]


def test_a_run_that_was_told_as_late_is_told_again_if_it_fails(root: Path) -> None:
    with receiving() as receiver:
        watch(root, receiver, "2018-01-19 08:00", runs=(run_matter("late"),))
        watch(root, receiver, "2018-01-19 08:01", runs=(run_matter("failed"),))
    assert [("noch nicht begonnen" in one["message"]) for one in receiver.messages] == [True, False]


def test_a_late_run_that_has_begun_is_over_also_for_those_who_did_not_hear_of_it(root: Path) -> None:
    with receiving() as receiver:
        receiver.status = 500
        watch(root, receiver, "2018-01-19 08:00", runs=(run_matter("late"),))
        receiver.status = 200
        watch(root, receiver, "2018-01-19 08:05")
    assert receiver.messages == []


def test_a_folder_that_takes_nothing_more_makes_nobody_get_it_twice(root: Path) -> None:
    shutil.rmtree(root / ".open")
    (root / ".open").write_bytes(b"")
    with receiving() as receiver:
        settings, one = Settings((receiver.address,)), Watch(root, print)
        for minute in range(3):
            one._tell(open_run(root, at(f"2018-01-20 08:0{minute}")), settings, ())
        (root / ".open").unlink()
        one._tell(open_run(root, at("2018-01-20 08:03")), settings, ())
    assert len(receiver.messages) == 1
    assert "decide:lv-2018-01-19" in recall(root).attempts


def test_the_heart_beats_once_for_each_pass(root: Path) -> None:
    with receiving() as receiver:
        watch(root, receiver, "2018-01-19 08:00")
        watch(root, receiver, "2018-01-19 08:01")
        assert receiver.beats == ["/beat"]
        DirectExecutor().daily_pass(str(root), at("2018-01-20 07:00"))
        watch(root, receiver, "2018-01-20 07:01")
    assert receiver.beats == ["/beat", "/beat"]
    assert not beat(receiver.heartbeat), "nobody is there any more"


def test_an_address_that_is_none_is_told_by_its_number_alone(capfd: pytest.CaptureFixture[str]) -> None:
    settings = Settings(("nonsense://secret-word", "json://127.0.0.1:9/x", ""))
    assert [problem.facts["n"] for problem in problems(settings)] == [1, 3]
    assert not send(settings.to, "Titel", "Text")
    out, err = capfd.readouterr()
    assert "secret-word" not in out + err


def test_nothing_of_an_address_is_written_down(root: Path) -> None:
    with receiving() as receiver, receiving() as dead:
        dead.status = 500
        (root / FILE).write_text(f'to = ["{receiver.address}"]', encoding="utf-8")
        watch(root, receiver, "2018-01-20 08:00", dead)
    kept = (root / ".open" / "told.json").read_text(encoding="utf-8")
    assert "127.0.0.1" not in kept
    [taken] = json.loads(kept)["attempts"]["decide:lv-2018-01-19"]["taken"]
    assert len(taken) == 64
    assert set(json.loads(kept)["attempts"]) == {"decide:lv-2018-01-19", "no_pass:2018-01-19T06:00:00+00:00"} - {
        "no_pass:2018-01-19T06:00:00+00:00"
    }

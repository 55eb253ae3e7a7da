"""What is alarming: each matter by a key that stays, in a sentence that holds nothing of anybody's."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from staffelstab.publishing.artifacts.todo import KINDS
from staffelstab.publishing.artifacts.working_folder import look
from staffelstab.service.phase_run import open_run
from staffelstab.watch.matters import LEAST_FREE, Matter, RunMatter, matters
from staffelstab.workspace import create
from tests.conftest import at
from tests.service.small_folder import BIRTH, folder
from tests.year import PARTY, DirectExecutor

MUCH = 10 * LEAST_FREE


def found(root: Path, moment: str, *, free: int = MUCH, runs: tuple[RunMatter, ...] | None = ()) -> dict[str, str]:
    """The matters at a moment: key and sentence."""
    run = open_run(root, at(moment))
    with run.workspace.open(read_only=True) as ledger:
        entries = ledger.entries(*KINDS, until=run.now)
    told: tuple[Matter, ...] = matters(run, entries, look(run.workspace), free=free, runs=runs)
    return {item.key: item.text for item in told}


def passed(root: Path, moment: str) -> Path:
    DirectExecutor().daily_pass(str(root), at(moment))
    for letter in (root / "outbox").glob("*.eml"):
        letter.unlink()
    return root


def letters(root: Path, moment: str) -> set[str]:
    """The keys of letters that lie too long."""
    return {key for key in found(root, moment) if key.startswith("letters")}


def test_a_day_without_a_pass_is_alarming_and_stays_one_matter(tmp_path: Path) -> None:
    root = passed(folder(tmp_path / "akte", PARTY), "2018-01-10 07:00")
    assert found(root, "2018-01-11 08:59") == {}
    [(key, text)] = found(root, "2018-01-11 09:01").items()
    assert "Seit dem 10. Januar 2018, 07:00 Uhr ist kein Tageslauf mehr gelaufen." in text
    assert set(found(root, "2018-01-12 06:00")) == {key}
    passed(root, "2018-01-12 07:00")
    assert found(root, "2018-01-12 08:00") == {}


def test_a_folder_that_has_never_had_a_pass_alarms_nobody(tmp_path: Path) -> None:
    assert found(folder(tmp_path / "akte", PARTY), "2018-01-02 08:00") == {}


def test_a_result_and_papers_that_are_overdue_are_alarming(tmp_path: Path) -> None:
    root = passed(folder(tmp_path / "akte", PARTY), "2018-01-19 07:00")
    assert "decide:lv-2018-01-19" not in found(root, "2018-01-19 23:00")
    assert (
        found(root, "2018-01-20 06:00")["decide:lv-2018-01-19"] == "Ergebnis der Sitzung vom 19. Januar 2018 eintragen."
    )
    late = passed(folder(tmp_path / "spaet", PARTY), "2018-01-10 07:00")
    assert "freeze:lv-2018-01-19" not in found(late, "2018-01-17 23:00")
    assert "freeze:lv-2018-01-19" in found(late, "2018-01-18 06:00")


def test_letters_that_lie_for_days_are_alarming(tmp_path: Path) -> None:
    root = folder(tmp_path / "akte", PARTY)
    DirectExecutor().daily_pass(str(root), at("2018-01-10 07:00"))
    assert letters(root, "2018-01-13 07:00") == set()
    assert letters(root, "2018-01-13 08:00") == {"letters:2018-01-10"}


def test_newer_letters_hide_no_old_one_and_what_was_sent_lies_no_longer(tmp_path: Path) -> None:
    root = folder(tmp_path / "akte", PARTY)
    DirectExecutor().daily_pass(str(root), at("2018-01-10 07:00"))
    old = set((root / "outbox").glob("*.eml"))
    DirectExecutor().daily_pass(str(root), at("2018-01-20 07:00"))
    assert set((root / "outbox").glob("*.eml")) - old, "newer letters lie beside the old ones"
    assert letters(root, "2018-01-20 08:00") == {"letters:2018-01-10"}
    for letter in old:
        letter.unlink()
    assert letters(root, "2018-01-20 08:00") == set()
    assert letters(root, "2018-01-24 08:00") == {"letters:2018-01-20"}


def test_a_disk_that_is_nearly_full_is_alarming(tmp_path: Path) -> None:
    root = passed(folder(tmp_path / "akte", PARTY), "2018-01-10 07:00")
    assert found(root, "2018-01-10 08:00", free=LEAST_FREE) == {}
    assert "nur noch 999" in found(root, "2018-01-10 08:00", free=LEAST_FREE - 1_000_000)["disk"]


def test_a_clock_that_is_in_doubt_is_alarming(tmp_path: Path) -> None:
    root = create(PARTY, tmp_path / "akte", now=BIRTH).root
    passed(root, "2018-01-10 07:00")
    assert "clock" not in found(root, "2018-01-11 07:00")
    assert "clock" in found(root, "2018-02-20 07:00")


def test_runs_that_are_late_or_broken_are_named_and_silence_is_told(tmp_path: Path) -> None:
    root = passed(folder(tmp_path / "akte", PARTY), "2018-01-10 07:00")
    moment = at("2018-01-10 07:00").astimezone(dt.UTC)
    runs = tuple(RunMatter(state, f"Tageslauf {state}", state, moment) for state in ("late", "failed", "crashed"))
    said = found(root, "2018-01-10 08:00", runs=runs)
    assert list(said) == ["run:late:late", "run:failed:failed", "run:crashed:crashed"]
    assert said["run:failed:failed"].startswith(
        "Der Lauf „Tageslauf failed“ vom 10. Januar 2018, 07:00 Uhr ist gescheitert."
    )
    assert list(found(root, "2018-01-10 08:00", runs=None)) == ["runs"]

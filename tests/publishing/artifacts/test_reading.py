"""What the overviews say of papers that are not read yet, and of walls that are missing around their reader."""

from __future__ import annotations

from pathlib import Path

import pytest

from staffelstab.publishing.artifacts.todo import KINDS, Todo, todo
from staffelstab.service.pass_work import close
from staffelstab.submissions.case.receive import Intake
from tests.conftest import at
from tests.publishing.artifacts.test_today import lines, overview
from tests.service.small_folder import folder, put, run_at
from tests.year import CHOIR, PARTY


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return folder(tmp_path / "akte", PARTY)


def status(root: Path, moment: str) -> dict[str, Todo]:
    """What `staffelstab status` says, by key."""
    run = run_at(root, moment)
    with run.workspace.open(read_only=True) as ledger:
        entries = ledger.entries(*KINDS, until=run.now)
    return {item.key: item for item in todo(run.plan, run.now, entries)}


def passed(root: Path, moment: str, intake: Intake) -> None:
    """A pass that found this."""
    close(run_at(root, moment), intake, (), 0)


@pytest.mark.attack("M1")
def test_what_is_not_read_yet_is_said_by_the_pass_by_status_and_in_the_register(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(root, "beitraege/a.txt", "Von: Beisitz 3\n\nWir brauchen Räume.", at("2018-01-10 06:00"))
    with monkeypatch.context() as hurried:
        hurried.setattr("staffelstab.submissions.case.extracts.PASS_SECONDS", 0.0)
        shown = overview(root, "2018-01-10 07:00")
    assert "1 Papier ist noch ungelesen; es zählt als eingegangen. Der nächste Lauf liest weiter." in lines(
        shown, "Heute zu tun"
    )
    assert status(root, "2018-01-10 08:00")["unread"].text.startswith("1 Papier ist aufgenommen, aber noch ungelesen")
    register = next((root / "sessions").glob("*/dossier.md")).read_text(encoding="utf-8")
    assert "noch nicht gelesen, zählt als eingegangen" in register
    assert "Dieser Beitrag ist eingegangen und sicher abgelegt, aber noch nicht gelesen." in register
    assert "nicht lesbar" not in register

    shown = overview(root, "2018-01-10 09:00")
    assert "ungelesen" not in shown
    assert "unread" not in status(root, "2018-01-10 10:00")


@pytest.mark.attack("M3")
def test_walls_that_are_missing_are_told_until_a_reader_has_them_again(root: Path) -> None:
    passed(root, "2018-01-10 07:00", Intake(read=1, missing_walls=("network", "files")))
    told = "Das Leseprogramm für eingereichte Papiere ist auf diesem Rechner nicht ganz abgeschottet; es fehlt: Netz und Dateien."
    assert status(root, "2018-01-10 08:00")["walls"] == Todo("walls", told, False)
    assert told in lines(overview(root, "2018-01-10 09:00"), "Heute zu tun")  # that pass has nothing to read
    passed(root, "2018-01-10 10:00", Intake(read=1, missing_walls=()))
    assert "walls" not in status(root, "2018-01-10 11:00")


@pytest.mark.attack("M3")
def test_that_nothing_is_read_for_want_of_a_wall_is_urgent(root: Path) -> None:
    passed(root, "2018-01-10 07:00", Intake(unread=2, missing_walls=("network",), refused=True))
    found = status(root, "2018-01-10 08:00")
    assert found["walls_refused"].urgent
    assert "werden nicht gelesen" in found["walls_refused"].text
    assert found["unread"].text.startswith("2 Papiere sind aufgenommen")


@pytest.mark.attack("H8")
def test_the_register_says_what_was_set_aside_and_that_senders_are_claims(root: Path) -> None:
    away = "From: Beisitz 6 <b6@example.org>\nSubject: weg\nAuto-Submitted: auto-replied\nDate: x\n\nBin im Urlaub.\n"
    put(root, "beitraege/a.eml", away, at("2018-01-10 06:00"))
    put(root, "beitraege/b.txt", "Von: Beisitz 3\n\nWir brauchen Räume.", at("2018-01-10 06:01"))
    for name, address in (("c", "b7@example.org"), ("d", "troll@evil.example")):
        sent = f"From: Beisitz 7 <{address}>\nSubject: x\nDate: x\n\nEin Satz von {name}.\n"
        put(root, f"beitraege/{name}.eml", sent, at("2018-01-10 06:02"))
    overview(root, "2018-01-10 07:00")
    register = next((root / "sessions").glob("*/dossier.md")).read_text(encoding="utf-8")
    assert (
        "steht hier laut Absenderangabe im Papier oder in der Mail; bestätigt ist das nur, wo es dabeisteht."
        in register
    )
    assert "B01 (automatische Antwort, laut Absenderangabe: Beisitz 6)" in register
    assert "Bin im Urlaub" not in register
    assert register.count("Absender unbestätigt, Angaben widersprechen sich") == 2
    assert "Bisher sind 3 Beiträge eingegangen." in register
    assert "Von wem Beitrag B03 stammt, ist nicht bestätigt" in register
    reminded = "".join(path.read_text(encoding="utf-8") for path in (root / "outbox").glob("*.eml"))
    assert "troll" not in reminded


@pytest.mark.attack("H8")
def test_an_english_register_says_it_in_english(tmp_path: Path) -> None:
    root = folder(tmp_path / "folder", CHOIR)
    mail = "From: Secretary <s@example.org>\nSubject: x\nPrecedence: bulk\nDate: x\n\nNewsletter.\n"
    put(root, "papers/a.eml", mail, at("2025-11-05 06:00"))
    put(root, "papers/b.txt", "From: Secretary\n\nWe want votes.", at("2025-11-05 06:01"))
    overview(root, "2025-11-20 07:00")
    register = "".join(path.read_text(encoding="utf-8") for path in root.glob("*/*/dossier.md"))
    assert "bulk mail of a program, sender as stated: Secretary" in register
    assert "it is confirmed only where that is said" in register

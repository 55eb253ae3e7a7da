"""Nothing is left out silently: whatever lies in the inbox, and whatever of a paper was not read, is told where people look."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from commands.main import main
from staffelstab.workspace import find
from tasks.artifacts import collected
from tests.conftest import at
from tests.documents.extraction.sample_files import docx, zipped
from tests.service.small_folder import folder, put
from tests.year import CHOIR, PARTY, DirectExecutor

NAMES = {
    "riese-erika.pdf": "Eine Datei ist größer als erlaubt und wurde nicht übernommen.",
    "verweis-erika.txt": "Im Posteingang liegt eine Verknüpfung statt einer Datei.",
    "zweitname-erika.txt": "Eine Datei im Posteingang hat noch einen zweiten Namen",
    "rohr-erika.txt": "Im Posteingang liegt eine Verbindung zwischen Programmen (Pipe)",
    "dose-erika": "Im Posteingang liegt ein Gerät oder eine Verbindung statt einer Datei.",
    ".versteckt-erika.txt": "Eine Datei oder ein Ordner im Posteingang ist versteckt",
    "a/b/c/d/e/f/g/zu-tief-erika": "Im Posteingang liegen Ordner zu tief ineinander.",
    "Brief-erika.docx.tmp": "Eine Datei wird noch übertragen oder ist noch in einem Programm geöffnet.",
}
SYSTEM = (".DS_Store", "Thumbs.db", "._brief.docx")
MACROS = docx("Von: Beisitz 3", "Ein Brief.", extra={"word/vbaProject.bin": b"x"})
MANY = zipped({"brief.txt": "Von: Beisitz 4\n\nText.", "erika.exe": b"MZ\x90\x00" + bytes(99)})


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A working folder whose inbox holds one of everything, and two papers that were not wholly read; two passes have run."""
    made = folder(tmp_path / "akte", PARTY)
    inbox = made / "inbox" / "beitraege"
    with (inbox / "riese-erika.pdf").open("wb") as giant:
        giant.truncate(1 << 40)
    (inbox / "verweis-erika.txt").symlink_to("/etc/hostname")
    put(made, "beitraege/zweitname-erika.txt", "Text.", at("2018-01-05 10:00"))
    os.link(inbox / "zweitname-erika.txt", tmp_path / "draussen.txt")
    os.mkfifo(inbox / "rohr-erika.txt")
    short = tmp_path / "s"
    short.symlink_to(inbox)  # a socket's own path must be short
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(short / "dose-erika"))
    (inbox / "a/b/c/d/e/f/g/zu-tief-erika").mkdir(parents=True)
    for name in (".versteckt-erika.txt", "Brief-erika.docx.tmp", *SYSTEM):
        put(made, f"beitraege/{name}", "Text.", at("2018-01-05 10:00"))
    (inbox / "__MACOSX").mkdir()
    for name, content in (("makros.docx", MACROS), ("viele.zip", MANY)):
        (inbox / name).write_bytes(content)
        os.utime(inbox / name, (at("2018-01-05 10:00").timestamp(),) * 2)
    for day in ("2018-01-08", "2018-01-09"):
        DirectExecutor().daily_pass(str(made), at(f"{day} 07:00"))
    return made


@pytest.mark.attack("H2", "M5")
def test_status_names_each_with_what_to_do(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["status", str(root), "--now", "2018-01-09T08:00"]) == 0

    said = capsys.readouterr().out
    lines = [line.strip().removeprefix("- ") for line in said.splitlines()]
    assert "7 Sachen im Posteingang wurden nicht übernommen." in lines
    for name, sentence in NAMES.items():
        since = "8. Januar 2018"
        assert any(line.startswith(f"„beitraege/{name}“ (seit {since}): {sentence}") for line in lines), name
    assert "Das Betriebssystem hat 4 Dateien oder Ordner im Posteingang liegen lassen; zu tun ist nichts." in lines
    assert "Bei 2 Papieren ist zu beachten, wie sie gelesen wurden." in lines
    assert any(line.startswith("B01: Die Datei enthält Makros oder Skripte.") for line in lines)
    assert any(line.startswith("B02, „erika.exe“: Diese Art von Datei lässt sich nicht") for line in lines)


@pytest.mark.attack("H2", "M5")
def test_the_dossier_tells_how_many_why_and_where_and_names_nobody(root: Path) -> None:
    dossier = (root / "sessions" / "2018-01-19" / "dossier.md").read_text(encoding="utf-8").replace("\\", "")

    section = dossier.split("# Was nicht oder nur unsicher gelesen wurde")[1].split("\n# ")[0]
    assert (
        len([line for line in section.splitlines() if line.startswith("- Ordner „beitraege“, nicht übernommen (1): ")])
        == 8
    )
    assert "- B01: Die Datei enthält Makros oder Skripte. Sie wurden nicht ausgeführt." in section
    assert "- B02: Anlagen oder Teile, die nicht gelesen wurden (1). Diese Art von Datei" in section
    assert "mit Makros" in dossier.split("# Was nicht oder nur")[0]
    assert "mit Anlage; 1 Teil nicht gelesen" in dossier
    assert "erika" not in dossier.lower()


@pytest.mark.attack("H2", "M5")
def test_the_overview_counts_and_the_journal_knows_no_name(root: Path) -> None:
    with collected() as shown:
        DirectExecutor().daily_pass(str(root), at("2018-01-10 07:00"))

    today = next(item.markdown for item in shown if item.run.phase is None).replace("\\", "")
    assert "- 7 Sachen im Posteingang wurden nicht übernommen." in today
    assert "- Bei 2 Papieren ist zu beachten, wie sie gelesen wurden." in today
    assert "erika" not in " ".join(item.markdown for item in shown).lower()
    with find(root).open(read_only=True) as ledger:
        assert "erika" not in repr(ledger.entries()).lower()


@pytest.mark.attack("H2")
def test_run_says_it_too(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["run", str(root), "--now", "2018-01-10T07:00"]) == 0

    said = capsys.readouterr().out
    assert all(f"„beitraege/{name}“" in said for name in NAMES)


@pytest.mark.attack("H2")
def test_what_was_put_right_is_told_no_longer(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    inbox = root / "inbox" / "beitraege"
    clear: dict[str, Callable[[Path], object]] = {"a/b/c/d/e/f/g/zu-tief-erika": Path.rmdir}
    for name in (*NAMES, *SYSTEM):
        clear.get(name, Path.unlink)(inbox / name)
    (inbox / "__MACOSX").rmdir()
    (inbox / "makros.docx").unlink()
    (inbox / "viele.zip").unlink()

    DirectExecutor().daily_pass(str(root), at("2018-01-10 07:00"))

    assert main(["status", str(root), "--now", "2018-01-10T08:00"]) == 0
    said = capsys.readouterr().out
    assert "nicht übernommen" not in said
    assert "liegen lassen" not in said


@pytest.mark.attack("H2")
def test_the_same_in_english(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made = folder(tmp_path / "folder", CHOIR)
    (made / "inbox" / "papers" / "link.txt").symlink_to("/etc/hostname")
    DirectExecutor().daily_pass(str(made), at("2025-11-20 07:00"))

    assert main(["status", str(made), "--now", "2025-11-20T08:00"]) == 0

    said = capsys.readouterr().out
    assert "1 thing in the inbox was not taken." in said
    assert "“papers/link.txt” (since 20 November 2025): There is a link" in said


@pytest.fixture
def unread(tmp_path: Path) -> Path:
    """A working folder with a paper and two sheets that cannot be taken, and a sheet of which three rows cannot; a pass has run."""
    made = folder(tmp_path / "akte", PARTY)
    put(made, "beitraege/kaputt-erika.pdf", "%PDF-1.7\n" + "\x01\x02" * 999, at("2018-01-05 10:00"))
    put(made, "versuche/versuch-\u202eerika.docx", "PK\x03\x04", at("2018-01-05 10:00"))
    put(made, "zahlen/prosa-erika.txt", "Die Zahlen kommen noch.", at("2018-01-05 10:00"))
    rows = "".join(f"Bautzen;{year};{members}\n" for year, members in (("bald", 3), (2017, "viele"), (2016, "nan")))
    put(made, "zahlen/tabelle-erika.csv", f"Verband;Jahr;Mitglieder\n{rows}", at("2018-01-05 11:00"))
    DirectExecutor().daily_pass(str(made), at("2018-01-09 07:00"))
    return made


@pytest.mark.attack("H2")
def test_status_names_what_could_not_be_taken_by_file_sheet_and_row_with_the_reason(
    unread: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Of a sheet it only said "figures-1, Zeile 0": neither which file that was, nor why."""
    assert main(["status", str(unread), "--now", "2018-01-09T08:00"]) == 0

    lines = [line.strip().removeprefix("- ") for line in capsys.readouterr().out.splitlines()]
    assert "Bei 4 Papieren ist zu beachten, wie sie gelesen wurden." in lines
    told = [line for line in lines if "erika" in line]
    assert [line.split(": ", 1)[0] for line in told] == [
        "B01 („beitraege/kaputt-erika.pdf“)",
        "trials-1 („versuche/versuch-\\u202eerika.docx“)",
        "figures-1 („zahlen/prosa-erika.txt“)",
        "figures-2, Zeile 2 („zahlen/tabelle-erika.csv“)",
        "figures-2, Zeile 3 („zahlen/tabelle-erika.csv“)",
        "figures-2, Zeile 4 („zahlen/tabelle-erika.csv“)",
    ]
    assert [line.split(": ", 1)[1] for line in told[2:4]] == [
        "Darin war keine Tabelle zu finden. Die Datei ist sicher abgelegt; bitte als xlsx, ods oder csv noch einmal ablegen.",
        "In der Spalte „Jahr“ steht „bald“; erwartet wird eine Zahl.",
    ]
    assert ["beschädigt" in line for line in told[:2]] == [True, True]


@pytest.mark.attack("H2")
def test_a_dossier_says_of_a_whole_sheet_that_it_was_not_taken_and_names_nobody(unread: Path) -> None:
    dossier = (unread / "sessions/2018-03-09/dossier.md").read_text(encoding="utf-8").replace("\\", "")

    assert "Blatt figures-1 ist als Ganzes nicht zu verstehen und zählt nicht mit; es ist sicher abgelegt." in dossier
    assert "Blatt figures-2, Zeile 3: Die Angaben sind nicht zu verstehen" in dossier
    assert "Zeile 0" not in dossier
    assert "erika" not in dossier.lower()

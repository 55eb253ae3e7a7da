"""The overview of the day after a standstill: what was missed, what became of it, and what is not complete yet (U16)."""

from __future__ import annotations

from pathlib import Path

from tasks.artifacts import collected
from tests.conftest import at
from tests.publishing.artifacts.test_overviews import PICTURE, plain
from tests.service.small_folder import folder, put
from tests.year import CHOIR, PARTY, DirectExecutor


def overview(root: Path, moment: str) -> str:
    """What the pass at a moment shows of the day."""
    with collected() as shown:
        DirectExecutor().daily_pass(str(root), at(moment))
    return next(item.markdown for item in shown if item.run.phase is None)


def lines(markdown: str, heading: str) -> list[str]:
    """The lines below a heading."""
    [section] = [
        part for part in ("\n" + PICTURE.sub("", markdown)).split("\n#") if part.lstrip("# ").startswith(heading)
    ]
    return [plain(line.removeprefix("- ")) for line in section.splitlines() if line.startswith("- ")]


def test_a_standstill_is_told_in_german(tmp_path: Path) -> None:
    root = folder(tmp_path / "akte", PARTY)
    overview(root, "2018-01-10 07:00")
    for name in ("grusswort.docx.part", "~$stadtverband.docx"):
        put(root, f"beitraege/{name}", "halb", at("2018-01-19 12:00"))

    shown = overview(root, "2018-01-20 07:00")

    assert lines(shown, "Heute zu tun")[-1] == (
        "2 Dateien im Posteingang sind noch nicht vollständig. Der nächste Lauf nimmt sie auf."
    )
    assert lines(shown, "Was in der Zwischenzeit versäumt war") == [
        "12. Januar 2018, Erinnerung: Call for Papers – nicht mehr möglich, der Einsendeschluss war am 14. Januar 2018; "
        "geschrieben wurde nichts",
        "14. Januar 2018, Ende der Phase „Take-Off“ – noch nicht übergeben; woran es liegt, sagt der Überblick der Phase",
        "14. Januar 2018, Einsendeschluss: Call for Papers – die Phase ist jetzt ausgewertet",
        "17. Januar 2018, Vorlage steht fest: Sitzung des Landesvorstands – die Vorlage steht erst jetzt fest, nach dem "
        "Sitzungstag",
        "19. Januar 2018, Sitzung des Landesvorstands – das Ergebnis ist noch einzutragen: staffelstab record decision "
        "lv-2018-01-19 …",
    ]


def test_a_standstill_is_told_in_english(tmp_path: Path) -> None:
    root = folder(tmp_path / "folder", CHOIR)
    overview(root, "2025-11-20 07:00")
    put(root, "papers/altos.docx.part", "half", at("2026-02-01 12:00"))

    shown = overview(root, "2026-02-03 07:00")

    assert lines(shown, "To do today")[-1] == "1 file in the inbox is not complete yet. The next run will take it."
    assert lines(shown, "What was missed in the meantime")[:5] == [
        "27 November 2025, Reminder: What must the new statute contain? – no longer possible, the deadline was on "
        "30 November 2025; nothing was written",
        "30 November 2025, Phase “Asking the sections” ends – not handed over yet; the phase's overview says why",
        "30 November 2025, Deadline: What must the new statute contain? – the phase has been gone through now",
        "1 December 2025, Phase “Bringing it together” begins – the phase has been gone through now",
        "23 January 2026, Paper is final: Committee meeting in January – the paper is final only now, after the day of the "
        "meeting",
    ]


def test_a_day_on_which_nothing_was_missed_has_no_such_section(tmp_path: Path) -> None:
    root = folder(tmp_path / "akte")
    overview(root, "2018-01-10 07:00")

    shown = overview(root, "2018-01-11 07:00")

    assert "versäumt" not in shown
    assert "nicht vollständig" not in shown

"""The dossier of a session: a draft as often as one likes, frozen once, never changed again (R42)."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import shutil
from pathlib import Path
from urllib.parse import unquote

import pytest

from staffelstab.phases.gate import gate
from staffelstab.service import pass_work, survey
from staffelstab.service.compile_dossier import Compiled, compile_dossier, frozen_files
from staffelstab.service.hand_off import HandOff
from staffelstab.service.move_dates import move
from staffelstab.timetable.amend.authority import Authority
from staffelstab.timetable.amend.requests import Wish
from tasks.phase import conclude
from tests.acceptance.outputs import links
from tests.conftest import at
from tests.documents.rendering.extract import pdf_text
from tests.service.small_folder import folder, put, run_at
from tests.year import THE_YEAR, Year, copy_of

FOLDER = "sessions/2018-01-19"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A folder with one short paper in it."""
    made = folder(tmp_path / "work")
    put(made, "beitraege/zettel.txt", "Von: Beisitz 3\n\nNiemand ruft an.\n", at("2018-01-11 10:00"))
    return made


@pytest.fixture
def frozen(root: Path) -> Path:
    """The same after its dossier was frozen."""
    assert compiled(root, "2018-01-17 07:00").state == "frozen"
    return root


def compiled(root: Path, moment: str, phase: int = 0) -> Compiled:
    run = run_at(root, moment, phase)
    survey.take_in(run)
    case = survey.gather_case(run)
    return compile_dossier(run, case, survey.survey_of(run, case))


def referred(document: Path) -> list[str]:
    """The files beside a document of Markdown or HTML that it links to or shows."""
    text = document.read_text(encoding="utf-8")
    addresses = links(document) if document.suffix == ".html" else re.findall(r"(?<!\\)\]\(([^)\s]+)\)", text)
    return [unquote(item).partition("#")[0] for item in addresses if not re.match(r"#|[a-z]+:", item)]


def digests(folder: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.glob("dossier.*"))}


def test_a_draft_says_so_and_changes_with_what_comes_in(root: Path) -> None:
    first = compiled(root, "2018-01-12 07:00")
    text = (root / FOLDER / "dossier.md").read_text()

    assert (first.state, first.formats) == ("draft", ("md", "html", "pdf", "timetable.svg"))
    assert "Entwurf, Stand 12. Januar 2018, 07:00 Uhr" in text
    assert "Niemand ruft an" in text

    put(root, "beitraege/zweiter.txt", "Von: Beisitz 4\n\nDoch, in Leipzig.\n", at("2018-01-12 10:00"))
    assert compiled(root, "2018-01-13 07:00").state == "draft"
    assert "Doch, in Leipzig." in (root / FOLDER / "dossier.md").read_text()


def test_a_paper_after_the_freeze_is_read_in_the_next_dossier(frozen: Path) -> None:
    """The board saw its dossier of 17 January; what came on the 18th is put before it, in its words, at the next session."""
    put(frozen, "beitraege/danach.txt", "Von: Beisitz 4\n\nDoch, in Leipzig.\n", at("2018-01-18 10:00"))
    assert compiled(frozen, "2018-01-18 12:00").state == "kept"
    assert "Doch" not in (frozen / FOLDER / "dossier.md").read_text()

    compiled(frozen, "2018-02-01 07:00", 1)
    since = (frozen / "sessions/2018-03-09/dossier.md").read_text().split("# Seit der letzten Sitzung")[1]
    assert "Als die Vorlage zu ihrem Aufruf schon feststand" in since
    assert "**B02 – Beisitz 4 (verspätet)**" in since
    assert "Doch, in Leipzig." in since
    assert "Niemand ruft an" not in since


def test_the_same_moment_gives_the_same_bytes(root: Path) -> None:
    compiled(root, "2018-01-13 08:00")
    first = digests(root / FOLDER)
    for path in (root / FOLDER).glob("dossier.*"):
        path.unlink()

    compiled(root, "2018-01-13 08:00")

    assert digests(root / FOLDER) == first


def test_frozen_in_five_formats_with_the_first_instant_of_the_day_due(root: Path) -> None:
    assert compiled(root, "2018-01-16 23:59:59").state == "draft"
    assert compiled(root, "2018-01-17 00:00:00") == Compiled(
        "frozen", root / FOLDER, ("md", "html", "pdf", "docx", "odt", "timetable.svg")
    )
    assert "Entwurf" not in (root / FOLDER / "dossier.md").read_text()


def test_later_papers_never_change_what_is_frozen(frozen: Path) -> None:
    before = digests(frozen / FOLDER)
    put(frozen, "beitraege/zweiter.txt", "Von: Beisitz 8\n\nZu spät gekommen.\n", at("2018-01-18 10:00"))

    assert compiled(frozen, "2018-01-19 07:00").state == "kept"

    assert digests(frozen / FOLDER) == before
    papers = survey.gather_case(run_at(frozen, "2018-01-19 07:00")).papers
    assert [(paper.ref, paper.late) for paper in papers] == [("B01", False), ("B02", True)]


def test_what_was_damaged_or_lost_on_disk_is_restored_from_the_ledger(frozen: Path) -> None:
    before = digests(frozen / FOLDER)
    (frozen / FOLDER / "dossier.pdf").unlink()
    (frozen / FOLDER / "dossier.md").write_text("Alles bestens.\n")

    assert compiled(frozen, "2018-01-19 08:00").state == "kept"

    assert digests(frozen / FOLDER) == before


def test_files_are_for_their_owner_only(frozen: Path) -> None:
    assert {oct(path.stat().st_mode & 0o777) for path in (frozen / FOLDER).glob("dossier.*")} == {"0o600"}
    assert oct((frozen / FOLDER).stat().st_mode & 0o777) == "0o700"


def test_after_an_outage_it_is_frozen_late_and_the_ledger_says_so(root: Path) -> None:
    """The analysis was due on 2 March; nothing ran until the day of the session."""
    assert compiled(root, "2018-01-17 07:00", 0).state == "frozen"
    assert compiled(root, "2018-03-09 07:00", 1).state == "frozen"

    with run_at(root, "2018-03-09 08:00").workspace.open(read_only=True) as ledger:
        late = {entry.subject: entry.facts["late"] for entry in ledger.entries("frozen")}
    assert late == {"lv-2018-01-19": False, "lv-2018-03-09": True}


def test_a_phase_no_session_treats_has_a_report(root: Path) -> None:
    done = compiled(root, "2018-08-25 07:00", 6)

    assert (done.state, done.folder) == ("draft", root / "reports" / "6-publication")


class TestTheYear:
    """Six sessions, six frozen papers."""

    pytestmark = THE_YEAR

    def test_six_papers_in_five_formats(self, year: Year) -> None:
        found = {
            path.name: sorted({file.suffix for file in path.glob("dossier.*")} - {".svg"})
            for path in sorted((year.root / "sessions").iterdir())
        }

        assert list(found) == ["2018-01-19", "2018-03-09", "2018-04-13", "2018-05-18", "2018-06-29", "2018-08-17"]
        assert all(suffixes == [".docx", ".html", ".md", ".odt", ".pdf"] for suffixes in found.values())

    def test_whatever_a_document_refers_to_lies_there(self, year: Year) -> None:
        """The Markdown named timetable.svg, which lay nowhere."""
        documents = [path for path in year.root.rglob("*") if path.suffix in {".md", ".html"}]
        named = {(path, name) for path in documents for name in referred(path)}

        assert {path.relative_to(year.root).parts[0] for path, _ in named} >= {"sessions", "batons", "reports"}
        assert [(path.name, name) for path, name in sorted(named) if not (path.parent / name).exists()] == []

    def test_each_was_frozen_on_the_day_it_was_due(self, year: Year) -> None:
        case = year.case(at("2018-12-01"))

        assert {item.session: item.at.date().isoformat() for item in case.frozen} == {
            "lv-2018-01-19": "2018-01-17",
            "lv-2018-03-09": "2018-03-02",
            "lv-2018-04-13": "2018-04-06",
            "lv-2018-05-18": "2018-05-11",
            "lv-2018-06-29": "2018-06-22",
            "lv-2018-08-17": "2018-08-10",
        }

    def test_what_lies_on_disk_is_what_the_ledger_keeps(self, year: Year) -> None:
        with year.workspace.open(read_only=True) as ledger:
            for session in year.plan.sessions:
                kept = frozen_files(ledger, session.id)
                folder = year.workspace.session(year.plan, session)
                assert {f"dossier.{name}": data for name, data in kept.items()} == {
                    path.name: path.read_bytes() for path in folder.glob("dossier.*")
                }

    def test_a_year_later_a_lost_folder_comes_back(self, year: Year, tmp_path: Path) -> None:
        other = copy_of(year, tmp_path / "copy")
        folder = other.workspace.session(other.plan, other.plan.session("lv-2018-04-13"))
        before = digests(folder)
        shutil.rmtree(folder)

        assert compiled(other.root, "2019-05-01 08:00", 2).state == "kept"
        assert digests(folder) == before


def run_compiled(root: Path, moment: str) -> Compiled:
    """Compile and enter it, as a phase's run does."""
    done = compiled(root, moment)
    run = run_at(root, moment, 0)
    pass_work.surveyed(run, survey.survey_of(run, survey.gather_case(run)), done.draft)
    return done


def test_a_draft_whose_content_is_the_same_is_not_printed_again(root: Path) -> None:
    """It keeps the moment it bears; lost or changed files come back, byte for byte; what is new makes a new draft."""
    assert run_compiled(root, "2018-01-12 07:00").state == "draft"
    first = digests(root / FOLDER)

    assert run_compiled(root, "2018-01-12 09:00").state == "unchanged"
    assert digests(root / FOLDER) == first

    (root / FOLDER / "dossier.pdf").unlink()
    (root / FOLDER / "dossier.html").write_text("verschrieben", encoding="utf-8")
    assert run_compiled(root, "2018-01-12 11:00").state == "draft"
    assert digests(root / FOLDER) == first

    put(root, "beitraege/zweiter.txt", "Von: Beisitz 4\n\nDoch, in Leipzig.\n", at("2018-01-12 12:00"))
    assert run_compiled(root, "2018-01-12 13:00").state == "draft"
    assert "Stand 12. Januar 2018, 13:00 Uhr" in (root / FOLDER / "dossier.md").read_text()


def test_another_plan_makes_another_draft(root: Path) -> None:
    run_compiled(root, "2018-01-12 07:00")
    plan = root / "plan.toml"
    plan.write_text(plan.read_text(encoding="utf-8") + "\n# one line more\n", encoding="utf-8")
    assert run_compiled(root, "2018-01-12 09:00").state == "draft"


def test_the_draft_for_a_day_that_was_moved_is_withdrawn(root: Path) -> None:
    """What somebody put beside it stays."""
    run_compiled(root, "2018-01-12 07:00")
    notes = root / FOLDER / "notizen.txt"
    notes.write_text("Saal bestellen.", encoding="utf-8")
    wish, authority = Wish("lv-2018-01-19", dt.date(2018, 1, 26)), Authority("landesvorstand")
    move(run_at(root, "2018-01-12 10:00"), wish, authority, "Der Saal ist vergeben.")

    assert run_compiled(root, "2018-01-13 07:00").folder == root / "sessions/2018-01-26"
    assert sorted(path.name for path in (root / FOLDER).iterdir()) == ["notizen.txt"]


@pytest.mark.attack("C4")
def test_a_dossier_is_frozen_without_the_format_that_fails_and_gets_it_later(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A session's papers must exist in time; what is added later is printed from the manuscript of that day."""
    with monkeypatch.context() as broken:
        broken.setattr("staffelstab.documents.rendering.typeset.STANDARDS", ["no such standard"])
        done = compiled(root, "2018-01-17 07:00")
        assert (done.state, done.formats, done.unprinted.formats) == (
            "frozen",
            ("md", "html", "docx", "odt", "timetable.svg"),
            ("pdf",),
        )
        assert compiled(root, "2018-01-17 08:00").unprinted.formats == ("pdf",)
    before = digests(root / FOLDER)
    put(root, "beitraege/danach.txt", "Von: Beisitz 4\n\nDoch, in Leipzig.\n", at("2018-01-17 10:00"))
    later = compiled(root, "2018-01-18 07:00")
    assert (later.state, later.unprinted.formats) == ("kept", ())
    after = digests(root / FOLDER)
    assert set(after) - set(before) == {"dossier.pdf"}
    assert {name: after[name] for name in before} == before
    text = pdf_text((root / FOLDER / "dossier.pdf").read_bytes())
    assert "Niemand ruft an" in text
    assert "17. Januar 2018" in text
    assert "Doch" not in text
    assert compiled(root, "2018-01-19 07:00").unprinted.formats == ()


@pytest.mark.attack("C4")
def test_a_missing_format_is_told_and_its_phase_is_due_until_it_is_there(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def run_of(moment: str) -> None:
        run = run_at(root, moment, 0)
        survey.take_in(run)
        case = survey.gather_case(run)
        report = survey.survey_of(run, case)
        conclude(run, case, report, compile_dossier(run, case, report), HandOff(gate(case, run.of, report)))

    with monkeypatch.context() as broken:
        broken.setattr("staffelstab.documents.rendering.typeset.STANDARDS", ["no such standard"])
        run_of("2018-01-12 07:00")
    assert not (root / FOLDER / "dossier.pdf").exists()
    assert (
        "nicht als PDF herstellen" in (root / ".open" / f"{run_at(root, '2018-01-12 07:00', 0).of.id}.json").read_text()
    )
    assert 0 not in [phase.number for phase in pass_work.due(run_at(root, "2018-01-12 07:00"))]
    assert 0 in [phase.number for phase in pass_work.due(run_at(root, "2018-01-12 08:00"))]
    run_of("2018-01-12 08:00")
    assert (root / FOLDER / "dossier.pdf").exists()
    assert 0 not in [phase.number for phase in pass_work.due(run_at(root, "2018-01-12 09:00"))]

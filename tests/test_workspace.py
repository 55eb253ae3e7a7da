"""The working folder: made whole or not at all, private, and found again."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from staffelstab.errors import LedgerError, PlanError, StaffelstabError
from staffelstab.files import write
from staffelstab.timetable.plan.load import plan_from
from staffelstab.workspace import Workspace, create, find, inbox_folders, working_folder
from tests.conftest import ROOT, at
from tests.timetable.plan.conftest import SMALL

PARTY = ROOT / "examples" / "mitgliederarbeit-2018"
NOW = at("2017-12-15 21:00")


def mode(path: Path) -> int:
    """The rights on a file or folder."""
    return stat.S_IMODE(path.stat().st_mode)


def test_a_new_folder_has_a_place_for_everything(tmp_path: Path) -> None:
    workspace = create(PARTY, tmp_path / "arbeit", now=NOW)
    made = {path.relative_to(workspace.root).as_posix() for path in workspace.root.rglob("*")}
    inbox = {f"inbox/{folder}" for folder in inbox_folders("de").values()}
    files = {"plan.toml", "resolution.txt", "codebook.toml", "ledger.db", ".heads"}
    assert made == files | inbox | {"inbox", "sessions", "batons", "calendar", "outbox", "publication"}
    assert workspace.plan_file.read_bytes() == (PARTY / "plan.toml").read_bytes()
    assert len(inbox_folders("de")) == len(inbox_folders("en")) == 15


def test_only_its_owner_may_look_into_it(tmp_path: Path) -> None:
    workspace = create(PARTY, tmp_path / "arbeit", now=NOW)
    folders = [workspace.root, *(path for path in workspace.root.rglob("*") if path.is_dir())]
    assert {mode(folder) for folder in folders} == {0o700}
    assert {mode(workspace.root / name) for name in ("plan.toml", "ledger.db", ".heads")} == {0o600}


def test_it_is_found_again(tmp_path: Path) -> None:
    made = create(PARTY, tmp_path / "arbeit", now=NOW)
    assert find(tmp_path / "arbeit") == made == Workspace(tmp_path / "arbeit")
    assert not made.rehearsal
    rehearsal = create(PARTY, tmp_path / "probe", now=NOW, seed="s")
    assert find(tmp_path / "probe") == rehearsal == Workspace(tmp_path / "probe", seed="s")
    assert rehearsal.rehearsal


@pytest.mark.attack("FUZZ")
@pytest.mark.parametrize("damaged", [b"s\xff\xfe", b"", b"\xed\xa0\x80\0"])
def test_a_rehearsal_stays_one_whatever_becomes_of_its_seed(tmp_path: Path, damaged: bytes) -> None:
    made = create(PARTY, tmp_path / "probe", now=NOW, seed="s")
    (made.root / ".rehearsal").write_bytes(damaged)
    with find(made.root).open() as ledger:
        ledger.append("note", at=NOW, key="note:1")
        assert ledger.verify() == []
    assert find(made.root).rehearsal


def test_a_ledger_may_lie_elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    create(PARTY, tmp_path / "arbeit", now=NOW)
    monkeypatch.setenv("STAFFELSTAB_LEDGER", "postgresql+psycopg://host/db")
    assert find(tmp_path / "arbeit").ledger == tmp_path / "arbeit" / "ledger.db", "it has one of its own"
    (tmp_path / "arbeit" / "ledger.db").unlink()
    assert find(tmp_path / "arbeit").ledger == "postgresql+psycopg://host/db"


def test_a_folder_keeps_the_address_of_its_ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = create(PARTY, tmp_path / "arbeit", now=NOW)
    kept = made.root / "ledger.url"
    write(kept, b"postgresql://host/verein\n")
    monkeypatch.setenv("STAFFELSTAB_LEDGER", "postgresql://host/elsewhere")
    assert find(made.root).ledger == "postgresql://host/verein"
    for text, mode, key in (
        ("postgresql://host/verein", 0o640, "mode"),
        ("verein", 0o600, "unusable"),
        ("", 0o600, "unusable"),
        ("x://" + "x" * 3000, 0o600, "unusable"),
    ):
        kept.write_text(text, encoding="utf-8")
        kept.chmod(mode)
        with pytest.raises(LedgerError) as refused:
            find(made.root)
        assert refused.value.key == f"ledger.address.{key}"


def test_a_plan_lies_in_a_working_folder_or_it_does_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = create(PARTY, tmp_path / "arbeit", now=NOW)
    (made.root / "entwurf.toml").write_bytes(made.plan_file.read_bytes())
    for place, found in ((made.root, made), (made.plan_file, made), (made.root / "entwurf.toml", None), (PARTY, None)):
        assert working_folder(place) == found
    monkeypatch.setenv("STAFFELSTAB_LEDGER", "postgresql+psycopg://host/db")
    (made.root / "ledger.db").unlink()
    assert working_folder(made.root) == Workspace(made.root, "postgresql+psycopg://host/db")
    assert working_folder(PARTY) is None


def test_a_rehearsal_never_touches_the_ledger_of_real_life(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    create(PARTY, tmp_path / "probe", now=NOW, seed="s")
    monkeypatch.setenv("STAFFELSTAB_LEDGER", "postgresql+psycopg://host/db")
    assert find(tmp_path / "probe").ledger == tmp_path / "probe" / "ledger.db"


def test_two_sessions_of_one_day_lie_in_two_folders(tmp_path: Path) -> None:
    session = SMALL[SMALL.index("[[sessions]]") : SMALL.index("[[phases]]")]
    phase = SMALL[SMALL.index("[[phases]]") : SMALL.index("[[calls]]")]
    second = session.replace('"sitzung"', '"zweite"') + phase
    plan = plan_from(SMALL + second.replace("phase = 1", "phase = 2").replace("number = 1", "number = 2"))
    folders = [Workspace(tmp_path).session(plan, session).name for session in plan.sessions]
    assert folders == ["2018-04-06", "2018-04-06-zweite"]


@pytest.mark.parametrize("missing", ["plan.toml", "inbox"])
def test_what_is_no_working_folder_is_said(tmp_path: Path, missing: str) -> None:
    if missing == "plan.toml":
        (tmp_path / "inbox").mkdir()
    else:
        (tmp_path / "plan.toml").write_text(SMALL, encoding="utf-8")
    with pytest.raises(StaffelstabError) as none:
        find(tmp_path)
    assert none.value.text("de").startswith(f"{tmp_path} ist kein Arbeitsordner von Staffelstab")


def test_nothing_is_made_twice(tmp_path: Path) -> None:
    create(PARTY, tmp_path / "arbeit", now=NOW)
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / "arbeit").rglob("*")}
    with pytest.raises(StaffelstabError) as again:
        create(PARTY, tmp_path / "arbeit", now=NOW)
    assert again.value.text("de").startswith("Im Ordner arbeit liegt schon eine Akte.")
    assert {path: path.stat().st_mtime_ns for path in (tmp_path / "arbeit").rglob("*")} == before


@pytest.mark.parametrize(
    ("wrong", "beginning"),
    [
        (("[resolution]", "[resolution"), "plan.toml, Zeile 10:"),
        (
            ('state = "SN"', 'state = "XX"'),
            "plan.toml, Zeile 7: Für „DE XX“ (country und state) sind keine Feiertage bekannt.",
        ),
    ],
)
def test_a_plan_that_cannot_be_used_leaves_nothing_behind(
    tmp_path: Path, wrong: tuple[str, str], beginning: str
) -> None:
    (tmp_path / "plan.toml").write_text(SMALL.replace(*wrong), encoding="utf-8")
    with pytest.raises(PlanError) as refused:
        create(tmp_path, tmp_path / "arbeit", now=NOW)
    assert refused.value.text("de").startswith(beginning)
    assert not (tmp_path / "arbeit").exists()


def test_without_its_plan_a_folder_is_not_whole_and_its_ledger_is_not_overwritten(tmp_path: Path) -> None:
    workspace = create(PARTY, tmp_path / "arbeit", now=NOW)
    workspace.plan_file.unlink()
    with pytest.raises(LedgerError):
        create(PARTY, tmp_path / "arbeit", now=NOW)


def test_the_codebook_beside_the_plan_comes_along(tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text("# own", encoding="utf-8")
    (tmp_path / "plan.toml").write_text('codebook = "own.toml"\n' + SMALL, encoding="utf-8")
    workspace = create(tmp_path, tmp_path / "arbeit", now=NOW)
    assert workspace.codebook(workspace.adopted()) == workspace.root / "own.toml"
    (workspace.root / "own.toml").unlink()
    assert workspace.codebook(workspace.adopted()) is None

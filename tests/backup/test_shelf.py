"""Older backups are removed by a rule, and only those that we put there ourselves."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from pathlib import Path

import pytest

from staffelstab.backup.last import NOTE, told
from staffelstab.backup.make import Wish, make_backup
from staffelstab.backup.shelf import Keep, Kept, Shelf, stay
from staffelstab.errors import BackupError
from staffelstab.language import Language
from staffelstab.workspace import find
from tests.backup.small_backups import NOON, back_up, real_folder
from tests.conftest import BERLIN, at


def daily(days: int) -> list[Kept]:
    """One backup each morning, the last on 31 March 2018."""
    last = dt.datetime(2018, 3, 31, 6, tzinfo=BERLIN)
    return [Kept(f"{n}", 1, "", last - dt.timedelta(days=n), n, "") for n in range(days)]


def kept(days: int, keep: Keep) -> list[str]:
    return sorted({f"{one.made:%m-%d}" for one in stay(daily(days), keep, BERLIN)})


def test_the_newest_stay_and_one_for_each_week_and_month() -> None:
    assert kept(60, Keep(3)) == ["03-29", "03-30", "03-31"]
    assert kept(60, Keep(2, weeks=3)) == ["03-18", "03-25", "03-30", "03-31"]
    assert kept(60, Keep(1, months=3)) == ["01-31", "02-28", "03-31"]
    assert kept(2, Keep(5, weeks=5, months=5)) == ["03-30", "03-31"]


def names(disk: Path) -> list[str]:
    return sorted(path.name for path in disk.glob("*.tar*"))


def test_only_our_own_are_removed(akte: Path, tmp_path: Path) -> None:
    disk, day = tmp_path / "disk", dt.timedelta(days=1)
    made = [back_up(akte, disk, NOON + n * day).path for n in range(4)]
    foreign = disk / "mitgliederarbeit-2018-2018-01-01T1200.tar"
    foreign.write_bytes(b"von Hand hierher kopiert")
    made[0].write_bytes(bytes(made[0].stat().st_size))  # as long as ours, and another file
    made[1].unlink()

    last = back_up(akte, disk, NOON + 4 * day, keep=Keep(1))

    assert last.removed == (made[2].name, made[3].name)
    assert names(disk) == sorted([foreign.name, made[0].name, last.path.name])


def test_no_list_makes_us_remove_what_is_called_otherwise(akte: Path, tmp_path: Path) -> None:
    """Somebody wrote other files into it, as they are."""
    back_up(akte, tmp_path / "disk", NOON - dt.timedelta(days=9))
    (tmp_path / "fremd.tar").write_bytes(b"Urlaub")
    (tmp_path / "disk" / "mitgliederarbeit-2018-").mkdir()
    (tmp_path / "disk" / "urlaub.tar").write_bytes(b"Urlaub")
    (tmp_path / "disk" / "mitgliederarbeit-2018-urlaub.jpg").write_bytes(b"Urlaub")
    [listed] = (tmp_path / "disk").glob("*.backups")
    text = json.loads(listed.read_bytes())
    [first] = text["backups"]
    sha256 = hashlib.sha256(b"Urlaub").hexdigest()
    for name in ("mitgliederarbeit-2018-/../../fremd.tar", "urlaub.tar", "mitgliederarbeit-2018-urlaub.jpg"):
        text["backups"].append(first | {"file": name, "size": 6, "sha256": sha256})
    listed.write_text(json.dumps(text), encoding="utf-8")

    last = back_up(akte, tmp_path / "disk", keep=Keep(1))

    assert last.removed == (first["file"],)
    assert (tmp_path / "fremd.tar").exists()
    assert names(tmp_path / "disk") == sorted([last.path.name, "urlaub.tar"])


def test_the_last_one_stays_though_the_clock_went_back(akte: Path, tmp_path: Path) -> None:
    back_up(akte, tmp_path / "disk", NOON + dt.timedelta(days=300))
    last = back_up(akte, tmp_path / "disk", NOON, keep=Keep(1))
    assert (last.removed, last.path.exists()) == ((), True)


def test_nothing_is_removed_unless_it_is_wished_for(akte: Path, tmp_path: Path) -> None:
    day = dt.timedelta(days=1)
    for n in range(3):
        assert back_up(akte, tmp_path / "disk", NOON + n * day).removed == ()
    assert len(names(tmp_path / "disk")) == 3


def test_another_ledger_s_backups_of_the_same_plan_stay(akte: Path, tmp_path: Path) -> None:
    real_folder(tmp_path / "zweite")
    other = back_up(tmp_path / "zweite", tmp_path / "disk")
    back_up(akte, tmp_path / "disk")
    last = back_up(akte, tmp_path / "disk", keep=Keep(1))
    assert len(last.removed) == 1
    assert names(tmp_path / "disk") == sorted([other.path.name, last.path.name])


def test_a_list_that_is_gone_removes_nothing(akte: Path, tmp_path: Path) -> None:
    back_up(akte, tmp_path / "disk")
    [listed] = (tmp_path / "disk").glob("*.backups")
    listed.write_bytes(b"{")
    assert back_up(akte, tmp_path / "disk", keep=Keep(1)).removed == ()
    assert len(names(tmp_path / "disk")) == 2


def test_a_folder_in_which_something_is_damaged_pushes_nothing_out(akte: Path, tmp_path: Path) -> None:
    first = back_up(akte, tmp_path / "disk")
    (akte / "batons" / "0-call").mkdir()
    made = back_up(akte, tmp_path / "disk", keep=Keep(1), rehearsed=True)
    assert made.rehearsed is not None
    assert made.rehearsed.damage != ()
    assert (made.removed, first.path.exists()) == ((), True)


def test_the_folder_must_be_there_and_elsewhere(akte: Path, tmp_path: Path) -> None:
    for target, key in ((tmp_path / "fort", "no_target"), (akte, "inside"), (akte / "inbox", "inside")):
        with pytest.raises(BackupError, match=rf"backup\.{key}"):
            make_backup(find(akte), target, NOON, Wish())
    (tmp_path / "weg").symlink_to(akte / "inbox")
    with pytest.raises(BackupError, match=r"backup\.inside"):
        make_backup(find(akte), tmp_path / "weg", NOON, Wish())


def test_too_little_room_is_said_before_anything_is_written(
    akte: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = back_up(akte, tmp_path / "disk")
    monkeypatch.setattr("shutil.disk_usage", lambda folder: type("Usage", (), {"free": 100_000}))
    with pytest.raises(BackupError, match=r"backup\.full"):
        back_up(akte, tmp_path / "disk")
    assert names(tmp_path / "disk") == [first.path.name]
    assert list((tmp_path / "disk").glob(".*")) == []


@pytest.mark.attack("FUZZ")
@pytest.mark.parametrize("made", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00", "2018-01-01T00:00:00", ""])
def test_a_note_of_the_last_backup_that_says_something_else_is_none(tmp_path: Path, made: str) -> None:
    note = {"made": made, "file": "a.tar", "place": "/media/a", "entry": 1}
    for text in (json.dumps(note), "[" * 100_000):
        (tmp_path / NOTE).write_text(text)
        assert told(Language("de"), BERLIN, tmp_path, at("2018-01-10")) == told(
            Language("de"), BERLIN, tmp_path / "leer", at("2018-01-10")
        ).replace(f"{tmp_path}/leer", str(tmp_path))


@pytest.mark.attack("FUZZ")
def test_a_list_of_backups_that_says_something_else_is_empty(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path, "plan", "0" * 64)
    kept = {"file": "a", "size": 1, "sha256": "a", "made": "0001-01-01T00:00:00+14:00", "entry": 1, "hash": "a"}
    for text in (json.dumps({"backups": [kept]}), "[" * 100_000, ""):
        shelf.list.write_text(text)
        assert shelf.kept() == ()

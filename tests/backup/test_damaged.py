"""A backup that is not the one that was made is refused, with a sentence, and nothing is written."""

from __future__ import annotations

import io
import random
from pathlib import Path
from typing import Any

import pytest

from staffelstab.backup.restoring import restore
from staffelstab.backup.tar import BLOCK
from staffelstab.backup.tar_reading import check
from staffelstab.errors import BackupError
from tests.backup.small_backups import forged

pytestmark = pytest.mark.attack("backup")


def refused(data: bytes) -> bool:
    try:
        check(io.BytesIO(data))
    except BackupError as error:
        return error.key == "backup.damaged"
    return False


def test_no_bit_can_be_another_one(backup: Path) -> None:
    """Of 600 at random, and of every kind of place: header, content, padding, manifest, seal, end."""
    whole, chance = backup.read_bytes(), random.Random(9)
    places = [chance.randrange(len(whole)) for _ in range(600)]
    places += range(0, 3 * BLOCK, 7)
    places += range(len(whole) - 4 * BLOCK, len(whole), 5)
    assert not refused(whole)
    for at in places:
        changed = bytearray(whole)
        changed[at] ^= 1 << chance.randrange(8)
        assert refused(bytes(changed)), at


def test_no_end_can_be_missing_and_none_added(backup: Path) -> None:
    whole, chance = backup.read_bytes(), random.Random(7)
    cuts = [0, 1, 511, 512, len(whole) - 1, len(whole) - 512, len(whole) - 1024, len(whole) - 1536]
    for length in (*cuts, *(chance.randrange(len(whole)) for _ in range(60))):
        assert refused(whole[:length]), length
    assert refused(whole + b"\0")
    assert refused(whole + whole)


def test_no_block_can_be_swapped_repeated_or_left_out(backup: Path) -> None:
    whole, chance = backup.read_bytes(), random.Random(5)
    for _ in range(60):
        a, b = sorted(chance.randrange(len(whole) // BLOCK) * BLOCK for _ in range(2))
        one, other = whole[a : a + BLOCK], whole[b : b + BLOCK]
        swapped = whole[:a] + other + whole[a + BLOCK : b] + one + whole[b + BLOCK :]
        assert one == other or refused(swapped)
        assert refused(whole[:a] + one + whole[a:])
        assert refused(whole[:a] + whole[a + BLOCK :])


@pytest.mark.parametrize(
    ("files", "folders"),
    [
        ([("../fremd", b"x")], []),
        ([("inbox/../../fremd", b"x")], ["inbox"]),
        ([("/etc/fremd", b"x")], []),
        ([("inbox/fremd", b"x")], []),
        ([("a", b"x"), ("a", b"y")], []),
        ([("a", b"x")], ["a"]),
        ([("a/b", b"x"), ("a", b"y")], ["a"]),
        ([], ["a", "a"]),
        ([], [".."]),
        ([], ["inbox/tief"]),
        ([], ["a//b"]),
        ([("", b"x")], []),
        ([("a/.", b"x")], ["a"]),
        ([("x" * 3000, b"x")], []),
        ([], ["/".join("a" * depth) for depth in range(1, 70)]),
    ],
)
def test_no_path_leads_out_or_twice_to_one_place(
    files: list[tuple[str, bytes]], folders: list[str], tmp_path: Path
) -> None:
    (tmp_path / "boese.tar").write_bytes(forged(files, folders))
    with pytest.raises(BackupError, match=r"backup\.(foreign|damaged)"):
        restore(tmp_path / "boese.tar", tmp_path / "neu")
    assert [path.name for path in tmp_path.iterdir()] == ["boese.tar"]


@pytest.mark.parametrize(
    ("changed", "key"),
    [({"format": 2}, "newer"), ({"entry": "viele"}, "damaged"), ({"files": ()}, "damaged"), ({}, "foreign")],
)
def test_a_manifest_that_does_not_fit_is_refused(changed: dict[str, Any], key: str, tmp_path: Path) -> None:
    """The last one fits, but there is no working folder in it."""
    (tmp_path / "boese.tar").write_bytes(forged([("plan.toml", b"x")], **changed))
    with pytest.raises(BackupError, match=rf"backup\.{key}"):
        restore(tmp_path / "boese.tar", tmp_path / "neu")
    assert not (tmp_path / "neu").exists()


def test_another_state_than_the_manifest_says_is_refused(backup: Path, tmp_path: Path) -> None:
    checked = check(io.BytesIO(whole := backup.read_bytes()))
    contents = [
        (packed.path, whole[begin : begin + packed.size])
        for packed, begin in zip(checked.manifest.files, checked.begins, strict=True)
    ]
    (tmp_path / "anders.tar").write_bytes(forged(contents, checked.manifest.folders, entry=7))
    with pytest.raises(BackupError, match=r"backup\.foreign"):
        restore(tmp_path / "anders.tar", tmp_path / "neu")


def test_only_a_new_or_empty_folder_is_restored_into(backup: Path, tmp_path: Path) -> None:
    (tmp_path / "voll").mkdir()
    (tmp_path / "voll" / "notiz.txt").write_text("meine", encoding="utf-8")
    (tmp_path / "datei").write_text("meine", encoding="utf-8")
    for place in ("voll", "datei"):
        with pytest.raises(BackupError, match=r"backup\.occupied"):
            restore(backup, tmp_path / place)
    assert (tmp_path / "voll" / "notiz.txt").read_text(encoding="utf-8") == "meine"
    (tmp_path / "leer").mkdir(mode=0o755)
    (tmp_path / "leer" / ".restoring").mkdir()  # of a restore that was killed
    assert restore(backup, tmp_path / "leer").looked.damage == ()
    assert (tmp_path / "leer").stat().st_mode & 0o777 == 0o700
    assert not (tmp_path / "leer" / ".restoring").exists()


def test_without_room_nothing_is_written(backup: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.disk_usage", lambda folder: type("Usage", (), {"free": 100_000}))
    with pytest.raises(BackupError, match=r"backup\.full"):
        restore(backup, tmp_path / "neu")
    assert not (tmp_path / "neu").exists()

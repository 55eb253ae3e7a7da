"""A backup restored into a new folder is the folder: every file, every time, the ledger with its last entry."""

from __future__ import annotations

import hashlib
import json
import os
import stat
import subprocess
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from pyrage import x25519

from staffelstab.backup.locked import Keys, Lock, encrypt
from staffelstab.backup.rehearsal import rehearse
from staffelstab.backup.restoring import restore
from staffelstab.errors import BackupError
from staffelstab.service.inspection import inspect
from staffelstab.workspace import find
from tests.backup.small_backups import CANARY, NOON, back_up, enter, files, folders
from tests.conftest import at
from tests.year import DirectExecutor


def test_everything_is_there_again(akte: Path, tmp_path: Path) -> None:
    enter(akte, 3)
    (akte / "inbox" / "leer").mkdir()
    (akte / "inbox" / os.fsdecode(b"alt-\xe4.txt")).write_text("aus alter Zeit", encoding="utf-8")
    made = back_up(akte, tmp_path / "disk")
    done = restore(made.path, tmp_path / "neu")

    assert (files(tmp_path / "neu").keys(), folders(tmp_path / "neu")) == (files(akte).keys(), folders(akte))
    assert {name: kept[:2] for name, kept in files(tmp_path / "neu").items() if name != ".heads"} == {
        name: kept[:2] for name, kept in files(akte).items() if name != ".heads"
    }
    assert {stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "neu").rglob("*") if path.is_file()} == {0o600}
    assert {stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "neu").rglob("*") if path.is_dir()} == {0o700}
    with find(akte).open(read_only=True) as ledger:
        head = ledger.newest()
    assert (made.manifest.head, done.looked.findings.head, done.later) == (head, head, None)
    assert inspect(find(tmp_path / "neu"), find(akte).adopted()).damage == ()


def test_the_next_pass_takes_in_nothing_twice(akte: Path, tmp_path: Path) -> None:
    DirectExecutor().daily_pass(str(akte), at("2018-01-09 07:00"))
    restore(back_up(akte, tmp_path / "disk", at("2018-01-09 08:00")).path, tmp_path / "neu")
    for root in (akte, tmp_path / "neu"):
        DirectExecutor().daily_pass(str(root), at("2018-01-10 07:00"))
    ways = [
        [(entry.kind, entry.key) for entry in find(root).open(read_only=True).entries()]
        for root in (akte, tmp_path / "neu")
    ]
    assert ways[0] == ways[1]
    assert [kind for kind, _ in ways[0]].count("received") == 2


def test_what_only_the_moment_needs_is_left_out(akte: Path, tmp_path: Path) -> None:
    (akte / ".tmp").mkdir()
    (akte / ".tmp" / "press").write_text("vertraulich", encoding="utf-8")
    (akte / "sessions" / ".dossier.pdf.part").write_text("halb", encoding="utf-8")
    (akte / "batons" / ".0-call.new").mkdir()
    (akte / "inbox" / ".halb.part").write_text("eines Fremden", encoding="utf-8")
    (akte / "inbox" / "link").symlink_to("/etc/passwd")
    os.mkfifo(akte / "inbox" / "pipe")
    made = back_up(akte, tmp_path / "disk")
    packed = {one.path for one in made.manifest.files} | set(made.manifest.folders)
    assert {name for name in packed if name.endswith((".part", ".new", "press", "link", "pipe"))} == {
        "inbox/.halb.part"
    }
    assert made.skipped == 2


def test_an_inbox_without_bottom_does_not_stop_it(akte: Path, tmp_path: Path) -> None:
    here = akte / "inbox"
    for _ in range(100):
        here = here / "tiefer"
        here.mkdir()
    made = back_up(akte, tmp_path / "disk")
    assert made.skipped == 1
    assert restore(made.path, tmp_path / "neu").looked.damage == ()


def test_a_file_that_is_still_being_written_waits_for_the_next_backup(
    akte: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    growing = akte / "inbox" / "gross.txt"
    growing.write_bytes(b"x" * 10)
    read = os.pread

    def pread(handle: int, size: int, offset: int) -> bytes:
        if os.fstat(handle).st_ino == growing.stat().st_ino:
            with growing.open("ab") as stream:
                stream.write(b"x")
        return read(handle, size, offset)

    monkeypatch.setattr(os, "pread", pread)
    made = back_up(akte, tmp_path / "disk")
    assert (made.unfinished, "inbox/gross.txt" in {one.path for one in made.manifest.files}) == (1, False)
    monkeypatch.undo()
    assert back_up(akte, tmp_path / "disk").unfinished == 0


def test_a_backup_is_private_and_tells_no_name_outside_of_itself(akte: Path, tmp_path: Path) -> None:
    made = back_up(akte, tmp_path / "disk")
    state = Path(os.environ["XDG_STATE_HOME"])
    outside = [path for place in (tmp_path / "disk", state) for path in place.rglob("*") if path.is_file()]
    assert {path.name for path in (tmp_path / "disk").iterdir()} == {
        "mitgliederarbeit-2018-2018-01-08T1200.tar",
        f"mitgliederarbeit-2018-{made.manifest.ledger[:8]}.backups",
    }
    assert {stat.S_IMODE(path.stat().st_mode) for path in outside} == {0o600}
    assert [path.name for path in outside if CANARY in path.name] == []
    assert [path.name for path in outside if CANARY.encode() in path.read_bytes()] == [made.path.name]


def test_it_can_be_unpacked_and_checked_without_staffelstab(backup: Path, tmp_path: Path) -> None:
    subprocess.run(["tar", "xf", backup], cwd=tmp_path, check=True)
    checked = subprocess.run(["sha256sum", "-c", "manifest.sha256"], cwd=tmp_path, check=True, capture_output=True)
    assert checked.stdout == b"manifest.json: OK\n"
    manifest = json.loads((tmp_path / "manifest.json").read_bytes())
    found = {
        one["path"]: hashlib.sha256((tmp_path / "folder" / one["path"]).read_bytes()).hexdigest()
        for one in manifest["files"]
    }
    assert found == {one["path"]: one["sha256"] for one in manifest["files"]}


def test_two_backups_of_one_minute_are_two(akte: Path, tmp_path: Path) -> None:
    names = [back_up(akte, tmp_path / "disk").path.name for _ in range(3)]
    assert [name.partition("T")[2] for name in names] == ["1200.tar", "1200-2.tar", "1200-3.tar"]


# -- encrypted ---------------------------------------------------------------------------------------------------------


def test_to_a_key(akte: Path, tmp_path: Path) -> None:
    secret = x25519.Identity.generate()
    made = back_up(akte, tmp_path / "disk", lock=Lock((str(secret.to_public()),)), rehearsed=True)
    assert made.path.name == "mitgliederarbeit-2018-2018-01-08T1200.tar.age"
    assert CANARY.encode() not in made.path.read_bytes()
    assert made.rehearsed is not None
    done = restore(made.path, tmp_path / "neu", Keys(f"# von age-keygen\n{secret}\n".encode()))
    assert (done.looked.manifest, done.looked.damage) == (made.manifest, ())
    with pytest.raises(BackupError, match=r"backup\.locked"):
        rehearse(made.path, Keys(str(x25519.Identity.generate()).encode()))


def test_to_a_key_of_ssh(akte: Path, tmp_path: Path) -> None:
    pair = Ed25519PrivateKey.generate()
    public = pair.public_key().public_bytes(Encoding.OpenSSH, PublicFormat.OpenSSH).decode()
    secret = pair.private_bytes(Encoding.PEM, PrivateFormat.OpenSSH, NoEncryption())
    made = back_up(akte, tmp_path / "disk", lock=Lock((public,)))
    assert rehearse(made.path, Keys(secret)).damage == ()


def test_by_a_passphrase(akte: Path, tmp_path: Path) -> None:
    made = back_up(akte, tmp_path / "disk", lock=Lock(passphrase="Pferd Batterie Heftklammer"))
    assert CANARY.encode() not in made.path.read_bytes()
    assert rehearse(made.path, Keys(passphrase="Pferd Batterie Heftklammer")).manifest == made.manifest
    with pytest.raises(BackupError, match=r"backup\.locked"):
        rehearse(made.path, Keys(passphrase="Pferd"))


@pytest.mark.attack("backup")
@pytest.mark.parametrize("part", [0, 1, 2, 5, 9])
def test_an_encrypted_backup_that_was_cut_or_changed_is_refused(part: int, akte: Path, tmp_path: Path) -> None:
    secret = x25519.Identity.generate()
    made = back_up(akte, tmp_path / "disk", lock=Lock((str(secret.to_public()),)))
    whole = made.path.read_bytes()
    at_byte = len(whole) * part // 10 + 30
    for changed in (whole[:at_byte], whole[:at_byte] + bytes([whole[at_byte] ^ 1]) + whole[at_byte + 1 :]):
        made.path.write_bytes(changed)
        with pytest.raises(BackupError, match=r"backup\.(locked|damaged)"):
            restore(made.path, tmp_path / "neu", Keys(str(secret).encode()))
        assert not (tmp_path / "neu").exists()


def test_what_is_readable_never_reaches_the_other_disk(
    akte: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Looked at when everything is packed, and not yet encrypted."""
    seen: list[bytes] = []

    def looked(*arguments: object) -> None:
        seen.extend(path.read_bytes() for path in (tmp_path / "disk").iterdir())
        encrypt(*arguments)  # type: ignore[arg-type]  # as they came

    monkeypatch.setattr("staffelstab.backup.consistent.encrypt", looked)
    back_up(akte, tmp_path / "disk", NOON, lock=Lock(passphrase="Pferd Batterie"))
    assert seen == [b""]

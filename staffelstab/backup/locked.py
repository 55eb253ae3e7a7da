"""Backups that only some can read: encrypted as the program `age` does it, which can open them without Staffelstab.

To public keys (of age or of SSH), so that the machine that makes a backup holds nothing to open it with; or by a passphrase.
What is secret comes from a file that only its owner may read, or from the terminal, never from the command line.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from staffelstab.errors import BackupError

MOST_BY_PASSPHRASE = 1 << 30
"""Bytes of a backup that can be encrypted by a passphrase: it is held in memory, twice."""

_LONGEST_SECRET = 64 << 10
_AGE, _PASSPHRASE = b"age-encryption.org/v1\n", b"-> scrypt "
_OPEN = os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC | os.O_NOCTTY


@dataclass(frozen=True, slots=True)
class Lock:
    """To whom a backup is encrypted: to these public keys, or by a passphrase."""

    recipients: tuple[str, ...] = ()
    passphrase: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Keys:
    """What may open a backup: the text of a file of identities (as age or ssh-keygen write them), or a passphrase."""

    identities: bytes = field(default=b"", repr=False)
    passphrase: str = field(default="", repr=False)


NO_KEYS = Keys()


def checked(lock: Lock) -> Lock:
    """The same. Raises BackupError for a public key that is none."""
    _recipients(lock.recipients)
    return lock


def encrypt(plain: Path, into: BinaryIO, lock: Lock) -> None:
    """Write the file `plain` encrypted. Raises BackupError if it is too large for a passphrase."""
    import pyrage

    if lock.recipients:
        with plain.open("rb") as stream:
            pyrage.encrypt_io(stream, into, _recipients(lock.recipients))
    elif plain.stat().st_size > MOST_BY_PASSPHRASE:
        raise BackupError("backup.too_large", limit=MOST_BY_PASSPHRASE >> 20)
    else:
        into.write(pyrage.passphrase.encrypt(plain.read_bytes(), lock.passphrase))


def decrypt(stream: BinaryIO, into: BinaryIO, keys: Keys) -> None:
    """Write what an encrypted backup holds. Raises BackupError if no key fits, or the file is damaged."""
    import pyrage

    try:
        if by_passphrase(stream):
            into.write(pyrage.passphrase.decrypt(_bounded(stream), keys.passphrase))
        else:
            pyrage.decrypt_io(stream, into, _identities(keys.identities))
    except (pyrage.DecryptError, OSError) as error:
        if isinstance(error, OSError) and error.errno:
            raise
        raise BackupError("backup.locked") from None


def is_encrypted(stream: BinaryIO) -> bool:
    """Whether an encrypted file begins here; the stream is left where it was."""
    return _begins(stream, _AGE)


def by_passphrase(stream: BinaryIO) -> bool:
    """Whether an encrypted file that begins here asks for a passphrase."""
    return _begins(stream, _AGE + _PASSPHRASE)


def secret_file(path: Path) -> bytes:
    """What stands in a file that only its owner may read. Raises BackupError for any other."""
    opened = os.open(path, _OPEN)
    with os.fdopen(opened, "rb") as stream:
        found = os.fstat(opened)
        if not stat.S_ISREG(found.st_mode) or found.st_mode & 0o077:
            raise BackupError("backup.secret_open", file=path.name)
        data = stream.read(_LONGEST_SECRET)
    if not data.strip():
        raise BackupError("backup.secret_empty", file=path.name)
    return data


def passphrase_in(path: Path) -> str:
    """The passphrase in the first line of a file. Raises BackupError as `secret_file`."""
    try:
        first = secret_file(path).decode().splitlines()[0]
    except UnicodeDecodeError:
        first = ""
    if not first.strip():
        raise BackupError("backup.secret_empty", file=path.name)
    return first


def _begins(stream: BinaryIO, with_: bytes) -> bool:
    begin = stream.tell()
    found = stream.read(len(with_))
    stream.seek(begin)
    return found == with_


def _bounded(stream: BinaryIO) -> bytes:
    limit = MOST_BY_PASSPHRASE + (MOST_BY_PASSPHRASE >> 10)
    data = stream.read(limit + 1)
    if len(data) > limit:
        raise BackupError("backup.too_large", limit=MOST_BY_PASSPHRASE >> 20)
    return data


def _recipients(keys: Sequence[str]) -> list[object]:
    from pyrage import RecipientError, ssh, x25519

    found: list[object] = []
    for key in keys:
        kind = ssh.Recipient if key.startswith("ssh-") else x25519.Recipient
        try:
            found.append(kind.from_str(key))
        except RecipientError:
            raise BackupError("backup.recipient", key=key[:20]) from None
    return found


def _identities(text: bytes) -> list[object]:
    from pyrage import IdentityError, ssh, x25519

    try:
        if text.startswith(b"-----BEGIN"):
            return [ssh.Identity.from_buffer(text)]
        lines = (line.strip() for line in text.decode("ascii", "replace").splitlines())
        return [x25519.Identity.from_str(line) for line in lines if line and not line.startswith("#")]
    except IdentityError:
        raise BackupError("backup.identity") from None

"""Pack a baton: a BagIt 1.0 bag (RFC 8493) that appears whole or not at all, and is never overwritten.

Written by hand rather than with `bagit.make_bag`: that one changes the working directory of the whole process, which other
threads share, and declares version 0.97.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import shutil
from collections.abc import Mapping
from pathlib import Path

from staffelstab.errors import BatonError
from staffelstab.files import alone_in, make_private, sync_folder, write_new
from staffelstab.language import ORIGINAL, Language
from staffelstab.publishing.baton.checking import contents, verify
from staffelstab.publishing.baton.portable_names import portable
from staffelstab.publishing.baton.reference import DECLARATION, INFO, MANIFEST, SIGNATURE, TAG_MANIFEST, Baton


def pack(
    target: Path,
    files: Mapping[str, bytes],
    *,
    info: Mapping[str, str],
    predecessor: Baton | None,
    on: dt.date,
    language: str = ORIGINAL,
) -> Baton:
    """Write `files` (path below `data/` → bytes) as the bag `target`, a folder called "<number>-<kind>" (mode 0700).

    `info` goes into bag-info.txt (Source-Organization, External-Identifier …). The same input gives the same bytes; if the
    identical bag is there already, it stays and is returned. Raises BatonError if a different one is there, if a name does
    not travel, or if the disk will not take it.
    """
    bag = _bag(target.name, portable(files), info, predecessor, on, Language(language))
    try:
        make_private(target.parent)
        with alone_in(target.parent):
            if target.exists():
                _check_same(target, bag)
            else:
                _write(target, bag)
    except OSError as error:
        raise BatonError("baton.disk", baton=target.name, reason=error.strerror) from None
    return verify(target)


def _number_and_kind(name: str) -> tuple[int, str]:
    number, dash, kind = name.partition("-")
    if not (number.isdecimal() and dash and kind):
        raise ValueError("a baton's folder is called <number>-<kind>")
    return int(number), kind


def _bag(
    name: str,
    files: Mapping[str, bytes],
    info: Mapping[str, str],
    predecessor: Baton | None,
    on: dt.date,
    language: Language,
) -> dict[str, bytes]:
    """Every file of the bag by its path; the tag manifest last."""
    readme = str(language.entry("baton.readme.name"))
    if any(path.casefold() == readme.casefold() for path in files):
        raise BatonError("baton.twice", file=readme)
    text = _readme(name, predecessor, on, language)
    payload = {f"data/{path}": data for path, data in {**files, readme: text.encode()}.items()}
    number, kind = _number_and_kind(name)
    tags = {
        DECLARATION: b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n",
        INFO: _tags(
            info,
            {
                "Bagging-Date": on.isoformat(),
                "Payload-Oxum": f"{sum(map(len, payload.values()))}.{len(payload)}",
                "Baton-Number": str(number),
                "Baton-Kind": kind,
                **({"Predecessor": predecessor.path.name, "Predecessor-Hash": predecessor.hash} if predecessor else {}),
            },
        ),
        MANIFEST: _manifest(payload),
    }
    return {**payload, **tags, TAG_MANIFEST: _manifest(tags)}


def _readme(name: str, predecessor: Baton | None, on: dt.date, language: Language) -> str:
    chain = language.say("baton.readme.first")
    if predecessor is not None:
        chain = language.say("baton.readme.chain", predecessor=predecessor.path.name, hash=predecessor.hash)
    return language.say("baton.readme.text", baton=name, on=on, chain=chain)


def _tags(*groups: Mapping[str, str]) -> bytes:
    """Lines "Label: value" in the order given, a later group taking precedence; white space in values is one blank."""
    values = {label: " ".join(value.split()) for group in groups for label, value in group.items()}
    return "".join(f"{label}: {value}\n" for label, value in values.items()).encode()


def _manifest(files: Mapping[str, bytes]) -> bytes:
    lines = (f"{hashlib.sha256(files[path]).hexdigest()}  {path}\n" for path in sorted(files))
    return "".join(lines).encode()


def _check_same(target: Path, bag: Mapping[str, bytes]) -> None:
    there = {path: file for path, file in contents(target).items() if path != SIGNATURE}
    if there.keys() != bag.keys() or any(file.read_bytes() != bag[path] for path, file in there.items()):
        raise BatonError("baton.exists", baton=target.name)


def _write(target: Path, bag: Mapping[str, bytes]) -> None:
    draft = target.with_name(f".{target.name}.new")
    shutil.rmtree(draft, ignore_errors=True)  # left by a run that was killed
    for path, data in bag.items():
        make_private((draft / path).parent)
        write_new(draft / path, data)
    for folder in {draft, *(path for path in draft.rglob("*") if path.is_dir())}:
        sync_folder(folder)
    draft.rename(target)

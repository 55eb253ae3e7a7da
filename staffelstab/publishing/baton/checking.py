"""Check batons: one bag file by file, and the chain in which each names the one before."""

from __future__ import annotations

import hashlib
import logging
import re
import unicodedata
from collections.abc import Mapping
from pathlib import Path

from staffelstab.errors import BatonError
from staffelstab.ledger.heads import Head
from staffelstab.publishing.baton.reference import DECLARATION, HEAD, INFO, MANIFEST, SIGNATURE, TAG_MANIFEST, Baton

_HEAD = re.compile(r"([1-9][0-9]{0,17}) ([0-9a-f]{64})")
_LONGEST_INFO = 64 << 10
_LINE = re.compile(r"([0-9a-f]{64})[ \t]+\*?(.+)")


def verify(path: Path, predecessor: Baton | None = None) -> Baton:
    """The baton at `path`, every byte of it read; with `predecessor`, that it names this one.

    Raises BatonError that names the file: missing, damaged, or foreign to the bag; or says that the predecessor is another.
    """
    try:
        return _verified(path, predecessor)
    except OSError as error:
        raise BatonError("baton.disk", baton=path.name, reason=error.strerror) from None


def verify_chain(folder: Path) -> list[Baton]:
    """All batons in `folder` in order, each verified against the one before. Raises BatonError at the first break."""
    bags = [path for path in folder.iterdir() if path.is_dir() and not path.name.startswith(".")]
    chain: list[Baton] = []
    for baton in sorted((verify(path) for path in sorted(bags)), key=lambda baton: baton.number):
        if chain and chain[-1].number == baton.number:
            raise BatonError("baton.double", baton=baton.path.name, other=chain[-1].path.name)
        _check_predecessor(baton.path, chain[-1] if chain else None)
        chain.append(baton)
    return chain


def named_head(bag: Path) -> Head | None:
    """The ledger's entry that a bag names, without reading the rest of it; None if it names none."""
    if not (bag / INFO).is_file():
        return None
    try:
        with (bag / INFO).open("rb") as stream:
            return _head(_pairs(stream.read(_LONGEST_INFO).decode("utf-8", "replace")))
    except OSError:
        return None


def contents(bag: Path) -> dict[str, Path]:
    """Every file in a bag by its path below it, "/" between the parts, composed (NFC) whatever the file system made of it.

    Raises BatonError for a link, a device, or two spellings of one name.
    """
    found: dict[str, Path] = {}
    for path in sorted(bag.rglob("*")):
        if path.is_dir() and not path.is_symlink():
            continue
        name = unicodedata.normalize("NFC", path.relative_to(bag).as_posix())
        if path.is_symlink() or not path.is_file() or name in found:
            raise BatonError("baton.foreign", baton=bag.name, file=name)
        found[name] = path
    return found


def _verified(path: Path, predecessor: Baton | None) -> Baton:
    if not path.is_dir():
        raise BatonError("baton.missing", baton=path.name)
    files = contents(path)
    tags = _listed(path, files, TAG_MANIFEST)
    _check_listed(path, files, {MANIFEST: "", INFO: "", DECLARATION: "", **tags}, tags)
    payload = _listed(path, files, MANIFEST)
    _check_listed(path, files, payload, payload)
    for name in files.keys() - tags.keys() - payload.keys() - {TAG_MANIFEST, SIGNATURE}:
        raise BatonError("baton.foreign", baton=path.name, file=name)
    _check_form(path)
    if predecessor is not None:
        _check_predecessor(path, predecessor)
    info = _info(path)
    digest = hashlib.sha256(files[TAG_MANIFEST].read_bytes()).hexdigest()
    try:
        return Baton(path, int(info["Baton-Number"]), info["Baton-Kind"], digest, _head(info))
    except (KeyError, ValueError):
        raise BatonError("baton.form", baton=path.name) from None


def _listed(bag: Path, files: Mapping[str, Path], manifest: str) -> dict[str, str]:
    """Path → SHA-256 as a manifest lists them."""
    if manifest not in files:
        raise BatonError("baton.incomplete", baton=bag.name, file=manifest)
    try:
        lines = files[manifest].read_bytes().decode().splitlines()
    except UnicodeDecodeError:
        raise BatonError("baton.damaged", baton=bag.name, file=manifest) from None
    matches = [_LINE.fullmatch(line) for line in lines]
    listed = {match[2]: match[1] for match in matches if match}
    if not listed or len(listed) != len(lines):
        raise BatonError("baton.damaged", baton=bag.name, file=manifest)
    return listed


def _check_listed(bag: Path, files: Mapping[str, Path], wanted: Mapping[str, str], digests: Mapping[str, str]) -> None:
    for name in sorted(wanted):
        if name not in files or name not in digests:
            raise BatonError("baton.incomplete", baton=bag.name, file=name)
        with files[name].open("rb") as stream:
            if hashlib.file_digest(stream, "sha256").hexdigest() != digests[name]:
                raise BatonError("baton.damaged", baton=bag.name, file=name)


def _check_form(bag: Path) -> None:
    """What the reference implementation of BagIt has to say about form and completeness."""
    import bagit

    logging.getLogger("bagit").setLevel(logging.CRITICAL)
    try:
        bagit.Bag(str(bag)).validate(completeness_only=True)
    except bagit.BagError:
        raise BatonError("baton.form", baton=bag.name) from None


def _check_predecessor(bag: Path, predecessor: Baton | None) -> None:
    info = _info(bag)
    named, digest = info.get("Predecessor") or "—", info.get("Predecessor-Hash")
    if predecessor is None and digest:
        raise BatonError("baton.orphan", baton=bag.name, named=named)
    if predecessor is not None and digest != predecessor.hash:
        raise BatonError("baton.predecessor", baton=bag.name, named=named, found=predecessor.path.name)


def _info(bag: Path) -> dict[str, str]:
    return _pairs((bag / INFO).read_text(encoding="utf-8"))


def _pairs(text: str) -> dict[str, str]:
    pairs = (line.partition(": ") for line in text.splitlines())
    return {label: value for label, colon, value in pairs if colon}


def _head(info: Mapping[str, str]) -> Head | None:
    match = _HEAD.fullmatch(info.get(HEAD, ""))
    return Head(int(match[1]), match[2]) if match else None

"""Changes to archives, and so to every Office and OpenDocument file: members, their mark-up, and the archive's own tables."""

from __future__ import annotations

import io
import random
import re
import warnings
import zipfile
import zlib
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress

from tests.fuzzing.changes import NUMBERS, ODD_TEXTS, bytes_changed

_NAMES = (
    "../../a.txt", "/etc/passwd", "C:\\a.txt", "a\0b.txt", "", ".", "a/" * 200 + "b", "[Content_Types].xml",
    "word/document.xml", "content.xml", "mimetype", "ä\u0308.txt", "\u202etxt.exe", "x" * 5_000, "a.zip",
    "__MACOSX/._a", "xl/workbook.bin",
)  # fmt: skip
_ENTITIES = '<!DOCTYPE a [<!ENTITY b "{}"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>'.format("x" * 200)
_EXTERNAL = '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>'
_TEXT = re.compile(rb">([^<]{1,200})<")
_ATTRIBUTE = re.compile(rb'([\w:]+)="([^"]*)"')
_ELEMENT = re.compile(rb"<([A-Za-z][\w:]*)[^>]*?>")

_BROKEN = (zipfile.BadZipFile, NotImplementedError, OSError, ValueError, RuntimeError, EOFError, zlib.error)

Members = list[tuple[str, bytes]]


def members_of(data: bytes) -> Members:
    """Names and contents, in order; none of what is no archive."""
    found: Members = []
    with suppress(*_BROKEN), zipfile.ZipFile(io.BytesIO(data)) as opened:
        for info in opened.infolist()[:200]:
            with suppress(*_BROKEN):  # a sample may be broken already: then without this member
                found.append((info.filename, opened.read(info)))
    return found


def archive(members: Iterable[tuple[str, bytes]], *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """An archive, the same bytes for the same members."""
    out = io.BytesIO()
    with warnings.catch_warnings(action="ignore"), zipfile.ZipFile(out, "w", method) as made:  # of a name twice
        for name, data in members:
            info = zipfile.ZipInfo("x")
            info.filename = name
            info.compress_type = zipfile.ZIP_STORED if name == "mimetype" else method
            with suppress(UnicodeEncodeError):
                made.writestr(info, data)
    return out.getvalue()


def frozen(members: Mapping[str, str | bytes]) -> bytes:
    """An archive of texts and bytes, the same at any time."""
    return archive((name, data.encode() if isinstance(data, str) else data) for name, data in members.items())


def timeless(data: bytes) -> bytes:
    """The same archive without the moment at which it was made."""
    return archive(members_of(data))


def archive_changed(chance: random.Random, data: bytes) -> bytes:
    """Some changes to the members of an archive, then perhaps to its bytes."""
    members = members_of(data)
    if not members or chance.random() < 0.15:
        return bytes_changed(chance, data)
    for _ in range(chance.randint(1, 4)):
        if members:
            chance.choices(_CHANGES, (8, 3, 1, 1, 1, 1, 1))[0](chance, members)
    if sum(len(inner) for _, inner in members) > 30_000_000:
        members = [(name, inner[:1_000_000]) for name, inner in members]
    changed = archive(members, method=chance.choice((zipfile.ZIP_DEFLATED, zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED)))
    return bytes_changed(chance, changed, 3) if chance.random() < 0.2 else changed


def _mark_up(chance: random.Random, members: Members) -> None:
    """The mark-up of one member, those that hold the text more often."""
    marked = [at for at, (name, _) in enumerate(members) if name.endswith((".xml", ".rels", ".html", ".xhtml", ".opf"))]
    if marked:
        heavy = [at for at in marked if re.search(r"content|document|sheet|shared|styles", members[at][0])]
        at = chance.choice(heavy if heavy and chance.random() < 0.7 else marked)
        members[at] = (members[at][0], markup_changed(chance, members[at][1]))


def _raw(chance: random.Random, members: Members) -> None:
    at = chance.randrange(len(members))
    members[at] = (members[at][0], bytes_changed(chance, members[at][1]))


def _drop(chance: random.Random, members: Members) -> None:
    del members[chance.randrange(len(members))]


def _twice(chance: random.Random, members: Members) -> None:
    at = chance.randrange(len(members))
    members.insert(chance.randrange(len(members) + 1), (members[at][0], bytes_changed(chance, members[at][1])))


def _rename(chance: random.Random, members: Members) -> None:
    at = chance.randrange(len(members))
    members[at] = (chance.choice(_NAMES), members[at][1])


def _add(chance: random.Random, members: Members) -> None:
    inner = archive(members) if chance.random() < 0.4 else bytes(chance.choice((0, 10, 2_000_000)))
    members.extend(
        (f"{n}{chance.choice(_NAMES)}", inner) for n in range(chance.choice((1, 1, 3, 300 if len(inner) < 20 else 2)))
    )


def _exchange(chance: random.Random, members: Members) -> None:
    a, b = (chance.randrange(len(members)) for _ in range(2))
    members[a], members[b] = (members[a][0], members[b][1]), (members[b][0], members[a][1])


_CHANGES: tuple[Callable[[random.Random, Members], None], ...] = (
    _mark_up,
    _raw,
    _drop,
    _twice,
    _rename,
    _add,
    _exchange,
)


def markup_changed(chance: random.Random, data: bytes) -> bytes:
    """Mark-up with an attribute blown up, a text replaced, elements nested deep, repeated or left open, or entities."""
    for _ in range(chance.randint(1, 4)):
        match chance.randrange(7):
            case 0:
                data = _replaced(chance, data, _ATTRIBUTE, lambda found: found[1] + b'="' + _value(chance) + b'"')
            case 1:
                data = _replaced(chance, data, _TEXT, lambda _: b">" + _value(chance) + b"<")
            case 2:
                data = _replaced(chance, data, _ELEMENT, lambda found: found[0] * chance.choice((2, 50, 3000)))
            case 3:
                data = _replaced(chance, data, _ELEMENT, lambda found: _nested(chance, found))
            case 4:
                start = re.search(rb"<[A-Za-z]", data)
                at = start.start() if start else 0
                data = (
                    data[:at] + chance.choice((_ENTITIES, _EXTERNAL)).encode() + data[at:].replace(b">", b">&b;&c;", 3)
                )
            case 5:
                data = _replaced(chance, data, _ELEMENT, lambda found: b"<" + chance.choice(_TAGS) + b"/>" + found[0])
            case _:
                data = bytes_changed(chance, data, 3)
        data = data[:5_000_000]
    return data


_TAGS = (
    b"w:vanish", b"w:del", b"w:ins", b"w:tab", b"w:br", b"w:tbl", b"w:sdt", b"text:hidden-text",
    b"text:s text:c='999999999'", b"table:table-cell table:number-columns-repeated='1000000'",
    b"table:table-row table:number-rows-repeated='1048576'", b"c r='XFD1048576' t='n'",
    b"mergeCell ref='A1:XFD1048576'", b"dimension ref='A1:XFD1048576'", b"a xmlns='b'", b"script", b"!--", b"f",
    b"row r='1048576'", b"c t='s'", b"c t='d'", b"c t='e'",
)  # fmt: skip


def _replaced(
    chance: random.Random, data: bytes, pattern: re.Pattern[bytes], new: Callable[[re.Match[bytes]], bytes]
) -> bytes:
    found = list(pattern.finditer(data[:500_000]))
    if not found:
        return data
    match = chance.choice(found)
    return data[: match.start()] + new(match) + data[match.end() :]


def _value(chance: random.Random) -> bytes:
    text = chance.choice((*ODD_TEXTS, *NUMBERS))
    return text.replace("<", "&lt;").encode() if chance.random() < 0.7 else text.encode()


def _nested(chance: random.Random, found: re.Match[bytes]) -> bytes:
    depth = chance.choice((50, 500, 20_000))
    return found[0] * depth + b"x" + (b"</" + found[1] + b">") * depth

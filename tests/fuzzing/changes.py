"""Changes to bytes and to text that know nothing of any format, and the pieces that have broken programs before."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

BIDI, ZERO_WIDTH, TAGS = "\u202e\u2066\u200f", "\u200b\u200d\ufeff\u00ad", "\U000e0041\U000e007f"
ODD_TEXTS = (
    "",
    " ",
    "\0",
    "\x1b]0;x\x07\x1b[2J",
    "\x01\x08\x0b\x0c\x1f\x7f\x85\u2028\u2029",
    f"Beitrag{BIDI}exe.txt",
    f"a{ZERO_WIDTH}b{TAGS}",
    "Z" + "\u0301" * 400,
    "ＡＢＣ①²ﬀ\u2126\u212a",
    "\U0001f468\u200d\U0001f469\u200d\U0001f467" * 40,
    "字" * 300 + "ﷺ" * 40 + "ภาษาไทย" * 20,
    "\ue000\uffff\ufdd0",
    "a" * 5_000,
    "a " * 5_000,
    "(" * 3_000,
    "<" * 3_000,
    "[" * 2_000 + "]" * 2_000,
    "=cmd|' /C calc'!A0",
    "<script>alert(1)</script>&lt;&#0;&#x110000;",
    "{{ 7*7 }}{% for x in y %}",
    '#import "/etc/passwd"\n#eval("1")$',
    "\\input{/etc/passwd}\\end{document}",
    "](javascript:x)![x](file:///etc/passwd)",
    "| a | b |\n|---|---|\n" * 40,
    "Von: " * 200,
    "Datum: 31.2.2027",
    "%s%n%x{0}{a.b}",
    "../../../../etc/passwd",
    "B07.3; V02; Ⅷ; B99999999999999999999.٣",
)
NUMBERS = (
    "0", "-1", "1e308", "1e-400", "-0", "NaN", "inf", "9" * 400, "1" * 5_000, "1.234", "1.234,5", "12,,3", "٣٤",
    "1_000", "0x10", "2147483648", "9223372036854775808",
)  # fmt: skip
DAYS = (
    "0001-01-01", "9999-12-31", "0000-00-00", "10000-01-01", "1.1.1", "31.12.9999", "29.2.2027", "99.99.9999",
    "2027-03-15T25:61:61", "1899-12-31", "3000-01-01", "-0044-03-15", "2027-13-01",
)  # fmt: skip
PIECES: tuple[bytes, ...] = (
    *(text.encode() for text in (*ODD_TEXTS, *NUMBERS, *DAYS)),
    b"\xff",
    b"\xc0\xaf\xed\xa0\x80\xf4\x90\x80\x80",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"\r",
    b"\n" * 300,
    b"PK\x03\x04",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    b"%PDF-1.7\n",
    b"{\\rtf1",
    b"<!--",
    b"<![CDATA[",
    b"\x1f\x8b",
    bytes(4096),
)
CODINGS = ("utf-16", "utf-16-be", "utf-32", "cp1252", "latin-1", "utf-7", "cp437", "shift-jis", "utf-8-sig", "cp037")


def bytes_changed(chance: random.Random, data: bytes, most: int = 8) -> bytes:
    """A few changes at random places."""
    changed = bytearray(data)
    for _ in range(chance.randint(1, most)):
        chance.choices(_BYTES, (4, 3, 2, 2, 1, 1, 1))[0](chance, changed)
    return bytes(changed)


def _place(chance: random.Random, data: bytearray) -> int:
    """Anywhere, though beginnings and ends, where formats keep their tables, more often."""
    where = chance.random()
    if where < 0.2:
        return chance.randrange(min(len(data), 64) + 1)
    if where < 0.35:
        return max(0, len(data) - chance.randrange(min(len(data), 256) + 1))
    return chance.randrange(len(data) + 1)


def _flip(chance: random.Random, data: bytearray) -> None:
    if data:
        data[min(_place(chance, data), len(data) - 1)] ^= 1 << chance.randrange(8)


def _put(chance: random.Random, data: bytearray) -> None:
    at = _place(chance, data)
    data[at:at] = chance.choice(PIECES) * chance.choice((1, 1, 1, 2, 30))


def _overwrite(chance: random.Random, data: bytearray) -> None:
    at, n = _place(chance, data), chance.choice((1, 2, 4, 8, 64))
    data[at : at + n] = chance.choice((b"\xff" * n, bytes(n), chance.randbytes(n)))


def _delete(chance: random.Random, data: bytearray) -> None:
    at = _place(chance, data)
    del data[at : at + chance.choice((1, 4, 40, 400, 4000))]


def _repeat(chance: random.Random, data: bytearray) -> None:
    at, n = _place(chance, data), chance.choice((1, 10, 100, 1000))
    data[at:at] = data[at : at + n] * chance.choice((1, 3, 50))


def _move(chance: random.Random, data: bytearray) -> None:
    at, n, to = _place(chance, data), chance.choice((4, 40, 400)), _place(chance, data)
    data[to : to + n] = data[at : at + n]


def _cut(chance: random.Random, data: bytearray) -> None:
    del data[_place(chance, data) :]


_BYTES: tuple[Callable[[random.Random, bytearray], None], ...] = (
    _flip,
    _put,
    _overwrite,
    _delete,
    _repeat,
    _move,
    _cut,
)


def text_changed(chance: random.Random, text: str, pieces: Sequence[str] = (*ODD_TEXTS, *NUMBERS, *DAYS)) -> str:
    """A few changes to a text by lines and words; `pieces` are put in."""
    for _ in range(chance.randint(1, 6)):
        lines = text.split("\n")
        at = chance.randrange(len(lines))
        match chance.randrange(7):
            case 0:
                lines[at] = _word_changed(chance, lines[at], chance.choice(pieces))
            case 1:
                lines.insert(at, chance.choice(pieces))
            case 2:
                del lines[at : at + chance.choice((1, 1, 3, 20))]
            case 3:
                lines[at:at] = lines[at : at + chance.choice((1, 5))] * chance.choice((1, 2, 50))
            case 4:
                other = chance.randrange(len(lines))
                lines[at], lines[other] = lines[other], lines[at]
            case 5:
                place = chance.randrange(len(lines[at]) + 1)
                lines[at] = lines[at][:place] + chance.choice(pieces) + lines[at][place:]
            case _:
                lines[at] = lines[at][: chance.randrange(len(lines[at]) + 1)]
        text = "\n".join(lines)[:400_000]
    return text


def _word_changed(chance: random.Random, line: str, piece: str) -> str:
    words = line.split(" ")
    words[chance.randrange(len(words))] = piece
    return " ".join(words)


def encoded(chance: random.Random, text: str) -> bytes:
    """A text in UTF-8, sometimes in another encoding, or in two."""
    if chance.random() < 0.7:
        return text.encode("utf-8", "surrogatepass")
    first, second = (chance.choice(CODINGS) for _ in range(2))
    half = len(text) // 2 if chance.random() < 0.3 else len(text)
    return text[:half].encode(first, "replace") + text[half:].encode(second, "replace")

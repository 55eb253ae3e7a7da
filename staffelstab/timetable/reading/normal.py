"""A text as it is compared: one space for any white space, no emphasis, no hyphenation, one shape of every mark."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass

from staffelstab.timetable.vocabulary.words import any_of

_MARKS = dict.fromkeys('„“”«»‚‘’‹›`´"', "'") | dict.fromkeys("–—‒−‑‐", "-") | {"…": "..."}
_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl"}
_SHAPES = _MARKS | _LIGATURES
_SIDE = r"[^\S\n]{0,80}"
_OF = any_of("sentences.page_of")
_NUMBERED = rf"(?:{any_of('sentences.page')})[^\S\n]\d{{1,4}}(?:[^\S\n]?(?:{_OF}|/)[^\S\n]?\d{{1,4}})?"
PAGE_LINE = rf"^{_SIDE}(?:-[^\S\n]?\d{{1,4}}[^\S\n]?-|{_NUMBERED}){_SIDE}$"
_SPECIAL = re.compile(
    rf"(?P<page>{PAGE_LINE})"
    r"|(?P<broken>(?<=[^\W\d_])[-‐‑](?:[^\S\n]{0,9}\n\s{0,99})?(?=[a-zäöüß])"
    rf"(?!(?:{any_of('sentences.behind_hyphen')})\b))"
    r"|(?P<kept>(?<=[^\W\d_])[-‐‑][^\S\n]{0,9}\n\s{0,99}(?=[A-ZÄÖÜ]))"
    r"|(?P<space>[^\S ]\s*| \s+)"
    r"|(?P<star>(?<=\s)\*{1,3} |(?<![^\W\d_])\*{1,3}|\*{1,3}(?![^\W\d_]))"
    r"|(?P<void>[\u00ad\u200b\u200c\u200d\u2060\ufeff])"
    r"|(?P<accent>\w[\u0300-\u036f]{1,9})"
    rf"|(?P<shape>[{''.join(_SHAPES)}])",
    re.M,
)


@dataclass(frozen=True, slots=True)
class Normal:
    """A normalised text. Where a run of it comes from: `edges[n]` in it is `origins[n]` in the original."""

    text: str
    edges: tuple[int, ...]
    origins: tuple[int, ...]

    def origin(self, at: int) -> int:
        """The offset in the original of a character of the normalised text."""
        run = bisect_right(self.edges, at) - 1
        return self.origins[run] + at - self.edges[run]


def normalise(text: str) -> Normal:
    """The text as it is compared, in time linear in its length."""
    pieces: list[str] = []
    edges, origins = [0], [0]
    length = last = 0
    for found in _SPECIAL.finditer(text):
        plain = text[last : found.start()]
        shown = _shown(found, plain[-1:] or (pieces[-1][-1:] if pieces else ""))
        pieces += [part for part in (plain, shown) if part]
        edges += [length + len(plain), length + len(plain) + len(shown)]
        origins += [found.start(), found.end()]
        length += len(plain) + len(shown)
        last = found.end()
    return Normal("".join((*pieces, text[last:])), tuple(edges), tuple(origins))


def _shown(found: re.Match[str], before: str) -> str:
    match found.lastgroup:
        case "space":
            return "" if before == " " else " "
        case "kept":
            return "-"
        case "accent":
            return unicodedata.normalize("NFC", found[0])
        case "shape":
            return _SHAPES[found[0]]
        case _:
            return ""

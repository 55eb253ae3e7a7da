"""Enumerations in running text: separators mixed, brackets kept together, the last "und" told from a name's (R09, R11).

Members are parted by commas, semicolons and line ends, not within brackets or quotation marks and not within figures ("1,5"). The
last "und" or "and" joins members too, and "sowie" and "as well as" always do. It belongs to a name, and the member stays whole

- where a part of a word is shared: "Stadt- und Kreisverbände", "Betreuung und -einbindung";
- in any but the last member: "LAG Betrieb und Gewerkschaft, Landesrat";
- after an abbreviation, "für", "for" or "of", with a single word behind: "LAG Betrieb und Gewerkschaft", "Amt für Bau und Kultur";
- where it is the only link and an attribute follows that may belong to both: "Vorstand und Beirat der Stiftung".

In "Landesrat, Vorstand und Beirat der Stiftung" nothing tells whose the attribute is; there the members are parted.
"""

from __future__ import annotations

import re

from staffelstab.timetable.vocabulary.words import any_of

_MEMBER = re.compile(
    r"(?:\([^()]{0,400}\)|\[[^\[\]]{0,400}\]|„[^“”\n]{0,400}[“”]|“[^”\n]{0,400}”|\"[^\"\n]{0,400}\"|(?<=\d),(?=\d)|[^,;\n])+"
)
_MARK = re.compile(r"^(?:[-–—•·▪◦*+]\s+|\(?(?:\d{1,2}|[a-z])[.)]\s+)")


def _of(name: str) -> str:
    return f"(?:{any_of(f'sentences.lists.{name}')})"


_AND_FIRST = re.compile(rf"^{_of('begins')}\s+", re.I)
_ALWAYS = re.compile(rf"\s+{_of('always')}\s+", re.I)
_AND = re.compile(rf"\s+{_of('and')}\s+", re.I)
_AND_SO_ON = re.compile(rf"(?:^|\s+){_of('so_on')}$", re.I)
_KEEPS_STOP = re.compile(rf"(?:^|[\s(]){_of('keeps_stop')}\.$")
_SHORT_NAME = re.compile(rf"(?:[A-ZÄÖÜ]{{2,6}}\s|.*\s{_of('short_name')}\s)")
_ATTRIBUTE = re.compile(rf"\S+\s{_of('attribute')}\s")


def items(text: str) -> tuple[str, ...]:
    """The members of an enumeration, verbatim, in order, without marks of a list, "usw." and the last full stop."""
    members = [part for found in _MEMBER.findall(text) for part in _ALWAYS.split(found.strip()) if part.strip()]
    parted = [*members[:-1], *_last(members[-1], alone=len(members) == 1)] if members else []
    return tuple(member for part in parted if (member := _clean(part)))


def _last(member: str, *, alone: bool) -> list[str]:
    """The last member, or the two it is made of."""
    ands = [found for found in _AND.finditer(member) if not _within_brackets(member, found.start())]
    if not ands:
        return [member]
    left, right = member[: ands[-1].start()], member[ands[-1].end() :]
    return [member] if _one_name(left, right, alone=alone) else [left, right]


def _within_brackets(text: str, at: int) -> bool:
    return text.count("(", 0, at) > text.count(")", 0, at)


def _one_name(left: str, right: str, *, alone: bool) -> bool:
    if left.endswith(("-", "/")) or right.startswith("-"):
        return True
    if _SHORT_NAME.match(left) and " " not in right.strip(" ."):
        return True
    return alone and " " not in left and bool(_ATTRIBUTE.match(right))


def _clean(part: str) -> str:
    member = _AND_FIRST.sub("", _MARK.sub("", part.strip())).strip()
    member = _AND_SO_ON.sub("", member)
    return member if _KEEPS_STOP.search(member) else member.rstrip(". ")

"""How binding a sentence is, by its modal verbs and what hedges them, in any of the languages (R109).

A sentence is parted into clauses at its commas, colons, semicolons and dashes, an English one also before "that", "if"
and the like; what stands in brackets says nothing. Within one clause the weakest word wins ("Ggf. werden …" is may,
"soll geschaffen werden" is should), among the clauses of a sentence the strongest. Clauses that ask, give a reason or a
condition ("wie …", "dass …", "wenn …", "Sollten sich …") bind nobody; relative clauses, and a sentence that begins with
"What …" or "Wer …", count only where no main clause binds ("…, das ein erstes Bild ergeben soll").

- must: muss, wird (also as a plain passive or future of the resolution), ist/hat … zu, gilt es, spätestens, verpflichtet,
  notwendig, darf nicht, kann nur, beschließt; must, shall, will, is to, has to, no later than, required, may not.
- should: soll, sollte, im Idealfall; should, ought.
- may: kann, darf, ggf., möglichst, bietet sich an, wünschenswert, empfehlenswert, muss nicht; may, can, could, optional, desirable,
  need not. A hedge that only qualifies another word ("ein möglichst genaues Bild", "verstärkte oder ggf. veränderte") is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Literal

from staffelstab.language import LANGUAGES
from staffelstab.timetable.reading.emphasis import plain
from staffelstab.timetable.vocabulary.words import any_of, initials, joined, words

Modal = Literal["must", "should", "may"]


def _of(name: str, *languages: str) -> str:
    """Words of strength in a group of their own."""
    return f"(?:{any_of(f'strength.{name}', *languages)})"


def _word(*alternatives: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(alternatives)})\b", re.I)


_IF_POSSIBLE_SAID = "ifpossible"
"""Stands for a clause such as "soweit möglich" while a sentence is read; a word that no text has."""

_HEDGES = (*words("strength.hedges"), _IF_POSSIBLE_SAID)
_UNQUALIFYING = "".join(rf"(?<!\b{word} )" for word in words("strength.hedges_nothing_after"))
_MAY = _word(_of("may"), rf"(?=[{initials(_HEDGES)}]){_UNQUALIFYING}(?:{joined(_HEDGES)})")
_SHOULD = _word(_of("should"))
_MUST = _word(_of("must"))
_MUST_HERE = {language: _word(_of("must_here", language)) for language in LANGUAGES}
_FORBIDS = re.compile(rf"\b{_of('forbids')}", re.I)
_UNABLE = re.compile(rf"\b{_of('unable')}", re.I)

_ASIDE = re.compile(r"\([^()]{0,400}\)|\[[^\[\]]{0,400}\]")
_IF_POSSIBLE = re.compile(rf",?\s{_of('if')}\s(?:\w{{1,20}}\s)?{_of('possible')}\b,?", re.I)
_CLAUSES = {
    language: re.compile(rf"\s*[,;:]\s+|\s+[–—-]\s+|\s+(?={_of('clause_begins', language)}\b)")
    for language in LANGUAGES
}
_SUBJECT = re.compile(rf"{_of('subject')}\b", re.I)
_CONDITION = re.compile(rf"(?:{_of('and_or')} )?{_of('condition')}\b", re.I)
_RELATIVE = re.compile(rf"(?:{_of('preposition')} )?{_of('relative')}\b(?! {_of('auxiliary')}\b)", re.I)
_INVERTED = re.compile(rf"{_of('inverted')}\b(?=[^?]*,)")
_TAIL = re.compile(rf"(\b{_of('outer')}\b.*) {_of('inner')}\W*$", re.I)
_MARKS = {
    language: re.compile(rf"\b{_of('marks', language)}\b|{_of('letters', language)}", re.I)
    for language in LANGUAGES
    if words("strength.marks", language)
}
_UNMARKED = next((language for language in LANGUAGES if language not in _MARKS), LANGUAGES[0])
"""The language of a sentence that shows none."""

_RANK: tuple[Modal, ...] = ("may", "should", "must")


@lru_cache(maxsize=20_000)
def strength_of(sentence: str) -> Modal | None:
    """The strength of a sentence; None where nothing in it binds anyone, as in a heading or a plain statement."""
    text = _IF_POSSIBLE.sub(f" {_IF_POSSIBLE_SAID} ", _ASIDE.sub("", " ".join(plain(sentence).split())))
    language = _language_of(text)
    main: list[Modal | None] = []
    relative: list[Modal | None] = []
    for n, clause in enumerate(_CLAUSES[language].split(text)):
        weakest = _weakest(clause.rstrip(" .!?*"), language)
        if (_SUBJECT if n == 0 else _RELATIVE).match(clause):
            relative.append(weakest)
        elif not _CONDITION.match(clause) and not (n == 0 and _INVERTED.match(text)):
            main.append(weakest)
    return _strongest(main) or _strongest(relative)


def _language_of(sentence: str) -> str:
    """The language of which a sentence shows most."""
    shown = {language: len(found) for language, marks in _MARKS.items() if (found := marks.findall(sentence))}
    return max(shown, key=shown.__getitem__) if shown else _UNMARKED


def _strongest(found: Iterable[Modal | None]) -> Modal | None:
    return max((one for one in found if one), key=_RANK.index, default=None)


def _weakest(clause: str, language: str) -> Modal | None:
    """The weakest of what one clause says."""
    if _FORBIDS.search(clause):
        return "must"
    clause = _TAIL.sub(r"\1", clause)
    if not _UNABLE.search(clause) and _MAY.search(clause):
        return "may"
    if _SHOULD.search(clause):
        return "should"
    return "must" if _MUST.search(clause) or _MUST_HERE[language].search(clause) else None

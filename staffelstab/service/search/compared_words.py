"""The words of texts and questions as they are compared: by their stem, whatever their case, umlauts, accents and gender star.

"Straße" is found by "strasse", "Büro" by "buero" and "buro", "Kassierer*innen" by "Kassierer"; a question's word finds every word
that begins with its stem, so that "Mitglied" finds "Mitgliederversammlung".
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

import Stemmer

from staffelstab.language import Language

LONGEST_WORD = 60
"""What is longer is no word; so much of it is compared."""
MOST_KNOWN = 200_000
_LETTER = "[^\\W_\u0300-\u036f\u00ad]"
_MORE = "(?:[^\\W_]|[\u0300-\u036f\u00ad])"
_WORD = re.compile(f"({_LETTER}{_MORE}*)((?:[*:]in(?:nen)?)(?!{_MORE}))?")
_TWO = re.compile("(?<!q)([aou])e")


class Word(NamedTuple):
    """A word, where it stands in its text, its stem, and itself as it is compared in a phrase."""

    start: int
    end: int
    stem: str
    plain: str


class Words:
    """The words of one language; what was looked at once is remembered."""

    def __init__(self, language: str) -> None:
        self._stemmer = Stemmer.Stemmer(
            Language(language).forms.stemmer, 0
        )  # its own memory slows down once it is full
        self._known: dict[str, tuple[str, str]] = {}

    def of(self, text: str) -> list[Word]:
        """The words of a text in their order."""
        return [Word(match.start(), match.end(), *self._compared(match[1])) for match in _WORD.finditer(text)]

    def columns(self, text: str) -> tuple[str, str]:
        """The stems of a text's words, and the words as they are compared in phrases."""
        known = self._known
        found = [known.get(word) or self._compared(word) for word, _ in _WORD.findall(text)]
        return " ".join(pair[0] for pair in found), " ".join(pair[1] for pair in found)

    def _compared(self, word: str) -> tuple[str, str]:
        known = self._known.get(word)
        if known is None:
            if len(self._known) >= MOST_KNOWN:
                self._known.clear()
            lower = unicodedata.normalize("NFC", word[:LONGEST_WORD].replace("\u00ad", "")).casefold()
            known = self._known[word] = _plain(self._stemmer.stemWord(lower)) or _plain(lower), _plain(lower)
        return known


def _plain(word: str) -> str:
    """A word without accents; "ae", "oe" and "ue" count as the umlauts that they stand for, and these as their vowels."""
    apart = unicodedata.normalize("NFKD", word)
    return _TWO.sub(r"\1", "".join(character for character in apart if not unicodedata.combining(character)))

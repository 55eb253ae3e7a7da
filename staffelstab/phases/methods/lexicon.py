"""Words in running text, and the terms of a codebook that they match, inflected or by wildcard.

Umlauts count like their vowels and ß like ss, so that "Beiträge" is found by "beitrag"; a compound written with hyphens
or a gender star ("Neumitglieder-Treffen", "Kassierer*in") matches as a whole and by its parts.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

import Stemmer

from staffelstab.language import Language
from staffelstab.phases.methods.codebook import GAPS

GAP = 4

_LETTER = "[^\\W_\u0300-\u036f\u00ad]"
_MORE = "(?:[^\\W_]|[\u0300-\u036f\u00ad])"
_WORD = re.compile(f"{_LETTER}{_MORE}*(?:[-*:]{_MORE}+)*")
_JOINT = re.compile("[-*:]")
_FOLD = str.maketrans({"ä": "a", "ö": "o", "ü": "u", "ß": "ss", "\u00ad": None})

Phrase = tuple[tuple[int, int], ...]


Word = re.Match[str]
"""A word of a text and where it stands in it."""


def words(text: str) -> list[Word]:
    """The words of `text`, with their offsets in it as it is given (composed or decomposed)."""
    return list(_WORD.finditer(text))


class Lexicon:
    """The terms of a codebook, numbered, and the phrases that begin with each of them."""

    def __init__(self, entries: Iterable[tuple[str, str]], language: str) -> None:
        """`entries` are (id, term). Raises KeyError for a language without a stemmer."""
        self._stemmer = Stemmer.Stemmer(Language(language).forms.stemmer)
        self._numbers: dict[str, int] = {}
        self._stems: dict[str, list[int]] = {}
        self._prefixes: dict[str, list[int]] = {}
        self._patterns: list[tuple[re.Pattern[str], int]] = []
        self._phrases: dict[int, list[tuple[str, Phrase]]] = {}
        self._known: dict[str, tuple[int, ...]] = {}
        for entry, term in entries:
            phrase = self._phrase(term)
            self._phrases.setdefault(phrase[0][0], []).append((entry, phrase))
        self._lengths = sorted({len(prefix) for prefix in self._prefixes})

    def starting(self, term: int) -> list[tuple[str, Phrase]]:
        """The (id, phrase) whose first word is `term`; a phrase is (term, words that may stand before it) per word."""
        return self._phrases.get(term, [])

    def terms(self, word: str) -> tuple[int, ...]:
        """The numbers of all terms that `word` matches, ascending."""
        if word not in self._known:
            self._known[word] = tuple(sorted({term for form in _forms(word) for term in self._matching(form)}))
        return self._known[word]

    def terms_of(self, found: Iterable[Word]) -> list[tuple[int, ...]]:
        """The terms of each of many words; nearly all of them were asked for before."""
        known = self._known
        return [known[text] if (text := word[0]) in known else self.terms(text) for word in found]

    def _phrase(self, term: str) -> Phrase:
        phrase: list[tuple[int, int]] = []
        gap = 0
        for word in term.split():
            if word in GAPS:
                gap = GAP if phrase else 0
            else:
                phrase.append((self._number(_folded(word)), gap))
                gap = 0
        return tuple(phrase)

    def _number(self, word: str) -> int:
        """The number of a word of a term, entered under how it is looked up when it is new."""
        if word not in self._numbers:
            self._numbers[word] = number = len(self._numbers)
            if "*" not in word:
                self._stems.setdefault(self._stem(word), []).append(number)
            elif word.find("*") == len(word) - 1:
                self._prefixes.setdefault(word[:-1], []).append(number)
            else:
                self._patterns.append((_pattern(word), number))
        return self._numbers[word]

    def _matching(self, form: str) -> Iterable[int]:
        yield from self._stems.get(self._stem(form), ())
        for length in self._lengths:
            yield from self._prefixes.get(form[:length], ()) if length <= len(form) else ()
        for pattern, number in self._patterns:
            if pattern.fullmatch(form):
                yield number

    def _stem(self, word: str) -> str:
        return _folded(self._stemmer.stemWord(word))


def _pattern(word: str) -> re.Pattern[str]:
    """A word with asterisks in it. What stands between two of them is looked for once: trying every place again after a failure
    finds nothing more, and takes for ever where there are many."""
    first, *between, last = map(re.escape, word.split("*"))
    return re.compile(f"{first}{''.join(f'(?>.*?{part})' for part in between if part)}.*{last}")


def _forms(word: str) -> set[str]:
    whole = _folded(word)
    return {whole, *(part for part in _JOINT.split(whole) if part)}


def _folded(word: str) -> str:
    """Composed, lower case, without umlauts and soft hyphens."""
    return unicodedata.normalize("NFC", word).lower().translate(_FOLD)

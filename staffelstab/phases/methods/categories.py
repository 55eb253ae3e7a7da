"""Statements sorted by a codebook, with every hit shown and an honest None where there is none (R72, R18).

Each word found counts one point, a phrase as many as it has words; a hit whose words all belong to a longer hit does
not count beside it. The category with the most points wins, in a tie the one further up in the codebook. A statement in
which something out of scope outweighs every category is parked, not dropped.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from staffelstab.phases.methods.codebook import Codebook
from staffelstab.phases.methods.lexicon import Lexicon, Word, words

Hit = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class Coding:
    """What the codebook says about one statement.

    `hits` are (start, end, id of category or scope), offsets into the statement as given; `confident` means at least
    two points and twice as many as the second; `parked` is the id of a scope, or None.
    """

    category: str | None
    second: str | None
    hits: tuple[Hit, ...]
    confident: bool
    parked: str | None


def categorise(texts: Sequence[str], codebook: Codebook, language: str) -> list[Coding]:
    """Code each of `texts`, in their order. Raises KeyError for an unknown language."""
    entries = (*codebook.categories, *codebook.scopes)
    lexicon = Lexicon(((each.id, term) for each in entries for term in (*each.stems, *each.phrases)), language)
    categories = [each.id for each in codebook.categories]
    scopes = [each.id for each in codebook.scopes]
    return [_coding(text, lexicon, categories, scopes) for text in texts]


def _coding(text: str, lexicon: Lexicon, categories: list[str], scopes: list[str]) -> Coding:
    tokens = words(text)
    found = _outermost(_found(text, tokens, lexicon))
    points: Counter[str] = Counter()
    for places, entry in found:
        points[entry] += len(places)
    ranked = sorted((entry for entry in categories if points[entry]), key=lambda entry: -points[entry])
    first, second = ([*ranked, None, None])[:2]
    parked = max(scopes, key=lambda entry: points[entry], default=None)
    best = points[first] if first else 0
    return Coding(
        category=first,
        second=second,
        hits=tuple(sorted((tokens[places[0]].start(), tokens[places[-1]].end(), entry) for places, entry in found)),
        confident=best >= 2 and best >= 2 * (points[second] if second else 0),
        parked=parked if parked and points[parked] > best else None,
    )


def _found(text: str, tokens: list[Word], lexicon: Lexicon) -> list[tuple[tuple[int, ...], str]]:
    """All hits: the places of their words among `tokens`, and the id."""
    terms = lexicon.terms_of(tokens)
    found = []
    for place, here in enumerate(terms):
        for term in here:
            for entry, phrase in lexicon.starting(term):
                places = _follow(text, tokens, terms, place, phrase)
                if places:
                    found.append((places, entry))
    return list(dict.fromkeys(found))


def _follow(
    text: str, tokens: list[Word], terms: list[tuple[int, ...]], place: int, phrase: tuple[tuple[int, int], ...]
) -> tuple[int, ...] | None:
    """The places of all words of a phrase that begins at `place`, each within its gap and in the same sentence."""
    places = [place]
    for term, gap in phrase[1:]:
        reach = range(places[-1] + 1, min(places[-1] + 2 + gap, len(tokens)))
        following = next((each for each in reach if term in terms[each]), None)
        if following is None or _SENTENCE_END.search(text, tokens[places[-1]].end(), tokens[following].start()):
            return None
        places.append(following)
    return tuple(places)


def _outermost(found: list[tuple[tuple[int, ...], str]]) -> list[tuple[tuple[int, ...], str]]:
    """Without the hits whose words all belong to a longer one."""
    longer: dict[int, set[tuple[int, ...]]] = {}
    for places, _ in found:
        if len(places) > 1:
            for place in places:
                longer.setdefault(place, set()).add(places)
    return [
        (places, entry)
        for places, entry in found
        if not any(set(places) < set(each) for each in longer.get(places[0], ()))
    ]


_SENTENCE_END = re.compile(r"[.!?;]")

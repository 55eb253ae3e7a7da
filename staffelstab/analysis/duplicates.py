"""Statements that say nearly the same in nearly the same words: a hint in the register, never a reason to drop one.

Words and pairs of words weighted by TF-IDF (smoothed, length 1), cosine ≥ 0.5; measured in notes/documents.md with
precision 0.994 and recall 0.997. The weights are those of scikit-learn's TfidfVectorizer(ngram_range=(1, 2)).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

SIMILAR = 0.5

_WORD = re.compile(r"\w\w+")


@dataclass(frozen=True, slots=True)
class Group:
    """Statements (by their place in the list, ascending) that hang together; `similarity` of the closest two (0–1)."""

    members: tuple[int, ...]
    similarity: float


@dataclass(frozen=True, slots=True)
class _Index:
    """Per statement its terms; per term the statements that have it, and the weight of the term in each."""

    terms: list[list[int]]
    holders: list[NDArray[np.int64]]
    weights: list[NDArray[np.float64]]


def near_duplicates(texts: Sequence[str], threshold: float = SIMILAR) -> list[Group]:
    """Groups of two or more similar `texts`, by their first members; a chain of similar ones forms one group."""
    index = _index(texts)
    parent = list(range(len(texts)))
    closest: dict[int, float] = {}
    for here in range(len(texts)):
        for there, similarity in _similar(index, here, threshold):
            one, other = sorted((_root(parent, here), _root(parent, there)))
            parent[other] = one
            closest[one] = max(similarity, closest.get(one, 0.0), closest.get(other, 0.0))
    groups: dict[int, list[int]] = {}
    for place in range(len(texts)):
        groups.setdefault(_root(parent, place), []).append(place)
    return [Group(tuple(members), closest[root]) for root, members in groups.items() if len(members) > 1]


def _similar(index: _Index, here: int, threshold: float) -> list[tuple[int, float]]:
    """The earlier statements at least that similar."""
    scores = np.zeros(here + 1)
    for term in index.terms[here]:
        holders = index.holders[term]
        own = int(holders.searchsorted(here))
        scores[holders[:own]] += index.weights[term][:own] * index.weights[term][own]
    scores = scores[:here].round(6)
    return [(int(there), float(scores[there])) for there in np.flatnonzero(scores >= threshold)]


def _index(texts: Sequence[str]) -> _Index:
    counts = [_counts(text) for text in texts]
    holders: dict[str, list[int]] = {}
    for place, terms in enumerate(counts):
        for term in terms:
            holders.setdefault(term, []).append(place)
    rarity = {term: np.log((1 + len(texts)) / (1 + len(places))) + 1 for term, places in holders.items()}
    lengths = [np.sqrt(sum((n * rarity[term]) ** 2 for term, n in terms.items())) for terms in counts]
    shared = {term: number for number, term in enumerate(term for term, places in holders.items() if len(places) > 1)}
    return _Index(
        terms=[[shared[term] for term in terms if term in shared] for terms in counts],
        holders=[np.array(holders[term]) for term in shared],
        weights=[
            np.array([counts[place][term] * rarity[term] / lengths[place] for place in holders[term]])
            for term in shared
        ],
    )


def _counts(text: str) -> dict[str, int]:
    """How often each word of two letters or more and each pair of neighbours occurs."""
    words = _WORD.findall(unicodedata.normalize("NFC", text).casefold())
    counts: dict[str, int] = {}
    for term in (*words, *(f"{one} {two}" for one, two in pairwise(words))):
        counts[term] = counts.get(term, 0) + 1
    return counts


def _root(parent: list[int], place: int) -> int:
    while parent[place] != place:
        parent[place] = parent[parent[place]]
        place = parent[place]
    return place

"""The index: passages in an in-memory FTS5 table, made anew whenever the ledger, the plan or the outbox is no longer what it was.

It is derived and lives in this process alone: nothing of it is written to a disk, and what is erased from the ledger is gone from
it with the entry that says so.
"""

from __future__ import annotations

import re
import sqlite3
import threading
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from staffelstab.service.kept_cases import CASES
from staffelstab.service.phase_run import Run
from staffelstab.service.search.citable_passages import Kind, Passage, parts, passages
from staffelstab.service.search.compared_words import Word, Words
from staffelstab.service.sent_letters import letters

LONGEST = 300
"""Characters of a question; what is longer is no question."""
MOST_WORDS = 16
SHOWN = 100
"""So many hits are shown."""
AROUND = 320
"""So many characters of a passage stand around a hit, if its sentence is longer."""
_QUOTED = re.compile('["„“”»«](.*?)["“”«»]')
_SENTENCE_END = re.compile(r"[.!?…][»“”\"')]*\s+")


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that was found: its sentence in pieces, and of each whether it is what was looked for."""

    passage: Passage
    pieces: tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class Found:
    """How many passages there are of each kind, and the first of those wanted, the best first; `cut`: words were left out."""

    counts: dict[Kind, int]
    hits: tuple[Hit, ...]
    total: int
    cut: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """What is looked for: words, by their stems, and phrases, word by word; all of it has to be there."""

    words: tuple[str, ...]
    phrases: tuple[tuple[str, ...], ...]
    cut: bool = False

    @property
    def match(self) -> str:
        """The same as FTS5 asks for it: nothing of what was typed but letters and digits, and those in quotation marks."""
        parts = [f'(stems : "{word}" OR stems : "{word}" *)' for word in self.words]
        parts += ['plain : "{}"'.format(" ".join(phrase)) for phrase in self.phrases]
        return " AND ".join(parts)


def question(typed: str, words: Words) -> Question:
    """What was typed, as a question: "junge Mitglieder" in quotation marks is a phrase, all else are words."""
    text = typed[:LONGEST]
    phrases = [tuple(word.plain for word in words.of(quoted)) for quoted in _QUOTED.findall(text)]
    single = [word.stem for word in words.of(_QUOTED.sub(" ", text))]
    kept = tuple(dict.fromkeys(single))[:MOST_WORDS]
    said = tuple(dict.fromkeys(phrase[:MOST_WORDS] for phrase in phrases if phrase))[:MOST_WORDS]
    return Question(kept, said, len(typed) > LONGEST or len(single) > MOST_WORDS)


class Index:
    """The passages of one record, and the words of their language. May be shared by threads."""

    def __init__(self, found: Iterable[Passage], language: str) -> None:
        self._words = Words(language)
        self._passages = [part for passage in found for part in parts(passage)]
        self._one = threading.Lock()
        self._table = sqlite3.connect(":memory:", check_same_thread=False)
        self._table.execute("PRAGMA temp_store = MEMORY")
        self._table.execute(
            "CREATE VIRTUAL TABLE passages USING fts5(stems, plain, content = '', prefix = '2 3 4', "
            "tokenize = 'unicode61 remove_diacritics 0')"
        )
        rows = ((number, *self._words.columns(item.text)) for number, item in enumerate(self._passages))
        self._table.executemany("INSERT INTO passages(rowid, stems, plain) VALUES (?, ?, ?)", rows)

    def ask(self, typed: str, wanted: Kind | None = None) -> Found:
        """What is found; nothing for what holds no word."""
        asked = question(typed, self._words)
        if not asked.match:
            return Found({}, (), 0, asked.cut)
        query = "SELECT rowid FROM passages WHERE passages MATCH ? ORDER BY rank"
        with self._one:
            numbers = [row[0] for row in self._table.execute(query, (asked.match,))]
        numbers.sort(key=lambda number: self._passages[number].kind == "letter")  # they only repeat what others say
        counts: dict[Kind, int] = {}
        for number in numbers:
            kind = self._passages[number].kind
            counts[kind] = counts.get(kind, 0) + 1
        chosen = [item for number in numbers if (item := self._passages[number]).kind == wanted or wanted is None]
        hits = tuple(Hit(item, self._pieces(item.text, asked)) for item in chosen[:SHOWN])
        return Found(counts, hits, len(chosen), asked.cut)

    def _pieces(self, text: str, asked: Question) -> tuple[tuple[str, bool], ...]:
        marked = _marked(self._words.of(text), asked)
        start, end = _sentence(text, marked[0] if marked else (0, 0))
        pieces: list[tuple[str, bool]] = [("… ", False)] if start else []
        at = start
        for first, last in marked:
            if first < at or last > end:
                continue
            pieces += [(text[at:first], False), (text[first:last], True)]
            at = last
        pieces += [(text[at:end], False), *([(" …", False)] if end < len(text) else [])]
        return tuple(piece for piece in pieces if piece[0])


def _marked(found: Sequence[Word], asked: Question) -> list[tuple[int, int]]:
    """Where words or phrases that were looked for stand, in their order."""
    spans = {(word.start, word.end) for word in found if asked.words and word.stem.startswith(asked.words)}
    for phrase in asked.phrases:
        for at in range(len(found) - len(phrase) + 1):
            part = found[at : at + len(phrase)]
            if tuple(word.plain for word in part) == phrase:
                spans.add((part[0].start, part[-1].end))
    return sorted(spans)


def _sentence(text: str, hit: tuple[int, int]) -> tuple[int, int]:
    """From where to where the sentence around a hit goes; of a very long one, so much as stands around it."""
    ends = [0, *(match.end() for match in _SENTENCE_END.finditer(text)), len(text)]
    start = max(end for end in ends if end <= hit[0])
    end = min((end for end in ends if end >= hit[1] and end > start), default=0)
    end = start + len(text[start:end].rstrip())
    if end - start <= 2 * AROUND:
        return start, end
    first, last = max(start, hit[0] - AROUND), min(end, hit[1] + AROUND)
    return (text.find(" ", first) + 1 or first) if first > start else start, last


class Kept:
    """The index of each record that was searched, as long as it holds."""

    def __init__(self) -> None:
        self._kept: dict[str, tuple[object, Index]] = {}
        self._locks: defaultdict[str, threading.Lock] = defaultdict(threading.Lock)

    def index(self, run: Run) -> Index:
        """The index of a run's record at its moment; one record's is made once, others' meanwhile. Raises LedgerError."""
        place = str(run.workspace.ledger)
        with self._locks[place], run.workspace.open(read_only=True) as ledger:
            state = (ledger.newest().hash, ledger.seen(run.now), run.edition, _outbox(run))
            known = self._kept.get(place)
            if known is not None and known[0] == state:
                return known[1]
            self._kept.pop(place, None)  # what no longer holds is let go before anything else is kept
            made = Index(passages(CASES.case(run, ledger), letters(run, ledger)), run.plan.language)
            self._kept[place] = (state, made)
            return made


def _outbox(run: Run) -> tuple[tuple[str, int, int], ...]:
    """Which letters lie there, and how they look from outside."""
    found = [
        (path, path.lstat()) for folder in (run.workspace.outbox, run.workspace.sent) for path in folder.glob("*.eml")
    ]
    return tuple(sorted((str(path), looks.st_size, looks.st_mtime_ns) for path, looks in found))

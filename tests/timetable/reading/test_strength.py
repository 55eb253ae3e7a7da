"""How binding each sentence is, compared with what a person read off the resolution (R109)."""

from __future__ import annotations

import re

import pytest

from staffelstab.timetable.reading.source import Source
from staffelstab.timetable.reading.strength import strength_of
from tests.conftest import ROOT
from tests.timetable.reading.notations import SEED

TABLE = ROOT.parent / "shared/requirements.md"
LETTERS = {"must": "M", "should": "S", "may": "K", None: "I"}

# Where the table's row and the sentence's own words differ, and why.
NO_VERB_BINDS = {
    "R05",
    "R16",
    "R31",
    "R33",
    "R34",
    "R35",
    "R36",
    "R37",
    "R38",
    "R39",
    "R66",
}  # headings, ranges, fields
PLAIN_STATEMENT = {
    "R51",
    "R52",
    "R56",
    "R60",
    "R63",
    "R94",
}  # "Dieser informiert …": a duty in the indicative, as any statement
SAYS_SOLL = {"R20", "R45", "R64"}  # the row reads the sentence more strictly than its "soll"
OTHER_HALF = {"R19", "R29", "R30", "R46"}  # the row speaks of one part of the sentence only


def rows() -> dict[str, tuple[str, str]]:
    """The strength of each row that quotes the resolution, and the longest piece of its quote."""
    found = re.findall(r'^\| (R\d+) \| [^|]*?"([^"|]+)"[^|]* \| ([MSKI])', TABLE.read_text(encoding="utf-8"), re.M)
    return {row: (letter, max(re.split(r"\s*…,?\s*", quote), key=len)) for row, quote, letter in found}


def sentence_of(source: Source, quote: str) -> str:
    """The sentence in which a quote begins."""
    place = source.find(quote)
    assert place is not None, quote
    return next(s.text for s in source.sentences if s.place.start <= place.start < s.place.end)


@pytest.mark.skipif(not TABLE.is_file(), reason="the table of requirements does not lie beside the checkout")
def test_the_words_of_the_resolution_weigh_as_a_person_weighed_them() -> None:
    source = Source(SEED)
    read = {row: LETTERS[strength_of(sentence_of(source, quote))] for row, (_, quote) in rows().items()}
    differing = {row for row, (letter, _) in rows().items() if read[row] != letter}
    assert differing == NO_VERB_BINDS | PLAIN_STATEMENT | SAYS_SOLL | OTHER_HALF
    assert len(read) > 80


@pytest.mark.parametrize(
    ("sentence", "strength"),
    [
        ("Der Vorstand muss bis Mai entscheiden.", "must"),
        ("Die Ergebnisse werden vorgestellt.", "must"),
        ("Die Anträge sind bis zum 3. Mai einzureichen.", "must"),
        ("Es ist darauf zu achten, dass alle gehört werden können.", "must"),
        ("Anträge können nur als Initiativanträge behandelt werden.", "must"),
        ("Der Beirat darf nicht umgangen werden.", "must"),
        ("Alle müssen teilnehmen können.", "must"),
        ("Hier soll ein Raum geschaffen werden.", "should"),
        ("Es soll auf eine verstärkte oder ggf. veränderte Rolle hinweisen.", "should"),
        ("Ein Papier, das ein erstes Bild ergeben soll.", "should"),
        ("Ggf. werden die Fraktionen einbezogen.", "may"),
        ("Wünschenswert wäre eine andere Form.", "may"),
        ("Die Ergebnisse werden, soweit möglich, veröffentlicht.", "may"),
        ("Sollten sich Vorhaben ergeben, so können auch diese begonnen werden.", "may"),
        ("Die Kreise können helfen; alle müssen schreiben, die Beiräte sollten lesen.", "must"),
        ("Es muss nicht jede*r schreiben.", "may"),
        ("Eine Versammlung muss keine Ämter bestimmen.", "may"),
        ("Das muss nicht nur der Vorstand wissen.", "must"),
        ("Nun müssen alle ran, sodass ein möglichst genaues Bild entsteht.", "must"),
        ("Wie diese aussehen können, das muss sich zeigen.", "must"),
        ("Dies ist *kein* Konzept zur Mitgliedergewinnung.", None),
        ("Trotzdem gibt es kaum Ideen, wie Neumitglieder gehalten werden können.", None),
        ("Der Vorstand will das Thema.", None),
        ("Phase 0 – Take-Off", None),
        ("", None),
        ("Papers shall reach the Secretary by 30 November 2025.", "must"),
        ("The findings will be presented to the Committee.", "must"),
        ("The text is to be sent out no later than May.", "must"),
        ("Members may not vote twice.", "must"),
        ("It should be settled whether the text is to be a statute.", "should"),
        ("Every section ought to be heard.", "should"),
        ("Further hearings may be held where turnout has been low.", "may"),
        ("It is desirable that the report be received in May.", "may"),
        ("Any format will do.", "may"),
        ("The meeting took place in May.", None),
        ("Two of our sections cannot vote at all.", None),
    ],
)
def test_the_weakest_word_of_a_clause_and_the_strongest_clause_count(sentence: str, strength: str | None) -> None:
    assert strength_of(sentence) == strength

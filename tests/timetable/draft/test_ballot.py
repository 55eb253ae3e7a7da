"""How a vote is told inside the sentence that resolves: what is said is read, nothing is added to it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from staffelstab.timetable.draft.compose import draft_of
from staffelstab.timetable.draft.plan_entries import Vote

_TOLD: dict[str, Vote] = {
    "Der Vorstand beschließt mit 7 Ja-Stimmen, 2 Nein-Stimmen und 1 Enthaltung den folgenden Zeitplan.": Vote(
        result="adopted", yes=7, no=2, abstentions=1, quote="7 Ja-Stimmen, 2 Nein-Stimmen und 1 Enthaltung"
    ),
    "Der Vorstand beschließt mit 41 Ja-Stimmen bei 3 Gegenstimmen und 5 Enthaltungen: Es gibt eine neue Ordnung.": Vote(
        result="adopted", yes=41, no=3, abstentions=5, quote="41 Ja-Stimmen bei 3 Gegenstimmen und 5 Enthaltungen"
    ),
    "Der Vorstand beschließt einstimmig bei einer Enthaltung den folgenden Zeitplan.": Vote(
        result="adopted", abstentions=1, quote="einstimmig bei einer Enthaltung"
    ),
    "The Committee resolved unanimously to draw up a charter.": Vote(result="adopted", quote="unanimously"),
    "The Committee adopts the timetable by 12 votes to 3 with 2 abstentions.": Vote(
        result="adopted", yes=12, no=3, abstentions=2, quote="12 votes to 3 with 2 abstentions"
    ),
    "The motion was lost by 3 votes to 12.": Vote(result="rejected", yes=3, no=12, quote="3 votes to 12"),
}  # fmt: skip


@pytest.mark.parametrize("sentence", _TOLD)
def test_a_vote_told_in_a_sentence_is_read(sentence: str) -> None:
    assert _vote(sentence) == _TOLD[sentence]


def test_figures_alone_are_no_vote() -> None:
    vote = _vote("The Committee adopts two plans, one for each section, and a ratio of one to one.")
    assert (replace(vote, questions=()), len(vote.questions)) == (Vote(result="adopted"), 1)


def _vote(sentence: str) -> Vote:
    steps = (
        "Step 1: Collecting (1 March to 30 April 2027)\nLetters.\n\nStep 2: Writing (1 May to 30 June 2027)\nText.\n"
    )
    draft, _ = draft_of(f"Timetable\n\n{sentence}\n\n{steps}", "en")
    assert draft is not None
    return draft.vote

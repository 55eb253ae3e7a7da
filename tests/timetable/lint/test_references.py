"""References in a resolution that lead nowhere, and those that lead somewhere, in both languages."""

from __future__ import annotations

import pytest

from staffelstab.timetable.lint.finding import Finding, Subject
from staffelstab.timetable.lint.references import RULES
from staffelstab.timetable.reading.source import Source
from tests.timetable.lint.plans import CLEAN, PARTY, planned

ABOVE = "Die Verantwortung für die Erarbeitung der Kapitel liegt bei den Kreisen und den Fachgruppen."


def found(text: str, language: str = "de") -> list[tuple[str, object]]:
    """Codes and words of what is found in a text, with the clean plan of the language beside it."""
    subject = Subject(planned(CLEAN[language]), Source(text))
    return [(item.code, item.facts["words"]) for rule in RULES for item in rule(subject)]


@pytest.mark.parametrize(
    ("language", "text", "words"),
    [
        (
            "de",
            "Der Vorstand tagt im Mai. Wie bereits oben erwähnt, tragen die Kreise die Kosten.",
            "Wie bereits oben erwähnt",
        ),
        ("de", "Der Vorstand tagt im Mai. Die Kreise tragen, wie oben dargelegt, alle Kosten.", "wie oben dargelegt"),
        ("de", "Der Vorstand tagt im Mai. Die Kreise tragen alle Kosten (siehe oben).", "siehe oben"),
        ("de", "Der Vorstand tagt im Mai. Die Kreise tragen alle Kosten, s. o.", "s. o."),
        ("en", "The Committee meets in May. As mentioned above, branches bear all costs.", "As mentioned above"),
        ("en", "The Committee meets in May. Branches bear all costs, as already described.", "as already described"),
        ("en", "The Committee meets in May. Branches bear all costs (see above).", "see above"),
    ],
)
def test_what_nothing_before_it_says(language: str, text: str, words: str) -> None:
    assert found(text, language) == [("dangling", words)]


@pytest.mark.parametrize(
    "text",
    [
        f"{ABOVE} Wie bereits oben erwähnt, liegt die Verantwortung für die Kapitel bei den Kreisen.",
        f"{ABOVE} Der Vorstand tagt im Mai. Wie oben dargelegt, sind die Kreise für die Erarbeitung der Kapitel verantwortlich.",
        "Die Kreise zahlen. Alle Kosten sind ihre Sache. Die Kreise tragen alle Kosten (siehe oben).",
        "Wie gesagt: Der Vorstand tagt im Mai.",
        "Die Satzung wird oben am Haus ausgehängt. Der Vorstand tagt, wie im Mai besprochen.",
    ],
)
def test_what_was_said_before_and_what_promises_nothing(text: str) -> None:
    assert found(text) == []


def test_half_of_the_words_is_not_enough() -> None:
    """Four content words: with two of them an earlier sentence speaks of something else, with three of the same."""
    clause = "Wie oben erwähnt: Kreise tragen Kosten gemeinsam."
    assert found(f"Kreise haben Kosten. {clause}") == [("dangling", "Wie oben erwähnt")]
    assert found(f"Kreise teilen Kosten gemeinsam. {clause}") == []


@pytest.mark.parametrize(
    ("language", "sentence", "words", "part"),
    [
        ("de", "Die Zahlen stehen in der Liste, siehe Anlage 2.", "Anlage 2", "Anlage 2: Liste"),
        ("de", "Es gilt das Verfahren gemäß Punkt 7.", "Punkt 7", "7. Verfahren"),
        ("de", "Es gilt das Verfahren (vgl. Abschnitt 3).", "Abschnitt 3", "Abschnitt 3 – Verfahren"),
        ("en", "The figures are listed, see annex B.", "annex B", "Annex B: figures"),
        ("en", "Members vote, see section 9.", "section 9", "9 Voting"),
    ],
)
def test_a_part_of_the_text_that_is_not_there(language: str, sentence: str, words: str, part: str) -> None:
    assert found(sentence, language) == [("part_missing", words)]
    assert found(f"{sentence}\n\n{part}\n", language) == []


@pytest.mark.parametrize(
    "text", ["Es gilt das Verfahren gemäß Punkt 7 der Satzung.", "Beschluss siehe Abschnitt 4 des Programms."]
)
def test_a_part_of_another_text_is_not_looked_for(text: str) -> None:
    assert found(text) == []


def counted(heading: str, sentence: str) -> list[Finding]:
    """What is found in the resolution with this sentence in place of the one about the first phase, below this heading."""
    text = (PARTY / "resolution.txt").read_text(encoding="utf-8")
    text = text.replace("In der ersten Phase muss analysiert werden, woran es hapert.", "")
    subject = Subject(planned(PARTY), Source(text.replace(heading, f"{heading}\n\n{sentence}\n\n")))
    return [item for rule in RULES for item in rule(subject) if item.code.startswith("counted")]


def test_an_ordinal_is_read_by_the_part_in_which_it_stands() -> None:
    """R49: the first phase is number 0 in its own part, number 1 in the part about the analysis, and otherwise nobody knows."""
    sentence = "In der ersten Phase wird gesammelt."
    read = [
        [(item.code, item.severity, item.facts.get("read")) for item in counted(heading, sentence)]
        for heading in ("15. Dez. 2017 bis 14. Jan. 2018", "02. Jan. 2018 bis 09. März 2018", "ab 25. August 2018")
    ]
    assert read == [
        [("counted", "information", 0)],
        [("counted", "information", 1)],
        [("counted_unclear", "may", None)],
    ]


def test_where_phases_are_numbered_from_one_an_ordinal_is_no_trap() -> None:
    assert found("In der ersten Phase wird gesammelt.") == []

"""Claims about the world without evidence: few, and none where a source is named, a duty is set or a plain number stands (R27)."""

from __future__ import annotations

import pytest

from staffelstab.timetable.lint.claims import unproven
from staffelstab.timetable.lint.finding import Subject
from staffelstab.timetable.reading.source import Source
from tests.timetable.lint.plans import CLEAN, planned


def claims(text: str, language: str) -> list[str]:
    """The sentences of a text that claim something."""
    return [item.quote for item in unproven(Subject(planned(CLEAN[language]), Source(text)))]


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("de", "Kein anderer Verein hat so viele Mitglieder wie wir."),
        ("de", "Die meisten Mitglieder wohnen auf dem Land."),
        ("de", "Wir sind der mitgliederstärkste Verband im Land."),
        ("de", "Ein Drittel der Mitglieder ist über 70."),
        ("de", "30 Prozent der Gärten stehen leer."),
        ("de", "Immer weniger Menschen treten ein."),
        ("en", "No other choir has so many members."),
        ("en", "Most of our members live in the country."),
        ("en", "We are the largest association in the region."),
        ("en", "One in five singers is under thirty."),
        ("en", "30 per cent of the plots lie fallow."),
    ],
)
def test_a_claim_without_evidence(language: str, sentence: str) -> None:
    assert claims(sentence, language) == [sentence]


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("de", "Laut Mitgliederstatistik ist ein Drittel der Mitglieder über 70."),
        ("de", "Die meisten Plätze sollen an Frauen gehen."),
        ("de", "Der Antrag wurde mit 72% der Stimmen angenommen (siehe Protokoll)."),
        ("de", "Der größte Teil liegt brach."),
        ("de", "Die Sitzung beginnt um 18 Uhr mit 20 Personen."),
        ("en", "According to the census one in five singers is under thirty."),
        ("en", "The largest section shall go first."),
        ("en", "Two of our seven sections cannot vote at all as it stands."),
    ],
)
def test_no_claim(language: str, sentence: str) -> None:
    assert claims(sentence, language) == []

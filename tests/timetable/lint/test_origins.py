"""What the plan makes of the resolution's sentences: as binding as they are, none lost, and what has none is said (R109, U1)."""

from __future__ import annotations

from tests.timetable.lint.plans import CLEAN, found_after, said

DE = CLEAN["de"]
MUST = "Sie muss auch sagen, wie verbindlich sie ist."
CALL = (
    'quote = "Der Vorstand und die Obleute der Wege werden gebeten, der Schriftführerin bis spätestens 14. März 2025 zu '
    'schreiben, was die neue Gartenordnung regeln muss."'
)


def test_an_item_that_binds_less_than_its_sentence() -> None:
    findings = found_after(DE, (f'quote = "{MUST}"', f'strength = "may"\nquote = "{MUST}"'))
    assert [(item.code, item.severity, item.path, item.quote) for item in findings] == [
        ("weaker", "information", "$.concept.strength", MUST)
    ]
    assert said(findings, "weaker") == [
        "Im Plan weniger verbindlich als im Beschluss (kann statt muss): die Vorgaben für das Konzept."
    ]


def test_items_that_bind_more_than_their_sentence_in_one_finding() -> None:
    first, second = "Die Wegewartung soll Fotos machen.", "Ein Drittel reicht."
    quote = f'quote = "{first} {second}"'
    changes = [
        ('quote = "Grundlage sind die Fotos der Obleute."', quote),
        ('id = "strom"\nname = "Strom"\nresponsible = "kasse"\nquote', f'id = "strom"\nname = "Strom"\n{quote}\nnote'),
    ]
    findings = found_after(DE, *changes)
    assert said(findings, "stronger") == [
        "Im Plan verbindlicher als im Beschluss (muss statt soll): „Fotos“ und „Strom“."
    ]
    assert [item.facts["value"] for item in findings if item.code == "stronger"] == ["should"]


def test_part_of_a_sentence_is_not_measured() -> None:
    change = (f'quote = "{MUST}"', 'strength = "may"\nquote = "Sie muss auch sagen"')
    assert [item.code for item in found_after(DE, change)] == []


def test_a_binding_sentence_that_no_item_quotes_is_named_with_its_line() -> None:
    findings = found_after(DE, (f'quote = "{MUST}"', 'quote = "Eine neue Gartenordnung"'))
    assert said(findings, "lost") == [
        "Ein verbindlicher Satz des Beschlusses steht hinter keiner Angabe des Plans: "
        "Zeile 36 „Sie muss auch sagen, wie verbindlich sie …“."
    ]


def test_a_sentence_in_a_note_is_not_lost() -> None:
    note = f'quote = "Eine neue Gartenordnung"\nnote = "Wie verbindlich: „{MUST}“"'
    assert said(found_after(DE, (f'quote = "{MUST}"', note)), "lost") == []


def test_what_has_no_sentence_is_counted_in_one_finding() -> None:
    findings = found_after(
        DE,
        (CALL, ""),
        ('quote = "10. Februar 2025 bis 28. März 2025"', ""),
        ('quote = "Das Kapitel', 'note = "Das Kapitel'),
    )
    assert [(item.severity, item.path) for item in findings if item.code == "without_sentence"] == [
        ("information", "$.phases[0]")
    ]
    assert said(findings, "without_sentence") == [
        "Von 25 Angaben haben 3 keinen Satz des Beschlusses und gelten als angenommen: "
        "eine Phase, ein Aufruf und ein Kapitel."
    ]

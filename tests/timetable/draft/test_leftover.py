"""What did not go into the draft is told completely: every sentence on which nothing rests, every distance left out."""

from __future__ import annotations

from staffelstab.timetable.draft.compose import draft_of

TEXT = """Beschluss der Mitgliederversammlung vom 14. März 2026: Neue Gartenordnung

Die Mitgliederversammlung beschließt eine neue Gartenordnung. Fotos sind erwünscht.

Phase 1: Entwurf, 18. Mai bis 31. Juli 2026
Der Gartenausschuss schreibt einen Entwurf. Sie trifft sich mindestens einmal im Monat.

Phase 2: Aushang, 1. August bis 30. September 2026
Der Entwurf hängt sechs Wochen im Vereinsheim aus. Nach Ostern beginnt der Druck.
Einsprüche sind bis drei Wochen vor der außerordentlichen Mitgliederversammlung am 17.10.2026 möglich.
"""


def test_every_sentence_without_an_item_is_told_also_below_a_heading_and_without_a_date() -> None:
    draft, left = draft_of(TEXT, "de")
    assert draft is not None
    assert [(item.line, item.why, item.text) for item in left] == [
        (3, "sentence", "Fotos sind erwünscht."),
        (6, "sentence", "Der Gartenausschuss schreibt einen Entwurf."),
        (6, "sentence", "Sie trifft sich mindestens einmal im Monat."),
        (9, "sentence", "Der Entwurf hängt sechs Wochen im Vereinsheim aus."),
        (9, "sentence", "Nach Ostern beginnt der Druck."),
        (
            10,
            "distance",
            "Einsprüche sind bis drei Wochen vor der außerordentlichen Mitgliederversammlung am 17.10.2026 möglich.",
        ),
    ]


def test_a_distance_that_an_item_holds_is_not_told_again() -> None:
    text = TEXT.replace("Einsprüche sind bis drei Wochen vor", "Vorlagen sind drei Wochen vor der Sitzung da, vor")
    _, left = draft_of(text + "\nDer Vorstand berät am 20. Juli 2026 in seiner Sitzung den Entwurf.\n", "de")
    assert [item for item in left if item.why == "distance"] == []

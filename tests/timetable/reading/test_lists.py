"""Enumerations: members are parted where the text parts them, and names stay whole (R09, R11)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from staffelstab.timetable.reading.lists import items
from tests.timetable.reading.notations import SEED

NAMES = st.sampled_from(
    [
        "Ortsvorsitzende",
        "Stadt- und Kreisverbände",
        "Rat (alt, neu; beide)",
        "Kinder*rat",
        "Chor Nord e.V.",
        "Amt für Bau",
    ]
)


def test_the_resolution_goes_to_exactly_twelve_groups() -> None:
    [line] = [line for line in SEED.splitlines() if line.startswith("Den Beschluss sollen erhalten: ")]
    assert items(line.partition(": ")[2]) == (
        "Landesvorstandsmitglieder",
        "Landesratsmitglieder",
        "Kreisvorsitzende",
        "Ortsvorsitzende",
        "sächsische Mitglieder im Bundesausschuss",
        "Fraktionsvorstand der Fraktion DIE LINKE im Sächsischen Landtag",
        "Pressesprecher der Fraktion DIE LINKE im Sächsischen Landtag",
        "Fraktionsgeschäftsführer der Fraktion DIE LINKE im Sächsischen Landtag",
        "Landesparteitagsdelegierte",
        "sächsische Bundesparteitagsdelegierte",
        "Landesweite Zusammenschlüsse",
        "Jugendkoordinator",
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "councils; authorities, Agency and Historic England.",
            ("councils", "authorities", "Agency", "Historic England"),
        ),
        ("Kreise, Stadt- und Ortsverbände", ("Kreise", "Stadt- und Ortsverbände")),
        ("Vorstand und Beirat der Stiftung", ("Vorstand und Beirat der Stiftung",)),
        ("LAG Frauen, LAG Betrieb und Gewerkschaft", ("LAG Frauen", "LAG Betrieb und Gewerkschaft")),
        ("den Vorsitzenden, KGF und Mitgliederbeauftragten", ("den Vorsitzenden", "KGF", "Mitgliederbeauftragten")),
        ("Vorstände sowie Gäste", ("Vorstände", "Gäste")),
        ("- eins;\n- zwei (a, b)\n- drei usw.", ("eins", "zwei (a, b)", "drei")),
        ("Rat (offen, Vorstand", ("Rat (offen", "Vorstand")),
        ("1,5 Liter, Chor e.V.", ("1,5 Liter", "Chor e.V.")),
        (" , ; ", ()),
        ("", ()),
    ],
)
def test_members_are_parted_and_names_stay_whole(text: str, expected: tuple[str, ...]) -> None:
    assert items(text) == expected


@given(st.lists(st.tuples(NAMES, st.sampled_from([", ", "; ", ",\n", ";"])), min_size=1, max_size=12))
def test_a_list_joined_by_any_separators_is_parted_again(parts: list[tuple[str, str]]) -> None:
    text = "".join(name + separator for name, separator in parts)
    assert items(text) == tuple(name for name, _ in parts)

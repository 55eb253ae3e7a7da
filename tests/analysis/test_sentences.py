"""What a coordinator reads: whole sentences, with names instead of ids."""

from __future__ import annotations

from staffelstab.analysis.coverage import Interview, coverage
from staffelstab.analysis.figures import Figure, membership
from staffelstab.analysis.needs import Rating, rank
from staffelstab.analysis.sentences import on_coverage, on_figures, on_needs, on_unanimity
from staffelstab.analysis.unanimity import unanimity

NAMES = {"bautzen": "Bautzen", "goerlitz": "Görlitz", "leipzig": "Leipzig"}
UNITS = tuple(NAMES)


def test_on_talks_that_must_be_held() -> None:
    told = coverage(
        UNITS,
        ("vorsitz",),
        [
            Interview("bautzen", "vorsitz", "held"),
            Interview("goerlitz", "vorsitz", "refused"),
            Interview("pirna", "vorsitz", "held"),
        ],
    )
    assert on_coverage(told, "de", NAMES) == [
        "1 von 3 Gesprächen sind geführt.",
        "2 Gespräche sind noch offen.",
        "Noch niemand gehört: Görlitz und Leipzig.",
        "Eine Absage ist ohne Grund vermerkt; bitte den Grund nachtragen.",
        "Ein Eintrag passt zu keinem der vorgesehenen Gespräche; bitte Verband und Rolle prüfen.",
    ]


def test_on_talks_that_must_be_sought() -> None:
    asked = [Interview(unit, "sprecherrat", "refused") for unit in UNITS]
    assert on_coverage(coverage(UNITS, ("sprecherrat",), asked, attempt=True), "en", NAMES) == [
        "0 of 3 conversations have been held.",
        "Everyone has been offered a conversation.",
        "Nobody heard yet: Bautzen, Görlitz and Leipzig.",
    ]
    assert "Einmal wurde noch kein Gespräch angeboten." in on_coverage(
        coverage(UNITS, ("sprecherrat",), asked[1:], attempt=True), "de", NAMES
    )


def test_on_who_agrees() -> None:
    def said(**positions: str) -> str:
        return on_unanimity(unanimity(positions, UNITS), "de", NAMES)  # type: ignore[arg-type] # words of a test

    assert [
        said(bautzen="agrees", goerlitz="agrees", leipzig="agrees"),
        said(bautzen="objects"),
        said(bautzen="agrees"),
        on_unanimity(unanimity({}, ()), "de", NAMES),
    ] == [
        "Einmütig: Alle, die zu fragen waren, sind dafür.",
        "Nicht einmütig. Dagegen: Bautzen.",
        "Nicht einmütig, solange nicht alle gehört sind. Es fehlen: Görlitz und Leipzig.",
        "Es ist noch niemand gefragt.",
    ]


def test_on_membership_figures() -> None:
    told = membership(
        [
            Figure("bautzen", 2016, 400),
            Figure("bautzen", 2017, 400, joined=12, left=10),
            Figure("goerlitz", 2016, -3),
            Figure("pirna", 2017, 80),
        ],
        UNITS,
    )
    assert on_figures(told, "de", NAMES) == [
        "Summe aus 2 von 3 Verbänden.",
        "Keine Zahlen von: Leipzig.",
        "Nur ältere Zahlen von: Görlitz.",
        "Bautzen, 2017: Die Zahlen gehen nicht auf. Von „Vorjahr + Eintritte − Austritte“ weichen sie um -2 ab.",
        "Görlitz, 2016: Die Zahl -3 kann nicht stimmen, sie liegt unter null.",
        "pirna, 2017: Dieser Verband ist im Plan nicht vorgesehen; seine Zahlen sind nicht mitgezählt.",
    ]


def test_on_the_ranking_of_needs() -> None:
    told = rank([Rating("bautzen", "Fahrten", 4)], UNITS, seed=1)
    method, missing = on_needs(told, "de", NAMES)
    assert method.startswith("So ist gerechnet: Für jeden Verband")
    assert missing == "Ohne Bewertung: Görlitz und Leipzig."
    assert on_needs(rank([], UNITS, seed=1), "en", NAMES) == ["There are no ratings yet."]

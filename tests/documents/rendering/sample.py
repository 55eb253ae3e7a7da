"""A sample dossier of about eight pages, as a board might get it, with everything the press can set."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from staffelstab.documents.rendering.charts import Mark, bars, intervals, matrix
from staffelstab.documents.rendering.manuscript import Manuscript
from staffelstab.documents.rendering.templates import environment

STAMP = dt.datetime(2018, 3, 2, 18, tzinfo=ZoneInfo("Europe/Berlin"))

# What a member might send by accident or on purpose: nothing of it may take effect in any format.
HOSTILE = """# Überschrift? #read("/etc/passwd") und ```{=typst} #read("/etc/passwd") ```

<script>alert(1)</script> <img src="https://example.org/x.png"> \\input{/etc/passwd} $x^2$ @zitat [^1] ^[Fußnote]

::: {.warning}
[x]{.source} ![Bild](/etc/passwd) [Link](file:///etc/passwd) {{ 7*7 }} {% raw %} #id {#id} | a | b |
:::

- *fett* **fetter** ~~weg~~ `code` "gerade" 'einfach' -- --- ... Straße 5 \\ & %"""

ASSOCIATIONS = (
    "Bautzen", "Chemnitz", "Dresden", "Erzgebirge", "Görlitz", "Leipzig", "Meißen", "Mittelsachsen", "Nordsachsen",
    "Sächsische Schweiz-Osterzgebirge", "Vogtland", "Westsachsen", "Zwickau",
)  # fmt: skip
ASPECTS = ("Vorsitz", "Finanzen", "Mitgliederbetreuung")
LEGEND = {
    "heard": Mark("●", "gehört", 0.85),
    "asked": Mark("◐", "gefragt, noch keine Antwort", 0.3),
    "silent": Mark("○", "nicht gefragt", 0.0),
    "vacant": Mark("–", "Amt nicht besetzt", 0.1),
}
WIDE_HEADS = (
    "Kreisverband", "Mitglieder", "davon neu", "Austritte", "Beiträge", "Gespräche", "Bewertungen", "Verantwortliche Stelle",
)  # fmt: skip
_STATUSES = ("heard", "heard", "asked", "heard", "silent", "heard", "vacant", "asked")
COVERAGE = tuple(
    (name, tuple(_STATUSES[(row * 3 + column * 5) % 8] for column in range(3))) for row, name in enumerate(ASSOCIATIONS)
)
PASSAGE = (
    "Neue Mitglieder wissen in den ersten Wochen oft nicht, an wen sie sich wenden können. Eine feste Ansprechperson im "
    "Ortsverband würde vielen helfen, gerade außerhalb der großen Städte.\n\nWir schlagen vor:\n- ein Begrüßungsgespräch "
    "innerhalb von vier Wochen\n- eine Patenschaft für das erste halbe Jahr\n- einen Termin im Jahr für alle Neuen"
)

_TEMPLATE = """{% from "macros.md.j2" import table, passage, notice, figure %}
# Worum es heute geht

Der Vorstand soll die **Ergebnisse des ersten Calls** kennenlernen und entscheiden, welche Bedürfnisse in der nächsten
Phase vertieft werden. Eingegangen sind {{ papers }} Beiträge aus {{ associations | length }} Kreisverbänden; die Frist
endete am {{ deadline | day }}.

{% call notice("decision", "Vorgeschlagener Beschluss") %}
Der Vorstand nimmt das „Erste Bild“ zur Kenntnis und beauftragt die Koordination, die fünf am häufigsten genannten
Bedürfnisse bis zum {{ next | day }} mit den Kreisverbänden zu vertiefen.
{% endcall %}
{% call notice("warning") %}
Aus drei Kreisverbänden liegt **keine** Antwort vor. Ein Ergebnis ohne sie gilt nicht für alle.
{% endcall %}
{% call notice("question") %}
Soll die Nachfrist für diese Kreisverbände bis Ende März laufen?
{% endcall %}

## Seit der letzten Sitzung

- Der Call wurde an zwölf Empfängergruppen verschickt.
- {{ papers }} Beiträge sind eingegangen, davon vier nach der Frist; auch sie sind berücksichtigt und gekennzeichnet.
- Mit elf Kreisvorsitzenden wurde gesprochen.[^1]

[^1]: Die Niederschriften liegen in der Akte und sind nur der Koordination zugänglich.

{% call notice() %}
Zahlen ohne Quelle sind als *angenommen* gekennzeichnet.

1. Erstens die Zahlen der Mitgliederverwaltung.
2. Zweitens die Angaben der Kreisverbände.
{% endcall %}

# Wer gehört wurde und wer nicht

{{ figure(coverage) }}

{{ table(["Kreisverband"] + aspects, coverage_rows, (34, 20, 20, 26), "lccc", caption=caption) }}

# Das erste Bild

{{ figure(counts) }}

{{ figure(needs) }}

## Was geschrieben wurde

{{ passage(text, "Beitrag B-007, Kreisverband Görlitz, Absätze 3 und 4") }}

{{ passage(hostile, "Beitrag B-013, Absatz 1") }}

> Ein gewöhnliches Zitat aus dem Beschluss: „Es muss anwendbar sein.“

### Lange Wörter

{{ "2. März am Zeilenanfang, -5 Grad, 2018-01-14, - kein Punkt" }}; Mitgliederversammlungsvorbereitungsgruppenleitungskonferenzen
und https://www.example.org/sehr/langer/pfad/ohne/ende/protokoll_2018_01_14_endfassung_korrigiert.docx und
{{ "W" * 150 }} dürfen nirgends über den Rand laufen; 😀 und 中文 auch nicht verschwinden.

# Register der Beiträge

{{ table(["Nr.", "Eingang", "Von", "Titel", "Stand"], register, (7, 15, 25, 40, 13)) }}

# Acht Spalten

{{ table(wide_heads, wide, align="lrrrrrrl") }}
"""


def dossier() -> Manuscript:
    """The sample, made anew each time."""
    figures = {
        "coverage": matrix(COVERAGE, ASPECTS, LEGEND, "Wer gehört wurde", "de"),
        "counts": bars(_counts(), "Beiträge je Kreisverband", "Anzahl der Beiträge bis zum 14. Januar 2018", "de"),
        "needs": intervals(_needs(), "Dringlichkeit der Bedürfnisse", "Mittel von 1 bis 5, mit Spanne (95 %)", "de"),
    }
    text = environment("de").from_string(_TEMPLATE).render(
        papers=32,
        associations=ASSOCIATIONS,
        aspects=list(ASPECTS),
        deadline=dt.date(2018, 1, 14),
        next=dt.date(2018, 4, 13),
        coverage_rows=[(name, *(LEGEND[status].meaning for status in row)) for name, row in COVERAGE],
        caption="Gehört, gefragt, nicht gefragt: Stand 2. März 2018",
        text=PASSAGE,
        hostile=HOSTILE,
        register=_register(),
        wide_heads=list(WIDE_HEADS),
        wide=_wide(),
        **figures,
    )  # fmt: skip
    return Manuscript(
        markdown=text,
        title="Das erste Bild: was die Mitglieder schreiben",
        subtitle="Vorlage zur Sitzung des Landesvorstands am 9. März 2018",
        language="de",
        stamp=STAMP,
        organisation="Landesverband Sachsen",
        status="Entwurf, Stand 2. März 2018, 18:00 Uhr",
        figures=tuple(figures.values()),
    )


def _counts() -> list[tuple[str, float]]:
    return [(name, (number * 7 + 3) % 9) for number, name in enumerate(ASSOCIATIONS)]


def _needs() -> list[tuple[str, float, float, float]]:
    labels = (
        "Ansprechperson vor Ort", "Begrüßung neuer Mitglieder", "Verständliche Sprache in Einladungen und Anträgen",
        "Kinderbetreuung bei Sitzungen", "Digitale Teilnahme", "Weiterbildung für Vorstände",
    )  # fmt: skip
    return [(label, 4.4 - n * 0.35, 4.0 - n * 0.4, 4.8 - n * 0.28) for n, label in enumerate(labels)]


def _register() -> list[tuple[str, ...]]:
    titles = (
        "Patenschaften für neue Mitglieder", "Sitzungen, die um 20 Uhr enden", "Mitgliederversammlungsvorbereitung gemeinsam",
        "Ein Handbuch für Ortsvorstände, das man auch lesen will", "Anlage protokoll_2018_01_14_endfassung_korrigiert.docx",
    )  # fmt: skip
    return [
        (
            f"B-{n + 1:03}",
            f"{n % 14 + 1:02}.01.2018",
            f"Kreisverband {ASSOCIATIONS[n % 13]}",
            titles[n % 5],
            ("fristgerecht", "verspätet")[n % 9 == 8],
        )
        for n in range(42)
    ]


def _wide() -> list[tuple[object, ...]]:
    return [
        (name, 1200 + n * 37, n * 3, n, n % 5, n % 2, 4.25 - n / 10, "Mitgliederbetreuungsbeauftragte")
        for n, name in enumerate(ASSOCIATIONS)
    ]

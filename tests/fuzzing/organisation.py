"""A small organisation of the campaign's own: an allotment club whose plan has a phase of every kind, all at work at once."""

from __future__ import annotations

PLAN = """id = "wasserordnung-2027"
title = "Eine neue Wasserordnung"
organisation = "Kleingartenverein Am Bahndamm"
language = "de"
timezone = "Europe/Berlin"
country = "DE"
state = "SN"
source = "resolution.txt"
codebook = "codebook.toml"
coordinator = "schriftfuehrung"

[resolution]
body = "vorstand"
date = 2027-03-01
text = "Der Vorstand beschließt den folgenden Zeitplan."

[[perspectives]]
id = "gaerten"
name = "Die Gärten"

[[offices]]
id = "schriftfuehrung"
name = "Schriftführung"
body = "vorstand"

[[bodies]]
id = "vorstand"
name = "Vorstand"
seats = [{ id = "schriftfuehrung" }, { id = "kasse", name = "Kasse" }]

[[groups]]
id = "wege"
name = "Wege"
perspective = "gaerten"
units = [{ id = "birkenweg", name = "Birkenweg", region = "Nord" }, { id = "quellweg", name = "Quellweg", region = "Süd" }]

[[events]]
id = "mv"
name = "Mitgliederversammlung"
date = 2027-04-24
wall = true

[[sessions]]
id = "vorstand-maerz"
name = "Vorstandssitzung im März"
body = "vorstand"
date = 2027-03-24
papers_due = 2027-03-23
phase = 1
item = "review"

[[sessions]]
id = "vorstand-april"
name = "Vorstandssitzung im April"
body = "vorstand"
date = "two weeks before mv"
papers_due = { rule = "five working days before session" }
phase = 6
item = "adoption"

[[phases]]
number = 1
name = "Fragen"
kind = "call"
start = 2027-03-01
end = 2027-03-21
gate = "presentation"

[[phases]]
number = 2
name = "Auswerten"
kind = "analysis"
start = 2027-03-02
end = 2027-03-28
gate = "deadline"

[[phases]]
number = 3
name = "Zusammenführen"
kind = "synthesis"
start = 2027-03-03
end = 2027-03-30
gate = "deadline"

[[phases]]
number = 4
name = "Ideen"
kind = "ideas"
start = 2027-03-04
end = 2027-03-31
gate = "deadline"

[[phases]]
number = 5
name = "Versuche"
kind = "trials"
start = 2027-03-05
end = 2027-04-01
gate = "deadline"

[[phases]]
number = 6
name = "Die Ordnung"
kind = "finalisation"
start = 2027-03-06
end = 2027-04-12
gate = "decision"

[[phases]]
number = 7
name = "Bekanntmachen"
kind = "publication"
start = 2027-03-07
end = 2027-05-31
gate = "deadline"

[[calls]]
id = "umfrage"
name = "Was brauchen die Wege?"
phase = 1
opens = 2027-03-01
deadline = 2027-03-21
audience = ["wege"]
address = "schriftfuehrung"

[[sections]]
id = "zeiten"
name = "Zeiten"
responsible = "vorstand"

[concept]
questions = ["form", "bindingness", "reach"]
applicability = "wege"
strength = "should"

[reports]
every = "P6W"

[[reminders]]
call = "umfrage"
days_before = [3]

[[breaks]]
name = "Ostern"
from = 2027-03-26
until = 2027-03-29
"""
CODEBOOK = """[[category]]
id = "wasser"
name = "Wasser"
stems = ["wasser", "*wasser", "gieß*"]
phrases = ["mehr … Wasser"]

[[category]]
id = "geld"
name = "Geld"
stems = ["kasse", "beitrag*"]
phrases = ["kein Geld"]

[[scope]]
id = "feste"
name = "Feste"
where = "der Festausschuss"
stems = ["fest", "feier*"]
"""
RESOLUTION = """Beschluss des Vorstands vom 1. März 2027

Der Vorstand beschließt den folgenden Zeitplan.

Vom 1. März 2027 bis zum 21. März 2027 werden die Wege gefragt. Die Beiträge gehen bis zum 21. März 2027 an die Schriftführung.

Der Vorstand berät am 24. März 2027. Zwei Wochen vor der Mitgliederversammlung am 24. April 2027 liegt die Ordnung vor.
"""

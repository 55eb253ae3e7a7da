"""A small organisation's plan around two changes of the clock: an allotment club asks its members, 13 to 29 March 2027."""

from __future__ import annotations

from pathlib import Path

PLAN = """
id = "wasserordnung-2027"
title = "Eine neue Wasserordnung"
organisation = "Kleingartenverein Am Bahndamm"
language = "de"
timezone = "Europe/Berlin"
country = "DE"
state = "SN"
coordinator = "schriftfuehrung"

[resolution]
body = "vorstand"
date = 2027-03-12
text = "Der Vorstand beschließt den folgenden Zeitplan."

[[offices]]
id = "schriftfuehrung"
name = "Schriftführung"
body = "vorstand"

[[bodies]]
id = "vorstand"
name = "Vorstand"
seats = [{ id = "schriftfuehrung" }]

[[groups]]
id = "wege"
name = "Wege"
units = [{ id = "birkenweg", name = "Birkenweg" }, { id = "quellweg", name = "Quellweg" }]

[[sessions]]
id = "vorstand-maerz"
name = "Vorstandssitzung im März"
body = "vorstand"
date = 2027-03-24
papers_due = 2027-03-23
phase = 1
item = "review"

[[phases]]
number = 1
name = "Fragen"
kind = "call"
start = 2027-03-13
end = 2027-03-21
gate = "presentation"

[[phases]]
number = 2
name = "Zusammenführen"
kind = "synthesis"
start = 2027-03-22
end = 2027-04-30
gate = "deadline"

[[calls]]
id = "umfrage"
name = "Was brauchen die Wege?"
phase = 1
opens = 2027-03-13
deadline = 2027-03-21
audience = ["wege"]
address = "schriftfuehrung"

[[reminders]]
call = "umfrage"
days_before = [3]
"""


def garden(place: Path) -> Path:
    """The plan's folder, written to `place`."""
    place.mkdir(parents=True)
    (place / "plan.toml").write_text(PLAN.lstrip(), encoding="utf-8")
    return place

"""The words of those who act: bodies, offices, groups and their units, federal states."""

from __future__ import annotations

import re

from staffelstab.draft.words.numbers import any_of

_BODY_DE = (
    r"vorst(?:and|ände[sn]?)|vorstand|präsidium|kabinett|ausschuss|kongress|konvent|konferenz|versammlung|"
    r"plenum|synode|senat|"
    r"beirat|gremium|(?:landes|stadt|kreis|gemeinde|länder|bundes|bezirks|orts|partei|haupt|verwaltungs|"
    r"aufsichts|stiftungs|gesamt|"
    r"kirchen|delegierten)rat|(?:partei|gewerkschafts|verbands|kreis|kirchen|genossenschafts|feuerwehr)tag"
)
BODY_DE = re.compile(
    rf"\b(?P<name>(?=[A-ZÄÖÜ])(?:[A-Za-zÄÖÜäöüß-]*?)(?:{_BODY_DE}))(?P<tail>(?:e?s)?(?:s?sitzung|sbeschluss|"
    rf"klausur)?)\b",
    re.IGNORECASE,
)
BODY_EN = re.compile(
    r"\b(?P<name>(?:(?!The\b|At\b|In\b|On\b|Every\b|Each\b|This\b|That\b|By\b|When\b)[A-Z][\w'’-]+ (?:of |and |"
    r"for )?)*"
    r"(?:Committee|Council|Board|Cabinet|Assembly|Congress|Conference|Panel|Executive|Senate|Synod|Convention|"
    r"General Meeting)(?: of (?!the\b)[A-Z][a-z]+)?)\b"
)
OFFICE = any_of(
    r"""
    \w*führ(?:er\w*|ung)\b \w*manager sekretär referent referat\b vorsitz sprecher \w*leit(?:er|ung)\b abteilung
    \bamt\b|\w+amt\b büro \w*stelle\b ausschuss kommission vorstand schatzmeister beauftragt koordin direktor
    dezern bürgermeister mitarbeiter fachbereich präsid direction director officer secretary \bchair \bhead\b
    treasurer \bclerk\b department \bteam\b committee president convenor registrar ombuds warden schatzmeister
    coordinator councillor service \bboard\b staff
    """
)
"""Words that show a name to be an office's, not a person's."""

GROUPS_DE = (
    r"verb[aä]nd(?:en|e)|gliederungen|geschäftsstellen|bezirke[n]?|kreise[n]?|gemeinschaften|"
    r"zusammenschlüsse[n]?|konferenzen|versammlungen|"
    r"ortsgruppen|gruppen|sektionen|regionen|gemeinden|vereine[n]?|initiativen|abteilungen|stadtteile[n]?|"
    r"fachbereiche[n]?|ausschüsse[n]?|"
    r"vorstände[n]?|räte[n]?|organisationen"
)
GROUPS_EN = (
    r"sections|branches|wards|districts|groups|councils|chapters|regions|associations|committees|departments|"
    r"schools|parishes|"
    r"residents|forums|organisations|organizations|bodies|units|clubs|members|citizens|businesses|authorities|"
    r"communities"
)
GROUP = re.compile(
    rf"\b(?:(?:[A-ZÄÖÜ][\w*-]*/)?[A-ZÄÖÜ][a-zäöüßA-Z-]*?(?:{GROUPS_DE})|(?:{GROUPS_DE.title()})|"
    rf"(?:[a-z]+ )?(?:{GROUPS_EN}))\b"
)
EVERY = re.compile(r"\b(?:alle[nr]?|jede[rmns]?|sämtliche[nr]?|every|each|all(?: of)?(?: the| our)?)\s+", re.IGNORECASE)
SINGULAR_EN = {
    "section": "sections",
    "branch": "branches",
    "ward": "wards",
    "district": "districts",
    "chapter": "chapters",
    "group": "groups",
}
SIDES = re.compile(
    r"\b(?:der|die|das|den|dem|deren|ihre|seine)\s+(?P<name>[A-ZÄÖÜ][\w-]*(?:fraktion|(?:landes|bundes|"
    r"ratsgruppe|schreib|arbeits)?gruppe|geschäftsstelle|"
    r"redaktion|sekretariat|mitarbeiter\*innen)(?:\s+im\s+(?:[A-ZÄÖÜ]\w+\s?){1,2})?)\b"
)
"""Offices and parts of an organisation that a German text names in passing."""

STATES: dict[str, str] = {
    "BW": r"baden-württemberg\w*",
    "BY": r"bayern|bayerisch\w*",
    "BE": r"berliner",
    "BB": r"brandenburg\w*",
    "HB": r"bremen|bremisch\w*",
    "HH": r"hamburg\w*",
    "HE": r"hessen|hessisch\w*",
    "MV": r"mecklenburg\w*",
    "NI": r"niedersachsen|niedersächsisch\w*",
    "NW": r"nordrhein\w*|nrw",
    "RP": r"rheinland-pfalz|rheinland-pfälzisch\w*",
    "SL": r"saarland|saarländisch\w*",
    "SN": r"sachsen(?!-anhalt)|sächsisch\w*",
    "ST": r"sachsen-anhalt\w*",
    "SH": r"schleswig-holstein\w*",
    "TH": r"thüring\w*",
}

"""The vocabulary of resolutions and timetables, German and English side by side. General words only, no organisation's own."""

from __future__ import annotations

import re


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(patterns)})", re.IGNORECASE)


def _word(*patterns: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(patterns)})\b", re.IGNORECASE)


# -- the resolution sheet ----------------------------------------------------------------------------------------------

LABELS: dict[str, str] = {
    "text": r"beschluss(?:text|vorschlag)?|resolved|resolution|decision|motion",
    "grounds": r"begründung|sachverhalt|grounds|reasons?(?: for (?:the|this) (?:decision|resolution))?|rationale",
    "publicity": r"(?:maßnahmen der )?öffentlichkeits?(?:arbeit)?|bekanntmachung|veröffentlichung|publicity|communications?",
    "further_measures": r"weitere (?:maßnahmen|schritte)|further (?:measures|steps)",
    "finances": r"finanzen|finanzierung|finanzielle auswirkungen|kosten|haushalt|financ(?:es?|ing)|financial implications|costs?|budget",
    "coordinated_with": r"(?:die vorlage wurde )?abgestimmt mit|abstimmung mit|beteiligt|consulted(?: with)?|consultees|"
    r"coordinated with|agreed with",
    "recipients": r"den beschluss sollen erhalten|(?:der )?beschluss geht an|verteiler|zur kenntnis(?: an)?|(?:zu )?verteilen an|"
    r"verteilung an|empfänger(?:[*:_]?innen)?|nachrichtlich(?: an)?|(?:to be )?sent to|cop(?:y|ies) to|distribution(?: list)?|"
    r"circulat(?:ed|ion)(?: to| list)?|recipients|cc",
    "vote": r"abstimmungsergebnis|abstimmung|ergebnis der abstimmung|beschlussergebnis|vot(?:e|es|ing)|result(?: of (?:the )?vote)?",
    "certified": r"f\. ?d\. ?r\.?|für die richtigkeit|beglaubigt|certified(?: by| correct)?|attested",
    "responsible": r"v\.? ?a\.?|verantwortlich\w*|federführ(?:ung|end)|zuständig\w*|einreicher(?:[*:_]?in(?:nen)?)?|responsible(?: officer)?|"
    r"lead(?: officer)?|owner",
}
LABEL = re.compile(
    rf"(?:{'|'.join(f'(?P<{name}>{words})' for name, words in LABELS.items())})\s*(?::\s*(?P<value>.*)|$)",
    re.IGNORECASE,
)
ANY_LABEL = re.compile(r"[A-ZÄÖÜ][^.:!?\t|]{1,48}:(?:\s|$)")
HEAD = _any(
    r"\w*beschluss\b", "resolution", "decision", "beschlossen", "verabschiedet", "beschließt", "resolved", r"\badopted\b", r"sitzung vom\b",
    r"sitzung am\b", "protokoll", "minutes of", r"meeting (?:of|on|held)",
)  # fmt: skip
ORGANISATION = _word(
    r"\w*genossenschaft", r"e\.?\s?v\.?", r"eg", r"g?gmbh", r"\w*verein", r"\w*verband", r"\w*kreis", r"\w*gemeinde", r"\w*gewerkschaft", r"stadt \w+",
    r"landkreis \w+", r"universität", r"hochschule", r"partei", r"\w*bund", r"association", r"society", r"trust", r"union", r"university", r"council",
    r"foundation", r"stiftung", r"party", r"federation", r"club",
)  # fmt: skip

RESOLVES = _word(
    r"beschließt",
    r"hat (?:\w+ )*(?:beschlossen|verabschiedet)",
    r"möge beschließen",
    r"resolves",
    r"hereby adopts",
    r"adopts",
    r"approves",
)

ADOPTED = _word(
    r"beschlossen",
    r"angenommen",
    r"einstimmig\w*",
    r"zugestimmt",
    r"carried",
    r"adopted",
    r"approved",
    r"agreed",
    r"unanimous\w*",
)
REJECTED = _word(r"abgelehnt", r"rejected", r"lost", r"defeated")
RETURNED = _word(r"zurück(?:verwiesen|gestellt|überwiesen)", r"vertagt", r"returned", r"referred back", r"deferred")
UNANIMOUS = _word(r"einstimmig\w*", r"unanimous\w*")
NUMBERS = {
    word: number
    for number, words in enumerate(
        (
            "keine keiner null no zero none",
            "eine einer einem ein one a an",
            "zwei two",
            "drei three",
            "vier four",
            "fünf five",
            "sechs six",
            "sieben seven",
            "acht eight",
            "neun nine",
            "zehn ten",
            "elf eleven",
            "zwölf twelve",
        )
    )
    for word in words.split()
}
COUNT = rf"(\d{{1,4}}|{'|'.join(NUMBERS)})"

# -- phases ------------------------------------------------------------------------------------------------------------

STAGE = r"phase|stage|step|schritt|arbeitsschritt|etappe|stufe|baustein|teil|part|runde|round|abschnitt|meilenstein|milestone"
ORDINALS = {
    word: number
    for number, words in enumerate(
        (
            "nullte zeroth",
            "erste erster erstes first",
            "zweite zweiter zweites second",
            "dritte dritter drittes third",
            "vierte vierter viertes fourth",
            "fünfte fünfter fünftes fifth",
            "sechste sechster sechstes sixth",
            "siebte siebter siebtes siebente seventh",
            "achte achter achtes eighth",
            "neunte neunter neuntes ninth",
            "zehnte zehnter zehntes tenth",
        )
    )
    for word in words.split()
}
DATES = re.compile(
    r"(?:zeitraum|zeit|dauer|laufzeit|termine?|datum|wann|dates?|period|time ?frame|duration|when|vom|von|from|between|"
    r"(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch|sonnabend|(?:mon|tues|wednes|thurs|fri|satur|sun)day)",
    re.IGNORECASE,
)
"""What may stand beside dates on a line that says nothing else."""

KINDS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("call", _any(r"\bcalls?\b", "auftakt", r"take.?off", r"kick.?off", "start", "impuls", "aufruf", "sammlung", "sammeln", "einreich",
                  "antrag(?!skommission)", r"\bissues\b", "beiträge", "stellungnahme", "representation", "asking", "collect", "submission",
                  "contributions", "gather")),
    ("analysis", _any("analys", "bestandsaufnahme", "erhebung", "befragung", "zuhör", "hearing", "listen", "survey", "interview", "gespräch",
                      "evidence", "untersuch", "research")),
    ("synthesis", _any("auswert", "synthe", "zusammenführ", "zwischenbericht", "evaluat", "bringing", "together", "bündel", r"ordne[nt]", "sichte[nt]",
                       "interim")),
    ("ideas", _any("ideen", "idea", "entwicklung", "workshop", "werkstatt", "options", "konzeption", "zukunft", "proposals")),
    ("trials", _any("test", "try", "erprob", "pilot", "versuch", "trial", "experiment", "probe")),
    ("finalisation", _any("finalis", "entwurf", r"\bdraft", "text", "abschluss", "beschluss", "redaktion", "finaliz", "decision", "fertig",
                          "adoption")),
    ("publication", _any("publi(?!c)|publication", "veröffentlich", "implement", "umsetz", "einführ", "launch", "verbreit")),
)  # fmt: skip
"""Guesses at a phase's kind by the words of its name, otherwise by those of its section; the most frequent, the first of equals."""

# -- who ---------------------------------------------------------------------------------------------------------------

_BODY_DE = (
    r"vorst(?:and|ände[sn]?)|vorstand|präsidium|kabinett|ausschuss|kongress|konvent|konferenz|versammlung|plenum|synode|senat|"
    r"beirat|gremium|(?:landes|stadt|kreis|gemeinde|länder|bundes|bezirks|orts|partei|haupt|verwaltungs|aufsichts|stiftungs|gesamt|"
    r"kirchen|delegierten)rat|(?:partei|gewerkschafts|verbands|kreis|kirchen|genossenschafts|feuerwehr)tag"
)
BODY_DE = re.compile(
    rf"\b(?P<name>(?=[A-ZÄÖÜ])(?:[A-Za-zÄÖÜäöüß-]*?)(?:{_BODY_DE}))(?P<tail>(?:e?s)?(?:s?sitzung|sbeschluss|klausur)?)\b",
    re.IGNORECASE,
)
BODY_EN = re.compile(
    r"\b(?P<name>(?:(?!The\b|At\b|In\b|On\b|Every\b|Each\b|This\b|That\b|By\b|When\b)[A-Z][\w'’-]+ (?:of |and |for )?)*"
    r"(?:Committee|Council|Board|Cabinet|Assembly|Congress|Conference|Panel|Executive|Senate|Synod|Convention|General Meeting)(?: of (?!the\b)[A-Z][a-z]+)?)\b"
)
OFFICE = _any(
    r"\w*führ(?:er\w*|ung)\b", r"\w*manager", r"sekretär", r"referent", r"referat\b", r"vorsitz", r"sprecher", r"\w*leit(?:er|ung)\b",
    r"abteilung", r"\bamt\b|\w+amt\b", r"büro", r"\w*stelle\b", r"ausschuss", r"kommission", r"vorstand", r"schatzmeister", r"beauftragt",
    r"koordin", r"direktor", r"dezern", r"bürgermeister", r"mitarbeiter", r"fachbereich", r"präsid", r"direction", r"director", r"officer",
    r"secretary", r"\bchair", r"\bhead\b", r"treasurer", r"\bclerk\b", r"department", r"\bteam\b", r"committee", r"president", r"convenor",
    r"coordinator", r"councillor", r"service", r"\bboard\b", r"staff",
)  # fmt: skip
"""Words that show a name to be an office's, not a person's."""

GROUPS_DE = (
    r"verb[aä]nd(?:en|e)|gliederungen|geschäftsstellen|bezirke[n]?|kreise[n]?|gemeinschaften|zusammenschlüsse[n]?|konferenzen|versammlungen|"
    r"ortsgruppen|gruppen|sektionen|regionen|gemeinden|vereine[n]?|initiativen|abteilungen|stadtteile[n]?|fachbereiche[n]?|ausschüsse[n]?|"
    r"vorstände[n]?|räte[n]?|organisationen"
)
GROUPS_EN = (
    r"sections|branches|wards|districts|groups|councils|chapters|regions|associations|committees|departments|schools|parishes|"
    r"residents|forums|organisations|organizations|bodies|units|clubs|members|citizens|businesses|authorities|communities"
)
GROUP = re.compile(
    rf"\b(?:(?:[A-ZÄÖÜ][\w*-]*/)?[A-ZÄÖÜ][a-zäöüßA-Z-]*?(?:{GROUPS_DE})|(?:{GROUPS_DE.title()})|(?:[a-z]+ )?(?:{GROUPS_EN}))\b"
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
SINGULAR_DE = {
    "verband": "verbände",
    "kreis": "kreise",
    "gliederung": "gliederungen",
    "bezirk": "bezirke",
    "verein": "vereine",
}

SIDES = re.compile(
    r"\b(?:der|die|das|den|dem|deren|ihre|seine)\s+(?P<name>[A-ZÄÖÜ][\w-]*(?:fraktion|(?:landes|bundes|ratsgruppe|schreib|arbeits)?gruppe|geschäftsstelle|"
    r"redaktion|sekretariat|mitarbeiter\*innen)(?:\s+im\s+(?:[A-ZÄÖÜ]\w+\s?){1,2})?)\b"
)
"""Offices and parts of an organisation that a German text names in passing."""

# -- sessions ----------------------------------------------------------------------------------------------------------

MEETING = _word(
    r"\w*sitzung(?:en)?",
    r"\w*klausur(?:tagung)?",
    r"tagt",
    r"zusammentr\w+",
    r"tritt",
    r"stattfindet",
    r"meeting",
    r"session",
    r"sitting",
)
FIRST = _word(
    r"ersten? (?:sitzung|tagung)",
    r"nächsten? sitzung",
    r"letzten? sitzung",
    r"(?:first|next|last) meeting",
    r"its meeting",
    r"seiner sitzung",
)
PRESENTED = (
    r"präsentier\w*|vorgestellt|vorstellung|vorzustellen|vorgelegt|vorlage der|vorzulegen|vorliegen|stell(?:t|en)\b.*\bvor|leg(?:t|en)\b.*\bvor|"
    r"present(?:ed|s)?|put to|submitted to|laid before|lie before|introduced"
)
ITEMS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("adoption", _word(r"beschlussfertig\w*", r"beschließ\w*", r"beschlossen", r"beschlussfassung", r"verabschied\w*", r"entscheid\w*", r"entschieden",
                       r"abgestimmt", r"abstimmung", r"stimmt\b.*\bab", r"abzustimmen", r"(?:will|shall|to) vote", r"adopt(?:ed|s|ion)?", r"approv\w+", r"decid\w+", r"votes? on",
                       r"(?:complete|final|finished) (?:text|draft|version)")),
    ("review", _word(r"überprüf\w*", r"ausgewertet", r"auswertung der ergebnisse", r"review(?:ed|s)?", r"präsentier\w*.*diskutier\w*")),
    ("debate", _word(r"debattier\w*", r"zur debatte", r"debate[ds]?")),
    ("discussion", _word(r"diskutier\w*", r"diskussion", r"erörter\w*", r"beraten", r"beratung", r"berät", r"discuss\w*", r"considered?", r"considers")),
    ("report", _word(r"berichtet", r"berichten", r"bericht erstatte\w*", r"reported", r"(?:shall|will|must|to) report")),
    ("presentation", _word(PRESENTED)),
)  # fmt: skip
"""What an item is to be at a session, the most binding first (R108)."""

RELATIVE = re.compile(
    rf"\b{COUNT}\s+(?P<unit>wochen?|tage?n?|weeks?|days?)\s+(?P<side>vor|nach|before|after)\s+"
    r"(?:(?:dem|der|den|das|the|our)\s+)?(?P<what>[^,.;()]{2,80})",
    re.IGNORECASE,
)
PAPERS = re.compile(
    rf"\b{COUNT}\s+(?P<unit>werktage?|arbeitstage?|working days?|tage?|days?|wochen?|weeks?)\s+(?:vor|before)\s+"
    r"(?:(?:der|jeder|einer|den)\s+sitzung\w*|it\b|(?:the|each|every|a)\s+(?:meeting|session))",
    re.IGNORECASE,
)
PAPER = _word(r"unterlagen", r"vorlagen?", r"papiere", r"papers?", r"documents?")

# -- calls -------------------------------------------------------------------------------------------------------------

CALL_NAME = re.compile(
    r"\bcall for [a-z]+\b|\b(?:antrags|einsende|abgabe|redaktions|melde|einreichungs)(?:schluss|frist)\b|\baufruf zur? \w+",
    re.IGNORECASE,
)
CALL = _word(
    r"call for \w+", r"aufruf", r"aufgerufen", r"aufgefordert", r"eingeladen", r"gebeten", r"(?:are|is) (?:\w+ )?(?:invited|asked|called|requested)",
    r"(?:antrags|einsende|abgabe|redaktions|melde|einreichungs)(?:schluss|frist)", r"einzureichen", r"eingereicht", r"closing date", r"deadline", r"zuzusenden", r"zuzuschicken",
    r"einzusenden", r"zugesandt", r"(?:zu )?schicken", r"(?:zu )?senden", r"zuzuleiten", r"submi(?:t|tted|ssions?)", r"representations?",
    r"(?:papers|comments|views|contributions|proposals|motions) (?:shall|must|should|are to)",
)  # fmt: skip
UNTIL = re.compile(
    r"(?:\bbis(?:\s+(?:zum|spätestens|einschließlich|längstens))*|\bspätestens(?:\s+(?:am|bis zum|zum))?|"
    r"\b(?:schluss|frist)(?:\s+(?:ist|endet))?(?:\s+(?:der|am))?:?|"
    r"\b(?:by|until|not later than|no later than|before|on or before|at the latest by|deadline(?: is)?:?|closes? on|closing date:?))"
    r"(?:\s+(?:the\s+)?(?:close|end)\s+of\s+(?:business|play|the\s+day)(?:\s+on)?)?(?:\s+(?:midnight|noon|\d{1,2}(?::\d\d)?\s*(?:uhr|am|pm))(?:\s+(?:am|on))?)?"
    r"\s*(?:(?:mon|diens|donners|frei|sams|sonn)tag,?(?:\s+de[nm])?|mittwoch,?(?:\s+de[nm])?|\w+day,?)?[\s*_:]*(?:dem|den|the)?\s*$",
    re.IGNORECASE,
)
"""What stands right before the day of a deadline."""

SCHLUSS = re.compile(
    r"(?:schluss|frist|closing date|deadline)\s*:?\s*(?:ist|endet|is)?\s*(?:der|am|on)?\s*(?:\w+tag,?\s+de[nmr]|\w+day,?)?\s*[*_]*$",
    re.IGNORECASE,
)
CLOSING = _word(r"\w*(?:schluss|frist)", r"closing date", r"deadline", r"last day for")
AGAIN = _word(
    r"zweite[rsn]?",
    r"weitere[rsn]?",
    r"erneute[rsn]?",
    r"neue[rsn]?",
    r"dritte[rsn]?",
    r"second",
    r"another",
    r"further",
    r"third",
    r"new",
)
CALLED = re.compile(
    r"(?:^|[,;:.]\s*|\b(?:sodass|dass)\s)(?P<who>[^.;:]{3,160}?)\s+(?:sind|ist|werden|wird|are|is)\s+(?:\w+ )?"
    r"(?:aufgerufen|aufgefordert|eingeladen|gebeten|invited|asked|called|requested)\b",
    re.IGNORECASE,
)
ENTITLED = re.compile(
    r"\b(?:antragsberechtigt|vorschlagsberechtigt|aufgerufen|eingeladen|entitled to submit)\s+(?:sind|ist|are|is)\s+(?P<who>[^.;]{3,200})",
    re.IGNORECASE,
)
ADDRESS = re.compile(
    r"\b(?:an|bei)\s+(?:die|den|das|der|dem)\s+(?P<who>(?:[A-ZÄÖÜ][\w*-]+\s?){1,4})|\bto\s+the\s+(?P<whom>(?:[A-Z][\w-]+\s?(?:of |for )?){1,5})|"
    r"\breach\s+the\s+(?P<whose>(?:[A-Z][\w-]+\s?(?:of |for )?){1,5})|\bder\s+(?P<dative>[A-ZÄÖÜ][\w*-]+(?:\s[A-ZÄÖÜ][\w*-]+)?)\s+(?:in\s\w+\s)?(?:vorliegen|zuzu\w+)|"
    r"\b[Aa]nsprechpartner(?:in|innen)?\s(?:ist|sind|bleibt)\s(?:die|der|das)\s(?P<contact>(?:[A-ZÄÖÜ][\w*-]+\s?){1,3})"
)
ASKS = re.compile(
    r"\b(?:ihre\*seine|seine\*ihre|ihre|seine|eure|their|his or her)\s+(?P<what>[^.;]{3,160}?)\s+(?:bezüglich|zu[rm]?|über|bis|an|auf|on|to|about|by|no later)\b"
)

# -- events ------------------------------------------------------------------------------------------------------------

EVENT = re.compile(
    r"(?:fest|feier|gala|jubiläum|parteitag|gewerkschaftstag|verbandstag|kirchentag|tagung|konvent|kongress|konferenz|versammlung|wahlen|wahl|messe|festival|jubiläum|"
    r"konstituierung|startschuss|convention|congress|conference|elections?|referendum|assembly|annual general meeting|general meeting|summit|fair|"
    r"launch|anniversary)\b|\b[A-ZÄÖÜ]{3,5}\b",
)
NOUN_GROUP = r"(?:\d{1,3}\.\s)?(?:[A-ZÄÖÜ][\w*.-]*)(?:\s(?:des|der|of|the|for|and|und|general|local|annual|nächsten|next|\d{1,3}\.|\d{4}|[A-ZÄÖÜ][\w*-]*))*"
TIME_LEFT = re.compile(
    r"\b(?:(?:haben|hat|bleibt|bleiben)\b.*\bbis\b.*\bzeit|bis\s+(?:maximal|höchstens|längstens|allerspätestens)|have\b.*\buntil\b|at the very latest)\b",
    re.IGNORECASE,
)
AGAIN_LATER = _word(
    r"wiedervorlage",
    r"wiedervorgelegt",
    r"wieder vorgelegt",
    r"überprüf\w*",
    r"evaluier\w*",
    r"evaluation",
    r"resubmi\w+",
    r"reviewed",
    r"revisited",
    r"fortgeschrieben",
    r"looked at again",
)
OCCASION = re.compile(
    r"\b(?:[Ii]m Rahmen|[Aa]nlässlich|[Bb]ei|[Nn]ach)\s+(?:der|des)\s+(?P<de>[A-ZÄÖÜ][^,.;]*?\b\d{4})\b|"
    r"\b(?:once|after|following|when|on the occasion of)\s+(?P<en>(?:the )?(?:next )?[^,.;]*?(?:\b\d{4}\b[^,.;]*|(?:election|congress|convention|evaluation|general meeting)\w*))"
)
BREAK = _word(
    r"\w*ferien",
    r"sommerpause",
    r"winterpause",
    r"sitzungspause",
    r"recess",
    r"school holidays",
    r"\w+ holidays?",
    r"summer break",
    r"winter break",
)

# -- duties ------------------------------------------------------------------------------------------------------------

COORDINATION = _word(
    r"(?:die )?leitung des (?:vorhabens|projekts|prozesses|verfahrens)",
    r"ansprechpartner(?:in|innen)?",
    r"contact is",
    r"koordinierung\w*",
    r"koordination\w*",
    r"koordinier\w*",
    r"federführ\w*",
    r"projektleitung",
    r"coordinat\w*",
    r"see the work through",
    r"leads? the (?:work|process|project)",
    r"oversee\w*",
)
BY_WHOM = re.compile(
    r"\b(?:durch|von|bei)\s+(?:den|die|das|der|dem)\s+(?P<de>[A-ZÄÖÜ][\w*-]+(?:\s[A-ZÄÖÜ][\w*-]+)?)|"
    r"\bby\s+the\s+(?P<en>[A-Z][\w-]+(?:\s(?:of\s|for\s)?[A-Z][\w-]+)*)"
)
SUBJECT = re.compile(
    r"^(?:Der|Die|Das|The)\s+(?P<name>[A-ZÄÖÜ][\w*-]+(?:\s(?:of\s|for\s|für\s)?[A-ZÄÖÜ][\w*-]+)*)\s+(?:[a-zäöüß]+)\b"
)
TAKES_OVER = _word(
    r"übernehm\w*", r"übernommen", r"übergeben", r"tak(?:e|es|en) over", r"hand(?:ed)? over", r"succeed\w*"
)
VACANT = _word(
    r"einzustellende\w*",
    r"noch zu besetzende\w*",
    r"neu zu besetzende\w*",
    r"to be (?:appointed|hired|recruited)",
    r"yet to be (?:appointed|hired)",
    r"vacant",
)
VACANT_OFFICE = re.compile(
    r"(?:einzustellende\w*|zu besetzende\w*)\s+(?P<de>(?:[A-ZÄÖÜ][\w*-]+)(?:\s(?:für|der|des)\s[A-ZÄÖÜ][\w*-]+)?)|"
    r"(?P<en>[A-Z]?[\w-]+(?:\s[A-Z]?[\w-]+){0,3})\s+(?:yet\s)?to be (?:appointed|hired|recruited)"
)
IS_WHOM = re.compile(r"\b(?:ist|sind|is)\s(?:die|der|das|the)\s(?P<is>(?:[A-ZÄÖÜ][\w*-]+\s?){1,3})")
HEARING = _word(
    r"gespräche?",
    r"interviews?",
    r"anhörung\w*",
    r"befrag\w*",
    r"besuch\w*",
    r"spricht",
    r"sprechen",
    r"hearings?",
    r"interview\w*",
    r"consult\w*",
    r"visits?",
    r"meets?",
    r"listens?",
)
ATTEMPT = _word(r"gesucht", r"sucht", r"angeboten", r"bietet", r"offer\w*", r"seek\w*", r"sought", r"invite\w*")
WITH_WHOM = re.compile(
    r"\b(?:mit|with|meeting)\s+(?:(?:den|der|dem|allen|the|all)\s+)?(?P<who>[^.;:]{3,160}?)"
    r"(?=\s+(?:führen|führt|sprechen|gesucht|angeboten|geführt|suchen|held|hold)\b|\s+und\s+(?:die|das)\s|[.;:]|,\s+(?:um|damit|to)\b|$)"
)
ANSWER = _word(r"verantwortung", r"verantwortlich", r"responsib\w+")
DECIDE_LIST = re.compile(r":\s*(?P<list>[^:.]{5,200})\.?$")
REPORTS = _word(
    r"informier\w*", r"berichtet", r"berichten", r"unterricht\w*", r"(?:shall|will|must)?\s*reports?", r"inform\w*"
)
EVERY_TIME = re.compile(
    rf"\b(?:alle\s+{COUNT}\s+(?P<de>wochen|tage|monate)|every\s+(?:{COUNT.replace('(', '(?P<n_en>', 1)}\s+)?(?P<en>weeks?|days?|months?)|"
    r"(?P<often>regelmäßig|laufend|fortlaufend|regularly)|(?P<month>monatlich|monthly)|(?P<week>wöchentlich|weekly))\b",
    re.IGNORECASE,
)
VIEWS = re.compile(
    r"\b(?:Perspektiven|Sichtweisen|Blickwinkel|[Pp]erspectives|views)\s+(?:aus|von|of|from)\s+(?P<who>[^.;]{5,160}?)\s+"
    r"(?:zusammen\w+|gebündelt|verbunden|brought|are|shall|will|must)\b"
)
CONTENT = _word(
    r"enthalten",
    r"beinhalten",
    r"umfassen",
    r"behandeln",
    r"hinweisen",
    r"berücksichtig\w*",
    r"deal with",
    r"contain",
    r"cover",
    r"address",
)

STATES: dict[str, str] = {
    "BW": r"baden-württemberg\w*", "BY": r"bayern|bayerisch\w*", "BE": r"berliner", "BB": r"brandenburg\w*", "HB": r"bremen|bremisch\w*",
    "HH": r"hamburg\w*", "HE": r"hessen|hessisch\w*", "MV": r"mecklenburg\w*", "NI": r"niedersachsen|niedersächsisch\w*",
    "NW": r"nordrhein\w*|nrw", "RP": r"rheinland-pfalz|rheinland-pfälzisch\w*", "SL": r"saarland|saarländisch\w*",
    "SN": r"sachsen(?!-anhalt)|sächsisch\w*", "ST": r"sachsen-anhalt\w*", "SH": r"schleswig-holstein\w*", "TH": r"thüring\w*",
}  # fmt: skip
"""German federal states by what their names and adjectives look like."""

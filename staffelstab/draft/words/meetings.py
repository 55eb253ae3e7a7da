"""The words of sessions: meetings, what is done with an item there, and days told by their distance."""

from __future__ import annotations

import re

from staffelstab.draft.words.numbers import COUNT, word_of

MEETING = word_of(
    r"""
    \w*sitzung(?:en)? \w*klausur(?:tagung)? tagt zusammentr\w+ tritt stattfindet meeting session sitting
    """
)
FIRST = word_of(
    r"""
    ersten?~(?:sitzung|tagung) nächsten?~sitzung letzten?~sitzung (?:first|next|last)~meeting its~meeting
    seiner~sitzung
    """
)
PRESENTED = (
    r"präsentier\w*|vorgestellt|vorstellung|vorzustellen|vorgelegt|vorlage der|vorzulegen|vorliegen|stell(?:t|"
    r"en)\b.*\bvor|leg(?:t|en)\b.*\bvor|"
    r"present(?:ed|s)?|put to|submitted to|laid before|lie before|introduced"
)
ITEMS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "adoption",
        word_of(
            r"""
            beschlussfertig\w* beschließ\w* beschlossen beschlussfassung verabschied\w* entscheid\w* entschieden
            abgestimmt abstimmung stimmt\b.*\bab abzustimmen (?:will|shall|to)~vote adopt(?:ed|s|ion)? approv\w+
            decid\w+ votes?~on put~to~the~vote put~to~a~vote zur~abstimmung(?:~gestellt)?
            (?:complete|final|finished)~(?:text|draft|version)
            """
        ),
    ),
    (
        "review",
        word_of(
            r"""
            überprüf\w* ausgewertet auswertung~der~ergebnisse review(?:ed|s)? präsentier\w*.*diskutier\w*
            """
        ),
    ),
    (
        "debate",
        word_of(
            r"""
            debattier\w* zur~debatte debate[ds]?
            """
        ),
    ),
    (
        "discussion",
        word_of(
            r"""
            diskutier\w* diskussion erörter\w* beraten beratung berät discuss\w* considered? considers
            """
        ),
    ),
    (
        "report",
        word_of(
            r"""
            berichtet berichten bericht~erstatte\w* reported (?:shall|will|must|to)~report
            """
        ),
    ),
    ("presentation", re.compile(rf"\b(?:{PRESENTED})\b", re.IGNORECASE)),
)
"""What an item is to be at a session, the most binding first (R108)."""

RELATIVE = re.compile(
    rf"\b{COUNT}\s+(?P<unit>wochen?|tage?n?|weeks?|days?)\s+(?P<side>vor|nach|before|after)\s+"
    r"(?:(?:dem|der|den|das|the|our)\s+)?(?P<what>[^,.;()]{2,80})",
    re.IGNORECASE,
)
DISTANCE = re.compile(
    rf"\b{COUNT}\s+(?:werk|arbeits|working )?(?:tage?n?|wochen?|monate?n?|jahre?n?|days?|weeks?|months?|years?)\s+"
    r"(?:vor|nach|vorher|zuvor|danach|before|after|beforehand|earlier|later)\b",
    re.IGNORECASE,
)
"""A distance in time from something else, whatever it is."""

PAPERS = re.compile(
    rf"\b{COUNT}\s+(?P<unit>werktage?|arbeitstage?|working days?|tage?|days?|wochen?|weeks?)\s+(?:vor|before)\s+"
    r"(?:(?:der|jeder|einer|den)\s+sitzung\w*|it\b|(?:the|each|every|a)\s+(?:meeting|session))",
    re.IGNORECASE,
)
PAPER = word_of(
    r"""
    unterlagen vorlagen? papiere papers? documents?
    """
)

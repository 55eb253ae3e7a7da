"""Claims about the world without a word on where they are known from (R27): few patterns, no duties, nothing with a source."""

from __future__ import annotations

import re
from collections.abc import Iterator

from staffelstab.lint.finding import Finding, Rule, Subject
from staffelstab.reading.strength import strength_of

CLAIMS = {
    "de": re.compile(
        r"\bkein(?:e|er|es|en|em)? ander\w+\b.*\b(?:so|mehr|weniger|größer\w*|besser\w*|stärker\w*)\b"
        r"|\bnirgend(?:s|wo) (?:sonst|anders)\b"
        r"|\b(?:mehr|weniger|größer|kleiner|stärker|schneller|häufiger) als (?:jede[rsnm]?|alle) ander\w+"
        r"|\b(?:die|den) (?:meisten|wenigsten) \w+"
        r"|\bam (?:meisten|wenigsten|häufigsten|seltensten|stärksten|schlechtesten|höchsten|niedrigsten)\b"
        r"|\b(?:größte|kleinste|stärkste|schwächste|mitgliederstärkste|älteste|jüngste)[nrsm]? (?!Wert\b|Teil\b)\w+"
        r"|\b\d+(?:,\d+)? ?(?:%|Prozent) (?:der|aller|unserer|mehr|weniger)\b"
        r"|\b(?:die Hälfte|(?:ein|zwei) Drittel|(?:ein|drei) Viertel) (?:der|aller|unserer|des)\b"
        r"|\bjede[rs]? (?:zweite|dritte|vierte|fünfte|zehnte)\b"
        r"|\bimmer (?:mehr|weniger) (?:[a-zäöüß]+ )?[A-ZÄÖÜ]\w+",
        re.I,
    ),
    "en": re.compile(
        r"\bno other\b.*\b(?:so|as|more|fewer|larger|bigger|better)\b"
        r"|\bnowhere else\b"
        r"|\b(?:more|fewer|larger|bigger|stronger|faster)\b.{0,30} than any other\b"
        r"|\bmost of (?:the|our|all)\b|\b(?:most|fewest) (?:members|people|branches|choirs|sections)\b"
        r"|\b(?:largest|smallest|strongest|weakest|oldest|youngest|biggest) \w+"
        r"|\b\d+(?:\.\d+)? ?(?:%|per ?cent) (?:of|more|fewer|less)\b"
        r"|\b(?:half|a third|two thirds|a quarter|three quarters) of (?:the|all|our)\b"
        r"|\bone in (?:two|three|four|five|ten)\b|\bevery (?:second|third|fourth|fifth|tenth)\b"
        r"|\b(?:more and more|fewer and fewer) \w+",
        re.I,
    ),
}
SOURCES = re.compile(
    r"\b(?:laut|zufolge|Quelle|siehe|vgl|Studie\w*|Statistik\w*|Statistische\w*|Erhebung|Umfrage\w*|Angaben|Zählung|Bericht\w*|"
    r"according|source|see|study|studies|survey\w*|statistic\w*|census|figures|report\w*)\b|https?://|www\.|\[\d+\]|\(\d+\)",
    re.I,
)
"""Words that say where something is known from."""


def unproven(subject: Subject) -> Iterator[Finding]:
    """A comparison or a quantity in the resolution without evidence (R27)."""
    claims = CLAIMS[subject.plan.language]
    for sentence in subject.source.sentences if subject.source else ():
        text = sentence.text
        if claims.search(text) and not SOURCES.search(text) and strength_of(text) is None:
            yield Finding("unproven", "information", "$.source", text)


RULES: tuple[Rule, ...] = (unproven,)

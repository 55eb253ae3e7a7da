"""The words of duties: coordinating, hearing, answering for, reporting."""

from __future__ import annotations

import re

from staffelstab.draft.words.numbers import COUNT, word_of

COORDINATION = word_of(
    r"""
    (?:die~)?leitung~des~(?:vorhabens|projekts|prozesses|verfahrens) ansprechpartner(?:in|innen)? contact~is
    koordinierung\w* koordination\w* koordinier\w* federführ\w* projektleitung coordinat\w* see~the~work~through
    leads?~the~(?:work|process|project) oversee\w*
    """
)
BY_WHOM = re.compile(
    r"\b(?:durch|von|bei)\s+(?:den|die|das|der|dem)\s+(?P<de>[A-ZÄÖÜ][\w*-]+(?:\s[A-ZÄÖÜ][\w*-]+)?)|"
    r"\bby\s+the\s+(?P<en>[A-Z][\w-]+(?:\s(?:of\s|for\s)?[A-Z][\w-]+)*)"
)
SUBJECT = re.compile(
    r"^(?:Der|Die|Das|The)\s+(?P<name>[A-ZÄÖÜ][\w*-]+(?:\s(?:of\s|for\s|für\s)?[A-ZÄÖÜ][\w*-]+)*)\s+(?:[a-zäöüß]+)\b"
)
_NAME_DE = r"[A-ZÄÖÜ][\w*-]+(?:\sfür\s[A-ZÄÖÜ][\w*-]+)?"
COORDINATES_WHO = re.compile(
    rf"\bkoordinier(?:t|en)\s(?:der|die|das)\s(?P<de>{_NAME_DE})|"
    r"^The\s(?P<en>[a-z]+(?:\s[a-z]+)?)\s(?:shall\s|will\s)?(?:coordinates?|leads?)\b"
)
"""Who coordinates, where the office stands behind the verb, or is written small."""

RESPONSIBLE = re.compile(
    rf"^(?:Verantwortlich|Zuständig|Federführend)(?:\sfür\s[^.;]{{3,80}}?)?\s(?:ist|sind|bleibt)\s(?:(?:der|die|das)\s)?"
    rf"(?P<de>{_NAME_DE})|"
    r"^The\s(?P<en>[A-Za-z]+(?:\s[a-z]+)?)\s(?:is|shall be|will be)\sresponsible\b"
)
"""Who answers for a thing, in a sentence of its own."""

TAKES_OVER = word_of(
    r"""
    übernehm\w* übernommen übergeben tak(?:e|es|en)~over hand(?:ed)?~over succeed\w*
    """
)
VACANT_OFFICE = re.compile(
    r"(?:einzustellende\w*|zu besetzende\w*)\s+(?P<de>(?:[A-ZÄÖÜ][\w*-]+)(?:\s(?:für|der|des)\s[A-ZÄÖÜ][\w*-]+)?)|"
    r"(?P<en>[A-Z]?[\w-]+(?:\s[A-Z]?[\w-]+){0,3})\s+(?:yet\s)?to be (?:appointed|hired|recruited)"
)
IS_WHOM = re.compile(r"\b(?:ist|sind|is)\s(?:die|der|das|the)\s(?P<is>(?:[A-ZÄÖÜ][\w*-]+\s?){1,3})")
HEARING = word_of(
    r"""
    gespräche? interviews? anhörung\w* befrag\w* besuch\w* spricht sprechen hearings? meetings?~with interview\w* consult\w*
    visits? meets? listens?
    """
)
ATTEMPT = word_of(
    r"""
    gesucht sucht angeboten bietet offer\w* seek\w* sought invite\w*
    """
)
WITH_WHOM = re.compile(
    r"\b(?:mit|with|meeting)\s+(?:(?:den|der|dem|allen|the|all)\s+)?(?P<who>[^.;:]{3,160}?)"
    r"(?=\s+(?:führen|führt|sprechen|gesucht|angeboten|geführt|suchen|held|hold)\b|\s+und\s+(?:die|das)\s|[.;:]|"
    r",\s+(?:um|damit|to)\b|$)"
)
ANSWER = word_of(
    r"""
    verantwortung verantwortlich responsib\w+
    """
)
DECIDE_LIST = re.compile(r":\s*(?P<list>[^:.]{5,200})\.?$")
REPORTS = word_of(
    r"""
    informier\w* berichtet berichten unterricht\w* (?:shall|will|must)?\s*reports? inform\w*
    """
)
EVERY_TIME = re.compile(
    rf"\b(?:alle\s+{COUNT}\s+(?P<de>wochen|tage|monate)|"
    rf"every\s+(?:{COUNT.replace('(', '(?P<n_en>', 1)}\s+)?(?P<en>weeks?|days?|months?)|"
    r"(?P<often>regelmäßig|laufend|fortlaufend|regularly)|(?P<month>monatlich|monthly)|(?P<week>wöchentlich|"
    r"weekly))\b",
    re.IGNORECASE,
)
VIEWS = re.compile(
    r"\b(?:Perspektiven|Sichtweisen|Blickwinkel|[Pp]erspectives|views)\s+(?:aus|von|of|"
    r"from)\s+(?P<who>[^.;]{5,160}?)\s+"
    r"(?:zusammen\w+|gebündelt|verbunden|brought|are|shall|will|must)\b"
)
"""German federal states by what their names and adjectives look like."""

"""The words of calls: who is called, what for, until when, and where papers go."""

from __future__ import annotations

import re

from staffelstab.draft.words.numbers import word_of

CALL_NAME = re.compile(
    r"\bcall for [a-z]+\b|\b(?:antrags|einsende|abgabe|redaktions|melde|einreichungs)(?:schluss|frist)\b|"
    r"\baufruf zur? \w+",
    re.IGNORECASE,
)
CALL = word_of(
    r"""
    call~for~\w+ aufruf aufgerufen aufgefordert eingeladen gebeten
    (?:are|is)~(?:\w+~)?(?:invited|asked|called|requested)
    (?:antrags|einsende|abgabe|redaktions|melde|einreichungs)(?:schluss|frist) einzureichen rückmeldungen
    eingereicht closing~date deadline zuzusenden zuzuschicken einzusenden zugesandt (?:zu~)?schicken
    (?:zu~)?senden zuzuleiten submi(?:t|tted|ssions?) representations?
    (?:papers|comments|views|contributions|proposals|motions)~(?:shall|must|should|are~to)
    """
)
UNTIL = re.compile(
    r"(?:\bbis(?:\s+(?:zum|spätestens|einschließlich|längstens))*|\bspätestens(?:\s+(?:am|bis zum|zum))?|"
    r"\b(?:schluss|frist)(?:\s+(?:ist|endet))?(?:\s+(?:der|am))?:?|"
    r"\b(?:by|until|not later than|no later than|before|on or before|at the latest by|deadline(?: is)?:?|"
    r"closes? on|closing date:?))"
    r"(?:\s+(?:the\s+)?(?:close|end)\s+of\s+(?:business|play|the\s+day)(?:\s+on)?)?(?:\s+(?:midnight|noon|"
    r"\d{1,2}(?::\d\d)?\s*(?:uhr|am|pm))(?:\s+(?:am|on))?)?"
    r"\s*(?:(?:mon|diens|donners|frei|sams|sonn)tag,?(?:\s+de[nm])?|mittwoch,?(?:\s+de[nm])?|"
    r"\w+day,?)?[\s*_:]*(?:dem|den|the)?\s*$",
    re.IGNORECASE,
)
"""What stands right before the day of a deadline."""

SCHLUSS = re.compile(
    r"(?:schluss|frist|closing date|deadline)\s*:?\s*(?:ist|endet|is)?\s*(?:der|am|on)?\s*(?:\w+tag,?\s+de[nmr]|"
    r"\w+day,?)?\s*[*_]*$",
    re.IGNORECASE,
)
CLOSING = word_of(
    r"""
    \w*(?:schluss|frist) closing~date deadline last~day~for
    """
)
AGAIN = word_of(
    r"""
    zweite[rsn]? weitere[rsn]? erneute[rsn]? neue[rsn]? dritte[rsn]? second another further third new
    """
)
CALLED = re.compile(
    r"(?:^|[,;:.]\s*|\b(?:sodass|dass)\s)(?P<who>[^.;:]{3,160}?)\s+(?:sind|ist|werden|wird|are|is)\s+(?:\w+ )?"
    r"(?:aufgerufen|aufgefordert|eingeladen|gebeten|invited|asked|called|requested)\b",
    re.IGNORECASE,
)
ENTITLED = re.compile(
    r"\b(?:antragsberechtigt|vorschlagsberechtigt|aufgerufen|eingeladen|entitled to submit)\s+(?:sind|ist|are|"
    r"is)\s+(?P<who>[^.;]{3,200})",
    re.IGNORECASE,
)
ADDRESS = re.compile(
    r"\b(?:an|bei)\s+(?:die|den|das|der|dem)\s+(?P<who>(?:[A-ZÄÖÜ][\w*-]+\s?){1,4})|"
    r"\bto\s+the\s+(?P<whom>(?:[A-Z][\w-]+\s?(?:of |for )?){1,5})|"
    r"\breach\s+the\s+(?P<whose>(?:[A-Z][\w-]+\s?(?:of |for )?){1,5})|"
    r"\bder\s+(?P<dative>[A-ZÄÖÜ][\w*-]+(?:\s[A-ZÄÖÜ][\w*-]+)?)\s+(?:in\s\w+\s)?(?:vorliegen|zuzu\w+)|"
    r"\b[Aa]nsprechpartner(?:in|innen)?\s(?:ist|sind|bleibt)\s(?:die|der|"
    r"das)\s(?P<contact>(?:[A-ZÄÖÜ][\w*-]+\s?){1,3})"
)
ADDRESS_SMALL = re.compile(
    r"\bto the ([a-z]+(?: [a-z]+)?)(?= (?:by|before|until|no later|not later|on or before)\b|[.,;])"
)
ASKS = re.compile(
    r"\b(?:ihre\*seine|seine\*ihre|ihre|seine|eure|their|his or her)\s+(?P<what>[^.;]{3,160}?)\s+(?:bezüglich|"
    r"zu[rm]?|über|bis|an|auf|on|to|about|by|no later)\b"
)

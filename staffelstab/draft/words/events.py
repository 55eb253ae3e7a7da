"""The words of events, limits, breaks and of what comes back later."""

from __future__ import annotations

import re

from staffelstab.draft.words.numbers import word_of

EVENT = re.compile(
    r"(?:fest|feier|gala|jubiläum|parteitag|gewerkschaftstag|verbandstag|kirchentag|tagung|konvent|kongress|"
    r"konferenz|versammlung|wahlen|wahl|messe|festival|jubiläum|"
    r"konstituierung|startschuss|convention|congress|conference|elections?|referendum|assembly|"
    r"annual general meeting|general meeting|summit|fair|"
    r"launch|anniversary)\b|\b[A-ZÄÖÜ]{3,5}\b",
)
TIME_LEFT = re.compile(
    r"\b(?:(?:haben|hat|bleibt|bleiben)\b.*\bbis\b.*\bzeit|bis\s+(?:maximal|höchstens|längstens|"
    r"allerspätestens)|have\b.*\buntil\b|at the very latest)\b",
    re.IGNORECASE,
)
AGAIN_LATER = word_of(
    r"""
    wiedervorlage wiedervorgelegt wieder~vorgelegt überprüf\w* evaluier\w* evaluation resubmi\w+ reviewed
    revisited fortgeschrieben looked~at~again
    """
)
OCCASION = re.compile(
    r"\b(?:[Ii]m Rahmen|[Aa]nlässlich|[Bb]ei|[Nn]ach)\s+(?:der|des)\s+(?P<de>[A-ZÄÖÜ][^,.;]*?\b\d{4})\b|"
    r"\b(?:once|after|following|when|"
    r"on the occasion of)\s+(?P<en>(?:the )?(?:next )?[^,.;]*?(?:\b\d{4}\b[^,.;]*|(?:election|congress|"
    r"convention|evaluation|general meeting)\w*))"
)
BREAK = word_of(
    r"""
    \w*ferien sommerpause winterpause sitzungspause recess school~holidays \w+~holidays? summer~break
    winter~break
    """
)

"""The words of phases: what they are called, how they are counted, and what their names say of their kind."""

from __future__ import annotations

import re

from staffelstab.draft.words.numbers import any_of

STAGE = r"phase|stage|step|schritt|arbeitsschritt|etappe|stufe|baustein|teil|part|runde|round|abschnitt|meilenstein|milestone"
DATES = re.compile(
    r"(?:zeitraum|zeit|dauer|laufzeit|termine?|datum|wann|dates?|period|time ?frame|duration|when|vom|von|from|"
    r"between|"
    r"(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch|sonnabend|(?:mon|tues|wednes|thurs|fri|satur|sun)day)",
    re.IGNORECASE,
)
"""What may stand beside dates on a line that says nothing else."""

KIND_WORDS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "call",
        any_of(
            r"""
            \bcalls?\b auftakt take.?off kick.?off start impuls aufruf sammlung sammeln einreich
            antrag(?!skommission) \bissues\b beiträge stellungnahme representation asking collect submission
            contributions gather
            """
        ),
    ),
    (
        "analysis",
        any_of(
            r"""
            analys bestandsaufnahme erhebung befragung zuhör hearing listen survey interview gespräch evidence
            untersuch research
            """
        ),
    ),
    (
        "synthesis",
        any_of(
            r"""
            auswert synthe zusammenführ zwischenbericht evaluat bringing together bündel ordne[nt] sichte[nt]
            interim
            """
        ),
    ),
    (
        "ideas",
        any_of(
            r"""
            ideen idea entwicklung workshop werkstatt options konzeption zukunft proposals
            """
        ),
    ),
    (
        "trials",
        any_of(
            r"""
            test try erprob pilot versuch trial experiment probe
            """
        ),
    ),
    (
        "finalisation",
        any_of(
            r"""
            finalis entwurf \bdraft text abschluss beschluss redaktion finaliz decision fertig adoption
            """
        ),
    ),
    (
        "publication",
        any_of(
            r"""
            publi(?!c)|publication veröffentlich implement umsetz einführ launch verbreit
            """
        ),
    ),
)
"""Guesses at a phase's kind by the words of its name, otherwise by those of its section; the most frequent, the first of equals."""

FEAST = re.compile(
    r"\b(?:bis|nach|vor|ab|seit|until|till|by|before|after|from)\s(?:(?:zum?|zur|den|dem|der|the)\s)?(?:weihnacht\w*|ostern|"
    r"pfingst\w*|advent\w*|silvester|neujahr|\w+ferien|jahresende|christmas|easter|whitsun|summer break|new year)\b(?:\s\d{4})?",
    re.IGNORECASE,
)
"""A time that everybody understands and no rule turns into a day."""

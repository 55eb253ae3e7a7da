"""The words of a resolution sheet: its labels in several wordings, and how a vote is told."""

from __future__ import annotations

import re

from staffelstab.draft.words.numbers import any_of, word_of

LABELS: dict[str, str] = {
    "text": r"beschluss(?:text|vorschlag)?|resolved|resolution|decision|motion",
    "grounds": r"begründung|sachverhalt|grounds|reasons?(?: for (?:the|this) (?:decision|resolution))?|rationale",
    "publicity": r"(?:maßnahmen der )?öffentlichkeits?(?:arbeit)?|bekanntmachung|veröffentlichung|publicity|"
    r"communications?",
    "further_measures": r"weitere (?:maßnahmen|schritte)|further (?:measures|steps)",
    "finances": r"finanzen|finanzierung|finanzielle auswirkungen|kosten|haushalt|financ(?:es?|ing)|"
    r"financial implications|costs?|budget",
    "coordinated_with": r"(?:die vorlage wurde )?abgestimmt mit|abstimmung mit|beteiligt|consulted(?: with)?|"
    r"consultees|"
    r"coordinated with|agreed with",
    "recipients": r"den beschluss sollen erhalten|(?:der )?beschluss geht an|verteiler|zur kenntnis(?: an)?|"
    r"(?:zu )?verteilen an|"
    r"verteilung an|empfänger(?:[*:_]?innen)?|nachrichtlich(?: an)?|(?:to be )?sent to|cop(?:y|ies) to|"
    r"distribution(?: list)?|"
    r"circulat(?:ed|ion)(?: to| list)?|recipients|cc",
    "vote": r"abstimmungsergebnis|abstimmung|ergebnis der abstimmung|beschlussergebnis|vot(?:e|es|ing)|"
    r"result(?: of (?:the )?vote)?",
    "certified": r"f\. ?d\. ?r\.?|für die richtigkeit|beglaubigt|certified(?: by| correct)?|attested",
    "responsible": r"v\.? ?a\.?|verantwortlich\w*|federführ(?:ung|end)|zuständig\w*|"
    r"einreicher(?:[*:_]?in(?:nen)?)?|responsible(?: officer)?|"
    r"lead(?: officer)?|owner",
}
LABEL = re.compile(
    rf"(?:{'|'.join(f'(?P<{name}>{words})' for name, words in LABELS.items())})\s*(?::\s*(?P<value>.*)|$)",
    re.IGNORECASE,
)
ANY_LABEL = re.compile(r"[A-ZÄÖÜ][^.:!?\t|]{1,48}:(?:\s|$)")
HEAD = any_of(
    r"""
    \w*beschluss\b resolution decision beschlossen verabschiedet beschließt resolved \badopted\b sitzung~vom\b
    sitzung~am\b protokoll minutes~of meeting~(?:of|on|held)
    """
)
ORGANISATION = word_of(
    r"""
    \w*genossenschaft e\.?\s?v\.? eg g?gmbh \w*verein \w*verband \w*kreis \w*gemeinde \w*gewerkschaft stadt~\w+
    landkreis~\w+ universität hochschule partei \w*bund association society trust union university council
    foundation stiftung party federation club
    """
)
RESOLVES = word_of(
    r"""
    beschließt hat~(?:\w+~)*(?:beschlossen|verabschiedet) möge~beschließen resolves hereby~adopts adopts
    resolved~(?:unanimously~)?(?:to|that)
    approves
    """
)
BODY_WRITTEN_SMALL = re.compile(
    r"^The\s(?P<name>(?:[a-z]+\s)?(?:committee|board|council|assembly|general meeting|executive|panel|cabinet))\s"
    r"(?:has\s|hereby\s|unanimously\s){0,2}(?:resolve[sd]|adopt(?:s|ed)|approve[sd]|decide[sd])\b"
)
"""The body of an English sentence that resolves, as minutes write it."""

ADOPTED = word_of(
    r"""
    beschlossen angenommen einstimmig\w* zugestimmt carried adopted approved agreed unanimous\w*
    """
)
REJECTED = word_of(
    r"""
    abgelehnt rejected lost defeated
    """
)
RETURNED = word_of(
    r"""
    zurück(?:verwiesen|gestellt|überwiesen) vertagt returned referred~back deferred
    """
)
UNANIMOUS = word_of(
    r"""
    einstimmig\w* unanimous\w*
    """
)

"""How binding a sentence is, by its modal verbs and what hedges them, in German and English (R109).

A sentence is parted into clauses at its commas, colons, semicolons and dashes, an English one also before "that", "if"
and the like; what stands in brackets says nothing. Within one clause the weakest word wins ("Ggf. werden …" is may,
"soll geschaffen werden" is should), among the clauses of a sentence the strongest. Clauses that ask, give a reason or a
condition ("wie …", "dass …", "wenn …", "Sollten sich …") bind nobody; relative clauses, and a sentence that begins with
"What …" or "Wer …", count only where no main clause binds ("…, das ein erstes Bild ergeben soll").

- must: muss, wird (also as a plain passive or future of the resolution), ist/hat … zu, gilt es, spätestens, verpflichtet,
  notwendig, darf nicht, kann nur, beschließt; must, shall, will, is to, has to, no later than, required, may not.
- should: soll, sollte, im Idealfall; should, ought.
- may: kann, darf, ggf., möglichst, bietet sich an, wünschenswert, empfehlenswert, muss nicht; may, can, could, optional, desirable,
  need not. A hedge that only qualifies another word ("ein möglichst genaues Bild", "verstärkte oder ggf. veränderte") is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Literal

from staffelstab.reading.emphasis import plain

Modal = Literal["must", "should", "may"]

_PREFIX = "ab|an|auf|aus|bei|dar|ein|fest|fort|her|hin|mit|nach|um|unter|vor|weg|weiter|zu|zurück|zusammen"
_TO_DO = rf"(?:zu [a-zäöüß]+n|(?:{_PREFIX})zu[a-zäöüß]+n)\b"
_UNQUALIFYING = r"(?<!\boder )(?<!\bein )(?<!\beine )(?<!\beinen )(?<!\beinem )(?<!\beiner )(?<!\bund )"

_MAY = re.compile(
    r"\b(?:kann|kannst|können|könnte[nt]?|darf|dürfen|mag|mögen|wünschenswert|empfehlenswert|empfohlen|empfiehlt|freiwillig|"
    r"optional|"
    r"unverbindlich(?:e[nrsm]?)?|biete[nt] sich|braucht nicht|brauchen nicht|erlaubt|zulässig)\b"
    rf"|\b(?=[gembn]){_UNQUALIFYING}(?:ggf|gegebenenfalls|eventuell|evtl|möglichst|nach möglichkeit|bei bedarf)\b"
    r"|\b(?:muss|müssen)\b(?:\s\S{1,40}){0,4}\s(?:nicht(?! nur)|keine?[mnrs]?)\b"
    r"|\b(?:can|could|might|optional(?:ly)?|desirable|advisable|recommended|voluntary|allowed|permitted|need not|will do)\b",
    re.I,
)
_MAY_WRITTEN_SMALL = re.compile(r"\bmay\b")
_SHOULD = re.compile(
    r"\b(?:soll|sollst|sollen|sollt|sollte|sollten|im idealfall|idealerweise|should|ought|ideally)\b", re.I
)
_MUST = re.compile(
    r"\b(?:muss|müssen|wird|werden|verpflichtet|verbindlich(?:e[nrsm]?)?|zwingend|notwendig|erforderlich|unerlässlich|spätestens|"
    r"gilt es|beschließt|beschließen|aufgerufen|aufgefordert|beauftragt|bis maximal|bis höchstens)\b"
    rf"|\b(?:ist|sind|hat|haben)\b(?! (?:schwer|leicht|möglich|kaum)).*\b{_TO_DO}|\b(?:ist|sind)\b.*\bgefragt\b|\bist es wichtig\b"
    r"|\bfinde[nt]\b(?!.*\b(?:bisher|bislang)\b).*\bstatt$"
    r"|\b(?:must|shall|(?:is|are) to|(?:has|have) to|needs? to|required|obliged|binding|mandatory|no later than|at the latest|"
    r"resolves|adopts|it is important|necessary)\b",
    re.I,
)
_WILL = re.compile(r"(?<!so )\bwill\b")
_FORBIDS = re.compile(
    r"\b(?:darf|dürfen)\b.*\b(?:nicht|kein\w*|nur)\b|\b(?:kann|können) nur\b|\b(?:may|must|shall) (?:not|only)\b|\bcan only\b",
    re.I,
)
_UNABLE = re.compile(r"\b(?:kann|können|konnte\w*)\b.*\b(?:nicht|kein\w*|kaum)\b|\bcan not\b", re.I)

_ASIDE = re.compile(r"\([^()]{0,400}\)|\[[^\[\]]{0,400}\]")
_IF_POSSIBLE = re.compile(
    r",?\s(?:soweit|sofern|wenn|falls|where|if|as far as)\s(?:\w{1,20}\s)?"
    r"(?:möglich|nötig|erforderlich|notwendig|possible|necessary|needed)\b,?",
    re.I,
)
_CLAUSES = re.compile(r"\s*[,;:]\s+|\s+[–—-]\s+")
_ENGLISH_CLAUSES = re.compile(
    rf"{_CLAUSES.pattern}|\s+(?=(?:that|which|who|whose|if|unless|because|whether|where|when)\b)"
)
_SUBJECT = re.compile(r"(?:what|whatever|who|whoever|wer)\b", re.I)
_CONDITION = re.compile(
    r"(?:und |and |oder |or )?(?:dass|ob|wenn|falls|weil|sodass|so dass|bevor|nachdem|sobald|soweit|sofern|indem|obwohl|"
    r"wie|was|warum|wo|woran|womit|wofür|wann|wer|wen|wem|um|ohne|"
    r"if|unless|when|whenever|whether|because|so that|how|what|who|why|while)\b",
    re.I,
)
_RELATIVE = re.compile(
    r"(?:in |mit |von |bei |für |an |auf |aus |zu |über |with |for |to |of )?"
    r"(?:die|der|das|den|dem|deren|dessen|denen|damit|welche[nrsm]?|which|whose|whom|where|that)\b"
    r"(?! (?:muss|müssen|soll|sollen|sollte|sollten|kann|können|wird|werden|darf|dürfen|must|shall|should|may|can|will)\b)",
    re.I,
)
_INVERTED = re.compile(r"(?:Sollten?|Should|Könnten?|Müssten?|Were|Had)\b(?=[^?]*,)")
_GERMAN = re.compile(
    r"\b(?:der|die|das|den|dem|des|und|im|ein|eine|nicht|mit|von|zu|wir|sich|auf|er|sie|es)\b|[äöüß]", re.I
)
_TAIL = re.compile(r"(\b(?:muss|müssen|soll|sollen|sollte|sollten)\b.*) (?:können|dürfen)\W*$", re.I)
_RANK: tuple[Modal, ...] = ("may", "should", "must")


@lru_cache(maxsize=20_000)
def strength_of(sentence: str) -> Modal | None:
    """The strength of a sentence; None where nothing in it binds anyone, as in a heading or a plain statement."""
    text = _IF_POSSIBLE.sub(" ggf ", _ASIDE.sub("", " ".join(plain(sentence).split())))
    german = bool(_GERMAN.search(text))
    main: list[Modal | None] = []
    relative: list[Modal | None] = []
    for n, clause in enumerate((_CLAUSES if german else _ENGLISH_CLAUSES).split(text)):
        weakest = _weakest(clause.rstrip(" .!?*"), german=german)
        if (_SUBJECT if n == 0 else _RELATIVE).match(clause):
            relative.append(weakest)
        elif not _CONDITION.match(clause) and not (n == 0 and _INVERTED.match(text)):
            main.append(weakest)
    return _strongest(main) or _strongest(relative)


def _strongest(found: Iterable[Modal | None]) -> Modal | None:
    return max((one for one in found if one), key=_RANK.index, default=None)


def _weakest(clause: str, *, german: bool) -> Modal | None:
    """The weakest of what one clause says."""
    if _FORBIDS.search(clause):
        return "must"
    clause = _TAIL.sub(r"\1", clause)
    if not _UNABLE.search(clause) and (_MAY.search(clause) or _MAY_WRITTEN_SMALL.search(clause)):
        return "may"
    if _SHOULD.search(clause):
        return "should"
    return "must" if _MUST.search(clause) or (not german and _WILL.search(clause)) else None

"""How binding a sentence is, by its modal verbs (R109)."""

from __future__ import annotations

import re
from typing import Literal

Modal = Literal["must", "should", "may"]

_MAY = re.compile(
    r"\b(kann|können|könnte\w*|ggf|gegebenenfalls|wünschenswert|empfehlenswert|bietet sich|darf|dürfen|möglichst|may|can|optional|"
    r"desirable)\b",
    re.I,
)
_SHOULD = re.compile(r"\b(soll|sollen|sollte|sollten|should|ought)\b", re.I)
_MUST = re.compile(
    r"\b(muss|müssen|wird|werden|verpflichtet|verbindlich\w*|must|shall|will|(?:ist|sind|hat|haben) zu|(?:is|are) to)\b",
    re.I,
)


def strength_of(sentence: str) -> Modal | None:
    """The strength of a sentence, or None where it binds nobody."""
    if _MAY.search(sentence):
        return "may"
    if _SHOULD.search(sentence):
        return "should"
    return "must" if _MUST.search(sentence) else None

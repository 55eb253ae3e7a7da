"""The facts of an entry: how they are written down, and what is kept out of them."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

from staffelstab.errors import LedgerError
from staffelstab.ledger.values import Known

LONGEST_TEXT = 200
LONGEST_LIST = 100

_CANONICAL = json.JSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
_UNFIT = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")  # control characters and surrogates


def canonical(value: object) -> str:
    """JSON with sorted names, no spaces, no NaN: equal values, equal text."""
    return _CANONICAL.encode(value)


def checked_name(field_name: str, value: str) -> str:
    """`value` if it can be an id, office or key. Raises LedgerError for a long text, control characters, surrogates."""
    if not _is_short(value):
        raise LedgerError("ledger.fact", field=field_name)
    return value


def checked_facts(facts: Mapping[str, Known]) -> str:
    """`facts` as canonical JSON. Raises LedgerError for anything but scalars and short lists: texts are contents."""
    for name, fact in facts.items():
        checked_name("facts", name)
        items = fact if isinstance(fact, list | tuple) else (fact,)
        if len(items) > LONGEST_LIST or not all(_is_scalar(item) for item in items):
            raise LedgerError("ledger.fact", field=name)
    return canonical(facts)


def _is_scalar(item: object) -> bool:
    if isinstance(item, str):
        return _is_short(item)
    if isinstance(item, float):
        return item == item and abs(item) != float("inf")
    return item is None or isinstance(item, int)


def _is_short(text: str) -> bool:
    return len(text) <= LONGEST_TEXT and _UNFIT.search(text) is None

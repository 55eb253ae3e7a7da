"""The words of a resolution sheet: its labels in several wordings, and how a vote is told."""

from __future__ import annotations

import re

from staffelstab.timetable.vocabulary.words import any_of, anywhere, whole


def _of(name: str) -> str:
    return f"(?:{any_of(f'sheet.{name}')})"


LABELS: dict[str, str] = {
    field: any_of(f"sheet.labels.{field}")
    for field in (
        "text",
        "grounds",
        "publicity",
        "further_measures",
        "finances",
        "coordinated_with",
        "recipients",
        "vote",
        "certified",
        "responsible",
    )
}
LABEL = re.compile(
    rf"(?:{'|'.join(f'(?P<{name}>{words})' for name, words in LABELS.items())})\s*(?::\s*(?P<value>.*)|$)",
    re.IGNORECASE,
)
ANY_LABEL = re.compile(r"[A-ZÄÖÜ][^.:!?\t|]{1,48}:(?:\s|$)")
HEAD = anywhere("sheet.head")
ORGANISATION = whole("sheet.organisation")
RESOLVES = whole("sheet.resolves")
BODY_WRITTEN_SMALL = re.compile(
    rf"^{_of('small_article')}\s(?P<name>{any_of('sheet.small_body')})\s(?:{_of('small_filler')}\s){{0,2}}"
    rf"{_of('small_resolves')}\b"
)
"""The body of a sentence that resolves, as minutes write it."""

ADOPTED = whole("sheet.adopted")
REJECTED = whole("sheet.rejected")
RETURNED = whole("sheet.returned")
UNANIMOUS = whole("sheet.unanimous")

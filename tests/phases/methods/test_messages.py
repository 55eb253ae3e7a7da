"""The words of this area: both languages say the same things with the same facts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from string import Formatter

from staffelstab.language import LANGUAGES, catalogue


def said(node: Mapping[str, object], path: str = "") -> Iterator[tuple[str, frozenset[str]]]:
    for key, value in node.items():
        if isinstance(value, Mapping):
            yield from said(value, f"{path}{key}.")
        else:
            yield f"{path}{key}", frozenset(name for _, name, _, _ in Formatter().parse(str(value)) if name)


def test_both_languages_have_the_same_messages_with_the_same_facts() -> None:
    german, english = (dict(said(catalogue(language, "analysis"))) for language in LANGUAGES)
    assert german == english

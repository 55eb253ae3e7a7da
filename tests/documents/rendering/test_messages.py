"""The words the press sets itself exist in both languages, with the same blanks to fill in."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pytest

from staffelstab.errors import RenderError
from staffelstab.language import catalogue


def blanks(node: object, key: str = "") -> dict[str, set[str]]:
    if isinstance(node, Mapping):
        return {name: found for part, inner in node.items() for name, found in blanks(inner, f"{key}.{part}").items()}
    return {key: set(re.findall(r"\{(\w+)\}", str(node)))}


def test_both_languages_hold_the_same_messages_with_the_same_blanks() -> None:
    assert blanks(catalogue("de", "documents")) == blanks(catalogue("en", "documents"))


@pytest.mark.parametrize(("language", "safe"), [("de", "Die Akte"), ("en", "The ledger")])
def test_an_error_says_what_is_safe_and_what_to_do(language: str, safe: str) -> None:
    text = RenderError("documents.error.failed", format="PDF", code="typst").text(language)
    assert (safe in text, "PDF" in text, "typst" in text) == (True, True, True)

"""Whatever intake has to say, it can say in both languages."""

from __future__ import annotations

from typing import get_args

import pytest

from staffelstab.documents.extraction.extracted_text import Notice, Reason
from staffelstab.documents.extraction.worker_main import WALLS
from staffelstab.language import LANGUAGES, Language, catalogue
from staffelstab.submissions.sources.arrival import SkipReason

SAID = {
    "reason": (*get_args(Reason), "waiting"),
    "notice": get_args(Notice),
    "remark": get_args(Notice),
    "parts_left_out": ("one", "other"),
    "skipped": get_args(SkipReason),
    "error": ("no_folder", "no_reader", "unreached"),
    "wall": (*WALLS, "read", "refused"),
}
NAMES = {"wall_name": WALLS}

IN_BRIEF = {"remark", "parts_left_out"}
SENTENCES = [f"intake.{group}.{key}" for group, keys in SAID.items() if group not in IN_BRIEF for key in keys]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_key_has_a_sentence_and_no_sentence_is_left_over(language: str) -> None:
    groups = catalogue(language, "intake").items()
    written = {group: sorted(sentences) for group, sentences in groups if isinstance(sentences, dict)}
    assert written == {group: sorted(keys) for group, keys in (SAID | NAMES).items()}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", SENTENCES)
def test_each_is_a_sentence(language: str, key: str) -> None:
    sentence = Language(language).say(key, folder="eingang", scheme="folder")
    assert sentence.endswith((".", ")."))
    assert sentence[0].isupper()
    assert "{" not in sentence

"""A codebook is a file that people edit: it loads as written, and a slip is named with its line."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from staffelstab.errors import RecordError
from staffelstab.language import LANGUAGES
from staffelstab.phases.methods.codebook import Category, Codebook

GOOD = """\
# Unser Codebuch
[[category]]
id = "kasse"
name = "Kasse"
stems = ["beitrag", "kassen*"]
phrases = ["kein Geld"]

[[category]]
id = "wege"
name = "Wege"
stems = ["bus"]

[[scope]]
id = "werbung"
name = "Mitgliedergewinnung"
where = "Kampagnen"
phrases = ["Mitglieder … gewinnen"]
"""


def load(folder: Path, text: str) -> Codebook:
    path = folder / "codebuch.toml"
    path.write_text(text, encoding="utf-8")
    return Codebook.load(path)


@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_a_codebook_is_read_in_the_order_of_the_file(tmp_path: Path, mark: str) -> None:
    book = load(tmp_path, mark + GOOD)
    assert book == Codebook(
        (Category("kasse", "Kasse", ("beitrag", "kassen*"), ("kein Geld",)), Category("wege", "Wege", ("bus",))),
        (Category("werbung", "Mitgliedergewinnung", (), ("Mitglieder … gewinnen",), "Kampagnen"),),
    )
    assert (book.name("wege"), book.name("werbung")) == ("Wege", "Mitgliedergewinnung")


@pytest.mark.parametrize(
    ("old", "new", "what", "line"),
    [
        ('"kassen*"]', '"kassen*"', "syntax", 6),
        ("phrases = [", "phrase = [", "unknown", 6),
        ("[[scope]]", "[[scopes]]", "unknown", 13),
        ("[[scope]]", "[scope]", "table", 13),
        ('name = "Wege"\n', "", "missing", 8),
        ('id = "wege"', 'id = " "', "missing", 8),
        ('name = "Wege"', "name = 7", "not_text", 10),
        ('stems = ["bus"]', 'stems = "bus"', "not_list", 11),
        ('stems = ["bus"]', 'stems = ["bus", 5]', "not_list", 11),
        ('stems = ["bus"]', "stems = []", "no_words", 8),
        ('"kein Geld"', '"kein *"', "no_letters", 6),
        ('"kein Geld"', '"…"', "no_letters", 6),
        ('id = "werbung"', 'id = "kasse"', "twice", 14),
        (GOOD, "# leer\n", "empty", 1),
        (GOOD, "category = " + "[" * 5000, "syntax", 1),
    ],
)
def test_a_slip_is_named_with_its_line(tmp_path: Path, old: str, new: str, what: str, line: int) -> None:
    with pytest.raises(RecordError) as slip:
        load(tmp_path, GOOD.replace(old, new, 1))
    assert (slip.value.key, slip.value.facts["line"]) == (f"analysis.codebook.error.{what}", line)
    assert all("codebuch.toml" in slip.value.text(language) for language in LANGUAGES)


def test_a_file_in_another_encoding_or_none_at_all_is_said_to_be_unreadable(tmp_path: Path) -> None:
    path = tmp_path / "codebuch.toml"
    for content in (GOOD.replace("Kasse", "Beiträge").encode("cp1252"), None):
        if content is None:
            path.unlink()
        else:
            path.write_bytes(content)
        with pytest.raises(RecordError) as slip:
            Codebook.load(path)
        assert slip.value.text("de").startswith("Das Codebuch codebuch.toml lässt sich nicht lesen.")


@pytest.mark.attack("FUZZ")
@pytest.mark.parametrize(
    ("old", "new", "what", "line"),
    [
        ('name = "Wege"', f"name = {'1' * 5_000}", "syntax", 10),
        ('name = "Wege"', f"{'a.' * 200_000}a = 1", "syntax", 10),
        ('name = "Wege"', f'name = "{"a" * 201}"', "too_long", 10),
        ('"bus"', f'"{"a" * 201}"', "too_long", 11),
        ('"bus"', f'"{"a … " * 11}"', "long_phrase", 11),
        ('"bus"', ", ".join(['"bus"'] * 5_000), "too_many", 8),
        (GOOD, '[[category]]\nid = "a"\nname = "A"\nstems = ["a"]\n' * 20_000, "too_many", 4_001),
    ],
    ids=[
        "a number of 5,000 digits",
        "a bomb of dots",
        "a long name",
        "a long word",
        "a long phrase",
        "many words",
        "many categories",
    ],
)
def test_more_than_a_codebook_has_is_refused_at_once(tmp_path: Path, old: str, new: str, what: str, line: int) -> None:
    begun = time.process_time()
    test_a_slip_is_named_with_its_line(tmp_path, old, new, what, line)
    assert time.process_time() - begun < 5


@pytest.mark.attack("FUZZ")
def test_a_file_larger_than_any_codebook_is_not_read(tmp_path: Path) -> None:
    with pytest.raises(RecordError) as slip:
        load(tmp_path, GOOD + "#" * 5_000_000)
    assert slip.value.text("de").startswith("codebuch.toml: Das Codebuch hat mehr als 5 MB")


def test_the_codebooks_that_come_along_have_the_same_categories() -> None:
    german, english = (Codebook.default(language) for language in LANGUAGES)
    assert [each.id for each in german.categories] == [each.id for each in english.categories]
    assert [each.id for each in german.scopes] == [each.id for each in english.scopes] == ["recruiting"]
    assert all(each.where for each in (*german.scopes, *english.scopes))

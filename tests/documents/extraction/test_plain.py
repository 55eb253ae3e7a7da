"""Text in whatever encoding, and tables with whatever separator."""

from __future__ import annotations

import pytest

from staffelstab.documents.extraction.plain import decode, plain_text, read_csv, read_text
from staffelstab.documents.extraction.worker_answer import Unreadable

GERMAN = "Größere Räume für Mitglieder – „überall“, 20 €"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_german_text_is_read_in_every_usual_encoding(encoding: str) -> None:
    assert decode(GERMAN.encode(encoding)) == (GERMAN, True)


@pytest.mark.parametrize("encoding", ["cp850", "mac_roman"])
def test_even_in_those_of_old_machines(encoding: str) -> None:
    text = "Größere Räume für Mitglieder, überall"
    assert decode(text.encode(encoding)) == (text, True)


def test_one_damaged_byte_spoils_only_its_character_and_is_reported() -> None:
    text, sure = decode("schöne Grüße aus Böhlen: ".encode() * 5 + b"\xff Ende")
    assert (text[-6:], sure) == ("\ufffd Ende", False)


@pytest.mark.attack("injection")
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252", "cp850"])
def test_outside_of_a_worker_text_is_decoded_where_its_encoding_shows(encoding: str) -> None:
    text = "Größere Räume für Mitglieder, überall"
    content = text.encode(encoding)
    assert plain_text(content, 1000) == text
    assert plain_text(content, len(content) - 1) is None


@pytest.mark.attack("injection")
@pytest.mark.parametrize(
    "content",
    ["Просто текст".encode("cp1251") * 9, "Grüße ".encode() * 9 + b"\xff", bytes(range(256)) * 9, b"\xff\xfea\xd8\x00"],
)
def test_outside_of_a_worker_nothing_is_guessed_at(content: bytes) -> None:
    assert plain_text(content, 10_000) is None


def test_what_is_no_text_is_refused() -> None:
    with pytest.raises(Unreadable) as refused:
        read_text(bytes(range(256)) * 20)
    assert refused.value.reason == "type"


@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_a_table_is_found_by_its_separator(separator: str) -> None:
    rows = [["Verband", "Anliegen"], ["Nord", "Räume"], ["Süd", "Busse"]]
    found = read_csv("\r\n".join(separator.join(row) for row in rows).encode("cp1252"))
    assert found.tables == (("", (("Verband", "Anliegen"), ("Nord", "Räume"), ("Süd", "Busse"))),)
    assert found.paragraphs == (("Verband | Anliegen", None), ("Nord | Räume", None), ("Süd | Busse", None))


def test_a_cell_may_hold_the_separator_and_line_breaks() -> None:
    assert read_csv(b'a;b\n"x;y\nz";=1+1\n').tables == (("", (("a", "b"), ("x;y z", "=1+1"))),)

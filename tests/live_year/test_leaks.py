"""The search finds a text in whatever form it lies there."""

from __future__ import annotations

import base64
import json
import sqlite3
import zlib
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.live_year.leaks import Search, sentences_of

MARK = "Größe des Kanarienvogels"
SENTENCE = "Wer bei uns eintritt, wird wochenlang von niemandem angerufen."
HIDDEN = {
    "as it is": MARK.encode(),
    "UTF-16": MARK.encode("utf-16"),
    "JSON": json.dumps({"a": MARK}).encode(),
    "percent": quote(MARK).encode(),
    "hexadecimal": MARK.encode().hex().encode(),
    **{f"base64 {n}": base64.b64encode(b"x" * n + MARK.encode() + b"yz") for n in range(4)},
    "base64 twice": base64.b64encode(base64.b64encode(b"\n" * 30 + MARK.encode() + b"." * 30)),
    "compressed": base64.b64encode(zlib.compress(MARK.encode() + bytes(range(60)).hex().encode())),
}


@pytest.mark.parametrize("form", HIDDEN)
def test_a_mark_is_found_in_every_form(tmp_path: Path, form: str) -> None:
    (tmp_path / "log").write_bytes(b"before\n" + HIDDEN[form] + b"\nafter")
    search = Search((MARK,))
    search.folder(tmp_path)
    assert search.found
    assert (search.files, search.size) == (1, len(HIDDEN[form]) + 13)


def test_a_mark_is_found_in_the_name_of_a_file(tmp_path: Path) -> None:
    (tmp_path / MARK).mkdir()
    search = Search((MARK,))
    search.folder(tmp_path)
    assert search.found == [f"{MARK!r} (as it is) in name of {MARK}"]


@pytest.mark.parametrize(
    "value", [SENTENCE, json.dumps([SENTENCE]), base64.b64encode(f"<svg>{SENTENCE}</svg>".encode())]
)
def test_a_sentence_is_found_in_a_database(tmp_path: Path, value: str | bytes) -> None:
    with closing(sqlite3.connect(tmp_path / "runs.db")) as connection:
        connection.execute("CREATE TABLE runs (name TEXT, data)")
        connection.execute("INSERT INTO runs VALUES ('x', ?)", (value,))
        connection.commit()
    search = Search((), sentences_of([f"Kurz. {SENTENCE} Und noch etwas."]))
    assert search.sentences == {SENTENCE}
    search.folder(tmp_path)
    assert search.found


def test_where_nothing_lies_nothing_is_found(tmp_path: Path) -> None:
    (tmp_path / "log").write_text("Größe des Zeisigs", encoding="utf-8")
    search = Search((MARK,), frozenset({SENTENCE}))
    search.folder(tmp_path)
    assert search.found == []

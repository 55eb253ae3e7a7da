"""What may be shown of a name that somebody else chose."""

from __future__ import annotations

import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from staffelstab.documents.extraction.file_names import safe_name


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Beitrag Nord.docx", "Beitrag Nord.docx"),
        ("../../etc/passwd", "passwd"),
        ("..\\..\\x.txt", "x.txt"),
        ("a\0b\nc.txt", "a b c.txt"),
        ("rechnung\u202efdp.exe", "rechnung fdp.exe"),
        ("U\u0308berblick.pdf", "Überblick.pdf"),
        (" .. ", "-"),
        ("", "-"),
        (os.fsdecode(b"Gr\xf6sse.txt"), "Gr\ufffdsse.txt"),
        ("ä" * 300 + ".docx", "ä" * 114 + "….docx"),
    ],
)
def test_names_are_shown_safely(name: str, shown: str) -> None:
    assert safe_name(name) == shown


@given(st.text())
def test_any_name_can_be_shown_and_stored(name: str) -> None:
    shown = safe_name(name)
    assert 0 < len(shown) <= 120
    assert shown.isprintable()
    assert not set("/\\") & set(shown)
    assert shown not in (".", "..")
    assert shown.encode().decode() == shown

"""Downloads: our own files by name and kind, strangers' originals as they came and under a neutral name, nothing from elsewhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from pages.documents import document, original, stored
from staffelstab.errors import RecordError


def test_our_own_html_is_shown_in_a_sandbox_and_all_else_is_saved(tmp_path: Path) -> None:
    (tmp_path / "dossier.html").write_bytes(b"<p>x")
    (tmp_path / "dossier.pdf").write_bytes(b"%PDF")
    page, print_ = stored(tmp_path, "dossier.html"), stored(tmp_path, "dossier.pdf", name="2018-01-19-dossier.pdf")
    assert page.headers["content-disposition"] == 'inline; filename="dossier.html"'
    assert page.headers["content-security-policy"].startswith("sandbox; default-src 'none'")
    assert page.media_type == "text/html; charset=utf-8"
    assert print_.headers["content-disposition"] == 'attachment; filename="2018-01-19-dossier.pdf"'
    assert print_.media_type == "application/pdf"
    assert print_.body == b"%PDF"


def test_nothing_outside_of_the_folder_is_sent(tmp_path: Path) -> None:
    inside = tmp_path / "sessions"
    inside.mkdir()
    (tmp_path / "ledger.db").write_bytes(b"secret")
    (inside / "link.html").symlink_to(tmp_path / "ledger.db")
    (inside / "folder").symlink_to(tmp_path)
    for path in ("../ledger.db", "link.html", "folder/ledger.db", "/etc/passwd", ".", "", "a\0b", "nothing.pdf"):
        with pytest.raises(RecordError, match="nothing_here"):
            stored(inside, path)


def test_an_original_is_saved_under_its_number_whatever_it_is() -> None:
    sent = original(b"<script>alert(1)</script>", "B07", "html")
    assert sent.headers["content-disposition"] == 'attachment; filename="B07.html"'
    assert sent.headers["x-content-type-options"] == "nosniff"
    assert sent.media_type == "application/octet-stream"
    assert (
        original(b"", "B07", 'x"\r\nSet-Cookie: a').headers["content-disposition"] == 'attachment; filename="B07.bin"'
    )


def test_a_name_with_other_letters_is_written_out() -> None:
    assert document(b"", "beschluß.txt").headers["content-disposition"] == (
        "attachment; filename*=UTF-8''beschlu%C3%9F.txt"
    )

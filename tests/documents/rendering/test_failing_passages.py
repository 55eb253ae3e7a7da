"""A passage or picture that cannot be printed is replaced by a sentence with its number; the others stay, in every format."""

from __future__ import annotations

from dataclasses import replace

import pytest

from staffelstab.documents.rendering.failing_passages import GaveUp, mended
from staffelstab.documents.rendering.manuscript import Figure, Manuscript
from staffelstab.documents.rendering.render import FORMATS, printed
from tests.documents.rendering.extract import pdf_text
from tests.documents.rendering.sample import STAMP

BAD_FOR_PDF = "[siehe](#nirgends)"
BAD_FOR_ALL = "![x](fremd.svg)"
"""typst knows no such label; guard.lua allows no such picture."""

TEXT = """# Register

## B07 – Beisitz 3

::: {.passage}
Der erste Absatz.

[B07\\.3\\, Beisitz 3]{.source}
:::


::: {.passage}
BAD

[B08\\.1\\, Beisitz 4]{.source}
:::

| Nr | Vorhaben |
|:--|:--|
| V01 | Ein Stammtisch |
| V02 | BAD |

::: {.notice}
- Ein Punkt
- BAD
:::

# Schluss

BAD

Der letzte Absatz.
"""


def manuscript(text: str, *figures: Figure) -> Manuscript:
    return Manuscript(text, "Mappe", "", "de", STAMP, "Landesverband", "", figures)


@pytest.mark.attack("C4")
def test_what_typst_cannot_set_is_left_out_of_the_pdf_alone_and_named() -> None:
    done = printed(manuscript(TEXT.replace("BAD", BAD_FOR_PDF)))
    assert list(done.files) == list(FORMATS)
    assert done.left_out == {"pdf": ("B08.1", "V02", "2/4", "3/1")}
    text = " ".join(pdf_text(done.files["pdf"]).split())
    assert "Hier ist eine Stelle ausgelassen (B08.1)" in text
    assert "Abschnitt 3, Stelle 1" in text
    for kept in ("Der erste Absatz.", "Ein Stammtisch", "Ein Punkt", "Der letzte Absatz."):
        assert kept in text
    assert "siehe" not in text
    assert "siehe" in done.files["html"].decode()


@pytest.mark.attack("C4")
def test_what_pandoc_cannot_read_is_left_out_of_every_format_it_writes() -> None:
    done = printed(manuscript(TEXT.replace("BAD", BAD_FOR_ALL)))
    assert list(done.files) == list(FORMATS)
    assert set(done.left_out) == {"html", "pdf", "docx", "odt"}
    assert "Der letzte Absatz." in done.files["html"].decode()


@pytest.mark.attack("C4")
def test_a_picture_that_cannot_be_drawn_is_replaced_by_a_sentence() -> None:
    broken = Figure("needs", "<svg xmlns='http://www.w3.org/2000/svg'", "Bedürfnisse: Räume 3.")
    done = printed(manuscript("# A\n\n![x](needs.svg){width=100%}\n\nText", broken))
    assert list(done.files) == list(FORMATS)
    assert done.left_out == {"pdf": ("needs",), "docx": ("needs",), "odt": ("needs",)}


def test_a_format_that_cannot_be_made_at_all_is_missing_and_the_others_are_there(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("staffelstab.documents.rendering.typeset.STANDARDS", ["no such standard"])
    done = printed(manuscript(TEXT.replace("BAD", "gut")))
    assert list(done.files) == ["md", "html", "docx", "odt"]
    assert done.missing == {"pdf": "typst"}
    assert done.left_out == {}


def test_a_good_manuscript_leaves_nothing_out() -> None:
    done = printed(manuscript(TEXT.replace("BAD", "gut")))
    assert (done.missing, done.left_out) == ({}, {})


def test_passages_that_fail_only_together_are_not_guessed() -> None:
    with pytest.raises(GaveUp):
        mended("eins\n\nzwei", lambda text: "eins" in text and "zwei" in text, "de")


def test_the_search_ends_after_so_many_attempts() -> None:
    attempts: list[str] = []

    def fails(text: str) -> bool:
        attempts.append(text)
        return "schlecht" in text

    with pytest.raises(GaveUp):
        mended("\n\n".join(["schlecht"] * 200), fails, "de")
    assert len(attempts) == 60


def test_a_year_no_archive_can_hold_stops_no_document() -> None:
    for year in (1970, 2200):
        done = printed(replace(manuscript("Text"), stamp=STAMP.replace(year=year)))
        assert done.missing == {}

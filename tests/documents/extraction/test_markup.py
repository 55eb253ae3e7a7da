"""HTML as it comes by mail."""

from __future__ import annotations

import time

import pytest

from staffelstab.documents.extraction.markup import read_html


def lines(markup: str) -> list[str]:
    return [text for text, _ in read_html(markup.encode()).paragraphs]


def test_tag_soup_loses_no_text() -> None:
    soup = "<p>eins <b>zwei</b><br>drei<ul><li>a<li>b</ul><table><tr><td>k<td>v</table>"
    found = lines(f"{soup}<div>lose <p>x</p> rest</div><blockquote>Zitat")
    assert found == ["eins zwei drei", "a", "b", "k", "v", "lose", "x", "rest", "Zitat"]


def test_scripts_and_styles_are_no_text() -> None:
    head = "<head><title>t</title><style>p{}</style></head>"
    assert lines(f"{head}<body>da<script>if (a<b) evil()</script> dort</body>") == ["da dort"]


def test_a_head_that_is_never_closed_does_not_swallow_the_body() -> None:
    assert lines("<html><head><title>t<body><p>Text") == ["Text"]


def test_entities_and_declared_encoding() -> None:
    assert lines("Gr&uuml;&szlig;e&nbsp;&#8211; &lt;b&gt;") == ["Grüße – <b>"]
    page = '<meta charset="iso-8859-2"><p>Żółć'.encode("iso-8859-2")
    assert read_html(page).paragraphs == (("Żółć", None),)


def test_tables_are_kept_as_rows_and_layout_is_not() -> None:
    table = "<table><tr><th>Verband<th>Zahl<tr><td>Nord<td>12</table>"
    assert read_html(f"<table><tr><td>{table}</table>".encode()).tables == (
        ("", (("Verband", "Zahl"), ("Nord", "12"))),
    )


def test_remote_pictures_are_noticed_and_links_are_not() -> None:
    assert read_html(b'<p>a<img src="https://example.org/pixel.gif">').notices == ("links",)
    assert read_html(b'<p><a href="https://example.org">a</a><img src="cid:logo">').notices == ()


@pytest.mark.attack("M1")
@pytest.mark.parametrize(
    "piece", ["<", "<!--", "<a x='", "</", "<svg></x>", "<table><tr><td>a", "a<b>b</b>", "<![", "&#x"]
)
@pytest.mark.parametrize("end", ["", "'>-->"])
def test_half_a_megabyte_of_marks_is_read_in_seconds(piece: str, end: str) -> None:
    begun = time.process_time()
    read_html((piece * (500_000 // len(piece)) + end).encode())
    assert time.process_time() - begun < 10  # a second or so; by the square of the length it would be minutes


def test_marks_that_nothing_closes_are_text() -> None:
    assert read_html(b"<p>Preis < 3 Euro<p>a <![b]> c").paragraphs == (("Preis < 3 Euro", None), ("a <![b]> c", None))
    assert read_html(b"<p>eins<!-- nie zu Ende").paragraphs == (("eins<!-- nie zu Ende", None),)

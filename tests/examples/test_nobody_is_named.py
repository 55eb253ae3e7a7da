"""Offices and associations speak in the samples: no given names, and no authors in the files' own data."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO

import pypdfium2
import pytest

from tests.examples.samples import EXAMPLES, Example, cells, paragraphs

BOTH = pytest.mark.parametrize(
    "example",
    [Example(EXAMPLES / "mitgliederarbeit-2018"), Example(EXAMPLES / "choir-statute")],
    ids=["party", "choir"],
)

GIVEN_NAMES = """
    Alexander Alex Andrea Andreas Angelika Anja Anna Anne Antje Bernd Birgit Brigitte Christa Christian
    Christine Claudia Cornelia Daniel Dieter Doris Elke Enrico Erika Falk Felix Florian Franziska Friedrich
    Gabriele Gerd Gisela Günter Hannelore Hans Harald Heidi Heike Heinz Helga Helmut Holger Horst Ingrid Jana
    Jens Jörg Johanna Josef Julia Juliane Jürgen Karin Karl Katharina Kathrin Katja Kerstin Klaus Lars Laura
    Lisa Lothar Luise Lutz Manfred Manuela Maria Marion Marco Markus Martin Martina Matthias Michael Mirko
    Monika Nicole Olaf Paul Peter Petra Rainer Ralf Renate Rico Robert Roland Rolf Ronny Rosa Sabine Sandra
    Sarah Sebastian Silke Silvia Simone Sören Stefan Steffen Stephan Susanne Sven Thomas Tobias Torsten Ulrich
    Ulrike Ursula Ute Uwe Volker Walter Werner Wolfgang Alice Andrew Barbara Catherine Charles David Edward
    Elizabeth Emily Emma George Helen Henry Jack James Jane John Joseph Kate Margaret Mary Oliver Patricia
    Richard Ruth Simon Susan William
"""

A_NAME = re.compile(rf"\b(?:{'|'.join(GIVEN_NAMES.split())})\b")
AUTHORS = re.compile(rb"<(dc:creator|cp:lastModifiedBy|meta:initial-creator|meta:printed-by)\b[^>]*>[^<]+<")


def zipped(content: bytes) -> list[bytes]:
    """The parts of a document that say where it comes from."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return [
            archive.read(name)
            for name in archive.namelist()
            if name in {"docProps/core.xml", "docProps/app.xml", "meta.xml"}
        ]


@BOTH
def test_no_text_holds_a_given_name(example: Example) -> None:
    assert A_NAME.search("liebe Sabine, danke") is not None
    for path in example.inbox.rglob("*.*"):
        text = "\n".join(paragraphs(path) or ())
        if path.suffix in {".csv", ".ods", ".xlsx"}:
            text = "\n".join("\n".join(row) for row in cells(path))
        if path.suffix == ".pdf":
            text = pypdfium2.PdfDocument(path)[0].get_textpage().get_text_range()
        assert A_NAME.findall(f"{path.name}\n{text}") == [], path
    for name in ("decisions.toml", "README.md", "arrivals.csv", "codebook.toml"):
        assert A_NAME.findall((example.root / name).read_text(encoding="utf-8")) == [], name


@BOTH
def test_no_file_says_who_wrote_it_or_with_which_machine(example: Example) -> None:
    for path in example.inbox.rglob("*.*"):
        if path.suffix in {".docx", ".odt", ".ods", ".xlsx"}:
            assert [part for part in zipped(path.read_bytes()) if AUTHORS.search(part)] == [], path
            assert all(b"2018-01-01" in part for part in zipped(path.read_bytes()) if b"created" in part), path
        if path.suffix == ".pdf":
            assert pypdfium2.PdfDocument(path).get_metadata_dict().get("Author", "") == ""
        if path.suffix == ".eml":
            head = path.read_bytes().split(b"\n\n")[0]
            assert set(re.findall(rb"@([\w.-]+)", head)) == {b"example.org"}

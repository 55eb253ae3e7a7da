"""Papers by the thousand: plain text and Word documents in equal parts, different from one another, the same in every run."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path
from random import Random
from xml.sax.saxutils import escape

SENDERS = ("Beisitz 1", "Beisitz 2", "Beisitz 3", "Schatzmeister*in", "KV Görlitz", "KV Zwickau", "KV Leipzig", "")
SUBJECTS = (
    "Neumitglieder",
    "Beiträge",
    "Veranstaltungen",
    "Mitgliederverlust",
    "Schulungen",
    "Stammtische",
    "Ortsgruppen",
)
COPIED = 0.02
"""How many paragraphs are copied from elsewhere, as in a campaign."""

PARAGRAPHS = (3, 9)
SENTENCES = (1, 4)

_SYLLABLES = (
    "ba",
    "ker",
    "lin",
    "dor",
    "mis",
    "ten",
    "ga",
    "ru",
    "sel",
    "won",
    "eich",
    "tau",
    "fer",
    "no",
    "zi",
    "hal",
)
_VOCABULARY = tuple(a + b + c for a in _SYLLABLES for b in _SYLLABLES for c in _SYLLABLES)
_COMMONNESS = tuple(1 / (rank + 5) for rank in range(len(_VOCABULARY)))
"""Words as rare and as common as in a language (Zipf), so that looking for similar paragraphs has its usual work."""

_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PARTS = {
    "[Content_Types].xml": f'{_XML}<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_DOCX}.main+xml"/></Types>',
    "_rels/.rels": f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="r1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
}


def write_papers(folder: Path, count: int) -> list[Path]:
    """Write `count` papers into `folder`, every second one as .docx."""
    folder.mkdir(parents=True, exist_ok=True)
    return [_write(folder / f"{number:05d}", number) for number in range(count)]


def write_long_paper(folder: Path, paragraphs: int) -> Path:
    """Write one paper of so many paragraphs into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    dice, path = Random(0), folder / "long.txt"  # noqa: S311 -- as below
    path.write_text(
        "\n\n".join([f"Von: {SENDERS[0]}", *(_paragraph(dice) for _ in range(paragraphs))]), encoding="utf-8"
    )
    return path


def _write(stem: Path, number: int) -> Path:
    lines = list(_paragraphs(Random(number)))  # noqa: S311 -- the same papers in every run, nothing secret
    as_docx = number % 2 == 1
    path = stem.with_suffix(".docx" if as_docx else ".txt")
    path.write_bytes(_docx(lines) if as_docx else "\n\n".join(lines).encode())
    return path


def _paragraphs(dice: Random) -> Iterator[str]:
    if sender := dice.choice(SENDERS):
        yield f"Von: {sender}"
    for _ in range(dice.randint(*PARAGRAPHS)):
        yield _paragraph(Random(dice.randrange(50)) if dice.random() < COPIED else dice)  # noqa: S311 -- as above


def _paragraph(dice: Random) -> str:
    return " ".join(_sentence(dice) for _ in range(dice.randint(*SENTENCES)))


def _sentence(dice: Random) -> str:
    words = dice.choices(_VOCABULARY, _COMMONNESS, k=dice.randint(8, 20))
    words.insert(dice.randrange(8), dice.choice(SUBJECTS))
    return f"{' '.join(words).capitalize()}."


def _docx(lines: list[str]) -> bytes:
    body = "".join(f"<w:p><w:r><w:t>{escape(line)}</w:t></w:r></w:p>" for line in lines)
    document = f'{_XML}<w:document xmlns:w="{_WORD}"><w:body>{body}</w:body></w:document>'
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in {**_PARTS, "word/document.xml": document}.items():
            archive.writestr(zipfile.ZipInfo(name), text)
    return stream.getvalue()

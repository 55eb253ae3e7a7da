"""Files that are no resolution, and texts that would like to be a plan file."""

from __future__ import annotations

import io
import tomllib
from pathlib import Path

import pytest

from staffelstab.timetable.draft.compose import draft_of
from staffelstab.timetable.draft.resolution_text import LONGEST, DraftError, receive
from staffelstab.timetable.draft.write import toml_of
from staffelstab.timetable.plan.load import plan_from
from tests.conftest import CORPUS

HOSTILE = '''Titel mit "Anführung" und \\ und \'\'\' und """

Beschluss des Vorstands vom 1. Januar 2025 ]]

Beschluss: Der Vorstand beschließt: """ ]] [[phases]] number = 99

Verteiler: Alle "]]
[[phases]]
number = 7
name = "eingeschleust", Kreis'verband; # Kommentar

Phase 1 – Na"me"]] [[phases]]
1. Februar 2025 bis 3. März 2025
Der Vorstand diskutiert "]] [[events]]" \x00\x1b[31m\u202e in der Sitzung am 2. März 2025.

Phase 2 – zwei = "x" # y
ab 5. März 2025
Alle Kreisverbände sind aufgerufen, bis zum 1. Mai 2025 zu schreiben: "]]
[[calls]]
id = "z"
'''


def test_no_text_injects_an_item(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(HOSTILE, encoding="utf-8")
    draft, _ = draft_of(receive(tmp_path / "a.txt").text, "de")
    assert draft is not None
    written = toml_of(draft, "de")
    plan = plan_from(written)
    assert [phase.number for phase in plan.phases] == [1, 2]
    assert [call.id for call in plan.calls] == ["call-1"]
    assert [len(tomllib.loads(written)[table]) for table in ("phases", "sessions", "calls")] == [2, 1, 1]
    assert not set("\x00\x1b\u202e") & set(written)


@pytest.mark.parametrize(
    ("content", "key"),
    [
        (b"", "draft.reason.empty"),
        (b" \n\n\t ", "draft.reason.empty"),
        (bytes(range(256)) * 64, "draft.reason.type"),
        (b"%PDF-1.7\n%garbage", "draft.reason.damaged"),
        (b"Wort " * (LONGEST // 4), "draft.error.too_long"),
    ],
)
def test_what_cannot_be_read_is_said(tmp_path: Path, content: bytes, key: str) -> None:
    (tmp_path / "a.txt").write_bytes(content)
    with pytest.raises(DraftError) as caught:
        receive(tmp_path / "a.txt")
    assert caught.value.key == key
    assert [len(caught.value.text(code)) > 20 for code in ("de", "en")] == [True, True]


@pytest.mark.attack("injection")
def test_a_resolution_in_an_encoding_to_be_guessed_at_is_read_as_the_worker_read_it(tmp_path: Path) -> None:
    text = "Правление решает: план работы принят. Заседание состоится весной. " * 9
    (tmp_path / "a.txt").write_bytes(text.encode("cp1251"))
    assert receive(tmp_path / "a.txt").text.split() == text.split()


def test_a_picture_without_text_is_said(tmp_path: Path) -> None:
    from pikepdf import Array, Dictionary, Name, Pdf, Stream

    pdf = Pdf.new()
    page = pdf.add_blank_page(page_size=(200, 200))
    white = Stream(pdf, b"\xff" * 10_000)
    white.update(
        Dictionary(
            Type=Name.XObject, Subtype=Name.Image, Width=100, Height=100, ColorSpace=Name.DeviceGray, BitsPerComponent=8
        )
    )
    page.Resources = Dictionary(XObject=Dictionary(I=white))
    page.Contents = Stream(pdf, b"q 200 0 0 200 0 0 cm /I Do Q")
    page.MediaBox = Array([0, 0, 200, 200])
    content = io.BytesIO()
    pdf.save(content)
    (tmp_path / "scan.pdf").write_bytes(content.getvalue())
    with pytest.raises(DraftError) as caught:
        receive(tmp_path / "scan.pdf")
    assert caught.value.key in {"draft.reason.no_text", "draft.reason.no_ocr", "draft.reason.empty"}


def test_a_long_text_full_of_dates_is_drafted_in_seconds() -> None:
    sentence = "Am {}. März 2025 wird dem Vorstand in der Sitzung das Ergebnis vorgestellt und diskutiert. "
    text = "Phase 1 – Eins\n1. Februar 2025 bis 3. Mai 2025\n" + "".join(
        sentence.format(n % 28 + 1) for n in range(1500)
    )
    draft, _ = draft_of(text, "de")
    assert draft is not None
    assert len(draft.sessions) == 1


@pytest.mark.skipif(not (CORPUS / "motions").is_dir(), reason="no sample corpus at ../shared/corpus")
def test_no_motion_of_the_corpus_becomes_a_timetable() -> None:
    motions = sorted((CORPUS / "motions").glob("*.txt"))
    assert len(motions) > 20
    assert [motion.name for motion in motions if draft_of(motion.read_text(encoding="utf-8"), "de")[0]] == []

"""Archives are looked at before they are opened."""

from __future__ import annotations

import pytest

from staffelstab.documents.extraction.containers import Inside, look_inside, unpack
from staffelstab.documents.extraction.limits import Limits
from staffelstab.documents.extraction.worker_answer import Unreadable
from tests.documents.extraction.sample_files import docx, zipped

LIMITS = Limits(unpacked=1_000_000, ratio_from=200_000, ratio=10, members=20)


def refusal(content: bytes) -> str:
    with pytest.raises(Unreadable) as refused:
        look_inside(content, LIMITS)
    return refused.value.reason


def test_an_ordinary_document_passes() -> None:
    assert look_inside(docx("Text"), LIMITS) == Inside((), False)


def test_a_bomb_is_refused_by_total_by_ratio_and_by_number() -> None:
    assert refusal(zipped({"a": bytes(1_000_001)})) == "bomb"
    assert refusal(zipped({"a": bytes(200_001)})) == "bomb"
    assert refusal(zipped({str(number): b"" for number in range(21)})) == "bomb"
    assert look_inside(zipped({"a": bytes(199_999)}), LIMITS) == Inside((), False)


def test_a_declared_size_that_lies_does_not_help() -> None:
    content = bytearray(zipped({"a": bytes(900_000)}))
    directory = content.rindex(b"PK\x01\x02")
    content[directory + 24 : directory + 28] = (100).to_bytes(4, "little")
    assert refusal(bytes(content)) in ("bomb", "damaged")


def test_entities_are_refused_in_any_encoding() -> None:
    prolog = '<!DOCTYPE x [<!ENTITY lol "lol">]>'
    assert refusal(docx("&lol;", prolog=prolog)) == "unsafe"
    assert refusal(zipped({"word/document.xml": f'<?xml version="1.0"?>{prolog}<a/>'.encode("utf-16")})) == "unsafe"


def test_encryption_is_told_from_damage() -> None:
    content = bytearray(zipped({"a": b"text"}))
    content[content.rindex(b"PK\x01\x02") + 8] |= 1
    assert refusal(bytes(content)) == "password"
    assert refusal(zipped({"META-INF/manifest.xml": "<manifest:encryption-data/>"})) == "password"
    assert refusal(docx("Text")[:-30]) == "damaged"


def test_macros_changes_pictures_and_remote_templates_are_noticed() -> None:
    rels = '<Relationship Id="r" Type="http://x/attachedTemplate" Target="https://example.org/t.dotm" TargetMode="External"/>'
    body = '<w:ins w:id="1"><w:r><w:t>neu</w:t></w:r></w:ins>'
    extra: dict[str, str | bytes] = {
        "word/vbaProject.bin": b"x",
        "word/_rels/settings.xml.rels": rels,
        "word/media/1.png": b"x",
    }
    assert look_inside(docx("Text", body=body, extra=extra), LIMITS) == Inside(
        ("links", "macros", "tracked_changes"), True
    )


def test_names_in_an_archive_stay_data() -> None:
    ordinary = {"../../evil.txt": b"1", "/abs.txt": b"2", "ordner/": b"", "ordner/a.txt": b"5"}
    hidden = {"__MACOSX/a.txt": b"3", ".DS_Store": b"4"}
    assert unpack(zipped({**ordinary, **hidden}), LIMITS) == (
        ("../../evil.txt", b"1"),
        ("/abs.txt", b"2"),
        ("ordner/a.txt", b"5"),
    )

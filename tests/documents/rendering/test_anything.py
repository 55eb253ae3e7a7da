"""Whatever somebody writes, in whatever script, at whatever length: every format is written.

Of what Hypothesis draws a sample, in CI always the same one; twenty times as many: STAFFELSTAB_SWEEP=1.
"""

from __future__ import annotations

import base64
import io
import os
import random
import zipfile

import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from staffelstab.documents.rendering.charts import bars
from staffelstab.documents.rendering.manuscript import Manuscript
from staffelstab.documents.rendering.render import FORMATS, render
from staffelstab.documents.rendering.templates import environment
from tests.documents.rendering.sample import STAMP

TEMPLATE = """{% from "macros.md.j2" import table, passage, notice, figure %}
# Die Vorhaben

## {{ text }}

## V01 – {{ text }}

{{ text }}

- Für: {{ text }}; Ebene: {{ text }}

{{ table(["Nr.", text], [["V01", text], [text, "x"]]) }}
{{ passage(text, "B07.3, " ~ text) }}
{{ text | quote }}
{% call notice("warning", text) %}
- {{ text }}
{% endcall %}
{{ figure(drawn) }}
"""

ODD = {
    "an emoji": "Räume 🙂",
    "a family of emoji": "👩‍👩‍👧‍👦 und 👍🏽 und 🏴󠁧󠁢󠁥󠁮󠁧󠁿",
    "chinese": "Stammtisch 欢迎",
    "chinese, much": "欢迎大家来参加我们的活动" * 300,
    "letters that only look bold": "𝗙𝗲𝘁𝘁 geschrieben 𝔊𝔬𝔱𝔥𝔦𝔠 ①②③ ＦＵＬＬ",
    "hebrew and arabic": "שָׁלוֹם עֲלֵיכֶם und السَّلَامُ عَلَيْكُمْ",
    "thai, hindi, tibetan": "สวัสดีครับ नमस्ते བཀྲ་ཤིས་བདེ་ལེགས",
    "marks piled up": "Z" + "\u0338\u0315\u0359" * 400 + "algo",
    "a mark with no letter": "\u0338<\u0338=\u0338>\u0338 \u0301",
    "direction marks": "abc\u202efdp.exe\u202c \u2066x\u2069 \u200f",
    "half a character": "a\ud83d b \udc00",
    "controls": "\x00\x01\x1b[31m\x7f\x85\x9b",
    "what NFC turns into a mark of Markdown": "x \u1fef y \u1fef\u1fef\u1fef z \u037e \u212a \u2126",
    "private use and non-characters": "\ue000 \uffff \U0001ffff \U0010ffff \U000f0000",
    "a word of a thousand letters": "Donaudampfschifffahrt" * 60,
    "marks of every language of mark-up": "#x[ $a$ <script> \\ `` ``` *_~ @a <a> {{ }} {% %} [x](y) | --- ::: {.a} ^[n] \\u{41}",
    "the beginning of a list, a heading, a table": "1. a\n- b\n# c\n| d |\n|---|\n=== e\n> f\n    g\n\n\n: h",
    "nothing but marks": "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~",
    "invisible": "\u200b\u200d\u2060\u3164\u00ad\ufeff\u180e",
    "nothing": "",
    "blanks": " \t\u00a0\u2003\u3000",
    "old scripts": "𓀀𓂀 𐎠 𒀀 ᚠᚢᚦ",
}


EXAMPLES = 500 if os.environ.get("STAFFELSTAB_SWEEP") == "1" else 25


def manuscript(text: str) -> Manuscript:
    drawn = bars([(text, 3.0), ("Räume", 2.0)], text, text, "de", "needs")
    written = environment("de").from_string(TEMPLATE).render(text=text, drawn=drawn)
    return Manuscript(written, text or "x", text, "de", STAMP, text, text, (drawn,))


def all_are_whole(files: dict[str, bytes]) -> bool:
    """Whether every format is there and opens."""
    assert list(files) == list(FORMATS)
    for name in ("docx", "odt"):
        assert zipfile.ZipFile(io.BytesIO(files[name])).testzip() is None
    with pikepdf.open(io.BytesIO(files["pdf"])) as document:
        return len(document.pages) > 0 and b"</html>" in files["html"] and bool(files["md"].decode())


@pytest.mark.attack("C4")
@pytest.mark.parametrize("text", ODD.values(), ids=ODD.keys())
def test_odd_characters_in_every_place_leave_every_format_whole(text: str) -> None:
    assert all_are_whole(render(manuscript(text)))


@pytest.mark.attack("C4")
def test_a_mails_source_with_an_attachment_is_cut_and_says_so() -> None:
    noise = base64.encodebytes(random.Random(7).randbytes(160_000)).decode()
    files = render(manuscript(f"Content-Transfer-Encoding: base64\n{noise}\nMit freundlichen Grüßen"))
    assert all_are_whole(files)
    source = files["md"].decode()
    assert "Zeichen einer eingefügten Datei, kein lesbarer Text; vollständig im Original B07" in source
    assert "Mit freundlichen Grüßen" in source
    assert len(source) < 60_000


@pytest.mark.attack("C4")
@pytest.mark.parametrize(
    "text",
    ["data:image/png;base64," + "iVBORw0K" * 40_000, "x" * 3_000_000, "wort " * 20_000],
    ids=["picture", "line", "words"],
)
def test_a_picture_in_letters_or_a_line_of_megabytes_is_cut_and_says_so(text: str) -> None:
    files = render(manuscript(text))
    assert all_are_whole(files)
    assert "vollständig im Original B07" in files["md"].decode()


@pytest.mark.attack("C4")
@pytest.mark.slow
@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.text(st.characters(codec=None, exclude_categories=()), max_size=60))
def test_any_characters_of_any_plane_leave_every_format_whole(text: str) -> None:
    assert all_are_whole(render(manuscript(text)))

"""What a member wrote may look like Markdown, HTML, a template or a formula: in the paper it is the characters it is."""

from __future__ import annotations

from pathlib import Path

from staffelstab.service import survey
from staffelstab.service.compile_dossier import compile_dossier
from tests.conftest import at
from tests.service.small_folder import folder, put, run_at

HOSTILE = (
    "<script>fetch('https://evil.example/')</script>",
    "![x](https://evil.example/pixel.png)",
    "[klick](javascript:alert(1))",
    "{{ ''.__class__.__mro__ }} {% raw %}",
    "# Kein Titel",
    "::: {.decision}",
    '\\input{/etc/passwd} #include "/etc/passwd" $x$ | a | b |',
    "```{=html}\n<b>roh</b>\n```",
    '=HYPERLINK("https://evil.example")',
)


def test_hostile_paragraphs_are_quoted_as_they_are(tmp_path: Path) -> None:
    root = folder(tmp_path / "work")
    put(root, "beitraege/feind.txt", "Von: Beisitz 3\n\n" + "\n\n".join(HOSTILE) + "\n", at("2018-01-11 10:00"))
    run = run_at(root, "2018-01-12 07:00", 0)
    survey.take_in(run)
    case = survey.gather_case(run)

    compile_dossier(run, case, survey.survey_of(run, case))

    html = (root / "sessions" / "2018-01-19" / "dossier.html").read_text(encoding="utf-8")
    body = html.split("<body", 1)[1]
    assert "<script" not in body
    pictures = [part.split(">", 1)[0] for part in body.split("<img ")[1:]]
    assert [content.startswith('src="data:image/svg+xml;base64,') for content in pictures] == [
        True
    ]  # our own timetable
    assert 'href="javascript:' not in body
    assert "https://evil.example" not in "".join(part.split(">", 1)[0] for part in body.split("<")[1:])
    assert "&lt;script&gt;fetch(" in body
    assert "{{ ''.__class__.__mro__ }} {% raw %}" in body.replace("’", "'").replace("‘", "'")
    assert "<b>roh</b>" not in body
    assert ">Kein Titel</h" not in body
    assert (root / "sessions" / "2018-01-19" / "dossier.pdf").read_bytes().startswith(b"%PDF-")

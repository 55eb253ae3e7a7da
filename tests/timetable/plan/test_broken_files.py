"""Files that are no plan: notation, encodings, sizes, what is no file at all. `check` says so and returns 1."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commands.main import main
from staffelstab.errors import PlanError
from staffelstab.timetable.plan.load import SIZE_LIMIT, load_plan, plan_from
from tests.timetable.plan.conftest import SMALL, changed
from tests.timetable.plan.test_broken import SAFE, line_of, said

LAST = SMALL.count("\n") + 1
SEATS = '  { id = "kasse", name = "Kasse" },\n'

NOTATION = [
    ("a NUL", ("id =", "id \0="), 1, "Nach dem Namen fehlt das Gleichheitszeichen."),
    ("a NUL in a text", ("Kleiner", "Klei\0ner"), 2, "Hier steht ein Zeichen, das nicht hierher gehört ('\\x00')."),
    ("no quotes", ('"Kleiner Plan"', "Kleiner Plan"), 2, "Was nach dem Gleichheitszeichen steht, ist so nicht"),
    ("quotes of a typesetter", ('"Kleiner Plan"', "„Kleiner Plan“"), 2, "Was nach dem Gleichheitszeichen steht"),
    ("a text never closed", ('Plan"', "Plan"), 2, "Der Text, der hier beginnt, wird nicht geschlossen."),
    ("a long text never closed", ('"Kleiner Plan"', '"""Kleiner Plan"'), 2, "Der Text, der hier beginnt"),
    ("a path of Windows", ("Kleiner Plan", "C:\\Users"), 2, "Der umgekehrte Schrägstrich hat hier eine Bedeutung"),
    ("half a character", ("Kleiner Plan", "\\uD800"), 2, "Der umgekehrte Schrägstrich hat hier eine Bedeutung"),
    ("no such escape", ("Kleiner Plan", "\\uXY"), 2, "Der umgekehrte Schrägstrich hat hier eine Bedeutung"),
    ("a doubled key", ('title = "', 'title = "A"\ntitle = "'), 3, "Das steht schon einmal da."),
    ("a doubled list", ('["vorstand"]', '["vorstand"]\naudience = [\n  "a",\n]'), 55, "Das steht schon einmal da."),
    ("a doubled section", ("[[offices]]", "[resolution]\n\n[[offices]]"), 14, "Das steht schon einmal da."),
    ("31 February", ("start = 2018-02-01", "start = 2018-02-31"), 44, "Diesen Tag oder diese Uhrzeit gibt es nicht."),
    (
        "a time without seconds",
        ('"discussion"', '"discussion"\ntime = 19:00'),
        39,
        "Die Zeile geht nach der Angabe noch",
    ),
    (
        "a German day",
        ("2018-03-31", "31.3.2018"),
        45,
        "Ein Datum steht hier als Jahr-Monat-Tag, ohne Anführungszeichen.",
    ),
    ("a day in words", ("2018-03-31", "31. März 2018"), 45, "Ein Datum steht hier als Jahr-Monat-Tag, ohne"),
    (
        "yes",
        ("number = 1", "number = 1\nwall = ja"),
        42,
        "Ja und nein heißen hier true und false, ohne Anführungszeichen",
    ),
    ("a list never closed", ('["vorstand"]', '["vorstand"'), 54, "Die Liste oder Klammer, die hier beginnt"),
    ("seats never closed", (f"{SEATS}]\n", SEATS), 21, "Die Liste oder Klammer, die hier beginnt"),
    ("no comma between seats", ('"Vorsitz" },', '"Vorsitz" }'), 21, "Die Liste oder Klammer, die hier beginnt"),
    ("a table over lines", ("2018-03-31", "{\n  open = true\n}"), 45, "Die Liste oder Klammer, die hier beginnt"),
    ("half a heading", ("[[offices]]", "[[offices]"), 14, "Die Klammer einer Überschrift ist nicht geschlossen."),
    ("no equals sign", ("number = 1", "number: 1"), 41, "Nach dem Namen fehlt das Gleichheitszeichen."),
    ("a hard space", ("number =", "number\u00a0="), 41, "Nach dem Namen fehlt das Gleichheitszeichen."),
    ("a nesting bomb", ('"Kleiner Plan"', "[" * 100_000), 2, "Die Datei ist zu tief verschachtelt."),
    ("a bomb of tables", ('"Kleiner Plan"', "{a=" * 100_000), 2, "Die Datei ist zu tief verschachtelt."),
    ("a bomb of dots", ("title", "a." * 400_000 + "a"), 2, "Die Datei ist zu tief verschachtelt."),
    ("a bomb of dots in a table", ('"Kleiner Plan"', "{ " + "a." * 400_000 + "a = 1 }"), 2, "Die Datei ist zu tief"),
    ("a number of 9,000 digits", ("number = 1", "number = 1" + "0" * 9000), 41, "Hier steht eine Zahl mit zu vielen"),
]


@pytest.mark.parametrize(("replaced", "line", "beginning"), [c[1:] for c in NOTATION], ids=[c[0] for c in NOTATION])
def test_wrong_notation_is_said_with_its_line(replaced: tuple[str, str], line: int, beginning: str) -> None:
    begun = time.process_time()
    sentence = said(changed(replaced))
    assert sentence.startswith(f"plan.toml, Zeile {line}: {beginning}")
    assert sentence.endswith(SAFE)
    assert time.process_time() - begun < 2


@pytest.mark.parametrize(
    "text",
    [
        '{"id": "klein"}',
        "<html>",
        "id: klein\n",
        "a;b;c\n",
        "Beschluss vom 2. Januar\n",
        SMALL + "\x01",
        SMALL + 'a = """',
    ],
)
def test_what_is_something_else_is_no_plan(text: str) -> None:
    assert said(text).startswith("plan.toml, Zeile ")


def test_an_empty_file_lacks_everything() -> None:
    assert [line for line in said("").splitlines() if "„id“" in line] == ["  Zeile 1: Hier fehlt die Angabe „id“."]


def test_a_list_of_phases_that_is_none() -> None:
    text = SMALL[: SMALL.index("[[phases]]")] + SMALL[SMALL.index("[[calls]]") :]
    assert said("phases = 3\n" + text).startswith(
        "plan.toml, Zeile 1: In phases steht eine ganze Zahl, erwartet wird eine Liste"
    )
    assert "  Zeile 1: Der Plan hat keine Phase." in said("phases = []\n" + text)


def test_lines_end_as_on_any_machine(folder: Path) -> None:
    for end in ("\r\n", "\r"):
        (folder / "plan.toml").write_bytes(SMALL.replace("\n", end).encode())
        assert load_plan(folder) == plan_from(SMALL)
        (folder / "plan.toml").write_bytes(changed(("number = 1", 'number = "1"')).replace("\n", end).encode())
        assert refused(folder).startswith("plan.toml, Zeile 41: ")


# -- files -------------------------------------------------------------------------------------------------------------


def refused(place: Path) -> str:
    """What is said about a file or folder without a usable plan."""
    with pytest.raises(PlanError) as error:
        load_plan(place)
    return error.value.text("de")


def test_a_file_in_another_encoding_names_the_line(folder: Path) -> None:
    text = changed(('name = "Vorstand"', 'name = "Präsidium"'))
    (folder / "plan.toml").write_bytes(text.encode("cp1252"))
    assert refused(folder) == (
        f"plan.toml, Zeile {line_of(text, 'Präsidium')}: Die Datei ist nicht in UTF-8 gespeichert. Verändert wurde "
        f"nichts. Bitte im "
        "Schreibprogramm „Speichern unter … Kodierung UTF-8“ wählen."
    )


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_a_file_in_utf_16_is_known_by_its_beginning(folder: Path, encoding: str) -> None:
    (folder / "plan.toml").write_bytes(SMALL.encode(encoding))
    assert refused(folder).startswith("plan.toml, Zeile 1: Die Datei ist nicht in UTF-8 gespeichert.")


ENGLISH = SMALL.replace('title = "', 'language = "en"\ntitle = "', 1)


@pytest.mark.parametrize(
    "data",
    [
        ENGLISH.replace('"Kleiner Plan"', "Kleiner Plan").encode(),
        ENGLISH.replace('"en"', '"en').encode(),
        ENGLISH.replace('"en"', "en").encode(),
        ENGLISH.replace('"en"', "“en”").encode(),
        ENGLISH.encode("cp1252"),
        ENGLISH.encode("utf-16"),
        ENGLISH.encode("utf-32"),
        ENGLISH.encode() + b"#" * SIZE_LIMIT,
    ],
    ids=["TOML", "quote", "no quotes", "typesetter", "cp1252", "utf-16", "utf-32", "size"],
)
def test_an_english_plan_that_cannot_be_read_is_told_so_in_english(folder: Path, data: bytes) -> None:
    (folder / "plan.toml").write_bytes(data)
    with pytest.raises(PlanError) as error:
        load_plan(folder)
    assert error.value.language == "en"
    assert error.value.text("de") == error.value.text("en")
    assert "Nothing was changed." in error.value.text("de")


def test_a_file_that_names_no_language_of_ours_is_told_so_in_the_readers(folder: Path) -> None:
    for line in ("", 'language = "xx"\n'):
        (folder / "plan.toml").write_bytes(f"{line}ä".encode("cp1252"))
        with pytest.raises(PlanError) as error:
            load_plan(folder)
        assert [error.value.text(code)[:10] for code in ("de", "en")] == ["plan.toml,"] * 2
        assert error.value.text("de") != error.value.text("en")


def test_a_byte_order_mark_does_no_harm(folder: Path) -> None:
    (folder / "plan.toml").write_bytes(b"\xef\xbb\xbf" + SMALL.encode())
    assert load_plan(folder).id == "klein"


def test_a_file_of_ten_megabytes_is_not_read(folder: Path) -> None:
    (folder / "plan.toml").write_bytes(bytes(range(256)) * 40_000)
    assert refused(folder / "plan.toml").startswith("Die Datei plan.toml ist größer als 5 MB und wird nicht gelesen;")


@pytest.mark.parametrize(
    "garbage", [b"#", b"[", b"{", b'"', b"'", b"a.", b"=\n", b"[[a]]\n", b"a=[{", b"\xc3\xa4", b"\\", b"'''", b"1"]
)
def test_as_much_garbage_as_is_read_is_refused_in_time(folder: Path, garbage: bytes) -> None:
    (folder / "plan.toml").write_bytes((garbage * (SIZE_LIMIT // len(garbage)))[: SIZE_LIMIT // 5 * 2])
    begun = time.process_time()
    assert refused(folder).startswith(("plan.toml", "Die Datei plan.toml"))
    assert time.process_time() - begun < 20


def test_a_folder_without_a_plan(tmp_path: Path) -> None:
    sentence = (
        f"Unter {tmp_path} liegt kein Zeitplan. Verändert wurde nichts. Bitte eine Plan-Datei angeben oder den "
        f"Ordner, in dem "
        "plan.toml liegt."
    )
    assert refused(tmp_path) == sentence
    assert refused(tmp_path / "nichts.toml") == sentence.replace(str(tmp_path), str(tmp_path / "nichts.toml"))


def a_fifo(place: Path) -> None:
    os.mkfifo(place)


def a_loop(place: Path) -> None:
    place.symlink_to(place)


def a_device(place: Path) -> None:
    place.symlink_to("/dev/zero")


def a_link_to_nothing(place: Path) -> None:
    place.symlink_to("nowhere")


@pytest.mark.parametrize("made", [Path.mkdir, a_fifo, a_loop, a_device, a_link_to_nothing])
def test_what_is_called_a_plan_but_is_no_file(tmp_path: Path, made: object) -> None:
    assert callable(made)
    made(tmp_path / "plan.toml")
    assert refused(tmp_path).startswith(f"Unter {tmp_path} liegt kein Zeitplan.")
    assert refused(tmp_path / "plan.toml").startswith(f"Unter {tmp_path / 'plan.toml'} liegt kein Zeitplan.")


@pytest.mark.parametrize("name", ["x" * 300, "a\0b", "plan.toml/plan.toml"])
def test_a_name_no_file_can_have(folder: Path, name: str) -> None:
    assert "liegt kein Zeitplan" in refused(folder / name)


@pytest.fixture
def nobodys_folder() -> Iterator[Path]:
    """A folder anybody may look into; root, who may read everything, becomes somebody else meanwhile."""
    with tempfile.TemporaryDirectory() as name:
        (Path(name) / "plan.toml").write_text(SMALL, encoding="utf-8")
        (Path(name) / "shut").mkdir(mode=0)
        Path(name).chmod(0o755)
        (Path(name) / "plan.toml").chmod(0)
        os.seteuid(os.geteuid() or 65534)
        yield Path(name)
        os.seteuid(os.getuid())


def test_what_may_not_be_read_is_said(nobodys_folder: Path) -> None:
    assert refused(nobodys_folder).startswith("Die Datei plan.toml darf hier nicht gelesen werden.")
    assert refused(nobodys_folder / "shut").startswith("Die Datei shut darf hier nicht gelesen werden.")


@pytest.mark.parametrize(
    "text", ["", "phases = 3\n", SMALL + "[" * 99, changed(("number = 1", "number = 7")), "\0", "a." * 50_000]
)
def test_check_says_so_and_returns_one(folder: Path, capsys: pytest.CaptureFixture[str], text: str) -> None:
    (folder / "plan.toml").write_text(text, encoding="utf-8")
    assert main(["check", str(folder)]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("plan.toml")
    assert "Traceback" not in said.err


SCRAPS = [
    "[",
    "]",
    "{",
    "}",
    '"',
    "'",
    '"""',
    "=",
    ".",
    ",",
    "#",
    "\n",
    "\\",
    "\0",
    "0",
    "2018-02-30",
    "9999-12-31",
    "true",
    "1e9",
    "nan",
]
SCRAPS += [
    "[[",
    "]]",
    "phase-1.end",
    "session + P9999W",
    "[phases.x]",
    "[[phases]]",
    "[a.b]",
    " = 3\n",
    "-",
    "\u2028",
    "ä",
    "00:00:00",
]


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, len(SMALL)), st.integers(0, 12), st.sampled_from(SCRAPS)), min_size=1, max_size=3)
)
def test_whatever_a_hand_slips_on_is_said_or_harmless(slips: list[tuple[int, int, str]]) -> None:
    text = SMALL
    for at, length, scrap in slips:
        text = text[:at] + scrap + text[at + length :]
    lines, sentence = verdict(text)
    assert all(1 <= line <= text.count("\n") + 1 for line in lines)
    assert sentence == "" or sentence.startswith("plan.toml")


def verdict(text: str) -> tuple[list[int], str]:
    """The lines that are wrong, and what is said; nothing of a usable plan."""
    try:
        plan_from(text)
    except PlanError as error:
        return [line for line, _ in error.mistakes], str(error)
    return [], ""

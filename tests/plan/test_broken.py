"""Plans that cannot be used: each mistake one plain sentence with file and line, what is safe and what to write instead."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from staffelstab.errors import PlanError
from staffelstab.plan.load import load_plan, plan_from
from tests.plan.conftest import SMALL, changed

SAFE = " Verändert wurde nichts."
START = '[[events]]\nid = "anfang"\nname = "Anfang"\ndate = 0100-01-01\n\n[[phases]]'
TWIN = '[[events]]\nid = "sitzung"\ndate = 2018-05-01\nname = "Mai"\n\n[[events]]'
READING = '[[phases]]\nnumber = 2\nname = "Lesen"\nkind = "ideas"\nstart = 2018-04-01\ngate = "deadline"\nend = 2018-04-30\n\n'
AGAIN = (
    '[[sessions]]\nid = "zweite"\nname = "Zweite"\nbody = "vorstand"\ndate = 2018-04-20\npapers_due = 2018-04-18\n'
    'phase = 1\nitem = "review"\n\n'
)
ENGLISH = ('language = "de"', 'language = "en"')


def said(text: str) -> str:
    """What is said about a plan that cannot be used."""
    with pytest.raises(PlanError) as refused:
        plan_from(text)
    return str(refused.value)


def line_of(text: str, passage: str) -> int:
    """The line in which a passage stands."""
    return text[: text.index(passage)].count("\n") + 1


ONE = [
    (
        "wrong type",
        ('name = "Kasse"', "name = 5"),
        23,
        "In bodies[0].seats[1].name steht eine ganze Zahl, erwartet wird ein Text in Anführungszeichen.",
    ),
    (
        "number in quotes",
        ("number = 1", 'number = "1"'),
        41,
        "In phases[0].number steht ein Text in Anführungszeichen, erwartet wird eine ganze Zahl.",
    ),
    (
        "unknown key with a hint",
        ("papers_due =", "paper_due ="),
        36,
        "Die Angabe „paper_due“ gibt es hier nicht. Gemeint ist wohl „papers_due“.",
    ),
    (
        "unknown key like no other",
        ('title = "Kleiner Plan"', 'title = "Kleiner Plan"\nqqqqqq = 1'),
        3,
        "Die Angabe „qqqqqq“ gibt es hier nicht.",
    ),
    ("missing key", ('body = "vorstand"\ndate', "date"), 10, "Hier fehlt die Angabe „body“."),
    (
        "unknown choice",
        ('gate = "presentation"', 'gate = "vorstellung"'),
        46,
        "In phases[0].gate steht „vorstellung“; das ist nicht vorgesehen. Möglich sind: deadline, presentation, "
        "decision, complete.",
    ),
    (
        "a date in words",
        ("start = 2018-02-01", 'start = "1. Februar 2018"'),
        44,
        "Als Datum (phases[0].start) ist „1. Februar 2018“ nicht zu verstehen. Bitte ein Datum schreiben (2018-01-19, "
        "ohne Uhrzeit und "
        'ohne Anführungszeichen), eine Regel ("session - P2D", "one week before lpt") oder { open = true }.',
    ),
    (
        "a date with a time",
        ("date = 2018-04-06", "date = 2018-04-06T19:00:00"),
        35,
        "Als Datum (sessions[0].date) ist „2018-04-06 19:00:00“ nicht zu verstehen. Bitte ein Datum schreiben "
        "(2018-01-19, ohne Uhrzeit "
        'und ohne Anführungszeichen), eine Regel ("session - P2D", "one week before lpt") oder { open = true }.',
    ),
    (
        "a mistake within a dates table",
        ("end = 2018-03-31", "end = { opne = true }"),
        45,
        "Als Datum (phases[0].end) ist „opne“ nicht zu verstehen. Bitte ein Datum schreiben (2018-01-19, ohne Uhrzeit "
        "und ohne "
        'Anführungszeichen), eine Regel ("session - P2D", "one week before lpt") oder { open = true }.',
    ),
    (
        "the date of the resolution in words",
        ("date = 2018-01-02", 'date = "zu Neujahr"'),
        12,
        "In resolution.date steht ein Text in Anführungszeichen, erwartet wird ein Datum wie 2018-01-19.",
    ),
    (
        "a cycle of relative dates",
        ("opens = 2018-02-01\ndeadline = 2018-03-25", 'opens = "aufruf.deadline - P1W"\ndeadline = "opens + P1W"'),
        53,
        "Die Regel „opens + P1W“ (calls[0].deadline) führt im Kreis: Am Ende hinge das Datum an sich selbst. Bitte an "
        "einer Stelle ein "
        "festes Datum eintragen.",
    ),
    (
        "a date that hangs on itself",
        ("date = 2018-05-12", 'date = "tagung + P1D"'),
        28,
        "Die Regel „tagung + P1D“ (events[0].date) führt im Kreis: Am Ende hinge das Datum an sich selbst. Bitte an "
        "einer Stelle ein festes "
        "Datum eintragen.",
    ),
    (
        "a reference to nothing",
        ("deadline = 2018-03-25", 'deadline = "one week before parteitag"'),
        53,
        "Die Regel in calls[0].deadline verweist auf „parteitag“; das gibt es im Plan nicht. Bitte die Kennung einer "
        "Sitzung, eines "
        "Ereignisses, eines Aufrufs oder einer Phase (phase-1.end) schreiben.",
    ),
    (
        "a date that hangs on an open end",
        ("end = 2018-03-31", "end = { open = true }", "deadline = 2018-03-25", 'deadline = "phase-1.end - P1W"'),
        53,
        "Die Regel in calls[0].deadline hängt an „phase-1.end“, und das hat selbst noch kein Datum. Bitte dort ein "
        "Datum eintragen oder hier "
        "eines vorschlagen.",
    ),
    (
        "a date out of the calendar",
        (
            "opens = 2018-02-01",
            'opens = "9999 weeks before anfang"',
            "[[phases]]",
            START,
        ),
        57,
        "Die Regel „9999 weeks before anfang“ (calls[0].opens) führt aus dem Kalender hinaus. Bitte den Abstand prüfen.",
    ),
    (
        "a number with thousands of digits",
        ("number = 1", "number = 1" + "0" * 5000),
        41,
        "Hier steht eine Zahl mit zu vielen Stellen.",
    ),
]


@pytest.mark.parametrize(("replaced", "line", "sentence"), [case[1:] for case in ONE], ids=[case[0] for case in ONE])
def test_a_mistake_is_said_with_its_line(replaced: tuple[str, ...], line: int, sentence: str) -> None:
    text = changed(*zip(replaced[::2], replaced[1::2], strict=True))
    assert said(text) == f"plan.toml, Zeile {line}: {sentence}{SAFE}"


SEVERAL = [
    (
        "bad zone",
        ("Europe/Berlin", "Europe"),
        5,
        'Die Zeitzone „Europe“ ist nicht bekannt. Für Deutschland: "Europe/Berlin".',
    ),
    (
        "zone that is a path",
        ("Europe/Berlin", "../../etc/passwd"),
        5,
        'Die Zeitzone „../../etc/passwd“ ist nicht bekannt. Für Deutschland: "Europe/Berlin".',
    ),
    (
        "unknown office",
        ('address = "koordination"', 'address = "kordination"'),
        55,
        "In calls[0].address steht „kordination“; ein Amt, "
        "Gremium oder Verband mit dieser Kennung ist im Plan nicht angelegt. Bitte unter "
        "[[offices]], [[bodies]] oder [[groups]] ergänzen oder die Kennung berichtigen.",
    ),
    (
        "unknown phase",
        ("phase = 1\nitem", "phase = 4\nitem"),
        37,
        "In sessions[0].phase steht die Phase 4; die gibt es im Plan nicht.",
    ),
    (
        "unknown body",
        ('body = "vorstand"\ndate = 2018-04-06', 'body = "rat"\ndate = 2018-04-06'),
        34,
        "In sessions[0].body steht „rat“; ein Gremium mit dieser Kennung gibt es unter [[bodies]] nicht.",
    ),
    (
        "unknown kind of phase",
        ('kind = "call"', 'kind = "aufruf"'),
        43,
        "Die Art „aufruf“ gibt es nicht (phases[0].kind). Vorgesehen sind: call, analysis, synthesis, ideas, trials, "
        "finalisation, "
        "publication.",
    ),
    (
        "end before start",
        ("end = 2018-03-31", "end = 2018-01-31"),
        45,
        "Phase 1 endet, bevor sie beginnt. Bitte start und end vergleichen.",
    ),
    (
        "session before its phase",
        ("date = 2018-04-06", "date = 2018-01-31"),
        35,
        "Die Sitzung „sitzung“ liegt vor dem Beginn der Phase, deren Ergebnisse sie behandelt.",
    ),
    (
        "papers after their session",
        ('papers_due = "session - P7D"', 'papers_due = "session + P7D"'),
        36,
        "Die Vorlage für die Sitzung „sitzung“ stünde erst nach der Sitzung fest. Bitte papers_due ändern.",
    ),
    (
        "a call that closes first",
        ("deadline = 2018-03-25", "deadline = 2018-01-25"),
        53,
        "Der Aufruf „aufruf“ endet, bevor er beginnt.",
    ),
    (
        "a call without a deadline",
        ("deadline = 2018-03-25", 'deadline = { status = "unknown" }'),
        53,
        "Dem Aufruf „aufruf“ fehlt ein Datum. Nennt der Beschluss keine Frist, bitte eine Regel eintragen.",
    ),
    (
        "an unknown interval of reports",
        ("[[offices]]", '[reports]\nevery = "monatlich"\n\n[[offices]]'),
        15,
        'Als Abstand (reports.every) ist „monatlich“ nicht zu verstehen. Bitte Tage oder Wochen angeben: "P10D", "P4W".',
    ),
    (
        "a session without a date",
        (
            'date = 2018-04-06\npapers_due = "session - P7D"',
            "papers_due = 2018-04-01\ndate = { candidates = [2018-04-06] }",
        ),
        36,
        "Die Sitzung „sitzung“ hat kein Datum. Ist es noch unbekannt, bitte einen Vorschlag mit den möglichen Tagen "
        "eintragen: "
        '{ date = …, status = "derived", candidates = […] }.',
    ),
    (
        "a gate that waits for no session",
        ("phase = 1\nitem", "phase = 2\nitem", "[[calls]]", f"{READING}[[calls]]"),
        46,
        "Phase 1 soll nach einer Sitzung übergeben, aber keine Sitzung behandelt sie. Bitte unter [[sessions]] eine "
        'eintragen oder gate = "deadline" schreiben.',
    ),
    (
        "a phase treated twice",
        ("[[phases]]", f"{AGAIN}[[phases]]"),
        46,
        "Die Sitzung „zweite“ behandelt eine Phase, die schon eine andere Sitzung behandelt; eine Phase hat nur eine "
        "Vorlage. Bitte die Phase ändern oder die Sitzung verlegen, statt eine zweite anzulegen.",
    ),
    (
        "two of one id",
        ('id = "kasse"', 'id = "kasse" },\n  { id = "vorsitz"', "[[events]]", TWIN),
        38,
        "„sitzung“ kommt zweimal vor (sessions[0].id). Jede Kennung und jede Phasennummer darf es nur einmal geben.",
    ),
]


@pytest.mark.parametrize(
    ("replaced", "line", "sentence"), [case[1:] for case in SEVERAL], ids=[case[0] for case in SEVERAL]
)
def test_what_does_not_fit_together_is_listed(replaced: tuple[str, ...], line: int, sentence: str) -> None:
    text = changed(*zip(replaced[::2], replaced[1::2], strict=True))
    assert said(text) == (
        "plan.toml lässt sich so nicht verwenden; verändert wurde nichts. Bitte diese Stelle ändern:\n"
        f"  Zeile {line}: {sentence}"
    )


def test_everything_that_does_not_fit_is_listed_at_once() -> None:
    text = changed(('coordinator = "koordination"', 'coordinator = "x"'), ('kind = "call"', 'kind = "y"'))
    assert said(text).startswith(
        "plan.toml lässt sich so nicht verwenden; verändert wurde nichts. Bitte diese 2 Stellen ändern:\n  Zeile 8: "
        "In coordinator steht „x“"
    )


def test_the_same_unit_in_two_groups_is_doubled() -> None:
    groups = '[[groups]]\nid = "nord"\nname = "Nord"\nunits = [\n  { id = "a", name = "A" },\n  { id = "a", name = "Beta" },\n]\n\n'
    text = changed(("[[events]]", f"{groups}[[events]]"))
    assert f"  Zeile {line_of(text, 'Beta')}: „a“ kommt zweimal vor (groups[0].units[1].id)." in said(text)


WHOLE = [
    ("", 1, "Hier fehlt die Angabe „id“."),
    ("a = " + "[" * 100_000, 1, "Die Datei ist zu tief verschachtelt."),
    (SMALL.replace("id =", "id \0=", 1), 1, "Hier stimmt die Schreibweise nicht ("),
    (SMALL + "\x01", SMALL.count("\n") + 1, "Hier stimmt die Schreibweise nicht ("),
    (SMALL.replace('"Kleiner Plan"', "Kleiner Plan"), 2, "Hier stimmt die Schreibweise nicht ("),
    (SMALL.replace('title = "', 'title = "A"\ntitle = "'), 3, "Hier stimmt die Schreibweise nicht ("),
    (SMALL.replace("2018-02-01", "2018-02-30", 1), line_of(SMALL, "start ="), "Hier stimmt die Schreibweise nicht ("),
    (SMALL + 'name = """offen', SMALL.count("\n") + 1, "Hier stimmt die Schreibweise nicht ("),
]


@pytest.mark.parametrize(
    ("text", "line", "beginning"),
    WHOLE,
    ids=["empty", "nesting bomb", "NUL", "control", "no quotes", "duplicate key", "no such day", "never closed"],
)
def test_what_is_no_toml_is_said_with_its_line(text: str, line: int, beginning: str) -> None:
    assert said(text).startswith(f"plan.toml, Zeile {line}: {beginning}")
    assert said(text).endswith(SAFE)


def test_a_list_of_phases_that_is_none(tmp_path: Path) -> None:
    text = SMALL[: SMALL.index("[[phases]]")] + SMALL[SMALL.index("[[calls]]") :]
    assert said("phases = 5\n" + text).startswith("plan.toml, Zeile 1: In phases steht eine ganze Zahl")
    assert "  Zeile 1: Der Plan hat keine Phase." in said("phases = []\n" + text)


# -- files -------------------------------------------------------------------------------------------------------------


def refused(place: Path) -> str:
    """What is said about a file or folder without a usable plan."""
    with pytest.raises(PlanError) as error:
        load_plan(place)
    return str(error.value)


def test_a_file_in_another_encoding_names_the_line(folder: Path) -> None:
    text = changed(('name = "Vorstand"', 'name = "Präsidium"'))
    (folder / "plan.toml").write_bytes(text.encode("cp1252"))
    assert refused(folder) == (
        f"plan.toml, Zeile {line_of(text, 'Präsidium')}: Die Datei ist nicht in UTF-8 gespeichert. Verändert wurde "
        f"nichts. Bitte im "
        "Schreibprogramm „Speichern unter … Kodierung UTF-8“ wählen."
    )
    (folder / "plan.toml").write_bytes(text.encode("utf-16"))
    assert refused(folder).startswith("plan.toml, Zeile 1: Die Datei ist nicht in UTF-8 gespeichert.")


def test_a_byte_order_mark_does_no_harm(folder: Path) -> None:
    (folder / "plan.toml").write_bytes(b"\xef\xbb\xbf" + SMALL.encode())
    assert load_plan(folder).id == "klein"


def test_a_file_of_three_megabytes_is_not_read(folder: Path) -> None:
    (folder / "plan.toml").write_bytes(b"#" * 3_000_000)
    assert refused(folder / "plan.toml").startswith("Die Datei plan.toml ist größer als 2 MB und wird nicht gelesen;")


def test_a_folder_without_a_plan(tmp_path: Path) -> None:
    sentence = (
        f"Unter {tmp_path} liegt kein Zeitplan. Verändert wurde nichts. Bitte eine Plan-Datei angeben oder den "
        f"Ordner, in dem "
        "plan.toml liegt."
    )
    assert refused(tmp_path) == sentence
    assert refused(tmp_path / "nichts.toml") == sentence.replace(str(tmp_path), str(tmp_path / "nichts.toml"))
    os.mkfifo(tmp_path / "plan.toml")
    assert refused(tmp_path) == sentence


@pytest.fixture
def nobodys_folder() -> Iterator[Path]:
    """A folder anybody may look into; root, who may read everything, becomes somebody else meanwhile."""
    with tempfile.TemporaryDirectory() as name:
        (Path(name) / "plan.toml").write_text(SMALL, encoding="utf-8")
        Path(name).chmod(0o755)
        (Path(name) / "plan.toml").chmod(0)
        os.seteuid(os.geteuid() or 65534)
        yield Path(name)
        os.seteuid(os.getuid())


def test_what_may_not_be_read_is_said(nobodys_folder: Path) -> None:
    assert refused(nobodys_folder).startswith("Die Datei plan.toml darf hier nicht gelesen werden.")


# -- in English --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("replaced", "sentence"),
    [
        (
            ("papers_due =", "paper_due ="),
            "plan.toml, line 36: There is no “paper_due” here. Probably “papers_due” is meant. Nothing was changed.",
        ),
        (
            ("start = 2018-02-01", 'start = "soon enough"'),
            "plan.toml, line 44: “soon enough” cannot be understood as a date (phases[0].start). Please write a date "
            "(2018-01-19, no time, "
            'no quotation marks), a rule ("session - P2D", "one week before agm") or { open = true }. Nothing was changed.',
        ),
        (
            ('address = "koordination"', 'address = "x"'),
            "plan.toml cannot be used as it stands; nothing was changed. Please mend this place:\n  line 55: "
            "calls[0].address holds “x”; the "
            "plan has no office, body or unit with this id. Please add it under [[offices]], [[bodies]] or "
            "[[groups]], or correct the id.",
        ),
    ],
)
def test_an_english_plan_is_answered_in_english(replaced: tuple[str, str], sentence: str) -> None:
    assert said(changed(ENGLISH, replaced)) == sentence


def test_every_message_about_a_plan_can_be_said() -> None:
    """A brace in a message that stands for itself would be a crash at the worst moment."""
    from staffelstab.language import LANGUAGES, Language

    facts = dict.fromkeys(
        ("file", "line", "problem", "problems", "path", "value", "field", "hint", "got", "wanted"), "X"
    )
    facts |= {"choices": "X", "detail": "X"}
    for code in LANGUAGES:
        words = Language(code)
        table = words.entry("plan.problem")
        assert isinstance(table, dict)
        assert all(words.say(f"plan.problem.{key}", **facts) for key in table)

"""Plans that cannot be used: each mistake one plain sentence with file and line, what is safe and what to write instead."""

from __future__ import annotations

import pytest

from staffelstab.errors import PlanError
from staffelstab.timetable.plan.load import plan_from
from tests.timetable.plan.conftest import SMALL, changed

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
        "Die Angabe „qqqqqq“ gibt es hier nicht. Hier gibt es: id, title, organisation, language, timezone, resolution, "
        "coordinator, phases, sessions, bodies, country, state, source, codebook, reader_walls, recipients, perspectives, "
        "offices, groups, roles, hearings, events, calls, materials, responsibilities, sections, concept, horizon, resubmission, "
        "reports, reminders, breaks.",
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
        'ohne Anführungszeichen), eine Regel in englischen Wörtern oder Zeichen ("one week before tagung", '
        '"tagung - P2D") oder { open = true }.',
    ),
    (
        "a date with a time",
        ("date = 2018-04-06", "date = 2018-04-06T19:00:00"),
        35,
        "Als Datum (sessions[0].date) ist „2018-04-06 19:00:00“ nicht zu verstehen. Bitte ein Datum schreiben "
        "(2018-01-19, ohne Uhrzeit "
        'und ohne Anführungszeichen), eine Regel in englischen Wörtern oder Zeichen ("one week before tagung", '
        '"tagung - P2D") oder { open = true }.',
    ),
    (
        "a mistake within a dates table",
        ("end = 2018-03-31", "end = { opne = true }"),
        45,
        "Die Angabe „opne“ gibt es hier nicht. Gemeint ist wohl „open“.",
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
    # -- what does not fit together
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


@pytest.mark.parametrize(("replaced", "line", "sentence"), [case[1:] for case in ONE], ids=[case[0] for case in ONE])
def test_a_mistake_is_said_with_its_line(replaced: tuple[str, ...], line: int, sentence: str) -> None:
    text = changed(*zip(replaced[::2], replaced[1::2], strict=True))
    assert said(text) == f"plan.toml, Zeile {line}: {sentence}{SAFE}"


MORE = [
    ("true for a text", ('name = "Kasse"', "name = true"), 23, "In bodies[0].seats[1].name steht true oder false"),
    ("a fraction for a number", ("number = 1", "number = 1.0"), 41, "In phases[0].number steht eine Kommazahl"),
    (
        "a negative number",
        ("number = 1", "number = -1"),
        41,
        "In phases[0].number steht -1; möglich ist eine Zahl von 0",
    ),
    ("a huge number", ("number = 1", "number = 0x" + "f" * 9000), 41, "In phases[0].number steht …; möglich ist eine"),
    (
        "a huge number for a date",
        ("start = 2018-02-01", "start = 0x" + "f" * 9000),
        44,
        "Als Datum (phases[0].start) ist „…“",
    ),
    (
        "a quoted date",
        ("start = 2018-02-01", 'start = "2018-02-01"'),
        44,
        "Als Datum (phases[0].start) ist „2018-02-01“",
    ),
    (
        "a quoted date of the resolution",
        ("date = 2018-01-02", 'date = "2018-01-02"'),
        12,
        "In resolution.date steht ein Text",
    ),
    (
        "a time in words",
        ('"discussion"', '"discussion"\ntime = "19 Uhr"'),
        39,
        "In sessions[0].time steht ein Text in Anführu",
    ),
    (
        "one bracket",
        ("[[phases]]", "[phases]"),
        40,
        "In phases steht ein einzelner Abschnitt; davon kann es mehrere geben.",
    ),
    (
        "texts for sections",
        ('id = "klein"', 'id = "klein"\nrecipients = ["a"]'),
        2,
        "In recipients[0] steht ein Text in",
    ),
    (
        "a text for a list",
        ('["vorstand"]', '"vorstand"'),
        54,
        "In calls[0].audience steht ein Text in Anführungszeichen, erwartet",
    ),
    (
        "a number in a list",
        ('["vorstand"]', '["vorstand", 3]'),
        54,
        "In calls[0].audience[1] steht eine ganze Zahl, erwartet",
    ),
    (
        "no such key of an audience",
        ('["vorstand"]', "{ propsed = [] }"),
        54,
        "Die Angabe „propsed“ gibt es hier nicht.",
    ),
    (
        "confirmed in the file",
        ("2018-03-31", '{ date = 2018-03-31, status = "confirmed" }'),
        45,
        "Dass etwas bestätigt",
    ),
    ("a confirmed standing", ('"Tagung"', '"Tagung"\nstanding = "confirmed"'), 30, "Dass etwas bestätigt oder verlegt"),
    (
        "no such standing",
        ('"Tagung"', '"Tagung"\nstanding = "sure"'),
        30,
        "In events[0].standing steht „sure“; das ist nicht",
    ),
    (
        "no such status",
        ("2018-03-31", '{ open = true, status = "sicher" }'),
        45,
        "Den Stand „sicher“ gibt es nicht (phases[0]",
    ),
    (
        "no such addition",
        ("2018-03-31", '{ date = 2018-03-31, added = "Jahr" }'),
        45,
        "In phases[0].end steht „Jahr“; das ist nicht vorgesehen. Möglich sind: year, month, day.",
    ),
    (
        "candidates as a text",
        ("2018-03-31", '{ candidates = "2018-03-31" }'),
        45,
        "In phases[0].end steht „2018-03-31“; die Tage",
    ),
    (
        "candidates as texts",
        ("2018-03-31", '{ candidates = ["2018-03-31"] }'),
        45,
        "In phases[0].end steht „2018-03-31“; erwartet",
    ),
    (
        "open as a text",
        ("2018-03-31", '{ open = "ja" }'),
        45,
        "In phases[0].end steht „ja“; ein offenes Ende heißt { open = true }.",
    ),
    ("a dotted key", ("end = 2018-03-31", "end.open = 1"), 45, "In phases[0].end steht „1“; ein offenes Ende heißt"),
    (
        "a section of its own for a date",
        ("[[calls]]", "[phases.end]\nopne = true\n[[calls]]", "end = 2018-03-31\n", ""),
        48,
        "Die Angabe „opne“",
    ),
    (
        "a number for a note",
        ("2018-03-31", "{ open = true, note = 3 }"),
        45,
        "In phases[0].end steht „3“; erwartet wird ein Text",
    ),
    (
        "an id that is a path",
        ('id = "tagung"', 'id = "../tagung"'),
        27,
        "„../tagung“ ist als Kennung nicht zu gebrauchen",
    ),
    ("an empty id", ('id = "tagung"', 'id = ""'), 27, "„“ ist als Kennung nicht zu gebrauchen (events[0].id)."),
    (
        "a rule to itself",
        ('"session - P7D"', '"sitzung.papers_due"'),
        36,
        "Die Regel „sitzung.papers_due“ (sessions[0].papers",
    ),
    (
        "the year 10000",
        ("2018-05-12", "9999-12-31", "2018-03-25", '"tagung + P1D"'),
        53,
        "Die Regel „tagung + P1D“ (calls[0]",
    ),
    (
        "the year 9999",
        ("2018-05-12", "9999-12-31"),
        28,
        "Das Datum 9999-12-31 (events[0].date) liegt außerhalb der Jahre",
    ),
    (
        "a slip in the year",
        ("2018-05-12", "0218-05-12"),
        28,
        "Das Datum 0218-05-12 (events[0].date) liegt außerhalb der Jahre",
    ),
    (
        "a nested value",
        ('"Tagung"', '"Tagung"\nort = ' + "[" * 99 + "]" * 99),
        30,
        "Die Angabe „ort“ gibt es hier nicht.",
    ),
    ("no such country", ('"DE"', '"XX"'), 7, "Für „XX SN“ (country und state) sind keine Feiertage bekannt."),
    ("no such state", ('"SN"', '"ZZ"'), 7, "Für „DE ZZ“ (country und state) sind keine Feiertage bekannt."),
]
APPENDED = [
    (
        "no source of a material",
        '[[materials]]\nid = "z"\nname = "Z"\nphase = 1\nsource = "x"',
        5,
        "In materials[0].source steht „x“",
    ),
    (
        "an idea of a type nobody knows",
        '[concept]\ntypes = ["measure", "richtlinie"]',
        2,
        "In concept.types[1] steht „richtlinie“; das ist nicht vorgesehen. Möglich sind: structure, measure, procedure.",
    ),
    (
        "no event of return",
        '[resubmission]\nname = "W"\nevent = "wahl"\nowners = []',
        3,
        "In resubmission.event steht „wahl“; ein",
    ),
    (
        "nobody responsible",
        '[[responsibilities]]\nid = "z"\nname = "Z"\nactors = ["x"]',
        4,
        "In responsibilities[0].actors steht „x“",
    ),
    (
        "reminded for years",
        '[[reminders]]\ncall = "aufruf"\ndays_before = [7, 9999]',
        3,
        "In reminders[0].days_before[1] steht 9999; ",
    ),
    (
        "no such call",
        '[[reminders]]\ncall = "aufruf-2"\ndays_before = [7]',
        2,
        "In reminders[0].call steht „aufruf-2“; einen Aufruf",
    ),
    (
        "years backwards",
        "[horizon]\nfirst = 2023\nlast = 2019",
        3,
        "In horizon.last liegt das letzte Jahr vor dem ersten.",
    ),
    (
        "a break backwards",
        '[[breaks]]\nname = "Ferien"\nfrom = 2018-03-02\nuntil = 2018-03-01',
        4,
        "Die Ferien „Ferien“ enden, bevor",
    ),
]


@pytest.mark.parametrize(("replaced", "line", "beginning"), [case[1:] for case in MORE], ids=[case[0] for case in MORE])
def test_what_cannot_stand_in_a_field_is_said(replaced: tuple[str, ...], line: int, beginning: str) -> None:
    sentence = said(changed(*zip(replaced[::2], replaced[1::2], strict=True)))
    assert sentence.startswith(f"plan.toml, Zeile {line}: {beginning}")
    assert sentence.endswith(SAFE)


@pytest.mark.parametrize(
    ("added", "line", "beginning"), [case[1:] for case in APPENDED], ids=[case[0] for case in APPENDED]
)
def test_what_a_further_section_gets_wrong_is_said(added: str, line: int, beginning: str) -> None:
    sentence = said(f"{SMALL}\n{added}\n")
    assert sentence.startswith(f"plan.toml, Zeile {SMALL.count(chr(10)) + 1 + line}: {beginning}")


def test_every_wrong_field_is_said_at_once_by_line() -> None:
    slips = [
        ("number = 1", 'number = "1"'),
        ("gate = ", "gat = "),
        ('name = "Kasse"', 'nam = "Kasse"'),
        ("2018-02-01", "1.5"),
    ]
    with pytest.raises(PlanError) as refused:
        plan_from(changed(*slips))
    assert [line for line, _ in refused.value.mistakes] == [23, 41, 44, 46]
    assert str(refused.value).startswith(
        "plan.toml lässt sich so nicht verwenden; verändert wurde nichts. Bitte diese 4 Stellen"
    )


def test_every_rule_that_leads_nowhere_is_said_at_once() -> None:
    rules = changed(
        ('"session - P7D"', '"nirgends"'), ("2018-03-25", '"auch + P1D"'), ("2018-03-31", '"sitzung.papers_due"')
    )
    with pytest.raises(PlanError) as refused:
        plan_from(rules)
    assert [line for line, _ in refused.value.mistakes] == [36, 53]  # what merely hangs on line 36 is not counted again


def test_of_a_hundred_mistakes_twenty_are_shown() -> None:
    empty = "\n[[recipients]]\n" * 100
    assert said(SMALL + empty).splitlines()[-1] == "  … und 80 weitere."


def test_everything_that_does_not_fit_is_listed_at_once() -> None:
    text = changed(('coordinator = "koordination"', 'coordinator = "x"'), ('kind = "call"', 'kind = "y"'))
    assert said(text).startswith(
        "plan.toml lässt sich so nicht verwenden; verändert wurde nichts. Bitte diese 2 Stellen ändern:\n  Zeile 8: "
        "In coordinator steht „x“"
    )


def test_the_same_unit_in_two_groups_is_doubled() -> None:
    groups = '[[groups]]\nid = "nord"\nname = "Nord"\nunits = [\n  { id = "a", name = "A" },\n  { id = "a", name = "Beta" },\n]\n\n'
    text = changed(("[[events]]", f"{groups}[[events]]"))
    assert f"Zeile {line_of(text, 'Beta')}: „a“ kommt zweimal vor (groups[0].units[1].id)." in said(text)


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
            'no quotation marks), a rule ("one week before tagung", "tagung - P2D") or { open = true }. Nothing was changed.',
        ),
        (
            ('address = "koordination"', 'address = "x"'),
            "plan.toml, line 55: "
            "calls[0].address holds “x”; the "
            "plan has no office, body or unit with this id. Please add it under [[offices]], [[bodies]] or "
            "[[groups]], or correct the id. Nothing was changed.",
        ),
    ],
)
def test_an_english_plan_is_answered_in_english(replaced: tuple[str, str], sentence: str) -> None:
    assert said(changed(ENGLISH, replaced)) == sentence


@pytest.mark.parametrize(("code", "words"), [("de", "jetzt"), ("en", "now")])
def test_a_plan_file_of_an_older_version_is_told_what_to_write_instead(code: str, words: str) -> None:
    text = changed(('language = "de"', f'language = "{code}"')) + (
        '[[offices]]\nid = "alt"\nname = "Alt"\nvacant_until = 2018-05-01\n\n'
        '[resubmission]\nname = "Neu"\nbound_to = "Wahl"\ncandidates = [2019-06-14]\nowners = ["alt"]\n'
    )
    lines = said(text).splitlines()
    for field, instead in (
        ("vacant_until", "filled = 2018-05-01"),
        ("bound_to", "event = …"),
        ("candidates", 'date = { status = "unknown", candidates = […] }'),
    ):
        [line] = [line for line in lines if f"{field}”" in line or f"{field}“" in line]
        assert words in line
        assert instead in line


def test_every_message_about_a_plan_can_be_said() -> None:
    """A brace in a message that stands for itself would be a crash at the worst moment."""
    from staffelstab.language import LANGUAGES, Language

    facts = dict.fromkeys(
        ("file", "line", "problem", "problems", "path", "value", "field", "hint", "got", "wanted", "choices", "detail"),
        "X",
    )
    facts |= {"first": "0", "last": "9", "known": "X", "limit": "9"}
    for code in LANGUAGES:
        words = Language(code)
        for name in ("problem", "toml"):
            table = words.entry(f"plan.{name}")
            assert isinstance(table, dict)
            assert all(words.say(f"plan.{name}.{key}", **facts) for key in table)

"""Each doubt about duties, actors and readings, made by changing one thing in a plan in which there is nothing to find."""

from __future__ import annotations

import pytest

from staffelstab.timetable.lint.rules import lint
from staffelstab.timetable.plan.change import Change
from staffelstab.timetable.plan.load import plan_from
from tests.timetable.lint.plans import CHOIR, CLEAN, found, found_after, said, source

DE, EN = CLEAN["de"], CLEAN["en"]

VACANT = 'filled = 2025-04-01\nappointed_by = "vorstand"\ndeputy = "wasser"\n'
FILLED = 'filled = { date = 2025-04-01, status = "assumed" }\n'
CALLED = 'audience = ["vorstand", "wege"]'
WARD = 'group = "wege"\nquote'
SUCCESSOR = 'name = "Schriftführerin"\nbody = "vorstand"\n'
OPEN = "end = 2025-05-23"

CASES = [
    (
        "undelivered",
        "$.recipients",
        "must",
        [
            (WARD, 'group = "wege"\nrole = "wart"\nquote'),
            ('roles = ["wart"]', 'roles = ["wart", "kasse"]'),
            (
                "[[hearings]]",
                '[[roles]]\nid = "kasse"\nname = "Wegekasse"\nquote = "Die Schriftführerin"\n[[hearings]]',
            ),
        ],
        "Nach dem Zeitplan in der Pflicht oder gefragt, aber nicht auf dem Verteiler: Wegekasse.",
    ),
    (
        "nobody_known",
        "$.recipients[1]",
        "information",
        [(WARD, "quote")],
        "Zu einer Gruppe des Verteilers kennt der Plan niemanden: Obleute der Wege.",
    ),
    (
        "unfilled",
        "$.offices[1]",
        "must",
        [(VACANT, FILLED + 'deputy = "wasser"\n')],
        "Die Stelle „Fachberatung“ ist noch zu besetzen: Wer das tut, steht nicht fest, und bis wann, auch nicht.",
    ),
    (
        "unfilled_owner",
        "$.offices[1]",
        "must",
        [('appointed_by = "vorstand"\n', "")],
        "Die Stelle „Fachberatung“ ist noch zu besetzen: Bis wann, steht fest, aber nicht, wer das tut.",
    ),
    (
        "unfilled_day",
        "$.offices[1]",
        "must",
        [("filled = 2025-04-01\n", FILLED)],
        "Die Stelle „Fachberatung“ ist noch zu besetzen (zuständig: Vorstand); bis wann, steht nicht fest.",
    ),
    (
        "undeputised",
        "$.offices[1]",
        "must",
        [('deputy = "wasser"\n', "")],
        "Solange die Stelle „Fachberatung“ unbesetzt ist, vertritt sie niemand.",
    ),
    (
        "vacant_deputy",
        "$.offices[1]",
        "must",
        [('deputy = "wasser"\n', 'deputy = "fachberatung"\n')],
        "Die Stelle „Fachberatung“ ist unbesetzt, und die Stelle, die sie vertreten soll, auch: Fachberatung.",
    ),
    (
        "no_end_of_office",
        "$.coordinator",
        "should",
        [(OPEN, "end = { open = true }")],
        "Bis wann das Amt der Koordination (Schriftführerin) dauert und wer ihr nachfolgt, steht nicht im Plan; "
        "nach „Mitgliederversammlung“ (21. Juni 2025) steht noch an: Schreiben.",
    ),
    (
        "nobody_after",
        "$.coordinator",
        "should",
        [(SUCCESSOR, SUCCESSOR + "until = 2025-03-31\n")],
        "Für die Zeit nach dem 31. März 2025 ist für die Koordination (Schriftführerin) keine Nachfolge vorgesehen; "
        "es steht dann aber noch an: Schreiben.",
    ),
    (
        "unheard",
        "$.responsibilities[0].actors",
        "must",
        [(CALLED, 'audience = ["wege"]')],
        "Mit verantwortlich für das Konzept, aber vor Phase 2 „Schreiben“ von keinem Aufruf und keinem Gespräch erreicht "
        "(2): Vorstand und Kasse.",
    ),
    (
        "unowned",
        "$.sections[1]",
        "must",
        [('responsible = "kasse"\n', "")],
        "Für das Kapitel „Strom“ ist niemand verantwortlich.",
    ),
    (
        "without_chapter",
        "$.responsibilities[0]",
        "may",
        [('responsible = "kasse"\n', 'responsible = "wege"\n')],
        "„Vorstand“ soll Verantwortung für Teile des Konzepts tragen, aber kein Kapitel ist zugeteilt.",
    ),
    (
        "never_asked",
        "$.recipients[0]",
        "information",
        [(CALLED, 'audience = ["wege"]')],
        "Erhält den Beschluss, wird aber in keiner Phase gefragt: Vorstandsmitglieder.",
    ),
    (
        "assumed_reading",
        "$.responsibilities[1]",
        "must",
        [('actors = ["wege"]', 'actors = ["wege"]\nstanding = "assumed"')],
        "Wer mit „Wege“ gemeint ist, sagt der Satz nicht; angenommen ist: Obleute der Wege.",
    ),
    (
        "nobody_meant",
        "$.responsibilities[1]",
        "must",
        [('actors = ["wege"]', "actors = []")],
        "Wer mit „Wege“ gemeint ist, sagt der Satz nicht, und der Plan kennt dazu niemanden.",
    ),
    (
        "plural_reading",
        "$.responsibilities[1]",
        "must",
        [('actors = ["wege"]', 'actors = ["amselweg"]')],
        "„Wege“ ist eine Mehrzahl, im Plan steht dafür aber nur: Amselweg.",
    ),
    (
        "proposed_audience",
        "$.calls[0].audience",
        "must",
        [(CALLED, 'audience = { proposed = ["vorstand", "wege"] }')],
        "An wen sich „Was muss die Gartenordnung regeln?“ richtet, sagt der Beschluss nicht; vorgeschlagen ist: "
        "Vorstand und Obleute der Wege.",
    ),
    (
        "no_audience",
        "$.calls[0].audience",
        "must",
        [(CALLED, "audience = []")],
        "„Was muss die Gartenordnung regeln?“ richtet sich an niemanden.",
    ),
    (
        "no_address",
        "$.calls[0]",
        "must",
        [('address = "schriftfuehrung"\n', "")],
        "„Was muss die Gartenordnung regeln?“ sagt nicht, wohin die Beiträge zu schicken sind.",
    ),
    (
        "material_unsourced",
        "$.materials[0]",
        "must",
        [('source = "wege"\n', "")],
        "Phase 1 „Sammeln“ soll mit „Fotos“ arbeiten; woher das kommt und wer es beschafft, steht nirgends.",
    ),
]


@pytest.mark.parametrize(("code", "path", "severity", "changes", "text"), CASES, ids=[case[0] for case in CASES])
def test_each_doubt_is_said(code: str, path: str, severity: str, changes: list[tuple[str, str]], text: str) -> None:
    findings = found_after(DE, *changes)
    assert [(item.path, item.severity) for item in findings if item.code == code] == [(path, severity)]
    assert said(findings, code) == [text]


def test_without_a_distribution_list_one_thing_is_said_not_ten() -> None:
    listed = "".join(
        f'[[recipients]]\nname = "{name}"\n{whom}\nquote = "Den Beschluss sollen erhalten: Vorstandsmitglieder, Obleute der Wege"\n'
        for name, whom in (("Vorstandsmitglieder", 'body = "vorstand"'), ("Obleute der Wege", 'group = "wege"'))
    )
    findings = found_after(DE, (listed, ""))
    assert [(item.code, item.path) for item in findings if item.path.startswith(("$.resolution", "$.recip"))] == [
        ("no_list", "$.resolution")
    ]


def test_a_confirmed_reading_is_no_longer_doubted() -> None:
    text = (DE / "plan.toml").read_text(encoding="utf-8").replace('= ["wege"]', '= ["wege"]\nstanding = "assumed"', 1)
    change = Change("fuer-wege", "confirmed")
    assert [lint(plan_from(text, changes=changes), source(DE)) == () for changes in ([], [change])] == [False, True]


def test_a_post_filled_before_the_vote_is_not_vacant() -> None:
    findings = found_after(DE, (VACANT, "filled = 2025-01-01\n"))
    assert [item.code for item in findings if item.path == "$.offices[1]"] == []


def test_the_same_in_english() -> None:
    changes = [
        ('appointed_by = "committee"\n', ""),
        ('audience = ["committee", "paths"]', 'audience = ["paths"]'),
        ('actors = ["paths"]', 'actors = ["thrush-path"]'),
    ]
    findings = found_after(EN, *changes)
    assert [
        text for code in ("unfilled_owner", "unheard", "plural_reading") for text in said(findings, code, "en")
    ] == [
        "The post “Adviser” is still to be filled: the day is settled, but not who does it.",
        "Answer for parts of the concept, but no call and no talk reaches them before phase 2 “Writing” (2): "
        "Committee and Treasurer.",
        "“Paths” is a plural, but in the plan it stands for one only: Thrush Path.",
    ]


def test_the_choir_never_asks_its_officers() -> None:
    """What the officers say is to be set beside what the sections say, yet the call goes to the sections alone."""
    findings = found(CHOIR)
    assert said(findings, "unheard", "en") == [
        "Answer for parts of the concept, but no call and no talk reaches them before phase 3 “The text” (3): "
        "Committee, Treasurer and Safeguarding officer."
    ]
    assert said(findings, "never_asked", "en") == [
        "Receive the resolution, but are asked in no phase (2): Committee members and Music adviser."
    ]
    assert said(findings, "undelivered", "en") == said(findings, "lost", "en") == []


@pytest.mark.parametrize(
    ("name", "missing"),
    [("Wegekasse", []), ("Wegekasse aller Wege", []), ("Kasse", ["Wegekasse"]), ("Wegekassen", ["Wegekasse"])],
)
def test_whoever_is_on_the_list_by_name_is_on_it(name: str, missing: list[str]) -> None:
    """A list may name what the plan does not tie to anybody."""
    till = '[[roles]]\nid = "kasse"\nname = "Wegekasse"\nquote = "Die Schriftführerin"\n[[hearings]]'
    changes = [
        (WARD, 'group = "wege"\nrole = "wart"\nquote'),
        ('roles = ["wart"]', 'roles = ["wart", "kasse"]'),
        ("[[hearings]]", till),
        ("[[offices]]", f'[[recipients]]\nname = "{name}"\nquote = "Obleute der Wege"\n[[offices]]'),
    ]
    found_there = [item for item in found_after(DE, *changes) if item.code == "undelivered"]
    assert [part.name for item in found_there for part in item.parts] == missing


def test_work_that_goes_on_beyond_a_wall_is_not_measured_by_it() -> None:
    """A wall in the middle of the timetable ends nothing (R29)."""
    open_phase = (OPEN, "end = { open = true }")
    early = ("date = 2025-06-21", "date = 2025-03-20")
    assert [
        said(found_after(DE, *changes), "no_end_of_office") == [] for changes in ([open_phase], [open_phase, early])
    ] == [
        False,
        True,
    ]


HONORARY = '[[bodies]]\nid = "ehren"\nname = "Ehrenmitglieder"\nquote = "Obleute der Wege"\n[[bodies]]'
LISTED = '[[recipients]]\nname = "Ehrenmitglieder"\nbody = "ehren"\nquote = "Obleute der Wege"\n[[offices]]'
NEIGHBOURS = '[[recipients]]\nname = "Nachbarn"\nquote = "Obleute der Wege"\n[[offices]]'


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ([], "Auch kein Aufruf und kein Gespräch erreicht sie."),
        (
            [(CALLED, 'audience = ["vorstand", "wege", "ehren"]')],
            "Ein Aufruf oder ein Gespräch richtet sich zwar an sie, aber auch das geht ohne Adressen nur von Hand.",
        ),
        (
            [(CALLED, 'audience = ["vorstand", "wege", "ehren"]'), ("[[offices]]", NEIGHBOURS)],
            "Ein Aufruf oder ein Gespräch richtet sich nur an: Ehrenmitglieder. Auch das geht ohne Adressen nur von Hand.",
        ),
    ],
    ids=["nobody asks them", "a call is addressed to them", "to them, not to the others"],
)
def test_a_body_without_seats_is_said_to_be_asked_if_a_call_is_addressed_to_it(
    changes: list[tuple[str, str]], why: str
) -> None:
    findings = found_after(DE, ("[[bodies]]", HONORARY), ("[[offices]]", LISTED), *changes)
    assert said(findings, "nobody_known", part="why") == [
        f"Von selbst lässt sich ihnen der Beschluss nicht zustellen. {why}"
    ]

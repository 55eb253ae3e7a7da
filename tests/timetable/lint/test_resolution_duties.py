"""What the resolution of 15 December 2017 forgets about those who are to do it, in the words of `staffelstab check`."""

from __future__ import annotations

from commands.findings import Report, facts
from staffelstab.timetable.lint.finding import Finding
from tests.timetable.lint.plans import PARTY, found, found_after, planned, said, source


def the(code: str) -> Finding:
    """The only finding of this code about the resolution."""
    [finding] = [item for item in found(PARTY) if item.code == code]
    return finding


def text(code: str) -> list[str]:
    """Its sentences."""
    return said(found(PARTY), code)


def test_six_have_a_duty_and_are_not_on_the_list() -> None:
    """R13: exactly these, each with the sentence that gives it something to do."""
    finding = the("undelivered")
    assert text("undelivered") == [
        "Nach dem Zeitplan in der Pflicht oder gefragt, aber nicht auf dem Verteiler (6): Wahlkampfmanager, KGF, "
        "Mitgliederbeauftragte, Landesgruppe im Deutschen Bundestag, Regionalmitarbeiter*innen und Landesgeschäftsstelle."
    ]
    assert (finding.severity, finding.path, finding.facts["n"]) == ("should", "$.recipients", 6)
    assert finding.quote.startswith("Den Beschluss sollen erhalten: Landesvorstandsmitglieder, Landesratsmitglieder")
    first = [(part.name, part.path, part.quote[:40]) for part in finding.parts]
    assert first == [
        ("Wahlkampfmanager", "$.coordinator", "Die Koordinierung des Projekts findet zu"),
        ("KGF", "$.hearings[0].roles", "Der Wahlkampfmanager wird in allen Stadt"),
        ("Mitgliederbeauftragte", "$.hearings[0].roles", "Der Wahlkampfmanager wird in allen Stadt"),
        (
            "Landesgruppe im Deutschen Bundestag",
            "$.sections[4].responsible",
            "Es soll gleichermaßen auf eine verstärkt",
        ),
        ("Regionalmitarbeiter*innen", "$.calls[1].audience", "vor allem aber deren Regionalmitarbeiter"),
        ("Landesgeschäftsstelle", "$.sections[5].responsible", "Es soll gleichermaßen auf eine verstärkt"),
    ]


def test_seven_groups_of_the_list_are_nobody_the_plan_knows() -> None:
    """R12, R104: the plan cannot send to them, and nobody asks them."""
    finding = the("nobody_known")
    assert (finding.severity, finding.path, finding.facts["n"]) == ("information", "$.recipients[1]", 7)
    assert "Ortsvorsitzende" in str(finding.facts["who"])
    assert said(found(PARTY), "nobody_known", part="why") == [
        "Von selbst lässt sich ihnen der Beschluss nicht zustellen. Auch kein Aufruf und kein Gespräch erreicht sie."
    ]
    assert text("targets_unasked") == [
        "Um sie geht es im Konzept, doch kein Aufruf und kein Gespräch ist an sie gerichtet: Neumitglieder und Langjährige."
    ]


def test_a_post_is_to_be_filled_and_nobody_is_to_fill_it() -> None:
    """R55; its deputy is the coordinator, so that nothing is left undone meanwhile."""
    finding = the("unfilled")
    assert (finding.severity, finding.path) == ("should", "$.offices[1]")
    assert finding.quote.startswith(
        "Im Verlauf des ersten Halbjahres 2018 wird die*der noch einzustellende Mitarbeiter*in"
    )
    assert text("unfilled") == [
        "Die Stelle „Mitarbeiter*in für Mitgliederbetreuung“ ist noch zu besetzen: Wer das tut, steht nicht fest, "
        "und bis wann, auch nicht."
    ]
    assert said(found(PARTY), "unfilled", part="proposal")[0].endswith(
        "staffelstab confirm mitgliederbetreuung.filled akte --date JJJJ-MM-TT --by landesvorstand"
    )


def test_a_reference_leads_nowhere() -> None:
    """R57."""
    finding = the("dangling")
    assert finding.severity == "should"
    assert finding.path == "$.responsibilities[0]"
    assert finding.quote.startswith("Wie bereits oben erwähnt, liegt die Verantwortung für die Erarbeitung")
    assert text("dangling") == [
        "„Wie bereits oben erwähnt“ führt ins Leere: Davor steht nichts, worauf sich der Satz beziehen könnte."
    ]


def test_which_parliamentary_groups_are_meant_is_only_assumed() -> None:
    """R58."""
    finding = the("assumed_reading")
    assert (finding.severity, finding.path) == ("must", "$.responsibilities[2]")
    assert text("assumed_reading") == [
        "Wer mit „Fraktionen“ gemeint ist, sagt der Satz nicht; angenommen ist: "
        "Landtagsfraktion und Landesgruppe im Deutschen Bundestag."
    ]
    assert said(found(PARTY), "assumed_reading", part="proposal") == [
        "Stimmt die Lesart, bitte bestätigen lassen und eintragen: staffelstab confirm fraktionen akte --by landesvorstand"
    ]


def test_figures_are_wanted_and_nobody_provides_them() -> None:
    """R66: the other two materials come from the talks."""
    finding = the("material_unsourced")
    assert (finding.severity, finding.path) == ("must", "$.materials[0]")
    assert finding.quote == "Zahlen, Erfahrungsberichte, Problembeschreibungen."
    assert text("material_unsourced") == [
        "Phase 1 „Analyse“ soll mit „Zahlen“ arbeiten; woher das kommt und wer es beschafft, steht nirgends."
    ]


def test_three_answer_for_the_concept_and_are_not_asked_before_the_ideas() -> None:
    """R77: the parliamentary groups by the allocation of tasks, the office because a chapter is about it (R25, R56)."""
    finding = the("unheard")
    assert (finding.severity, finding.path) == ("must", "$.responsibilities[2].actors")
    assert text("unheard") == [
        "Mit verantwortlich für das Konzept, aber vor Phase 3 „Ideenentwicklung“ von keinem Aufruf und keinem Gespräch "
        "erreicht (3): Landtagsfraktion, Landesgruppe im Deutschen Bundestag und Landesgeschäftsstelle."
    ]


def test_the_second_call_is_addressed_to_whom_we_propose() -> None:
    """R83."""
    finding = the("proposed_audience")
    assert (finding.severity, finding.path) == ("must", "$.calls[1].audience")
    assert text("proposed_audience") == [
        "An wen sich „Zweiter Call for Papers“ richtet, sagt der Beschluss nicht; vorgeschlagen ist: Landesvorstand, "
        "Stadt- und Kreisverbände, Landesweite Zusammenschlüsse, Landtagsfraktion, Landesgruppe im Deutschen Bundestag "
        "und Regionalmitarbeiter*innen."
    ]
    assert said(found(PARTY), "proposed_audience", part="proposal") == [
        "Zu bestätigen, bevor der Aufruf hinausgeht: staffelstab confirm call-2.audience akte --by landesvorstand"
    ]


def test_the_first_phase_is_the_second_in_the_row() -> None:
    """R49."""
    assert (the("counted").severity, the("counted").path) == ("information", "$.phases[1]")
    assert text("counted") == ["„In der ersten Phase“ wird als Phase 1 „Analyse“ gelesen."]


def test_one_claim_has_no_evidence() -> None:
    """R27."""
    assert the("unproven").severity == "information"
    assert the("unproven").quote.startswith("Kein anderer Landesverband hat so viele Mitglieder")


def test_the_board_answers_for_parts_and_has_no_chapter() -> None:
    """R56."""
    assert text("without_chapter") == [
        "„Landesvorstand“ soll Verantwortung für Teile des Konzepts tragen, aber kein Kapitel ist zugeteilt."
    ]


def test_every_binding_sentence_is_taken_up_and_one_that_is_not_is_named() -> None:
    """U1: those that no date and no duty rests on are noted at their phase."""
    assert text("lost") == []
    note = planned(PARTY).phase(3).note
    findings = found_after(PARTY, (f'note = "{note}"\n', ""))
    assert said(findings, "lost") == [
        "Ein verbindlicher Satz des Beschlusses steht hinter keiner Angabe des Plans: "
        "Zeile 81 „Auf Grundlage der Ergebnisse aus Phase 2 …“."
    ]
    assert [item.severity for item in findings if item.code == "lost"] == ["may"]


def test_no_item_is_more_or_less_binding_than_its_sentence() -> None:
    """R109."""
    assert [item for item in found(PARTY) if item.code in {"stronger", "weaker"}] == []


def test_every_item_but_one_has_its_sentence() -> None:
    """U1: who speaks for an association of the whole state, nobody resolved."""
    assert the("without_sentence").path == "$.roles[3]"
    assert text("without_sentence") == [
        "Von 72 Angaben hat eine keinen Satz des Beschlusses und gilt als angenommen: eine Rolle."
    ]


def test_a_program_gets_each_of_the_six_with_its_lines() -> None:
    """R13, U1: the place in the plan, the place in the resolution."""
    report = Report(planned(PARTY), (the("undelivered"),), PARTY / "plan.toml", {}, source(PARTY))
    [finding] = facts(report)["findings"]
    assert [(part["name"], part["source_line"]) for part in finding["parts"]] == [
        ("Wahlkampfmanager", 55),
        ("KGF", 69),
        ("Mitgliederbeauftragte", 69),
        ("Landesgruppe im Deutschen Bundestag", 41),
        ("Regionalmitarbeiter*innen", 81),
        ("Landesgeschäftsstelle", 41),
    ]

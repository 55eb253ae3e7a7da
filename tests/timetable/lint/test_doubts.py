"""What is said of a day that is only proposed or derived, where there is but one, or no rule."""

from __future__ import annotations

import pytest

from tests.timetable.lint.plans import CLEAN, found_after, said

DEADLINE = "deadline = 2025-03-14"


@pytest.mark.parametrize(
    ("candidates", "code", "text"),
    [
        ("2025-03-14", "day_proposed_alone", "vorgeschlagen ist der 14. März 2025."),
        (
            "2025-03-14, 2025-03-21",
            "day_proposed",
            "In Frage kommt der 14. oder der 21. März 2025; gerechnet wird mit dem 14. März 2025.",
        ),
    ],
)
def test_a_single_proposal_is_not_named_twice(candidates: str, code: str, text: str) -> None:
    changed = f'deadline = {{ date = 2025-03-14, status = "assumed", candidates = [{candidates}] }}'
    [sentence] = said(found_after(CLEAN["de"], (DEADLINE, changed)), code)
    assert sentence.endswith(f"steht noch nicht fest{';' if code.endswith('alone') else ':'} {text}")


def test_a_derived_day_without_a_rule_is_not_said_to_move_along() -> None:
    findings = found_after(CLEAN["de"], ("opens = 2025-02-10", 'opens = { date = 2025-02-10, status = "derived" }'))
    assert said(findings, "day_derived") == []
    [why] = said(findings, "day_derived_without_rule", part="why")
    assert why.strip() == "Verschiebt sich, woran dieser Tag hängt, so verschiebt er sich nicht mit."
    [proposal] = said(findings, "day_derived_without_rule", part="proposal")
    assert "wenn die Regel stimmt" not in proposal

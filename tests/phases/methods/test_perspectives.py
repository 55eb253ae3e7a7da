"""Three perspectives on four headings: nothing disappears, lonely and groundless findings are marked."""

from __future__ import annotations

import pytest

from staffelstab.phases.methods.perspectives import HEADINGS, Finding, Joined, Support, join

BOARD, REGIONS, ALLIES = PERSPECTIVES = ("vorstand", "regional", "lwz")


def finding(number: int, *voices: str) -> Finding:
    return Finding(f"F{number}", "bad" if number < 4 else "too_little", f"Befund {number}", frozenset(voices))


FINDINGS = [
    finding(5, "landtagsfraktion"),
    finding(1, BOARD, REGIONS, ALLIES),
    finding(2, REGIONS),
    finding(3, REGIONS, BOARD, "landtagsfraktion"),
    finding(4),
]


def test_all_four_headings_appear_and_keep_the_given_order() -> None:
    told = join(FINDINGS, PERSPECTIVES)
    assert [(each.heading, [joined.finding.id for joined in each.findings]) for each in told.sections] == [
        ("bad", ["F1", "F2", "F3"]),
        ("good", []),
        ("too_little", ["F5", "F4"]),
        ("not_at_all", []),
    ]
    assert [section.heading for section in join([], PERSPECTIVES).sections] == list(HEADINGS)


@pytest.mark.parametrize(
    ("support", "ids"), [("all", "F1"), ("several", "F3"), ("single", "F2"), ("further", "F5"), ("none", "F4")]
)
def test_each_finding_says_who_supports_it(support: Support, ids: str) -> None:
    assert [joined.finding.id for joined in join(FINDINGS, PERSPECTIVES).marked(support)] == [ids]


def test_a_finding_stands_beside_the_perspectives_in_their_order() -> None:
    told = join(FINDINGS[3:4], PERSPECTIVES)
    assert told.sections[0].findings == (Joined(FINDINGS[3], (True, True, False), ("landtagsfraktion",)),)


def test_the_matrix_counts_and_a_silent_perspective_is_named() -> None:
    told = join(FINDINGS[2:], PERSPECTIVES)
    assert told.matrix == ((1, 2, 0), (0, 0, 0), (0, 0, 0), (0, 0, 0))
    assert told.silent == (ALLIES,)


def test_one_perspective_alone_is_a_single_voice_not_all() -> None:
    assert join(FINDINGS[2:3], (REGIONS,)).sections[0].findings[0].support == "single"


def test_an_unknown_heading_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(ValueError, match="F9"):
        join([Finding("F9", "so lala", "")], PERSPECTIVES)  # type: ignore[arg-type] # the mistake itself

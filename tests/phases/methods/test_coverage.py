"""Silent voices: vacant, refused and never asked are kept apart, and the two duties differ."""

from __future__ import annotations

from typing import get_args

from hypothesis import given
from hypothesis import strategies as st

from staffelstab.phases.methods.coverage import Coverage, Interview, Row, Seat, Status, coverage

UNITS = ("bautzen", "dresden", "leipzig")
ROLES = ("vorsitz", "kgf")


def test_the_matrix_names_every_seat_and_the_last_record_counts() -> None:
    told = coverage(
        UNITS,
        ROLES,
        [
            Interview("dresden", "vorsitz", "asked"),
            Interview("bautzen", "vorsitz", "held"),
            Interview("bautzen", "kgf", "vacant"),
            Interview("dresden", "vorsitz", "refused"),
            Interview("pirna", "vorsitz", "held"),
        ],
    )
    assert told == Coverage(
        roles=ROLES,
        rows=(
            Row("bautzen", ("held", "vacant")),
            Row("dresden", ("refused", "not_asked")),
            Row("leipzig", ("not_asked", "not_asked")),
        ),
        attempt=False,
        unexplained=(Seat("dresden", "vorsitz"),),
        outside=(Seat("pirna", "vorsitz"),),
    )
    assert told.seats("not_asked") == (Seat("dresden", "kgf"), Seat("leipzig", "vorsitz"), Seat("leipzig", "kgf"))
    assert told.open == (Seat("dresden", "vorsitz"), *told.seats("not_asked"))


def test_a_duty_to_hold_talks_is_met_by_talks_vacancies_and_explained_refusals_only() -> None:
    def complete(status: Status, reason: str = "") -> bool:
        return coverage(("bautzen",), ("vorsitz",), [Interview("bautzen", "vorsitz", status, reason=reason)]).complete

    assert [status for status in get_args(Status) if complete(status)] == ["held", "vacant"]
    assert complete("refused", reason="keine Zeit vor der Kommunalwahl")
    assert not complete("refused", reason="  ")


def test_a_duty_to_seek_talks_is_met_by_asking() -> None:
    def complete(status: Status) -> bool:
        return coverage(("lwz",), ("sprecherrat",), [Interview("lwz", "sprecherrat", status)], attempt=True).complete

    assert [status for status in get_args(Status) if not complete(status)] == ["not_asked"]


def test_where_nobody_has_to_be_heard_nothing_is_missing() -> None:
    assert coverage((), ROLES, []).complete


@given(
    st.lists(
        st.builds(Interview, st.sampled_from((*UNITS, "x")), st.sampled_from(ROLES), st.sampled_from(get_args(Status)))
    ),
    st.booleans(),
)
def test_counts_add_up_to_all_seats(records: list[Interview], attempt: bool) -> None:
    told = coverage(UNITS, ROLES, records, attempt)
    assert sum(told.counts.values()) == told.total == 6
    assert all(len(told.seats(status)) == count for status, count in told.counts.items())
    assert not coverage(UNITS, ROLES, [], attempt).complete

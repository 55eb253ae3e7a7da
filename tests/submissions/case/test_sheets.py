"""Every sheet of a whole year arrives in the case, as records of its kind."""

from __future__ import annotations

import pytest

from staffelstab.submissions.records.record_kinds import RECORDS
from tests.conftest import at
from tests.year import THE_YEAR, Year

pytestmark = THE_YEAR


@pytest.mark.parametrize("name", RECORDS)
def test_no_sheet_is_left_out_of_the_case(year: Year, name: str) -> None:
    found = getattr(year.case(at("2019-10-01")), name)

    assert found
    assert {type(row) for row in found} == {RECORDS[name].of}

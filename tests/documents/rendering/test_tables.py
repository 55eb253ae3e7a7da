"""Tables: nothing a cell holds ends the row, and no cell is lost."""

from __future__ import annotations

import pytest

from staffelstab.documents.rendering.markdown import Markdown
from staffelstab.documents.rendering.tables import table


def test_cells_are_inert_numbers_are_written_and_short_rows_are_filled() -> None:
    made = table(
        ["A", "B|"], [["*x*\ny", Markdown("**z**")], [2.5], [None, 7]], widths=(1, 3), align="lr", caption="T*"
    )
    assert made == (
        f"\n\n| A | B\\| |\n|:{'-' * 30}|{'-' * 90}:|\n| \\*x\\* y | **z** |\n| 2\\,5 |  |\n|  | 7 |\n\n: T\\*\n\n"
    )


def test_columns_get_room_by_what_they_hold() -> None:
    rule = table(["Nr.", "Titel"], [["1", "ein recht langer Titel mit vielen Worten"]]).split("\n")[3]
    short, long = (len(part) for part in rule.strip("|").split("|"))
    assert long > 3 * short


def test_a_row_too_long_is_refused_rather_than_cut() -> None:
    with pytest.raises(ValueError, match="3 cells under 2 headings"):
        table(["A", "B"], [["1", "2", "3"]])
    with pytest.raises(ValueError, match="2 columns, 3 widths"):
        table(["A", "B"], [], widths=(1, 2, 3))

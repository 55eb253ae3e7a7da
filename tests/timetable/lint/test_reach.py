"""Whom something reaches: through a body its seats, through a group its units and their roles, never the whole through one part."""

from __future__ import annotations

import pytest

from staffelstab.timetable.lint.reach import Reach
from tests.timetable.lint.plans import CLEAN, planned

ASKED = (
    "vorstand",
    "vorsitz",
    "schriftfuehrung",
    "wege",
    "amselweg",
    "wege/wart",
    "amselweg/wart",
    "wege/kasse",
    "niemand",
)


@pytest.mark.parametrize(
    ("sent", "reached"),
    [
        ((), []),
        (("", "vorsitz"), ["vorsitz"]),
        (("vorstand",), ["vorstand", "vorsitz", "schriftfuehrung"]),
        (("vorsitz", "kasse", "schriftfuehrung", "wasser"), ["vorstand", "vorsitz", "schriftfuehrung"]),
        (("wege",), ["wege", "amselweg", "wege/wart", "amselweg/wart", "wege/kasse"]),
        (("wege/wart",), ["wege", "amselweg", "wege/wart", "amselweg/wart"]),
        (("amselweg/wart",), ["amselweg", "amselweg/wart"]),
        (("amselweg/wart", "finkenweg/wart"), ["wege", "amselweg", "wege/wart", "amselweg/wart"]),
    ],
)
def test_whom_it_reaches(sent: tuple[str, ...], reached: list[str]) -> None:
    reach = Reach(planned(CLEAN["de"]))
    reach.add(*sent)
    assert [name for name in ASKED if reach.has(name)] == reached

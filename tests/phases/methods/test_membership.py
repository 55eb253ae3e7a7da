"""Membership figures: what was told is added up, what was not is named, what cannot be is alarmed."""

from __future__ import annotations

from staffelstab.phases.methods.membership import Alarm, Figure, Membership, Total, UnitFigures, membership

UNITS = ("bautzen", "dresden", "leipzig", "zwickau")
REGIONS = {"bautzen": "Ost", "dresden": "Ost", "leipzig": "Nordwest", "zwickau": "Südwest"}

BAUTZEN_16, BAUTZEN_17 = Figure("bautzen", 2016, 400), Figure("bautzen", 2017, 390, joined=12, left=22)
DRESDEN_16, DRESDEN_17 = Figure("dresden", 2016, 1000), Figure("dresden", 2017, 1050, joined=90, left=45)
LEIPZIG_16 = Figure("leipzig", 2016, 900, joined=50)


def test_a_year_on_paper() -> None:
    wrong = Figure("bautzen", 2017, 39)
    told = membership([wrong, BAUTZEN_17, DRESDEN_17, LEIPZIG_16, DRESDEN_16, BAUTZEN_16], UNITS, REGIONS)
    assert told == Membership(
        year=2017,
        units=(
            UnitFigures(BAUTZEN_17, BAUTZEN_16),
            UnitFigures(DRESDEN_17, DRESDEN_16),
            UnitFigures(LEIPZIG_16, None),
        ),
        regions=(
            Total("Ost", asked=2, told=2, members=1440, joined=102, left=67, change=40),
            Total("Nordwest", asked=1, told=1, members=900, joined=50, left=None, change=None),
            Total("Südwest", asked=1, told=0, members=0, joined=None, left=None, change=None),
        ),
        total=Total("", asked=4, told=3, members=2340, joined=152, left=67, change=40),
        missing=("zwickau",),
        outdated=("leipzig",),
        alarms=(Alarm("mismatch", "dresden", 2017, 5),),
    )


def test_what_cannot_be_is_alarmed_and_not_repaired() -> None:
    told = membership([Figure("bautzen", 2017, -3, joined=-1), Figure("pirna", 2017, 80)], ("bautzen",))
    assert told.alarms == (
        Alarm("negative", "bautzen", 2017, -3),
        Alarm("negative", "bautzen", 2017, -1),
        Alarm("outside", "pirna", 2017, 0),
    )
    assert told.total.members == -3


def test_a_missing_year_in_between_is_no_mismatch() -> None:
    told = membership([Figure("bautzen", 2014, 500), BAUTZEN_17], UNITS)
    assert told.alarms == ()
    assert told.units[0].change == -110


def test_nothing_told_is_nothing_claimed() -> None:
    told = membership([], UNITS)
    assert (told.year, told.units, told.missing) == (None, (), UNITS)
    assert told.total == Total("", asked=4, told=0, members=0, joined=None, left=None, change=None)

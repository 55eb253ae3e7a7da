"""How a date or a period is written: one pattern for all notations. Every repetition is bounded, so that reading stays linear.

The notations stand in the order in which they are tried at one place. What matches but is no date ("31. Februar 2018") still
uses up its place, so that no piece of it ("Februar 2018") is taken for one.
"""

from __future__ import annotations

import re

from staffelstab.timetable.reading.months import (
    MONTH,
    MONTH_INITIALS,
    ORDINAL,
    ORDINAL_INITIALS,
    ORDINAL_LETTERS,
    WEEKDAY,
    WEEKDAY_INITIALS,
    WEEKDAY_SHORT,
)
from staffelstab.timetable.vocabulary.words import any_of

GAP = r"(?:[^\S\n]{1,3}(?:\n[^\S\n]{0,3})?|\n[^\S\n]{0,3})"  # white space, at most one line break, never an empty line
SLOT = rf"(?:{GAP})?"
STARS = r"[*_]{0,3}"
DASH = rf"[^\S\n]{{0,3}}[-–—−/]{SLOT}"  # a dash that begins a line is the mark of a list, not of a range


def of(name: str) -> str:
    """Words of dates in a group of their own, with a gap between those of one expression."""
    return f"(?:{any_of(f'dates.{name}', space=GAP)})"


UNTIL = of("until")
EACH = of("each")
ARTICLE = of("article")

_BEFORE = r"(?<![^\W_])(?<![^\W_]_)(?<!\d[.,:])"  # nor in a file's name: "Urteil_2008-05-18.pdf"
_AFTER = r"(?![^\W_])"
_NO_WORD = r"(?![^\W_]|-(?!\d)[^\W_])"  # "Mai" but not "Maifeier" or "Mai-Demo"; "Mai-Juni" is told apart below
_LETTERS = f"(?:{ORDINAL_LETTERS})"
_ENDING = rf"(?:\.|{ORDINAL_LETTERS})"
_YEAR = rf"(?:1[6-9]|20|21)\d\d(?![^\W_]|[.,/:-]\d|{GAP}{of('hour')}\b)"
_SHORT_YEAR = rf"\d\d(?![^\W_]|[.,:]\d|{GAP}(?:{of('hour')}|{of('currency')})\b|[^\S\n]?[€%])"
_MONTH = rf"(?=[{MONTH_INITIALS}])(?:{MONTH})(?:\.(?!\d\d?\b)|(?=-(?:{MONTH})\b)|{_NO_WORD})"
WEEKDAY_BEFORE = (
    rf"(?=[{WEEKDAY_INITIALS}])(?:(?:{WEEKDAY})s?|(?:{WEEKDAY_SHORT})(?=[.,]))\.?,?{GAP}(?:{ARTICLE}{GAP})?"
)
_LINK = rf"(?:{DASH}|{GAP}(?:{UNTIL}|{EACH})(?:{GAP}{of('until_filler')})?{GAP}|(?<=\.),{GAP})"
_LEADS = rf"(?P<leads>(?:\d{{1,2}}{_ENDING}?{_LINK}(?:{WEEKDAY_BEFORE}|{ARTICLE}{GAP})?){{0,3}})"
_OF_YEAR = rf"(?:{GAP}|/|{GAP}{of('of_year')}{GAP})"
_NO_COUNT = rf"(?!{GAP}(?:(?-i:[A-ZÄÖÜ])|[^\W\d_]{{3,20}}s\b))"  # "bis 2000 Mitglieder", "in 2000 households"
_YEAR_CUE = of("before_year")
_YEAR_MORE = rf"(?:{GAP}{of('before_year_filler')}){{0,3}}"

LEAD = re.compile(rf"(\d{{1,2}})({_ENDING}?)(?={_LINK})", re.I)

_ISO = r"(?<!-)(?P<iso>\d{4}-\d\d-\d\d)(?!\d|-|\.\d)"
_DOTTED = rf"(?P<dotted>\d{{1,2}}\.[^\S\n]?\d{{1,2}}\.)(?:[^\S\n]?(?P<year_dotted>{_YEAR})|(?P<short_dotted>{_SHORT_YEAR})|(?!\d))"
_SLASHED = rf"(?P<slashed>\d{{1,2}}/\d{{1,2}}/)(?P<year_slashed>{_YEAR})"
_DAY_FIRST = (
    rf"(?P<day>\d{{1,2}})(?P<point>\.{SLOT}|{_LETTERS}?{GAP}(?:{of('of_month')}{GAP})?)(?P<month_day>{_MONTH})"
    + (rf"(?:,?{SLOT}(?P<year_day>{_YEAR})|{GAP}(?P<short_day>['’]?{_SHORT_YEAR}))?")
)
_MONTH_FIRST = (
    rf"(?P<month_first>{_MONTH}){GAP}(?:{of('article_before_figures')}{GAP})?(?P<days_first>\d{{1,2}}(?P<th>{_LETTERS}?))(?!\d|[.:]\d)"
    + (
        rf"(?:(?:{DASH}|{GAP}(?:{UNTIL}|{EACH}){GAP})(?P<day_last>\d{{1,2}}){_LETTERS}?(?!\d|[.:]\d|{GAP}(?:{MONTH})\b))?"
        rf"(?:,?{GAP}(?P<year_first>{_YEAR}))?"
    )
)
_SHORT_MONTH = rf"(?:{GAP}|{SLOT}(?=['’]))(?P<short_month>['’]?{_SHORT_YEAR})"
_MONTH_ONLY = rf"(?P<month>{_MONTH})(?:,?{SLOT}(?P<year_month>{_YEAR})|{_SHORT_MONTH})?"
_QUARTER = (
    rf"(?:(?P<quarter>{ORDINAL}){GAP}{of('quarter')}|Q(?P<q>[1-4])){_AFTER}(?:{_OF_YEAR}(?P<year_quarter>{_YEAR}))?"
)
_HALF = (
    rf"(?:(?P<half>{ORDINAL}){GAP}{of('half')}"
    rf"|H(?P<h>[12])(?=[ /]\d))"
    rf"{_AFTER}(?:{_OF_YEAR}(?P<year_half>{_YEAR})|{GAP}{of('of_the_year')})?"
)
_YEARS = (
    rf"{of('year')}{GAP}(?P<year_said>{_YEAR})"
    rf"|{_YEAR_CUE}{_YEAR_MORE}{GAP}(?P<year_cued>{_YEAR}){_NO_COUNT}"
    rf"|(?P<year_from>{_YEAR})(?={GAP}{UNTIL}{GAP}{_YEAR}{_NO_COUNT})"
)
ANY = re.compile(
    rf"{_BEFORE}(?=[^\W_])(?:(?=[1-4hq{ORDINAL_INITIALS}])(?:{_QUARTER}|{_HALF})"
    rf"|(?P<weekday>{WEEKDAY_BEFORE})?"
    rf"(?:(?=\d)(?:{_ISO}|{_LEADS}(?:{_DOTTED}|{_DAY_FIRST})|{_SLASHED})|{_MONTH_FIRST})|{_MONTH_ONLY}|{_YEARS})",
    re.I,
)

LABEL = re.compile(rf"(?:(?<![^\W_]){of('numbered')}\.?:?|§)[^\S\n]{{0,2}}$", re.I)
"""What numbers a thing: a figure behind it is no day."""

CUE = re.compile(rf"(?<![^\W_]){of('before_day')}[\s*_()]{{1,4}}$", re.I)
"""What shows a figure behind it to be a day."""

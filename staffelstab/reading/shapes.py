"""How a date or a period is written: one pattern for all notations. Every repetition is bounded, so that reading stays linear.

The notations stand in the order in which they are tried at one place. What matches but is no date ("31. Februar 2018") still
uses up its place, so that no piece of it ("Februar 2018") is taken for one.
"""

from __future__ import annotations

import re

from staffelstab.reading.months import MONTH, ORDINAL, WEEKDAY, WEEKDAY_SHORT

GAP = r"(?:[^\S\n]{1,3}(?:\n[^\S\n]{0,3})?|\n[^\S\n]{0,3})"  # white space, at most one line break, never an empty line
SLOT = rf"(?:{GAP})?"
STARS = r"[*_]{0,3}"
DASH = rf"[^\S\n]{{0,3}}[-–—−/]{SLOT}"  # a dash that begins a line is the mark of a list, not of a range
UNTIL = r"(?:bis|to|until|till|through|thru)"
EACH = r"(?:und|and|or|oder|sowie)"
ARTICLE = r"(?:den|dem|der|the)"

_BEFORE = r"(?<![^\W_])(?<![^\W_]_)(?<!\d[.,:])"  # nor in a file's name: "Urteil_2008-05-18.pdf"
_AFTER = r"(?![^\W_])"
_NO_WORD = r"(?![^\W_]|-(?!\d)[^\W_])"  # "Mai" but not "Maifeier" or "Mai-Demo"; "Mai-Juni" is told apart below
_ENDING = r"(?:\.|st|nd|rd|th)"
_YEAR = rf"(?:1[6-9]|20|21)\d\d(?![^\W_]|[.,/:-]\d|{GAP}(?:Uhr|hours|hrs|h)\b)"
_SHORT_YEAR = rf"\d\d(?![^\W_]|[.,:]\d|{GAP}(?:Uhr|hours|hrs|h|Euro|EUR)\b|[^\S\n]?[€%])"
_MONTH = rf"(?=[adfjmnos])(?:{MONTH})(?:\.(?!\d\d?\b)|(?=-(?:{MONTH})\b)|{_NO_WORD})"
WEEKDAY_BEFORE = rf"(?=[dfmstw])(?:(?:{WEEKDAY})s?|(?:{WEEKDAY_SHORT})(?=[.,]))\.?,?{GAP}(?:{ARTICLE}{GAP})?"
_LINK = rf"(?:{DASH}|{GAP}(?:{UNTIL}|{EACH})(?:{GAP}(?:zum|einschließlich))?{GAP}|(?<=\.),{GAP})"
_LEADS = rf"(?P<leads>(?:\d{{1,2}}{_ENDING}?{_LINK}(?:{WEEKDAY_BEFORE}|{ARTICLE}{GAP})?){{0,3}})"
_OF_YEAR = rf"(?:{GAP}|/|{GAP}(?:of|des{GAP}Jahres|of{GAP}the{GAP}year){GAP})"
_NO_COUNT = rf"(?!{GAP}(?:(?-i:[A-ZÄÖÜ])|[^\W\d_]{{3,20}}s\b))"  # "bis 2000 Mitglieder", "in 2000 households"
_YEAR_CUES_DE = "bis|ab|seit|von|zwischen|nach|für|anfang|mitte|ende"
_YEAR_CUES_EN = "in|by|until|since|during|from|to|through|between|after|for|early|mid|late"
_YEAR_CUE = rf"(?:{_YEAR_CUES_DE}|{_YEAR_CUES_EN})"
_YEAR_MORE = rf"(?:{GAP}(?:spätestens|zum|anfang|mitte|ende|the|end|of|beginning)){{0,3}}"

LEAD = re.compile(rf"(\d{{1,2}})({_ENDING}?)(?={_LINK})", re.I)

_ISO = r"(?<!-)(?P<iso>\d{4}-\d\d-\d\d)(?!\d|-|\.\d)"
_DOTTED = rf"(?P<dotted>\d{{1,2}}\.[^\S\n]?\d{{1,2}}\.)(?:[^\S\n]?(?P<year_dotted>{_YEAR})|(?P<short_dotted>{_SHORT_YEAR})|(?!\d))"
_SLASHED = rf"(?P<slashed>\d{{1,2}}/\d{{1,2}}/)(?P<year_slashed>{_YEAR})"
_DAY_FIRST = rf"(?P<day>\d{{1,2}})(?P<point>\.{SLOT}|(?:st|nd|rd|th)?{GAP}(?:of{GAP})?)(?P<month_day>{_MONTH})" + (
    rf"(?:,?{SLOT}(?P<year_day>{_YEAR})|{GAP}(?P<short_day>['’]?{_SHORT_YEAR}))?"
)
_MONTH_FIRST = (
    rf"(?P<month_first>{_MONTH}){GAP}(?:the{GAP})?(?P<days_first>\d{{1,2}}(?P<th>(?:st|nd|rd|th)?))(?!\d|[.:]\d)"
    + (
        rf"(?:(?:{DASH}|{GAP}(?:{UNTIL}|{EACH}){GAP})(?P<day_last>\d{{1,2}})(?:st|nd|rd|th)?(?!\d|[.:]\d|{GAP}(?:{MONTH})\b))?"
        rf"(?:,?{GAP}(?P<year_first>{_YEAR}))?"
    )
)
_SHORT_MONTH = rf"(?:{GAP}|{SLOT}(?=['’]))(?P<short_month>['’]?{_SHORT_YEAR})"
_MONTH_ONLY = rf"(?P<month>{_MONTH})(?:,?{SLOT}(?P<year_month>{_YEAR})|{_SHORT_MONTH})?"
_QUARTER = rf"(?:(?P<quarter>{ORDINAL}){GAP}(?:quartale?s?|quarter)|Q(?P<q>[1-4])){_AFTER}(?:{_OF_YEAR}(?P<year_quarter>{_YEAR}))?"
_HALF = (
    rf"(?:(?P<half>{ORDINAL}){GAP}(?:halbjahr(?:e?s)?|jahreshälfte|half(?={GAP}of{GAP}(?:the{GAP}year|\d)))"
    rf"|H(?P<h>[12])(?=[ /]\d))"
    rf"{_AFTER}(?:{_OF_YEAR}(?P<year_half>{_YEAR})|{GAP}of{GAP}the{GAP}year)?"
)
_YEARS = (
    rf"(?:jahr(?:e|es|s)?|year){GAP}(?P<year_said>{_YEAR})"
    rf"|{_YEAR_CUE}{_YEAR_MORE}{GAP}(?P<year_cued>{_YEAR}){_NO_COUNT}"
    rf"|(?P<year_from>{_YEAR})(?={GAP}{UNTIL}{GAP}{_YEAR}{_NO_COUNT})"
)
ANY = re.compile(
    rf"{_BEFORE}(?=[^\W_])(?:(?=[1-4defhiqstvz])(?:{_QUARTER}|{_HALF})"
    rf"|(?P<weekday>{WEEKDAY_BEFORE})?"
    rf"(?:(?=\d)(?:{_ISO}|{_LEADS}(?:{_DOTTED}|{_DAY_FIRST})|{_SLASHED})|{_MONTH_FIRST})|{_MONTH_ONLY}|{_YEARS})",
    re.I,
)

_NUMBERED = (
    r"§|art|artikel|article|abs|absatz|nr|no|num|ziff|ziffer|version|v|release|phase|kapitel|chapter|punkt|point|top|item|teil|part|"
    r"section|seite|page|pp?|s|antrag|motion|paragraph|anlage|annex|schritt|step|stufe|zeile|line|gruppe|group|raum|room|telefon|tel|fax"
)
LABEL = re.compile(rf"(?:(?<![^\W_])(?:{_NUMBERED})\.?:?|§)[^\S\n]{{0,2}}$", re.I)
CUE = re.compile(
    r"(?<![^\W_])(?:am|bis|zum|vom|von|ab|seit|den|dem|der|im|in|zwischen|und|spätestens|anfang|mitte|ende|monat|gegen|on|by|until|till|from|to|"
    r"of|since|before|after|between|and|through|during|early|mid|late|the|nach|vor|für|letzten|kommenden|nächsten)[\s*_()]{1,4}$",
    re.I,
)

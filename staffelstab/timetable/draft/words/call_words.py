"""The words of calls: who is called, what for, until when, and where papers go."""

from __future__ import annotations

import re

from staffelstab.timetable.vocabulary.words import any_of, whole


def _of(name: str) -> str:
    return f"(?:{any_of(f'calls.{name}')})"


CALL_NAME = whole("calls.name")
CALL = whole("calls.call")
UNTIL = re.compile(
    rf"\b{_of('until')}(?:\s+{_of('end_of_day')})?(?:\s+{_of('time_of_day')}(?:\s+{_of('behind_time')})?)?"
    rf"\s*{_of('until_weekday')}?[\s*_:]*{_of('until_article')}?\s*$",
    re.IGNORECASE,
)
"""What stands right before the day of a deadline."""

SCHLUSS = re.compile(
    rf"{_of('closing')}\s*:?\s*{_of('closing_is')}?\s*{_of('closing_on')}?\s*{_of('closing_weekday')}?\s*[*_]*$",
    re.IGNORECASE,
)
CLOSING = whole("calls.closing_line")
AGAIN = whole("calls.again")
CALLED = re.compile(
    rf"(?:^|[,;:.]\s*|\b{_of('that')}\s)(?P<who>[^.;:]{{3,160}}?)\s+{_of('are')}\s+(?:\w+ )?{_of('called')}\b",
    re.IGNORECASE,
)
ENTITLED = re.compile(
    rf"\b{_of('entitled')}\s+{_of('entitled_are')}\s+(?P<who>[^.;]{{3,200}})",
    re.IGNORECASE,
)
ADDRESS = re.compile(rf"\b{_of('address')}")
ADDRESS_SMALL = re.compile(rf"\b{_of('address_written_small')}")
ASKS = re.compile(rf"\b{_of('their')}\s+(?P<what>[^.;]{{3,160}}?)\s+{_of('about')}\b")

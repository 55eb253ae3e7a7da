"""The words of duties: coordinating, hearing, answering for, reporting."""

from __future__ import annotations

import re

from staffelstab.timetable.vocabulary.words import any_of, by_language, whole


def _of(name: str) -> str:
    return f"(?:{any_of(f'duties.{name}')})"


COORDINATION = whole("duties.coordination")
BY_WHOM = re.compile(rf"\b(?:{by_language('duties.by_whom')})")
_NAME = rf"[A-ZÄÖÜ][\w*-]+(?:\s(?:{_of('subject_link')}\s)?[A-ZÄÖÜ][\w*-]+)*"
SUBJECT = re.compile(rf"^(?:{any_of('sentences.subject_article')})\s+(?P<name>{_NAME})\s+(?:[a-zäöüß]+)\b")
COORDINATES_WHO = re.compile(by_language("duties.coordinates_who"))
"""Who coordinates, where the office stands behind the verb, or is written small."""

RESPONSIBLE = re.compile(by_language("duties.responsible"))
"""Who answers for a thing, in a sentence of its own."""

TAKES_OVER = whole("duties.takes_over")
VACANT_OFFICE = re.compile(by_language("duties.vacant_office"))
IS_WHOM = re.compile(rf"\b{_of('is')}\s{_of('is_article')}\s(?P<is>(?:[A-ZÄÖÜ][\w*-]+\s?){{1,3}})")
HEARING = whole("duties.hearing")
ATTEMPT = whole("duties.attempt")
WITH_WHOM = re.compile(
    rf"\b{_of('with')}\s+(?:{_of('with_article')}\s+)?(?P<who>[^.;:]{{3,160}}?)(?={_of('with_ends')}|[.;:]|$)"
)
ANSWER = whole("duties.answer")
DECIDE_LIST = re.compile(r":\s*(?P<list>[^:.]{5,200})\.?$")
REPORTS = whole("duties.reports")
EVERY_TIME = re.compile(
    rf"\b(?:{by_language('duties.every')}|(?P<often>{any_of('duties.often')})|(?P<month>{any_of('duties.monthly')})|"
    rf"(?P<week>{any_of('duties.weekly')}))\b",
    re.IGNORECASE,
)
VIEWS = re.compile(rf"\b{_of('views')}\s+{_of('views_of')}\s+(?P<who>[^.;]{{5,160}}?)\s+{_of('views_brought')}\b")

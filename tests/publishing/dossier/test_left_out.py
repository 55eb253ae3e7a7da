"""Every notice and every reason has its sentence in the dossier and its few words in the register, in both languages."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import get_args

import pytest

from staffelstab.documents.extraction.extracted_text import Notice, Reason
from staffelstab.publishing.dossier.left_out import by_name, for_the_board, remarks
from staffelstab.submissions.case.contents import Case, Cautions, PartLeftOut, Skipped
from staffelstab.submissions.sources.arrival import SkipReason
from staffelstab.timetable.plan.load import load_plan
from tests.conftest import at
from tests.year import CHOIR, PARTY

NOW = at("2018-01-10")
both_languages = pytest.mark.parametrize("place", [PARTY, CHOIR], ids=["de", "en"])


def case(place: Path, *about: Cautions, skipped: tuple[Skipped, ...] = (), now: dt.datetime = NOW) -> Case:
    """A case in which only this is to be told."""
    return Case(load_plan(place), now, about_sheets=about, skipped=skipped)


@pytest.mark.attack("M5")
@both_languages
@pytest.mark.parametrize("notice", get_args(Notice))
def test_every_notice_is_told(place: Path, notice: str) -> None:
    told = case(place, Cautions("B03", (notice,)), Cautions("B07", (notice,)))
    words = told.plan.words
    sentence = words.say(f"intake.notice.{notice}")

    assert for_the_board(told) == [f"B03, B07: {sentence}"]
    assert by_name(told, {}) == [f"B03: {sentence}", f"B07: {sentence}"]
    assert remarks(words, (notice,), ()) == ([] if notice == "ocr" else [words.say(f"intake.remark.{notice}")])


@pytest.mark.attack("H2")
@both_languages
@pytest.mark.parametrize("reason", get_args(Reason))
def test_every_part_that_was_not_read_is_told(place: Path, reason: str) -> None:
    parts = (PartLeftOut("Erika.exe", reason), PartLeftOut("b.exe", reason))
    told = case(place, Cautions("B03", (), parts))
    words = told.plan.words
    sentence = words.say(f"intake.reason.{reason}")

    [board] = for_the_board(told)
    assert board.startswith("B03: ")
    assert board.endswith(f"(2). {sentence}")
    assert "Erika" not in board
    assert by_name(told, {}) == [f"B03, {words.quoted(name)}: {sentence}" for name in ("Erika.exe", "b.exe")]
    assert remarks(words, (), parts) == [words.say("intake.parts_left_out", n=2)]


@pytest.mark.attack("H2")
@both_languages
@pytest.mark.parametrize("reason", get_args(SkipReason))
def test_everything_that_was_not_taken_is_told(place: Path, reason: str) -> None:
    told = case(place, skipped=(Skipped(reason, 3, "needs"),))
    words = told.plan.words

    [sentence] = for_the_board(told)
    assert words.say("records.folders.needs") in sentence
    assert "(3)" in sentence
    assert sentence.endswith(words.say(f"intake.skipped.{reason}"))


def test_where_there_is_nothing_to_tell_nothing_is_told() -> None:
    assert for_the_board(case(PARTY, Cautions("B01"))) == []

"""The words by which text is read: the same keys in every language, and how they become parts of patterns."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping

import pytest

from staffelstab.language import LANGUAGES
from staffelstab.timetable.draft.words.actor_words import GROUP
from staffelstab.timetable.draft.words.unit_words import is_before, unit_of
from staffelstab.timetable.vocabulary.words import (
    FOLDER,
    NEVER,
    any_of,
    anywhere,
    by_language,
    counted,
    has,
    initials,
    joined,
    spoken,
    text,
    whole,
    words,
)

SUBJECTS = sorted(path.stem for path in (FOLDER / "de").glob("*.toml"))


def entries(language: str, subject: str) -> Mapping[str, object]:
    """What one file says, its tables unfolded: "lists.and"."""
    return dict(_unfolded(tomllib.loads((FOLDER / language / f"{subject}.toml").read_text(encoding="utf-8"))))


def _unfolded(node: Mapping[str, object], before: str = "") -> Iterator[tuple[str, object]]:
    for key, value in node.items():
        if isinstance(value, Mapping):
            yield from _unfolded(value, f"{before}{key}.")
        else:
            yield f"{before}{key}", value


def shape(value: object) -> object:
    """What must be equal in all languages: of a list its length, of anything else its type."""
    return len(value) if isinstance(value, list) else type(value).__name__


def test_every_language_has_a_folder_with_every_subject() -> None:
    found = {path.name: sorted(file.stem for file in path.glob("*.toml")) for path in FOLDER.iterdir() if path.is_dir()}
    found.pop("__pycache__", None)
    assert found == dict.fromkeys(LANGUAGES, SUBJECTS)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("subject", SUBJECTS)
def test_every_language_answers_the_same_questions(subject: str, language: str) -> None:
    original = {key: shape(value) for key, value in entries("de", subject).items()}
    assert {key: shape(value) for key, value in entries(language, subject).items()} == original


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("subject", SUBJECTS)
def test_every_alternative_is_a_pattern_of_its_own(subject: str, language: str) -> None:
    for key, value in entries(language, subject).items():
        alternatives = words(f"{subject}.{key}", language) if isinstance(value, str) else ()
        for alternative in alternatives:
            re.compile(alternative)
        assert not any(re.fullmatch(alternative, "") for alternative in alternatives if alternative), key


def test_a_pattern_holds_the_words_of_all_languages_or_of_some() -> None:
    assert any_of("dates.until") == "bis|to|until|till|through|thru"
    assert any_of("dates.until", "de") == "bis"
    assert any_of("dates.of_year", space=r"\s") == r"des\sJahres|of|of\sthe\syear"


def test_without_a_word_a_pattern_matches_nothing() -> None:
    assert any_of("dates.street", "en") == joined(()) == NEVER
    assert not re.search(f"(?:{NEVER})", "anything or nothing")


def test_a_word_that_two_languages_have_stands_in_a_pattern_once() -> None:
    assert any_of("dates.clock").split("|").count("h") == 1


def test_what_counts_is_put_together_place_by_place() -> None:
    may, june = counted("dates.months")[4:6]
    assert (may, june) == (("mai", "may"), ("juni", "jun", "june", "jun"))
    assert counted("dates.months", "en")[4] == ("may",)


def test_one_key_may_speak_of_another() -> None:
    to_do = next(pattern for pattern in words("strength.must", "de") if "ist|sind|hat" in pattern)
    assert "@" not in to_do
    assert re.search(to_do, "Die Frist ist bis Mai einzuhalten", re.IGNORECASE)


def test_groups_are_told_apart_by_language() -> None:
    occasion = re.compile(by_language("events.occasion"))
    assert occasion.groupindex == {"de": 1, "en": 2}
    every = re.compile(by_language("duties.every"), re.IGNORECASE)
    assert [every.fullmatch(said) is not None for said in ("alle zwei Wochen", "every four weeks")] == [True, True]
    assert every.groupindex == {"n_de": 1, "de": 2, "n_en": 3, "en": 4}
    found = [every.fullmatch(said) for said in ("alle zwei Wochen", "every four weeks", "every week")]
    assert [(spoken(one, "n"), spoken(one)) for one in found if one] == [
        ("zwei", "Wochen"),
        ("four", "weeks"),
        ("", "week"),
    ]


def test_units_and_sides_are_told_from_words() -> None:
    words_ = ("Tage", "tagen", "Werktage", "working days", "weeks", "Woche", "Monaten", "years")
    assert [unit_of(word) for word in words_] == [
        "day",
        "day",
        "working_day",
        "working_day",
        "week",
        "week",
        "month",
        "year",
    ]
    assert [is_before(word) for word in ("vor", "Before", "nach", "after")] == [True, True, False, False]
    with pytest.raises(ValueError, match="no unit: Ewigkeit"):
        unit_of("Ewigkeit")


def test_a_word_stands_anywhere_or_by_itself() -> None:
    assert anywhere("sheet.adopted").search("Die Unbeschlossenen")
    assert not whole("sheet.adopted").search("Die Unbeschlossenen")
    assert whole("sheet.adopted", "en").search("Carried by five votes to one.")
    assert not whole("sheet.adopted", "de").search("Carried by five votes to one.")


def test_groups_of_one_kind_are_known_with_and_without_a_word_before_them() -> None:
    said = "Verbände, Kreisverbände, Stadt-/Kreisverbände, parish councils und Zusammenschlüssen, nicht Verbandstage"
    assert [found[0] for found in GROUP.finditer(said)] == [
        "Verbände",
        "Kreisverbände",
        "Stadt-/Kreisverbände",
        "parish councils",
        "Zusammenschlüssen",
    ]


def test_first_letters_and_plain_answers() -> None:
    assert initials(("mai", "may", "april")) == "am"
    assert [has("dates.nouns_capitalised", language) for language in LANGUAGES] == [True, False]
    assert text("dates.figures_behind_month", "en") == "day"


@pytest.mark.parametrize("key", ["dates.nowhere", "dates", "sentences.lists.nowhere", "dates.until.deeper"])
def test_an_unknown_key_is_a_mistake_of_ours(key: str) -> None:
    with pytest.raises(KeyError):
        any_of(key)

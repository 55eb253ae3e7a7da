"""Each recipe of docs/extending.md is followed in a copy of the repository, and what it adds works there in both languages."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.recipes.document import followed, ran, recipes
from tests.recipes.exercises import write_plan

pytestmark = pytest.mark.slow


def exercised(tree: Path, name: str) -> Any:
    """What came of an exercise in a copy, by language."""
    done = ran(tree, "-m", "tests.recipes.exercises", name)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def pages(text: str) -> list[str]:
    """A dossier by its chapters, each beginning with its heading."""
    return re.split(r"^# ", text, flags=re.MULTILINE)


def test_the_page_has_a_recipe_for_each_way_to_extend_the_product() -> None:
    assert list(recipes()) == [
        "A kind of phase",
        "A way in for submissions",
        "An output format",
        "A letter",
        "A rule of the check",
        "A language",
    ]


def test_a_new_kind_of_phase_runs_through_the_daily_pass_and_hands_over(tmp_path: Path) -> None:
    tree = followed("A kind of phase", tmp_path / "tree")
    words = {
        "de": ("Was die Beteiligten sagen", "Bisher hat sich niemand", "Noch niemand hat gesagt", "Rückmeldungen | 1"),
        "en": ("What those who took part say", "Nobody has said anything", "Nobody has said yet", "replies | 1"),
    }

    for language, found in exercised(tree, "kind").items():
        heading, nobody, note, count = words[language]
        [silent] = [page for page in pages(found["silent"]) if page.startswith(heading)]
        [heard] = [page for page in pages(found["heard"]) if page.startswith(heading)]
        assert nobody in silent
        assert note in found["silent"]
        assert "A second tap." in heard
        assert nobody not in heard
        assert note not in found["heard"]
        assert count in re.sub(" +", " ", found["overview"])
        assert len(found["batons"]) == 1

    asked = ("tests/phases/test_registry.py", "-k", "retrospect or same_kinds")
    complete = ran(tree, "-m", "pytest", "-q", "-p", "no:cacheprovider", *asked)
    assert complete.returncode == 0, complete.stdout
    assert '"retrospect"' in (tree / "docs/plan.schema.json").read_text(encoding="utf-8")


def test_a_new_way_in_brings_submissions_with_its_own_moment_of_arrival(tmp_path: Path) -> None:
    tree = followed("A way in for submissions", tmp_path / "tree")

    for found in exercised(tree, "source").values():
        assert found == {
            "A second tap.": ["2027-03-15T09:00:00+01:00", False],
            "A third tap.": ["2027-03-13T08:00:00+01:00", True],
        }


def test_a_new_output_format_is_written(tmp_path: Path) -> None:
    tree = followed("An output format", tmp_path / "tree")
    said = {"de": "Register der Beiträge\n\nDer Aufruf läuft", "en": "Register of papers\n\nThe call is open"}

    for language, found in exercised(tree, "output").items():
        assert list(found) == ["dossier.txt"]
        assert said[language] in found["dossier.txt"]
        assert "# " not in found["dossier.txt"]


def test_a_new_letter_lies_in_the_outbox(tmp_path: Path) -> None:
    tree = followed("A letter", tmp_path / "tree")
    found = exercised(tree, "letter")

    assert {language: mail["subject"] for language, mail in found.items()} == {
        "de": "Danke für eure Beiträge: Water for the gardens",
        "en": "Thank you for your contributions: Water for the gardens",
    }
    assert "Eingegangen ist ein Beitrag." in " ".join(found["de"]["text"].split())
    assert "One contribution has come in." in " ".join(found["en"]["text"].split())
    assert {mail["to"] for mail in found.values()} == {"Secretary:;"}


def test_a_new_rule_finds_what_it_is_for(tmp_path: Path) -> None:
    tree = followed("A rule of the check", tmp_path / "tree")
    said = {"de": "„What do you need?“ läuft nur 9 Tage.", "en": "“What do you need?” is open for 9 days only."}

    for language, sentence in said.items():
        plan = write_plan(tree / f"plan-{language}", language) / "plan.toml"
        checked = ran(tree, "-m", "commands.main", "check", str(plan), "--json")
        assert checked.returncode in {0, 1}, checked.stderr
        [finding] = [item for item in json.loads(checked.stdout)["findings"] if item["code"] == "short_call"]
        assert (finding["severity"], finding["path"], finding["text"]) == ("may", "$.calls[0].deadline", sentence)

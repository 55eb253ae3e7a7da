"""The recipe for a language: two folders, nothing in code. Dutch, as far as this small text needs it."""

from __future__ import annotations

import json
import subprocess
import tomllib
from pathlib import Path

import pytest

from tests.recipes.document import followed, ran

pytestmark = pytest.mark.slow

TEXT = """Tuinvereniging Morgenzon

Nieuwe regels voor de tuinen

Besluit van het Bestuur van 4 februari 2025

Het Bestuur stelt vast hoe de regels van de vereniging worden geschreven.

Fase 1: Verzamelen

10 februari 2025 tot 28 maart 2025

De secretaris moet de leden van de tuinen op tijd vragen. De secretaris rapporteert elke twee weken.

Fase 2: Schrijven

31 maart 2025 tot 23 mei 2025

Het Bestuur kan de regels van een jurist laten lezen. Op de vergadering van het Bestuur op 16 mei 2025 worden de regels besproken.
"""
COMPILE = """
import datetime as dt
from pathlib import Path
from staffelstab.service import compile_dossier as compiling
from staffelstab.service.phase_run import Run, open_run
from staffelstab.service.survey import gather_case, survey_of
from staffelstab.workspace import create

now = dt.datetime(2025, 2, 20, 12, tzinfo=dt.UTC)
create(Path("plan"), Path("akte"), now=now)
begun = open_run(Path("akte"), now)
run = Run(begun.workspace, begun.plan, begun.now, begun.plan.phase(1))
case = gather_case(run)
compiling.DRAFTS = compiling.REPORTS = ("md", "html")
print(compiling.compile_dossier(run, case, survey_of(run, case)).folder)
"""


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the repository to which the language was added."""
    root = followed("A language", tmp_path_factory.mktemp("language") / "tree")
    (root / "plan").mkdir()
    (root / "besluit.txt").write_text(TEXT, encoding="utf-8")
    return root


def dutch(tree: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """A run of Python in the copied tree, for somebody who reads Dutch."""
    return ran(tree, *arguments, language="nl")


def test_a_text_in_a_new_language_is_drafted_checked_and_compiled(tree: Path) -> None:
    drafted = dutch(tree, "-m", "commands.main", "draft", "besluit.txt", "--out", "plan/plan.toml")
    assert drafted.returncode == 0, drafted.stderr
    plan = tomllib.loads((tree / "plan/plan.toml").read_text(encoding="utf-8"))
    assert (plan["language"], plan["country"], plan["timezone"]) == ("nl", "NL", "Europe/Amsterdam")
    assert (plan["organisation"], str(plan["resolution"]["date"])) == ("Tuinvereniging Morgenzon", "2025-02-04")
    assert [(phase["name"], str(phase["start"]), str(phase["end"])) for phase in plan["phases"]] == [
        ("Verzamelen", "2025-02-10", "2025-03-28"),
        ("Schrijven", "2025-03-31", "2025-05-23"),
    ]
    assert [(body["id"], body["name"]) for body in plan["bodies"]] == [("bestuur", "Bestuur")]
    assert [(item["body"], str(item["date"]), item["item"]) for item in plan["sessions"]] == [
        ("bestuur", "2025-05-16", "review")
    ]
    assert plan["reports"]["every"] == "P2W"

    checked = dutch(tree, "-m", "commands.main", "check", "plan/plan.toml", "--json")
    assert checked.returncode in {0, 1}, checked.stderr
    assert "quote_not_there" not in {finding["code"] for finding in json.loads(checked.stdout)["findings"]}

    compiled = dutch(tree, "-c", COMPILE)
    assert compiled.returncode == 0, compiled.stderr
    [dossier] = (tree / compiled.stdout.strip()).glob("*.md")
    assert "maart 2025" in dossier.read_text(encoding="utf-8")


def test_a_sentence_of_a_new_language_binds_as_it_says(tree: Path) -> None:
    ask = "from staffelstab.timetable.reading.strength import strength_of as s; print(s({!r}), s({!r}), s({!r}))"
    said = dutch(
        tree, "-c", ask.format("De secretaris moet de leden vragen.", "Het Bestuur kan wachten.", "Es muss sein.")
    )
    assert said.stdout.split() == ["must", "may", "must"], said.stderr


def test_the_tests_of_every_language_ask_the_new_one_too(tree: Path) -> None:
    asked = ("tests/test_repository.py", "tests/timetable/vocabulary", "tests/timetable/plan/test_json_schema.py")
    done = dutch(
        tree, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-rN", *asked, "-k", "nl or every_language or committed"
    )
    assert done.returncode == 0, done.stdout

"""A new language is a folder of templates and a folder of words, nothing in code: Dutch, as far as this small text needs it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import tomlkit

from tests.conftest import ROOT

FORMS: dict[str, object] = {
    "locale": "nl_NL",
    "months": [
        *("januari", "februari", "maart", "april", "mei", "juni"),
        *("juli", "augustus", "september", "oktober", "november", "december"),
    ],
    "short_day": "%d-%m-%Y",
    "conjunction": "en",
    "holidays": "nl",
    "stemmer": "dutch",
    "time_zone": "Europe/Amsterdam",
    "country": "NL",
}
WORDS: dict[str, dict[str, object]] = {
    "dates": {
        "months": [
            "januari jan",
            "februari feb",
            "maart mrt",
            "april apr",
            "mei",
            "juni jun",
            "juli jul",
            "augustus aug",
            "september sep",
            "oktober okt",
            "november nov",
            "december dec",
        ],
        "until": "tot",
        "by": "uiterlijk",
        "article": "de het",
    },
    "sentences": {"small_words": "de het een van en op voor dat worden"},
    "strength": {"marks": "de het een van en op voor", "must": "moet moeten", "may": "kan kunnen"},
    "phases": {"stage": "fase"},
    "actors": {"bodies": "Bestuur", "office": "secretaris penningmeester"},
    "sheet": {"head": "besluit", "resolves": "stelt~vast", "organisation": r"\w*vereniging"},
    "meetings": {"meeting": "vergadering"},
    "numbers": {
        "numbers": [
            "nul",
            "een",
            "twee",
            "drie",
            "vier",
            "vijf",
            "zes",
            "zeven",
            "acht",
            "negen",
            "tien",
            "elf",
            "twaalf",
        ],
        "week": "weken?",
    },
    "duties": {
        "reports": "rapporteert",
        "every": r"elke\s+(?:(?P<n>\d{1,4}|@numbers.numbers)\s+)?(?P<_>dag|dagen|weken?)",
    },
}
TEXT = """Tuinvereniging Morgenzon

Nieuwe regels voor de tuinen

Besluit van het Bestuur van 4 februari 2025

Het Bestuur stelt vast hoe de regels van de vereniging worden geschreven.

Fase 1: Verzamelen

10 februari 2025 tot 28 maart 2025

De secretaris moet de leden van de tuinen op tijd vragen. De secretaris rapporteert elke twee weken.

Fase 2: Schrijven

31 maart 2025 tot 23 mei 2025

Het Bestuur kan de regels van een jurist laten lezen.
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
    """A copy of the product to which one language was added: copies of the English files, some of their words changed."""
    root = tmp_path_factory.mktemp("tree")
    for name in ("commands", "staffelstab", "templates"):
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(root / "templates/en", root / "templates/nl")
    shutil.copytree(root / "staffelstab/timetable/vocabulary/en", root / "staffelstab/timetable/vocabulary/nl")
    _change(root / "templates/nl/language.toml", FORMS)
    for subject, entries in WORDS.items():
        _change(root / f"staffelstab/timetable/vocabulary/nl/{subject}.toml", entries)
    (root / "plan").mkdir()
    (root / "besluit.txt").write_text(TEXT, encoding="utf-8")
    return root


def _change(file: Path, entries: dict[str, object]) -> None:
    document = tomlkit.parse(file.read_text(encoding="utf-8"))
    assert entries.keys() <= document.keys()
    document.update(entries)
    file.write_text(tomlkit.dumps(document), encoding="utf-8")


def ran(tree: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """A run of Python in the copied tree."""
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=tree,
        env=os.environ | {"PYTHONPATH": str(tree), "STAFFELSTAB_LANGUAGE": "nl"},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_text_in_a_new_language_is_drafted_checked_and_compiled(tree: Path) -> None:
    drafted = ran(tree, "-m", "commands.main", "draft", "besluit.txt", "--out", "plan/plan.toml")
    assert drafted.returncode == 0, drafted.stderr
    plan = tomllib.loads((tree / "plan/plan.toml").read_text(encoding="utf-8"))
    assert (plan["language"], plan["country"], plan["timezone"]) == ("nl", "NL", "Europe/Amsterdam")
    assert (plan["organisation"], str(plan["resolution"]["date"])) == ("Tuinvereniging Morgenzon", "2025-02-04")
    assert [(phase["name"], str(phase["start"]), str(phase["end"])) for phase in plan["phases"]] == [
        ("Verzamelen", "2025-02-10", "2025-03-28"),
        ("Schrijven", "2025-03-31", "2025-05-23"),
    ]
    assert plan["reports"]["every"] == "P2W"

    checked = ran(tree, "-m", "commands.main", "check", "plan/plan.toml", "--json")
    assert checked.returncode in {0, 1}, checked.stderr
    assert "quote_not_there" not in {finding["code"] for finding in json.loads(checked.stdout)["findings"]}

    compiled = ran(tree, "-c", COMPILE)
    assert compiled.returncode == 0, compiled.stderr
    [dossier] = (tree / compiled.stdout.strip()).glob("*.md")
    assert "maart 2025" in dossier.read_text(encoding="utf-8")


def test_a_sentence_of_a_new_language_binds_as_it_says(tree: Path) -> None:
    ask = "from staffelstab.timetable.reading.strength import strength_of as s; print(s({!r}), s({!r}), s({!r}))"
    said = ran(
        tree, "-c", ask.format("De secretaris moet de leden vragen.", "Het Bestuur kan wachten.", "Es muss sein.")
    )
    assert said.stdout.split() == ["must", "may", "must"], said.stderr

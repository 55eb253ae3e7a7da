"""January of the example, played again and again: always the same bytes; nothing private in Prefect; what goes wrong is said."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from staffelstab.workspace import find
from tests.acceptance.cli import PARTY, rehearsed, rehearsed_here, said
from tests.acceptance.outputs import deliverables, journal, table

pytestmark = [pytest.mark.server, pytest.mark.slow, pytest.mark.xdist_group("january")]

SENTENCE = "Der Leuchtturmwärter zählt heimlich siebzehn Kanarienvögel."
NAME = "Philomena Zwitscherlich"
CANARY = f"""From: {NAME} <philomena@zwitscherlich.example>
To: Wahlkampfmanager <wkm@example.org>
Subject: Beitrag von {NAME}
Date: Wed, 10 Jan 2018 10:00:00 +0100
MIME-Version: 1.0
Content-Type: text/plain; charset="utf-8"
Content-Transfer-Encoding: 8bit

{SENTENCE}

Viele Grüße
{NAME}
"""


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example with one paper more: a name and a sentence that must not leave ledger and dossiers."""
    folder = tmp_path_factory.mktemp("example") / "plan"
    shutil.copytree(PARTY, folder)
    paper = f"beitraege/{NAME}.eml"
    (folder / "inbox" / paper).write_text(CANARY, encoding="utf-8")
    with (folder / "arrivals.csv").open("a", encoding="utf-8") as arrivals:
        arrivals.write(f"{paper};2018-01-10 10:00:00\n")
    return folder


@pytest.fixture(scope="module")
def january(place: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Played until the day after the first session."""
    return rehearsed(place, tmp_path_factory.mktemp("january") / "january", "--until", "2018-01-20")


# -- the same again ----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def again(place: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same once more: elsewhere in the world, under another name, with other hashes of strings."""
    world = {"TZ": "Pacific/Auckland", "PYTHONHASHSEED": "7", "LANG": "C", "LC_ALL": "C"}
    return rehearsed(place, tmp_path_factory.mktemp("elsewhere") / "wieder", "--until", "2018-01-20", **world)


def test_played_twice_every_document_has_the_same_bytes(january: Path, again: Path) -> None:
    once = deliverables(january)
    assert {name.split("/")[0] for name in once} == {"sessions", "batons", "calendar", "outbox", "index.html"}
    assert deliverables(again) == once


def test_played_twice_the_journal_is_the_same_to_its_last_hash(january: Path, again: Path) -> None:
    assert journal(again) == journal(january)


# -- nothing private in Prefect ----------------------------------------------------------------------------------------


def spellings(text: str) -> tuple[bytes, ...]:
    """A text and each of its words of some length, as they may lie in a file: plain, and escaped by JSON."""
    parts = [text, *re.findall(r"\w{9,}", text)]
    return tuple({spelt for part in parts for spelt in (part.encode(), part.encode("unicode_escape"))})


def holders(folder: Path, needles: tuple[bytes, ...]) -> list[str]:
    """Every file below `folder` in which one of the needles is found, lower case or not."""
    wanted = [needle.lower() for needle in needles]
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return [str(path) for path in files if any(needle in path.read_bytes().lower() for needle in wanted)]


def prefect_home(out: Path) -> Path:
    """Where the rehearsal's server kept its database and logs."""
    return out.with_name(f".{out.name}-prefect")


def test_the_paper_was_read_and_is_printed(january: Path) -> None:
    assert [row["text"] for row in table(january, "0-call", "passages") if "Kanarienvögel" in row["text"]] == [SENTENCE]
    assert holders(january / "sessions", spellings(SENTENCE)) != []


def test_prefect_never_hears_of_a_name_or_a_sentence(january: Path) -> None:
    home = prefect_home(january)
    assert {"prefect.db", "server.log"} <= {path.name for path in home.rglob("*")}
    assert holders(home, (*spellings(SENTENCE), *spellings(NAME))) == []


def test_the_search_would_find_what_prefect_does_know(january: Path) -> None:
    assert holders(prefect_home(january), spellings("Phase 0: Take-Off · 12. Januar 2018")) != []


def test_the_journal_itself_names_nobody(january: Path) -> None:
    lines = " ".join(str(entry) for entry in journal(january)).encode().lower()
    assert [needle for needle in (*spellings(SENTENCE), *spellings(NAME)) if needle.lower() in lines] == []


def test_what_is_said_while_it_runs_names_nobody(january: Path) -> None:
    assert [needle for needle in (*spellings(SENTENCE), *spellings(NAME)) if needle in said(january).encode()] == []


def test_what_is_to_come_is_said_before_anything_else(january: Path) -> None:
    first, second, *_ = said(january).splitlines()
    begins = re.match(r"Durchgespielt werden (\d+) Läufe, der letzte am 19\. Januar 2018\.", first)
    assert begins is not None
    assert second.startswith(f"15.12.2017  1/{begins[1]}  ")


# -- sabotage ----------------------------------------------------------------------------------------------------------


def report(out: Path) -> str:
    """The report's text."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", (out / "index.html").read_text(encoding="utf-8")))


@pytest.fixture(scope="module")
def bad_january(place: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Papers too late, one of them damaged, and the run that freezes the dossier killed in the middle."""
    acts = [word for name in ("late", "unreadable", "killed") for word in ("--sabotage", name)]
    return rehearsed_here(place, tmp_path_factory.mktemp("bad") / "bad", "--until", "2018-01-20", *acts)


def test_the_report_says_what_went_wrong_on_purpose(bad_january: Path) -> None:
    expected = (
        "Ein Drittel der Beiträge kommt zu spät. Ein Beitrag ist beschädigt. Ein Lauf wird mittendrin abgebrochen."
    )
    assert expected in report(bad_january)


def test_late_papers_are_taken_in_and_marked(january: Path, bad_january: Path) -> None:
    """One paper comes in twice; its first copy being damaged, the second is a paper of its own."""
    registers = [table(out, "0-call", "register") for out in (january, bad_january)]
    assert [len(rows) for rows in registers] == [17, 18]
    assert [sum(row["late"] == "yes" for row in rows) for rows in registers] == [1, 7]


def test_a_damaged_paper_is_kept_counts_and_is_reported(bad_january: Path) -> None:
    damaged = [row for row in table(bad_january, "0-call", "register") if row["status"] == "unreadable"]
    assert len(damaged) == 1
    assert "1 Datei lässt sich nicht lesen; sie ist sicher abgelegt und zählt als eingegangen." in report(bad_january)
    assert damaged[0]["ref"] in (bad_january / "sessions/2018-01-19/dossier.md").read_text(encoding="utf-8")


def test_a_killed_run_loses_nothing_and_does_nothing_twice(bad_january: Path) -> None:
    keys = [entry.key for entry in journal(bad_january) if entry.key]
    assert len(keys) == len(set(keys))
    frozen = [entry.subject for entry in journal(bad_january, "frozen")]
    letters = [entry.facts["occasion"] for entry in journal(bad_january, "letter")]
    assert (frozen, letters.count("papers")) == (["lv-2018-01-19"], 1)
    with find(bad_january).open(read_only=True) as ledger:
        assert ledger.verify() == []


@pytest.fixture(scope="module")
def quiet_march(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Half of the associations never answer, and nine days before the first session nothing runs."""
    acts = ["--sabotage", "silent", "--sabotage", "standstill"]
    return rehearsed_here(PARTY, tmp_path_factory.mktemp("quiet") / "quiet", "--until", "2018-03-10", *acts)


def test_after_a_standstill_everything_is_caught_up_with_and_what_was_missed_is_said(quiet_march: Path) -> None:
    page = report(quiet_march)
    assert "Die Hälfte der Gliederungen antwortet nicht. Neun Tage lang läuft nichts." in page
    assert "Die Vorlage für die Sitzung am 19. Januar 2018 steht erst jetzt fest, nach dem Sitzungstag." in page
    missed = [entry.facts["missed"] for entry in journal(quiet_march, "pass") if entry.facts["missed"]]
    assert missed == [["2018-01-17 papers_due", "2018-01-19 session"]]
    assert [entry.facts["late"] for entry in journal(quiet_march, "frozen")] == [True, False]


def test_who_never_answered_is_named_as_not_heard(quiet_march: Path) -> None:
    dossier = (quiet_march / "sessions/2018-03-09/dossier.md").read_text(encoding="utf-8").replace("\\", "")
    unheard = dossier.split("Wer nicht gehört wurde", 1)[1].split("\n# ", 1)[0]
    silent = ("Bautzen", "Dresden", "Görlitz", "Meißen", "Nordsachsen", "Vogtland", "Zwickau")
    assert [name for name in silent if name not in unheard] == []
    heard = {row["sender"] for row in table(quiet_march, "1-analysis", "minutes")}
    assert heard.isdisjoint({"bautzen", "dresden", "goerlitz", "meissen", "nordsachsen", "vogtland", "zwickau"})

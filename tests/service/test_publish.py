"""Publishing: the concept and the kit lie in `publication/` once the concept is adopted, and not an hour before."""

from __future__ import annotations

import datetime as dt
import stat
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest

from staffelstab.documents.rendering.render import FORMATS
from staffelstab.phases.kinds.publication import published
from staffelstab.publishing.calendar.editions import editions
from staffelstab.publishing.outbox.publication_kit import publication_kit
from staffelstab.service.confirm_dates import confirm
from staffelstab.service.phase_run import Run
from staffelstab.service.publish import publish
from staffelstab.submissions.case.contents import Case
from staffelstab.timetable.amend.authority import Authority
from staffelstab.timetable.plan.model import Plan
from staffelstab.workspace import find
from tests.conftest import at
from tests.publishing.outbox.cases import example, whole_case
from tests.service.small_folder import folder, run_at

DESK = "2018-09-14 07:00:00"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A working folder in which the session was confirmed once, so that calendars have two editions of it."""
    root = folder(tmp_path / "akte")
    confirm(run_at(root, "2018-01-20 10:00"), "lv-2018-08-17", dt.date(2018, 8, 17), Authority("landesvorstand"))
    return root


def publishing(root: Path, case: Case, phase: int = 6) -> tuple[str, ...]:
    """What the step says that it wrote."""
    run = run_at(root, DESK, phase)
    return publish(Run(run.workspace, case.plan, run.now, run.phase), case, published(case, run.of))


def written(root: Path) -> dict[str, bytes]:
    """What lies in the folder for everybody."""
    place = find(root).publication
    return {path.relative_to(place).as_posix(): path.read_bytes() for path in place.rglob("*") if path.is_file()}


def test_nothing_is_published_before_the_concept_is_adopted(root: Path) -> None:
    assert publishing(root, whole_case("2018-08-17 22:00:00")) == ()
    assert written(root) == {}


def test_the_concept_in_every_format_and_the_kit(root: Path) -> None:
    case = whole_case(DESK)
    names = publishing(root, case)

    files = written(root)
    changes = find(root).changes(at(DESK))
    kit = publication_kit(case, published(case, case.plan.phase(6)).content, editions(root, changes))
    assert len(changes) == 1
    assert set(names) == set(files)
    assert names == (*(f"konzept.{ending}" for ending in ("md", "html", "pdf", "docx", "odt")), *kit)
    assert set(FORMATS) == {"md", "html", "pdf", "docx", "odt"}
    assert {name: files[name] for name in kit} == kit
    assert kit != publication_kit(case, published(case, case.plan.phase(6)).content)


def test_the_concept_says_what_was_adopted_when_and_by_whom(root: Path) -> None:
    publishing(root, whole_case(DESK))

    concept = written(root)["konzept.md"].decode()
    page = written(root)["konzept.html"].decode()
    assert concept.split("\n\n")[:4] == [
        "# Konzept",
        f"Erarbeitet nach dem Beschluss „{example().title}“",
        f"{example().organisation}, 14. September 2018",
        "Beschlossen am 17. August 2018 bei 3 Enthaltungen.",
    ], "nothing marks it as a draft"
    assert "Jedes neue Mitglied wird angerufen" in concept
    assert "# Wiedervorlage" in concept
    assert '<html lang="de"' in page.replace(' xmlns="http://www.w3.org/1999/xhtml"', "")
    assert f"Erarbeitet nach dem Beschluss „{example().title}“" in page
    assert example().organisation in page


def english() -> Plan:
    """The example's plan in English."""
    return msgspec.structs.replace(example(), language="en")


def test_an_english_plan_publishes_an_english_concept(root: Path) -> None:
    case = whole_case(DESK)
    names = publishing(root, Case(english(), case.now, papers=case.papers, decisions=case.decisions))

    assert names[0] == "text.md"
    assert '<html lang="en"' in written(root)["text.html"].decode()


def test_published_again_it_is_the_same_to_the_last_byte(root: Path) -> None:
    publishing(root, whole_case(DESK))
    once = written(root)
    publishing(root, whole_case(DESK))
    assert written(root) == once


def test_only_the_owner_reads_the_folder_until_it_is_passed_on(root: Path) -> None:
    publishing(root, whole_case(DESK))
    modes = {stat.S_IMODE(path.stat().st_mode) for path in find(root).publication.rglob("*") if path.is_file()}
    assert modes == {0o600}


def sources_told(root: Path, case: Case) -> str:
    """The last sentences of the published text: what it came from."""
    publishing(root, case)
    return (find(root).publication / "konzept.md").read_text(encoding="utf-8").strip().splitlines()[-1]


def test_the_concept_says_that_all_goes_back_to_voices_only_where_it_does(root: Path) -> None:
    case = whole_case(DESK)
    assert sources_told(root, case).endswith(
        "Jeder Absatz lässt sich auf die Stimmen zurückführen, aus denen er entstanden ist; die Nachweise liegen bei den Akten."
    )

    [kept, last] = case.concept
    case = replace(case, concept=(kept, replace(last, sources=())))
    assert sources_told(root, case).endswith(
        "1 von 2 Absätzen lässt sich auf Stimmen zurückführen; die Nachweise liegen bei den Akten."
    )

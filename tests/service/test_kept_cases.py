"""What is known of a plan is gathered once and kept as long as it is true: never longer, and never more than there is room for."""

from __future__ import annotations

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from staffelstab.service.decide import sender
from staffelstab.service.kept_cases import KeptCases
from staffelstab.submissions.case.contents import Case
from tests.conftest import at
from tests.service.small_folder import folder, put, run_at
from tests.year import DirectExecutor


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A folder after a pass with one paper in it."""
    return with_paper(tmp_path / "work")


def with_paper(root: Path) -> Path:
    made = folder(root)
    put(made, "beitraege/zettel.txt", "Von: Beisitz 3\n\nNiemand ruft an.\n", at("2018-01-11 05:00"))
    DirectExecutor().daily_pass(str(made), at("2018-01-11 07:00"))
    return made


def looked(kept: KeptCases, root: Path, moment: str) -> Case:
    """What is kept at a moment, which always is what is gathered anew."""
    run = run_at(root, moment)
    with run.workspace.open(read_only=True) as ledger:
        found = kept.case(run, ledger)
        assert found == run.case(ledger)
    return found


def test_who_looks_again_on_the_same_day_is_shown_what_was_gathered_at_the_present_moment(root: Path) -> None:
    kept = KeptCases()
    first, again = looked(kept, root, "2018-01-11 07:30"), looked(kept, root, "2018-01-11 18:00")
    assert again.papers is first.papers
    assert again.now == at("2018-01-11 18:00")
    assert looked(kept, root, "2018-01-12 07:00").papers is not first.papers


def test_what_a_form_has_entered_is_there_at_the_next_look(root: Path) -> None:
    kept = KeptCases()
    [paper] = looked(kept, root, "2018-01-11 08:00").papers
    assert (paper.sender and paper.sender.id, paper.attribution) == ("lv-beisitz-03", "stated")
    sender(run_at(root, "2018-01-11 08:01"), "B01", "Beisitz 2")
    [paper] = looked(kept, root, "2018-01-11 08:01").papers
    assert (paper.sender and paper.sender.id, paper.attribution) == ("lv-beisitz-02", "confirmed")


def test_what_a_command_in_another_process_has_entered_is_there_at_the_next_look(root: Path) -> None:
    kept = KeptCases()
    assert looked(kept, root, "2018-01-11 08:00").papers[0].withdrawn is None
    command = [
        "record",
        "withdrawal",
        "B01",
        str(root),
        "--reason",
        "Versehen.",
        "--by",
        "Beisitz 3",
        "--now",
        "2018-01-11T08:01",
    ]
    subprocess.run(
        [sys.executable, "-m", "commands.main", *command],
        check=True,
        capture_output=True,
        env=os.environ,
    )
    assert looked(kept, root, "2018-01-11 08:02").papers[0].withdrawn is not None


def test_what_a_pass_has_taken_in_is_there_at_the_next_look(root: Path) -> None:
    kept = KeptCases()
    assert len(looked(kept, root, "2018-01-11 08:00").papers) == 1
    put(root, "beitraege/noch-einer.txt", "Von: Beisitz 2\n\nUnd noch etwas.\n", at("2018-01-11 08:00"))
    put(
        root,
        "beduerfnisse/n.csv",
        "Gliederung;Rolle;Bedürfnis;Dringlichkeit\nBautzen;Vorsitz;Räume;3\n",
        at("2018-01-11 08:00"),
    )
    DirectExecutor().daily_pass(str(root), at("2018-01-11 09:00"))
    found = looked(kept, root, "2018-01-11 09:00")
    assert (len(found.papers), [row.need for row in found.needs]) == (2, ["Räume"])


def test_what_was_erased_is_kept_no_longer(root: Path) -> None:
    kept = KeptCases()
    assert looked(kept, root, "2018-01-11 08:00").papers[0].statements
    run = run_at(root, "2018-01-11 08:01")
    with run.workspace.open() as ledger:
        for entry in ledger.entries("received", "read"):
            ledger.erase(str(entry.object), at=run.now, office=run.office, reason="request")
    assert not looked(kept, root, "2018-01-11 08:01").papers[0].statements


def test_what_is_changed_in_the_plan_file_is_there_at_the_next_look(root: Path) -> None:
    kept, file = KeptCases(), root / "plan.toml"
    assert looked(kept, root, "2018-01-11 08:00").plan.offices[0].name == "Wahlkampfmanager"
    file.write_text(file.read_text().replace('name = "Wahlkampfmanager"', 'name = "Koordination"'))
    assert looked(kept, root, "2018-01-11 08:00").plan.offices[0].name == "Koordination"


def test_an_entry_of_a_later_time_comes_with_its_time_and_an_earlier_moment_is_shown_as_it_was(root: Path) -> None:
    kept = KeptCases()
    sender(run_at(root, "2018-01-11 15:00"), "B01", "Beisitz 2")
    assert [
        looked(kept, root, f"2018-01-11 {hour}").papers[0].attribution for hour in ("08:00", "14:59", "15:00", "14:00")
    ] == ["stated", "stated", "confirmed", "stated"]


def test_a_source_that_could_not_be_looked_at_is_told_of_that_very_moment_alone(root: Path) -> None:
    kept = KeptCases()
    run = run_at(root, "2018-01-11 08:00")
    with run.workspace.open() as ledger:
        ledger.append("unreached", at=run.now, office=run.office, key="unreached:x", facts={"source": "x"})
    assert looked(kept, root, "2018-01-11 08:00").incomplete
    assert not looked(kept, root, "2018-01-11 08:01").incomplete


def test_of_several_plans_each_has_its_own_and_the_one_longest_unseen_goes_when_there_is_no_room(
    tmp_path: Path,
) -> None:
    first, second, third = (with_paper(tmp_path / name) for name in "abc")
    moment, wide = "2018-01-11 08:00", KeptCases()
    seen = {root: looked(wide, root, moment).papers for root in (first, second, third)}
    assert all(looked(wide, root, moment).papers is papers for root, papers in seen.items())
    narrow = KeptCases(most=2_000)  # of these, two have room
    seen = {root: looked(narrow, root, moment).papers for root in (first, second)}
    assert looked(narrow, first, moment).papers is seen[first]
    looked(narrow, third, moment)
    assert looked(narrow, first, moment).papers is seen[first]
    assert looked(narrow, second, moment).papers is not seen[second]


def test_one_that_has_no_room_by_itself_is_kept_alone(root: Path) -> None:
    kept = KeptCases(most=1)
    assert looked(kept, root, "2018-01-11 08:00").papers is looked(kept, root, "2018-01-11 08:01").papers


def test_two_who_look_at_once_are_shown_what_is_gathered_once(root: Path) -> None:
    kept = KeptCases()
    with ThreadPoolExecutor(8) as people:
        found = list(people.map(lambda _: looked(kept, root, "2018-01-11 08:00"), range(16)))
    assert len({id(case.papers) for case in found}) == 1

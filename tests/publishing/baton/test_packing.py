"""A baton appears whole or not at all, is the same every time, and is never overwritten."""

from __future__ import annotations

import contextlib
import datetime as dt
import errno
import hashlib
import multiprocessing
import os
import re
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from staffelstab.errors import BatonError
from staffelstab.language import Language
from staffelstab.publishing.baton.checking import verify
from staffelstab.publishing.baton.packing import pack
from staffelstab.publishing.baton.portable_names import portable
from staffelstab.publishing.baton.reference import SIGNATURE, Baton
from tests.conftest import ROOT, require
from tests.publishing.baton import packer
from tests.publishing.baton.conftest import FILES, INFO, ON


def tree(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_bag_holds_what_was_given_and_says_where_it_comes_from(chain: list[Baton]) -> None:
    bag = tree(chain[1].path)
    assert {name.removeprefix("data/"): bag[name] for name in bag if name.startswith("data/")} == {
        **FILES,
        "LIESMICH.txt": bag["data/LIESMICH.txt"],
    }
    size = sum(len(data) for name, data in bag.items() if name.startswith("data/"))
    assert bag["bagit.txt"] == b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
    assert bag["bag-info.txt"].decode().splitlines() == [
        "Source-Organization: Landesverband Sachsen",
        "External-Identifier: mitgliederarbeit-2018/call-1",
        "Bagging-Date: 2018-01-14",
        f"Payload-Oxum: {size}.4",
        "Baton-Number: 2",
        "Baton-Kind: analysis",
        "Predecessor: 1-call",
        f"Predecessor-Hash: {chain[0].hash}",
    ]
    assert chain[1] == Baton(chain[1].path, 2, "analysis", hashlib.sha256(bag["tagmanifest-sha256.txt"]).hexdigest())


def test_the_first_baton_names_nobody(chain: list[Baton]) -> None:
    assert b"Predecessor" not in tree(chain[0].path)["bag-info.txt"]


@pytest.mark.parametrize(
    ("language", "name", "word"), [("de", "LIESMICH.txt", "Prüfsumme"), ("en", "README.txt", "checksum")]
)
def test_a_note_in_plain_words_says_how_to_check(
    tmp_path: Path, chain: list[Baton], language: str, name: str, word: str
) -> None:
    pack(tmp_path / "4-ideas", FILES, info=INFO, predecessor=chain[2], on=ON, language=language)
    note = (tmp_path / "4-ideas" / "data" / name).read_text(encoding="utf-8")
    said = Language(language)
    chained = said.say("baton.readme.chain", predecessor="3-synthesis", hash=chain[2].hash)
    assert note == said.say("baton.readme.text", baton="4-ideas", on=ON, chain=chained)
    assert all(part in note for part in ("sha256sum -c manifest-sha256.txt", "bagit.py --validate 4-ideas", word))
    assert chain[2].hash in note


def test_the_note_of_the_first_baton_says_that_nothing_came_before(chain: list[Baton]) -> None:
    said = Language("de")
    note = (chain[0].path / "data" / "LIESMICH.txt").read_text(encoding="utf-8")
    assert note == said.say("baton.readme.text", baton="1-call", on=ON, chain=said.say("baton.readme.first"))


def test_the_same_input_gives_the_same_bytes_in_any_order_and_place(tmp_path: Path) -> None:
    one = pack(tmp_path / "here" / "1-call", FILES, info=INFO, predecessor=None, on=ON)
    other = pack(tmp_path / "there" / "1-call", dict(reversed(FILES.items())), info=INFO, predecessor=None, on=ON)
    assert tree(one.path) == tree(other.path)
    assert one.hash == other.hash


def test_only_the_owner_can_read_a_baton(chain: list[Baton]) -> None:
    paths = [chain[0].path, *chain[0].path.rglob("*")]
    assert {stat.S_IMODE(path.stat().st_mode) for path in paths if path.is_dir()} == {0o700}
    assert {stat.S_IMODE(path.stat().st_mode) for path in paths if path.is_file()} == {0o600}


def test_a_folder_that_only_leads_to_another_is_private_too(tmp_path: Path) -> None:
    bag = pack(tmp_path / "1-call", {"a/b/c/d.txt": b""}, info=INFO, predecessor=None, on=ON).path
    modes = {
        path.relative_to(bag).as_posix(): stat.S_IMODE(path.stat().st_mode) for path in bag.rglob("*") if path.is_dir()
    }
    assert modes == {"data": 0o700, "data/a": 0o700, "data/a/b": 0o700, "data/a/b/c": 0o700}


@require("strace")
def test_a_bag_is_on_the_disk_before_it_has_its_name(tmp_path: Path) -> None:
    """Every file and folder of it is synced, then it is renamed, then the folder that holds it is synced."""
    trace = tmp_path / "trace"
    command = (
        "strace",
        "-f",
        "-y",
        "-e",
        "trace=fsync,rename",
        "-o",
        str(trace),
        sys.executable,
        "-m",
        "tests.publishing.baton.packer",
    )
    subprocess.run([*command, str(tmp_path / "batons" / "1-call")], cwd=ROOT, check=True)
    calls = re.findall(r'(fsync|rename)\((?:\d+<|")([^">]+)', trace.read_text(encoding="utf-8"))

    done = [
        (name, Path(path).relative_to(tmp_path).as_posix()) for name, path in calls if path.startswith(str(tmp_path))
    ]
    bag = pack(tmp_path / "here" / "1-call", packer.FILES, info=INFO, predecessor=None, on=ON).path
    assert tree(bag) == tree(tmp_path / "batons" / "1-call")
    drafted = ["", *(f"/{path.relative_to(bag).as_posix()}" for path in bag.rglob("*"))]
    above = {("fsync", "."), ("fsync", "batons")}  # where folders were made
    assert set(done[:-2]) == {("fsync", f"batons/.1-call.new{path}") for path in drafted} | above
    assert done[-2:] == [("rename", "batons/.1-call.new"), ("fsync", "batons")]


def test_the_identical_baton_is_kept_untouched(chain: list[Baton]) -> None:
    (chain[1].path / SIGNATURE).write_bytes(b"signed")
    before = {path: path.stat().st_mtime_ns for path in chain[1].path.rglob("*")}
    assert pack(chain[1].path, FILES, info=INFO, predecessor=chain[0], on=ON) == chain[1]
    assert {path: path.stat().st_mtime_ns for path in chain[1].path.rglob("*")} == before


@pytest.mark.parametrize(
    ("files", "on"), [({**FILES, "neu.txt": b""}, ON), ({**FILES, "leer.csv": b"x"}, ON), (FILES, dt.date(2018, 1, 15))]
)
def test_a_different_baton_is_never_overwritten(chain: list[Baton], files: dict[str, bytes], on: dt.date) -> None:
    before = tree(chain[1].path)
    with pytest.raises(BatonError) as refused:
        pack(chain[1].path, files, info=INFO, predecessor=chain[0], on=on)
    assert (refused.value.key, refused.value.facts) == ("baton.exists", {"baton": "2-analysis"})
    assert tree(chain[1].path) == before


def test_what_a_killed_run_left_is_cleared_away(tmp_path: Path) -> None:
    left = tmp_path / ".1-call.new" / "data"
    left.mkdir(parents=True)
    (left / "halb.txt").write_bytes(b"halb")
    pack(tmp_path / "1-call", FILES, info=INFO, predecessor=None, on=ON)
    assert [path.name for path in tmp_path.iterdir()] == ["1-call"]


def test_two_processes_at_once_make_one_baton(tmp_path: Path) -> None:
    with multiprocessing.get_context("forkserver").Pool(2) as pool:
        hashes = pool.map(pack_here, [tmp_path] * 8, chunksize=1)
    assert len(set(hashes)) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["1-call"]
    assert verify(tmp_path / "1-call").hash == hashes[0]


def pack_here(folder: Path) -> str:
    return pack(folder / "1-call", FILES, info=INFO, predecessor=None, on=ON).hash


UNPORTABLE = ["", "/abs", "a//b", "../x", "a/../b", ".hidden", "a/", "end.", "end ", " x", "x" * 241]
UNPORTABLE += ["a\\b", "a\nb", "50%.txt", "a:b", "CON?"]


@pytest.mark.parametrize("name", UNPORTABLE)
def test_names_that_do_not_travel_are_refused_before_anything_is_written(tmp_path: Path, name: str) -> None:
    with pytest.raises(BatonError) as refused:
        pack(tmp_path / "1-call", {name: b""}, info=INFO, predecessor=None, on=ON)
    assert (refused.value.key, refused.value.facts) == ("baton.name", {"file": name[:240]})
    assert list(tmp_path.iterdir()) == []


def test_a_part_of_a_path_may_have_240_bytes() -> None:
    assert list(portable({f"{'x' * 240}/{'ü' * 120}": b""})) == [f"{'x' * 240}/{'ü' * 120}"]


def test_a_name_that_is_no_text_is_refused_and_can_be_printed() -> None:
    with pytest.raises(BatonError) as refused:
        portable({"U\u0308\udcff.txt": b""})
    assert (refused.value.key, refused.value.facts) == ("baton.name", {"file": "Ü?.txt"})


@pytest.mark.parametrize(
    ("twins", "named"),
    [(("Ü.txt", "U\u0308.txt"), "Ü.txt"), (("a.txt", "A.txt"), "a.txt"), (("x", "liesmich.TXT"), "LIESMICH.txt")],
)
def test_names_that_fall_together_elsewhere_are_refused(tmp_path: Path, twins: tuple[str, str], named: str) -> None:
    with pytest.raises(BatonError) as refused:
        pack(tmp_path / "1-call", dict.fromkeys(twins, b""), info=INFO, predecessor=None, on=ON)
    assert (refused.value.key, refused.value.facts) == ("baton.twice", {"file": named})


@given(st.text(min_size=1, max_size=12))
def test_a_name_is_refused_or_stays_inside_the_bag(name: str) -> None:
    with contextlib.suppress(BatonError):
        [composed] = portable({name: b""})
        assert (Path("/bag") / composed).resolve().is_relative_to("/bag")
        assert "\n" not in composed


def test_where_nothing_can_be_written_the_error_says_so(tmp_path: Path) -> None:
    (tmp_path / "batons").write_bytes(b"")
    with pytest.raises(BatonError) as refused:
        pack(tmp_path / "batons" / "1-call", FILES, info=INFO, predecessor=None, on=ON)
    assert (refused.value.key, refused.value.facts) == (
        "baton.disk",
        {"baton": "1-call", "reason": os.strerror(errno.EEXIST)},
    )


def test_the_folders_above_a_baton_are_made(tmp_path: Path) -> None:
    deep = tmp_path / "Übergaben" / "2018"
    assert verify(pack(deep / "1-call", FILES, info=INFO, predecessor=None, on=ON).path).number == 1


def test_a_kind_may_have_a_dash_in_it(tmp_path: Path) -> None:
    baton = pack(tmp_path / "12-second-call", FILES, info=INFO, predecessor=None, on=ON)
    assert (baton.number, baton.kind) == (12, "second-call")
    assert verify(baton.path) == baton


@pytest.mark.parametrize("name", ["call", "1", "1-", "-call", "x-call", "-"])
def test_another_name_for_the_folder_is_a_mistake_of_the_caller(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match=r"^a baton's folder is called <number>-<kind>$"):
        pack(tmp_path / name, FILES, info=INFO, predecessor=None, on=ON)

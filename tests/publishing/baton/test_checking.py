"""Whatever happens to a hand-over is found and named; others' tools find the same."""

from __future__ import annotations

import logging
import os
import random
import shutil
import subprocess
import sys
import unicodedata
from collections.abc import Callable
from pathlib import Path

import bagit
import pytest

from staffelstab.errors import BatonError
from staffelstab.ledger.heads import Head
from staffelstab.publishing.baton.checking import named_head, verify, verify_chain
from staffelstab.publishing.baton.packing import pack
from staffelstab.publishing.baton.reference import HEAD, MANIFEST, SIGNATURE, TAG_MANIFEST, Baton
from tests.conftest import require
from tests.publishing.baton.conftest import FILES, INFO, ON


def refusal(check: Callable[[], object]) -> tuple[str, object]:
    """The key of the error, and the file it names."""
    with pytest.raises(BatonError) as refused:
        check()
    assert refused.value.text("de") != refused.value.text("en")
    return refused.value.key, refused.value.facts.get("file")


def test_a_whole_chain_is_returned_in_order(chain: list[Baton], tmp_path: Path) -> None:
    (tmp_path / ".4-ideas.new").mkdir()
    assert verify_chain(tmp_path) == chain
    assert [verify(baton.path) for baton in chain] == chain


def test_the_tenth_baton_comes_after_the_ninth(tmp_path: Path) -> None:
    batons: list[Baton] = []
    for number in range(1, 12):
        batons.append(
            pack(tmp_path / f"{number}-call", {}, info=INFO, predecessor=batons[-1] if batons else None, on=ON)
        )
    assert [baton.number for baton in verify_chain(tmp_path)] == list(range(1, 12))


def test_no_batons_are_no_chain(tmp_path: Path) -> None:
    assert verify_chain(tmp_path) == []


@require("sha256sum")
def test_others_tools_agree(chain: list[Baton], tmp_path: Path) -> None:
    tool = Path(bagit.__file__)
    for baton in chain:
        for manifest in (MANIFEST, TAG_MANIFEST):
            subprocess.run(["sha256sum", "--strict", "--quiet", "-c", manifest], cwd=baton.path, check=True)
        subprocess.run([sys.executable, tool, "--quiet", "--validate", baton.path.name], cwd=tmp_path, check=True)
    printed = subprocess.run(["sha256sum", TAG_MANIFEST], cwd=chain[0].path, capture_output=True, text=True, check=True)
    assert printed.stdout.split()[0] == chain[0].hash


def test_every_flipped_bit_is_found_and_its_file_named(chain: list[Baton]) -> None:
    chance = random.Random("flips")
    files = sorted(path for path in chain[1].path.rglob("*") if path.is_file() and path.stat().st_size)
    for _ in range(200):
        file = chance.choice(files)
        whole = file.read_bytes()
        flipped = bytearray(whole)
        flipped[chance.randrange(len(flipped))] ^= 1 << chance.randrange(8)
        file.write_bytes(flipped)
        with pytest.raises(BatonError) as refused:
            verify(chain[1].path, chain[0])
        name = file.relative_to(chain[1].path).as_posix()
        named = refused.value.facts.get("file")
        assert named == name or name in (MANIFEST, TAG_MANIFEST)
        file.write_bytes(whole)
    assert verify(chain[1].path, chain[0]) == chain[1]


@pytest.mark.parametrize(
    "name", ["data/Vorlage.md", "data/leer.csv", "bag-info.txt", "bagit.txt", MANIFEST, TAG_MANIFEST]
)
def test_a_missing_file_is_named(chain: list[Baton], name: str) -> None:
    (chain[0].path / name).unlink()
    assert refusal(lambda: verify(chain[0].path)) == ("baton.incomplete", name)


@pytest.mark.parametrize("name", ["data/.DS_Store", "data/papers/Kopie.txt", "Notiz.txt", "fetch.txt"])
def test_a_foreign_file_is_named(chain: list[Baton], name: str) -> None:
    (chain[0].path / name).write_bytes(b"fremd")
    assert refusal(lambda: verify(chain[0].path)) == ("baton.foreign", name)


def test_links_and_pipes_are_foreign_and_not_followed(chain: list[Baton], tmp_path: Path) -> None:
    (chain[0].path / "data" / "link").symlink_to(tmp_path)
    assert refusal(lambda: verify(chain[0].path)) == ("baton.foreign", "data/link")
    os.mkfifo(chain[1].path / "data" / "pipe")
    assert refusal(lambda: verify(chain[1].path)) == ("baton.foreign", "data/pipe")


def test_a_file_swapped_for_a_link_to_the_same_bytes_is_noticed(chain: list[Baton], tmp_path: Path) -> None:
    original = chain[0].path / "data" / "Vorlage.md"
    original.rename(tmp_path / "elsewhere.md")
    original.symlink_to(tmp_path / "elsewhere.md")
    assert refusal(lambda: verify(chain[0].path)) == ("baton.foreign", "data/Vorlage.md")


def test_what_is_not_a_bag_is_said_so(tmp_path: Path) -> None:
    assert refusal(lambda: verify(tmp_path / "1-call")) == ("baton.missing", None)
    (tmp_path / "1-call").mkdir()
    assert refusal(lambda: verify(tmp_path / "1-call")) == ("baton.incomplete", TAG_MANIFEST)


def test_a_bag_of_someone_else_is_no_baton(tmp_path: Path) -> None:
    (tmp_path / "1-call").mkdir()
    (tmp_path / "1-call" / "paper.txt").write_bytes(b"Text")
    logging.getLogger("bagit").setLevel(logging.CRITICAL)
    bagit.make_bag(str(tmp_path / "1-call"), checksums=["sha256"])
    assert refusal(lambda: verify(tmp_path / "1-call")) == ("baton.form", None)


def test_a_signature_may_be_added_later(chain: list[Baton]) -> None:
    (chain[0].path / SIGNATURE).write_bytes(b"signed")
    assert verify(chain[0].path) == chain[0]


def test_names_that_a_file_system_decomposed_are_still_the_same(chain: list[Baton]) -> None:
    file = chain[0].path / "data" / "papers" / "B07 Überblick.txt"
    file.rename(file.with_name(unicodedata.normalize("NFD", file.name)))
    assert verify(chain[0].path) == chain[0]


def test_a_chain_travels_to_another_place(chain: list[Baton], tmp_path_factory: pytest.TempPathFactory) -> None:
    there = tmp_path_factory.mktemp("stick") / "Übergaben"
    shutil.copytree(chain[0].path.parent, there)
    assert [baton.hash for baton in verify_chain(there)] == [baton.hash for baton in chain]


def test_a_renamed_baton_is_still_known_by_what_it_says(chain: list[Baton]) -> None:
    renamed = chain[0].path.rename(chain[0].path.with_name("Erste Übergabe"))
    assert verify_chain(renamed.parent) == [Baton(renamed, 1, "call", chain[0].hash), *chain[1:]]


def test_another_predecessor_is_refused(chain: list[Baton], tmp_path_factory: pytest.TempPathFactory) -> None:
    other = pack(tmp_path_factory.mktemp("other") / "1-call", {**FILES, "x": b""}, info=INFO, predecessor=None, on=ON)
    assert refusal(lambda: verify(chain[1].path, other)) == ("baton.predecessor", None)
    shutil.rmtree(chain[0].path)
    shutil.copytree(other.path, chain[0].path)
    assert refusal(lambda: verify_chain(chain[0].path.parent)) == ("baton.predecessor", None)


def test_a_gap_in_the_chain_is_found(chain: list[Baton], tmp_path: Path) -> None:
    shutil.rmtree(chain[1].path)
    with pytest.raises(BatonError) as refused:
        verify_chain(tmp_path)
    assert (refused.value.key, refused.value.facts) == (
        "baton.predecessor",
        {"baton": "3-synthesis", "named": "2-analysis", "found": "1-call"},
    )


def test_a_chain_without_its_beginning_is_found(chain: list[Baton], tmp_path: Path) -> None:
    shutil.rmtree(chain[0].path)
    with pytest.raises(BatonError) as refused:
        verify_chain(tmp_path)
    assert (refused.value.key, refused.value.facts) == ("baton.orphan", {"baton": "2-analysis", "named": "1-call"})


@pytest.mark.parametrize("index", [0, 1, 2])
def test_a_copy_beside_the_original_is_found(chain: list[Baton], tmp_path: Path, index: int) -> None:
    name = chain[index].path.name
    shutil.copytree(chain[index].path, tmp_path / f"{name} (Kopie)")
    with pytest.raises(BatonError) as refused:
        verify_chain(tmp_path)
    assert (refused.value.key, refused.value.facts) == ("baton.double", {"baton": f"{name} (Kopie)", "other": name})


def test_a_second_baton_that_names_nobody_does_not_follow_the_first(chain: list[Baton], tmp_path: Path) -> None:
    stray = pack(tmp_path / "elsewhere" / "2-analysis", FILES, info=INFO, predecessor=None, on=ON)
    with pytest.raises(BatonError) as refused:
        verify(stray.path, chain[0])
    assert (refused.value.key, refused.value.facts) == (
        "baton.predecessor",
        {"baton": "2-analysis", "named": "—", "found": "1-call"},
    )


def test_a_first_baton_with_the_hash_of_another_has_lost_its_predecessor(tmp_path: Path) -> None:
    pack(tmp_path / "1-call", FILES, info={**INFO, "Predecessor-Hash": "0" * 64}, predecessor=None, on=ON)
    with pytest.raises(BatonError) as refused:
        verify_chain(tmp_path)
    assert (refused.value.key, refused.value.facts) == ("baton.orphan", {"baton": "1-call", "named": "—"})


# -- the ledger's entry that a baton names -----------------------------------------------------------------------------


def test_a_baton_names_the_entry_of_which_it_was_made(tmp_path: Path) -> None:
    head = Head(57, "a" * 64)
    named = {**INFO, HEAD: f"{head.seq} {head.hash}"}
    baton = pack(tmp_path / "1-call", FILES, info=named, predecessor=None, on=ON)
    assert (baton.head, named_head(baton.path)) == (head, head)


def test_a_baton_of_an_earlier_version_names_none_and_verifies(chain: list[Baton]) -> None:
    assert [baton.head for baton in chain] == [None] * 3
    assert named_head(chain[0].path) is None


@pytest.mark.attack("H3")
@pytest.mark.parametrize(
    "value", ["", "57", "0 " + "a" * 64, "57 " + "A" * 64, "57 " + "a" * 65, "9" * 30 + " " + "a" * 64]
)
def test_what_is_no_entry_is_none(tmp_path: Path, value: str) -> None:
    baton = pack(tmp_path / "1-call", FILES, info={**INFO, HEAD: value}, predecessor=None, on=ON)
    assert baton.head is None


@pytest.mark.attack("H3")
def test_asking_for_the_entry_waits_for_nobody(chain: list[Baton]) -> None:
    """A pipe in place of the file would never answer; one in the wrong encoding or far too long says nothing."""
    info = chain[0].path / "bag-info.txt"
    info.write_bytes(b"\xff" * 200_000 + b"\nLedger-Head: 1 " + b"a" * 64)
    assert named_head(chain[0].path) is None
    info.unlink()
    assert named_head(chain[0].path) is None
    os.mkfifo(info)
    assert named_head(chain[0].path) is None

"""A drop folder as a volunteer's computer has it: half-written files, links, pipes, names in every shape."""

from __future__ import annotations

import datetime as dt
import os
import socket
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from staffelstab.errors import StaffelstabError
from staffelstab.submissions.sources.arrival import Skipped
from staffelstab.submissions.sources.sweep import DEPTH, SIZE_LIMIT, Seen, Sweep

SHARED = Path("/dev/shm")
"""Memory as a file system: unlike a disk it keeps any time."""

NOW = dt.datetime(2018, 1, 14, 21, 12, tzinfo=dt.UTC)
EARLIER = dt.datetime(2018, 1, 14, 20, 0, tzinfo=dt.UTC)


def put(path: Path, content: bytes = b"Text", modified: dt.datetime = EARLIER) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    os.utime(path, (modified.timestamp(), modified.timestamp()))
    return path


@dataclass(frozen=True, slots=True)
class Found:
    """A file that was seen and then fetched."""

    path: str
    content: bytes | None
    modified: dt.datetime


def seen(folder: Path, size_limit: int = SIZE_LIMIT) -> list[Found | Skipped]:
    with Sweep.of(folder, NOW, size_limit=size_limit) as sweep:
        return [
            Found(item.path, sweep.content(item), item.modified) if isinstance(item, Seen) else item
            for item in sweep.files()
        ]


def test_complete_files_are_found_in_order_with_their_time(tmp_path: Path) -> None:
    put(tmp_path / "b.txt", b"zwei")
    put(tmp_path / "beitraege" / "a.txt", b"eins")
    put(tmp_path / "Ä.txt", b"drei")
    assert seen(tmp_path) == [
        Found("b.txt", b"zwei", EARLIER),
        Found("beitraege/a.txt", b"eins", EARLIER),
        Found("Ä.txt", b"drei", EARLIER),
    ]


@pytest.mark.parametrize(
    ("age", "taken"),
    [
        (dt.timedelta(seconds=10), True),
        (dt.timedelta(seconds=9.999), False),
        (dt.timedelta(0), False),
        (-dt.timedelta(seconds=3), False),  # written while we look
        (-dt.timedelta(days=400), True),  # a wrong clock must not hold a paper back for ever
    ],
)
def test_a_file_settles_for_ten_seconds(tmp_path: Path, age: dt.timedelta, taken: bool) -> None:
    put(tmp_path / "a.txt", modified=NOW - age)
    assert [type(item) for item in seen(tmp_path)] == [Found if taken else Skipped]
    if not taken:
        assert seen(tmp_path) == [Skipped("a.txt", "settling")]


def test_a_file_somebody_writes_waits_until_it_is_closed(tmp_path: Path) -> None:
    path = put(tmp_path / "a.txt", b"halb")
    with path.open("r+b"):
        assert seen(tmp_path) == [Skipped("a.txt", "still_writing")]
    assert seen(tmp_path) == [Found("a.txt", b"halb", EARLIER)]


def test_a_file_somebody_only_reads_does_not_wait(tmp_path: Path) -> None:
    path = put(tmp_path / "a.txt")
    with path.open("rb"):
        assert seen(tmp_path) == [Found("a.txt", b"Text", EARLIER)]


def test_what_is_no_ordinary_file_is_passed_over_and_named(tmp_path: Path) -> None:
    outside = put(tmp_path / "woanders" / "geheim.txt")
    folder = tmp_path / "eingang"
    put(folder / "hart.txt")
    os.link(folder / "hart.txt", tmp_path / "zweiter-name")
    (folder / "link.txt").symlink_to(outside)
    (folder / "ordnerlink").symlink_to(outside.parent)
    os.mkfifo(folder / "pipe.txt")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(folder / "socket.txt"))
        assert seen(folder) == [
            Skipped("hart.txt", "second_name"),
            Skipped("link.txt", "link"),
            Skipped("ordnerlink", "link"),
            Skipped("pipe.txt", "fifo"),
            Skipped("socket.txt", "device"),
        ]


def test_transfers_wait_and_what_the_system_left_is_told_from_what_is_hidden(tmp_path: Path) -> None:
    for name in ("a.pdf.part", "b.crdownload", "c.tmp", "~$brief.docx", ".~lock.brief.odt#"):
        put(tmp_path / name)
    for name in (".DS_Store", "Thumbs.db", "desktop.ini"):
        put(tmp_path / name)
    put(tmp_path / "__MACOSX" / "._brief.docx")
    put(tmp_path / ".brief.docx")
    put(tmp_path / ".git" / "config")
    assert seen(tmp_path) == [
        Skipped(".DS_Store", "system"),
        Skipped(".brief.docx", "hidden"),
        Skipped(".git", "hidden"),
        Skipped(".~lock.brief.odt#", "partial"),
        Skipped("Thumbs.db", "system"),
        Skipped("__MACOSX", "system"),
        Skipped("a.pdf.part", "partial"),
        Skipped("b.crdownload", "partial"),
        Skipped("c.tmp", "partial"),
        Skipped("desktop.ini", "system"),
        Skipped("~$brief.docx", "partial"),
    ]


def test_names_are_data(tmp_path: Path) -> None:
    names = ["..\\..\\x.txt", "-rf", "a\nb.txt", "CON.txt", "\u202egpj.exe", "ü" * 125 + ".txt", "U\u0308.txt"]
    for name in names:
        put(tmp_path / name)
    latin = os.path.join(os.fsencode(tmp_path), b"Gr\xf6sse.txt")  # noqa: PTH118 -- a name that is no text
    with open(latin, "wb") as file:  # noqa: PTH123 -- likewise
        file.write(b"Text")
    os.utime(latin, (EARLIER.timestamp(), EARLIER.timestamp()))
    found = [item.path for item in seen(tmp_path) if isinstance(item, Found)]
    assert found == sorted([*names[:-1], "Ü.txt", "Gr\\xf6sse.txt"])
    assert [path.encode().decode() for path in found] == found


def test_twins_in_composed_and_decomposed_spelling_are_both_found(tmp_path: Path) -> None:
    put(tmp_path / "Ü.txt", b"eins")
    put(tmp_path / "U\u0308.txt", b"zwei")
    assert seen(tmp_path) == [Found("Ü.txt", b"zwei", EARLIER), Found("Ü.txt", b"eins", EARLIER)]


def test_folders_are_followed_eight_deep(tmp_path: Path) -> None:
    deep = Path(*"abcdefghi"[:DEPTH])
    put(tmp_path / deep / "a.txt")
    put(tmp_path / deep / "zu-tief" / "a.txt")
    assert seen(tmp_path) == [Found(f"{deep}/a.txt", b"Text", EARLIER), Skipped(f"{deep}/zu-tief", "directory_depth")]


def test_a_file_of_exactly_the_limit_is_taken_and_one_byte_more_is_not(tmp_path: Path) -> None:
    put(tmp_path / "a.txt", b"1234")
    put(tmp_path / "b.txt", b"12345")
    assert seen(tmp_path, size_limit=4) == [Found("a.txt", b"1234", EARLIER), Skipped("b.txt", "too_large")]


def test_a_file_is_seen_without_being_read(tmp_path: Path) -> None:
    put(tmp_path / "b" / "a.txt", b"eins")
    with Sweep.of(tmp_path, NOW) as sweep:
        [file] = sweep.files()
        assert isinstance(file, Seen)
        assert file == Seen("b/a.txt", 4, EARLIER, file.placed)
        assert (tmp_path / "b" / "a.txt").stat().st_atime == EARLIER.timestamp()


@pytest.mark.attack("LOW")
def test_a_file_that_is_replaced_at_this_very_moment_is_no_link(tmp_path: Path) -> None:
    file = put(tmp_path / "a.txt")
    opened = os.open(file, os.O_RDONLY)
    put(tmp_path / "b").replace(file)
    with Sweep.of(tmp_path, NOW) as sweep, pytest.raises(Exception, match="vanished"):
        sweep._checked(os.fstat(opened))
    os.close(opened)


@pytest.mark.attack("M2")
def test_names_that_look_alike_are_two_files(tmp_path: Path) -> None:
    twins = (b"Gr\xf6sse.txt", b"Gr\\xf6sse.txt", "Ü.txt".encode(), "U\u0308.txt".encode())
    for name in twins:
        place = os.path.join(os.fsencode(tmp_path), name)  # noqa: PTH118 -- a name that is no text
        with open(place, "wb") as file:  # noqa: PTH123 -- likewise
            file.write(name)
        os.utime(place, (EARLIER.timestamp(), EARLIER.timestamp()))

    with Sweep.of(tmp_path, NOW) as sweep:
        found = [item for item in sweep.files() if isinstance(item, Seen)]
        assert {os.fsencode(item.name): sweep.content(item) for item in found} == {name: name for name in twins}
        assert sorted(item.path for item in found) == ["Gr\\xf6sse.txt", "Gr\\xf6sse.txt", "Ü.txt", "Ü.txt"]


def _replaced_by_a_link(file: Path) -> None:
    file.rename(file.with_name("c.txt"))
    file.symlink_to(file.with_name("c.txt"))


def _in_a_linked_folder(file: Path) -> None:
    file.parent.rename(file.parent.with_name("woanders"))
    file.parent.symlink_to(file.parent.with_name("woanders"))


@pytest.mark.parametrize(
    "change",
    [
        lambda file: put(file, b"zwei!"),
        lambda file: put(file, b"zwei", EARLIER + dt.timedelta(seconds=1)),
        lambda file: put(file, b"zwei", NOW),
        lambda file: file.unlink(),
        _replaced_by_a_link,
        _in_a_linked_folder,
        lambda file: os.link(file, file.with_name("b.txt")),
    ],
    ids=["longer", "changed", "just changed", "gone", "a link", "in a linked folder", "with a second name"],
)
def test_what_has_changed_since_it_was_seen_is_not_fetched(tmp_path: Path, change: Callable[[Path], object]) -> None:
    file = put(tmp_path / "eingang" / "ordner" / "a.txt", b"eins")
    with Sweep.of(tmp_path / "eingang", NOW) as sweep:
        [item] = [item for item in sweep.files() if isinstance(item, Seen)]
        assert sweep.content(item) == b"eins"
        change(file)
        assert sweep.content(item) is None


def test_when_a_file_will_have_settled_is_known(tmp_path: Path) -> None:
    put(tmp_path / "a.txt", modified=NOW - dt.timedelta(seconds=3))
    put(tmp_path / "b.part")
    with Sweep.of(tmp_path, NOW) as sweep:
        waiting = [item for item in sweep.files() if isinstance(item, Skipped)]
    assert [(item.place, item.waits, item.until) for item in waiting] == [
        ("a.txt", True, NOW + dt.timedelta(seconds=7)),
        ("b.part", True, None),
    ]


@pytest.fixture
def ordinary_user() -> Iterator[Path]:
    """A folder anybody may look into; root, who may read everything, becomes somebody else meanwhile."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)
        os.seteuid(os.getuid())


def test_what_may_not_be_read_is_named(ordinary_user: Path) -> None:
    put(ordinary_user / "a.txt").chmod(0)
    put(ordinary_user / "b" / "c.txt")
    (ordinary_user / "b").chmod(0)
    put(ordinary_user / "d.txt")
    os.seteuid(os.geteuid() or 65534)
    assert seen(ordinary_user) == [
        Skipped("a.txt", "no_permission"),
        Skipped("b", "no_permission"),
        Found("d.txt", b"Text", EARLIER),
    ]


def test_a_missing_folder_is_said_plainly(tmp_path: Path) -> None:
    with pytest.raises(StaffelstabError) as missing:
        seen(tmp_path / "eingang")
    assert missing.value.text("de").startswith("Der Posteingang „eingang“ lässt sich nicht öffnen.")


def test_nothing_stays_open(tmp_path: Path) -> None:
    put(tmp_path / "a" / "b" / "c.txt")
    before = sorted(Path("/proc/self/fd").iterdir())
    with Sweep.of(tmp_path, NOW) as sweep:
        next(sweep.files())
    seen(tmp_path)
    assert sorted(Path("/proc/self/fd").iterdir()) == before


@pytest.mark.attack("M6")
@pytest.mark.parametrize("seconds", [10**12, -(10**11), 2**40])
def test_a_time_that_no_calendar_has_ends_nothing(seconds: int) -> None:
    with tempfile.TemporaryDirectory(dir=SHARED if SHARED.is_dir() else None) as name:
        folder = Path(name)
        put(folder / "a.txt")
        put(folder / "b.txt")
        os.utime(folder / "a.txt", ns=(seconds * 10**9, seconds * 10**9))
        strange, ordinary = seen(folder)
    assert isinstance(strange, Found)
    assert (strange.path, strange.content) == ("a.txt", b"Text")
    assert ordinary == Found("b.txt", b"Text", EARLIER)
    with Sweep.of(folder.parent, NOW):
        assert not EARLIER <= strange.modified <= NOW

"""Random changes to everything a working folder keeps, one at a time: whoever verifies it notices, or no value is another one.

    python -m tests.commands.tampering 1000 [SEED]

Kept are the ledger (closed, and with a write-ahead log as a killed process leaves it), older copies of it, the heads beside it, the
batons and the frozen papers. What is changed is drawn from a seed, so each case can be repeated by its number.
"""

from __future__ import annotations

import hashlib
import random
import shutil
import sqlite3
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from staffelstab.errors import StaffelstabError
from staffelstab.ledger.hashing import sealed
from staffelstab.ledger.sql_tables import TABLES
from staffelstab.ledger.store import Ledger
from staffelstab.ledger.values import BEFORE_ALL, Line
from staffelstab.service.inspection import inspect
from staffelstab.service.outside_ledger import refuse_foreign_ledger
from staffelstab.service.phase_run import open_run
from staffelstab.workspace import find

Files = dict[str, bytes]
Change = Callable[[random.Random, "Folder"], str]
"""Changes a folder; returns what it did, in a few words."""

DATABASE, LOG, HEADS = "ledger.db", "ledger.db-wal", ".heads"


@dataclass(frozen=True)
class Folder:
    """A working folder, how it lay, the older ledgers of it, and every value that can be read from it."""

    root: Path
    kept: Files = field(repr=False)
    live: Files = field(repr=False)
    older: tuple[bytes, ...] = field(repr=False)
    values: tuple[object, object] = field(repr=False)

    def lay(self, files: Files) -> None:
        """Put everything back as it lay; the ledger as another file, since SQLite knows one that this process has open still."""
        for path in self.root.glob(f"{DATABASE}*"):
            path.unlink()
        for place in ("batons", "sessions"):
            for path in sorted((self.root / place).rglob("*"), reverse=True):
                name = path.relative_to(self.root).as_posix()
                if path.is_file() and name not in files and not _is_an_input(name):
                    path.unlink()
                elif path.is_dir() and not any(path.iterdir()):
                    path.rmdir()
        for name, data in files.items():
            path = self.root / name
            if not path.is_file() or path.read_bytes() != data:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(data)

    def some(self, chance: random.Random, place: str) -> Path:
        """One of the files below a folder."""
        names = [name for name in sorted(self.kept) if name.startswith(f"{place}/")]
        return self.root / chance.choice(names)


def prepared(year: Path, root: Path) -> Folder:
    """A copy of a year that was played, with three more generations of its ledger, the last with its write-ahead log."""
    shutil.copytree(year, root)
    workspace = find(root)
    older: list[bytes] = []
    with workspace.open(read_only=True) as ledger:
        now = ledger.latest_time()
    for generation in range(3):
        older.append((root / DATABASE).read_bytes())
        with workspace.open() as ledger:
            for n in range(4):
                ledger.append("note", at=now, subject=f"g{generation}", key=f"note:{generation}:{n}")
            ledger.person(f"kreis{generation}@example.org")
    kept = _files(root)
    with workspace.open() as ledger:
        ledger.append("note", at=now, key="note:live:1")
        ledger.append("note", at=now, key="note:live:2")
        live = {name: (root / name).read_bytes() for name in (DATABASE, LOG, HEADS)}
    folder = Folder(root, kept, {**kept, **live}, tuple(older), (_values(root, kept), _values(root, {**kept, **live})))
    folder.lay(kept)
    return folder


def _files(root: Path) -> Files:
    names = [DATABASE, HEADS, *(f"{place}/" for place in ("batons", "sessions"))]
    paths = [path for name in names for path in ([root / name] if not name.endswith("/") else (root / name).rglob("*"))]
    files = {path.relative_to(root).as_posix(): path for path in paths if path.is_file()}
    return {name: path.read_bytes() for name, path in files.items() if not _is_an_input(name)}


def _is_an_input(name: str) -> bool:
    """Points of a discussion that people wrote into a session's folder: once recorded they are in the ledger."""
    return name.startswith("sessions/") and "/dossier." not in name


def _values(root: Path, files: Files) -> tuple[object, ...]:
    """Every row of the ledger, and every byte of batons and papers."""
    with tempfile.TemporaryDirectory() as place:
        for name in (DATABASE, LOG):
            if name in files:
                (Path(place) / name).write_bytes(files[name])
        rows = _rows(Path(place) / DATABASE)
    others = {name: hashlib.sha256(data).hexdigest() for name, data in files.items() if "/" in name}
    return rows, others


def _rows(file: Path) -> dict[str, list[tuple[object, ...]]]:
    with closing(sqlite3.connect(file)) as connection:
        connection.text_factory = bytes
        return {
            name: sorted(connection.execute(f'SELECT * FROM "{name}" NOT INDEXED').fetchall(), key=repr)
            for name in sorted(TABLES.tables)
        }


# -- changes to bytes --------------------------------------------------------------------------------------------------


def _flip(chance: random.Random, data: bytes) -> tuple[bytes, str]:
    copy = bytearray(data)
    at = chance.randrange(len(copy))
    copy[at] ^= 1 << chance.randrange(8)
    return bytes(copy), f"flip {at}"


def _overwrite(chance: random.Random, data: bytes) -> tuple[bytes, str]:
    at, n = chance.randrange(len(data)), chance.randrange(1, 64)
    return data[:at] + chance.randbytes(n) + data[at + n :], "overwrite"


def _cut(chance: random.Random, data: bytes) -> tuple[bytes, str]:
    return data[: chance.randrange(len(data))], "cut"


def _zero(chance: random.Random, data: bytes) -> tuple[bytes, str]:
    at = chance.randrange(len(data)) // 4096 * 4096
    return data[:at] + bytes(len(data[at : at + 4096])) + data[at + 4096 :], "zero a page"


def _swap(chance: random.Random, data: bytes) -> tuple[bytes, str]:
    a, b = (chance.randrange(len(data)) // 4096 * 4096 for _ in range(2))
    copy = bytearray(data)
    copy[a : a + 4096], copy[b : b + 4096] = copy[b : b + 4096], copy[a : a + 4096]
    return bytes(copy), "swap two pages"


def _insert(chance: random.Random, data: bytes) -> tuple[bytes, str]:
    at = chance.randrange(len(data))
    return data[:at] + chance.randbytes(8) + data[at:], "insert"


BYTES = (_flip, _flip, _flip, _overwrite, _cut, _zero, _swap, _insert)


def _bytes(chance: random.Random, path: Path) -> str:
    data = path.read_bytes()
    changed, what = chance.choice(BYTES)(chance, data or b"\0")
    path.write_bytes(changed)
    return what


def ledger_bytes(chance: random.Random, folder: Folder) -> str:
    """Bytes of the ledger's file."""
    return _bytes(chance, folder.root / DATABASE)


def log_bytes(chance: random.Random, folder: Folder) -> str:
    """Bytes of the write-ahead log that a killed process left, or all of it."""
    folder.lay(folder.live)
    if chance.random() < 0.2:
        (folder.root / LOG).unlink()
        return "log gone"
    return f"log: {_bytes(chance, folder.root / LOG)}"


def heads_bytes(chance: random.Random, folder: Folder) -> str:
    """Bytes of the heads beside the ledger, or all of them."""
    if chance.random() < 0.1:
        (folder.root / HEADS).unlink()
        return "heads gone"
    return f"heads: {_bytes(chance, folder.root / HEADS)}"


# -- changes to the ledger by somebody who knows SQL -------------------------------------------------------------------

_KEYS = {"entries": "seq", "objects": "id", "people": "id", "ledger": "name"}


def _sql(folder: Folder, *statements: str) -> None:
    with closing(sqlite3.connect(folder.root / DATABASE, isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)


def changed_value(chance: random.Random, folder: Folder) -> str:
    """One value of one row."""
    table = chance.choice(sorted(_KEYS))
    column = chance.choice([column.name for column in TABLES.tables[table].columns])
    value = f"coalesce(\"{column}\", '') || 'x'" if column != "seq" else '"seq" + 1000'
    key = _KEYS[table]
    row = f"(SELECT {key} FROM {table} ORDER BY hex({key}) LIMIT 1 OFFSET {chance.randrange(3)})"
    _sql(folder, f'UPDATE {table} SET "{column}" = {value} WHERE {key} = {row}')
    return f"value of {table}.{column}"


def deleted_row(chance: random.Random, folder: Folder) -> str:
    """One row less."""
    table = chance.choice(["entries", "objects", "ledger"])
    key = _KEYS[table]
    n = chance.randrange(_count(folder, table))
    _sql(folder, f"DELETE FROM {table} WHERE {key} = (SELECT {key} FROM {table} ORDER BY {key} LIMIT 1 OFFSET {n})")
    return f"row of {table} deleted"


def cut_end(chance: random.Random, folder: Folder) -> str:
    """The last entries gone, with everything that belongs to them."""
    n = chance.choice([1, 2, 3, 15, 40])
    last = _count(folder, "entries") - n
    _sql(
        folder,
        f"DELETE FROM objects WHERE id IN (SELECT object FROM entries WHERE seq > {last})",
        f"DELETE FROM entries WHERE seq > {last}",
    )
    return "end cut"


def schema(chance: random.Random, folder: Folder) -> str:
    """Something that acts on its own, or an index less."""
    statement = chance.choice([
        "CREATE TRIGGER quiet BEFORE INSERT ON entries BEGIN SELECT RAISE(IGNORE); END",
        "CREATE TRIGGER forger AFTER INSERT ON objects BEGIN UPDATE objects SET data = x'00' WHERE id = new.id; END",
        "DROP INDEX ix_entries_at",
        "DROP INDEX ix_entries_subject",
        "CREATE TABLE more (a)",
        "CREATE VIEW other AS SELECT * FROM entries",
        "ALTER TABLE objects ADD COLUMN more TEXT",
    ])  # fmt: skip
    _sql(folder, statement)
    return "schema"


def recomputed(chance: random.Random, folder: Folder) -> str:
    """History written anew, the chain in order: an entry changed, dated back, or left out."""
    _rewrite(chance, folder, chance.randrange(2, _count(folder, "entries")))
    return "chain recomputed"


def recomputed_before_a_baton(chance: random.Random, folder: Folder) -> str:
    """The same before a hand-over, and the heads beside the ledger are gone as well: the baton's own still tells."""
    with closing(sqlite3.connect(folder.root / DATABASE)) as connection:
        [last] = connection.execute("SELECT max(seq) FROM entries WHERE kind = 'sealed'").fetchone()
    _rewrite(chance, folder, chance.randrange(2, last))
    (folder.root / HEADS).unlink()
    return "chain recomputed, heads gone"


def _rewrite(chance: random.Random, folder: Folder, seq: int) -> None:
    columns = ", ".join(Line._fields)
    with closing(sqlite3.connect(folder.root / DATABASE)) as connection:
        lines = [Line(*row) for row in connection.execute(f"SELECT {columns} FROM entries ORDER BY seq")]
        chosen = lines[seq - 1]
        lines[seq - 1] = chance.choice([
            chosen._replace(subject=f"{chosen.subject}x"),
            chosen._replace(at="2001-01-01T00:00:00.000000+00:00"),
            chosen._replace(office="another"),
        ])  # fmt: skip
        if chance.random() < 0.3:
            gone = lines.pop(seq - 1)
            connection.execute("DELETE FROM objects WHERE id = ?", (gone.object,))
        connection.execute("DELETE FROM entries")
        prev = BEFORE_ALL
        for number, line in enumerate(lines, 1):
            sealed_line = sealed(line._replace(seq=number, prev=prev))
            connection.execute(f"INSERT INTO entries VALUES ({', '.join('?' * len(sealed_line))})", sealed_line)
            prev = sealed_line.hash
        connection.commit()


def _count(folder: Folder, table: str) -> int:
    with closing(sqlite3.connect(folder.root / DATABASE)) as connection:
        return int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])


# -- older copies ------------------------------------------------------------------------------------------------------


def older_copy(chance: random.Random, folder: Folder) -> str:
    """A backup of the ledger put back."""
    (folder.root / DATABASE).write_bytes(chance.choice(folder.older))
    return "older copy"


def older_copy_under_the_log(chance: random.Random, folder: Folder) -> str:
    """A backup put back under a write-ahead log that belongs to another."""
    folder.lay(folder.live)
    (folder.root / DATABASE).write_bytes(chance.choice(folder.older))
    return "older copy under the log"


def fresh_ledger(chance: random.Random, folder: Folder) -> str:
    """A ledger of the same plan that begins anew, without or with the heads of the old one."""
    workspace = find(folder.root)
    with workspace.open(read_only=True) as ledger:
        plan, now = ledger.plan, ledger.latest_time()
    (folder.root / DATABASE).unlink()
    Ledger.create(folder.root / DATABASE, plan=plan, now=now).close()
    if chance.random() < 0.5:
        (folder.root / HEADS).unlink()
        return "fresh ledger, heads gone"
    return "fresh ledger"


# -- batons and papers -------------------------------------------------------------------------------------------------


def _file(place: str, chance: random.Random, folder: Folder) -> str:
    path = folder.some(chance, place)
    match chance.randrange(6):
        case 0:
            path.unlink()
            return f"{place}: file gone"
        case 1:
            other = folder.some(chance, place)
            one, two = path.read_bytes(), other.read_bytes()
            path.write_bytes(two)
            other.write_bytes(one)
            return f"{place}: two files swapped"
        case _:
            return f"{place}: {_bytes(chance, path)}"


def baton_file(chance: random.Random, folder: Folder) -> str:
    """A file of a baton: changed, gone, or swapped."""
    return _file("batons", chance, folder)


def paper_file(chance: random.Random, folder: Folder) -> str:
    """A file of a frozen paper: changed, gone, or swapped."""
    return _file("sessions", chance, folder)


def whole_baton(chance: random.Random, folder: Folder) -> str:
    """A baton gone, two that changed places, or something added to one."""
    bags = sorted((folder.root / "batons").iterdir())
    one, two = chance.choice(bags), chance.choice(bags)
    match chance.randrange(3) if one != two else 0:
        case 0:
            shutil.rmtree(one)
        case 1:
            one.rename(one.with_name("x"))
            two.rename(one)
            one.with_name("x").rename(two)
        case _:
            (one / "data" / "more.txt").write_bytes(b"x")
    return "batons: a whole one"


def recomputed_baton(chance: random.Random, folder: Folder) -> str:
    """A file of a baton changed and every sum in it calculated anew."""
    bag = chance.choice(sorted((folder.root / "batons").iterdir()))
    path = chance.choice([path for path in sorted((bag / "data").rglob("*")) if path.is_file()])
    path.write_bytes(path.read_bytes() + b"x")
    info = (bag / "bag-info.txt").read_text(encoding="utf-8").splitlines()
    sizes = [file.stat().st_size for file in (bag / "data").rglob("*") if file.is_file()]
    oxum = f"Payload-Oxum: {sum(sizes)}.{len(sizes)}"
    lines = [oxum if line.startswith("Payload-Oxum") else line for line in info]
    (bag / "bag-info.txt").write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    for name in ("manifest-sha256.txt", "tagmanifest-sha256.txt"):
        listed = [line.split("  ", 1)[1] for line in (bag / name).read_text(encoding="utf-8").splitlines()]
        sums = "".join(f"{hashlib.sha256((bag / file).read_bytes()).hexdigest()}  {file}\n" for file in listed)
        (bag / name).write_text(sums, encoding="utf-8")
    return "batons: sums recomputed"


CHANGES: tuple[tuple[Change, int], ...] = (
    (ledger_bytes, 30),
    (log_bytes, 10),
    (heads_bytes, 5),
    (changed_value, 10),
    (deleted_row, 5),
    (cut_end, 5),
    (schema, 4),
    (recomputed, 8),
    (recomputed_before_a_baton, 4),
    (older_copy, 5),
    (older_copy_under_the_log, 3),
    (fresh_ledger, 3),
    (baton_file, 10),
    (whole_baton, 3),
    (recomputed_baton, 4),
    (paper_file, 10),
)
BY_THE_PASS: frozenset[Change] = frozenset({
    cut_end, schema, recomputed, recomputed_before_a_baton, older_copy, older_copy_under_the_log, fresh_ledger
})  # fmt: skip
"""What the next pass must notice too, before it writes anything, without reading every byte."""


WITH_LOG: frozenset[Change] = frozenset({log_bytes, older_copy_under_the_log})
"""Changes to a folder as a killed process left it."""


@dataclass(frozen=True, slots=True)
class Case:
    """One change: what it was, whether it was noticed, whether any value is another one; `passed`: a pass would have begun."""

    number: int
    change: str
    what: str
    noticed: bool
    harmless: bool
    passed: bool


def campaign(folder: Folder, n: int, seed: str = "tampering") -> Iterator[Case]:
    """So many changes, one at a time, each followed by a look and by everything being put back."""
    changes, weights = zip(*CHANGES, strict=True)
    for number in range(n):
        chance = random.Random(f"{seed}:{number}")
        change = chance.choices(changes, weights)[0]
        folder.lay(folder.kept)
        yield _tried(folder, change, chance, number)
    folder.lay(folder.kept)


def _tried(folder: Folder, change: Change, chance: random.Random, number: int) -> Case:
    what = change(chance, folder)
    passed = change in BY_THE_PASS and _would_begin(folder)
    shown = {path.name: path.read_bytes() for path in folder.root.glob("ledger.db*") if path.suffix != ".db-shm"}
    noticed = _is_noticed(folder)
    harmless = noticed or _is_harmless(folder, change, shown)
    return Case(number, change.__name__, what, noticed, harmless, passed)


def _is_noticed(folder: Folder) -> bool:
    try:
        workspace = find(folder.root)
        return bool(inspect(workspace, workspace.adopted()).damage)
    except StaffelstabError:
        return True


def _is_harmless(folder: Folder, change: Change, ledger: Files) -> bool:
    """Whether what is read is what it was; with the log where the change was one of the log."""
    files = {name: data for name, data in _files(folder.root).items() if "/" in name} | ledger
    closed, live = folder.values
    return _values(folder.root, files) == (live if change in WITH_LOG else closed)


def _would_begin(folder: Folder) -> bool:
    before = {path.name: path.read_bytes() for path in folder.root.glob("ledger.db*")}
    try:
        workspace = find(folder.root)
        with workspace.open(read_only=True) as ledger:
            now = ledger.latest_time()
        refuse_foreign_ledger(open_run(folder.root, now))
    except StaffelstabError:
        return False
    else:
        return True
    finally:
        for path in folder.root.glob("ledger.db*"):
            path.unlink()
        for name, data in before.items():
            (folder.root / name).write_bytes(data)


# -- where flipped bits lie that nobody notices ------------------------------------------------------------------------


def region(data: bytes, at: int) -> str:
    """What a byte of a SQLite file is for: see "Database File Format", 1.3 and 1.6."""
    if at < 100:
        return "header"
    size = int.from_bytes(data[16:18], "big")
    page, start = at // size + 1, at // size * size
    if page in _free_pages(data, size):
        return "free page"
    first = start + (100 if page == 1 else 0)
    if data[first] not in (2, 5, 10, 13):
        return "overflow page"
    cells = int.from_bytes(data[first + 3 : first + 5], "big")
    pointers = first + (12 if data[first] in (2, 5) else 8) + 2 * cells
    content = start + (int.from_bytes(data[first + 5 : first + 7], "big") or 65536)
    if at < pointers:
        return "page header"
    if at < content:
        return "gap of a page"
    return "free block" if any(a <= at < b for a, b in _free_blocks(data, start, first)) else "cell"


def _free_blocks(data: bytes, start: int, first: int) -> Iterator[tuple[int, int]]:
    block = int.from_bytes(data[first + 1 : first + 3], "big")
    while block:
        yield start + block, start + block + int.from_bytes(data[start + block + 2 : start + block + 4], "big")
        block = int.from_bytes(data[start + block : start + block + 2], "big")


def _free_pages(data: bytes, size: int) -> set[int]:
    found: set[int] = set()
    trunk = int.from_bytes(data[32:36], "big")
    while trunk and trunk not in found:
        found.add(trunk)
        page = data[(trunk - 1) * size : trunk * size]
        leaves = int.from_bytes(page[4:8], "big")
        found |= {int.from_bytes(page[8 + 4 * n : 12 + 4 * n], "big") for n in range(leaves)}
        trunk = int.from_bytes(page[:4], "big")
    return found


def summary(folder: Folder, cases: list[Case]) -> list[str]:
    """How many of each were noticed, had no effect, or slipped through; and where the flips lie that nobody noticed."""
    lines = []
    for change in sorted({case.change for case in cases}):
        these = [case for case in cases if case.change == change]
        noticed, harmless = (
            sum(case.noticed for case in these),
            sum(case.harmless and not case.noticed for case in these),
        )
        lines.append(f"{change:28} {len(these):4} tried {noticed:4} noticed {harmless:4} without effect")
    data = folder.kept[DATABASE]
    quiet = [
        case for case in cases if case.change == "ledger_bytes" and case.what.startswith("flip") and not case.noticed
    ]
    where = Counter(region(data, int(case.what.split()[1])) for case in quiet)
    lines.append(f"flips in the ledger not noticed: {dict(where)}")
    wrong = [case for case in cases if case.passed or not (case.noticed or case.harmless)]
    return [*lines, *(f"SLIPPED THROUGH {case}" for case in wrong)]


def main() -> None:
    """Play the choir's year and change it."""
    from tests.year import CHOIR, played

    n, seed = int(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else "tampering"
    with tempfile.TemporaryDirectory() as place:
        folder = prepared(played(CHOIR, Path(place) / "year", None).root, Path(place) / "folder")
        print("\n".join(summary(folder, list(campaign(folder, n, seed)))))  # noqa: T201 -- a report


if __name__ == "__main__":
    main()

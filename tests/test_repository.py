"""What holds for the repository as a whole: the locks, the wheel, the words in all languages, time as an argument."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from string import Formatter

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from benchmarks.mutants import Part
from staffelstab.language import LANGUAGES, ORIGINAL
from tests.conftest import LONGEST, ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
SHIPPED: list[str] = PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]
CODE = sorted(path for folder in (*SHIPPED, "tests", "benchmarks") for path in (ROOT / folder).rglob("*.py"))
CATALOGUES = sorted(path.name for path in (ROOT / "templates/de/messages").glob("*.toml"))
LOCKS = ("requirements.lock", "requirements-dev.lock")

CLOCK = "deployments/wall_clock.py"
CHANCE = "staffelstab/ledger/entropy.py"

# -- dependencies ------------------------------------------------------------------------------------------------------


def locked(name: str) -> dict[str, list[tuple[str, int]]]:
    """Each package of a lock: the versions it may have on one platform or another, each with the number of its hashes."""
    text = (ROOT / name).read_text(encoding="utf-8").replace("\\\n", " ")
    packages: dict[str, list[tuple[str, int]]] = {}
    for line in text.splitlines():
        if line and not line.startswith("#"):
            requirement, *hashes = line.split("--hash=sha256:")
            package, version = re.split(r"==", requirement.split(";")[0].strip())
            packages.setdefault(canonicalize_name(package.split("[")[0]), []).append((version.strip(), len(hashes)))
    return packages


def wanted(*extras: str) -> list[Requirement]:
    """What pyproject.toml asks for, with these extras, to run and to build."""
    project = PROJECT["project"]
    lines = [*project["dependencies"], *PROJECT["build-system"]["requires"]]
    lines += [line for extra in extras for line in project["optional-dependencies"][extra]]
    return [Requirement(line) for line in lines if not line.startswith("staffelstab[")]


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_holds_hashes_and_no_address(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    assert re.findall(r"\w+://|--(?:extra-)?index-url|--find-links|^-e |@ file", text) == []
    assert [package for package, versions in locked(lock).items() if any(hashes == 0 for _, hashes in versions)] == []


@pytest.mark.parametrize(("lock", "extras"), [(LOCKS[0], ()), (LOCKS[1], ("postgres", "dev"))])
def test_a_lock_gives_every_dependency_within_its_bounds(lock: str, extras: tuple[str, ...]) -> None:
    versions = locked(lock)
    missing = [str(need) for need in wanted(*extras) if not versions.get(canonicalize_name(need.name))]
    outside = [
        f"{need} but {version}"
        for need in wanted(*extras)
        for version, _ in versions.get(canonicalize_name(need.name), [])
        if not need.specifier.contains(version)
    ]
    assert (missing, outside) == ([], [])


def test_both_locks_give_the_same_versions() -> None:
    runtime, checks = (locked(lock) for lock in LOCKS)
    assert {package: checks.get(package) for package in runtime} == runtime


def test_every_bound_but_the_calendar_versions_ends_somewhere() -> None:
    endless = [need.name for need in wanted("postgres", "dev") if "<" not in str(need.specifier)]
    assert endless == ["tzdata"]


# -- mutation testing --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("part", PROJECT["tool"]["mutants"])
def test_what_mutants_are_made_of_exists_and_has_its_tests(part: str) -> None:
    row = Part(**PROJECT["tool"]["mutants"][part])
    assert [pattern for pattern in row.code if not list(ROOT.glob(pattern))] == []
    assert [place for place in row.tests if not (ROOT / place).exists()] == []


# -- how the tests are run ---------------------------------------------------------------------------------------------


def test_the_groups_that_begin_first_exist() -> None:
    code = "".join(path.read_text(encoding="utf-8") for path in CODE)
    assert [group for group in LONGEST if f'xdist_group("{group}")' not in code] == ["server"], (
        "which conftest.py gives"
    )


# -- the wheel ---------------------------------------------------------------------------------------------------------


def test_the_wheel_ships_every_file_of_every_folder(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    [wheel] = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        packed = {name for name in archive.namelist() if ".dist-info/" not in name}
        entry_points = archive.read(f"staffelstab-{PROJECT['project']['version']}.dist-info/entry_points.txt").decode()

    files = (path for folder in SHIPPED for path in (ROOT / folder).rglob("*") if path.is_file())
    on_disk = {path.relative_to(ROOT).as_posix() for path in files if path.suffix != ".pyc"}
    assert packed == on_disk
    assert entry_points == "[console_scripts]\nstaffelstab = commands.main:main\n"


# -- words -------------------------------------------------------------------------------------------------------------

Shape = str | tuple[str, ...] | dict[str, "Shape"]


def shape(node: object) -> Shape:
    """What must be equal in all languages: keys, lists as such, and the facts a message (counted or not) fills in."""
    if isinstance(node, Mapping) and {"one", "other"} <= set(node) <= {"one", "other", "only"}:
        return tuple(sorted({fact for message in node.values() for fact in facts(message)} | {"n"}))
    if isinstance(node, Mapping):
        return {key: shape(value) for key, value in node.items()}
    return facts(node) if isinstance(node, str) else type(node).__name__


def facts(message: str) -> tuple[str, ...]:
    """The names in braces, each once."""
    return tuple(sorted({name for _, name, _, _ in Formatter().parse(message) if name is not None}))


def read_catalogue(language: str, name: str) -> Mapping[str, object]:
    """One file of messages."""
    return tomllib.loads((ROOT / "templates" / language / "messages" / name).read_text(encoding="utf-8"))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", CATALOGUES)
def test_every_language_says_the_same_things_with_the_same_facts(name: str, language: str) -> None:
    assert shape(read_catalogue(language, name)) == shape(read_catalogue(ORIGINAL, name))


def sentences(node: object, key: str = "") -> Iterator[tuple[str, str]]:
    """Every message of a file with its key, counted ones form by form."""
    if isinstance(node, Mapping):
        for name, value in node.items():
            yield from sentences(value, f"{key}.{name}")
    elif isinstance(node, str):
        yield key, node


STOPS = ".?!:;…"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", CATALOGUES)
def test_a_sentence_ends_in_every_language_as_in_the_original(name: str, language: str) -> None:
    """`Next date: tomorrow, 8 March 2018: meeting` without a full stop; a day's number takes one in German only."""
    said, original = (dict(sentences(read_catalogue(code, name))) for code in (language, ORIGINAL))
    ends = {key: (said[key].rstrip()[-1:], original[key].rstrip()[-1:]) for key in said.keys() & original.keys()}
    unequal = {key for key, (here, there) in ends.items() if here != there and (here in STOPS or there in STOPS)}
    assert unequal - {".word.day"} == set()


COUNTED = re.compile(
    r"(?:length(?: - [a-z. |]+)?|\.total|all|used|met|further|\.papers|\.minutes|\.passages|content\.passages) \}\} (?P<word>\w+)"
)
UNCHANGED = {
    *("von", "of", "addressed", "Angeschriebenen", "etwas", "nach", "more", "geführt", "held", "Vorhaben", "davon"),
    *("went", "conditions", "Bedingungen", "solche"),
}
"""Words behind a number that are the same for one and for many, or stand in the branch for many."""


@pytest.mark.parametrize("path", sorted((ROOT / "templates").rglob("*.j2")), ids=lambda path: path.name)
def test_a_template_counts_nothing_without_agreement(path: Path) -> None:
    """`1 von 1 Gesprächen sind geführt`: what stands behind a number is chosen by it (the filter `agree`)."""
    found = [match["word"] for match in COUNTED.finditer(path.read_text(encoding="utf-8"))]
    assert [word for word in found if word not in UNCHANGED] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_the_same_templates(language: str) -> None:
    original, other = (
        sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
        for folder in (ROOT / "templates" / ORIGINAL, ROOT / "templates" / language)
    )
    assert other == original


# -- code --------------------------------------------------------------------------------------------------------------

NOW = re.compile(
    r"(^|\.)(date|datetime|DateTime|pendulum|Timestamp)\.(now|utcnow|today)$|^time\.(time|time_ns|localtime|gmtime|strftime|ctime)$"
)
RANDOM = re.compile(r"^(random|secrets|uuid)\.|(^|\.)urandom$|^(token_(bytes|hex|urlsafe)|uuid[14])$")


def calls(source: str, forbidden: re.Pattern[str]) -> Iterator[tuple[int, str]]:
    """Line and dotted name of every call in `source` whose name matches."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and forbidden.search(name := ast.unparse(node.func)):
            yield node.lineno, name


def calls_outside(place: str, forbidden: re.Pattern[str]) -> list[str]:
    """All such calls in what we ship, except in the one file where they belong."""
    shipped = [path for path in CODE if path.relative_to(ROOT).parts[0] in SHIPPED]
    return [
        f"{path.relative_to(ROOT)}:{line} {name}"
        for path in shipped
        if path != ROOT / place
        for line, name in calls(path.read_text(encoding="utf-8"), forbidden)
    ]


def test_time_is_an_argument_read_from_the_clock_in_one_place() -> None:
    assert calls_outside(CLOCK, NOW) == []


def test_chance_comes_from_one_place() -> None:
    assert calls_outside(CHANCE, RANDOM) == []


def test_a_hidden_look_at_the_clock_would_be_found() -> None:
    source = (
        "import datetime as dt, time\n\ndef late():\n    return dt.datetime.now(dt.UTC), time.time(), time.monotonic()"
    )
    assert list(calls(source, NOW)) == [(4, "dt.datetime.now"), (4, "time.time")]


LANGUAGE = "staffelstab/language.py"


def codes(source: str) -> list[int]:
    """The lines in which a language is called by its code."""
    nodes = ast.walk(ast.parse(source))
    return [node.lineno for node in nodes if isinstance(node, ast.Constant) and node.value in LANGUAGES]


def test_no_code_knows_a_language_by_its_name() -> None:
    """What a language needs is in its folders; the original one is named in one place."""
    shipped = [path for path in CODE if path.relative_to(ROOT).parts[0] in SHIPPED and path != ROOT / LANGUAGE]
    assert {path.relative_to(ROOT): found for path in shipped if (found := codes(path.read_text("utf-8")))} == {}
    assert len(codes((ROOT / LANGUAGE).read_text(encoding="utf-8"))) == 1
    assert codes('words = {"de": 1}\nif language == "en":\n    pass') == [1, 2]


def test_every_module_says_what_it_is_for() -> None:
    silent = [path.relative_to(ROOT) for path in CODE if not ast.get_docstring(ast.parse(path.read_text("utf-8")))]
    assert silent == []


def test_what_is_suppressed_gives_its_reason() -> None:
    bare = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in CODE
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if re.search(r"#\s*(noqa|type: ignore)\b(?!.*( -- | # )\w)", line) and path != Path(__file__)
    ]
    assert bare == []

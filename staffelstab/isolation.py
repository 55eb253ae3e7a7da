"""Nothing from the folder a person happens to stand in: no configuration, no module of it is read by us or by a process of ours.

Prefect reads `.env`, `prefect.toml` and `pyproject.toml` from the current folder whenever it looks at its settings, and Python
started with `-m` imports from it. So what has to do with Prefect runs in a folder of the product that holds neither, and child
processes start there, without the current folder on their path and without variables that could name code or configuration.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BARE = ROOT / "templates"
"""A folder of the product without a line of code or configuration."""

PYTHON = (sys.executable, "-P")
"""How a child process of ours begins: the current folder is not on its path."""

HERE = ("127.0.0.1", "localhost", "::1")
"""This machine, as an address names it."""

_FORMAL = frozenset(
    {
        "PYTHONDONTWRITEBYTECODE",
        "PYTHONHASHSEED",
        "PYTHONIOENCODING",
        "PYTHONUNBUFFERED",
        "PYTHONUTF8",
    }
)
"""Variables of Python that name neither a module nor a file."""

_STOOD_IN: list[Path] = []


def python_variables(given: Mapping[str, str]) -> dict[str, str]:
    """The variables of Python for a process of ours: of those given only what is harmless, and where the product lies."""
    import sysconfig  # 5 ms that only some commands need

    kept = {name: value for name, value in given.items() if name in _FORMAL}
    found_anyway = {Path(path).resolve() for path in sysconfig.get_paths().values()}
    where = {} if ROOT in found_anyway else {"PYTHONPATH": str(ROOT)}
    return kept | where | {"PYTHONSAFEPATH": "1"}


def without_proxy(given: Mapping[str, str]) -> dict[str, str]:
    """The variables that keep what is said to this machine off every proxy: our own processes say their password there."""
    known = [name for key in ("NO_PROXY", "no_proxy") for name in given.get(key, "").split(",") if name]
    return dict.fromkeys(("NO_PROXY", "no_proxy"), ",".join(dict.fromkeys((*known, *HERE))))


def child_environment() -> dict[str, str]:
    """The environment for a process of ours: this one, without settings of Prefect and without what Python would import."""
    own = {name: value for name, value in os.environ.items() if not name.startswith(("PREFECT", "PYTHON"))}
    return own | python_variables(os.environ) | without_proxy(os.environ)


@contextmanager
def told(variables: Mapping[str, str]) -> Generator[None]:
    """Within the block the environment says this, to this process and to each one that it starts."""
    before = {name: os.environ.get(name) for name in variables}
    os.environ |= variables
    try:
        yield
    finally:
        for name, value in before.items():
            os.environ.pop(name, None)
            os.environ |= {name: value} if value is not None else {}


def stood_in() -> Path:
    """The folder in which the command was called; relative names are meant from there."""
    return _STOOD_IN[-1] if _STOOD_IN else _here()


@contextmanager
def isolated() -> Generator[None]:
    """Within the block this process, and each one that is started in it, stands in a bare folder of the product."""
    here, path = _here(), list(sys.path)
    before = {name: value for name, value in os.environ.items() if name.startswith("PYTHON")}
    _STOOD_IN.append(here)
    try:
        _set_python(python_variables(before))
        sys.path[:] = [entry for entry in path if entry and (Path(entry) != here or here == ROOT)]
        os.chdir(BARE)
        yield
    finally:
        os.chdir(here)
        sys.path[:] = path
        _set_python(before)
        _STOOD_IN.pop()


def _here() -> Path:
    try:
        return Path.cwd()
    except FileNotFoundError:  # somebody has deleted it
        return BARE


def _set_python(wanted: Mapping[str, str]) -> None:
    for name in [name for name in os.environ if name.startswith("PYTHON")]:
        del os.environ[name]
    os.environ.update(wanted)

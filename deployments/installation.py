"""What one server keeps open for several organisations or plans: `installation.toml`, for its owner's eyes only.

folders = ["verein", "/srv/gemeinde"]         the working folders, as seen from this file
port = 4200                                   where the interface is found, else as for a single folder
database = "postgresql://…@…/prefect"         where Prefect keeps its runs, else a file beside this one
password = "…"                                what workers on other machines say, else none can come in
at_once = 2                                   so many runs happen on this machine at once; 0: only workers execute them

One server is one circle of trust: whoever signs in sees every plan of it.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated

import msgspec

from staffelstab.errors import StaffelstabError
from staffelstab.files import NotPrivateError, read_private
from staffelstab.timetable.plan.toml_file import parsed

LONGEST = 100_000
MOST = 200
"""So many working folders."""
SHORTEST_PASSWORD = 20
AT_ONCE = 2


class _Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    folders: Annotated[tuple[str, ...], msgspec.Meta(min_length=1, max_length=MOST)]
    port: Annotated[int, msgspec.Meta(ge=1, le=65535)] | None = None
    database: str = ""
    password: str = ""
    at_once: Annotated[int, msgspec.Meta(ge=0, le=64)] = AT_ONCE


class Installation(msgspec.Struct, frozen=True):
    """The settings as read from `file`; `database` is an address as Prefect takes it, or ""."""

    file: Path
    folders: tuple[Path, ...]
    port: int | None
    database: str
    password: str
    at_once: int


def is_installation(place: Path) -> bool:
    """Whether a place that a person names is such a file rather than a working folder."""
    return place.suffix == ".toml" and place.name != "plan.toml" and place.is_file()


def read_installation(file: Path) -> Installation:
    """The settings in a file. Raises StaffelstabError for one that others may read, or that cannot be used; it quotes no secret."""
    try:
        text = read_private(file, LONGEST)
    except NotPrivateError:
        raise StaffelstabError("deployments.installation.mode", file=file.name) from None
    except (OSError, ValueError):
        text = None
    if text is None:
        raise StaffelstabError("deployments.installation.unreadable", file=file.name)
    return _installed(file, _settings(file, text))


def _settings(file: Path, text: bytes) -> _Settings:
    try:
        return msgspec.convert(parsed(text.decode("utf-8")), _Settings)
    except msgspec.ValidationError as error:
        raise StaffelstabError("deployments.installation.unusable", file=file.name, place=_place(str(error))) from None
    except (ValueError, RecursionError):
        raise StaffelstabError("deployments.installation.no_toml", file=file.name) from None


def _place(error: str) -> str:
    """The name of the entry that cannot be used; what stands there may be a password, and is not told."""
    found = re.search(r"`\$\.?(\w+)|field `(\w+)`", error)
    return next(filter(None, found.groups()), "") if found else ""


def _installed(file: Path, found: _Settings) -> Installation:
    folders = tuple((file.parent / folder).resolve() for folder in found.folders)
    if len(set(folders)) < len(folders):
        raise StaffelstabError("deployments.installation.twice", file=file.name)
    if found.password and not (SHORTEST_PASSWORD <= len(found.password) <= 200 and _is_token(found.password)):
        raise StaffelstabError("deployments.installation.password", file=file.name, n=SHORTEST_PASSWORD)
    return Installation(file, folders, found.port, _database(file, found.database), found.password, found.at_once)


def _is_token(text: str) -> bool:
    return text.isascii() and text.isprintable() and not set(text) & set(" :")


def _database(file: Path, address: str) -> str:
    if not address:
        return ""
    scheme, separator, rest = address.partition("://")
    if scheme not in ("postgresql", "postgres", "postgresql+asyncpg") or not separator or not address.isprintable():
        raise StaffelstabError("deployments.installation.database", file=file.name)
    return f"postgresql+asyncpg://{rest}"

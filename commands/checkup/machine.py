"""The machine and the installation: versions, clock, disk, text recognition, the walls around the reader."""

from __future__ import annotations

import os
import platform
import shutil
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, requires
from importlib.metadata import version as installed

from packaging.requirements import Requirement

from commands.checkup.row import Examined, Row
from staffelstab import __version__
from tasks.batch_setting import workers_set

LITTLE, TOO_LITTLE = 1_000_000_000, 200_000_000
"""Bytes free on the disk below which one should, and must, make room."""
LANGUAGES = ("deu", "eng")
"""The models of tesseract that papers are read with."""


def version(at: Examined) -> Iterator[Row]:
    """Which program on which Python."""
    yield at.good("version", version=__version__, python=platform.python_version())


def libraries(at: Examined) -> Iterator[Row]:
    """Whether every library is there, in a version that is known to work: some others start and then do nothing, without a word."""
    try:
        wanted = [Requirement(line) for line in requires("staffelstab") or () if "extra" not in line]
    except PackageNotFoundError:  # it runs from a folder that was never installed
        return
    outside = [
        f"{need.name} {found or '–'} ({need.specifier})" for need in wanted if (found := _unfit(need)) is not None
    ]
    if outside:
        yield at.bad("libraries", which=", ".join(outside))
    else:
        yield at.good("libraries", n=len(wanted))


def _unfit(need: Requirement) -> str | None:
    """The version that is installed, "" if none is; None if it fits."""
    try:
        found = installed(need.name)
    except PackageNotFoundError:
        return ""
    return None if need.specifier.contains(found, prereleases=True) else found


def time(at: Examined) -> Iterator[Row]:
    """What time it is here, and in the plan's zone, whose rules must be there."""
    local = at.now.astimezone()
    if at.plan is None:
        yield at.good("time", "time_alone", now=local, offset=f"{local:%z}")
        return
    there = at.now.astimezone(at.plan.zone)
    yield at.good("time", now=there, zone=at.plan.timezone, local=local.strftime("%H:%M"), offset=f"{local:%z}")


def disk(at: Examined) -> Iterator[Row]:
    """How much room is left where the working folder lies."""
    free = shutil.disk_usage(at.place).free
    shown = at.words.number(free / 1e9, 1)
    if free < TOO_LITTLE:
        yield at.bad("disk", free=shown)
    elif free < LITTLE:
        yield at.note("disk", free=shown)
    else:
        yield at.good("disk", free=shown)


def recognition(at: Examined) -> Iterator[Row]:
    """Whether photographs and scans can be read, and in which languages."""
    from staffelstab.documents.extraction.reader import find_tessdata

    folder = find_tessdata()
    there = [name for name in LANGUAGES if folder and (folder / f"{name}.traineddata").is_file()]
    missing = [name for name in LANGUAGES if name not in there]
    if missing:
        yield at.note(
            "recognition", missing=", ".join(missing), packages=" ".join(f"tesseract-ocr-{name}" for name in missing)
        )
    else:
        yield at.good("recognition", languages=", ".join(there))


def walls(at: Examined) -> Iterator[Row]:
    """What keeps the reader of strangers' papers from the network and from other files: it is started once and tells."""
    from staffelstab.documents.extraction.reader import Reader

    with Reader(ocr=False) as reader:
        reader.start()
        missing = reader.missing_walls
    names = ", ".join(at.words.say(f"intake.wall_name.{wall}") for wall in missing)
    if not missing:
        yield at.good("walls")
    elif at.plan is not None and at.plan.reader_walls == "required":
        yield at.bad("walls", which=names)
    else:
        yield at.note("walls", which=names)


def helpers(at: Examined) -> Iterator[Row]:
    """Whether the workers that should read very many papers can be used as they are set."""
    workers = workers_set(os.environ)
    if workers is None:
        return
    if workers.scheduler:
        yield at.good("helpers", "helpers_of_a_scheduler", address=workers.scheduler)
    else:
        yield at.good("helpers", n=workers.count)

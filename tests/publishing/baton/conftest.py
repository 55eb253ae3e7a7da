"""A chain of three batons to look at, change and break."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from staffelstab.publishing.baton.packing import pack
from staffelstab.publishing.baton.reference import Baton

INFO = {"Source-Organization": "Landesverband Sachsen", "External-Identifier": "mitgliederarbeit-2018/call-1"}
FILES = {"Vorlage.md": b"Liebe Genoss*innen", "papers/B07 Überblick.txt": b"Text", "leer.csv": b""}
ON = dt.date(2018, 1, 14)


@pytest.fixture
def chain(tmp_path: Path) -> list[Baton]:
    """Three batons in `tmp_path`, each naming the one before."""
    batons: list[Baton] = []
    for number, kind in enumerate(("call", "analysis", "synthesis"), 1):
        before = batons[-1] if batons else None
        batons.append(pack(tmp_path / f"{number}-{kind}", FILES, info=INFO, predecessor=before, on=ON))
    return batons
